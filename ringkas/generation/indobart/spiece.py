"""Reads IndoBART's SentencePiece model, and refuses one that is built otherwise."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ringkas.errors import MissingExtraError, ModelError
from ringkas.generation.indobart.layout import BYTES, SPECIAL
from ringkas.generation.indobart.wire import fields

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

# The fields of sentencepiece_model.proto that tell how a model splits text, with their defaults.
_TRAINER, _NORMALIZER = 2, 3
_MODEL_TYPE, _BPE = 3, 2
_WHITESPACE_AS_SUFFIX, _BYTE_FALLBACK = 24, 35
_CHARACTERS, _DUMMY_PREFIX, _MERGE_SPACES, _ESCAPE_SPACES = 2, 3, 4, 5


@dataclass(frozen=True)
class Spiece:
    """A SentencePiece BPE model: its pieces in order of id, their scores, its character map.

    ``plain`` holds the ids of the pieces that text is made of; the rest are control and byte
    pieces.
    """

    file: Path
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    plain: frozenset[int]
    characters: bytes
    processor: SentencePieceProcessor = field(repr=False)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over pieces, scores and character map: the same for the same vocabulary."""
        digest = hashlib.sha256(self.characters)
        for piece, score in zip(self.pieces, self.scores, strict=True):
            digest.update(f"\n{piece}\t{score:.6g}".encode())
        return digest.hexdigest()

    def encode(self, text: str) -> list[int]:
        """Return the ids that IndoBART was trained on for ``text``: lowercased, then split."""
        return list(self.processor.encode(text.lower()))


def read_spiece(file: Path) -> Spiece:
    """Read a SentencePiece model of IndoBART's kind.

    Raises:
        MissingExtraError: sentencepiece is not installed.
        ModelError: the file is damaged, or is not a byte-fallback BPE with IndoBART's first pieces.
    """
    processor = _processor(file)
    ids = range(processor.get_piece_size())
    pieces = tuple(processor.id_to_piece(index) for index in ids)
    characters = _characters(file)
    _check_pieces(pieces, file)
    reserved = (
        processor.is_control,
        processor.is_unknown,
        processor.is_byte,
        processor.is_unused,
    )
    return Spiece(
        file,
        pieces,
        tuple(processor.get_score(index) for index in ids),
        frozenset(index for index in ids if not any(holds(index) for holds in reserved)),
        characters,
        processor,
    )


def _processor(file: Path) -> SentencePieceProcessor:
    try:
        from sentencepiece import SentencePieceProcessor
    except ImportError as error:
        purpose = "Converting an IndoBART checkpoint"
        raise MissingExtraError("sentencepiece", "indobart", purpose) from error
    try:
        return SentencePieceProcessor(model_file=str(file))
    except (OSError, RuntimeError, ValueError) as error:
        raise ModelError(
            f"{file} is not a SentencePiece model, or damaged ({error}); download it again"
        ) from error


def _characters(file: Path) -> bytes:
    """Return the character map, and refuse settings that the conversion does not reproduce."""
    try:
        model = fields(file.read_bytes())
        trainer, normalizer = fields(_bytes(model, _TRAINER)), fields(_bytes(model, _NORMALIZER))
    except (OSError, ValueError) as error:
        raise ModelError(f"{file} cannot be read: {error}") from error
    characters = _bytes(normalizer, _CHARACTERS)
    expected = {
        "BPE": trainer.get(_MODEL_TYPE) == _BPE,
        "byte fallback": bool(trainer.get(_BYTE_FALLBACK, False)),
        "spaces at the start of words": not trainer.get(_WHITESPACE_AS_SUFFIX, False),
        "a space before the first word": bool(normalizer.get(_DUMMY_PREFIX, True)),
        "spaces merged": bool(normalizer.get(_MERGE_SPACES, True)),
        "spaces shown as ▁": bool(normalizer.get(_ESCAPE_SPACES, True)),
        "a character map": bool(characters),
    }
    if absent := [name for name, holds in expected.items() if not holds]:
        raise ModelError(
            f"{file} is not IndoBART's SentencePiece model: it lacks {', '.join(absent)}"
        )
    return characters


def _bytes(message: dict[int, int | bytes], number: int) -> bytes:
    value = message.get(number, b"")
    return value if isinstance(value, bytes) else b""


def _check_pieces(pieces: tuple[str, ...], file: Path) -> None:
    expected = (*SPECIAL, *BYTES)
    for index, (found, wanted) in enumerate(zip(pieces, expected, strict=False)):
        if found != wanted:
            raise ModelError(
                f"{file} is not IndoBART's SentencePiece model: piece {index} is '{found}', "
                f"expected '{wanted}'"
            )
    if len(pieces) <= len(expected):
        raise ModelError(
            f"{file} is not IndoBART's SentencePiece model: it has only {len(pieces)} pieces"
        )
