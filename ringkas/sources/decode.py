"""From bytes to text, whatever encoding they are in."""

from __future__ import annotations

import codecs
import re

from ringkas.errors import BrokenFileError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_META_WITHIN = 4096
_CONTROL_SHARE = 0.02


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """Return ``data`` as text: by byte order mark, UTF-8, the declared encoding, then a guess.

    UTF-8 is tried before what the server declared: text that decodes as UTF-8 is UTF-8, while
    declarations are often wrong.

    Raises:
        BrokenFileError: the bytes are not text in any encoding that can be told.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data, encoding) or _fail(name)
    for named in ("utf-8", declared, _meta_charset(data)):
        decoded = _strictly(data, named) if named else None
        if decoded is not None and not _is_binary(decoded):
            return decoded
    return _guess(data) or _fail(name)


def require_text(data: bytes, name: str) -> None:
    """Refuse bytes that are no text, whatever its encoding.

    Raises:
        BrokenFileError: they hold far more control characters than a text.
    """
    if _is_binary(data.decode("latin-1")):
        _fail(name)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _meta_charset(data: bytes) -> str | None:
    match = _META.search(data[:_META_WITHIN])
    return match[1].decode("ascii") if match else None


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    text = str(best) if best is not None else ""
    return text if text and not _is_binary(text) else None


def _is_binary(text: str) -> bool:
    head = text[:4096]
    controls = sum(char < " " and char not in "\t\n\r\x0c" for char in head)
    return controls > _CONTROL_SHARE * len(head)


def _fail(name: str) -> str:
    raise BrokenFileError(
        f"{name} is not readable text in any known encoding. Save it as UTF-8 and try again."
    )
