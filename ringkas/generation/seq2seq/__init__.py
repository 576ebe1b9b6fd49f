"""Seq2seq models that write summaries: IndoBART, mBART, T5, PEGASUS, BART, on two engines."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import Any

from ringkas.errors import SettingsError
from ringkas.generation.seq2seq.base import Decoding, Engine
from ringkas.generation.seq2seq.checkpoint import Checkpoint, open_checkpoint
from ringkas.generation.seq2seq.codec import Codec
from ringkas.generation.seq2seq.dialect import Dialect, dialect_of
from ringkas.generation.seq2seq.model import Seq2Seq, Written
from ringkas.generation.seq2seq.search import decoding_for
from ringkas.generation.seq2seq.selftest import check_tokenizer, check_weights
from ringkas.settings import GeneratorSettings

__all__ = [
    "Checkpoint",
    "Codec",
    "Decoding",
    "Dialect",
    "Seq2Seq",
    "Written",
    "decoding_for",
    "dialect_of",
    "get_seq2seq",
    "open_checkpoint",
]

_LOADING = Lock()
_PRECISIONS = {
    "transformers": ("auto", "float32", "bfloat16"),
    "ctranslate2": ("auto", "float32", "int8"),
}


def get_seq2seq(settings: GeneratorSettings, *, offline: bool = True) -> Seq2Seq:
    """Return the seq2seq model that the settings name, its weights loaded once per process.

    Settings that only say how to search for a reply share one model.

    Raises:
        SettingsError: the model has no name, its engine no such precision, or there are no beams.
        MissingExtraError: the engine is not installed.
        ModelError: the model cannot be loaded, does not fit together, or is not trained.
    """
    possible = _PRECISIONS[settings.engine]
    if settings.precision not in possible:
        raise SettingsError(
            f"generator.precision is '{settings.precision}', which the engine '{settings.engine}' "
            f"does not have; choose one of {', '.join(possible)}"
        )
    if settings.beams < 1:
        raise SettingsError(f"generator.beams is {settings.beams}; expected 1 (greedy) or more")
    key = GeneratorSettings(
        kind="seq2seq",
        model=settings.model,
        engine=settings.engine,
        precision=settings.precision,
        languages=settings.languages,
        prefix=settings.prefix,
    )
    with _LOADING:  # two requests at once must not load the weights twice
        return _build(key, offline)


@lru_cache(maxsize=1)
def _build(settings: GeneratorSettings, offline: bool) -> Seq2Seq:
    checkpoint = open_checkpoint(settings.model, offline=offline)
    codec = Codec(checkpoint, dialect_of(checkpoint, settings.languages, settings.prefix))
    check_tokenizer(codec)
    build = _on_ctranslate2 if settings.engine == "ctranslate2" else _on_transformers
    return Seq2Seq(codec, build(codec, settings))


def _on_transformers(codec: Codec, settings: GeneratorSettings) -> Engine:
    from ringkas.generation.seq2seq.transformers_engine import TransformersEngine
    from ringkas.generation.seq2seq.weights import placed

    model = placed(codec.checkpoint, settings.precision)  # type: ignore[arg-type]
    check_weights(model, codec)
    pad = codec.checkpoint.tokenizer.pad_token_id
    return TransformersEngine(model, pad=pad, end=codec.checkpoint.end)


def _on_ctranslate2(codec: Codec, settings: GeneratorSettings) -> Engine:
    from ringkas.generation.seq2seq.conversion import check_convertible, converted
    from ringkas.generation.seq2seq.ctranslate2_engine import CTranslate2Engine

    checkpoint = codec.checkpoint
    check_convertible(checkpoint.name, checkpoint.config.model_type)
    precision = "float32" if settings.precision == "float32" else "int8"

    def load() -> Any:
        import torch

        from ringkas.generation.seq2seq.weights import load_weights

        model = load_weights(checkpoint, torch.float32)
        check_weights(model, codec)
        return model

    folder = converted(checkpoint.folder, precision, load)
    return CTranslate2Engine(folder, precision, end=checkpoint.end)
