"""From bytes to text, whatever encoding they are in."""

from __future__ import annotations

import codecs
import contextlib
import re
from dataclasses import dataclass

from ringkas.errors import BrokenFileError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']\s*([\w.-]{2,40})", re.IGNORECASE)
_META_WITHIN = 4096
_CONTROL_SHARE = 0.02
# One broken letter beside four sound ones still leaves no doubt that a text is UTF-8.
_BROKEN_SHARE = 0.25
# XML in UTF-16 without a byte order mark, told by how it must begin (XML 1.0, appendix F).
_WIDE = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"), (b"<\0r\0", "utf-16-le"))


_MOST_GUESSES = 20  # 0.2 s at most for lines that come to nothing


@dataclass
class Guesses:
    """How many more lines of one file are guessed at, once none of those before came to anything.

    A guess takes 5 to 10 ms, and a hostile file has thousands of lines to guess at.
    """

    left: int = _MOST_GUESSES

    def renew(self) -> None:
        """Note that a line came to something."""
        self.left = _MOST_GUESSES


def decode(
    data: bytes, name: str, declared: str | None = None, guesses: Guesses | None = None
) -> str:
    """Return ``data`` as text: by byte order mark, UTF-8, the declared encoding, then a guess.

    UTF-8 is tried before what the server declared: text that decodes as UTF-8 is UTF-8, while
    declarations are often wrong. Of two that contradict each other the server's comes first, then
    the XML declaration, then the page's own (RFC 7303). A few broken letters, as in a feed that
    was cut off, leave a text UTF-8; each becomes U+FFFD. With ``guesses`` it is guessed only while
    some are left.

    Raises:
        BrokenFileError: the bytes are not text in any encoding that can be told, or no guess is
            left.
    """
    for mark, encoding in (*_BOMS, *_WIDE):
        if data.startswith(mark) and (decoded := _strictly(data, encoding)):
            return decoded
    if any(data.startswith(bom) for bom, _ in _BOMS[1:]):
        _fail(name)
    for named in ("utf-8", declared, _stated(_XML, data), _stated(_META, data)):
        decoded = _strictly(data, named) if named else None
        if decoded is None and named == "utf-8":
            decoded = _nearly_utf8(data)
        if decoded is not None and not _is_binary(decoded):
            return decoded
    if guesses is None:
        return _guess(data) or _fail(name)
    if not guesses.left:
        raise BrokenFileError(
            f"{name} is not UTF-8, and the lines before it were in no encoding that can be told. "
            "Save the file as UTF-8 and try again."
        )
    guesses.left -= 1
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
        known = codecs.lookup(encoding).name
        if known in {"iso8859-1", "ascii"}:  # what is called so is Windows-1252, as browsers know
            with contextlib.suppress(UnicodeDecodeError):
                return data.decode("cp1252")
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _nearly_utf8(data: bytes) -> str | None:
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    broken = text.count("\ufffd")
    others = sum(not char.isascii() for char in text) - broken
    return text if broken <= _BROKEN_SHARE * others else None


def _stated(pattern: re.Pattern[bytes], data: bytes) -> str | None:
    match = pattern.search(data[:_META_WITHIN])
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
