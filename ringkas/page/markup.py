"""The building blocks of safe HTML: everything from an article or a user is escaped here."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import urlsplit

from ringkas.types import Language, Span

__all__ = ["escape", "lang", "link", "marked", "paragraphs", "supported"]


def link(url: str | None, label: str) -> str:
    """Return ``label`` as a link, or as plain text unless ``url`` is http or https."""
    if not _is_web(url):
        return escape(label)
    return (
        f'<a href="{escape(url or "")}" target="_blank" rel="noopener noreferrer">'
        f"{escape(label)}</a>"
    )


def lang(language: Language) -> str:
    """Return the attribute that tells a screen reader the language; empty where it is unknown."""
    return f'lang="{"" if language == "unknown" else escape(language)}"'


def _is_web(url: str | None) -> bool:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def marked(text: str, within: Span, spans: Sequence[Span]) -> str:
    """Return ``text[within]`` with ``spans`` of ``text`` inside ``<mark>``; overlaps are merged.

    Line breaks become spaces, for a passage may cross a paragraph.
    """
    pieces, at = [], within.start
    for span in _merged(spans):
        start, end = max(span.start, at), min(span.end, within.end)
        if start >= end:
            continue
        pieces += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
        at = end
    pieces.append(escape(text[at : within.end]))
    return " ".join("".join(pieces).split())


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the span of each paragraph, which one blank line separates from the next."""
    at = 0
    for part in text.split("\n\n"):
        if part.strip():
            yield Span(at, at + len(part))
        at += len(part) + 2


def supported(text: str, claims: Sequence[Sequence[Span]], places: Sequence[Span] = ()) -> str:
    """Return ``text`` as paragraphs in which each span of ``claims[i]`` is tagged with ``i``.

    ``places`` are tagged with the numbers that follow; they can be pointed at, and look like any
    other text until they are.
    """
    tagged = [*claims, *([place] for place in places)]
    return "".join(
        f"<p>{_tagged(text, paragraph, tagged, len(claims))}</p>" for paragraph in paragraphs(text)
    )


def _tagged(text: str, paragraph: Span, tagged: Sequence[Sequence[Span]], claims: int) -> str:
    """Cut one paragraph wherever a span begins or ends, and tag the pieces."""
    cuts = {paragraph.start, paragraph.end}
    for span in (span for spans in tagged for span in spans):
        cuts |= {at for at in (span.start, span.end) if paragraph.start < at < paragraph.end}
    edges = sorted(cuts)
    return "".join(
        _piece(text[start:end], _numbers_at(start, tagged), claims)
        for start, end in itertools.pairwise(edges)
    )


def _numbers_at(at: int, tagged: Sequence[Sequence[Span]]) -> list[int]:
    """Return the numbers of those with a span that covers the character ``at``."""
    return [
        number
        for number, spans in enumerate(tagged)
        if any(span.start <= at < span.end for span in spans)
    ]


def _piece(text: str, numbers: list[int], claims: int) -> str:
    if not numbers:
        return escape(text)
    kind = "support" if numbers[0] < claims else "place"
    listed = " ".join(map(str, numbers))
    return f'<span class="{kind}" data-claims="{listed}">{escape(text)}</span>'
