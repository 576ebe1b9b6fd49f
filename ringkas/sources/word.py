"""DOCX files: headings, paragraphs and tables in their order, and the document's properties."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from ringkas.errors import BrokenFileError, TooLargeError
from ringkas.settings import SourceSettings
from ringkas.sources.build import article_from_text
from ringkas.types import Article

_MEGABYTE = 1 << 20
_INFLATED = 10  # a document may unpack to this many times sources.max_megabytes
_XML = (".xml", ".rels")  # what is parsed, which takes ten times its size: pictures are not
_MOST_PARTS = 5_000
_TEMPLATE_AUTHOR = "python-docx"


def read_docx(data: bytes, name: str, limits: SourceSettings, url: str | None = None) -> Article:
    """Return the article in a DOCX file.

    Raises:
        BrokenFileError: the file is damaged, encrypted, or no DOCX.
        TooLargeError: it unpacks to far more than a document needs (a zip bomb).
        EmptyArticleError: it holds too few words.
    """
    _require_sane(data, name, limits)
    document = _open(data, name)
    try:
        blocks = list(_blocks(document))
        properties = document.core_properties
    except Exception as error:  # as in _open: what is wrong may show only now
        raise _broken(name, error) from error
    template = properties.author == _TEMPLATE_AUTHOR
    return article_from_text(
        "\n\n".join(text for _, text in blocks),
        title=(properties.title or "").strip() or _heading(blocks),
        url=url,
        author=None if template else properties.author,
        published=None if template else _aware(properties.created),
        min_words=limits.min_words,
        name=name,
    )


def _require_sane(data: bytes, name: str, limits: SourceSettings) -> None:
    """Check the sizes that the archive states; zipfile never unpacks more than stated."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _broken(name, error) from error
    total = sum(part.file_size for part in parts)
    most = _INFLATED * limits.max_megabytes
    markup = sum(part.file_size for part in parts if part.filename.lower().endswith(_XML))
    if markup > limits.max_megabytes * _MEGABYTE:
        raise TooLargeError(
            f"{name} holds {markup / _MEGABYTE:,.0f} MB of text and markup; at most "
            f"{limits.max_megabytes} MB are read. Split it, or raise sources.max_megabytes."
        )
    if total > most * _MEGABYTE or len(parts) > _MOST_PARTS:
        raise TooLargeError(
            f"{name} unpacks to {total / _MEGABYTE:,.0f} MB in {len(parts):,} parts; at most "
            f"{most} MB and {_MOST_PARTS:,} parts are read."
        )


def _open(data: bytes, name: str) -> Any:
    import docx

    try:
        return docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx raises KeyError, ValueError, lxml's errors, ...
        raise _broken(name, error) from error


def _broken(name: str, error: Exception) -> BrokenFileError:
    return BrokenFileError(
        f"{name} cannot be read as a DOCX document ({error}). It may be damaged, protected by a "
        "password, or another kind of file: save it anew as .docx, or paste its text."
    )


def _blocks(document: Any) -> Iterator[tuple[str, str]]:
    """Yield style name and text of each paragraph and table row, in reading order."""
    from docx.table import Table

    # Looked up once: asking each paragraph for its style reads through all styles.
    names = {style.style_id: style.name or "" for style in document.styles}
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from (("Table", line) for line in _rows(block))
        elif text := " ".join(block.text.split()):
            yield names.get(block._p.style or "", ""), text


def _rows(table: Any) -> Iterator[str]:
    """Yield the text of each row; a merged cell's stands where it begins.

    ``row.cells`` would yield a cell as often as the file says that it spans columns, a number of
    up to 2 ** 63, and look for the beginning of a merged cell through all rows above.
    """
    from docx.table import _Cell

    for row in table._tbl.tr_lst:
        begun = (cell for cell in row.tc_lst if cell.vMerge != "continue")
        texts = (" ".join(_Cell(cell, table).text.split()) for cell in begun)
        line = " | ".join(text for text in texts if text)
        if line:
            yield line


def _heading(blocks: list[tuple[str, str]]) -> str | None:
    named = (text for style, text in blocks if style in {"Title", "Heading 1", "Judul"})
    return next(named, None)


def _aware(created: datetime | None) -> datetime | None:
    """Office writes UTC without saying so."""
    return created.replace(tzinfo=UTC) if created and created.tzinfo is None else created
