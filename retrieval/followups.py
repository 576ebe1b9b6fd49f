"""Follow-up questions: what they leave unsaid is put after them, for all to see."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.messages import says_nothing
from ringkas.text.vocabulary import stop_words
from ringkas.types import Turn

# "What about Sugito?" asks the earlier question again of somebody or something else.
_INSTEAD = re.compile(
    r"^(?:(?:dan|lalu|and|then)\s+)?(?:bagaimana dengan|gimana dengan|kalau|kalo|what about"
    r"|how about)\b[\s,]*",
    re.IGNORECASE,
)
_CONNECTOR = re.compile(r"^(?:dan|lalu|terus|tapi|and|then|but|also)\b[\s,]*", re.IGNORECASE)
_PERSON = re.compile(
    r"\b(?:dia|ia|beliau|mereka|he|she|him|her|his|they|them|their)\b", re.IGNORECASE
)
_THING = re.compile(
    r"\b(?:itu|ini|tersebut|tadi|di sana|di situ|it|its|that|this|there|those|these)\b"
    r"|\b(?!(?:biasa|misal|akhir|sebelum|sesudah|seharus|sebenar|umum|hanya|setidak)nya)\w{3,}nya\b",
    re.IGNORECASE,
)
# "Tahun ini" and "this year" say when; they point at nothing said before.
_TIME = re.compile(
    r"\b(?:tahun|bulan|minggu|pekan|hari|pagi|siang|sore|malam|saat|kali|semester|musim|abad)"
    r"\s+ini\b"
    r"|\bthis\s+(?:year|month|week|morning|afternoon|evening|time|season|quarter|century)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w.'-]*\w")
_CARRIED = re.compile(r"\(([^()]*)\)$")
# With fewer words of its own a question says too little to be searched for alone; with as many as
# the second it names its own subject, whatever it points at.
_TOO_FEW, _ENOUGH = 2, 3
_SHORT_ANSWER = 12  # words; a longer answer is a sentence, and drowns the question
_REMEMBERED = 8  # turns; a thread of follow-ups longer than this has lost its beginning
_POINTERS = frozenset(
    """
    itu ini tersebut tadi dia ia beliau mereka he she him her his it its they them their that this
    there those these
    """.split()
)


def rewrite_follow_up(question: str, history: Sequence[Turn]) -> str:
    """Return the question with what it leaves unsaid put after it, in brackets.

    "Dan kapan?" after "Siapa yang membuka rapat di Denpasar?" becomes "Kapan? (membuka rapat
    Denpasar)": plain to see on the page, and all that the search needs. A question that names its
    own subject comes back as it is.
    """
    if not history:
        return question
    instead = _INSTEAD.sub("", question)
    bare = instead if instead != question else _CONNECTOR.sub("", question)
    if not bare.strip() or not (instead != question or _leans(bare, bare != question)):
        return question
    topic = _topic(history[-_REMEMBERED:], bare)
    return f"{bare[0].upper()}{bare[1:]} ({topic})" if topic else question


def _leans(bare: str, connected: bool) -> bool:
    """Tell whether a question cannot be understood without the ones before it."""
    timeless = _TIME.sub(" ", bare)
    person = _PERSON.search(timeless)
    if person:  # "where did he speak?", but not "what did Sugito say when he spoke?"
        before = timeless[: person.start()]
        return not _names(before) and len(_content_words(before)) < _TOO_FEW
    words = _content_words(timeless)
    if _names(bare) or len(words) >= _ENOUGH:
        return False
    return connected or len(words) < _TOO_FEW or _THING.search(timeless) is not None


def _names(text: str) -> bool:
    """Tell whether there is a proper name: an acronym, or a capital that opens no sentence."""
    words = _WORD.findall(text)
    return any(word[:1].isupper() for word in words[1:]) or any(
        len(word) > 1 and word.isupper() for word in words[:1]
    )


def _topic(history: Sequence[Turn], bare: str) -> str:
    """Return what the question before was about, with its answer where ``bare`` points at one."""
    last = history[-1]
    asked = last.question
    if not _CARRIED.search(asked):
        asked = rewrite_follow_up(asked, history[:-1])
    carried = _CARRIED.search(asked)
    said = {word.casefold() for word in _content_words(bare)}
    words = _content_words(_CARRIED.sub("", asked))
    parts = [" ".join(word for word in words if word.casefold() not in said)]
    if carried:
        parts.append(carried[1])
    if _PERSON.search(bare) and _can_be_meant(last.answer):
        parts.insert(0, last.answer.strip().rstrip("."))
    return ", ".join(part for part in parts if part)


def _can_be_meant(answer: str) -> bool:
    return not says_nothing(answer) and len(answer.split()) <= _SHORT_ANSWER


def _content_words(text: str) -> list[str]:
    skip = stop_words() | _POINTERS
    return [word for word in _WORD.findall(text) if word.casefold() not in skip]
