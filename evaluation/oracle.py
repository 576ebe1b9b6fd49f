"""The choice of sentences that comes nearest to a reference summary: what extraction can reach."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.rouge import Reference, tokenizer


def best_choice(
    sentences: Sequence[str], reference: str, max_words: int, *, english: bool
) -> list[int]:
    """Return the indices of the sentences chosen greedily, best first.

    Each step adds the sentence after which the sum of ROUGE-1, 2 and L F1 is highest, until none
    raises it or fits (Nallapati et al., AAAI 2017); the first need not fit.
    """
    cut = tokenizer(english=english)
    target = Reference(cut(reference))
    parts = [cut(sentence) for sentence in sentences]
    words = [len(sentence.split()) for sentence in sentences]
    chosen: list[int] = []
    reached = 0.0
    while True:
        left = max_words - sum(words[index] for index in chosen)
        tried = [
            (sum(target.score(parts[i] for i in sorted([*chosen, index]))), -index)
            for index in range(len(parts))
            if index not in chosen and (words[index] <= left or not chosen)
        ]
        best, place = max(tried, default=(0.0, 0))
        if best <= reached:
            return chosen or [0]
        reached = best
        chosen.append(-place)
