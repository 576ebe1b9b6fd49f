"""``read``: whatever a source is, its articles."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ringkas.errors import EmptyArticleError, SourceError
from ringkas.settings import Settings, SourceSettings
from ringkas.sources.build import article_from_text
from ringkas.sources.failing import failure_of
from ringkas.sources.files import read_bytes, read_file, supported
from ringkas.types import Article, Failure

if TYPE_CHECKING:
    from ringkas.sources.crawl import Crawl

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_BARE_URL = re.compile(r"(?:www\.[\w-]+|[\w-]+)(?:\.[\w-]+)*\.(?:com|id|net|org|uk|my|sg)(?:/\S*)?")
_LONGEST_PATH = 1024


def read(
    source: str | Path | bytes,
    settings: Settings | None = None,
    on_failure: Callable[[Failure], None] | None = None,
) -> list[Article]:
    """Return the articles in ``source``, cleaned.

    ``source`` is a URL of a page, feed or file; a path of an HTML, PDF, DOCX, TXT, Markdown,
    JSONL, CSV or feed file, or of a folder of these; the bytes of such a file; or pasted text.
    What could not be read goes to ``on_failure``, or is warned of; the rest is returned.

    Raises:
        SourceError: nothing could be read; the error is that of the first item.
    """
    articles: list[Article] = []
    failures: list[Failure] = []
    for item in iter_articles(source, settings):
        if isinstance(item, Article):
            articles.append(item)
        else:
            failures.append(item)
    if not articles and failures:
        raise failures[0].error
    for failure in failures:
        if on_failure:
            on_failure(failure)
        else:
            warnings.warn(failure.message, stacklevel=2)
    return articles


def iter_articles(
    source: str | Path | bytes,
    settings: Settings | None = None,
    crawl: Crawl | None = None,
    *,
    listed: bool = False,
) -> Iterator[Article | Failure]:
    """Yield each article in ``source`` as it is read, and a Failure for each that could not be.

    Takes the same sources as :func:`read`; nothing is raised for bad input. Sources that are read
    in one run share a ``crawl``, which names the articles that come again; they are yielded once.
    ``listed`` says that a URL stands in a list, rather than being asked for by itself, so that its
    site's robots.txt is heeded; a feed's items always are.
    """
    limits = (settings or Settings()).sources
    try:
        yield from _route(source, limits, crawl, listed)
    except Exception as error:
        yield failure_of(_short(source), error)


def samples() -> list[Article]:
    """Return the sample articles that come with Ringkas."""
    limits = SourceSettings()
    found = [item for path in sorted(SAMPLES.glob("*.md")) for item in read_file(path, limits)]
    return [item for item in found if isinstance(item, Article)]


def _route(
    source: str | Path | bytes, limits: SourceSettings, crawl: Crawl | None, listed: bool
) -> Iterator[Article | Failure]:
    if isinstance(source, bytes):
        return read_bytes(source, "the given data", limits)
    if isinstance(source, Path):
        return _from_path(source, limits, crawl)
    text = source.strip()
    if _SCHEME.match(text) and "\n" not in text:
        return _from_url(text, limits, crawl, listed)
    path = _existing(text)
    if path is not None:
        return _from_path(path, limits, crawl)
    if _BARE_URL.fullmatch(text):
        return _from_url(f"https://{text}", limits, crawl, listed)
    _require_no_path(text)
    return iter([article_from_text(source, min_words=limits.min_words, name="the pasted text")])


def _from_url(
    url: str, limits: SourceSettings, crawl: Crawl | None, listed: bool
) -> Iterator[Article | Failure]:
    from ringkas.sources.web import read_url

    return read_url(url, limits, crawl, listed=listed)


def _from_path(
    path: Path, limits: SourceSettings, crawl: Crawl | None
) -> Iterator[Article | Failure]:
    path = path.expanduser()
    if path.is_dir():
        return _from_folder(path, limits, crawl)
    if not path.exists():
        raise SourceError(f"there is no file or folder '{path}'. Check the path.")
    return read_file(path, limits, crawl)


def _from_folder(
    folder: Path, limits: SourceSettings, crawl: Crawl | None
) -> Iterator[Article | Failure]:
    files = [path for path in sorted(folder.rglob("*")) if _is_visible_file(path, folder)]
    if not files:
        raise EmptyArticleError(f"the folder '{folder}' holds no files. Expected: {supported()}.")
    for path in files:
        try:
            yield from read_file(path, limits, crawl)
        except Exception as error:
            yield failure_of(str(path), error)


def _is_visible_file(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.is_file()


def _existing(text: str) -> Path | None:
    if not text or "\n" in text or len(text) > _LONGEST_PATH:
        return None
    try:
        path = Path(text).expanduser()
        return path if path.exists() else None
    except (OSError, ValueError, RuntimeError):
        return None


def _require_no_path(text: str) -> None:
    """Refuse an empty string and one that looks like the path of a file that is not there."""
    if not text:
        raise EmptyArticleError("nothing was given. Give a URL, a path, or the text of an article.")
    if "\n" in text or len(text) > _LONGEST_PATH:
        return
    named = re.search(r"\.[A-Za-z]\w{1,4}$", text) and len(text.split()) <= 8
    rooted = re.match(r"(?:~|\.{1,2})?[/\\]|[A-Za-z]:\\", text)
    if named or rooted or " " not in text:
        raise SourceError(
            f"'{text}' is no file or folder here, no URL and no article. Check the path, put "
            "https:// before an address, or paste the whole text."
        )


def _short(source: str | Path | bytes) -> str:
    """Return the name of a source: a path or an address whole, a text by its beginning."""
    if isinstance(source, bytes):
        return f"{len(source):,} bytes"
    if isinstance(source, Path) or _existing(source):
        return str(source)
    text = " ".join(source.split())
    if " " not in text and text.startswith(("http://", "https://")):
        return text
    return text if len(text) <= 80 else text[:79] + "…"
