"""Read questions, passages and articles from local JSON Lines files, plain or ``.xz``.

The files lie in one folder, given by ``--data`` or the environment variable ``RINGKAS_DATA``, in
``qa/``, ``retrieval/``, ``translation/`` and ``news/`` below it. A question row has ``id``,
``question``, ``context``, ``answers`` (``[{"text", "start"}]``) and ``is_impossible``.
The questions written for Ringkas are in ``evaluation/data`` and refer to those files by id.
"""

from __future__ import annotations

import json
import lzma
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from ringkas.errors import RingkasError
from ringkas.types import Article, Language, OutputLanguage

OWN = Path(__file__).resolve().parent / "data"
TRAINING = OWN.parent.parent / "training" / "data"
ENVIRONMENT = "RINGKAS_DATA"
QA_SETS = ("tydiqa_id.dev", "idk_mrc.dev", "facqa.dev", "tydiqa_en.dev", "xqa_en_on_id.dev")
CROSS_LINGUAL = "xqa_en_on_id.dev"
ENGLISH = "-en"
"""Ends the id of an Indonesian example whose question was translated."""

NEWS_FILES = ("clickid", "bisnis2025")

Row = Mapping[str, Any]
Split = Literal["fit", "tune", "dev", "test"]


class DataError(RingkasError):
    """Evaluation data is missing or not in the expected form."""


@dataclass(frozen=True, slots=True)
class QAExample:
    """A question on one passage. No ``answers`` means that the passage holds none.

    ``language`` is the question's; ``answer_language`` that of the passage and so of its answers.
    """

    id: str
    question: str
    context: str
    answers: tuple[str, ...]
    language: OutputLanguage = "id"
    answer_language: OutputLanguage = "id"
    title: str = ""

    @property
    def article(self) -> Article:
        """The passage as an article of its own."""
        return Article(f"qa-{self.id}", self.title, self.context, self.answer_language)


@dataclass(frozen=True, slots=True)
class NewsQuestion:
    """A question on a news article, by id, with what a reader accepts.

    ``items`` lists what all must be named; ``yes`` is the truth of a yes/no question.
    """

    id: str
    article_id: str
    language: OutputLanguage
    kind: str
    question: str
    answers: tuple[str, ...]
    items: tuple[str, ...] = ()
    yes: bool | None = None
    answerable: bool = True


@dataclass(frozen=True, slots=True)
class Query:
    """A question or other text to search for."""

    id: str
    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Documents, queries, and which documents are relevant to which query.

    ``note`` says in one sentence how the set was made.
    """

    name: str
    documents: tuple[Article, ...]
    queries: tuple[Query, ...]
    qrels: Mapping[str, Mapping[str, int]] = field(hash=False)
    note: str = ""


def data_folder(given: str | Path | None = None) -> Path:
    """Return the data folder: ``given``, or what ``RINGKAS_DATA`` names.

    Raises:
        DataError: neither is set, or it is not a folder.
    """
    chosen = given or os.environ.get(ENVIRONMENT)
    if not chosen:
        raise DataError(
            "no evaluation data folder given. Pass --data FOLDER or set "
            f"{ENVIRONMENT}; it holds qa/, retrieval/, translation/ and news/"
        )
    if not Path(chosen).is_dir():
        raise DataError(f"the evaluation data folder '{chosen}' does not exist")
    return Path(chosen)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of ``path`` (without its suffix: ``.jsonl.xz`` or ``.jsonl``).

    Raises:
        DataError: there is no such file, or a line is not JSON.
    """
    file = _existing(path)
    opener = lzma.open if file.suffix == ".xz" else open
    with opener(file, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise DataError(f"{file}, line {number}: not JSON ({error})") from error


def _existing(path: Path) -> Path:
    for suffix in (".jsonl.xz", ".jsonl"):
        file = path.with_name(path.name + suffix)
        if file.is_file():
            return file
    raise DataError(f"no file {path}.jsonl.xz or {path}.jsonl")


def qa_set(name: str, folder: Path) -> tuple[QAExample, ...]:
    """Return the examples of ``qa/<name>`` (``"tydiqa_id.dev"``), or of our English questions.

    ``xqa_en_on_id.dev`` puts English questions, translated by hand, to the Indonesian passages.
    """
    if name == CROSS_LINGUAL:
        return tuple(translated(OWN / CROSS_LINGUAL, folder))
    language: OutputLanguage = "en" if "_en." in name else "id"
    return tuple(_example(row, language) for row in rows(folder / "qa" / name))


def _example(row: Row, language: OutputLanguage) -> QAExample:
    answers = () if row.get("is_impossible") else _texts(row["answers"])
    return QAExample(
        id=row["id"],
        question=row["question"].strip(),
        context=row["context"],
        answers=answers,
        language=language,
        answer_language=language,
        title=row.get("title") or "",
    )


def _texts(answers: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(answer["text"] for answer in answers))


def translated(path: Path, folder: Path) -> Iterator[QAExample]:
    """Yield the examples whose Indonesian questions ``path`` gives in English, by set and id."""
    listed = [row for row in rows(path) if not row["set"].startswith("tydiqa_en")]
    sources = {name: _by_id(name, folder) for name in sorted({row["set"] for row in listed})}
    for row in listed:
        original = sources[row["set"]][row["id"]]
        yield replace(
            original, id=row["id"] + ENGLISH, question=row["question"].strip(), language="en"
        )


def originals(examples: Iterable[QAExample], folder: Path) -> tuple[QAExample, ...]:
    """Return the Indonesian examples that those of ``xqa_en_on_id.dev`` were translated from."""
    known = {
        key: example
        for name in {row["set"] for row in rows(OWN / CROSS_LINGUAL)}
        for key, example in _by_id(name, folder).items()
    }
    return tuple(known[example.id.removesuffix(ENGLISH)] for example in examples)


def _by_id(name: str, folder: Path) -> dict[str, QAExample]:
    return {example.id: example for example in qa_set(name, folder)}


def news_questions(split: Split) -> tuple[NewsQuestion, ...]:
    """Return our questions on news.

    Weights and thresholds are fitted on ``fit`` and ``tune``, choices made on ``dev``; ``test`` is
    only reported.
    """
    return tuple(
        NewsQuestion(
            id=row["id"],
            article_id=row["article_id"],
            language=row["language"],
            kind=row["kind"],
            question=row["question"],
            answers=tuple(row["answers"]),
            items=tuple(row.get("all", ())),
            yes=row.get("yes"),
            answerable=not row["is_impossible"],
        )
        for row in rows(OWN / f"news_questions.{split}")
    )
