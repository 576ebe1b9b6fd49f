"""DOCX files, made with python-docx."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from news_site import ARTICLE

from ringkas.errors import BrokenFileError, TooLargeError
from ringkas.settings import Settings, SourceSettings
from ringkas.sources.reading import read


def _document(title: str = "") -> docx.document.Document:
    document = docx.Document()
    document.core_properties.title = title
    document.add_heading("Jembatan Bambu Dibuka", level=1)
    document.add_paragraph(ARTICLE)
    return document


def _bytes(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_headings_paragraphs_and_tables_stay_in_order() -> None:
    document = _document()
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells],
        ["Desa", "Panjang", "Sukarela", "64 meter"],
        strict=True,
    ):
        cell.text = text
    document.add_paragraph("Pekerjaan itu selesai.")
    (article,) = read(_bytes(document))
    assert article.title == "Jembatan Bambu Dibuka"
    assert article.text.split("\n\n") == [
        ARTICLE,
        "Desa | Panjang",
        "Sukarela | 64 meter",
        "Pekerjaan itu selesai.",
    ]


def test_the_properties_of_the_document_are_read() -> None:
    document = _document("Judul dari Properti")
    document.core_properties.author = "Sari Dewi"
    document.core_properties.created = datetime(2024, 5, 4, 1, 15)
    (article,) = read(_bytes(document))
    assert (article.title, article.author) == ("Judul dari Properti", "Sari Dewi")
    assert article.published == datetime(2024, 5, 4, 1, 15, tzinfo=UTC)


def test_the_properties_of_the_empty_template_are_not_believed() -> None:
    (article,) = read(_bytes(_document()))
    assert article.author is None
    assert article.published is None


@pytest.mark.parametrize("keep", [10, 500, 5000])
def test_a_damaged_document_is_refused(keep: int) -> None:
    with pytest.raises(BrokenFileError, match="cannot be read as a DOCX"):
        read(_bytes(_document())[:keep])


def test_another_zip_file_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(BrokenFileError, match="cannot be read as a DOCX"):
        read(buffer.getvalue())


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO(_bytes(_document()))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/bomb.bin", b"\0" * (40 << 20))
    data = buffer.getvalue()
    assert len(data) < 1 << 20
    with pytest.raises(TooLargeError, match="unpacks to 41 MB"):
        read(data, Settings(sources=SourceSettings(max_megabytes=1)))
