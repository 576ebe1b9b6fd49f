"""How many planted errors the support check finds, and how often it flags what is correct."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import get_args

from evaluation.data import rows
from evaluation.metrics import mean
from evaluation.planting import Planted, plant
from evaluation.report import Cell, Table
from evaluation.retrieval_sets import drawn
from evaluation.rewriting import rewrites
from ringkas.embedding import Embedder, get_embedder
from ringkas.settings import Settings
from ringkas.sources import article_from_text
from ringkas.text.sentences import split
from ringkas.types import Article, FlagKind, OutputLanguage, SummarySentence
from summarizer.support import check

JUDGED = Path(__file__).parent / "data" / "flags_judged.tsv"
SUMMARIES = ("indosum", "detik", "cnndm")
PAIRS = {
    "dev": ("bppt_news.dev", "guntara_news.dev"),
    "train": ("bppt_news.train", "guntara_news.train2"),
}
REWRITTEN, WRITTEN, TRANSLATED = "rewritten", "summaries", ("id to en", "en to id")
CORRECT = ("extracted", REWRITTEN)
"""How the names of sets end whose sentences are known to be correct."""

KINDS: tuple[FlagKind, ...] = get_args(FlagKind)
_DETECTION_NOTE = (
    "One error at a time is planted into sentences taken to be correct: a number, date or name of "
    "the same kind from the same article (same) or from another (other), a negation put in or left "
    "out, a quotation that another article has. Found: a flag lies on the error; for a negation, "
    "one of that kind anywhere in the sentence. Extracted: a sentence of the article. Rewritten: "
    "such a sentence with numbers, percentages and dates in another notation, a name shortened, a "
    "tail left out, or joined with the next one. Summaries: the sets' own, written by people. "
    "id to en: the English side of a news sentence, checked against the Indonesian side of it and "
    "of its neighbours; en to id the other way round."
)
_AIMS_NOTE = (
    "All sets together: shares of the planted errors that are found, and of correct sentences that "
    "are flagged. Rewritten sentences are correct. People's summaries and translations hold facts "
    "that the article, or the other side, does not have: each of their flags was judged by reading "
    "(evaluation/data/flags_judged.tsv), and a sentence is flagged wrongly if none of its flags "
    "was judged right; flags that nobody has judged count as wrong."
)
_ALARM_NOTE = (
    "Shares of sentences with a flag of each kind, and with any. Extracted and rewritten sentences "
    "are known to be correct, so that every flag is a false alarm. Written summaries and "
    "translations hold facts that the article, or the other side, does not have: there a flag may "
    "be right."
)
_AROUND = 4  # sentences of a pair's neighbourhood on either side
_FEWEST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Case:
    """Sentences that their article is taken to support.

    ``known`` are texts in the sentences' language that errors are drawn from: the article, or
    its translation, and another article.
    """

    set: str
    article: Article
    sentences: tuple[str, ...]
    english: bool
    known: tuple[str, str]


@dataclass
class Counts:
    """Outcomes of one set: whether each plant was found, whether each correct sentence passed."""

    found: dict[tuple[str, str], list[bool]] = field(default_factory=lambda: defaultdict(list))
    alarms: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))


def tables(folder: Path, settings: Settings, limit: int, split_name: str = "dev") -> list[Table]:
    """Return the shares of planted errors found and of correct sentences flagged, a row a set.

    Arguments:
        folder: the data folder, with ``summarization/`` and ``translation/`` in it.
        settings: the configuration, for its embedder.
        limit: the most articles a set; they are drawn by a hash of their ids.
        split_name: ``"dev"``; ``"train"`` is for calibrating the check.

    Raises:
        DataError: a set is missing.
    """
    embedder = get_embedder(settings)
    measured: dict[str, Counts] = defaultdict(Counts)
    for case in cases(folder, limit, split_name):
        measure(case, embedder, measured[case.set])
    return [_aims(measured), _detection(measured), _alarms(measured)]


def counted(found: Iterable[Case], settings: Settings) -> Counts:
    """Return the outcomes of the cases whose sentences are known to be correct, all together."""
    counts, embedder = Counts(), get_embedder(settings)
    for case in found:
        if case.set.endswith(CORRECT):
            measure(case, embedder, counts)
    return counts


def cases(folder: Path, limit: int, split_name: str) -> Iterator[Case]:
    """Yield all cases: extracted sentences, rewritten ones, written summaries, translations."""
    for name in SUMMARIES:
        by_id = {row["id"]: row for row in rows(folder / "summarization" / f"{name}.{split_name}")}
        chosen = [by_id[key] for key in drawn(by_id)[: limit + 1]]
        for row, other in pairwise(chosen):
            yield from _summary_cases(f"{name}.{split_name}", row, other["text"])
    for name in PAIRS[split_name]:
        yield from _pair_cases(folder, name, limit)


def measure(case: Case, embedder: Embedder, counts: Counts) -> None:
    """Check the sentences of a case as they are, and with one error planted at a time."""
    random = Random(case.article.id + case.sentences[0])
    for sentence, checked in zip(
        case.sentences, check(case.sentences, case.article, embedder), strict=True
    ):
        kinds = {flag.kind for flag in checked.flags}
        for kind in KINDS:
            counts.alarms[kind].append(kind in kinds)
        counts.alarms["any"].append(bool(kinds))
        counts.alarms["wrong"].append(bool(kinds) and not _is_right(case, checked))
        counts.alarms["no span"].append(not checked.spans)
        for planted in plant(sentence, *case.known, case.english, random):
            (outcome,) = check([planted.text], case.article, embedder)
            counts.found[planted.kind, planted.origin].append(is_found(planted, outcome))


def _is_right(case: Case, checked: SummarySentence) -> bool:
    """Tell whether one of a sentence's flags was judged right."""
    said = (checked.text[flag.start : flag.end] for flag in checked.flags)
    return any((case.article.id, " ".join(text.split())) in judged_right() for text in said)


