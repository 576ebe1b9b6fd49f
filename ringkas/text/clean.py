"""Cleaning: the last step before an Article exists, so that its offsets never move again.

Characters are made uniform, hard-wrapped lines are joined, and what news pages put between the
sentences is taken out; people named in trailers are kept as notes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from ringkas.text import furniture

CLEANER_VERSION = 1
"""Part of an index's fingerprint: raise it whenever cleaning gives other text than before."""

_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]|_x000D_\n?")
# Controls, soft hyphens, zero-width and direction marks, lone surrogates.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"[^\S\n]+")
# Hard-wrapped text has lines of about one screen; checked on e-mails and text exports.
_WRAP_SHORTEST, _WRAP_LONGEST, _WRAP_LINES = 45, 110, 3
_PROSE_END = re.compile(r"[.!?…:;][\"”’')\]]*$")
_DATELINE = re.compile(r"[A-Z][\w.]*(?:[ ,]+[A-Z(][\w.()]*){0,4} ?[-–—]")
_DROPPED_AFTER_LABEL = 1
_MOST_PASSES = 100  # real pages need two; a text made to need more costs no more than this


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Clean text, its paragraphs separated by one blank line, and what was taken out of it."""

    text: str
    notes: dict[str, str] = field(default_factory=dict)


def clean(text: str) -> Cleaned:
    """Return ``text`` without page furniture, one blank line between paragraphs.

    Cleaning twice changes nothing more; text without furniture only has its white space evened.
    """
    paragraphs = _paragraphs(normalise_characters(text))
    notes: dict[str, str] = {}
    for _ in range(_MOST_PASSES):  # a removal may uncover another
        filtered = _filter(paragraphs, notes)
        if filtered == paragraphs:
            break
        paragraphs = filtered
    return Cleaned("\n\n".join(paragraphs), notes)


def normalise_characters(text: str) -> str:
    """Return ``text`` in NFC, without control and zero-width characters, with plain spaces."""
    text = _BREAKS.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text))


def clean_line(text: str) -> str:
    """Return ``text`` (a title, a name) as one clean line."""
    return " ".join(normalise_characters(text).split())


def _paragraphs(text: str) -> list[str]:
    found: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        found.extend([" ".join(lines)] if _hard_wrapped(lines) else lines)
    return found


def _hard_wrapped(lines: list[str]) -> bool:
    """Lines of even length that break off in mid-sentence are one paragraph."""
    if len(lines) < _WRAP_LINES:
        return False
    body = lines[:-1]
    full = sum(_WRAP_SHORTEST <= len(line) <= _WRAP_LONGEST for line in body)
    broken_off = sum(not _PROSE_END.search(line) for line in body)
    return full >= 0.8 * len(body) and broken_off >= 0.7 * len(body)


def _filter(paragraphs: list[str], notes: dict[str, str]) -> list[str]:
    kept: list[str] = []
    skip = 0
    for place, paragraph in enumerate(paragraphs):
        if furniture.is_comments_heading(paragraph):
            if place * 2 >= len(paragraphs):
                break
            continue  # above the text it is a button, and what follows is the article
        if len(kept) <= 1 and _is_byline(paragraph, notes):
            continue
        if skip and _is_listed(paragraph):
            skip -= 1
            continue
        skip = 0
        if furniture.is_related_heading(paragraph):
            skip = _listed_after(paragraph)
        elif not _is_dropped(paragraph, notes):
            kept.extend(_shortened(paragraph))
    return _with_datelines(_without_initials(kept, notes))


def _listed_after(heading: str) -> int:
    """A list of headlines follows "Berita Lainnya"; one headline follows a bare "Baca juga"."""
    return _DROPPED_AFTER_LABEL if re.search(r"juga|pula|also|more", heading, re.I) else 100


def _is_listed(paragraph: str) -> bool:
    return len(paragraph.split()) >= 3 and furniture.is_headline(paragraph)


def _is_dropped(paragraph: str, notes: dict[str, str]) -> bool:
    if furniture.is_furniture(paragraph) or furniture.is_related_line(paragraph):
        return True
    if furniture.is_syndication(paragraph):
        notes.setdefault("syndicated", paragraph)
        return True
    people = furniture.credits(paragraph)
    for role, name in people.items():
        notes.setdefault(role, name)
    return bool(people)


def _is_byline(paragraph: str, notes: dict[str, str]) -> bool:
    """Below the title of an article, a name or a post alone is the writer's."""
    name = furniture.byline(paragraph)
    if name:
        notes.setdefault("writer", name)
    return name is not None or ("writer" in notes and furniture.is_post(paragraph))


def _with_datelines(paragraphs: list[str]) -> list[str]:
    """Join a dateline that markup tore off ("Denpasar -") to the paragraph it opens."""
    joined: list[str] = []
    for paragraph in paragraphs:
        if joined and _DATELINE.fullmatch(joined[-1]):
            joined[-1] += f" {paragraph}"
        else:
            joined.append(paragraph)
    return joined


def _shortened(paragraph: str) -> Iterator[str]:
    shorter = furniture.DEBRIS.sub(" ", paragraph)
    if shorter != paragraph:
        shorter = " ".join(shorter.split())
    shorter = furniture.without_inline(shorter)
    if shorter:
        yield shorter


def _without_initials(paragraphs: list[str], notes: dict[str, str]) -> list[str]:
    """Take the reporter's initials, "(abc/def)", off the end of the article."""
    kept = list(paragraphs)
    while kept:
        initials = furniture.INITIALS_LINE.fullmatch(kept[-1])
        if not initials:
            initials = furniture.INITIALS_END.search(kept[-1])
        if not initials:
            break
        notes.setdefault("initials", initials[1])
        kept[-1:] = [kept[-1][: initials.start()]] if initials.start() else []
    return kept
