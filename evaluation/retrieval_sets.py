"""Retrieval sets made from the data folder: one language, and across two."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from evaluation.data import (
    CROSS_LINGUAL,
    TRAINING,
    QAExample,
    Query,
    RetrievalSet,
    Row,
    originals,
    qa_set,
    rows,
    translated,
)
from ringkas.types import Article, Language

SEED = "ringkas-2026"
"""Put before each id to draw samples: they depend on this and the ids alone."""

QUERIES = 500
PARALLEL = ("bppt_news.dev", "guntara_news.dev")
PARALLEL_DISTRACTORS = "bppt_news.train"

Part = Literal["tune", "held-out"]


def drawn(ids: Iterable[str]) -> list[str]:
    """Return the ids in a fixed random order: that of a hash of the seed and each id."""
    return sorted(ids, key=lambda key: hashlib.sha256(f"{SEED}:{key}".encode()).digest())


def tydi(folder: Path, part: Part, corpus_size: int | None = None) -> RetrievalSet:
    """Return 500 TyDi questions and the Wikipedia passages to find.

    The held-out part takes the questions of ``tydiqa_id.dev`` first: no reader trained on
    ``tydiqa_id.train`` has seen them. The two parts share neither questions nor gold passages.

    With ``corpus_size`` only so many passages are kept, all gold ones of both parts among them.
    """
    gold = {row["query_id"]: row["doc_id"] for row in rows(folder / "retrieval" / "tydi_id.qrels")}
    held_out, tune = split(gold, {example.id for example in qa_set("tydiqa_id.dev", folder)})
    chosen = held_out if part == "held-out" else tune
    needed = {gold[key] for key in (*held_out, *tune)}
    corpus = {row["id"]: row for row in rows(folder / "retrieval" / "tydi_id.corpus")}
    kept = sample(list(corpus), needed, corpus_size)
    questions = {row["id"]: row["query"] for row in rows(folder / "retrieval" / "tydi_id.queries")}
    return RetrievalSet(
        name="tydi_id",
        documents=tuple(_document(corpus[key], "id") for key in kept),
        queries=tuple(Query(key, questions[key], "id") for key in chosen),
        qrels={key: {gold[key]: 1} for key in chosen},
        note=f"{len(chosen)} {part} Indonesian questions on {len(kept):,} of {len(corpus):,} "
        "Wikipedia passages, one gold passage a question",
    )


def split(gold: dict[str, str], first: set[str]) -> tuple[list[str], list[str]]:
    """Split question ids into held-out and tuning ones that share no gold passage.

    Arguments:
        gold: the gold passage of each question.
        first: the questions that the held-out part takes before any other.
    """
    order = sorted(drawn(gold), key=lambda key: key not in first)
    held_out = order[:QUERIES]
    used = {gold[key] for key in held_out}
    rest = [key for key in order[QUERIES:] if gold[key] not in used and key not in first]
    return held_out, rest[:QUERIES]


def sample(ids: Sequence[str], needed: set[str], size: int | None) -> list[str]:
    """Return ``size`` ids in their own order: all needed ones, the rest drawn."""
    if size is None or size >= len(ids):
        return list(ids)
    others = drawn(key for key in ids if key not in needed)
    kept = needed | set(others[: max(0, size - len(needed))])
    return [key for key in ids if key in kept]


def parallel(folder: Path, distractors: int = 2000) -> RetrievalSet:
    """Return English news sentences that must find their Indonesian translations."""
    pairs = [row for name in PARALLEL for row in rows(folder / "translation" / name)]
    pairs = list({row["id"]: row for row in pairs}.values())
    others = {row["key"]: row["id"] for row in rows(folder / "translation" / PARALLEL_DISTRACTORS)}
    extra = [Article(key, "", others[key], "id") for key in drawn(others)[:distractors]]
    asked = drawn(row["key"] for row in pairs)[:QUERIES]
    english = {row["key"]: row["en"] for row in pairs}
    return RetrievalSet(
        name="parallel_en_id",
        documents=(*(Article(row["key"], "", row["id"], "id") for row in pairs), *extra),
        queries=tuple(Query(key, english[key], "en") for key in asked),
        qrels={key: {key: 1} for key in asked},
        note=f"{len(asked)} English news sentences, each to find its translation among "
        f"{len(pairs) + len(extra):,} Indonesian sentences",
    )


def asked_in_english(folder: Path, distractors: int = 4000) -> RetrievalSet:
    """Return English questions, by hand, that must find the Indonesian passages they are on."""
    return _asked("xqa", "English", qa_set(CROSS_LINGUAL, folder), folder, distractors)


def asked_in_indonesian(folder: Path, distractors: int = 4000) -> RetrievalSet:
    """Return the originals of those questions, on the same passages."""
    examples = originals(qa_set(CROSS_LINGUAL, folder), folder)
    return _asked("xqa", "Indonesian", examples, folder, distractors)


def tuning_in_english(folder: Path, distractors: int = 4000) -> RetrievalSet:
    """Return other English questions, on passages of training sets, to tune on."""
    known = {one.id: one for one in translated(TRAINING / "xqa_questions", folder)}
    examples = [known[key] for key in drawn(known)[:QUERIES]]
    return _asked("xqa-tune", "English", examples, folder, distractors)


def tuning_on_english(folder: Path, passages: int = 2500) -> RetrievalSet:
    """Return Indonesian questions, by hand, that must find the English passages they are on."""
    source = {one.id: one for one in qa_set("tydiqa_en.train", folder)}
    listed = [row for row in rows(TRAINING / "xqa_questions") if row["set"] == "tydiqa_en.train"]
    asked = {row["id"]: row["question"].strip() for row in listed if row["id"] in source}
    needed = [source[key].context for key in asked]
    others = [source[key].context for key in drawn(source)]
    kept = list(dict.fromkeys([*needed, *others]))[: max(passages, len(set(needed)))]
    documents = {text: Article(f"asked-{n}", "", text, "en") for n, text in enumerate(kept)}
    return RetrievalSet(
        name="xqa-on-english",
        documents=tuple(documents.values()),
        queries=tuple(Query(key, question, "id") for key, question in asked.items()),
        qrels={key: {documents[source[key].context].id: 1} for key in asked},
        note=f"{len(asked)} Indonesian questions on {len(documents):,} English passages",
    )


def _asked(
    name: str, language: str, examples: Sequence[QAExample], folder: Path, distractors: int
) -> RetrievalSet:
    """Put the passages of the examples among others of the TyDi corpus."""
    documents = {
        text: Article(f"asked-{place}", "", text, "id")
        for place, text in enumerate(dict.fromkeys(example.context for example in examples))
    }
    known = {_folded(text) for text in documents}
    corpus = {
        row["id"]: row
        for row in rows(folder / "retrieval" / "tydi_id.corpus")
        if _folded(row["text"]) not in known
    }
    extra = [_document(corpus[key], "id") for key in drawn(corpus)[:distractors]]
    return RetrievalSet(
        name=name,
        documents=(*documents.values(), *extra),
        queries=tuple(Query(one.id, one.question, one.language) for one in examples),
        qrels={one.id: {documents[one.context].id: 1} for one in examples},
        note=f"{len(examples)} {language} questions; {len(documents) + len(extra):,} Indonesian "
        f"passages, {len(documents)} of them asked about",
    )


def subset(whole: RetrievalSet, queries: int) -> RetrievalSet:
    """Return the set with only its first ``queries`` queries in drawn order."""
    kept = set(drawn(query.id for query in whole.queries)[:queries])
    return replace(
        whole,
        queries=tuple(query for query in whole.queries if query.id in kept),
        qrels={key: value for key, value in whole.qrels.items() if key in kept},
    )


def _document(row: Row, language: Language) -> Article:
    return Article(row["id"], row.get("title") or "", row["text"], language)


def _folded(text: str) -> str:
    return " ".join(text.lower().split())