@cache
def judged_right() -> frozenset[tuple[str, str]]:
    """Return the flags that were judged right: the article's id and what is flagged."""
    lines = JUDGED.read_text(encoding="utf-8").splitlines()[1:]
    found = (line.split("\t") for line in lines)
    return frozenset((article, text) for _, article, text, verdict in found if verdict == "right")


def is_found(planted: Planted, outcome: SummarySentence) -> bool:
    """Tell whether a flag lies on the planted error; a negation's must be of that kind."""
    return any(
        flag.start < planted.end
        and planted.start < flag.end
        and (planted.kind != "negation" or flag.kind == "negation")
        for flag in outcome.flags
    )


def _summary_cases(name: str, row: dict[str, str], other: str) -> Iterator[Case]:
    article = article_from_text(row["text"], row.get("title") or None)
    english = article.language == "en"
    known = (article.text, other)
    random = Random(row["id"])
    shown = [span.of(article.text) for span in split(article.text)]
    whole = [place for place, text in enumerate(shown) if len(text.split()) >= _FEWEST_WORDS]
    if len(whole) >= 3:
        place = random.choice(whole[:-1])
        text, following = shown[place], shown[whole[whole.index(place) + 1]]
        yield Case(f"{name}, extracted", article, (text,), english, known)
        written = tuple(rewrites(text, following, english, random))
        yield Case(f"{name}, rewritten", article, written, english, known)
    gold = tuple(span.of(row["summary"]) for span in split(row["summary"]))
    yield Case(f"{name}, summaries", article, gold, english, known)


def _pair_cases(folder: Path, name: str, limit: int) -> Iterator[Case]:
    """Yield sentences beside the translation of their neighbourhood, in either direction."""
    pairs = list(rows(folder / "translation" / name))
    places = {f"{name}:{place}": place for place in range(_AROUND, len(pairs) - 3 * _AROUND)}
    for key in drawn(places)[:limit]:
        place = places[key]
        near = pairs[place - _AROUND : place + _AROUND]
        far = pairs[place + _AROUND : place + 3 * _AROUND]
        for source, written in (("id", "en"), ("en", "id")):
            text = pairs[place][written].strip()
            if len(text.split()) >= _FEWEST_WORDS:
                yield Case(
                    f"{name}, {source} to {written}",
                    Article(f"{key}-{source}", "", _joined(near, source), _language(source)),
                    (text,),
                    written == "en",
                    (_joined(near, written), _joined(far, written)),
                )


