"""Reads protocol-buffer messages field by field, as far as a SentencePiece model needs it.

The sentencepiece package tells a model's pieces, but not its character map. Its own message
classes would, but they demand the very release of protobuf that they were generated with, which
other packages forbid. Format: https://protobuf.dev/programming-guides/encoding/
"""

from __future__ import annotations

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def fields(message: bytes) -> dict[int, int | bytes]:
    """Return the fields of a message by number; of a repeated one, the last.

    Strings, bytes and messages are returned as bytes, numbers of fixed size too.

    Raises:
        ValueError: this is no protocol-buffer message.
    """
    found: dict[int, int | bytes] = {}
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, kind = key >> 3, key & 7
        if kind == _VARINT:
            found[number], at = _varint(message, at)
            continue
        if kind == _BYTES:
            size, at = _varint(message, at)
        else:
            size = {_FIXED64: 8, _FIXED32: 4}.get(kind, -1)
        if not number or not 0 <= size <= len(message) - at:
            raise ValueError(f"no protocol-buffer message: strange field at byte {at}")
        found[number], at = message[at : at + size], at + size
    return found


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """Return a number written in groups of seven bits, and where it ends."""
    value = shift = 0
    while at < len(message) and shift < 64:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
    raise ValueError(f"no protocol-buffer message: a number breaks off at byte {at}")
