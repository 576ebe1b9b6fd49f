"""Train the extractive summarizer: ``python -m training.extractive train --data DATA``.

Embedding the articles takes most of the time; vectors are kept in ``--out``, so an interrupted
run carries on where it stopped. ``tune`` searches the weights of ``summarizer/scoring.py`` on
held-out folds and prints them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from summarizer.scorer import WEIGHTS


def main() -> None:
    """Run one command of the recipe."""
    arguments = _parser().parse_args()
    from ringkas.embedding import get_embedder
    from ringkas.settings import Settings
    from training.extractive.recipe import train, tune
    from training.extractive.vectors import RememberingEmbedder

    vectors = arguments.out / "vectors.sqlite"
    embedder = RememberingEmbedder(get_embedder(Settings()), vectors)
    if arguments.command == "train":
        train(arguments.data, embedder, arguments.weights, arguments.limit)
    else:
        print(tune(arguments.data, embedder, arguments.limit))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training.extractive",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=("train", "tune"))
    parser.add_argument("--data", type=Path, required=True, help="folder with summarization/")
    parser.add_argument("--out", type=Path, default=Path("runs/extractive"), help="the vectors")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="where to write the weights")
    parser.add_argument("--limit", type=int, help="read only so many articles a set")
    return parser


if __name__ == "__main__":
    main()