def _joined(pairs: Sequence[dict[str, str]], language: str) -> str:
    return "\n\n".join(" ".join(pair[language].split()) for pair in pairs)


def _language(code: str) -> OutputLanguage:
    return "en" if code == "en" else "id"


_ORIGINS = (
    ("number", "same"), ("number", "other"), ("date", "same"), ("date", "other"),
    ("name", "same"), ("name", "other"), ("negation", "other"), ("negation", "same"),
    ("quote", "other"),
)  # fmt: skip
_COLUMNS = (
    "number, same", "number, other", "date, same", "date, other", "name, same", "name, other",
    "negation put in", "negation left out", "quote",
)  # fmt: skip

_MOST_WRONG = "below 0.050"
_AIMS: dict[tuple[tuple[str, str], ...], str] = {
    (("number", "same"), ("number", "other")): "0.950",
    (("date", "same"), ("date", "other")): "0.950",
    (("name", "same"), ("name", "other")): "0.800",
    (("negation", "other"),): "",
    (("negation", "same"),): "",
    (("quote", "other"),): "",
}


def _aims(measured: dict[str, Counts]) -> Table:
    """Return each kind over all sets, in one language and across two, beside what it should be."""
    sides = (SUMMARIES, tuple(name.split(".")[0] for name in PAIRS["dev"]))
    grouped = [[one for name, one in measured.items() if name.startswith(side)] for side in sides]
    listed: list[tuple[Cell, ...]] = []
    for kind, aim in _AIMS.items():
        found = [
            _pooled(counts.found[key] for counts in group for key in kind) for group in grouped
        ]
        listed.append((_named(kind), *(cell for side in found for cell in side), aim))
    listed += [
        ("rewritten sentences flagged", *_flagged(measured, "any", REWRITTEN), "", "", _MOST_WRONG),
        (
            "flagged wrongly, judged by reading",
            *_flagged(measured, "wrong", WRITTEN),
            *_flagged(measured, "wrong", TRANSLATED),
            _MOST_WRONG,
        ),
    ]
    columns = ("", "planted", "one language", "planted across", "across languages", "aim")
    return Table("Against the aims", columns, tuple(listed), _AIMS_NOTE)


def _flagged(
    measured: dict[str, Counts], alarm: str, endings: str | tuple[str, ...]
) -> tuple[Cell, Cell]:
    return _pooled(one.alarms[alarm] for name, one in measured.items() if name.endswith(endings))


def _pooled(found: Iterable[list[bool]]) -> tuple[Cell, Cell]:
    outcomes = [outcome for one in found for outcome in one]
    return len(outcomes), mean(outcomes) if outcomes else ""


def _named(kind: Sequence[tuple[str, str]]) -> str:
    """Return the heading of the columns that a kind pools: "number", "negation put in"."""
    columns = [_COLUMNS[_ORIGINS.index(origin)] for origin in kind]
    return columns[0].split(",")[0]


def _detection(measured: dict[str, Counts]) -> Table:
    lines: list[tuple[Cell, ...]] = []
    for name, counts in measured.items():
        if any(counts.found.values()):
            found = [counts.found[origin] for origin in _ORIGINS]
            lines.append((name, sum(map(len, found)), *(mean(one) if one else "" for one in found)))
    return Table("Planted errors found", ("set", "n", *_COLUMNS), tuple(lines), _DETECTION_NOTE)


def _alarms(measured: dict[str, Counts]) -> Table:
    lines: list[tuple[Cell, ...]] = [
        (
            name,
            len(counts.alarms["any"]),
            *(mean(counts.alarms[kind]) for kind in (*KINDS, "any", "no span")),
        )
        for name, counts in measured.items()
    ]
    columns = ("set", "n", *KINDS, "any flag", "no span")
    return Table("Sentences flagged that have no planted error", columns, tuple(lines), _ALARM_NOTE)
