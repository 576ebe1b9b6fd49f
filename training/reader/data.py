"""Question answering examples for the span reader, from files of several origins.

Every builder yields :class:`Example`. Nothing whose passage or question occurs in a
development set is kept, and files under ``evaluation/data`` are read only to exclude.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from retrieval.questions import question_kind
from ringkas.text.lexicon import DATA
from training.reader.cloze import cloze_examples
from training.reader.decisions import yes_no_examples
from training.reader.examples import Example
from training.reader.negatives import NearestPassages
from training.reader.news import (
    TITLE_SHARE,
    Archive,
    cut_news,
    missed_news,
    news_articles,
    news_questions,
)
from training.reader.rows import DEV_SETS, HeldOut, Row, normal, read_rows

QUESTIONS = Path(__file__).resolve().parents[1] / "data"
WRONG_PASSAGE_SHARE = 0.15
_BESIDE_SHARE = 0.4  # news questions shown another article's passage; chosen, not compared
_DECIDED = 5_000  # yes/no questions in a turn of the last stage; chosen, not compared


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
    examples += _on_news(data, questions, held_out, rng)
    rng.shuffle(examples)
    return _titled(examples, rng)


def _on_news(data: Path, questions: Path, held_out: HeldOut, rng: random.Random) -> list[Example]:
    asked = news_questions(news_articles(data), questions, held_out)
    examples = cut_news(asked, 2, rng)
    examples += with_wrong_passages(examples, WRONG_PASSAGE_SHARE / 2, rng)
    examples += missed_news(asked, rng)
    return [e for e in examples if normal(e.question) not in held_out.questions]


def news_stage(data: Path, seed: int, questions: Path = QUESTIONS) -> list[Example]:
    """News as an archive shows it, and as many others of the second stage, lest they be forgotten.

    Beside the window that answers stand windows that miss the answer, and near passages of other
    articles.
    """
    rng = random.Random(seed)
    held_out = HeldOut.read(data)
    articles = news_articles(data)
    asked = news_questions(articles, questions, held_out)
    archive = Archive(row for key, row in articles.items() if key not in held_out.articles)
    beside = [archive.beside(one, rng) for one in asked if rng.random() < _BESIDE_SHARE]
    examples = [
        *cut_news(asked, 1, rng),
        *missed_news(asked, rng),
        *(example for example in beside if example is not None),
    ]
    examples = [e for e in examples if normal(e.question) not in held_out.questions]
    others = [e for e in second_stage(data, seed, questions) if not e.source.startswith("news")]
    examples += _sample(others, len(examples), rng)
    rng.shuffle(examples)
    return examples


def decider_stage(data: Path, seed: int) -> list[Example]:
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


STAGES: tuple[Callable[[Path, int], list[Example]], ...] = (
    first_stage,
    second_stage,
    news_stage,
    decider_stage,
)
