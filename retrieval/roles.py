"""Parts that people play in an event: who opened a meeting need not have held it."""

from __future__ import annotations

import re

# Of each part, the verbs and nouns that tell who plays it, in both languages.
_PARTS = {
    "held": r"(?:me|di|pe)nyelenggara\w*|diselenggarakan|(?:meng|di)gelar|(?:meng|di)adakan"
    r"|(?:pe|meng)gagas|tuan rumah|panitia|organi[sz]\w+|held by|hold|host(?:s|ed|ing)?|convened?"
    r"|stag(?:e|ed|ing)",
    "opened": r"(?:mem|di)buka|opened|opens?|opening|inaugurated?|meresmikan|diresmikan",
    "closed": r"menutup|ditutup|closed|closing",
    "led": r"memimpin|dipimpin|pemimpin|pimpinan|mengetuai|diketuai|led|leads?|leading"
    r"|chair(?:s|ed|ing)",
    "attended": r"(?:meng)?hadir(?:i|an)?|dihadiri|attend(?:s|ed|ing|ance)?|took part|ikut serta",
}
_FIND = {part: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for part, words in _PARTS.items()}
# "Who held the meeting?": English splits what is asked for from its agent, so "held" alone asks.
_ASKED = {**_FIND, "held": re.compile(rf"\b(?:{_PARTS['held']}|held)\b", re.IGNORECASE)}
# The parts that are told apart; a sentence on something else altogether may still answer.
_EVENT = re.compile(
    r"\b(?:rapat|pertemuan|acara|kegiatan|sidang|seminar|forum|lokakarya|konferensi|upacara|pameran"
    r"|festival|meeting|event|session|conference|workshop|ceremony|exhibition|summit)\b",
    re.IGNORECASE,
)


def plays_another_part(question: str, sentence: str) -> bool:
    """Tell whether a sentence tells only of other parts in an event than the one asked for.

    In doubt it does not: the question must be about an event and name one part, and the sentence
    another, and not that one.
    """
    if not _EVENT.search(question):
        return False
    asked = [part for part, words in _ASKED.items() if words.search(question)]
    if len(asked) != 1:
        return False
    told = {part for part, words in _FIND.items() if words.search(sentence)}
    return bool(told) and asked[0] not in told
