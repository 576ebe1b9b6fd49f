"""A seq2seq model's weights, read whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ringkas.errors import ModelError
from ringkas.generation.seq2seq.checkpoint import Checkpoint, first_line

if TYPE_CHECKING:
    import torch


def load_weights(checkpoint: Checkpoint, dtype: torch.dtype, **options: Any) -> Any:
    """Return the model on the CPU, its weights in ``dtype``.

    Arguments:
        checkpoint: the model's files.
        dtype: the number format.
        options: further arguments of transformers' ``from_pretrained``.

    Raises:
        ModelError: the weights are missing, damaged, or those of another model.
    """
    from transformers import AutoModelForSeq2SeqLM
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        loaded: Any = AutoModelForSeq2SeqLM.from_pretrained(
            checkpoint.folder,
            local_files_only=True,
            dtype=dtype,
            output_loading_info=True,
            **options,
        )
    except Exception as error:  # damaged files make the loaders raise errors of many kinds
        raise ModelError(
            f"cannot load the weights of '{checkpoint.name}': {first_line(error)}. Fetch them "
            "again."
        ) from error
    model, report = loaded
    if report["missing_keys"]:  # transformers would fill them with random numbers, and only warn
        missing = sorted(report["missing_keys"])
        raise ModelError(
            f"'{checkpoint.name}' does not fit together: {len(missing)} of its weights are "
            f"missing, such as {missing[0]}. Fetch it again."
        )
    return model


def placed(checkpoint: Checkpoint, precision: Literal["auto", "float32", "bfloat16"]) -> Any:
    """Return the model where it runs fastest: on the GPU where there is one.

    Raises:
        ModelError: the weights are missing, damaged, or those of another model.
    """
    import torch

    from ringkas.embedding.precision import choose_dtype

    if not torch.cuda.is_available():
        return load_weights(checkpoint, choose_dtype(precision))
    wide = precision == "float32" or not torch.cuda.is_bf16_supported()
    return load_weights(checkpoint, torch.float32 if wide else torch.bfloat16).to("cuda")
