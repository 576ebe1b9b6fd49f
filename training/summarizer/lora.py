"""Low-rank changes to a model's matrices, which are learnt in place of the matrices."""

from __future__ import annotations

from typing import Any

import torch

from ringkas.errors import MissingExtraError

_NAME = "summarizer"
_ALPHA_PER_RANK = 2  # as usual: the change counts twice


def add_lora(model: Any, rank: int, seed: int) -> None:
    """Give every linear layer but the last a change of this rank, and freeze all else.

    Raises:
        MissingExtraError: peft is not installed.
    """
    try:
        from peft import LoraConfig, inject_adapter_in_model
    except ImportError as error:
        raise MissingExtraError("peft", "lora", "Training with LoRA") from error
    torch.manual_seed(seed)
    config = LoraConfig(r=rank, lora_alpha=_ALPHA_PER_RANK * rank, target_modules="all-linear")
    inject_adapter_in_model(config, model, adapter_name=_NAME)


def merged(model: Any) -> dict[str, torch.Tensor]:
    """Return the weights of the model, under their own names, with any such changes added in."""
    state: dict[str, torch.Tensor] = model.state_dict()
    for name, layer in model.named_modules():
        if not hasattr(layer, "get_delta_weight"):
            continue
        for part in [key for key in state if key.startswith(f"{name}.")]:
            weight = state.pop(part)
            if part.startswith(f"{name}.base_layer."):
                state[part.replace(".base_layer.", ".")] = weight
        change: torch.Tensor = layer.get_delta_weight(_NAME)
        state[f"{name}.weight"] = state[f"{name}.weight"] + change.detach()
    return state
