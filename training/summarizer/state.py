"""Where a run stands: written whole or not at all, in safetensors and JSON, never as a pickle."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import torch
from safetensors.torch import load_file, save_file

from training.summarizer.data import TrainingError
from training.summarizer.learning import Learner

_FOLDER = "state"
_WEIGHTS, _MOMENTS, _STANDING = "weights.safetensors", "optimizer.safetensors", "standing.json"
_COUNT = "step"
_PARTS = (_COUNT, "exp_avg", "exp_avg_sq")  # what AdamW remembers of each weight


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run has come: steps done, the best score so far, evaluations since then.

    ``before`` is the score before the first step.
    """

    step: int = 0
    best: float = -1.0
    worse: int = 0
    before: float = -1.0


Place = TypeVar("Place", bound=Standing)


def save_state(out: Path, learner: Learner, standing: Standing) -> None:
    """Write where the run stands; the state before is removed once this one is complete."""
    folder = out / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{standing.step:08d}"
    scratch = folder / f".{target.name}"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    weights = {name: weight.detach().contiguous() for name, weight in learner.trained.items()}
    save_file(weights, scratch / _WEIGHTS)
    save_file(_moments(learner), scratch / _MOMENTS)
    (scratch / _STANDING).write_text(json.dumps(asdict(standing)), encoding="utf-8")
    if target.exists():
        shutil.rmtree(target)
    scratch.replace(target)
    for older in _states(out):
        if older != target:
            shutil.rmtree(older)


def load_state(out: Path, learner: Learner, beginning: Place) -> Place:
    """Put the last state back into the learner; a run without one stands at its beginning.

    Raises:
        TrainingError: the state is damaged.
    """
    states = _states(out)
    if not states:
        return beginning
    last = states[-1]
    try:
        standing = type(beginning)(**json.loads((last / _STANDING).read_text(encoding="utf-8")))
        weights, moments = load_file(last / _WEIGHTS), load_file(last / _MOMENTS)
        with torch.no_grad():
            for name, weight in learner.trained.items():
                weight.copy_(weights[name])
        _put_back(learner, moments)
    except Exception as error:  # damaged files fail in many ways
        raise TrainingError(
            f"the state in {last} is damaged ({error}). Delete that folder to begin anew."
        ) from error
    return standing


def _states(out: Path) -> list[Path]:
    return sorted((out / _FOLDER).glob("[0-9]*"))


def _moments(learner: Learner) -> dict[str, torch.Tensor]:
    """Return AdamW's memory by the names of the weights."""
    found: dict[str, torch.Tensor] = {}
    for name, weight in learner.trained.items():
        known = learner.optimizer.state[weight]
        found |= {f"{part}/{name}": known[part].detach().contiguous() for part in _PARTS}
    return found


def _put_back(learner: Learner, moments: dict[str, torch.Tensor]) -> None:
    for name, weight in learner.trained.items():
        if f"{_COUNT}/{name}" in moments:
            learner.optimizer.state[weight] = {
                part: moments[f"{part}/{name}"].to(weight.device) for part in _PARTS
            }
