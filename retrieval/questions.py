"""What a question asks, in which language, and what a follow-up leaves unsaid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ringkas.errors import QuestionError
from ringkas.types import OutputLanguage, Turn

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
# The first pattern that matches names the kind; lists before "who", since "siapa saja" is both.
_KINDS: tuple[tuple[Kind, str], ...] = (
    (
        "list",
        r"\b(siapa|apa|mana)(kah)? saja\b|\bsebutkan\b|\bwho (all|were|are) (the|all)\b"
        r"|\bwhich (\w+ )?\w+s (were|are|did|have)\b|\bwhat are the\b|\b(list|name) (all|the)\b",
    ),
    (
        "definition",
        r"\b(kepanjangan|singkatan)\b|\bstands? for\b|^apa(kah)? itu\b|^apa(kah)? [\w-]+ itu\b"
        r"|\bmaksud dari\b|\byang dimaksud\b|^what does [\w-]+ mean\b",
    ),
    ("who", r"\bsiapa(kah)?\b|\bwho(m|se)?\b"),
    (
        "when",
        r"\bkapan(kah)?\b|\bwhen\b|\b(tanggal|hari|tahun|bulan|pukul|jam) berapa\b"
        r"|\bhari apa\b|\bwhat (time|day|date|year|month)\b|\bwhich (day|year|month)\b",
    ),
    (
        "number",
        r"\bberapa(kah)?\b"
        r"|\bhow (many|much|old|long|far|big|large|tall|high|often|strong)\b",
    ),
    ("where", r"\bdi ?mana(kah)?\b|\bke ?mana\b|\bdari mana\b|\bwhere\b"),
    ("why", r"\b(mengapa|kenapa)(kah)?\b|\bwhy\b|\bapa (sebab|penyebab|alasan)"),
    ("how", r"\bbagaimana(kah)?\b|\bgimana\b|\bhow\b"),
    (
        "yesno",
        r"^(apakah|benarkah|adakah|sudahkah|bolehkah|bisakah|akankah|mungkinkah)\b"
        r"|^(is|are|was|were|did|does|do|has|have|had|will|can|could)\b",
    ),
)
_COMPILED = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS]
_ACRONYM_DEFINITION = re.compile(r"^what('s| is| are) (an? |the )?[A-Z0-9-]{2,}\s*\?*$")

# Words that point back at what was said before.
_POINTERS = re.compile(
    r"\b(dia|ia|beliau|mereka|itu|ini|tersebut|tadi|di sana|di situ|(?<=\w)nya"
    r"|he|she|him|her|his|they|them|their|it|its|that|this|there|those|these)\b|\w{3,}nya\b",
    re.IGNORECASE,
)
_CONNECTORS = re.compile(
    r"^(dan|lalu|terus|kalau|kalo|bagaimana dengan|gimana dengan|tapi|and|then|but|what about"
    r"|how about|also)\b[\s,]*",
    re.IGNORECASE,
)
# A question this short beside its question words says too little to be searched for alone.
_FEW_WORDS = 2


def check(question: str, longest: int) -> str:
    """Return the question without surrounding space and control characters.

    Raises:
        QuestionError: it is empty, or longer than ``longest`` characters.
    """
    clean = " ".join("".join(c if c.isprintable() else " " for c in question).split())
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
    words = re.findall(r"[a-z]+", question.casefold())
    indonesian = sum(word in _INDONESIAN or word.endswith(("kah", "nya")) for word in words)
    english = sum(word in _ENGLISH for word in words)
    return "en" if english > indonesian else "id"


def question_kind(question: str) -> Kind:
    """Return what kind of answer a question asks for."""
    if _ACRONYM_DEFINITION.search(question):
        return "definition"
    return next((kind for kind, pattern in _COMPILED if pattern.search(question)), "other")


def rewrite_follow_up(question: str, history: Sequence[Turn]) -> str:
    """Return the question with what it leaves unsaid put after it, in brackets.

    "Dan kapan?" after "Siapa yang membuka rapat di Denpasar?" becomes "Kapan? (membuka rapat
    di Denpasar)": plain to see on the page, and all that the search needs. A question that
    stands on its own comes back as it is.
    """
    if not history:
        return question
    bare = _CONNECTORS.sub("", question).strip()
    content = _content_words(bare)
    leans = bare != question or _POINTERS.search(bare) is not None or len(content) < _FEW_WORDS
    if not leans or len(content) > 8:
        return question
    topic = _topic(history, question_kind(bare), {word.casefold() for word in content})
    bare = bare[:1].upper() + bare[1:]
    return f"{bare} ({topic})" if topic else bare


def _topic(history: Sequence[Turn], kind: Kind, said: set[str]) -> str:
    """Return the previous question's subject, and its answer where the follow-up points at it."""
    last = history[-1]
    base = re.sub(r"\s*\(.*\)\s*$", "", last.question)
    carried = re.search(r"\((.*)\)\s*$", last.question)
    words = [word for word in _content_words(base) if word.casefold() not in said]
    parts = [" ".join(words), carried.group(1) if carried else ""]
    if question_kind(last.question) == "who" and kind != "who" and len(last.answer.split()) <= 12:
        parts.insert(0, last.answer.strip().rstrip("."))
    return ", ".join(part for part in parts if part)


def _content_words(text: str) -> list[str]:
    from retrieval.terms import stop_words

    pointers = {"itu", "ini", "tersebut", "he", "she", "it", "they", "that", "this", "there", "him"}
    skip = stop_words() | pointers
    return [word for word in re.findall(r"[\w.'-]*\w", text) if word.casefold() not in skip]
