"""Plain text and Markdown files, with YAML front matter where there is some."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, get_args

from ringkas.errors import BrokenFileError
from ringkas.settings import SourceSettings
from ringkas.sources.build import article_from_text
from ringkas.sources.decode import decode
from ringkas.types import Article, Language

# Bounded repeats: unmatched marks in a hostile file must not cost quadratic time.
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\( ?<?[^)\s>]{0,500}>?(?: \"[^\"]{0,300}\")? ?\)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{2,3})(?=\S)(.{1,500}?)(?<=\S)\1(?![\w*])")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_RULE = re.compile(r"^\s*([-*_])(?:\s*\1){2,}\s*$")
_QUOTE = re.compile(r"^\s{0,3}>\s?")


def read_text(data: bytes, name: str, limits: SourceSettings, url: str | None = None) -> Article:
    """Return the article in a plain text file.

    Raises:
        BrokenFileError: the file is no text.
        EmptyArticleError: the file holds fewer than ``limits.min_words`` words.
    """
    return article_from_text(decode(data, name), url=url, min_words=limits.min_words, name=name)


def read_markdown(
    data: bytes, name: str, limits: SourceSettings, url: str | None = None
) -> Article:
    """Return the article in a Markdown file; its front matter gives title, url, date and so on.

    Raises:
        BrokenFileError: the file is no text, or its front matter is not YAML.
        EmptyArticleError: the file holds fewer than ``limits.min_words`` words.
    """
    known, body = _front_matter(decode(data, name), name)
    return article_from_text(
        plain_text(body),
        title=_text(known, "title"),
        url=url or _text(known, "url"),
        source=_text(known, "source"),
        published=_date(known),
        author=_text(known, "author"),
        language=_language(known),
        min_words=limits.min_words,
        name=name,
    )


def plain_text(markdown: str) -> str:
    """Return Markdown as paragraphs of plain text: wrapped lines joined, marks taken off."""
    blocks: list[list[str]] = [[]]
    for line in markdown.splitlines():
        heading = _HEADING.fullmatch(line.strip())
        line = _QUOTE.sub("", line)
        if heading:
            first = not any(blocks)
            name = heading[1].rstrip("# ")
            blocks += [[f"# {name}" if first else name], []]
        elif not line.strip() or _RULE.match(line):
            blocks.append([])
        elif re.match(r"\s*(?:[-*+]|\d{1,3}[.)])\s", line):
            blocks.append([line.strip()])
        else:
            blocks[-1].append(line.strip())
    return "\n\n".join(_unmarked(" ".join(block)) for block in blocks if block)


def _unmarked(line: str) -> str:
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", line))


def _front_matter(text: str, name: str) -> tuple[Mapping[str, Any], str]:
    import frontmatter
    import yaml  # type: ignore[import-untyped]
    from frontmatter.default_handlers import YAMLHandler

    try:
        post = frontmatter.loads(text, handler=YAMLHandler())
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: 2024-02-31
        raise BrokenFileError(
            f"the front matter of {name} is not YAML: {_one_line(error)}. "
            "Correct the lines between the two '---'."
        ) from None
    known = {str(key).lower(): value for key, value in post.metadata.items()}
    return known, post.content


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _text(known: Mapping[str, Any], key: str) -> str | None:
    """Return a scalar as text; a nested value (which YAML aliases can make huge) is no text."""
    value = known.get(key)
    return str(value).strip() or None if isinstance(value, str | int | float | date) else None


def _date(known: Mapping[str, Any]) -> datetime | str | None:
    value = known.get("published", known.get("date"))
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return value if isinstance(value, str) else None


def _language(known: Mapping[str, Any]) -> Language | None:
    value = known.get("language")
    return next((code for code in get_args(Language) if code == value), None)
