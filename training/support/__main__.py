"""Make what the support check and the lexical search know of words.

``python -m training.support lexicon|swaps --data DATA``: ``lexicon`` learns word pairs and
ordinary words (half an hour on one core), ``swaps`` fits the model that tells a swapped number,
date or name from a right one.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ringkas.embedding import get_embedder
from ringkas.runtime import prepare_libraries
from ringkas.settings import Settings
from ringkas.text.lexicon import DATA
from summarizer.support.swaps import WEIGHTS
from training.support.lexicon import write_lexicon
from training.support.swaps import fit


def main() -> None:
    """Run one command of the recipe."""
    arguments = _parser().parse_args()
    prepare_libraries()
    if arguments.command == "lexicon":
        write_lexicon(arguments.data, DATA)
    else:
        fit(arguments.data, get_embedder(Settings()), arguments.limit, WEIGHTS)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training.support",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=("lexicon", "swaps"))
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with summarization/, translation/ ..."
    )
    parser.add_argument("--limit", type=int, default=250, help="articles a set for the swaps")
    return parser


if __name__ == "__main__":
    main()
