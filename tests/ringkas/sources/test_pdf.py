"""PDF files, made with reportlab and pypdf."""

from __future__ import annotations

import io
import resource
import zlib
from datetime import datetime
from pathlib import Path

import pytest
from news_site import ARTICLE, Site
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from ringkas.errors import BrokenFileError, EmptyArticleError, SourceError, TooLargeError
from ringkas.settings import Settings
from ringkas.sources.reading import read
from ringkas.text.dates import WIB

PARAGRAPHS = [ARTICLE, ARTICLE.replace("64", "71"), "Pekerjaan itu selesai tanpa kecelakaan."]


def _pdf(paragraphs: list[str], **metadata: str) -> bytes:
    buffer = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    document = SimpleDocTemplate(buffer, pagesize=A5, **metadata)
    document.build([Paragraph(paragraph, style) for paragraph in paragraphs])
    return buffer.getvalue()


def _lines(pages: list[list[str]]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A5)
    for page in pages:
        for number, line in enumerate(page):
            canvas.drawString(40, 560 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _rewritten(data: bytes, **metadata: str) -> PdfWriter:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.add_metadata({f"/{key}": value for key, value in metadata.items()})
    return writer


def _saved(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_paragraphs_are_put_back_together(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(_pdf(PARAGRAPHS, title="Jembatan Bambu Dibuka", author="Sari Dewi"))
    (article,) = read(path)
    assert article.text.split("\n\n") == PARAGRAPHS
    assert (article.title, article.author) == ("Jembatan Bambu Dibuka", "Sari Dewi")


def test_the_date_of_the_document_is_its_date() -> None:
    writer = _rewritten(_pdf(PARAGRAPHS), CreationDate="D:20240504081500+07'00'")
    (article,) = read(_saved(writer))
    assert article.published == datetime(2024, 5, 4, 8, 15, tzinfo=WIB)


def test_a_date_in_the_text_comes_first() -> None:
    data = _pdf(["Jembatan Bambu Dibuka", "Kabar.example - 04/05/2024, 08:15 WIB", *PARAGRAPHS])
    (article,) = read(data)
    assert article.published == datetime(2024, 5, 4, 8, 15, tzinfo=WIB)
    assert article.title == "Jembatan Bambu Dibuka"


@pytest.mark.parametrize("title", ["Microsoft Word - berita.docx", "untitled", "berita.pdf"])
def test_a_title_that_only_names_the_file_is_not_used(title: str) -> None:
    (article,) = read(_pdf(["Jembatan Bambu Dibuka", *PARAGRAPHS], title=title))
    assert article.title == "Jembatan Bambu Dibuka"


def test_divided_words_running_heads_and_page_numbers() -> None:
    pages = [
        [
            "Harian Kabar, 4 Mei 2024",
            f"Warga Desa {village} membangun jembatan bam-",
            "bu sepanjang 64 meter bersama anak-",
            "anak muda dari karang taruna dan para pe-",
            f"tani {village} hingga selesai.",
            f"Halaman {number}",
        ]
        for number, village in enumerate(["Sukarela", "Sukamaju", "Sukajaya"], start=1)
    ]
    (article,) = read(_lines(pages))
    assert article.text.split("\n\n") == [
        f"Warga Desa {village} membangun jembatan bambu sepanjang 64 meter bersama anak-anak muda "
        f"dari karang taruna dan para petani {village} hingga selesai."
        for village in ("Sukarela", "Sukamaju", "Sukajaya")
    ]


@pytest.mark.parametrize(
    ("pages", "what"), [(1, "only page is a picture"), (2, "2 pages are pictures")]
)
def test_a_scan_is_refused_with_advice(pages: int, what: str) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A5)
    for _ in range(pages):
        canvas.rect(40, 40, 300, 400, fill=1)
        canvas.showPage()
    canvas.save()
    with pytest.raises(EmptyArticleError, match=f"holds no text: its {what}.* 'ocrmypdf'"):
        read(buffer.getvalue())


def test_a_pdf_that_needs_a_password_is_refused() -> None:
    writer = _rewritten(_pdf(PARAGRAPHS))
    writer.encrypt("rahasia", algorithm="RC4-128")
    with pytest.raises(BrokenFileError, match="needs a password"):
        read(_saved(writer))


def test_a_pdf_encrypted_without_a_password_is_read() -> None:
    writer = _rewritten(_pdf(PARAGRAPHS))
    writer.encrypt("", "owner", algorithm="RC4-128")
    assert read(_saved(writer))[0].text.startswith("Jembatan bambu")


@pytest.mark.parametrize("kept", [0, 5, 200, 900])
def test_a_damaged_pdf_is_refused(kept: int, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(_pdf(PARAGRAPHS)[:kept])
    with pytest.raises((BrokenFileError, EmptyArticleError), match=r"a\.pdf"):
        read(path)


def test_a_pdf_at_a_url_keeps_its_address(site: Site, near: Settings) -> None:
    url = site.put("/a.pdf", _pdf(PARAGRAPHS), "application/pdf")
    assert read(url, near)[0].url == url


def test_a_file_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from ringkas.sources import pdf

    monkeypatch.setattr(pdf, "_MOST_PAGES", 2)
    data = _lines([["Satu."], ["Dua."], ["Tiga."]])
    with pytest.raises(TooLargeError, match="has 3 pages; at most 2"):
        read(data)


def test_a_page_of_endless_work_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from ringkas.sources import pdf

    monkeypatch.setattr(pdf, "_SECONDS", 0.05)
    data = _lines([[f"Baris {number}." for number in range(5_000)]])
    with pytest.raises(TooLargeError, match="takes longer than"):
        read(data)


def test_a_stream_that_unpacks_without_end_is_refused() -> None:
    """200 MB of spaces are 200 KB when they are compressed."""
    packed = zlib.compress(b" " * (200 << 20), 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    body = b"%PDF-1.4\n"
    for number, content in enumerate(objects, start=1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SourceError):
        read(body + b"trailer << /Root 1 0 R >>\n%%EOF")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 150_000  # KB
