"""Offices that exclude each other: no judge answers a question for a lawyer."""

from __future__ import annotations

import re

# In one set nobody holds two at a time, as people do who are "Direktur Eksekutif" and "pengamat".
# "Mayor" is left to English: in Indonesian it is a major.
_SETS: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        (
            r"pengacara|kuasa hukum|advokat|penasihat hukum",
            r"lawyer|attorney(?! general)|(?:legal |defen[cs]e )counsel",
        ),
        (r"(?:ketua )?(?:majelis )?hakim", r"judge"),
        (r"jaksa(?! agung)(?: penuntut umum)?|penuntut umum", r"prosecutor"),
    ),
    (
        (r"gubernur(?! (?:bi|bank)\b)", r"governor(?! of (?:the )?bank)"),
        (r"bupati", r"regent"),
        (r"wali ?kota", r"mayor"),
        (r"sekretaris daerah|sekda", r"(?:city|regional|provincial|regency) secretary"),
    ),
)
_FIND = [
    [re.compile(rf"\b(?:{'|'.join(names)})\b(?!['’]s)", re.IGNORECASE) for names in one]
    for one in _SETS
]
_HOLD = [
    [re.compile(rf"\b(?:{own}|{english}(?<!mayor))\b", re.IGNORECASE) for own, english in one]
    for one in _SETS
]
# What may stand between the word that asks and the office: "Siapa nama wakil bupati", "Which former
# West Papua governor". Another word ("Siapa juru bicara gubernur") makes it somebody else's.
_ASKED = re.compile(
    r"\b(?i:siapa(?:kah)?|which|what|who(?: is| was|['’]s))\s+(?:nama |the (?:name of (?:the )?)?)?"
)
_BETWEEN = re.compile(
    r"(?:mantan|wakil|plt\.?|pj\.?|former|vice|deputy|acting|current)\s+|[A-Z][\w'’-]*\s+"
)
_ASKED_AFTER = re.compile(r"^\W*([\w ]{4,24}?) (?:mana|siapa)\b", re.IGNORECASE)
_MOST_BETWEEN = 4
_SPOKEN_FOR = re.compile(r"(?i)juru bicara|jubir|staf|ajudan|pengacara|istri|putr[ai]|anak")

Office = tuple[int, int]


def asked_office(question: str) -> Office | None:
    """Return the set and the number of the office that is asked for; None if it is none of them."""
    opening = _ASKED.search(question)
    if opening is not None and (found := _office_from(question, opening.end())):
        return found
    before = _ASKED_AFTER.match(question)
    return _office_at(before[1], 0) if before else None


def holds_another(question: str, name: str) -> bool:
    """Tell whether a name with its title has an office that excludes the one asked for.

    A name without any may be right: the article need not repeat it.
    """
    asked = asked_office(question)
    if asked is None:
        return False
    held = {number for number, office in enumerate(_HOLD[asked[0]]) if office.search(name)}
    return bool(held) and asked[1] not in held


def _office_from(question: str, at: int) -> Office | None:
    """Return the office at a place, or after the few words that may come before one."""
    for _ in range(_MOST_BETWEEN):
        if found := _office_at(question, at):
            return found
        between = _BETWEEN.match(question, at)
        if between is None or _SPOKEN_FOR.match(question, at):
            return None
        at = between.end()
    return None


def _office_at(text: str, at: int) -> Office | None:
    for one, offices in enumerate(_FIND):
        for number, office in enumerate(offices):
            if office.match(text, at):
                return one, number
    return None
