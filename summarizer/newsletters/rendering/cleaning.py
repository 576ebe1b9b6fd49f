"""What comes from articles, made harmless for every format: characters and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit, urlunsplit

from ringkas.types import Span

# Control characters, lone surrogates and the marks that turn the direction of writing around.
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
# Beside letters, digits and "%", what may stand in an address as it is (RFC 3986), without the
# apostrophe and the brackets, which end an address in HTML and Markdown.
_KEPT = "%/:?#@!$&*+,;=-._~[]"
_WORDS_AT_ENDS = 3  # of a quotation, enough to find it on its page
_WHOLE = 2 * _WORDS_AT_ENDS  # words of a quotation that is looked for as a whole


def plain(text: str) -> str:
    """Return a text in one line, without control characters."""
    return " ".join(spaced(text).split())


def spaced(text: str) -> str:
    """Return a part of a text in one line; space at its ends stays."""
    return re.sub(r"\s+", " ", _FORBIDDEN.sub(" ", text))


def web_address(url: str | None) -> str:
    """Return an address that may be linked, percent-encoded, or "" unless it is http or https."""
    try:
        parts = urlsplit(_FORBIDDEN.sub("", url or "").strip())
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    return urlunsplit(part if at == 0 else quote(part, _KEPT) for at, part in enumerate(parts))


def pointed(url: str, passage: str) -> str:
    """Return an address that opens a page at a passage, where the browser can do so.

    Source: https://wicg.github.io/scroll-to-text-fragment/. An address with a fragment of its own
    stays as it is.
    """
    said = plain(passage).split()
    if not url or not said or urlsplit(url).fragment:
        return url
    ends = [said] if len(said) <= _WHOLE else [said[:_WORDS_AT_ENDS], said[-_WORDS_AT_ENDS:]]
    # "-", "," and "&" have a meaning in a text directive.
    encoded = [quote(" ".join(end), safe="").replace("-", "%2D") for end in ends]
    return f"{url}#:~:text={','.join(encoded)}"


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, overlapping ones as one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def shortened(text: str, longest: int) -> str:
    """Return a text of at most ``longest`` characters, cut between words."""
    if len(text) <= longest:
        return text
    head = text[:longest].rsplit(" ", 1)[0].rstrip(" ,.;:–—-")
    return f"{head}…"
