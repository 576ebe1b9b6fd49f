"""What fuzzing once found is read again, and the fuzzer finds what it is meant to find."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from evaluation.fuzzing import hunting
from evaluation.fuzzing.inputs import inputs
from evaluation.fuzzing.seeds import SEEDS
from evaluation.fuzzing.targets import TARGETS, BrokenPromiseError, Target
from ringkas.errors import BrokenFileError
from ringkas.types import Article

CORPUS = Path(__file__).parents[1] / "data" / "fuzz"
KEPT = sorted(CORPUS.glob("*/*"))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_is_mended(path: Path) -> None:
    TARGETS[path.parent.name].check(path.read_bytes())


def test_the_corpus_is_small_and_every_reader_known() -> None:
    assert KEPT
    assert {path.parent.name for path in KEPT} <= set(TARGETS)
    assert sum(path.stat().st_size for path in KEPT) < 500_000


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_are_sound(name: str) -> None:
    """Input bred from a seed that is refused at the first look would try nothing."""
    for seed in SEEDS[name]():
        TARGETS[name].check(seed)
        if name not in {"config", "dates", "sentences", "inflate"}:
            found = TARGETS[name].read(seed)
            items = [found] if isinstance(found, Article) else list(found)  # type: ignore[call-overload]
            assert any(isinstance(item, Article) for item in items), items


@pytest.mark.parametrize("name", TARGETS)
def test_a_few_odd_inputs(name: str) -> None:
    @settings(max_examples=8, database=None, suppress_health_check=list(HealthCheck))
    @given(inputs(name))
    def feed(data: bytes) -> None:
        TARGETS[name].check(data)

    feed()


def _article(text: str, title: str = "Judul") -> Article:
    return Article("x", title, text, "id")


@pytest.mark.parametrize(
    "found",
    [_article("a\x00b"), _article("teks", "dua\nbaris"), _article(" "), _article("\ud800")],
)
def test_a_broken_promise_is_noticed(found: Article) -> None:
    with pytest.raises(BrokenPromiseError):
        Target("x", lambda data: found).check(b"")


def test_errors_on_purpose_are_fine_and_others_are_not() -> None:
    def refuse(data: bytes) -> object:
        raise BrokenFileError("damaged")

    Target("x", refuse).check(b"")
    with pytest.raises(KeyError):
        Target("x", lambda data: {}["a"]).check(b"")


def test_a_fault_behind_a_failure_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    import ringkas.sources.rows as rows

    monkeypatch.setattr(rows, "_from_json", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        TARGETS["jsonl"].check(b'{"text": "a"}\n')


def test_a_finding_is_kept_once(tmp_path: Path) -> None:
    finding = hunting.Finding("html", b"<p>", "ValueError at page.py:1 (x)")
    assert finding.save(tmp_path) == finding.save(tmp_path)
    assert [path.read_bytes() for path in tmp_path.glob("html/*")] == [b"<p>"]


def test_a_hunt_tells_how_much_it_fed() -> None:
    [done] = hunting.hunt(["dates"], 2.0, "hypothesis", lambda line: None)
    assert done.findings == ()
    assert done.inputs > 20
