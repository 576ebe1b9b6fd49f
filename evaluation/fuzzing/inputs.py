"""What is fed to a reader: sound inputs changed, words of its format in any order, plain noise."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from evaluation.fuzzing.seeds import SEEDS

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

_MOST_CHANGES = 6
_MOST_REPEATS = 20_000  # enough to show what costs more than time in proportion
_LONGEST_REPEATED = 60_000  # bytes
_ODD = (
    b"",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\r",
    b"\n",
    b" ",
    b"-",
    b"\xe2\x80\xae",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
    b"\xf0\x9f\x98\x80",
    b"9" * 5000,
    b"1e999",
    b"&#0;",
    b"&#xD83D;",
    b"&amp;",
    b"&lt;",
    b"-1",
    b"\x1b[31m",
    b"=cmd|' /C calc'!A0",
    b"%00",
)
_MARKUP = (
    b"<",
    b">",
    b"</",
    b"/>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<p>",
    b"</p>",
    b"<div>",
    b"<table>",
    b"<tr><td>",
    b"<svg>",
    b"<math>",
    b"<template>",
    b"<script>",
    b"<style>",
    b"<a href=",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&a;",
    b'"',
    b"'",
    b"=",
    b"<?xml version='1.0'?>",
    b"<rss>",
    b"<item>",
    b"</item>",
    b"<entry>",
    b"<title>",
    b"<link>",
    b"http://[::1",
    b"javascript:x",
)
_WORDS: Mapping[str, Sequence[bytes]] = {
    "html": _MARKUP,
    "feed": (*_MARKUP, b"<content:encoded>", b"<pubDate>", b"xml:base='http://['", b"<rdf:RDF>"),
    "pdf": (
        b"<<",
        b">>",
        b"[",
        b"]",
        b"(",
        b")",
        b"/Type",
        b"/Pages",
        b"/Kids",
        b"/Parent 1 0 R",
        b"1 0 R",
        b"obj",
        b"endobj",
        b"stream\n",
        b"endstream",
        b"xref",
        b"trailer",
        b"startxref",
        b"/Filter /FlateDecode",
        b"/Length 999999999",
        b"/Count -1",
        b"BT",
        b"ET",
        b"Tj",
        b"q",
        b"Q",
        b"/ToUnicode 1 0 R",
        b"/Encrypt 1 0 R",
        b"/Title",
        b"/Prev 0",
        b"D:99999999999999",
    ),
    "docx": (
        b"<w:p>",
        b"</w:p>",
        b"<w:tbl>",
        b"<w:tr>",
        b"<w:tc>",
        b'<w:gridSpan w:val="9"/>',
        b"<w:vMerge/>",
        b"<w:t>",
        b"</w:t>",
        b'w:val="999999999"',
        b"<w:sdt>",
        b"<w:r>",
        b"xmlns:w=",
    ),
    "markdown": (
        b"---\n",
        b"[",
        b"](",
        b")",
        b"![",
        b"*",
        b"__",
        b"#",
        b"> ",
        b"- ",
        b"&a ",
        b"*a",
        b"<<: ",
        b"!!python/object:x ",
        b"{",
        b"}",
        b": ",
        b"? ",
        b"|\n",
        b"'",
        b'"',
        b"2024-02-31",
        b"!!set ",
    ),
    "csv": (b'"', b'""', b",", b";", b"\t", b"|", b"text", b"isi", b"title\n", b"\r\n", b"\0"),
    "jsonl": (
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b":",
        b",",
        b"\\ud800",
        b"\\u0000",
        b"1" * 5000,
        b"NaN",
        b'"text"',
        b'"url"',
        b"null",
        b"true",
        b"-",
        b"1e5",
    ),
    "text": (
        b"Baca juga:",
        b"(abc/def)",
        b"\n\n",
        b"Rp. ",
        b"H. ",
        b"ADVERTISEMENT\n",
        b"Penulis: ",
    ),
    "dates": (
        b"3",
        b"Juni",
        b"2024",
        b"/",
        b":",
        b"-",
        b"WIB",
        b"+07:00",
        b"T",
        b"9999",
        b"0000",
        b"+99:99",
        b"GMT",
        b"pukul",
        b"p.m.",
        b",",
        b"Mon",
        b"24:00",
    ),
    "sentences": (
        b". ",
        b"! ",
        b"\xe2\x80\x9c",
        b"\xe2\x80\x9d",
        b"No. 5",
        b"10.30 WIB",
        b"...",
        b"H. ",
    ),
    "config": (
        b"[page]\n",
        b"port = ",
        b"[[a]]\n",
        b"= ",
        b'"',
        b"'''",
        b"1979-05-27",
        b"inf",
        b"{}",
        b"a.b.c = 1\n",
        b"\\u0000",
        b"0x",
        b"hosts = ",
    ),
    "inflate": (b"\x1f\x8b\x08", b"\x78\x9c", b"\x03", b"\xff" * 8),
}


def inputs(name: str) -> SearchStrategy[bytes]:
    """Return what to feed to the reader of this name."""
    from hypothesis import strategies as st

    words = [*_WORDS.get(name, sum(map(tuple, _WORDS.values()), ())), *_ODD]
    seeds = SEEDS[name]()
    ways = [st.binary(max_size=300), _words(words), _repeated(words), _changed(seeds, words)]
    if name in ("docx", "any"):
        ways.append(_repacked(seeds, words))
    # most of all what is nearly sound: the rest is refused at the first look
    return st.one_of(*ways, ways[3], ways[-1], ways[-1])


def _words(words: Sequence[bytes]) -> SearchStrategy[bytes]:
    from hypothesis import strategies as st

    return st.lists(st.sampled_from(words), max_size=40).map(b"".join)


def _repeated(words: Sequence[bytes]) -> SearchStrategy[bytes]:
    """Return a few words repeated very often, which finds what takes quadratic time."""
    from hypothesis import strategies as st

    def repeat(unit: Sequence[bytes], times: int, end: bytes) -> bytes:
        return (b"".join(unit) * times)[:_LONGEST_REPEATED] + end

    few = st.lists(st.sampled_from(words), min_size=1, max_size=4)
    return st.builds(repeat, few, st.integers(1, _MOST_REPEATS), st.sampled_from(words))


def _changed(seeds: Sequence[bytes], words: Sequence[bytes]) -> SearchStrategy[bytes]:
    """Return a sound input with some places overwritten, cut out, doubled or filled in."""
    from hypothesis import strategies as st

    @st.composite
    def changed(draw: DrawFn) -> bytes:
        data = draw(st.sampled_from(seeds))
        for _ in range(draw(st.integers(1, _MOST_CHANGES))):
            data = draw(_change(data, words))
        return data

    return changed()


def _change(data: bytes, words: Sequence[bytes]) -> SearchStrategy[bytes]:
    from hypothesis import strategies as st

    ways: dict[str, Callable[[int, int, bytes], bytes]] = {
        "fill": lambda at, _, new: data[:at] + new + data[at:],
        "overwrite": lambda at, _, new: data[:at] + new + data[at + len(new) :],
        "cut": lambda at, upto, _: data[:at] + data[upto:],
        "double": lambda at, upto, _: data[:upto] + data[at:upto] + data[upto:],
        "end": lambda at, _, new: data[:at] + new,
    }
    place = st.integers(0, len(data))
    new = st.one_of(st.sampled_from(words), st.binary(min_size=1, max_size=4))
    places = st.tuples(place, place).map(sorted)
    return st.builds(
        lambda way, between, new: ways[way](between[0], between[1], new),
        st.sampled_from(sorted(ways)),
        places,
        new,
    )


def _repacked(seeds: Sequence[bytes], words: Sequence[bytes]) -> SearchStrategy[bytes]:
    """Return an archive whose checksums are right again after a change to one of its files."""
    from hypothesis import strategies as st

    packed = [seed for seed in seeds if seed.startswith(b"PK")]
    parts = [_unpacked(seed) for seed in packed]

    @st.composite
    def repacked(draw: DrawFn) -> bytes:
        files = dict(draw(st.sampled_from(parts)))
        name = draw(st.sampled_from(sorted(files)))
        if draw(st.booleans()):
            name = "word/document.xml"
        for _ in range(draw(st.integers(1, _MOST_CHANGES))):
            files[name] = draw(_change(files[name], words))
        return _packed(files)

    return repacked()


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()
