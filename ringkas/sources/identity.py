"""What makes an article the same article: its canonical URL, or else its title and text."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_ID_LENGTH = 16
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|igshid|mc_[ce]id|yclid|msclkid|_ga|ref|ref_src|ocid|cmpid"
    r"|at_\w+|source|wtref|tag_from|lang_from|share|traffic_source|_x_tr_\w+"
)
_PAGING = re.compile(r"page|halaman|hal|single|show")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical_url(url: str) -> str:
    """Return ``url`` without what does not change the article: case, tracking, page, fragment.

    The pages of one split article share one canonical URL. What is no valid URL stays as it is.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    scheme = parts.scheme.lower()
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not _is_noise(key.lower(), value)]
    path = parts.path.rstrip("/") or "/"
    return urlunsplit((scheme, _host(parts.hostname, _port(url), scheme), path, _query(kept), ""))


def web_address(url: str) -> str | None:
    """Return ``url`` if a reader may be led to it, else None: no ``javascript:``, no file."""
    return url if url.lower().startswith(("http://", "https://")) else None


def article_id(url: str | None, text: str) -> str:
    """Return a stable id of 16 hexadecimal digits: of the canonical URL, or else of ``text``.

    Without a URL, callers pass title and text together. ``http`` and ``https`` are one address.
    """
    if url:
        key = "url:" + canonical_url(url).removeprefix("https:").removeprefix("http:")
    else:
        key = "text:" + text
    return hashlib.sha256(key.encode()).hexdigest()[:_ID_LENGTH]


def source_name(url: str) -> str | None:
    """Return the outlet that a URL belongs to: its host without "www."."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _is_noise(key: str, value: str) -> bool:
    if _TRACKING.fullmatch(key):
        return True
    return _PAGING.fullmatch(key) is not None and (value.isdigit() or value in {"all", ""})


def _port(url: str) -> int | None:
    try:
        return urlsplit(url.strip()).port
    except ValueError:
        return None


def _host(name: str | None, port: int | None, scheme: str) -> str:
    host = (name or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    return host if port in (None, _DEFAULT_PORTS.get(scheme)) else f"{host}:{port}"


def _query(pairs: list[tuple[str, str]]) -> str:
    return urlencode(sorted(pairs))
