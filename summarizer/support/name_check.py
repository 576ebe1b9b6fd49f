"""Flags on names: those the article lacks, and those put in another's place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ringkas.text.names import is_held
from ringkas.types import Flag
from summarizer.support.evidence import Evidence
from summarizer.support.names import Name, is_acronym
from summarizer.support.slots import Mention, swapped
from summarizer.support.words import Word


def name_flags(evidence: Evidence) -> Iterator[Flag]:
    """Yield the names of a sentence that the article does not have in their place."""
    for name in evidence.sentence.names:
        if name.opens and not _is_named(name, evidence):
            continue
        missing = [word for word in name.words if not _is_held(word, name, evidence)]
        if missing:
            mentions = evidence.mentions.names
            place = evidence.place(name.start, name.end)
            _, nearest = swapped(place, (), mentions, evidence.alignment.scores)
            span = nearest.span if nearest else None
            yield Flag("name", missing[0].start, missing[-1].end, span)
        else:
            yield from _misplaced(name, evidence)


def _is_named(name: Name, evidence: Evidence) -> bool:
    """Tell whether a word that opens a sentence is a name within one of the article's."""
    keys = name.words[0].keys
    named = (one for one in evidence.mentions.names if not one.value.opens)
    return any(keys & word.keys for one in named for word in one.value.words)


def _is_held(word: Word, name: Name, evidence: Evidence) -> bool:
    if word.weight < 1 or len(word.text) == 1 or word.text[0].isdigit():
        return True
    source = evidence.source
    if is_held(word.text, source.held) or word.keys & source.title:
        return True
    if any(word.keys & other.keys for sentence in evidence.sentences for other in sentence.words):
        return True
    return _initials(name.words) & source.held != frozenset()


def _initials(words: Sequence[Word]) -> frozenset[str]:
    """Return the acronyms that a written-out name may have: "kpk"."""
    letters = "".join(word.text[0] for word in words if word.text[0].isupper()).casefold()
    return frozenset({letters}) if len(letters) > 1 else frozenset()


def _misplaced(name: Name, evidence: Evidence) -> Iterator[Flag]:
    mentions = evidence.mentions.names
    equal = [one for one in mentions if _shares(name, one)]
    if not equal:
        return
    others = [one for one in mentions if one not in equal and not one.value.opens]
    place = evidence.place(name.start, name.end)
    wrong, nearest = swapped(place, equal, others, evidence.alignment.scores)
    if wrong:
        yield Flag("name", name.start, name.end, nearest.span if nearest else None)


def _shares(name: Name, mention: Mention[Name]) -> bool:
    return any(
        word.keys & other.keys
        or (is_acronym(word.text) and word.folded in _initials(mention.value.words))
        for word in name.words
        for other in mention.value.words
        if word.weight == 1
    )
