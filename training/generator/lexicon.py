"""Words and their translations, from the English-Indonesian dictionary of FreeDict and WikDict.

Sentences teach how the languages are put together, and 27,000 pairs of them hold few of the words
that news needs. The dictionary is made of Wiktionary (CC BY-SA 3.0) and comes with Debian's package
``dict-freedict-eng-ind``.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from training.summarizer.data import TrainingError

DICTIONARY: Final = Path("/usr/share/dictd/freedict-eng-ind.dict.dz")
# "market /mɑːkɪt/ <n>"; either the sounds or the kind may be missing.
_HEAD = re.compile(r"(?P<word>[^/<>]+?)(?= [/<])(?: /.*/)?(?: <(?P<kind>[A-Za-z ]+)>)?")
_MARKS = frozenset("[](){}|/")  # of a gloss, or of markup that was left in
_SENSE = re.compile(r"\d+\. (?P<words>\S.*)")
_NEXT_SENSE = re.compile(r"\s*\d+\.$")  # the number of one that has no words of its own
_AFFIXES = ("suffix", "prefix", "letter", "symbol")
_LONGEST = 5  # words; what is longer explains rather than translates


def read_lexicon(file: Path = DICTIONARY) -> list[tuple[str, str]]:
    """Return words and phrases in Indonesian, each with its English headword, once each.

    Raises:
        TrainingError: the dictionary is not there.
    """
    if not file.is_file():
        raise TrainingError(
            f"{file} is missing. On Debian: sudo apt-get install dict-freedict-eng-ind"
        )
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return list(dict.fromkeys(_pairs(line.rstrip("\n") for line in lines)))


def _pairs(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    english, first = "", False
    for line in lines:
        if head := _HEAD.fullmatch(line):
            english = "" if head["kind"] in _AFFIXES else head["word"]
            first = True
            continue
        sense = _SENSE.fullmatch(line)
        if english and (first or sense):
            words = _NEXT_SENSE.sub("", sense["words"] if sense else line)
            for one in words.split(", "):
                usable = not one.startswith("-") and not _MARKS & set(one)
                if usable and 0 < len(one.split()) <= _LONGEST:
                    yield one, english
        first = False
