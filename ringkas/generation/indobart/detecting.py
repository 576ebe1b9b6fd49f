"""Recognises IndoBART checkpoints, and tells their versions apart as far as that is possible."""

from __future__ import annotations

import re
from pathlib import Path

from ringkas.errors import ModelError
from ringkas.generation.indobart.files import read_json
from ringkas.generation.indobart.layout import FORMAT, MARKER, PUBLISHED, VOCABULARY, Version
from ringkas.generation.indobart.spiece import Spiece

_CLASS = "IndoNLGTokenizer"
_V2 = re.compile(r"indo-?bart[-_ ]?v2", re.IGNORECASE)
_V1 = frozenset({"indobenchmark/indobart", "IndoBART Model"})
_HEADING = re.compile(r"^#+ +(.*\S)", re.MULTILINE)


def is_indobart(folder: Path) -> bool:
    """Tell whether a model's folder holds an IndoBART checkpoint, converted or not.

    The configuration tells it: an MBart (or, in early uploads, Bart) of 40,004 tokens, or one with
    the authors' tokenizer class. IndoGPT has that class too, but is no MBart.

    Raises:
        ModelError: the folder's configuration is damaged.
    """
    config = read_json(folder / "config.json")
    if config.get("model_type") not in ("mbart", "bart"):
        return False
    tokenizer = read_json(folder / "tokenizer_config.json")
    declared = _CLASS in (config.get("tokenizer_class"), tokenizer.get("tokenizer_class"))
    return declared or config.get("vocab_size") == VOCABULARY or is_converted(folder)


def is_converted(folder: Path) -> bool:
    """Tell whether a folder was written by this converter, in the form it writes now.

    Raises:
        ModelError: the folder's marker is damaged.
    """
    marker = read_json(folder / MARKER)
    return marker.get("kind") == "indobart" and marker.get("format") == FORMAT


def version_of(folder: Path, name: str = "") -> Version:
    """Return which IndoBART a checkpoint is, or comes from: what its papers say.

    The weights of v1 and v2 have the same names and shapes, and their configurations the same
    values; so a version is known only where something names it: the Hub name, ``_name_or_path``
    in the configuration, or a heading of the model card. "indobart" in the name of a fine-tuned
    checkpoint says nothing: many of those come from v2.

    Arguments:
        folder: the checkpoint's folder.
        name: its name on the Hub, where it has one.

    Raises:
        ModelError: the folder's configuration is damaged.
    """
    recorded = read_json(folder / MARKER).get("version")
    origin = str(read_json(folder / "config.json").get("_name_or_path", ""))
    for hint in (str(recorded), name or folder.name, origin, *_headings(folder)):
        if hint == "v2" or _V2.search(hint):
            return "v2"
        if hint == "v1" or hint in _V1:
            return "v1"
    return "unknown"


def refuse_mixture(weights: Version, vocabulary: Version, folder: Path) -> None:
    """Refuse v1's vocabulary for v2's weights, and the other way round.

    Raises:
        ModelError: both versions are known, and differ.
    """
    if "unknown" not in (weights, vocabulary) and weights != vocabulary:
        raise ModelError(
            f"the weights are IndoBART {weights}'s, but {folder} holds the vocabulary of "
            f"{vocabulary}. Take the vocabulary of IndoBART {weights}"
        )


def is_published(spiece: Spiece) -> bool:
    """Tell whether a vocabulary gives the ids that the authors have printed."""
    return all(tuple(spiece.encode(text)) == ids for text, ids in PUBLISHED.items())


def _headings(folder: Path) -> list[str]:
    file = folder / "README.md"
    if not file.is_file():
        return []
    return _HEADING.findall(file.read_text(encoding="utf-8", errors="replace"))
