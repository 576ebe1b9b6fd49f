"""ROUGE of ever new choices of sentences against one reference, quick enough to search over.

The same F-measures as the package rouge-score gives (Lin, 2004), which also cuts the texts into
tokens; a test compares the two. The longest common subsequence is counted with the bits of one
integer (Hyyrö, 2004), so that a score takes microseconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, pairwise

from ringkas.errors import MissingExtraError

Tokens = Sequence[str]


def tokenizer(*, english: bool) -> Callable[[str], list[str]]:
    """Return what cuts a text into ROUGE's tokens: stemmed for English only.

    Raises:
        MissingExtraError: the package ``rouge-score`` is not installed.
    """
    try:
        from rouge_score.tokenizers import DefaultTokenizer
    except ImportError as error:
        raise MissingExtraError("rouge-score", "eval", "Scoring summaries") from error
    cut: Callable[[str], list[str]] = DefaultTokenizer(use_stemmer=english).tokenize
    return cut


class Reference:
    """A reference summary that choices are scored against."""

    def __init__(self, tokens: Tokens) -> None:
        self._words = Counter(tokens)
        self._pairs = Counter(pairwise(tokens))
        self._count = len(tokens)
        self._places: dict[str, int] = {}
        for place, token in enumerate(tokens):
            self._places[token] = self._places.get(token, 0) | 1 << place

    def score(self, parts: Iterable[Tokens]) -> tuple[float, float, float]:
        """Return ROUGE-1, 2 and L F1 of the parts, read one after the other."""
        tokens = list(chain.from_iterable(parts))
        pairs = max(len(tokens) - 1, 0)
        return (
            _f1(self.shared_words(tokens), len(tokens), self._count),
            _f1(self.shared_pairs(tokens), pairs, max(self._count - 1, 0)),
            _f1(self.longest(tokens), len(tokens), self._count),
        )

    def shared_words(self, tokens: Tokens) -> int:
        """Return how many of the tokens the reference has, counted with repetitions."""
        return (Counter(tokens) & self._words).total()

    def shared_pairs(self, tokens: Tokens) -> int:
        """Return how many of the pairs of neighbours the reference has."""
        return (Counter(pairwise(tokens)) & self._pairs).total()

    def longest(self, tokens: Tokens) -> int:
        """Return the length of the longest common subsequence."""
        full = (1 << self._count) - 1
        open_places = full
        for token in tokens:
            matched = open_places & self._places.get(token, 0)
            open_places = ((open_places + matched) | (open_places - matched)) & full
        return self._count - open_places.bit_count()


def _f1(shared: int, given: int, expected: int) -> float:
    return 2 * shared / (given + expected) if given and expected else 0.0
