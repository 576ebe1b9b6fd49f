"""Source cards: a passage of an article with the cited sentence marked inside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ringkas.page.dates import written
from ringkas.page.markup import escape, lang, link, marked
from ringkas.page.texts import Texts
from ringkas.types import Article, Citation, Hit, Passage, Span


def cited_cards(
    citations: Sequence[Citation], copies: Mapping[str, Sequence[str]], t: Texts
) -> str:
    """Return one card for each cited passage; ``copies`` names near-duplicates by article id."""
    passages: dict[str, list[Citation]] = {}
    for citation in citations:
        passages.setdefault(citation.passage.id, []).append(citation)
    return "".join(
        _card(
            group[0].article,
            group[0].passage,
            [Span(each.start, each.end) for each in group],
            copies.get(group[0].article.id, ()),
            t,
        )
        for group in passages.values()
    )


def hit_card(hit: Hit, t: Texts) -> str:
    """Return the card of a passage that was found, with nothing marked."""
    return _card(hit.article, hit.passage, (), hit.copies, t)


def byline(article: Article, t: Texts) -> str:
    """Return outlet, date and language of an article in one line of HTML."""
    parts = [
        f'<span class="outlet">{escape(article.source or t("library.pasted"))}</span>',
        _date(article, t),
        f"<span>{escape(t(f'languages.{article.language}'))}</span>",
    ]
    return f'<p class="byline">{" · ".join(parts)}</p>'


def _date(article: Article, t: Texts) -> str:
    if article.published is None:
        return f"<span>{escape(t('library.undated'))}</span>"
    stamp = escape(article.published.isoformat())
    return f'<time datetime="{stamp}">{escape(written(article.published, t))}</time>'


def _card(
    article: Article, passage: Passage, spans: Sequence[Span], copies: Sequence[str], t: Texts
) -> str:
    text = article.text
    before = "… " if passage.start > 0 else ""
    after = " …" if passage.end < len(text.rstrip()) else ""
    body = marked(text, Span(passage.start, passage.end), spans)
    note = f'<p class="quiet">{escape(t("ask.copies", n=len(copies)))}</p>' if copies else ""
    return (
        f'<li class="source">{byline(article, t)}'
        f'<h4 class="title" {lang(article.language)}>'
        f"{link(article.url, article.title)}</h4>"
        f"<blockquote {lang(article.language)}>{before}{body}{after}</blockquote>"
        f"{note}</li>"
    )
