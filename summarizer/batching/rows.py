"""The row that each article becomes, whether it was summarized or not."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from ringkas.types import Article, Failure, Summary, SummaryLanguage


@dataclass(frozen=True, slots=True)
class Made:
    """What summarizing makes of an article: the part of a row that the cache keeps."""

    summary: str
    language: SummaryLanguage
    support: float
    coverage: float
    method: str
    model: str

    @classmethod
    def of(cls, summary: Summary) -> Made:
        """Return what a row shows of ``summary``."""
        return cls(
            encodable(summary.text),
            summary.language,
            round(summary.support, 4),
            round(summary.coverage, 4),
            summary.method,
            summary.model,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One article of the output; None stands for what is not known.

    ``published`` is ISO 8601. ``support`` and ``coverage`` are shares in [0, 1]. ``seconds`` is
    the article's part, by length, of the time that the articles summarized with it took.
    """

    id: str
    title: str | None
    url: str | None
    source: str | None
    published: str | None
    status: Literal["ok", "failed"]
    summary: str | None = None
    language: SummaryLanguage | None = None
    support: float | None = None
    coverage: float | None = None
    method: str | None = None
    model: str | None = None
    seconds: float = 0.0
    error: str | None = None


def summarized(key: str, article: Article, made: Made, seconds: float) -> Row:
    """Return the row of an article with its summary."""
    return Row(status="ok", **_known(key, article), **asdict(made), seconds=round(seconds, 4))


def refused(key: str, article: Article, error: str, seconds: float) -> Row:
    """Return the row of an article that could not be summarized."""
    return Row(
        status="failed",
        **_known(key, article),
        seconds=round(seconds, 4),
        error=error,
    )


def unread(key: str, failure: Failure) -> Row:
    """Return the row of what could not be read; the error names it."""
    from ringkas.sources.identity import source_name

    place, told = encodable(failure.source), encodable(message_of(failure.error))
    url = place if _is_web(place) else None
    outlet = source_name(place) if url else None
    named = told if place in told else f"{place}: {told}"
    return Row(key, None, url, outlet, None, "failed", error=named)


def unread_key(failure: Failure) -> str:
    """Return the id of what could not be read: for a URL, that of the article it should hold."""
    from ringkas.sources import article_id

    place = encodable(failure.source)
    return article_id(place if _is_web(place) else None, place)


def kind_of(error: Exception) -> str:
    """Return what sort of error it is, in words: "empty article", "fetch", "memory"."""
    name = type(error).__name__.removesuffix("Error") or "error"
    return "".join(f" {char.lower()}" if char.isupper() else char for char in name).strip()


def message_of(error: Exception) -> str:
    """Return the error in one line; one that we do not raise on purpose is named."""
    from ringkas.errors import RingkasError

    told = " ".join(str(error).split())
    if isinstance(error, RingkasError) and told:
        return told
    return f"{type(error).__name__}: {told}" if told else type(error).__name__


def encodable(text: str) -> str:
    """Return ``text`` without lone surrogates, which no file can hold as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _known(key: str, article: Article) -> dict[str, Any]:
    texts = {"title": article.title, "url": article.url, "source": article.source}
    return {
        "id": key,
        **{name: encodable(text) if text else None for name, text in texts.items()},
        "published": article.published.isoformat() if article.published else None,
    }


def _is_web(place: str) -> bool:
    from urllib.parse import urlsplit

    if not place.lower().startswith(("http://", "https://")) or any(map(str.isspace, place)):
        return False
    try:
        return bool(urlsplit(place).hostname)
    except ValueError:
        return False
