"""A small change to the reader's weights, as products of thin matrices (LoRA; Hu et al., 2022).

One is shipped: ``decider`` turns the reader into one that finds the sentence which decides a
yes/no question. ``training/reader`` makes it of weights that were trained in full.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringkas.errors import ModelError
from ringkas.shipped import ShippedWeights

if TYPE_CHECKING:
    from torch import Tensor

DECIDER = Path(__file__).parent / "weights" / "decider"
"""The adapter shipped with the library."""

FILES = ShippedWeights(
    "the adapter of the reader's weights",
    "adapter.safetensors",
    "adapter.json",
    "python -m training.reader decider",
)
_DOWN, _UP = ":down", ":up"


def sha256_of(folder: Path) -> str:
    """Return the SHA-256 that the adapter's weights must have.

    Raises:
        ModelError: the adapter's manifest is missing or damaged.
    """
    return str(FILES.about(folder).get("sha256"))


def verify(folder: Path) -> Path:
    """Return the file of the adapter's weights, which must be the one that was written.

    Raises:
        ModelError: the adapter is missing or damaged.
    """
    return FILES.verified(folder, sha256_of(folder))


def adapted(state: Mapping[str, Tensor], base: str, folder: Path) -> dict[str, Tensor]:
    """Return the weights ``state`` with the adapter in ``folder`` added.

    Arguments:
        state: the reader's weights in float32.
        base: the SHA-256 of the file that they came from.
        folder: the adapter.

    Raises:
        ModelError: the adapter is missing, damaged, or made for other weights.
    """
    from safetensors.torch import load_file

    about = FILES.about(folder)
    path = FILES.verified(folder, about.get("sha256"))
    if about.get("base") != base:
        raise ModelError(
            f"the adapter in '{folder}' was made for other reader weights. {FILES.remedy}"
        )
    parts = {name: tensor.float() for name, tensor in load_file(path).items()}
    return {name: tensor + _change(name, parts) for name, tensor in state.items()}


def write(
    trained: Mapping[str, Tensor],
    state: Mapping[str, Tensor],
    rank: int,
    folder: Path,
    manifest: Mapping[str, Any],
) -> None:
    """Write what leads from ``state`` to ``trained``, matrices as products of rank ``rank``."""
    import torch
    from safetensors.torch import save_file

    parts: dict[str, Tensor] = {}
    for name, before in state.items():
        change = trained[name].float() - before.float()
        if change.ndim == 2 and min(change.shape) > rank:
            up, strength, down = torch.linalg.svd(change, full_matrices=False)
            parts[name + _UP] = (up[:, :rank] * strength[:rank]).half().contiguous()
            parts[name + _DOWN] = down[:rank].half().contiguous()
        else:
            parts[name] = change.half().contiguous()
    folder.mkdir(parents=True, exist_ok=True)
    save_file(parts, folder / FILES.weights)
    FILES.record(folder, {**manifest, "rank": rank})


def _change(name: str, parts: Mapping[str, Tensor]) -> Tensor:
    try:
        return parts[name] if name in parts else parts[name + _UP] @ parts[name + _DOWN]
    except KeyError:
        raise ModelError(f"the adapter lacks '{name}'. {FILES.remedy}") from None
