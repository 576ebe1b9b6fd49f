"""Many readers at once: each has its own session, and its own answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evaluation.loading.judging import judged
from evaluation.loading.planting import facts, fillers
from evaluation.loading.report import Plan, Visit, tables, visit
from evaluation.loading.wire import Reply, Session
from retrieval import Index
from ringkas.embedding import encoder
from ringkas.settings import PageSettings, Settings

pytestmark = pytest.mark.page

KNOWN = facts(6)


@pytest.fixture(scope="module")
def crowded(
    tmp_path_factory: pytest.TempPathFactory, spare_port: Callable[[], int]
) -> Iterator[str]:
    """A page whose library holds an article for each reader."""
    import ui

    port, place = spare_port(), str(tmp_path_factory.mktemp("crowd") / "index")
    settings = Settings(index=place, page=PageSettings(port=port, samples=False))
    Index.open(place, settings).add([*(fact.article for fact in KNOWN), *fillers(10)])
    blocks = ui.launch(settings, block=False)
    yield f"http://127.0.0.1:{port}"
    blocks.close()


def test_readers_get_their_own_answers_while_articles_are_added(crowded: str) -> None:
    plan = Plan(
        users=len(KNOWN), quiet=0, adding=400, pause=(0.1, 0.5), arriving=1, rounds=2, lots=1
    )
    met = visit(crowded, plan, KNOWN)
    assert [one["error"] for one in met.records if one["error"]] == []
    assert len(met.records) == 2 * len(KNOWN)
    assert not any(one["mixed"] or one["foreign"] for one in met.records)
    assert all(one["right"] for one in met.records)
    assert len(met.added) == 1


def test_sessions_share_one_model(crowded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(place: int) -> None:
        fact = KNOWN[place]
        Session(crowded).call("converse", fact.questions[0][0], None, fact.language)

    class Counted(encoder.Encoder):
        def __init__(self, folder: Path) -> None:
            loaded.append(folder)
            super().__init__(folder)

    ask(0)  # by then all are loaded
    loaded: list[Path] = []
    monkeypatch.setattr(encoder, "Encoder", Counted)
    ask(1)
    ask(2)
    assert loaded == []


def page_of(question: str, answer: str, *earlier: str) -> Reply:
    before = "".join(f"<details><summary><span>{one}</span></summary></details>" for one in earlier)
    latest = f'<h2 class="question">{question}</h2><p class="answer">{answer}</p>'
    return Reply([latest, before, {}, None], (2, 1, 0), (3, 2, 1))


def test_a_mixed_session_is_noticed() -> None:
    mine = judged(page_of("Q2?", "1,013 orang", "Q1?"), "Q2?", ["Q1?"], "1,013", ["1,050"])
    assert mine == {"mixed": False, "right": True, "foreign": False, "place": 2, "queue": 3}
    assert judged(page_of("Other?", "1,013"), "Q2?", [], "1,013", [])["mixed"]
    assert judged(page_of("Q2?", "1,013", "Other?"), "Q2?", ["Q1?"], "1,013", [])["mixed"]
    other = judged(page_of("Q2?", "1,050"), "Q2?", [], "1,013", ["1,050"])
    assert other["foreign"]
    assert not other["right"]


def test_the_report_counts_what_readers_met_with() -> None:
    record = {"at": 1.0, "seconds": 0.5, "error": "", "mixed": False, "right": True}
    record |= {"foreign": False, "place": 0, "queue": 1}
    late = {**record, "at": 11.0, "seconds": 2.0, "place": 4}
    failed = {"at": 12.0, "seconds": 9.0, "error": "PageError: 503"}
    plan = Plan(users=2, quiet=10, adding=10)
    met = Visit([record, late, failed], [{"at": 11.0, "seconds": 4.0}])
    asking, page = tables(plan, met, (900.0, 950.0, 1000.0), 210)
    # questions, a second, p50, p95, longest, waited, last place, errors, mixed, another's, right
    assert asking.rows[0] == ("asking only", 1, 0.1, 0.5, 0.5, 0.5, 0, 1, 0, 0, 0, "100%")
    assert asking.rows[1] == (
        "while articles are added", 2, 0.2, 2.0, 2.0, 2.0, 1, 5, 1, 0, 0, "100%"
    )  # fmt: skip
    assert ("articles added a second", 4.0) in page.rows


def test_names_and_numbers_of_readers_never_repeat() -> None:
    known = facts(77)
    for name in ("place", "visitors", "head"):
        assert len({getattr(fact, name) for fact in known}) == 77
    with pytest.raises(ValueError, match="names for 77 readers"):
        facts(78)
