"""Question answering examples for the span reader, from files of several origins.

Every builder yields :class:`Example`. Nothing whose passage or question occurs in a
development set is kept, and files under ``evaluation/data`` are read only to exclude.
"""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from retrieval.questions import question_kind
from ringkas.text.lexicon import DATA
from training.reader.cloze import cloze_examples
from training.reader.decisions import yes_no_examples
from training.reader.examples import Example
from training.reader.negatives import NearestPassages

QUESTIONS = Path(__file__).resolve().parents[1] / "data"
HELD_OUT = Path(__file__).resolve().parents[2] / "evaluation" / "data"
DEV_SETS = ("tydiqa_id", "idk_mrc", "facqa", "tydiqa_en")
WRONG_PASSAGE_SHARE = 0.15
TITLE_SHARE = 0.4
_DECIDED = 5_000  # yes/no questions in a turn of the third stage; chosen, not compared

Row = Mapping[str, Any]

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”')]*\s+(?=[\"“'(]?[A-Z0-9])|\n+")


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a JSON Lines file, compressed with xz or plain."""
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines if line.strip()]
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def normal(text: str) -> str:
    """Fold case and white space, so that near-identical texts compare equal."""
    return " ".join(text.lower().split())


@dataclass(frozen=True)
class HeldOut:
    """Passages, questions and articles that must not be trained on."""

    passages: frozenset[str]
    questions: frozenset[str]
    articles: frozenset[str]

    @classmethod
    def read(cls, data: Path, evaluation: Path = HELD_OUT) -> HeldOut:
        """Collect them from the development sets under ``data`` and ``evaluation``."""
        passages: set[str] = set()
        questions: set[str] = set()
        for name in DEV_SETS:
            for row in read_rows(data / "qa" / f"{name}.dev.jsonl.xz"):
                passages.add(normal(row["context"]))
                questions.add(normal(row["question"]))
        articles: set[str] = set()
        for path in (*sorted(evaluation.glob("news_*.jsonl")), *evaluation.glob("xqa_*.jsonl")):
            for row in read_rows(path):
                questions.add(normal(row["question"]))
                if "article_id" in row:
                    articles.add(row["article_id"])
        return cls(frozenset(passages), frozenset(questions), frozenset(articles))

    def allows(self, example: Example) -> bool:
        """Say whether neither the passage nor the question of ``example`` is held out."""
        return (
            normal(example.passage) not in self.passages
            and normal(example.question) not in self.questions
        )


def from_row(row: Row, source: str) -> Example | None:
    """Turn a SQuAD-like row into an example, or None where its offsets are wrong."""
    passage = row["context"]
    base = Example(row["question"].strip(), passage, row.get("title") or "", -1, -1, source)
    if row.get("is_impossible") or not row["answers"]:
        return base
    for answer in row["answers"]:
        start, end = answer["start"], answer["start"] + len(answer["text"])
        if answer["text"].strip() and passage[start:end] == answer["text"]:
            return replace(base, start=start, end=end)
    return None


def squad_examples(data: Path, name: str) -> list[tuple[str, Example]]:
    """Return ``(row id, example)`` for each usable row of ``qa/<name>``."""
    rows = read_rows(data / "qa" / f"{name}.jsonl.xz")
    pairs = ((row["id"], from_row(row, name)) for row in rows)
    return [(key, example) for key, example in pairs if example is not None]


def unique(examples: Iterable[Example]) -> list[Example]:
    """Drop repeated (question, passage) pairs, keeping the first."""
    seen: dict[tuple[str, str], Example] = {}
    for example in examples:
        seen.setdefault((normal(example.question), normal(example.passage)), example)
    return list(seen.values())


def translated(data: Path, questions: Path) -> list[Example]:
    """Pair each translated question with the passage of the row it was translated from."""
    rows = read_rows(questions) if questions.exists() else []
    wanted = {(row["set"], row["id"]): row["question"].strip() for row in rows}
    examples = []
    for name in sorted({name for name, _ in wanted if name.endswith(".train")}):
        for key, example in squad_examples(data, name):
            if (name, key) in wanted:
                question = wanted[name, key]
                examples.append(replace(example, question=question, source=f"xqa:{name}"))
    return examples


def sentence_bounds(text: str) -> list[tuple[int, int]]:
    """Return the ``(start, end)`` character offsets of the sentences of ``text``."""
    bounds, start = [], 0
    for gap in _SENTENCE_END.finditer(text):
        bounds.append((start, gap.start()))
        start = gap.end()
    bounds.append((start, len(text)))
    return [(a, b) for a, b in bounds if text[a:b].strip()]


def random_window(
    text: str, start: int, end: int, words: int, rng: random.Random
) -> tuple[int, int]:
    """Grow a window of whole sentences around ``text[start:end]`` to about ``words`` words."""
    bounds = sentence_bounds(text)
    first = max((i for i, (a, _) in enumerate(bounds) if a <= start), default=0)
    last = next((i for i, (_, b) in enumerate(bounds) if b >= end), len(bounds) - 1)
    first, last = min(first, last), max(first, last)
    size = len(text[bounds[first][0] : bounds[last][1]].split())
    while size < words and (first > 0 or last < len(bounds) - 1):
        left = first > 0 and (last == len(bounds) - 1 or rng.random() < 0.5)
        grown = first - 1 if left else last + 1
        size += len(text[slice(*bounds[grown])].split())
        first, last = (grown, last) if left else (first, grown)
    return bounds[first][0], bounds[last][1]


@dataclass(frozen=True)
class NewsQuestion:
    """A hand-written question on a whole article, in one language."""

    question: str
    title: str
    text: str
    start: int
    end: int
    article_id: str

    def example(self, rng: random.Random) -> Example:
        """Cut a random window that holds the answer (any window where there is none)."""
        anchor = self.start if self.start >= 0 else rng.randrange(len(self.text))
        end = max(self.end, anchor)
        first, last = random_window(self.text, anchor, end, rng.randint(60, 200), rng)
        title = self.title if rng.random() < TITLE_SHARE else ""
        shift = (self.start - first, self.end - first) if self.start >= 0 else (-1, -1)
        return Example(self.question, self.text[first:last], title, *shift, "news")

    def miss(self, rng: random.Random) -> Example | None:
        """Cut a window of the same article without the answer's text, if there is one."""
        answer = self.text[self.start : self.end].lower()
        for _ in range(6):
            example = replace(self, start=-1, end=-1).example(rng)
            if answer not in example.passage.lower():
                return replace(example, source="news:miss")
        return None


