"""Articles and passages as rows of Milvus collections, and filters as its expressions."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from retrieval.stores.base import Filters, StoredArticle, StoredPassage, moment
from ringkas.embedding.base import Vectors
from ringkas.types import Article, Passage

# Milvus holds at most 65,535 bytes in a text and 4,096 texts in an array: so do articles, in
# pieces of at most four bytes a letter.
MOST_BYTES = 65_535
MOST_PIECES = 4_096
_PIECE = 16_000
# Earlier than any day a datetime can tell.
_UNDATED = -(10**17)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLAIN_TERM = re.compile(r"(?!0x)[a-z0-9]+")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def article_row(item: StoredArticle) -> dict[str, Any]:
    """Return the row of an article: what filters ask, and the whole of it as JSON in pieces."""
    article = item.article
    whole = {
        "title": article.title,
        "text": article.text,
        "url": article.url,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "author": article.author,
        "notes": dict(article.notes),
    }
    return {
        "key": article_key(article.id),
        "id": article.id,
        "revision": item.revision,
        "story": item.group,
        "language": article.language,
        "source": article.source or "",
        "moment": _microseconds(moment(article)),
        "record": pieces(whole),
        "unused": [0.0, 1.0],
    }


def stored_article(row: Mapping[str, Any]) -> StoredArticle:
    """Return the article of a row."""
    whole = joined(row["record"])
    published = datetime.fromisoformat(whole["published"]) if whole["published"] else None
    article = Article(
        row["id"], whole["title"], whole["text"], row["language"], whole["url"], whole["source"],
        published, whole["author"], whole["notes"],
    )  # fmt: skip
    return StoredArticle(article, row["revision"], row["story"])


def passage_rows(
    passages: Sequence[StoredPassage], vectors: Vectors, articles: Sequence[StoredArticle]
) -> list[dict[str, Any]]:
    """Return the rows of passages, which repeat what filters ask of their articles."""
    owners = {item.article.id: item.article for item in articles}
    return [
        {
            "key": _key(item),
            "article_id": item.passage.article_id,
            "first": item.passage.start,
            "behind": item.passage.end,
            "revision": item.revision,
            "language": item.language,
            "source": owners[item.passage.article_id].source or "",
            "moment": _microseconds(moment(owners[item.passage.article_id])),
            "terms": encoded(item.terms.split()),
            "vector": vector.tolist(),
        }
        for item, vector in zip(passages, vectors, strict=True)
    ]


def stored_passage(row: Mapping[str, Any]) -> StoredPassage:
    """Return the passage of a row, without its vector."""
    passage = Passage(row["article_id"], row["first"], row["behind"])
    return StoredPassage(passage, row["revision"], row["language"], _decoded(row["terms"]))


def article_key(article_id: str) -> str:
    """Return the key of an article: pymilvus walks through keys, and quotes none that it meets."""
    return _hashed(article_id)


def _key(item: StoredPassage) -> str:
    """Return the same key for the same passage of the same revision: writing twice is once."""
    passage = item.passage
    return _hashed(passage.article_id, item.revision, str(passage.start), str(passage.end))


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:32]


def pieces(value: Mapping[str, Any]) -> list[str]:
    """Return JSON in pieces that a text field holds."""
    text = json.dumps(value, ensure_ascii=False)
    return [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]


def joined(pieces: Iterable[str]) -> dict[str, Any]:
    """Return what :func:`pieces` has cut."""
    return dict(json.loads("".join(pieces)))


def encoded(terms: Iterable[str]) -> str:
    """Return terms as words of plain letters and digits, which Milvus's tokenizer leaves whole."""
    return " ".join(
        term if _PLAIN_TERM.fullmatch(term) else "0x" + term.encode().hex() for term in terms
    )


def _decoded(words: str) -> str:
    return " ".join(
        bytes.fromhex(word[2:]).decode() if word.startswith("0x") else word
        for word in words.split()
    )


def _microseconds(moment: datetime | None) -> int:
    return _UNDATED if moment is None else (moment - _EPOCH) // timedelta(microseconds=1)


def expression(filters: Filters, id_field: str) -> str:
    """Return the expression for the filters, empty where they allow everything."""
    parts = []
    if filters.start:
        parts.append(f"moment >= {_microseconds(filters.start)}")
    if filters.end:
        parts.append(f"moment > {_UNDATED} and moment <= {_microseconds(filters.end)}")
    for field, values in (
        ("source", filters.sources),
        ("language", filters.languages),
        (id_field, filters.article_ids),
    ):
        if values:
            parts.append(f"{field} in {quote_all(values)}")
    return " and ".join(parts)


def quote(value: str) -> str:
    """Return a string as a literal."""
    return '"' + value.translate(_ESCAPES) + '"'


def quote_all(values: Iterable[str]) -> str:
    """Return strings as a list."""
    return "[" + ", ".join(quote(value) for value in values) + "]"


def holds_all(article: Article, words: Sequence[str]) -> bool:
    """Tell whether an article's title or text has each of the words, in upper or lower case."""
    title, text = article.title.lower(), article.text.lower()
    return all(word.lower() in title or word.lower() in text for word in words)
