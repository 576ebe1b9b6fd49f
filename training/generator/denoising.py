"""Exercises that a text sets by itself: gaps to fill, sentences to put in order, a gist to find.

Lewis et al., "BART", ACL 2020 (text infilling, sentence permutation); Zhang et al., "PEGASUS",
ICML 2020 (gap sentences).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from ringkas.text.sentences import split

Ids = list[int]

_SPAN = 3.0  # mean length of a gap, in tokens, as in BART
_GAP_SHARE = 0.3  # of the sentences, as in PEGASUS; at least one


def with_gaps(ids: Sequence[int], share: float, mask: int, chance: random.Random) -> Ids:
    """Return ``ids`` with about ``share`` of them in gaps, each gap one ``mask``."""
    wanted = round(share * len(ids))
    starts: dict[int, int] = {}
    while wanted > 0:
        length = min(wanted, 1 + int(chance.expovariate(1 / (_SPAN - 1))))
        starts[chance.randrange(len(ids))] = length
        wanted -= length
    found: Ids = []
    place = 0
    while place < len(ids):
        if place in starts:
            if not found or found[-1] != mask:
                found.append(mask)
            place += starts[place]
        else:
            found.append(ids[place])
            place += 1
    return found


def shuffled(text: str, chance: random.Random) -> str:
    """Return ``text`` with its sentences in another order."""
    sentences = [span.of(text) for span in split(text)]
    chance.shuffle(sentences)
    return " ".join(sentences)


def without_gist(text: str) -> tuple[str, str] | None:
    """Return a text without the sentences that share most words with the rest, and those.

    None where there are fewer than four sentences.
    """
    sentences = [span.of(text) for span in split(text)]
    if len(sentences) < 4:
        return None
    bags = [Counter(sentence.lower().split()) for sentence in sentences]
    whole = sum(bags, Counter[str]())
    order = sorted(range(len(bags)), key=lambda place: -_overlap(bags[place], whole - bags[place]))
    chosen = set(order[: max(1, round(_GAP_SHARE * len(sentences)))][:3])
    rest = [sentence for place, sentence in enumerate(sentences) if place not in chosen]
    return " ".join(rest), " ".join(sentences[place] for place in sorted(chosen))


def _overlap(sentence: Counter[str], rest: Counter[str]) -> float:
    """Return the F1 of a sentence's words against those of the rest (ROUGE-1)."""
    shared = sum((sentence & rest).values())
    return 2 * shared / max(1, sum(sentence.values()) + sum(rest.values()))