def news_questions(data: Path, folder: Path, held_out: HeldOut) -> list[NewsQuestion]:
    """Read the hand-written news questions, each in Indonesian and in English."""
    articles = {
        row["id"]: row
        for name in ("clickid", "bbc_en")
        for row in read_rows(data / "news" / f"{name}.jsonl.xz")
    }
    found: list[NewsQuestion] = []
    for path in sorted(folder.glob("news_questions.*.jsonl")):
        for row in read_rows(path):
            article = articles.get(row["article_id"])
            if article is None or row["article_id"] in held_out.articles:
                continue
            found.extend(_both_languages(row, article))
    return found


def _both_languages(row: Row, article: Row) -> Iterator[NewsQuestion]:
    text, start, end = article["text"], -1, -1
    if not row["is_impossible"]:
        start, end = row["start"], row["start"] + len(row["answer"])
        if text[start:end] != row["answer"]:
            return
    for key in ("question_id", "question_en"):
        if row.get(key):
            yield NewsQuestion(row[key], article["title"], text, start, end, row["article_id"])


def with_wrong_passages(
    examples: Sequence[Example], share: float, rng: random.Random
) -> list[Example]:
    """Pair a share of the answerable questions with a near passage that lacks the answer."""
    answerable = [example for example in examples if example.answerable]
    nearest = NearestPassages(sorted({example.passage for example in examples}))
    chosen = rng.sample(answerable, min(len(answerable), int(share * len(examples))))
    found = []
    for example in chosen:
        passage = nearest.without(example.question, example.passage, example.answer, rng)
        if passage is not None:
            source = f"{example.source}:wrong"
            found.append(Example(example.question, passage, "", -1, -1, source))
    return found


