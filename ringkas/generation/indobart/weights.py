"""Loads the weights of a checkpoint without running anything that a pickle may hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from ringkas.errors import ModelError
from ringkas.generation.indobart.files import weight_files

_SHOWN = 3


def load_model(folder: Path, config: Any) -> Any:
    """Return the ``MBartForConditionalGeneration`` of a checkpoint, in float32 on the CPU.

    Arguments:
        folder: the checkpoint's folder, with model.safetensors or pytorch_model.bin.
        config: its ``MBartConfig``; it stands in for the one in the folder.

    Raises:
        ModelError: the weights are missing, damaged or unsafe, or those of another model.
    """
    import torch
    from transformers import MBartForConditionalGeneration
    from transformers.utils.logging import disable_progress_bar

    files = weight_files(folder)
    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model, report = cast(Any, MBartForConditionalGeneration).from_pretrained(
            folder,
            config=config,
            dtype=torch.float32,
            weights_only=True,
            use_safetensors=files[0].suffix == ".safetensors",
            local_files_only=True,
            output_loading_info=True,
        )
    except Exception as error:  # damaged files make the loaders raise errors of many kinds
        raise ModelError(
            f"cannot load the weights in {files[0]}: {_first_line(error)}. Download them again "
            "from a source you trust"
        ) from error
    _check(report, files[0])
    return model.eval()


def _check(report: dict[str, Any], file: Path) -> None:
    """Refuse weights that transformers would fill up with random numbers, or use in part.

    Old checkpoints may carry entries that nobody needs, such as version numbers.
    """
    layers = [name for name in report["unexpected_keys"] if ".layers." in name]
    wrong = {
        "of another size": [str(item[0]) for item in report["mismatched_keys"]],
        "missing": sorted(report["missing_keys"]),
        "unknown": sorted(layers),
    }
    found = [f"{len(names)} are {kind} ({_some(names)})" for kind, names in wrong.items() if names]
    if found:
        raise ModelError(
            f"the weights in {file} are not those of the MBart that its config.json describes: "
            f"{'; '.join(found)}. Take config.json and weights from the same checkpoint"
        )


def _some(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
