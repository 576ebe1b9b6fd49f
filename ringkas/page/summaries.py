"""A summary beside its article, each sentence tied to the spans it rests on."""

from __future__ import annotations

from ringkas.page.cards import byline
from ringkas.page.markup import escape, link, supported
from ringkas.page.texts import Texts
from ringkas.types import Article, Summary


def welcome(t: Texts) -> str:
    """Return what stands where the summary will be."""
    return f'<p class="welcome">{escape(t("summarize.welcome"))}</p>'


def side_by_side(summary: Summary, t: Texts) -> str:
    """Return the summary and its article as HTML; page.js lights up the sources."""
    article = summary.article
    claims = [sentence.spans for sentence in summary.sentences]
    return (
        '<div class="summary-view"><section class="summary">'
        f"<h2>{escape(t('summarize.summary'))}</h2>"
        f'<div class="summary-text {summary.style}" lang="{summary.language}">'
        f"{_sentences(summary)}</div>{_facts(summary, t)}</section>"
        f'<section class="full-article" tabindex="0" aria-label="{escape(t("summarize.article"))}">'
        f"{_head(article, t)}"
        f'<div lang="{escape(article.language)}">{supported(article.text, claims)}</div>'
        "</section></div>"
    )


def _head(article: Article, t: Texts) -> str:
    return (
        f'{byline(article, t)}<h2 class="title" lang="{escape(article.language)}">'
        f"{link(article.url, article.title)}</h2>"
    )


def _sentences(summary: Summary) -> str:
    claims = [
        f'<span class="claim" role="button" tabindex="0" data-claim="{number}">'
        f"{escape(sentence.text)}</span>"
        if sentence.spans
        else f"<span>{escape(sentence.text)}</span>"
        for number, sentence in enumerate(summary.sentences)
    ]
    if summary.style == "bullets":
        return f"<ul>{''.join(f'<li>{claim}</li>' for claim in claims)}</ul>"
    return f"<p>{' '.join(claims)}</p>"


def _facts(summary: Summary, t: Texts) -> str:
    """Return how long the summary is, and how much of the article it saw if not all."""
    lines = [f"{t('summarize.length', n=summary.words)} · {t('summarize.hint')}"]
    if summary.coverage < 0.995:
        lines.append(t("summarize.coverage", percent=round(summary.coverage * 100)))
    return "".join(f'<p class="quiet">{escape(line)}</p>' for line in lines)
