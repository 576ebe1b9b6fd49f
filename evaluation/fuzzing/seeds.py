"""Small sound inputs for every reader, from which the odd ones are bred. All text is ours."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Callable, Mapping

BODY = (
    "Bandarjati, 3 Juni 2024 (Antara) - Perpustakaan Daerah Arga Sewu menambah jam layanan hingga "
    "pukul 21.00 WIB mulai Senin (3/6/2024). “Perubahan itu diminta para mahasiswa,” kata Kepala "
    "Perpustakaan H. Nirmala Wibisono, S.Sos.\n\nBaca juga: Jumlah pengunjung naik\n\nJumlah "
    "pengunjung naik dari 200 menjadi 340 orang sehari, atau Rp1.500.000 lebih banyak."
)
TITLE = "Perpustakaan Arga Sewu Buka Sampai Malam"
_PAGE = f"""<!doctype html><html lang="id"><head><meta charset="utf-8">
<title>{TITLE} - Kabar</title>
<link rel="canonical" href="https://berita.example/a/1"><meta name="author" content="Rini">
<meta property="article:published_time" content="2024-06-03T09:30:00+07:00">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}",
"datePublished": "2024-06-03", "isAccessibleForFree": true}}</script></head><body><nav><a href="/">
Kabar</a></nav><article><h1>{TITLE}</h1><time datetime="2024-06-03">Senin, 3 Juni 2024</time>
<p>{BODY}</p><p>{BODY}</p><div class="baca-juga"><a href="/b">Baca juga</a></div>
<table><tr><td>200<td>340</table></article><a rel="next" href="?page=2">2</a></body></html>"""
_RSS = f"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Kabar</title>
<link>https://berita.example/</link><item><title>{TITLE} &amp; lagi</title>
<link>https://berita.example/a/1</link><pubDate>Mon, 03 Jun 2024 09:30:00 +0700</pubDate>
<content:encoded><![CDATA[<p>{BODY}</p>]]></content:encoded></item></channel></rss>"""
_ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://berita.example/"><title>K
</title><entry><title type="html">&lt;b&gt;{TITLE}</title><link href="a/2"/>
<updated>2024-06-03T09:30:00Z</updated><content type="html">&lt;p&gt;{BODY}
</content></entry></feed>"""
_MARKDOWN = f"""---
title: "{TITLE}"
date: 2024-06-03 09:30:00+07:00
url: https://berita.example/a/1
tags: [a, {{b: &x c}}, *x]
---
# {TITLE}

> {BODY}

- **satu** [dua](https://berita.example "tiga") ![empat](x.png)
"""
_CONFIG = """offline = true
[page]
port = 7860
hosts = ["a"]
[[newsletter.sections]]
name = "Kota"
[newsletter.source_weights]
"kompas.com" = 1.0
"""
_DATES = (
    "Senin, 3 Juni 2024 | 09:30 WIB",
    "03/06/2024 09.30",
    "2024-06-03T09:30:00+07:00",
    "Mon, 03 Jun 2024 09:30:00 +0700",
    "June 3rd, 2024 at 9:30 p.m. GMT",
)


def pdf() -> bytes:
    """Return a PDF of one page."""
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pageCompression=0, invariant=True)
    canvas.setTitle(TITLE)
    lines = canvas.beginText(40, 800)
    for at in range(0, len(BODY), 80):
        lines.textLine(BODY[at : at + 80].replace("\n", " "))
    canvas.drawText(lines)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def docx() -> bytes:
    """Return a DOCX of a heading, two paragraphs and a table."""
    import docx as word

    document = word.Document()
    document.add_heading(TITLE, 1)
    for paragraph in BODY.split("\n\n"):
        document.add_paragraph(paragraph)
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "200"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _row(**fields: object) -> bytes:
    return json.dumps({"title": TITLE, "text": BODY, **fields}).encode() + b"\n"


SEEDS: Mapping[str, Callable[[], list[bytes]]] = {
    "html": lambda: [_PAGE.encode(), _PAGE.encode("utf-16")],
    "feed": lambda: [_RSS.encode(), _ATOM.encode()],
    "pdf": lambda: [pdf()],
    "docx": lambda: [docx()],
    "markdown": lambda: [_MARKDOWN.encode()],
    "csv": lambda: [
        f'title;isi;url\n"{TITLE}";"{BODY}";https://berita.example/a/1\n'.encode(),
        f"judul\ttext\n{TITLE}\t{BODY.splitlines()[0]}\n".encode("utf-16"),
    ],
    "jsonl": lambda: [_row(url="https://berita.example/a/1", date="3 Juni 2024") + _row(id=7)],
    "text": lambda: [f"{TITLE}\n\n{BODY}".encode()],
    "dates": lambda: [date.encode() for date in _DATES],
    "sentences": lambda: [BODY.encode()],
    "config": lambda: [_CONFIG.encode()],
    "inflate": lambda: [gzip.compress(BODY.encode()), zlib.compress(BODY.encode())],
    "any": lambda: [_PAGE.encode(), _RSS.encode(), pdf(), docx(), _MARKDOWN.encode(), _row()],
}
