"""An IndoBART checkpoint as it lies on the Hub, named as generator.model."""

from __future__ import annotations

from pathlib import Path

import pytest

from ringkas.errors import ModelError
from ringkas.generation.seq2seq import Codec, dialect_of, get_seq2seq, open_checkpoint
from ringkas.settings import GeneratorSettings

INDONESIAN = 40002


def test_it_is_converted_and_addressed_as_it_was_trained(checkpoint: Path, cache: Path) -> None:
    opened = open_checkpoint(str(checkpoint))
    codec = Codec(opened, dialect_of(opened))
    assert opened.folder != checkpoint
    assert codec.dialect.starts == {"id": (INDONESIAN, 0)}
    ids = codec.encode("Wali kota membuka rapat.", "id")
    assert (ids[0], ids[-2:]) == (0, [2, INDONESIAN])
    assert codec.decode(ids) == "wali kota membuka rapat."
    assert not codec.keeps_case


def test_random_weights_are_refused(folder: Path) -> None:
    with pytest.raises(ModelError, match="does not know its own tokens"):
        get_seq2seq(GeneratorSettings(kind="seq2seq", model=str(folder)))
