"""Characters that markup may not hold, taken out before a parser chokes on them."""

from __future__ import annotations

import re

# What XML 1.0 (section 2.2) leaves out: most controls, lone surrogates, U+FFFE and U+FFFF.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|([0-9]{1,10}))(?![0-9a-z]);?", re.IGNORECASE)
_LAST = 0x10FFFF


def parseable(markup: str) -> str:
    """Return ``markup`` without the characters that no markup may hold, written out or by number.

    Browsers pass over them; lxml reads some of them and then refuses to move them.
    """
    return _FORBIDDEN.sub("", without_forbidden_references(markup))


def without_forbidden_references(markup: str) -> str:
    """Return ``markup`` without references such as ``&#0;`` and ``&#xD83D;``."""
    return _REFERENCE.sub(_kept, markup)


def _kept(reference: re.Match[str]) -> str:
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    allowed = number <= _LAST and not _FORBIDDEN.match(chr(number))
    return reference[0] if allowed else ""
