"""Offices: whether the person found holds the one that a question asks for."""

from __future__ import annotations

import re

# One office a row, in both languages; words of one row are taken to mean the same.
_OFFICES = (
    r"pengacara|kuasa hukum|advokat|penasihat hukum|pembela|lawyer|attorney|(?:legal )?counsel",
    r"(?:ketua )?(?:majelis )?hakim|judge",
    r"jaksa(?: penuntut umum)?|penuntut umum|prosecutor",
    r"penyidik|investigator",
    r"menteri|menko|minister",
    r"gubernur|governor",
    r"bupati|regent",
    r"wali ?kota|mayor",
    r"camat|(?:sub)?district head",
    r"lurah|kepala desa|kades|village (?:head|chief)",
    r"kapolri|kapolda|kapolres(?:ta|tabes)?|kapolsek|police chief",
    r"presiden|president",
    r"rektor|rector",
    r"pelatih|coach|trainer",
    r"wasit|referee",
    r"duta besar|dubes|ambassador",
    r"juru bicara|jubir|spokes(?:man|woman|person)",
    r"dokter|doctor",
    r"direktur(?: utama)?|dirut|(?:managing )?director",
    r"sekretaris|sekda|sekjen|secretary",
    r"pengamat|analis|ekonom|analyst|economist|observer",
)
_OFFICE = [re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in _OFFICES]
# What may stand between the word that asks and the office: "Siapa nama wakil bupati", "Which former
# deputy minister", "Which West Papua judge". A verb before it makes it somebody else's.
_ASKED = re.compile(
    r"\b(?i:siapa(?:kah)?|which|what|who(?: is| was|'s))\s+(?:nama |the (?:name of (?:the )?)?)?"
    r"(?:(?:mantan|wakil|plt\.?|pj\.?|former|vice|deputy|acting|current|of|[A-Z][\w'’-]*)\s+){0,5}"
)
_ASKED_AFTER = re.compile(r"^\W*([\w ]{4,24}?) (?:mana|siapa)\b", re.IGNORECASE)


def asked_office(question: str) -> int | None:
    """Return the number of the office that a "who" question asks for; None if it names none."""
    for opening in _ASKED.finditer(question):
        for number, office in enumerate(_OFFICE):
            if office.match(question, opening.end()):
                return number
    before = _ASKED_AFTER.match(question)
    if before is None:
        return None
    return next((n for n, office in enumerate(_OFFICE) if office.fullmatch(before[1])), None)


def holds_another(question: str, name: str) -> bool:
    """Tell whether a name with its title has an office, and not the one that is asked for.

    A name without any office may be right: the article need not repeat it.
    """
    asked = asked_office(question)
    if asked is None:
        return False
    held = [number for number, office in enumerate(_OFFICE) if office.search(name)]
    return bool(held) and asked not in held
