"""Text that every encoding can write: lone surrogates replaced.

A lone surrogate is half of a character. Broken JSON, odd file names and cut emoji leave some, and
neither a hash, nor a tokenizer, nor a store takes a string that holds one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from ringkas.types import Article

_LONE = re.compile("[\ud800-\udfff]")


def well_formed(text: str) -> str:
    """Return ``text`` with U+FFFD for each lone surrogate: one character for one."""
    return _LONE.sub("\ufffd", text)


def well_formed_article(article: Article) -> Article:
    """Return the article with all its strings well formed; the offsets of its text hold.

    Cleaning has done this for what ``ringkas.read`` returns, so it is for articles made by hand.
    One bad character costs no article: it is shown as U+FFFD, as browsers show it.
    """
    values = {field.name: getattr(article, field.name) for field in fields(article)}
    fixed = {name: _fixed(value) for name, value in values.items()}
    return article if fixed == values else replace(article, **fixed)


def _fixed(value: Any) -> Any:
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, Mapping):
        return {_fixed(key): _fixed(item) for key, item in value.items()}
    return value
