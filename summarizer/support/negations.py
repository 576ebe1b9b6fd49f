"""Negations: whether the article denies what the summary denies, and only that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ringkas.text.vocabulary import NEGATIONS
from ringkas.types import Flag, Span
from summarizer.support.words import Word

if TYPE_CHECKING:
    from summarizer.support.evidence import Evidence

_CONTRACTED = ("n't", "n’t")
# Not denials: "bukan hanya", "tidak hanya", "not only", "no one" is one.
_NOT_DENYING = frozenset("hanya saja sekadar cuma only just".split())
# Words that deny by themselves, so that a paraphrase may lose or gain the negation.
_DENYING = frozenset(
    """
    gagal menolak ditolak membantah dibantah batal membatalkan dibatalkan urung mustahil tiada
    nihil absen kehilangan kekurangan kurang minim sulit enggan mencegah melarang dilarang larangan
    menghindari hindari menampik menepis menyangkal mengurungkan kecuali hilang habis berhenti
    ketiadaan nol jarang fail fails failed failing failure refuse refuses refused refusing deny
    denies denied denying reject rejects rejected lack lacks lacked lacking unable unaware
    impossible cancel cancelled canceled avoid avoided prevent prevented ban banned absent absence
    hardly barely rarely few little unlikely neither nothing nobody nowhere cannot except stop
    stopped lose loses lost missing unknown nothing decline declined unwilling unclear
    """.split()
)
_REACH = 3  # words after a negation that it can deny


@dataclass(frozen=True, slots=True)
class Denial:
    """A negation and the words that it can deny, nearest first."""

    word: Word
    denied: tuple[Word, ...]


def is_negation(word: Word) -> bool:
    """Tell whether a word negates what follows."""
    return word.folded in NEGATIONS or word.folded.endswith(_CONTRACTED)


def denials(words: Sequence[Word]) -> Iterator[Denial]:
    """Yield the negations of a sentence with the content words that follow each."""
    for place, word in enumerate(words):
        if not is_negation(word):
            continue
        following = words[place + 1 : place + 1 + 2 * _REACH]
        if following and following[0].folded in _NOT_DENYING:
            continue
        content = [other for other in following if other.weight == 1 and not is_negation(other)]
        yield Denial(word, tuple(content[:_REACH]))


def denies_otherwise(words: Iterable[Word]) -> bool:
    """Tell whether any of the words denies by its own meaning, or negates."""
    return any(word.folded in _DENYING or is_negation(word) for word in words)


def _denied_words(words: Sequence[Word]) -> set[int]:
    return {other.start for denial in denials(words) for other in denial.denied}


def negation_flags(evidence: Evidence) -> Iterator[Flag]:
    """Yield negations that the article does not have, and words that only the article denies."""
    words = evidence.sentence.words
    for denial in denials(words):
        if denial.denied and _is_invented(denial, evidence):
            yield Flag("negation", denial.word.start, denial.word.end)
    if not denies_otherwise(words):
        yield from _lost(evidence)


def _is_invented(denial: Denial, evidence: Evidence) -> bool:
    """Tell whether the article says without a negation what the summary denies."""
    aligned = [sentence.words for sentence in evidence.aligned]
    seen = [denied for source in aligned for denied in _standings(denial.denied[0], source)]
    if any(seen):
        return False
    return bool(seen) or not any(denies_otherwise(source) for source in aligned)


def _lost(evidence: Evidence) -> Iterator[Flag]:
    """Yield the words of the summary that its source has under a negation, and only so."""
    aligned = evidence.aligned
    for source in aligned:
        for denial in denials(source.words):
            target = next(iter(denial.denied), None)
            if target is None or not all(
                denied for other in aligned for denied in _standings(target, other.words)
            ):
                continue
            held = (word for word in evidence.sentence.words if word.keys & target.keys)
            if word := next(held, None):
                start = source.start + denial.word.start
                end = source.start + target.end
                yield Flag("negation", word.start, word.end, Span(start, end))


def _standings(target: Word, words: Sequence[Word]) -> list[bool]:
    """Return for each word that agrees with ``target`` whether a negation denies it."""
    denied = _denied_words(words)
    return [word.start in denied for word in words if word.keys & target.keys]
