"""What an issue says about itself: how it was made, and the line that inboxes show."""

from __future__ import annotations

from collections.abc import Iterator

from ringkas.types import DigestSentence
from summarizer.digesting.naming import source_name
from summarizer.newsletters.issue import Item, Newsletter
from summarizer.newsletters.rendering.cleaning import plain, shortened
from summarizer.newsletters.rendering.words import words

_PREHEADER = 140  # characters; inboxes show 90 to 140


def preheader(newsletter: Newsletter) -> str:
    """Return what inboxes show behind the subject: the introduction, else the headlines.

    There is no room to mark anything there, so what the sources do not hold is left out.
    """
    said = " ".join(one.text for one in newsletter.introduction if not one.flags)
    held = (item.headline for item in newsletter.items if item.headline.supported)
    headlines = " · ".join(headline.text for headline in held)
    return shortened(plain(said or headlines), _PREHEADER)


def colophon(newsletter: Newsletter) -> tuple[str, ...]:
    """Return how the issue was made, in whole sentences."""
    phrases = words(newsletter.language)
    articles = {one.id: one for item in newsletter.items for one in item.story.articles}
    outlets = {source_name(article) for article in articles.values()}
    key = "made_one" if len(articles) == 1 else "made_outlet" if len(outlets) == 1 else "made"
    lines = [phrases[key].format(articles=len(articles), outlets=len(outlets))]
    if newsletter.items:
        lines.append(_written(newsletter))
    if any(map(_is_marked, newsletter.introduction)) or any(_unsupported(newsletter)):
        lines.append(phrases["flagged"])
    return tuple(lines)


def _written(newsletter: Newsletter) -> str:
    phrases = words(newsletter.language)
    written = [item for item in newsletter.items if _by_model(item)]
    if not written:
        return phrases["extracted"]
    models = ", ".join(dict.fromkeys(plain(item.model) for item in written))
    kind = "written" if len(written) == len(newsletter.items) else "partly"
    return phrases[kind].format(models=models)


def _by_model(item: Item) -> bool:
    return bool(item.model) and not item.fell_back and item.method != "extractive"


def _is_marked(sentence: DigestSentence) -> bool:
    """Tell whether a sentence of the introduction is marked; it may do without sources."""
    return bool(sentence.flags)


def _unsupported(newsletter: Newsletter) -> Iterator[bool]:
    for item in newsletter.items:
        yield from (not one.supported for one in (item.headline, *item.sentences))
