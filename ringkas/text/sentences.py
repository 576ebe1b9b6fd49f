"""Sentence boundaries for Indonesian and English news, as exact character spans.

A full stop ends a sentence unless an abbreviation, an initial, a number or a clock time owns it.
The rules and the abbreviation list were checked on articles of both languages; the tests hold
the hard cases ("Rp. 300 Juta", "H. Ahmad", "No. 5", "(8/6/2023).", "10.30 WIB").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ringkas.types import Span

# How a text ends that is a whole sentence: with its mark, and the quote or bracket after it.
ENDED = re.compile(r"[.!?…][\"'”’»)\]]*$")

# Abbreviations that are followed by a name or a number, so their full stop never ends a sentence.
_NEVER_LAST = frozenset(
    """
    h hj dr drs dra ir prof kh tgk rd rm kapt letkol kol brigjen mayjen letjen jend irjen
    komjen kombes pol inf kav akbp akp iptu ipda aiptu aipda bripka bripda serka sertu serda
    pratu praka lettu letda laks laksma laksda marsda marsma tn ny sdr sdri yth bpk
    mr mrs ms messrs st sen rep gov gen col lt sgt capt cmdr adm rev
    pt cv ud jl jln gg kec kab kel ds dsn kp kpg vs cf mt
    """.split()
)
# Abbreviations that stand before a number ("No. 5", "hal. 12"); elsewhere they are plain words.
_BEFORE_NUMBER = frozenset("no nos nr hal hlm pasal art vol fig rp us ps pp ft".split())
# Abbreviations that may also close a sentence: they end it only before a clear new start.
_MAY_LAST = frozenset(
    """
    s.h m.h s.e m.m s.t m.t s.pd m.pd s.sos m.si s.ag m.ag s.kom m.kom s.ip m.hum s.kep ph.d m.sc
    b.sc m.a b.a s.i.k s.ik sh mh se mm sp tbk inc ltd corp co bros jr sr plc
    dll dsb dst dkk tsb etc a.m p.m e.g i.e a.n u.p a.d a.s
    """.split()
)
# "U.S. Coast Guard": these mostly stand before a name, and end a sentence only before a word
# that opens one.
_BEFORE_NAME = frozenset("u.s u.k u.n d.c".split())
_OPENING = frozenset(
    """
    the a an in on at by for from with to of as but and or so yet if when while after before
    since until during he she it they we i you his her its their our this that these those there
    here what who how why where however meanwhile also both all some many most no not now then
    """.split()
)
# A run of stops is looked at from its start only: twenty thousand dots would take a minute else.
_END = re.compile(
    r"(?P<stop>(?<![.!?…])[.!?…]+)(?P<close>[\"'”’»)\]]*(?:\[\d+\])*)(?=(?P<space>\s+)|$)|(?P<par>\n\s*\n\s*)"
)
_OPENERS = "\"'“‘«([-–—*•"
_FIRST = re.compile(r"[A-Za-z]+")
_WORD_BEFORE = re.compile(r"[\w][\w.]*$")


def split(text: str) -> list[Span]:
    """Return the spans of the sentences of ``text``, in order, without surrounding space.

    Spans never overlap, cover every character that is not white space, and never cross a
    paragraph break (a blank line).
    """
    spans: list[Span] = []
    start = 0
    for end, after in _boundaries(text):
        _append(spans, text, start, end)
        start = after
    _append(spans, text, start, len(text))
    return spans


def sentence_at(text: str, start: int, end: int) -> Span:
    """Return the span of the whole sentences that hold ``text[start:end]``."""
    touched = [span for span in _remembered(text) if span.start < end and span.end > start]
    if not touched:
        return Span(start, end)
    return Span(touched[0].start, touched[-1].end)


@lru_cache(maxsize=16)
def _remembered(text: str) -> tuple[Span, ...]:
    """Do as ``split``, once for an article of which many places are asked for in a row."""
    return tuple(split(text))


def paragraphs(text: str) -> list[Span]:
    """Return the spans of the paragraphs of ``text`` (separated by blank lines)."""
    spans: list[Span] = []
    start = 0
    for match in re.finditer(r"\n\s*\n\s*", text):
        _append(spans, text, start, match.start())
        start = match.end()
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if piece.strip():
        left = len(piece) - len(piece.lstrip())
        spans.append(Span(start + left, start + len(piece.rstrip())))


def _boundaries(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence ends and where the next may begin."""
    for match in _END.finditer(text):
        if match["par"] is not None:
            yield match.start(), match.end()
        elif match["space"] is not None and _ends_sentence(text, match):
            yield match.end(), match.end() + len(match["space"])


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() + len(match["space"]) :]
    if not _may_start(following):
        return False
    if match["stop"] != "." or match["close"]:
        return True
    word = _word_before(text, match.start())
    if word in _BEFORE_NAME:
        return _starts_clearly(following) and _first_word(following) in _OPENING
    if word in _NEVER_LAST or _is_initial(text, match.start(), word):
        return False
    if word in _BEFORE_NUMBER:
        return not following[:1].isdigit()
    if word in _MAY_LAST:
        return _starts_clearly(following)
    return not (word.isdigit() and _is_list_number(text, match.start(), word))


def _may_start(following: str) -> bool:
    """A sentence begins with an upper-case letter, a digit, or a quote or bracket before one."""
    first = following.lstrip(_OPENERS + " ")[:1]
    return bool(first) and not first.islower() and first not in ",;:"


def _starts_clearly(following: str) -> bool:
    """After 'Tbk.' or 'S.H.': a new sentence begins with a capital, not with a bracket."""
    return following[:1].isupper() or following[:1] in '"“'


def _first_word(following: str) -> str:
    found = _FIRST.search(following[:40])
    return found.group().lower() if found else ""


def _word_before(text: str, position: int) -> str:
    found = _WORD_BEFORE.search(text[max(0, position - 24) : position])
    return found.group().lower().strip("_") if found else ""


def _is_initial(text: str, position: int, word: str) -> bool:
    """'A.' in 'A. Rahman' or the last 'B.' of 'I.G.B.' before a name."""
    last = word.rsplit(".", 1)[-1]
    if len(last) != 1 or not last.isalpha() or word in _MAY_LAST:
        return False
    return text[position - 1].isupper()


def _is_list_number(text: str, position: int, word: str) -> bool:
    """'1.' at the start of a line numbers an item; it is no sentence of its own."""
    before = text[: position - len(word)]
    return len(word) <= 2 and (not before.strip() or before.rstrip(" ").endswith("\n"))