def _sample(examples: Sequence[Example], count: int, rng: random.Random) -> list[Example]:
    return rng.sample(list(examples), min(count, len(examples)))


def _titled(examples: Iterable[Example], rng: random.Random) -> list[Example]:
    """Keep the title on some of the examples only."""
    return [e if rng.random() < TITLE_SHARE else replace(e, title="") for e in examples]


def first_stage(data: Path, seed: int) -> list[Example]:
    """Machine-made examples: synthetic, machine-translated, and parallel-news clozes."""
    rng = random.Random(seed)
    held_out = HeldOut.read(data)
    synthetic = [e for _, e in squad_examples(data, "synthetic_id.train")]
    squad = [e for _, e in squad_examples(data, "squad_id_mt.train")]
    pairs = read_rows(data / "translation" / "bppt_news.train.jsonl.xz")
    examples = [
        *_sample(synthetic, 9_000, rng),
        *_sample(squad, 7_000, rng),
        *_sample(cloze_examples(pairs, rng), 4_000, rng),
    ]
    kept = [e for e in unique(examples) if held_out.allows(e)]
    kept += with_wrong_passages(kept, 0.05, rng)
    rng.shuffle(kept)
    return _titled(kept, rng)


def second_stage(data: Path, seed: int, questions: Path = QUESTIONS) -> list[Example]:
    """Human-made examples: Wikipedia and news, two languages and across them."""
    rng = random.Random(seed)
    held_out = HeldOut.read(data)
    sets = {name: [e for _, e in squad_examples(data, f"{name}.train")] for name in DEV_SETS}
    indonesian = unique([*sets["idk_mrc"], *sets["tydiqa_id"]])
    across = translated(data, questions / "xqa_questions.jsonl")
    groups = [(indonesian, 2), (sets["facqa"], 1), (sets["tydiqa_en"], 2), (across, 1)]
    examples: list[Example] = []
    for group, times in groups:
        kept = [e for e in group if held_out.allows(e)]
        examples += kept * times
        examples += with_wrong_passages(kept, WRONG_PASSAGE_SHARE * times, rng)
    examples += _news(news_questions(data, questions, held_out), 2, held_out, rng)
    rng.shuffle(examples)
    return _titled(examples, rng)


def third_stage(data: Path, seed: int) -> list[Example]:
    """Yes/no questions, and twice as many examples of the second stage, lest it be forgotten.

    Of those, questions that ask for several things are all taken, and twice.
    """
    rng = random.Random(seed)
    known = second_stage(data, seed)
    lists = [e for e in known if e.answerable and question_kind(e.question) == "list"]
    decided = list(yes_no_examples(_undisclosed(data), ordinary_words(), rng))
    examples = [
        *_sample(decided, _DECIDED, rng),
        *_sample(known, 2 * _DECIDED, rng),
        *lists,
        *lists,
    ]
    rng.shuffle(examples)
    return examples


def _undisclosed(data: Path) -> list[dict[str, Any]]:
    """Return the rows of IndoNLI whose premise is not in its development set, as a third are."""
    train, dev = (read_rows(data / "nli" / f"indonli.{name}.jsonl.xz") for name in ("train", "dev"))
    known = {normal(row["premise"]) for row in dev}
    return [row for row in train if normal(row["premise"]) not in known]


def ordinary_words() -> frozenset[str]:
    """Return the Indonesian words that are mostly written without a capital."""
    return frozenset((DATA / "ordinary.id.txt").read_text(encoding="utf-8").split())


def _news(
    questions: Sequence[NewsQuestion], times: int, held_out: HeldOut, rng: random.Random
) -> list[Example]:
    cut = [question.example(rng) for question in questions for _ in range(times)]
    cut += with_wrong_passages(cut, WRONG_PASSAGE_SHARE / 2, rng)
    for question in questions:
        missed = question.miss(rng) if question.start >= 0 and rng.random() < 0.3 else None
        if missed is not None:
            cut.append(missed)
    return [e for e in cut if normal(e.question) not in held_out.questions]


STAGES: tuple[Callable[[Path, int], list[Example]], ...] = (
    first_stage,
    second_stage,
    third_stage,
)
