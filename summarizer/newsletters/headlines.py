"""Headlines: an article's own title where it is good, else one made from its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ringkas.embedding import get_embedder
from ringkas.errors import LanguageError, ModelError, SummaryError
from ringkas.settings import Settings
from ringkas.text.figures import figures
from ringkas.types import Article, Conflict, DigestSentence, OutputLanguage, SummarySentence
from summarizer import support
from summarizer.newsletters.placing import placed
from summarizer.summarizing import summarize

_FEWEST_WORDS, _MOST_WORDS = 4, 18
_SHOUTED = 0.6  # share of longer words that are all capitals
# What sites put behind a title, "Judul - Kompas.com" and "Title | The Harbour Post", and before.
_SITE = re.compile(r"\s+(?:\|\s+[^|]{1,40}|[–—-]\s+[\w.-]+\.[a-z]{2,})$", re.I)
_KICKER = re.compile(
    r"^(?:\[[^\]]{1,20}\]|(?:breaking news|breaking|video|foto|photos?|live|infografis|update"
    r"|eksklusif|exclusive|hot news)\s*[:|–—])\s*",
    re.I,
)
_FULL_STOP = re.compile(r"(?<!\.)\.$")
# Titles that promise instead of telling.
_BAIT = re.compile(
    r"""\b(?:ini\ (?:dia|kata|alasan|alasannya|penyebab|penyebabnya|daftar|daftarnya|cara|caranya
    |sosok|profil|fakta|faktanya|penjelasan|respons|jawaban)|begini|simak|intip|wow|heboh|viral
    |ternyata|netizen|warganet|apa\ saja|you\ won['’]t\ believe|here['’]?s\ (?:what|why|how|the)
    |this\ is\ (?:what|why|how)|you\ need\ to\ know|everything\ we\ know
    |\d+\ (?:things|reasons|ways|facts))\b
    """,
    re.I | re.X,
)
_OPEN = re.compile(r"(?:\.\.|…|\?|!)[\"”’]?$")


def headline(
    articles: Sequence[Article],
    sentences: Sequence[DigestSentence],
    conflicts: Sequence[Conflict],
    language: OutputLanguage,
    settings: Settings,
) -> DigestSentence:
    """Return the headline of a story, with the places in its articles that it rests on.

    A title counts if it tells something, its article's text gives its figures, and no later
    article gives one of them differently.

    Arguments:
        articles: those that can give it, the one that tells the story best first.
        sentences: the story as it is printed; the first stands in where nothing else can.
        conflicts: the figures that the articles give differently.
        language: the language to write in.
        settings: the configuration.
    """
    titles = list(_titles(articles, language, settings))
    for title in (*titles, *_shortened(titles)):
        if not disputes(title.text, conflicts):
            return title
    made = _made(articles[0], language, settings) or _first(sentences)
    return min((*reversed(titles), made), key=lambda one: disputes(one.text, conflicts))


def _shortened(titles: Iterable[DigestSentence]) -> Iterator[DigestSentence]:
    """Yield titles without the part behind the last comma: "Longsor di Lio" of "…, 12 Tewas"."""
    for title in titles:
        head = title.text.rpartition(", ")[0]
        if len(head.split()) >= _FEWEST_WORDS:
            yield replace(title, text=head)


def _titles(
    articles: Iterable[Article], language: OutputLanguage, settings: Settings
) -> Iterator[DigestSentence]:
    """Yield the titles in ``language`` that tell something, with the places that they sum up."""
    for article in articles:
        title = tidy(article.title)
        if (article.language == "en") == (language == "en") and tells(title):
            untitled = replace(article, title="")  # a title is no proof of itself
            (checked,) = support.check([title], untitled, get_embedder(settings))
            if checked.spans and not _is_wrong(checked, article.text):
                yield placed(replace(checked, flags=()), article)


def _is_wrong(title: SummarySentence, text: str) -> bool:
    """Tell whether an article's text has other figures or quotations than its title.

    Everything else is the outlet's own wording: what capitals in titles make look like names,
    numbers in words ("Dua Pekan Berturut-turut" is "the second week in a row"), and a figure that
    the text tells about in other words ("naik jadi Rp1,5 triliun").
    """
    for flag in title.flags:
        if flag.kind == "quote":
            return True
        figure = title.text[flag.start : flag.end]
        other = flag.kind == "date" or not values(figure) & values(text)
        if flag.kind in ("number", "date") and any(map(str.isdigit, figure)) and other:
            return True
    return False


def _made(article: Article, language: OutputLanguage, settings: Settings) -> DigestSentence | None:
    """Return a headline that the model writes, or a clause of the article; None without either."""
    try:
        made = summarize(article, language, _MOST_WORDS, "headline", settings=settings)
    except (SummaryError, LanguageError, ModelError):
        return None
    return placed(made.sentences[0], article)


def _first(sentences: Sequence[DigestSentence]) -> DigestSentence:
    return replace(sentences[0], text=_FULL_STOP.sub("", sentences[0].text))


def tidy(title: str) -> str:
    """Return a title without the site's name behind it and the kicker before it."""
    title = _SITE.sub("", " ".join(title.split()))
    return _FULL_STOP.sub("", _KICKER.sub("", title))


def tells(title: str) -> bool:
    """Tell whether a title says what happened, in the length of a headline."""
    words = title.split()
    longer = [word for word in words if len(word) > 3 and word.isalpha()]
    shouted = sum(map(str.isupper, longer)) > _SHOUTED * len(longer)
    fits = _FEWEST_WORDS <= len(words) <= _MOST_WORDS
    return fits and not shouted and not _BAIT.search(title) and not _OPEN.search(title)


def disputes(text: str, conflicts: Iterable[Conflict]) -> int:
    """Return how many of its figures a later article gives differently."""
    given = values(text)
    return sum(bool(given & _overtaken(conflict)) for conflict in conflicts)


def _overtaken(conflict: Conflict) -> frozenset[Decimal]:
    *earlier, latest = [values(statement.value) for statement in conflict.statements]
    return frozenset[Decimal]().union(*earlier) - latest


def values(text: str) -> frozenset[Decimal]:
    """Return the figures in a text: "lima orang" is 5, "2.140" may be 2140 or 2.14."""
    return frozenset(value for figure in figures(text) for value in figure.values)
