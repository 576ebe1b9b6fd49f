"""The loss curve of a run, as a small picture."""

from __future__ import annotations

import json
from pathlib import Path


def plot_loss(log: Path, picture: Path) -> None:
    """Draw the loss in ``log`` (JSON Lines) over optimiser steps into a PNG file."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    figure, axes = plt.subplots(figsize=(5, 2.6), dpi=110)
    axes.plot([line["step"] for line in lines], [line["loss"] for line in lines], linewidth=1)
    axes.set(xlabel="optimiser step (16 examples)", ylabel="loss", ylim=(0, None))
    axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    picture.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(picture)
    plt.close(figure)
