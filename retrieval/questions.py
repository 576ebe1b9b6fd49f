"""What a question asks, and in which language."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from ringkas.errors import QuestionError
from ringkas.types import OutputLanguage

Kind = Literal[
    "who", "when", "where", "number", "list", "yesno", "definition", "why", "how", "other"
]

_INDONESIAN = frozenset(
    """
    siapa siapakah apa apakah kapan mana dimana dimanakah manakah berapa berapakah mengapa kenapa
    bagaimana gimana kemana yang di ke dari dan itu ini oleh untuk dengan pada adalah saja tidak
    ada akan sudah telah bukan para dalam antara terhadap jadi juga lalu terus soal tentang kepada
    """.split()
)
_ENGLISH = frozenset(
    """
    who whom whose what which when where why how the of in on at is are was were did does do has
    have had for to from by with and a an that this it he she they there many much long any
    """.split()
)
# English words for people and their offices, as in "which judge" and "what official".
_PERSON = (
    r"official|officer|minister|president|governor|regent|mayor|chief|head|leader"
    r"|chair(?:man|woman|person)?|director|manager|rector|secretary|spokes(?:man|woman|person)"
    r"|judge|prosecutor|lawyer|attorney|envoy|ambassador|analyst|economist|expert|researcher"
    r"|professor|lecturer|teacher|doctor|coach|trainer|player|driver|rider|boxer|singer|actor"
    r"|actress|artist|author|writer|editor|politician|lawmaker|candidate|commissioner|commander"
    r"|general|executive|founder|owner|person"
)
# What stands between "which" and such a noun: "which vice rector", but not "what did the rector".
_OF_PERSON = r"(?!(?:in|of|the|is|was|are|were|do|does|did|has|have|had|will|would|can|could)\b)"
_PLACE = (
    "city|town|village|country|province|regency|district|island|stadium|hotel|hospital|station"
    "|airport|place|building|region|street"
)
# The pattern that matches first in the question names the kind, since what follows it may be a
# clause ("How many died when ..."); of several there the first one here: "siapa saja" is a list.
_KINDS: tuple[tuple[Kind, str], ...] = (
    (
        "list",
        r"\b(siapa|apa|mana)(kah)? saja\b|\bsebutkan\b|\bwho (all|were|are) (the|all)\b"
        r"|\bwhich (two|three|four|five|six|seven|eight|nine|ten|people|men|women|children)\b"
        r"|\bwhich (\w+ )?\w+s (were|are|did|have)\b|\bwhat are the\b|\b(list|name) (all|the)\b",
    ),
    (
        "definition",
        r"\b(kepanjangan|singkatan)\b|\bstands? for\b|^apa(kah)? itu\b|^apa(kah)? [\w-]+ itu\W*$"
        r"|^[\w-]+ (itu )?apa\W*$|\bapa arti(nya)?\b|\bmaksud dari\b|\byang dimaksud\b"
        r"|^what does [\w-]+ mean\b",
    ),
    (
        "who",
        r"\bsiapa(kah)?\b|\bwho(m|se)?\b"
        rf"|\b(which|what) ({_OF_PERSON}[\w'’-]+ ){{0,5}}?({_PERSON})\b",
    ),
    (
        "when",
        r"\bkapan(kah)?\b|\bwhen\b|\b(tanggal|hari|tahun|bulan|pukul|jam) berapa\b"
        r"|\bhari apa\b|\bwhat time\b|\b(what|which) (days?|dates?|months?|years?)\b",
    ),
    (
        "number",
        r"\b(ke)?berapa(kah)?\b"
        r"|\bhow (many|much|old|long|far|big|large|tall|high|often|strong|deep|heavy|fast|wide)\b"
        r"|^what (did|does|do|will|would|was|is) .*\b(cost|price|salary|worth)\b",
    ),
    (
        "where",
        r"\b(di ?mana(kah)?|ke ?mana|dari mana)\b(?! saja)|\bwhere\b"
        r"|\b(di|ke|dari) (\w+ ){1,3}?mana\b(?! saja)"
        rf"|\b(in|at|on|to|from|near) (which|what) ([\w'’-]+ ){{0,2}}?({_PLACE})\b",
    ),
    ("why", r"\b(mengapa|kenapa)(kah)?\b|\bwhy\b|\bapa (sebab|penyebab|alasan)"),
    ("how", r"\bbagaimana(kah)?\b|\bgimana\b|\bhow\b"),
    (
        "yesno",
        r"^(apakah|benarkah|adakah|sudahkah|bolehkah|bisakah|akankah|mungkinkah)\b"
        r"|^(is|are|was|were|did|does|do|has|have|had|will|can|could|may|must|should|would)\b",
    ),
)
_COMPILED = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS]
# "What is TPPO?", but not "What is it?".
_SHORT_DEFINITION = re.compile(
    r"^what('s| is| are) (an? |the )?(?!(it|this|that|these|those|there|he|she|they|new)\b)"
    r"[\w-]{2,}\s*\?*$",
    re.IGNORECASE,
)


def check(question: str, longest: int) -> str:
    """Return the question on one line, without control and invisible characters.

    Raises:
        QuestionError: it is empty, or longer than ``longest`` characters.
    """
    visible = (c for c in question if unicodedata.category(c) != "Cf")  # soft hyphens and the like
    clean = " ".join("".join(c if c.isprintable() else " " for c in visible).split())
    if not any(char.isalnum() for char in clean):
        raise QuestionError(
            "the question is empty. Ask in a sentence, such as: Siapa yang membuka rapat?"
        )
    if len(clean) > longest:
        raise QuestionError(
            f"the question has {len(clean)} characters; at most {longest} are read. "
            "Ask one thing at a time; a whole article belongs in the library or in Summarize."
        )
    return clean


def question_language(question: str) -> OutputLanguage:
    """Return the language a question is asked in, by its function words; Indonesian in doubt."""
    return told_language(question) or "id"


def told_language(question: str) -> OutputLanguage | None:
    """Return the language that a question's function words tell; None where they tell none."""
    words = re.findall(r"[a-z]+", question.casefold())
    indonesian = sum(word in _INDONESIAN or word.endswith(("kah", "nya")) for word in words)
    english = sum(word in _ENGLISH for word in words)
    if english == indonesian:
        return None
    return "en" if english > indonesian else "id"


def question_kind(question: str) -> Kind:
    """Return what kind of answer a question asks for."""
    if _SHORT_DEFINITION.search(question):
        return "definition"
    found = [
        (match.start(), kind) for kind, pattern in _COMPILED if (match := pattern.search(question))
    ]
    return min(found, key=lambda one: one[0])[1] if found else "other"
