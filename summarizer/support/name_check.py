"""Names: those the article lacks, and those put in another's place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ringkas.text.lexicon import is_ordinary, to_english
from ringkas.text.names import is_held
from summarizer.support.abbreviations import abbreviates, initials
from summarizer.support.evidence import Evidence
from summarizer.support.names import Name, is_acronym
from summarizer.support.otherwise import is_roman
from summarizer.support.renderings import renderings
from summarizer.support.slots import Mention
from summarizer.support.source import Source
from summarizer.support.swaps import Item
from summarizer.support.words import Word

_SHORTEST_PART = 5  # letters of a word that is found within another
_SHORTEST_ACRONYM = 3  # letters that are hardly the initials of any two words
_ROLE_WEIGHT = 0.3  # of an ordinary word beside a name's own
_LEAST_SHARED = 0.5
# Words of an institution's name that may have one that is rendered otherwise across languages.
_RENDERED = 3
# After a name that only describes who was spoken of: "atlet asal Bali tersebut".
_POINTING = frozenset({"itu", "tersebut", "ini"})
# News writes them with a capital, so that the lists of ordinary words lack them.
_OFFICES = frozenset(
    """
    presiden wakil perdana menteri gubernur bupati wali walikota ketua kepala direktur jenderal
    dirut dirjen sekretaris kapolri kapolda kapolres kapolresta kakorlantas irjen brigjen kombes
    akbp komisaris jaksa anggota pelapor
    president vice prime minister governor mayor chairman chairwoman chief director
    secretary ceo senator
    """.split()
)
_TITLE_CASE = 0.7  # share of longer words with capitals in a headline


def name_items(evidence: Evidence) -> Iterator[Item]:
    """Yield the names of a sentence beside those of the article."""
    headline = _is_title_case(evidence)
    for name in evidence.sentence.names:
        words = _naming(name, evidence, headline=headline)
        if words:
            yield from _name(words, name, evidence)


def _is_title_case(evidence: Evidence) -> bool:
    longer = [word.text for word in evidence.sentence.words if len(word.text) > 3]
    return sum(text[0].isupper() for text in longer) > _TITLE_CASE * len(longer) and len(longer) > 3


def _naming(name: Name, evidence: Evidence, *, headline: bool) -> tuple[Word, ...]:
    """Return the words of a name without ordinary ones that have their capital from their place."""
    words = name.words
    if headline:
        words = tuple(word for word in words if not _is_common(word, evidence))
    elif name.opens and _is_common(words[0], evidence):
        words = words[1:]
    if evidence.across:  # "triwulan III" is "the third quarter"
        words = tuple(word for word in words if not is_roman(word.text))
    return tuple(word for word in words if word.weight == 1 and not word.text[0].isdigit())


def _is_common(word: Word, evidence: Evidence) -> bool:
    if is_acronym(word.text):
        return False
    return is_ordinary(word.folded, english=evidence.english) or (
        not evidence.across and word.folded in evidence.source.lower_case
    )


def _is_same(words: Sequence[Word], other: Sequence[Word], evidence: Evidence) -> bool:
    """Tell whether a name is another one, a longer or shorter form of it, or its short form."""
    if _shared(words, other, evidence) > _LEAST_SHARED:
        return True
    own = [word for word in words if not _is_role(word, evidence)]
    theirs = [word for word in other if not _is_role(word, evidence, of_article=True)]
    if own and theirs and (_are_among(own, theirs) or _are_among(theirs, own)):
        return True
    return _abbreviates_one(own, other) or _abbreviates_one(theirs, words)


def _are_among(words: Sequence[Word], other: Sequence[Word]) -> bool:
    keys = frozenset[str]().union(*(word.keys for word in other))
    return all(word.keys & keys for word in words)


def _abbreviates_one(words: Sequence[Word], other: Sequence[Word]) -> bool:
    """Tell whether a word is a short form of the other name: "Kemenag", "Sumut", "UU"."""
    written = [part for word in other for part in word.folded.split("-")]
    return any(
        abbreviates(word.folded, written)
        or (is_acronym(word.text) and _are_initials(word.folded, written))
        or (len(word.text) >= _SHORTEST_PART and written[0].startswith(word.folded))
        for word in words
    )


def _are_initials(short: str, written: Sequence[str]) -> bool:
    """Tell whether an acronym stands for some of the words in a row: "UU", "LCM"."""
    letters = "".join(part[0] for part in written)
    if len(short) < _SHORTEST_ACRONYM:
        return short == letters or (written[:1] == written[1:2] and letters.startswith(short))
    return short in letters


def _is_rendered(words: Sequence[Word], missing: Word, evidence: Evidence) -> bool:
    """Tell whether a name is an institution's, another word of which stands translated.

    "Sekretariat Nasional KAU" is the "National KAU Office"; people's names are never translated.
    """
    held = evidence.source.held
    return len(words) >= _RENDERED and any(
        word is not missing and word.folded not in _OFFICES and not is_held(word.text, held)
        for word in words
    )


def _opens_only(word: Word, evidence: Evidence) -> bool:
    """Tell whether a word of the article has its capital from its place."""
    if is_acronym(word.text):
        return False
    return is_ordinary(word.folded, english=evidence.source.english) or (
        word.folded in evidence.source.lower_case
    )


def _name(words: Sequence[Word], name: Name, evidence: Evidence) -> Iterator[Item]:
    missing = [word for word in words if not _is_held(word, words, evidence)]
    if evidence.across:  # "Ministry of Trade" may be rendered in other words; a name may not
        missing = [word for word in missing if not _is_role(word, evidence)]
        if len(missing) == 1 and _is_rendered(words, missing[0], evidence):
            missing = []
    mentions = evidence.mentions.names
    equal = [one for one in mentions if _is_same(words, one.value.words, evidence)]
    echoed = [one.words for one in evidence.sentence.names if one is not name]
    others = (
        (one, _alike(words, one))
        for one in mentions
        if not (one.value.opens and _opens_only(one.value.words[0], evidence))
        if not _is_same(words, one.value.words, evidence)
        if not one.beside[1] & _POINTING
        if not all(_is_role(word, evidence, of_article=True) for word in one.value.words)
        if not any(_shared(one.value.words, other, evidence) > _LEAST_SHARED for other in echoed)
    )
    torn = [] if missing or evidence.across else _torn(words, evidence)
    if wrong := missing or torn:
        yield evidence.item("name", wrong[0].start, wrong[-1].end, (), others, missing=True)
    elif equal:
        yield evidence.item("name", words[0].start, words[-1].end, equal, others)


def _is_held(word: Word, name: Sequence[Word], evidence: Evidence) -> bool:
    source = evidence.source
    if len(word.text) == 1 or is_held(word.text, source.held) or word.keys & source.title:
        return True
    keys = source.keys(translate=evidence.across and source.english)
    if word.keys & keys:
        return True
    folded = word.folded
    if _is_part(folded, keys) or abbreviates(folded, source.plain_words):
        return True
    return len(name) > 1 and _is_shortened([one.text for one in name], source)


def _is_part(word: str, keys: frozenset[str]) -> bool:
    """Tell whether a word is within another, as "Polda" within "Mapolda", or one within it."""
    if len(word) < _SHORTEST_PART:
        return False
    return any(word in key or (len(key) >= _SHORTEST_PART and key in word) for key in keys)


def _is_shortened(name: list[str], source: Source) -> bool:
    """Tell whether the article has a name's short form only: "KPK", "Menkeu"."""
    written = [text.casefold() for text in name]
    return initials(name) in source.held or any(
        abbreviates(short, written) for short in source.lower_words
    )


