"""Text inside Markdown: nothing that an article says becomes markup."""

from __future__ import annotations

import re

from markupsafe import Markup

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What opens a list, a heading's underline or a rule when it stands first in a line.
_LEADING = re.compile(r"^(\s*)([-+=])|^(\s*\d{1,9})([.)])(?=\s|$)")


def escape_markdown(value: object) -> Markup:
    """Return ``value`` so that Markdown shows it as it is; a ``Markup`` is markup already."""
    if isinstance(value, Markup):
        return value
    return Markup(_LEADING.sub(_guarded, _SPECIAL.sub(r"\\\1", str(value))))  # noqa: S704


def _guarded(found: re.Match[str]) -> str:
    before, mark = (found[1], found[2]) if found[2] else (found[3], found[4])
    return f"{before}\\{mark}"


def markdown_link(label: object, url: str) -> Markup:
    """Return ``label`` as a link to ``url``, or alone where there is no address.

    ``url`` is percent-encoded, as a source's is.
    """
    said = escape_markdown(label)
    return Markup(f"[{said}]({_ENTITY.sub('&amp;', url)})" if url else said)  # noqa: S704
