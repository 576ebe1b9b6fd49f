"""Articles are data. What in them is addressed to a chat model is recognised and defused here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ringkas.text.sentences import split
from ringkas.types import Span

# Brackets make markers ("[9]"), angle brackets make role tags ("<|im_start|>system") and the
# tags around our passages. In a prompt an article may hold neither.
_DEFUSED = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")"})

_ROLE = re.compile(r"^\W*(?:system|assistant|user|human|asisten|sistem|pengguna)\s*:", re.I)
_ANSWER = re.compile(r"^\W*(?:jawab|jawaban|answer)\s*:", re.I)
_INTERVIEW = re.compile(r"^\W*(?:tanya|pertanyaan|question|q)\s*:", re.I | re.M)
_TAG = re.compile(
    r"<\|[^|<>]{1,40}\|>|</?(?:s|system|(?:start|end)_of_turn)>|\[/?INST\]|<</?SYS>>", re.I
)
_ORDER = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules?)\b
    | \b(?:abaikan|lupakan|hiraukan)\b.{0,40}\b(?:instruksi|perintah|aturan|prompt)\b
    | \bsystem\s+prompt\b | \bprompt\s+sistem\b
    | \byou\s+are\s+now\b | \b(?:kamu|anda)\s+sekarang\s+adalah\b
    | \b(?:as\s+an?|dear|attention)\s+(?:ai|llm|language\s+model|chatbot|assistant)\b
    | \b(?:sebagai|wahai|kepada)\s+(?:ai|llm|model\s+bahasa|chatbot|asisten\s+ai)\b
    | \byou\s+(?:must|should|will)\s+(?:now\s+)?(?:say|reply|respond|answer|output|print)\b
    | \b(?:kamu|anda)\s+(?:harus|wajib)\s+(?:menjawab|membalas|mengatakan|menulis)\b
    | ^\W*(?:say|reply|respond|answer|output|print|repeat)\s+(?:only|just|with|exactly|the\s+word)\b
    | ^\W*(?:katakan|balas|jawab|tulis|ulangi)(?:lah)?\s+(?:hanya|saja|dengan|persis|kata)\b
    """,
    re.I | re.X | re.S,
)


def defuse(text: str) -> str:
    """Return ``text`` for use in a prompt: one printable line, without brackets that mean things.

    The meaning stays; only the prompt sees this text, citations refer to the article itself.
    """
    line = " ".join(text.split())
    return "".join(char for char in line if char.isprintable()).translate(_DEFUSED)


def is_order(sentence: str, *, interview: bool = False) -> bool:
    """Whether ``sentence`` speaks to a chat model instead of reporting news.

    In an interview printed as questions and answers, "Answer:" opens an honest sentence.
    """
    if _ROLE.search(sentence) or _TAG.search(sentence) or _ORDER.search(sentence):
        return True
    return bool(_ANSWER.search(sentence)) and not interview


def is_interview(text: str) -> bool:
    """Whether the article prints questions and answers under such labels."""
    return bool(_INTERVIEW.search(text))


def without_orders(text: str, *, interview: bool = False) -> str:
    """Return ``text`` with each sentence that speaks to a chat model replaced by "(…)".

    After a role ("<|im_start|>system") the rest of its paragraph goes too: that is its speech.
    """
    told = _told(text, split(text), interview)
    return " ".join("(…)" if order else span.of(text) for span, order in told)


def news_sentences(text: str, sentences: Sequence[Span]) -> list[Span]:
    """Return the sentences of an article without those that speak to a chat model."""
    told = _told(text, sentences, is_interview(text))
    return [span for span, order in told if not order]


def _told(text: str, sentences: Sequence[Span], interview: bool) -> Iterator[tuple[Span, bool]]:
    """Yield each sentence, and whether it is part of what is said to a chat model."""
    speech, before = False, 0
    for span in sentences:
        sentence = span.of(text)
        if "\n\n" in text[before : span.start]:
            speech = False
        speech = speech or bool(_ROLE.search(sentence) or _TAG.search(sentence))
        yield span, speech or is_order(sentence, interview=interview)
        before = span.end