def _shared(words: Sequence[Word], other: Sequence[Word], evidence: Evidence) -> float:
    """Return how much of a name another has in common, in [0, 1]; titles and offices count less."""
    total = shared = 0.0
    keys = frozenset[str]().union(*(word.keys for word in other))
    short = {word.folded for word in other}
    for word in words:
        weight = _ROLE_WEIGHT if _is_role(word, evidence) else 1.0
        total += weight
        if word.keys & keys:
            shared += weight
    if not shared and initials([word.text for word in words]) in short:
        return 1.0
    if not shared and len(words) == 1 and words[0].folded == initials([one.text for one in other]):
        return 1.0
    return shared / total if total else 0.0


def _alike(words: Sequence[Word], other: Mention[Name]) -> bool:
    theirs = other.value.words
    if is_acronym(words[0].text) != is_acronym(theirs[0].text):
        return False
    return (len(words) > 1) == (len(theirs) > 1)


def _torn(words: Sequence[Word], evidence: Evidence) -> list[Word]:
    """Return the second of two words that the article never puts together in a name.

    "Febri Novel" is torn where the article only has "Febri Diansyah", and a Novel elsewhere.
    """
    for word, following in pairwise(words):
        if following.start > word.end + 1 or any(
            _is_role(one, evidence) or is_acronym(one.text) for one in (word, following)
        ):
            continue
        if word.keys & evidence.source.title and following.keys & evidence.source.title:
            continue
        after = evidence.source.successors(word)
        elsewhere = after and not any(following.keys & keys for keys in after)
        if elsewhere and not evidence.source.has_near(word, following):
            return [following]
    return []


def _is_role(word: Word, evidence: Evidence, *, of_article: bool = False) -> bool:
    """Tell whether a word is none of a name's own, as "Ketua" or "Ministry".

    ``of_article`` says that it is a word of the article, not of the summary.
    """
    english = evidence.source.english if of_article else evidence.english
    if word.folded in _OFFICES or is_ordinary(word.folded, english=english):
        return True
    if not evidence.across:
        return False
    # The likeliest only: among the others are "here" for "Jakarta".
    other = renderings(word.folded) if english else to_english(word.folded)
    return bool(other) and is_ordinary(other[0], english=not english)
