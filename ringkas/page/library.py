"""The list of articles in the library, and the report on what was added to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ringkas.page.cards import byline
from ringkas.page.markup import escape, lang, link, paragraphs
from ringkas.page.notices import failure
from ringkas.page.texts import Texts
from ringkas.types import Article, Failure


def article_list(articles: Sequence[Article], total: int, t: Texts, removable: bool = True) -> str:
    """Return the articles as an HTML list; ``total`` is how many the library holds."""
    if not articles:
        return (
            f'<p class="welcome">{escape(t("library.nothing" if total else "library.empty"))}</p>'
        )
    rows = "".join(_row(article, t, removable) for article in articles)
    heading = t("library.count", n=total)
    if len(articles) < total:
        heading = t("library.shown", n=len(articles), total=total)
    return f'<p class="quiet">{escape(heading)}</p><ol class="articles">{rows}</ol>'


def report(counts: Mapping[str, int], failures: Sequence[Failure], t: Texts) -> str:
    """Return what came of adding: ``counts`` by kind (``library.<kind>``), then each failure."""
    said = [t(f"library.{kind}", n=n) for kind, n in counts.items() if n or kind == "added"]
    line = f'<p class="status" role="status">{escape("; ".join(said))}.</p>'
    return line + "".join(failure(each.error, t, about=each.source) for each in failures)


def _row(article: Article, t: Texts, removable: bool) -> str:
    body = "".join(f"<p>{escape(span.of(article.text))}</p>" for span in paragraphs(article.text))
    read = f"{t('library.read')}: {article.title}"
    actions = ["summarize", "remove"] if removable else ["summarize"]
    buttons = "".join(_button(action, article, t) for action in actions)
    return (
        f'<li class="entry">{byline(article, t)}'
        f'<h3 class="title" {lang(article.language)}>'
        f"{link(article.url, article.title)}</h3>"
        f'<div class="actions">{buttons}</div>'
        f'<details><summary aria-label="{escape(read)}">{escape(t("library.read"))}</summary>'
        f'<div class="body" {lang(article.language)}>{body}</div></details></li>'
    )


def _button(action: str, article: Article, t: Texts) -> str:
    """Return a button that page.js turns into the event ``action`` with the article's id."""
    sure = t("library.remove_sure", title=article.title) if action == "remove" else ""
    label = t(f"library.{action}")
    return (
        f'<button type="button" class="plain" data-action="{action}" '
        f'data-article="{escape(article.id)}" data-sure="{escape(sure)}" '
        f'aria-label="{escape(f"{label}: {article.title}")}">{escape(label)}</button>'
    )
