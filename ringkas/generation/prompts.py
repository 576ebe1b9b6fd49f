"""Prompts live in Markdown files, ``prompts/*.md`` of each package, not in code.

``<!-- name -->`` alone on a line opens a section; every other comment is left out; ``${...}`` is
filled in by the code that sends the section.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template

_SECTION = re.compile(r"^<!-- (\w+) -->\n", re.M)
_COMMENT = re.compile(r"<!--.*?-->\n?", re.S)


@cache
def read_prompt(file: Path) -> Mapping[str, Template]:
    """Return the sections of a prompt file by their names."""
    parts = _SECTION.split(file.read_text(encoding="utf-8"))[1:]
    return {
        name: Template(_COMMENT.sub("", text).strip())
        for name, text in zip(parts[::2], parts[1::2], strict=True)
    }
