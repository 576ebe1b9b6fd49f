"""What a reader of the page hands in: links, pasted text or uploads, never a path on this machine.

``ringkas.read`` opens any local path it is given; someone at the page must not be able to name
one, so a text box is only ever taken for links or for the article itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from ringkas.errors import RingkasError, SourceError, TooLargeError
from ringkas.settings import Settings, SourceSettings
from ringkas.types import Article, Failure, OutputLanguage


class NothingGivenError(SourceError):
    """Neither a link, nor a text, nor a file was handed in."""


class SeveralArticlesError(SourceError):
    """One article was expected, and the source holds more."""


class DateError(RingkasError):
    """A date box holds something else."""


def received(
    text: str | None, files: Sequence[str] | str | None, settings: Settings
) -> Iterator[Article | Failure]:
    """Yield the articles in a text box (one or more links, or a pasted text) and in uploads.

    Raises:
        NothingGivenError: both are empty.
    """
    from ringkas.sources import iter_articles

    text = (text or "").strip()
    if _is_links(text):
        for url in text.split():
            yield from _safely(url, partial(iter_articles, url, settings))
    elif text:
        yield from _safely(_shortened(text), lambda: [_pasted(text, settings.sources)])
    if not text and not files:
        raise NothingGivenError("nothing was given; a link, a text or a file was expected")
    for file in _paths(files):
        for item in _safely(file.name, partial(iter_articles, file, settings)):
            yield item if isinstance(item, Article) else _without_folder(item, file)


def named(text: str | None, file: str | None) -> str:
    """Return what to call a single source in a message: its file name or link; "" for a text."""
    if file:
        return Path(file).name
    return text.strip() if text and _is_links(text) else ""


def only_article(items: Iterable[Article | Failure]) -> Article:
    """Return the article that was handed in.

    Raises:
        RingkasError: nothing of what was handed in could be read.
        SeveralArticlesError: there is more than one, such as in a feed.
    """
    failures: list[Failure] = []
    articles = list(islice(sorted_out(items, failures), 2))
    if len(articles) > 1:
        raise SeveralArticlesError("the source holds several articles; give a single one")
    if articles:
        return articles[0]
    raise failures[0].error if failures else NothingGivenError("the source holds no article")


def sorted_out(items: Iterable[Article | Failure], failures: list[Failure]) -> Iterator[Article]:
    """Yield the articles, and put what could not be read into ``failures``."""
    for item in items:
        if isinstance(item, Article):
            yield item
        else:
            failures.append(item)


def filters(
    outlets: Sequence[str], languages: Sequence[str], since: str | None, until: str | None
) -> dict[str, Any]:
    """Return what was chosen in the library as the arguments of ``retrieval.Filters``.

    Raises:
        DateError: ``since`` or ``until`` is not empty and no date.
    """
    return {
        "sources": tuple(outlets),
        "languages": tuple(languages),
        "since": as_date(since),
        "until": as_date(until),
    }


def as_date(text: str | None) -> date | None:
    """Return the day in a date box; None for an empty one.

    Raises:
        DateError: there is something else in it.
    """
    if not text or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise DateError(f"{text!r} is no date; write it like 2023-06-08") from error


def as_language(choice: str) -> OutputLanguage | None:
    """Return the chosen output language; None for any other choice, such as "same"."""
    return choice if choice in ("id", "en") else None  # type: ignore[return-value]


def _pasted(text: str, limits: SourceSettings) -> Article:
    from ringkas.sources import article_from_text

    if len(text) > limits.max_megabytes << 20:
        raise TooLargeError(
            f"the text has {len(text):,} characters; at most {limits.max_megabytes} MB are read. "
            "Give one article at a time, or raise sources.max_megabytes in the configuration."
        )
    return article_from_text(text, min_words=limits.min_words)


def _is_links(text: str) -> bool:
    """Tell whether every word is a web address; no words are no links."""
    words = text.split()
    return bool(words) and all(word.startswith(("http://", "https://")) for word in words)


def _paths(files: Sequence[str] | str | None) -> list[Path]:
    chosen = [files] if isinstance(files, str) else files or []
    return [Path(file) for file in chosen]


def _safely(
    name: str, read: Callable[[], Iterable[Article | Failure]]
) -> Iterator[Article | Failure]:
    """Yield what ``read`` gives; an error ends this source, not the others."""
    try:
        yield from read()
    except RingkasError as error:
        yield Failure(name, error)


def _without_folder(failure: Failure, file: Path) -> Failure:
    """Keep the server's upload folder out of what a reader sees."""
    message = failure.message.replace(f"{file.parent}/", "")
    failure.error.args = (message, *failure.error.args[1:])
    return Failure(file.name, failure.error)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
