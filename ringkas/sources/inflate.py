"""Compressed answers unpacked: gzip, deflate in both its readings, brotli, one inside the other.

Nothing is inflated beyond the limit it is given, so that a decompression bomb costs no memory.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

GZIP = b"\x1f\x8b"
ACCEPTED = "gzip, deflate, br"
# A gzip file may be several, one after the other; honest servers send one, log rotators a few.
_MOST_MEMBERS = 100
_MOST_ENCODINGS = 3


def inflate(data: bytes, encodings: str, most: int) -> bytes:
    """Undo the content encodings that a header names, in reverse order.

    Arguments:
        data: the body as it was sent.
        encodings: the Content-Encoding header, such as ``"gzip"`` or ``"br, gzip"``.
        most: in bytes; where there is more, ``most + 1`` bytes are returned.

    Raises:
        ValueError: an encoding is unknown, or the data is not in it, or breaks off.

    Source: RFC 9110, section 8.4.
    """
    names = [part.strip().lower() for part in encodings.split(",")]
    if len(names) > _MOST_ENCODINGS:
        raise ValueError(f"it is compressed {len(names)} times over")
    for name in reversed(names):
        if name in {"", "identity"} or not data:
            continue
        unpack = _KNOWN.get(name)
        if unpack is None:
            raise ValueError(f"it is sent as '{name}', which was not asked for")
        data = unpack(data, most)
        if len(data) > most:
            break
    return data


def gunzip(data: bytes, most: int) -> bytes:
    """Return what a gzip file holds, all its members joined.

    Raises:
        ValueError: it is no gzip file, or breaks off.
    """
    if not data.startswith(GZIP):
        raise ValueError("it is said to be gzip, and is not")
    whole = bytearray()
    for _ in range(_MOST_MEMBERS):
        inflated, data = _member(data, most - len(whole), wbits=31)
        whole += inflated
        if len(whole) > most or not data.startswith(GZIP):
            break
    return bytes(whole)


def _deflated(data: bytes, most: int) -> bytes:
    """Servers disagree on what "deflate" is: with the header of zlib, or without."""
    headed = data[0] & 15 == 8 and int.from_bytes(data[:2]) % 31 == 0
    return _member(data, most, wbits=15 if headed else -15)[0]


def _member(data: bytes, most: int, wbits: int) -> tuple[bytes, bytes]:
    """Return one compressed stream unpacked, and what follows it."""
    inflater = zlib.decompressobj(wbits)
    try:
        inflated = inflater.decompress(data, most + 1)
    except zlib.error as error:
        raise ValueError(f"its compression is damaged ({error})") from None
    if len(inflated) <= most and not inflater.eof:
        raise ValueError("it broke off in the middle")
    return inflated, inflater.unused_data.lstrip(b"\0")


def _unbrotli(data: bytes, most: int) -> bytes:
    import brotli

    inflater = brotli.Decompressor()
    whole = bytearray()
    try:
        piece = inflater.process(data, output_buffer_limit=most + 1)
        while piece and len(whole) <= most:
            whole += piece
            piece = inflater.process(b"", output_buffer_limit=most + 1)
    except brotli.error as error:
        raise ValueError(f"its compression is damaged ({error})") from None
    if len(whole) <= most and not inflater.is_finished():
        raise ValueError("it broke off in the middle")
    return bytes(whole[: most + 1])


_KNOWN: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": gunzip,
    "x-gzip": gunzip,
    "deflate": _deflated,
    "br": _unbrotli,
}
