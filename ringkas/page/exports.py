"""A summary as a file to keep: plain text or Markdown, with its source and what it rests on."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode

from ringkas.page.dates import written
from ringkas.page.flags import warnings
from ringkas.page.markup import escape
from ringkas.page.texts import Texts
from ringkas.types import Article, Summary

WHOLE = 0.995  # what counts as the whole article: headings and bylines are not read
_LONGEST_NAME = 80
_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")


def file_name(title: str, fallback: str) -> str:
    """Return a title as a file's name without suffix: lower-case words joined by hyphens.

    ``fallback`` stands in for a title without any Latin letter or digit.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    name = ""
    for word in words:
        if len(name) + len(word) >= _LONGEST_NAME:
            break
        name = f"{name}-{word}" if name else word
    return name or fallback


def as_text(summary: Summary, t: Texts) -> str:
    """Return the title, the summary, and where it comes from, as plain text."""
    article = summary.article
    source = [_origin(article, t), article.url or ""]
    made = f"{written_by(summary, t)} · {read(summary, t)}"
    lines = [article.title, "", summary.text, "", *filter(None, source), made]
    if wrong := warnings(summary, t):
        lines += ["", *wrong]
    return "\n".join(lines) + "\n"


def as_markdown(summary: Summary, t: Texts) -> str:
    """Return the same as Markdown; nothing in the article is taken for a mark."""
    article = summary.article
    body = _plain(summary.text)
    if summary.style == "bullets":
        body = "\n".join(f"- {_plain(sentence.text)}" for sentence in summary.sentences)
    origin = _plain(_origin(article, t))
    if article.url:
        origin = f"[{origin}](<{article.url.replace('<', '%3C').replace('>', '%3E')}>)"
    made = _plain(f"{written_by(summary, t)} · {read(summary, t)}")
    wrong = "".join(f"- {_plain(line)}\n" for line in warnings(summary, t))
    notes = f"\n{wrong}" if wrong else ""
    return f"# {_plain(article.title)}\n\n{body}\n\n{origin}  \n*{made}*\n{notes}"


def written_by(summary: Summary, t: Texts) -> str:
    """Return how the summary was made."""
    return t(f"methods.by_{summary.method}", model=summary.model)


def read(summary: Summary, t: Texts) -> str:
    """Return how much of the article was read; never all of it where it was less."""
    if summary.coverage >= WHOLE:
        return t("summarize.read_all")
    return t("summarize.coverage", percent=max(1, int(summary.coverage * 100)))


def download(content: str | bytes, name: str, kind: str, label: str) -> str:
    """Return a link that saves ``content`` as a file; it holds the file, so no copy is kept here.

    ``kind`` is its media type.
    """
    data = b64encode(content.encode() if isinstance(content, str) else content).decode()
    return (
        f'<a class="plain" download="{escape(name)}" '
        f'href="data:{kind};charset=utf-8;base64,{data}">{escape(label)}</a>'
    )


def _origin(article: Article, t: Texts) -> str:
    parts = [article.source or t("library.pasted")]
    if article.published:
        parts.append(written(article.published, t))
    return ", ".join(parts)


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)
