"""An issue's introduction: how much it holds, and its top stories in two sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ringkas.text.lexicon import is_ordinary
from ringkas.types import Citation, DigestSentence, OutputLanguage, Tone
from summarizer.capitals import WORD, Capitals, is_plain
from summarizer.digesting.naming import source_name
from summarizer.newsletters.issue import Item
from summarizer.newsletters.wording import counted, wording

_FURTHER = 3  # stories beside the first; more read like a list
_MOST_WORDS = 18  # of a headline that is told in a sentence
# Kinds of places that are part of the name behind them.
_PLACES = frozenset(
    "Pulau Gunung Kabupaten Kota Desa Kecamatan Provinsi Teluk Danau Selat Sungai Pasar".split()
)
_TITLE_CASE = 0.7  # share of longer words that begin with a capital


def introduction(
    items: Sequence[Item], language: OutputLanguage, tone: Tone = "neutral"
) -> tuple[DigestSentence, ...]:
    """Return the sentences that open an issue; those that tell news have their headlines' sources.

    Arguments:
        items: what the issue prints, in order.
        language: the issue's.
        tone: how readers are spoken to.
    """
    words = wording(language, tone)
    return (DigestSentence(_holds(items, language, words), ()), *_news(items, language, words))


def _holds(items: Sequence[Item], language: OutputLanguage, words: Mapping[str, str]) -> str:
    outlets = {source_name(article) for item in items for article in item.story.articles}
    one_story, one_outlet = len(items) == 1, len(outlets) == 1
    if one_story:
        shape = "holds_alone" if one_outlet else "holds_one"
    else:
        shape = "holds_outlet" if one_outlet else "holds"
    return words[shape].format(
        stories=counted(len(items), language), outlets=counted(len(outlets), language)
    )


def _news(
    items: Sequence[Item], language: OutputLanguage, words: Mapping[str, str]
) -> Iterator[DigestSentence]:
    """Yield a sentence on the top story, and one on the next ones."""
    ranked = sorted(items, key=lambda item: -item.story.rank.total)
    told = [item for item in ranked if _fits(item.headline)][: 1 + _FURTHER]
    if told and len(items) > 1:
        first, *further = told
        text = words["first"].format(headline=in_sentence(first, language))
        yield DigestSentence(text, first.headline.citations)
        if further:
            texts = [in_sentence(item, language) for item in further]
            joined = (
                words["last"].join(["; ".join(texts[:-1]), texts[-1]]) if texts[1:] else texts[0]
            )
            yield DigestSentence(words["further"].format(headlines=joined), _citations(further))


def _fits(headline: DigestSentence) -> bool:
    return headline.supported and len(headline.text.split()) <= _MOST_WORDS


def _citations(items: Sequence[Item]) -> tuple[Citation, ...]:
    return tuple(citation for item in items for citation in item.headline.citations)


def in_sentence(item: Item, language: OutputLanguage) -> str:
    """Return a headline as it stands within a sentence: with capitals for names only.

    Which words are names is told by the running text of the articles that the headline cites.
    """
    text, _, _ = item.headline.text.partition(";")  # which would be taken for the list's
    found = list(WORD.finditer(text))
    words = [word.group() for word in found]
    cited = dict.fromkeys(citation.article.text for citation in item.headline.citations)
    named = _Names("\n\n".join(cited), language)
    longer = [word for word in words if len(word) > 3]
    everywhere = sum(word[0].isupper() for word in longer) > _TITLE_CASE * len(longer)
    for place in range(len(words) if everywhere else 1):
        form = named.form(words, place)
        text = text[: found[place].start()] + form + text[found[place].end() :]
    return text


class _Names:
    """Which words of a text are written with capitals wherever they stand."""

    def __init__(self, text: str, language: OutputLanguage) -> None:
        self._text = text
        self._words = frozenset(word.group() for word in WORD.finditer(text))
        self._english = language == "en"
        self._capitals = Capitals(text)

    def form(self, words: Sequence[str], place: int) -> str:
        """Return a word as it stands within a sentence: small if it is no name or part of one."""
        word = words[place]
        small = word.lower()
        if word != word.capitalize() or len(small) != len(word) or not self._is_common(word):
            return word
        following = words[place + 1 : place + 2]
        if word in _PLACES and following and following[0][0].isupper():
            return word
        known = self._capitals.form([each.lower() for each in words], place)
        named = self._is_named(words[place : place + 2], words[place - 1] if place else "")
        return small if not named and (self._english or known in (None, small)) else word

    def _is_common(self, word: str) -> bool:
        """Tell whether a word may be written small: the text does so, or most texts do."""
        small = word.lower()
        if small in self._words or is_ordinary(small, english=self._english):
            return True
        return not self._english and word not in self._words and is_plain(small)

    def _is_named(self, pair: Sequence[str], before: str) -> bool:
        """Tell whether two words stand with these capitals in the middle of a sentence.

        Behind another capital they are the end of a longer name ("PT Arunika Bus Listrik"), unless
        the headline has that, too.
        """
        together = re.escape(" ".join(pair))
        found = re.findall(rf"(\w+),? {together}\b", self._text) if len(pair) > 1 else []
        return any(word == before or not word[0].isupper() for word in found)
