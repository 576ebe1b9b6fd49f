"""A seq2seq model of transformers, converted for ctranslate2 once and kept in the cache folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

from ringkas.cachefolder import filled_once
from ringkas.errors import ModelError
from ringkas.narrowing import narrow
from ringkas.settings import cache_folder

_FORMAT = 2  # raise the number when what is written here changes
_PIECE = 1 << 20
_TOKENIZERS = ("tokenizer.json", "vocab.json", "vocab.txt", "merges.txt")

# Which converter reads a model type, and what it wants to find in the configuration:
# transformers 5 no longer keeps these two there.
_LOADERS: dict[str, tuple[str, dict[str, bool]]] = {
    "bart": ("BartLoader", {"normalize_before": False, "normalize_embedding": True}),
    "mbart": ("MBartLoader", {"normalize_before": True, "normalize_embedding": True}),
    "pegasus": ("PegasusLoader", {"normalize_before": True, "normalize_embedding": False}),
    "m2m_100": ("M2M100Loader", {}),
    "t5": ("T5Loader", {}),
    "mt5": ("MT5Loader", {}),
}


def check_convertible(name: str, model_type: str) -> None:
    """Refuse a model that ctranslate2 cannot run.

    Raises:
        ModelError: there is no converter for the model's type.
    """
    if model_type not in _LOADERS:
        raise ModelError(
            f"ctranslate2 cannot run '{name}', a model of type '{model_type}'; it runs "
            f"{', '.join(sorted(_LOADERS))}. Set generator.engine = 'transformers'."
        )


def converted(folder: Path, precision: str, load: Callable[[], Any]) -> Path:
    """Return the folder with the converted model, converting it where that was not done before.

    Arguments:
        folder: the model as transformers saved it; its content is the key in the cache.
        precision: ``"int8"`` or ``"float32"``.
        load: returns the model with its weights in float32; they are used up.

    Raises:
        ModelError: the cache folder cannot be written, or the model cannot be converted.
    """
    from ctranslate2 import __version__ as version

    key = f"{content_key(folder)}-{precision}-{version}-{_FORMAT}"
    target = cache_folder() / "seq2seq" / key

    def fill(scratch: Path) -> None:
        convert(load(), precision, scratch)

    return filled_once(target, "model.bin", fill, "the converted model")


def convert(model: Any, precision: str, folder: Path) -> None:
    """Write ``model`` into ``folder``, with ids as vocabulary. The model is used up.

    The start tokens always come with the request, since they depend on the language.
    """
    import torch
    from ctranslate2.converters import transformers as converters

    loader, wanted = _LOADERS[model.config.model_type]
    for name, value in wanted.items():
        setattr(model.config, name, value)
    with torch.no_grad():
        spec = getattr(converters, loader)().get_model_spec(model)
    if model.config.model_type in ("t5", "mt5"):
        _mend_scale(spec, model.config)
    _register_ids(spec, model)
    spec.validate()
    spec.optimize(quantization=precision)
    if precision == "int8":
        narrow(spec)
    spec.save(str(folder))


def _mend_scale(spec: Any, config: Any) -> None:
    """Scale T5's outputs exactly where transformers does.

    The converter goes by ``tie_word_embeddings``, which transformers 5 sets for every T5 and mT5.
    """
    from ctranslate2.specs.model_spec import OPTIONAL

    scaled = getattr(config, "scale_decoder_outputs", False)
    spec.decoder.scale_outputs = config.d_model**-0.5 if scaled else OPTIONAL


def _register_ids(spec: Any, model: Any) -> None:
    words = [str(number) for number in range(model.get_input_embeddings().num_embeddings)]
    spec.register_source_vocabulary(words)
    spec.register_target_vocabulary(words)
    end = _first(model.generation_config.eos_token_id)
    spec.config.eos_token = str(end)
    # Neither is ever inserted here: sources come with their special tokens, all of them known.
    spec.config.bos_token = spec.config.unk_token = str(end)
    spec.config.decoder_start_token = None


def _first(number: int | list[int]) -> int:
    return number[0] if isinstance(number, list) else number


def content_key(folder: Path) -> str:
    """Return a key for the content of a model's configuration, tokenizer and weights.

    Weights are checked against their tokenizer when they are converted, so another one counts.
    """
    digest = hashlib.sha256()
    names = ("config.json", "generation_config.json", *_TOKENIZERS)
    kinds = ("*.safetensors", "*.bin", "*.model")
    for file in sorted(
        {*(folder / name for name in names), *chain.from_iterable(map(folder.glob, kinds))}
    ):
        if file.is_file():
            digest.update(file.name.encode())
            with file.open("rb") as content:
                while piece := content.read(_PIECE):
                    digest.update(piece)
    return digest.hexdigest()[:20]
