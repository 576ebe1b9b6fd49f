"""The same article met again: under another of its addresses, or word for word at one outlet."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from ringkas.errors import DuplicateArticleError
from ringkas.sources.identity import canonical_url
from ringkas.types import Article

_VARIANT = re.compile(r"^(?:www\d?|m|mobile|wap|amp)\.")
_AMP_KEYS = frozenset({"amp", "outputtype", "m", "mobile"})
_AMP_VALUES = frozenset({"", "1", "amp", "true", "all"})
_AMP_PATH = re.compile(r"^/amp(?=/)|/amp/?$|\.amp(?=$|\.html?$)", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index\.(?:html?|php))?$", re.IGNORECASE)
# google.com/amp/s/SITE/PATH and SITE-WITH-DASHES.cdn.ampproject.org/c/s/SITE/PATH
_AMP_CACHE = re.compile(
    r"^https?://(?:www\.google\.[a-z.]+/amp|[\w-]+\.cdn\.ampproject\.org/[a-z])/(?:s/)?(?=[\w-]+\.)",
    re.IGNORECASE,
)


def same_address(url: str) -> str:
    """Return what all addresses of one article share.

    Beyond :func:`ringkas.sources.canonical_url`, which names articles in libraries, this sets
    aside the scheme, "www.", mobile and AMP variants, and "index.html".
    """
    canonical = canonical_url(_AMP_CACHE.sub("https://", url.strip()))
    try:
        parts = urlsplit(canonical)
    except ValueError:
        return canonical
    path = _INDEX.sub("", _AMP_PATH.sub("", parts.path))
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not _is_amp(key, value)]
    return f"{_VARIANT.sub('', parts.netloc)}{path}?{urlencode(kept)}"


class Seen:
    """The articles of a run.

    The same text counts as a duplicate only at one outlet: where two outlets print it, it is a
    wire copy, and how many print a story tells how much it matters.
    """

    def __init__(self) -> None:
        self._where: dict[str, str] = {}

    def require_new(self, url: str) -> None:
        """Refuse an address under which an article was read already.

        Raises:
            DuplicateArticleError: naming both addresses.
        """
        earlier = self._where.get(same_address(url))
        if earlier is not None:
            raise _again(url, earlier)

    def add(self, article: Article, *links: str | None) -> None:
        """Remember an article by its addresses and its text.

        Raises:
            DuplicateArticleError: it was read already.
        """
        addresses = [link for link in (article.url, *links) if link]
        name = addresses[0] if addresses else f"“{article.title}”"
        keys = [*map(same_address, addresses), _text_key(article)]
        earlier = next((self._where[key] for key in keys if key in self._where), None)
        for key in keys:
            self._where.setdefault(key, earlier or name)
        if earlier is not None:
            raise _again(links[0] if links and links[0] else name, earlier)


def _again(url: str, earlier: str) -> DuplicateArticleError:
    told = "was read already" if url == earlier else f"is the same article as {_quoted(earlier)}"
    return DuplicateArticleError(f"{_quoted(url)} {told}; it is read once.")


def _quoted(name: str) -> str:
    return name if name.startswith("“") else f"'{name}'"


def _text_key(article: Article) -> str:
    words = " ".join(re.findall(r"\w+", article.text.casefold()))
    outlet = _VARIANT.sub("", article.source or "")
    return f"text:{outlet}:{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()}"


def _is_amp(key: str, value: str) -> bool:
    return key.lower() in _AMP_KEYS and value.lower() in _AMP_VALUES
