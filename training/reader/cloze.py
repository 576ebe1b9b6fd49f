"""Cross-lingual questions made by rule from pairs of translated news sentences.

A number or name that stands verbatim in the English and in the Indonesian sentence becomes
the answer; the English sentence, with a question word in its place, becomes the question,
and the Indonesian sentence with its neighbours the passage.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence

from training.reader.examples import Example

MAX_WORDS = 24

_NUMBER = re.compile(r"(?<![\w.,/-])\d[\d.,]*\d|(?<![\w.,/-])\d(?![\w.,/-])")
_NAME = r"[A-Z][\w'-]+(?: (?:[A-Z][\w'-]+|of))* [A-Z][\w'-]+"
_SUBJECT = re.compile(rf"^({_NAME}) (?=(?:said|was|has|had|is|will|told|also|added|called)\b)")
_PLACE = re.compile(r"\b(?:in|at) ([A-Z][a-z]+(?: [A-Z][a-z]+)*)(?=[ ,.])")


def cloze_examples(pairs: Sequence[Mapping[str, str]], rng: random.Random) -> list[Example]:
    """Return one example for each sentence pair that has a shared number or name."""
    found = []
    for number, pair in enumerate(pairs):
        options = list(_questions(pair["en"].strip()))
        rng.shuffle(options)
        for question, answer in options:
            if pair["id"].count(answer) == 1:
                before = pairs[number - 1]["id"] if number else ""
                after = pairs[number + 1]["id"] if number + 1 < len(pairs) else ""
                found.append(_example(question, answer, before, pair["id"], after, rng))
                break
    return found


def _example(
    question: str, answer: str, before: str, sentence: str, after: str, rng: random.Random
) -> Example:
    lead = f"{before} " if before and rng.random() < 0.6 else ""
    tail = f" {after}" if after and rng.random() < 0.6 else ""
    start = len(lead) + sentence.index(answer)
    return Example(question, lead + sentence + tail, "", start, start + len(answer), "cloze")


def _questions(english: str) -> Iterator[tuple[str, str]]:
    """Yield ``(question, answer)`` candidates for one English sentence."""
    if not 5 <= len(english.split()) <= MAX_WORDS:
        return
    plain = english.rstrip(" .")
    subject = _SUBJECT.match(plain)
    if subject:
        yield f"Who {plain[subject.end() :]}?", subject[1]
    for number in _NUMBER.finditer(plain):
        yield _ask(plain, number.span(), _number_word(plain, number)), number[0]
    for place in _PLACE.finditer(plain):
        yield _ask(plain, place.span(), "where"), place[1]


def _number_word(sentence: str, number: re.Match[str]) -> str:
    value, before = number[0], sentence[: number.start()].split()[-1:]
    if re.fullmatch(r"(19|20)\d\d", value):
        return "which year"
    if before and before[0] in {"US$", "Rp", "Rp.", "US", "USD", "$"}:
        return "how much"
    return "how many"


def _ask(sentence: str, span: tuple[int, int], word: str) -> str:
    asked = f"{sentence[: span[0]]}{word}{sentence[span[1] :]}?"
    return asked[0].upper() + asked[1:]
