"""PDF files: their text, its lines put back together into paragraphs."""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ringkas.errors import BrokenFileError, EmptyArticleError, RingkasError, TooLargeError
from ringkas.settings import SourceSettings
from ringkas.sources.build import article_from_text
from ringkas.text.dates import is_date_line
from ringkas.types import Article

if TYPE_CHECKING:
    from pypdf import PdfReader

# A newspaper has a hundred pages, each of some 10,000 operations; pypdf's own limits are wider.
_MOST_PAGES = 1_000
_SECONDS = 60.0  # of the processor, for a whole file
_MOST_UNPACKED = 20_000_000  # bytes, of one stream
_LIMITS: dict[str, Any] = {
    "maximum_declared_stream_length": _MOST_UNPACKED,
    "array_based_stream_maximum_output_length": _MOST_UNPACKED,
    "lzw_maximum_output_length": _MOST_UNPACKED,
    "run_length_maximum_output_length": _MOST_UNPACKED,
    "zlib_maximum_output_length": _MOST_UNPACKED,
    "stream_decoding_work_maximum_length": 3 * _MOST_UNPACKED,
    "stream_parsing_work_maximum_count": 1_000_000,
    "xform_maximum_invocations_per_extraction": 500,
    "disable_legacy_handling": True,
}
_FULL_LINE = 0.8  # of the usual width; a shorter line that ends a sentence ends its paragraph
_HALF_LINE = 0.6  # a line this short ends its paragraph in any case (a heading)
_REPEATED_ON = 3  # pages, before a line counts as a running head
_EDGE = 2
_PAGE_NUMBER = re.compile(r"(?:halaman|page|hal\.)?\s*\d{1,4}(?:\s*(?:/|dari|of)\s*\d{1,4})?", re.I)
_SENTENCE_END = re.compile(r"[.!?…:][\"”’')\]]*$")
_NO_TITLE = re.compile(
    r"\(?(?:anonymous|unspecified)\)?|untitled|document\d*|microsoft word.*|tanpa judul"
    r"|.*\.(?:docx?|pdf|indd|odt)",
    re.I,
)


def read_pdf(data: bytes, name: str, limits: SourceSettings, url: str | None = None) -> Article:
    """Return the article in a PDF file.

    Raises:
        BrokenFileError: the file is damaged or needs a password.
        EmptyArticleError: it holds no text (a scan), or too little.
        TooLargeError: it has too many pages, or takes too long to read.
    """
    from pypdf import apply_configuration

    with apply_configuration(**_LIMITS):
        reader = _open(data, name)
        try:
            pages = [text.splitlines() for text in _texts(reader, name)]
            title, author, created = _metadata(reader)
        except RingkasError:
            raise
        except Exception as error:  # damaged files make pypdf raise almost anything
            raise _broken(name, error) from error
    if not any(line.strip() for page in pages for line in page):
        what = "only page is a picture" if len(pages) == 1 else f"{len(pages)} pages are pictures"
        raise EmptyArticleError(
            f"{name} holds no text: its {what}, probably scanned. Run "
            "text recognition on it first (for example 'ocrmypdf'), or paste the text."
        )
    text = "\n\n".join(_paragraphs(_without_repeats(pages)))
    article = article_from_text(
        text, title=title, url=url, author=author, min_words=limits.min_words, name=name
    )
    return article if article.published else _dated(article, created)


def _open(data: bytes, name: str) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # errors come as exceptions, too
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        raise _broken(name, error) from error
    if locked:
        raise BrokenFileError(
            f"{name} is encrypted and needs a password. Save it without one and try again."
        )
    return reader


def _texts(reader: PdfReader, name: str) -> Iterator[str]:
    """Yield the text of each page, as long as there are not too many, nor too much work in them."""
    count = len(reader.pages)
    if count > _MOST_PAGES:
        raise TooLargeError(
            f"{name} has {count:,} pages; at most {_MOST_PAGES:,} are read. Split it, or paste the "
            "article's text."
        )
    ends = time.thread_time() + _SECONDS

    def look_at_the_clock(*_: object) -> None:
        if time.thread_time() > ends:
            raise TooLargeError(
                f"{name} takes longer than {_SECONDS:.0f} s to read: it is no ordinary document. "
                "Paste the article's text instead."
            )

    for page in reader.pages:
        look_at_the_clock()
        yield page.extract_text(visitor_operand_before=look_at_the_clock)


def _broken(name: str, error: Exception) -> RingkasError:
    return BrokenFileError(
        f"{name} cannot be read as a PDF ({type(error).__name__}: {error}). It may be damaged: "
        "open it in a PDF viewer, save it anew, or paste its text."
    )


def _metadata(reader: PdfReader) -> tuple[str | None, str | None, datetime | None]:
    known = reader.metadata
    if known is None:
        return None, None, None
    title = (known.title or "").strip()
    author = (known.author or "").strip()
    usable = bool(title) and not _NO_TITLE.fullmatch(title)
    return (
        title if usable else None,
        author if author and not _NO_TITLE.fullmatch(author) else None,
        _created(reader),
    )


def _created(reader: PdfReader) -> datetime | None:
    try:
        return reader.metadata.creation_date if reader.metadata else None
    except (ValueError, TypeError, AttributeError):
        return None


def _dated(article: Article, created: datetime | None) -> Article:
    import dataclasses

    return dataclasses.replace(article, published=created)


def _without_repeats(pages: list[list[str]]) -> list[str]:
    """Return the lines of all pages without page numbers and running heads and feet."""
    edges = [_edges([line.strip() for line in page]) for page in pages]
    counts = Counter(key for edge in edges for key in {_key(line) for line in edge})
    return [
        line.strip()
        for page, edge in zip(pages, edges, strict=True)
        for line in page
        if line.strip() not in edge or not _is_running(line.strip(), counts, len(pages))
    ]


def _edges(lines: list[str]) -> set[str]:
    """Return the lines at the top and bottom of a page, where running heads and feet stand."""
    filled = [line for line in lines if line]
    return {*filled[:_EDGE], *filled[-_EDGE:]}


def _is_running(line: str, counts: Counter[str], pages: int) -> bool:
    count = counts[_key(line)]
    repeated = count >= _REPEATED_ON and 2 * count > pages
    return repeated or _PAGE_NUMBER.fullmatch(line) is not None


def _key(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _paragraphs(lines: list[str]) -> list[str]:
    width = _usual_width(lines)
    paragraphs: list[str] = []
    open_ = False
    for line in lines:
        if not line:
            open_ = False
            continue
        if open_:
            paragraphs[-1] = _joined(paragraphs[-1], line)
        else:
            paragraphs.append(line)
        open_ = not _ends_paragraph(line, width)
    return paragraphs


def _usual_width(lines: list[str]) -> int:
    lengths = sorted(len(line) for line in lines if len(line) > 20)
    return lengths[len(lengths) * 3 // 4] if lengths else 0


def _ends_paragraph(line: str, width: int) -> bool:
    if len(line) >= _FULL_LINE * width:
        return False
    return bool(_SENTENCE_END.search(line)) or len(line) < _HALF_LINE * width or is_date_line(line)


def _joined(before: str, line: str) -> str:
    """Join two lines; a word divided at the line's end loses its hyphen, "anak-anak" does not."""
    match = re.search(r"(\w+)[-\u00ad\u2010]$", before)
    if not match:
        return f"{before} {line}"
    following = re.match(r"\w*", line)
    word = following[0] if following else ""
    if not word[:1].islower() or word.startswith(match[1]) or match[1].isdigit():
        return before.replace("\u00ad", "-") + line
    return before[:-1] + line
