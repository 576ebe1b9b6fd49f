"""Negations: whether the article denies what the summary denies, and only that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ringkas.text.lexicon import is_ordinary
from ringkas.text.vocabulary import NEGATIONS
from ringkas.types import Flag, Span
from summarizer.support.evidence import Evidence
from summarizer.support.reading import Sentence
from summarizer.support.words import Word

_NEGATIONS = NEGATIONS | frozenset("tiada nggak enggak gak cannot".split())
_CONTRACTED = ("n't", "n’t")
# What follows a negation that denies nothing: "tidak hanya", "belum lama", "not only", "No. 5".
_NOT_DENIED = frozenset("hanya saja sekadar cuma lama ayal kurang only just least less".split())
# What makes no negation of the word after it: "paling tidak" is "at least".
_NOT_DENYING = frozenset("paling setidak".split())
# Words that deny by themselves, so that a paraphrase may lose or gain the negation.
_DENYING = frozenset(
    """
    gagal menolak ditolak membantah dibantah batal membatalkan dibatalkan urung mustahil
    nihil absen kehilangan kekurangan kurang minim sulit enggan mencegah melarang dilarang larangan
    menghindari hindari menampik menepis menyangkal mengurungkan kecuali hilang habis berhenti
    ketiadaan nol jarang bebas luput lolos fail fails failed failing failure refuse refuses refused
    refusing deny denies denied denying reject rejects rejected lack lacks lacked lacking unable
    unaware impossible cancel cancelled canceled avoid avoided prevent prevented ban banned absent
    absence hardly barely rarely few little unlikely neither nothing nobody nowhere except stop
    stopped lose loses lost missing unknown decline declined unwilling unclear zero free
    """.split()
)
# Words that are a negation in the other language: "bukan" for "instead of", "tidak sah" for
# "illegitimate", "belum" for "yet to"; and English adjectives with "un" before a word of its own.
_DENYING_ACROSS = frozenset(
    """
    instead rather yet alih ketimbang daripada illegitimate illegal ilegal invalid inability
    incapable improbable irregular irrelevant disagree disagreed disapprove disallow inaccurate
    incomplete inconsistent incorrect ineffective inadequate inappropriate insufficient indefinite
    informal dismiss dismissed
    """.split()
)
_UN, _NO_UN, _SHORTEST_STEM = "un", frozenset({"unions", "unless"}), 4
_REACH = 2  # content words after a negation that it can deny
_NEAR = 3  # words between a word and one that denies it by its own meaning
_CLAUSE_ENDS = re.compile(r"[,;:.!?\"“”()]")
_LITERAL = 0.45  # share of a summary's sentence that one of the article's holds


@dataclass(frozen=True, slots=True)
class Denial:
    """A negation and the content words after it in its clause, nearest first, by their indices."""

    negation: int
    denied: tuple[int, ...]


def negation_flags(evidence: Evidence) -> Iterator[Flag]:
    """Yield negations that the article does not have, and words that only the article denies."""
    words = evidence.sentence.words
    for denial in denials(evidence.sentence):
        if _is_invented(denial, evidence):
            negation = words[denial.negation]
            yield Flag("negation", negation.start, negation.end)
    yield from _lost(evidence)


def denials(sentence: Sentence) -> list[Denial]:
    """Return the negations of a sentence that deny something."""
    found = []
    for place in range(len(sentence.words)):
        if _negates(place, sentence.words):
            denied = tuple(_denied_by(place, sentence))
            if denied:
                found.append(Denial(place, denied))
    return found


def _negates(place: int, words: Sequence[Word]) -> bool:
    following = words[place + 1].text.casefold() if place + 1 < len(words) else ""
    before = words[place - 1].folded if place else ""
    return (
        _is_negation(words[place])
        and following not in _NOT_DENIED
        and not following[:1].isdigit()
        and before not in _NOT_DENYING
    )


def _denied_by(place: int, sentence: Sentence) -> Iterator[int]:
    """Yield the content words that a negation can deny: the next ones, within its clause."""
    words = sentence.words
    count = 0
    for following in range(place + 1, len(words)):
        between = sentence.text[words[following - 1].end : words[following].start]
        if _CLAUSE_ENDS.search(between) or count == _REACH:
            return
        if words[following].weight == 1 and not _is_negation(words[following]):
            count += 1
            yield following


def _is_negation(word: Word) -> bool:
    return word.folded in _NEGATIONS or word.folded.endswith(_CONTRACTED)


def _is_invented(denial: Denial, evidence: Evidence) -> bool:
    """Tell whether the article says without a negation what the summary denies."""
    targets = [evidence.sentence.words[place] for place in denial.denied]
    if any(_denies(target, sentence) for target in targets for sentence in evidence.sentences):
        return False
    aligned = evidence.aligned
    if any(_begins_alike(denial, evidence.sentence, sentence) for sentence in aligned):
        return False
    if evidence.across and _denying(evidence.sentence, evidence) <= sum(
        _denying(sentence, evidence) for sentence in aligned
    ):
        return False  # what is denied may be put in other words
    if any(_holds(targets[0], sentence) for sentence in aligned):
        return True
    literal = evidence.literalness >= _LITERAL
    return literal and not any(map(_denies_anything, aligned))


def _lost(evidence: Evidence) -> Iterator[Flag]:
    """Yield the words of the summary that its source has under a negation, and only so."""
    shares = evidence.shares
    for number in evidence.alignment.places:
        source = evidence.sentences[number]
        if _denying(evidence.sentence, evidence) >= _denying(source, evidence):
            continue  # it denies as much, in another order
        for denial in denials(source) if shares[number] >= _LITERAL else ():
            target = source.words[denial.denied[0]]
            if _stands_plain(target, evidence.aligned):
                continue
            if (word := _plain(target, evidence.sentence)) is not None:
                start = source.start + source.words[denial.negation].start
                yield Flag("negation", word.start, word.end, Span(start, source.start + target.end))


def _denying(sentence: Sentence, evidence: Evidence) -> int:
    """Return how often a sentence denies anything; across languages in whatever way."""
    words = sentence.words
    return sum(
        _negates(place, words)
        or (evidence.across and (_denies_itself(word) or _denies_across(word)))
        for place, word in enumerate(words)
    )


def _denies_across(word: Word) -> bool:
    stem = word.folded.removeprefix(_UN)
    if stem == word.folded or word.folded in _NO_UN or len(stem) < _SHORTEST_STEM:
        return word.folded in _DENYING_ACROSS
    return is_ordinary(stem, english=True)


def _stands_plain(target: Word, sentences: Sequence[Sentence]) -> bool:
    return any(_plain(target, sentence) is not None for sentence in sentences)


def _plain(target: Word, sentence: Sentence) -> Word | None:
    """Return the first word that agrees with ``target`` where nothing denies it, or None."""
    denied = {place for denial in denials(sentence) for place in denial.denied}
    for place, word in enumerate(sentence.words):
        if word.weight == 1 and word.keys & target.keys and place not in denied:
            around = sentence.words[max(0, place - _NEAR) : place + _NEAR + 1]
            if not any(_denies_itself(one) for one in around):
                return word
    return None


def _denies(target: Word, sentence: Sentence) -> bool:
    """Tell whether a sentence denies a word that agrees with ``target``."""
    words = sentence.words
    if any(
        words[place].keys & target.keys for denial in denials(sentence) for place in denial.denied
    ):
        return True
    return any(
        word.keys & target.keys
        and any(_denies_itself(one) for one in words[max(0, place - _NEAR) : place])
        for place, word in enumerate(words)
    )


def _begins_alike(denial: Denial, sentence: Sentence, other: Sentence) -> bool:
    """Tell whether another sentence has the negation before the same two words."""
    opening = [word.folded for word in sentence.words[denial.negation :][:3]]
    listed = [word.folded for word in other.words]
    return any(listed[place : place + 3] == opening for place in range(len(listed) - 2))


def _holds(target: Word, sentence: Sentence) -> bool:
    return any(word.keys & target.keys for word in sentence.words)


def _denies_anything(sentence: Sentence) -> bool:
    return any(_denies_itself(word) or _is_negation(word) for word in sentence.words)


def _denies_itself(word: Word) -> bool:
    return word.folded in _DENYING
