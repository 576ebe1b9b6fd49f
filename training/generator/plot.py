"""The course of a stage as a picture: its loss, and chrF++ on sentences held out."""

from __future__ import annotations

import json
from pathlib import Path


def plot(log: Path, picture: Path) -> None:
    """Draw ``log`` (JSON Lines) over the steps into a PNG file."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 2.8), dpi=110)
    _curve(left, lines, "loss", "loss, nats a token")
    for name in ("chrf_en", "chrf_id"):
        _curve(right, lines, name, "chrF++, sentences held out")
    right.legend(["into English", "into Indonesian"], frameon=False)
    for axes in (left, right):
        axes.set_xlabel("step")
        axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    picture.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(picture)
    plt.close(figure)


def _curve(axes: object, lines: list[dict[str, float]], name: str, label: str) -> None:
    known = [line for line in lines if name in line]
    axes.plot([line["step"] for line in known], [line[name] for line in known], linewidth=1)  # type: ignore[attr-defined]
    axes.set_ylabel(label)  # type: ignore[attr-defined]
