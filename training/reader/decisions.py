"""Yes/no questions made of IndoNLI (Mahendra et al., EMNLP 2021).

A hypothesis becomes "Apakah <hypothesis>?". Whether its premise entails or contradicts it, the
premise's sentence decides the question and is the answer; a neutral premise, however near its
subject, does not answer.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from training.reader.examples import Example
from training.reader.negatives import NearestPassages, words

_OPENINGS = ("Apakah", "Apakah", "Apakah", "Apakah benar", "Benarkah")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“'])")
_AROUND = (2, 4)  # other premises put around the one that decides
_FEWEST_WORDS = 3
# So many of the decided hypotheses are asked of a passage without their premise: as with other
# questions (WRONG_PASSAGE_SHARE).
_UNDECIDED_SHARE = 0.15


def yes_no_examples(
    rows: Sequence[Mapping[str, Any]], common: frozenset[str], rng: random.Random
) -> Iterator[Example]:
    """Yield a question on a passage of several premises for each row of IndoNLI.

    Arguments:
        rows: with ``premise``, ``hypothesis`` and ``label`` (``"e"``, ``"c"``, ``"n"``).
        common: words that are mostly written without a capital.
        rng: draws the passages.
    """
    premises = list(dict.fromkeys(row["premise"].strip() for row in rows))
    nearest = NearestPassages(premises)
    for row in rows:
        premise, hypothesis = row["premise"].strip(), row["hypothesis"].strip()
        if len(hypothesis.split()) < _FEWEST_WORDS:
            continue
        question = asked(hypothesis, common, rng)
        others = _others(premise, hypothesis, nearest, premises, rng)
        if row["label"] == "n":
            yield _passage(question, premise, None, others, rng)
        elif rng.random() < _UNDECIDED_SHARE:
            yield _passage(question, others[0], None, others[1:], rng)
        else:
            yield _passage(question, premise, deciding_sentence(premise, hypothesis), others, rng)


def asked(hypothesis: str, common: frozenset[str], rng: random.Random) -> str:
    """Return a statement as a question: "Raisa menang." as "Apakah Raisa menang?"."""
    first, _, rest = hypothesis.rstrip(".!? ").partition(" ")
    if first.casefold() in common and not first.isupper():
        first = first.casefold()
    return f"{rng.choice(_OPENINGS)} {first} {rest}?"


def deciding_sentence(premise: str, hypothesis: str) -> str:
    """Return the sentence of the premise that shares most words with the hypothesis."""
    wanted = set(words(hypothesis))
    sentences = [part for part in _SENTENCE_END.split(premise) if part.strip()]
    return max(sentences, key=lambda sentence: len(wanted & set(words(sentence))))


def _others(
    premise: str,
    hypothesis: str,
    nearest: NearestPassages,
    premises: Sequence[str],
    rng: random.Random,
) -> list[str]:
    """Draw other premises, half of them near the hypothesis."""
    count = rng.randint(*_AROUND)
    near = [text for text in nearest.ranked(hypothesis, count + 3) if text != premise]
    drawn = rng.sample(near, min(len(near), count // 2))
    while len(drawn) < count:
        text = rng.choice(premises)
        if text != premise and text not in drawn:
            drawn.append(text)
    rng.shuffle(drawn)
    return drawn


def _passage(
    question: str, premise: str, answer: str | None, others: list[str], rng: random.Random
) -> Example:
    place = rng.randint(0, len(others))
    parts = [*others[:place], premise, *others[place:]]
    texts = [part if part.endswith((".", "!", "?", '"', "”")) else f"{part}." for part in parts]
    passage = " ".join(texts)
    if answer is None:
        return Example(question, passage, "", -1, -1, "indonli")
    before = sum(len(text) + 1 for text in texts[:place])
    start = passage.index(answer, before)
    return Example(question, passage, "", start, start + len(answer), "indonli")
