"""A trained model as a folder that any program with transformers loads, and its card."""

from __future__ import annotations

import copy
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch

from ringkas.generation.seq2seq import Codec
from ringkas.types import OutputLanguage
from training.summarizer.lora import merged
from training.summarizer.scoring import Scores

_WEIGHTS = "model.safetensors"
_CARD = "README.md"
_NOT_COPIED = (
    "*.safetensors", "*.bin", "*.index.json", "config.json", "generation_config.json", _CARD,
)  # fmt: skip


def save_model(
    folder: Path, model: Any, codec: Codec, languages: Sequence[OutputLanguage], card: str
) -> None:
    """Write a seq2seq model into ``folder``, or its better weights where it is there already."""
    publish(
        folder,
        lambda scratch: save_weights(model, scratch),
        lambda scratch: _add_papers(scratch, codec, languages),
        card,
    )


def publish(
    folder: Path, weights: Callable[[Path], None], papers: Callable[[Path], None], card: str
) -> None:
    """Fill ``folder`` with ``weights`` and ``papers``, or put better weights into it.

    The folder appears complete, and its weights are replaced at once; so it always holds a model
    that can be used.
    """
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        weights(scratch)
        if (folder / _WEIGHTS).is_file():
            (scratch / _WEIGHTS).replace(folder / _WEIGHTS)
        else:
            papers(scratch)
            (scratch / _CARD).write_text(card, encoding="utf-8")
            scratch.replace(folder)
        (folder / _CARD).write_text(card, encoding="utf-8")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def save_weights(model: Any, folder: Path, dtype: torch.dtype | None = None) -> None:
    """Write all weights into one file, LoRA's changes added in, as ``dtype`` if it is given."""
    written: dict[int, torch.Tensor] = {}  # tied weights stay one
    state = {
        name: written.setdefault(weight.data_ptr(), weight.to(dtype or weight.dtype))
        for name, weight in merged(model).items()
    }
    model.save_pretrained(folder, state_dict=state, max_shard_size="1TB")


def _add_papers(folder: Path, codec: Codec, languages: Sequence[OutputLanguage]) -> None:
    """Copy what belongs to the model besides its weights; note what training has settled."""
    checkpoint = codec.checkpoint
    left = {file for pattern in _NOT_COPIED for file in checkpoint.folder.glob(pattern)}
    for file in checkpoint.folder.iterdir():
        if file.is_file() and file not in left:
            shutil.copy(file, folder / file.name)
    config = copy.deepcopy(checkpoint.config)  # the model's own has training's dropout in it
    if codec.dialect.prefix:
        tasks = getattr(config, "task_specific_params", None) or {}
        task = {**checkpoint.task, "prefix": codec.dialect.prefix}
        config.task_specific_params = {**tasks, "summarization": task}
    config.save_pretrained(folder)
    _settle_start(checkpoint.defaults, codec, languages).save_pretrained(folder)


def _settle_start(defaults: Any, codec: Codec, languages: Sequence[OutputLanguage]) -> Any:
    """Return the generation settings; a model taught one language starts in it from now on."""
    settled = copy.deepcopy(defaults)
    if codec.dialect.steered and len(languages) == 1:
        first, *forced = codec.dialect.starts[languages[0]]
        settled.decoder_start_token_id = first
        settled.forced_bos_token_id = forced[0] if forced else None
    return settled


def card_of(
    name: str, languages: Sequence[OutputLanguage], pairs: int, held: int, scores: Scores
) -> str:
    """Return the model card; its header tells which languages the model writes."""
    return (
        f"---\nlanguage: {json.dumps(list(languages))}\ntags: [summarization]\n---\n\n"
        f"# Summarizer\n\nFine-tuned from `{name}` on {pairs:,} pairs of texts "
        f"and summaries with `ringkas train summarizer`. On {held:,} pairs held out, written "
        f"greedily: {scores} (rouge-score, no stemmer).\n\nThe terms of the model it was made "
        "from and of the data it was trained on apply.\n"
    )
