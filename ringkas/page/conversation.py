"""One reader's conversation, and how it looks: answers with their sources, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ringkas.page.cards import cited_cards, hit_card
from ringkas.page.markup import escape
from ringkas.page.notices import failure
from ringkas.page.texts import Texts
from ringkas.types import Answer, Citation, Turn


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what came of it: an answer, an error, or neither yet."""

    question: str
    answer: Answer | None = None
    error: Exception | None = None


def turns(exchanges: Sequence[Exchange]) -> list[Turn]:
    """Return what a follow-up question may lean on: the answered questions, as searched for."""
    return [
        Turn(each.answer.asked, each.answer.text)
        for each in exchanges
        if each.answer is not None and each.answer.found
    ]


def latest(exchanges: Sequence[Exchange], t: Texts) -> str:
    """Return the newest exchange as HTML."""
    if not exchanges:
        return f'<p class="welcome">{escape(t("ask.welcome"))}</p>'
    newest = exchanges[-1]
    return (
        '<article class="turn">'
        f'<h2 class="question">{escape(newest.question)}</h2>{_asked(newest, t)}'
        f"{_reply(newest, t)}</article>"
    )


def earlier(exchanges: Sequence[Exchange], t: Texts) -> str:
    """Return all but the newest exchange as HTML, folded, newest first."""
    if len(exchanges) < 2:
        return ""
    folded = "".join(_folded(each, t) for each in reversed(exchanges[:-1]))
    return f'<section class="earlier"><h2>{escape(t("ask.earlier"))}</h2>{folded}</section>'


def _folded(exchange: Exchange, t: Texts) -> str:
    reply = exchange.answer.text if exchange.answer else "–"
    return (
        f"<details><summary><span>{escape(exchange.question)}</span>"
        f" <b>{escape(reply)}</b></summary>{_asked(exchange, t)}{_reply(exchange, t)}</details>"
    )


def _asked(exchange: Exchange, t: Texts) -> str:
    """Show the question as it was searched for, when that differs from what was typed."""
    answer = exchange.answer
    if answer is None or answer.asked.strip() == exchange.question.strip():
        return ""
    return f'<p class="asked">{escape(t("ask.asked_as"))} <q>{escape(answer.asked)}</q></p>'


def _reply(exchange: Exchange, t: Texts) -> str:
    if exchange.error is not None:
        return failure(exchange.error, t)
    if exchange.answer is None:
        return f'<p class="pending">{escape(t("ask.searching"))}</p>'
    if not exchange.answer.found:
        return _not_found(exchange.answer, t)
    if exchange.answer.variants:
        return _versions(exchange.answer, t)
    return _found(exchange.answer, t)


def _found(answer: Answer, t: Texts) -> str:
    confidence = t("ask.confidence", percent=round(answer.score * 100))
    return (
        '<div class="reply"><div class="verdict">'
        f'<p class="answer">{escape(answer.text)}</p>'
        f'<p class="quiet">{escape(confidence)}</p></div>'
        f"{_sources(answer.citations, answer, t)}</div>"
    )


def _versions(answer: Answer, t: Texts) -> str:
    """Show differing answers side by side, the likeliest first."""
    versions = [(answer.text, answer.citations)]
    versions += [(variant.text, variant.citations) for variant in answer.variants]
    columns = "".join(
        f'<li><p class="answer">{escape(text)}</p>{_sources(citations, answer, t)}</li>'
        for text, citations in versions
    )
    return (
        f'<p class="quiet versions-note">{escape(t("ask.versions"))}</p>'
        f'<ul class="versions">{columns}</ul>'
    )


def _sources(citations: Sequence[Citation], answer: Answer, t: Texts) -> str:
    if not citations:
        return f'<p class="quiet">{escape(t("ask.no_source"))}</p>'
    copies = {hit.article.id: hit.copies for hit in answer.nearest}
    return (
        f'<section class="sources"><h3>{escape(t("ask.sources"))}</h3>'
        f"<ol>{cited_cards(citations, copies, t)}</ol></section>"
    )


def _not_found(answer: Answer, t: Texts) -> str:
    cards = "".join(hit_card(hit, t) for hit in answer.nearest)
    nearest = (
        f'<section class="sources"><h3>{escape(t("ask.nearest"))}</h3><ol>{cards}</ol></section>'
        if cards
        else ""
    )
    return (
        '<div class="reply not-found"><div class="verdict">'
        f'<p class="answer">{escape(answer.text)}</p></div>{nearest}</div>'
    )
