"""Collect the common words of Indonesian texts with their stems: what ``retrieval.stems`` ships.

``python -m training.stems --data DATA`` takes about two minutes.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from evaluation.data import rows
from retrieval import stems
from retrieval.terms import words

# Of the distinct words of articles that were not counted, 93 % are among this many.
_WORDS = 65_000
# Rows read of each file: the last 1,919 articles of clickid are left for measuring.
_FILES = {
    "news/clickid": 6_000,
    "summarization/indosum.train": None,
    "wiki/wiki_id.0": 60_000,
    "wiki/wiki_id.1": 60_000,
}


def common_words(data: Path) -> list[str]:
    """Return the commonest words of plain letters, most frequent first."""
    counted: Counter[str] = Counter()
    for name, most in _FILES.items():
        for row in islice(rows(data / name), most):
            counted.update(_plain(words(row["text"])))
    return [word for word, _ in counted.most_common(_WORDS)]


def _plain(found: Iterable[str]) -> Iterable[str]:
    return (word for word in found if word.isalpha() and word.isascii())


def main() -> None:
    """Write the file that is shipped."""
    parser = argparse.ArgumentParser(prog="python -m training.stems", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with news/, wiki/ ...")
    parser.add_argument("--out", type=Path, default=stems.COMMON)
    arguments = parser.parse_args()
    found = common_words(arguments.data)
    packed = stems.pack((word, stems.sastrawi(word)) for word in found)
    arguments.out.write_bytes(packed)
    print(f"{len(found):,} words, {len(packed):,} bytes: {arguments.out}")


if __name__ == "__main__":
    main()
