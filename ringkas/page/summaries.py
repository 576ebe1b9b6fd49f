"""A summary beside its article, each sentence tied to the spans it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from ringkas.page import exports
from ringkas.page.cards import byline
from ringkas.page.flags import Places, flagged, unfounded
from ringkas.page.markup import escape, lang, link, supported
from ringkas.page.texts import Texts
from ringkas.types import Article, Summary, SummarySentence


def welcome(t: Texts) -> str:
    """Return what stands where the summary will be."""
    return f'<p class="welcome">{escape(t("summarize.welcome"))}</p>'


@dataclass(slots=True)
class Draft:
    """What a model has written so far, before any of it is checked."""

    text: str = ""
    done: int = 0
    parts: int = 0

    def read(self, done: int, parts: int) -> None:
        """Note that ``done`` of the ``parts`` of a long article are read."""
        self.done, self.parts = done, parts

    def shown(self, piece: str | None, t: Texts) -> str:
        """Add a piece, if there is one, and return the draft as HTML."""
        self.text += piece or ""
        going = t("summarize.writing")
        if self.parts and not self.text:
            going = t("summarize.reading_parts", done=self.done, parts=self.parts)
        return (
            f'<div class="draft" aria-busy="true"><p class="status">{escape(going)}</p>'
            f'<div class="summary-text">{escape(self.text)}</div></div>'
        )


def side_by_side(summary: Summary, t: Texts) -> str:
    """Return the summary and its article as HTML; page.js lights up the sources."""
    article = summary.article
    claims = [sentence.spans for sentence in summary.sentences]
    places = Places(article, first=len(claims))
    told = f"{_sentences(summary, places, t)}{_notes(summary, places, t)}"
    return (
        '<div class="summary-view"><section class="summary">'
        f"<h2>{escape(t('summarize.summary'))}</h2>{told}</section>"
        f'<section class="full-article" tabindex="0" aria-label="{escape(t("summarize.article"))}">'
        f"{_head(article, t)}<div {lang(article.language)}>"
        f"{supported(article.text, claims, places.spans)}</div></section></div>"
    )


def _head(article: Article, t: Texts) -> str:
    return (
        f'{byline(article, t)}<h2 class="title" {lang(article.language)}>'
        f"{link(article.url, article.title)}</h2>"
    )


def _sentences(summary: Summary, places: Places, t: Texts) -> str:
    claims = [
        _sentence(sentence, number, places, t) for number, sentence in enumerate(summary.sentences)
    ]
    if summary.style == "bullets":
        body = f"<ul>{''.join(f'<li>{claim}</li>' for claim in claims)}</ul>"
    else:
        body = f"<p>{' '.join(claims)}</p>"
    return f'<div class="summary-text {summary.style}" {lang(summary.language)}>{body}</div>'


def _sentence(sentence: SummarySentence, number: int, places: Places, t: Texts) -> str:
    """Return one sentence: a button, or where something is flagged, a text with buttons in it."""
    if sentence.flags:
        return (
            f'<span class="claim has-flags" data-claim="{number}">'
            f"{flagged(sentence, number, places, t)}</span>"
        )
    if not sentence.spans:
        return unfounded(sentence, number, t)
    return (
        f'<span class="claim" role="button" tabindex="0" data-claim="{number}">'
        f"{escape(sentence.text)}</span>"
    )


def _notes(summary: Summary, places: Places, t: Texts) -> str:
    """Return what can be done with the summary, and all there is to know about it."""
    marked = any(not each.supported for each in summary.sentences)
    hint = "flags.hint" if marked else "summarize.hint"
    facts = [t("summarize.length", n=summary.words), exports.written_by(summary, t)]
    if summary.coverage >= exports.WHOLE:
        facts.append(exports.read(summary, t))
    return (
        f"{_keep(summary, t)}{_read(summary, t)}"
        f'<p class="quiet">{escape(" · ".join(facts))}</p>'
        f'<p class="quiet">{escape(t(hint))}</p>'
        f"{_dropped(summary, places, t)}"
    )


def _keep(summary: Summary, t: Texts) -> str:
    """Return the buttons that copy and download; the files are in the links themselves."""
    name = exports.file_name(summary.article.title, t("summarize.file"))
    text = exports.download(
        exports.as_text(summary, t), f"{name}.txt", "text/plain", t("summarize.as_text")
    )
    markdown = exports.download(
        exports.as_markdown(summary, t), f"{name}.md", "text/markdown", t("summarize.as_markdown")
    )
    return (
        '<div class="actions">'
        f'<button type="button" class="plain" data-copy="{escape(summary.text)}" '
        f'data-done="{escape(t("summarize.copied"))}">{escape(t("summarize.copy"))}</button>'
        f"{text}{markdown}</div>"
    )


def _read(summary: Summary, t: Texts) -> str:
    """Return clear words where the article was not read whole, or the model's text did not hold."""
    lines = []
    if summary.coverage < exports.WHOLE:
        why = "lead_only" if summary.method == "lead" else "not_all"
        lines.append(f"{exports.read(summary, t)}. {t(f'summarize.{why}')}")
    if summary.fell_back:
        lines.append(t("summarize.fell_back"))
    return "".join(f'<p class="caution">{escape(line)}</p>' for line in lines)


def _dropped(summary: Summary, places: Places, t: Texts) -> str:
    """Return what a model wrote and nobody should rely on, folded away."""
    if not summary.dropped:
        return ""
    items = "".join(f"<li>{flagged(sentence, -1, places, t)}</li>" for sentence in summary.dropped)
    told = t("summarize.dropped", n=len(summary.dropped))
    return (
        f'<details class="dropped"><summary>{escape(told)}</summary>'
        f"<ul {lang(summary.language)}>{items}</ul></details>"
    )
