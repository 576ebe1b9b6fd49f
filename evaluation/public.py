"""Public question sets by name, for users with a network; nothing is fetched unless asked for.

``tydiqa-goldp`` (Clark et al., 2020), ``idk-mrc`` (Putri and Oh, 2022), ``squad`` (Rajpurkar et
al., 2016) through Hugging Face ``datasets``; ``miracl-id`` (Zhang et al., 2023) through
``ir_datasets``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from evaluation.data import DataError, QAExample, Query, RetrievalSet, Row
from evaluation.retrieval_sets import sample
from ringkas.errors import MissingExtraError
from ringkas.types import Article, OutputLanguage

MIRACL = "miracl/id/dev"
EXTRA = "public"


def qa_by_name(name: str) -> tuple[QAExample, ...]:
    """Fetch a public question set.

    Raises:
        DataError: no set of that name is known.
        MissingExtraError: the package ``datasets`` is not installed.
    """
    if name not in QA:
        raise DataError(f"no public question set '{name}'; known: {', '.join(QA)}")
    return tuple(QA[name]())


def miracl_id(corpus_size: int | None = 100_000) -> RetrievalSet:
    """Fetch MIRACL's Indonesian development questions and (a sample of) their Wikipedia passages.

    The whole corpus has 1.4 million passages; a sample keeps every judged one.

    Raises:
        MissingExtraError: the package ``ir_datasets`` is not installed.
    """
    try:
        import ir_datasets
    except ImportError as error:
        raise MissingExtraError("ir-datasets", EXTRA, "Fetching MIRACL") from error
    source = ir_datasets.load(MIRACL)
    qrels: dict[str, dict[str, int]] = {}
    for judged in source.qrels_iter():
        qrels.setdefault(judged.query_id, {})[judged.doc_id] = judged.relevance
    ids = [document.doc_id for document in source.docs_iter()]
    kept = sample(ids, {key for documents in qrels.values() for key in documents}, corpus_size)
    store = source.docs_store().get_many(kept)
    return RetrievalSet(
        name="miracl_id",
        documents=tuple(Article(key, store[key].title, store[key].text, "id") for key in kept),
        queries=tuple(Query(one.query_id, one.text, "id") for one in source.queries_iter()),
        qrels=qrels,
        note=f"{MIRACL}: {len(qrels)} questions on {len(kept):,} of {len(ids):,} passages",
    )


def _hub(path: str, config: str | None, split: str) -> Iterable[Row]:
    try:
        import datasets
    except ImportError as error:
        raise MissingExtraError("datasets", EXTRA, f"Fetching {path}") from error
    rows: Iterable[Row] = datasets.load_dataset(path, config, split=split)
    return rows


def _tydiqa() -> Iterator[QAExample]:
    for row in _hub("google-research-datasets/tydiqa", "secondary_task", "validation"):
        kind = row["id"].split("-")[0]
        if kind in {"indonesian", "english"}:
            yield _squad_example(row, "en" if kind == "english" else "id")


def _squad() -> Iterator[QAExample]:
    for row in _hub("rajpurkar/squad", None, "validation"):
        yield _squad_example(row, "en")


def _idk_mrc() -> Iterator[QAExample]:
    for row in _hub("rifkiaputri/idk-mrc", None, "test"):
        for asked in row["qas"]:
            texts = [answer["text"] for answer in asked["answers"]]
            yield _example(asked, row["context"], [] if asked["is_impossible"] else texts, "id")


def _squad_example(row: Row, language: OutputLanguage) -> QAExample:
    return _example(row, row["context"], row["answers"]["text"], language)


def _example(row: Row, context: str, answers: Iterable[str], language: OutputLanguage) -> QAExample:
    return QAExample(
        id=str(row["id"]),
        question=row["question"],
        context=context,
        answers=tuple(dict.fromkeys(answers)),
        language=language,
        answer_language=language,
        title=row.get("title") or "",
    )


QA: dict[str, Callable[[], Iterator[QAExample]]] = {
    "tydiqa-goldp": _tydiqa,
    "idk-mrc": _idk_mrc,
    "squad": _squad,
}
