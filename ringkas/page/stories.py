"""The board of an issue: stories by section, each with its sources, to be ticked and moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ringkas.page.board import Board
from ringkas.page.dates import written
from ringkas.page.markup import escape, lang, link
from ringkas.page.notices import failure
from ringkas.page.texts import Texts
from ringkas.types import Article
from summarizer.newsletters.issue import LeftOut, Story

_LISTED = 20  # stories that are spare, or left out for one reason; the rest is counted


def welcome(t: Texts) -> str:
    """Return what stands where the stories will be."""
    return f'<p class="welcome">{escape(t("newsletter.welcome"))}</p>'


def stories(board: Board, t: Texts) -> str:
    """Return the board as HTML; page.js tells what is ticked and moved."""
    sections = board.sections()
    names = list(sections)
    listed = (
        "".join(_section(name, sections[name], names, board, t) for name in names)
        or f'<p class="welcome">{escape(t("newsletter.nothing"))}</p>'
    )
    count = t("newsletter.count", n=len(board.rows) - len(board.off), total=len(board.rows))
    return (
        f'<p class="quiet" role="status">{escape(count)} {escape(t("newsletter.arrange"))}</p>'
        f"{listed}{_spares(board.spares(), t)}{_never(board.never(), t)}"
        + "".join(failure(each.error, t, about=each.source) for each in board.choice.failures)
    )


def _section(
    name: str, mates: Sequence[Story], names: Sequence[str], board: Board, t: Texts
) -> str:
    rows = "".join(_row(story, mates, story.id not in board.off, t) for story in mates)
    buttons = _moves("section", name, name, names, t) if board.sections_move else ""
    return (
        f'<section class="board-section"><h3><span>{escape(name)}</span>{buttons}</h3>'
        f'<ol class="board">{rows}</ol></section>'
    )


def _row(story: Story, mates: Sequence[Story], ticked: bool, t: Texts) -> str:
    ids = [mate.id for mate in mates]
    title = story.lead.title
    return (
        f'<li class="story{"" if ticked else " is-off"}" draggable="true" '
        f'data-story="{escape(story.id)}">'
        f"{_tick(story, ticked)}"
        f'<span class="moves">{_moves("story", story.id, title, ids, t)}</span>'
        f"{_sources(story, t)}</li>"
    )


def _tick(story: Story, ticked: bool) -> str:
    checked = " checked" if ticked else ""
    return (
        f'<label class="tick"><input type="checkbox" data-action="tick" '
        f'data-story="{escape(story.id)}"{checked}>'
        f'<span class="title" {lang(story.lead.language)}>'
        f"{escape(story.lead.title)}</span></label>"
    )


def _moves(kind: str, id_: str, title: str, ids: Sequence[str], t: Texts) -> str:
    """Return the two buttons that move a story or a section by one place; none if it is alone."""
    if len(ids) == 1:
        return ""
    at = ids.index(id_)
    return "".join(
        f'<button type="button" class="move" data-action="move" data-kind="{kind}" '
        f'data-story="{escape(id_)}" data-by="{by}"{" disabled" if stuck else ""} '
        f'aria-label="{escape(t(f"newsletter.{name}", title=title))}">{arrow}</button>'
        for by, arrow, name, stuck in (
            (-1, "↑", "up", at == 0),
            (1, "↓", "down", at == len(ids) - 1),
        )
    )


def _sources(story: Story, t: Texts) -> str:
    """Return who tells a story: articles that print the same text count as one voice."""
    outlets = dict.fromkeys(article.source or t("library.pasted") for article in story.articles)
    told = t("newsletter.told", n=len(story.articles))
    if len(story.voices) < len(story.articles):
        told += t("newsletter.voices", n=len(story.voices))
    rank = t("newsletter.rank", percent=round(story.rank.total * 100))
    items = "".join(f"<li>{_article(article, t)}</li>" for article in story.articles)
    return (
        f'<details class="told"><summary><span>{escape(", ".join(outlets))} · {escape(told)}'
        f' · <span title="{escape(_why(story, t))}">{escape(rank)}</span></span></summary>'
        f'<p class="quiet">{escape(_why(story, t))}</p><ul>{items}</ul></details>'
    )


def _why(story: Story, t: Texts) -> str:
    """Return what a story's rank is made of; what counts for nothing is left out."""
    parts = {
        name: round(getattr(story.rank, name) * 100)
        for name in ("coverage", "recency", "diversity", "keywords")
    }
    return " · ".join(
        t(f"newsletter.by_{name}", percent=share) for name, share in parts.items() if share
    )


def _article(article: Article, t: Texts) -> str:
    day = f", {written(article.published, t)}" if article.published else ""
    outlet = escape((article.source or t("library.pasted")) + day)
    title = link(article.url, article.title)
    return f"{outlet}: <span {lang(article.language)}>{title}</span>"


def _spares(spares: Sequence[Story], t: Texts) -> str:
    if not spares:
        return ""
    rows = "".join(
        f'<li class="story is-off" data-story="{escape(story.id)}">'
        f"{_tick(story, ticked=False)}{_sources(story, t)}</li>"
        for story in spares[:_LISTED]
    )
    more = len(spares) - _LISTED
    rest = f'<p class="quiet">{escape(t("newsletter.more", n=more))}</p>' if more > 0 else ""
    return (
        f'<section class="board-section"><h3>{escape(t("newsletter.spares"))}</h3>'
        f'<ol class="board">{rows}</ol>{rest}</section>'
    )


def _never(left_out: Sequence[LeftOut], t: Texts) -> str:
    """Return what cannot be printed, counted by reason, with the titles folded away."""
    reasons: dict[str, list[Story]] = defaultdict(list)
    for one in left_out:
        reasons[one.reason].append(one.story)
    return "".join(
        f'<details class="told never"><summary>{escape(_count(reason, those, t))}</summary><ul>'
        + "".join(f"<li>{_article(story.lead, t)}</li>" for story in those[:_LISTED])
        + "</ul></details>"
        for reason, those in reasons.items()
    )


def _count(reason: str, those: Sequence[Story], t: Texts) -> str:
    return t(f"reasons.{reason.replace(' ', '_')}", n=len(those))
