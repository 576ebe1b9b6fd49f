"""Whether a check of entailment would earn its place beside the support check: a trial.

A small network is trained on IndoNLI (Mahendra et al., EMNLP 2021), on the embedder's vectors of
premise and hypothesis, and asked about news sentences with a negation planted or two names
exchanged. Such a check would cost nothing to ship; one that reads both texts together would be a
second encoder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.data import rows
from evaluation.metrics import mean
from evaluation.planting import exchanged, plant
from evaluation.report import Cell, Table
from evaluation.support import Case, cases
from ringkas.embedding import Embedder, get_embedder
from ringkas.settings import Settings
from summarizer.support import check

Matrix = NDArray[np.float32]

NEGATED, EXCHANGED, CORRECT = "negation planted", "two names exchanged", "correct"
FALSE_ALARMS = 0.05
_HIDDEN = 64
_AT_ONCE = 256
_NLI_NOTE = (
    "IndoNLI's development pairs: does the premise entail the hypothesis, contradict it, or "
    "neither? The head is a network with one hidden layer on the difference and the product of "
    "the two vectors that the embedder gives anyway; hypothesis alone has only the second vector."
)
_PLANTED_NOTE = (
    "Indonesian news sentences (IndoSum's and Detik's, extracted, rewritten and written), each "
    "beside the sentences of its article that it rests on. The head flags what it finds least "
    f"entailed, from the value on that {FALSE_ALARMS:.0%} of correct sentences of the training "
    "articles reach. The support check looks for a flag of any kind that the correct sentence "
    "does not have."
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence beside what it rests on, and whether the support check flags it."""

    what: str
    premise: str
    sentence: str
    flagged: bool


def tables(folder: Path, settings: Settings, limit: int) -> list[Table]:
    """Return how well the head does on IndoNLI, and on planted errors beside the support check.

    Arguments:
        folder: the data folder, with ``nli/`` and ``summarization/`` in it.
        settings: the configuration, for its embedder.
        limit: the most articles a set.

    Raises:
        DataError: a set is missing.
    """
    embedder = get_embedder(settings)
    train, dev = (list(rows(folder / "nli" / f"indonli.{name}")) for name in ("train", "dev"))
    head, alone = _fit(train, embedder), _fit(train, embedder, paired=False)
    return [
        _on_nli(head, alone, train, dev, embedder),
        _on_news(head, embedder, *(_judged(folder, embedder, limit, s) for s in ("train", "dev"))),
    ]


def features(premises: Matrix, hypotheses: Matrix) -> Matrix:
    """Return what the head sees of pairs of unit vectors. *Shape:* (pairs, 2 x dimension)."""
    scale = np.sqrt(premises.shape[1])
    pairs = np.hstack([np.abs(premises - hypotheses), premises * hypotheses * scale])
    return np.asarray(pairs * scale, np.float32)


def _fit(train: Sequence[Any], embedder: Embedder, *, paired: bool = True) -> Any:
    from sklearn.neural_network import MLPClassifier

    head = MLPClassifier((_HIDDEN,), alpha=1e-3, early_stopping=True, random_state=7)
    return head.fit(_seen(train, embedder, paired=paired), [row["label"] for row in train])


def _seen(pairs: Sequence[Any], embedder: Embedder, *, paired: bool = True) -> Matrix:
    hypotheses = _vectors([row["hypothesis"] for row in pairs], embedder)
    if not paired:
        return hypotheses
    return features(_vectors([row["premise"] for row in pairs], embedder), hypotheses)


def _vectors(texts: Sequence[str], embedder: Embedder) -> Matrix:
    """Embed each distinct text once."""
    distinct = sorted(set(texts), key=len)
    made = [
        embedder.embed_passages(distinct[first : first + _AT_ONCE])
        for first in range(0, len(distinct), _AT_ONCE)
    ]
    place = {text: number for number, text in enumerate(distinct)}
    return np.vstack(made)[[place[text] for text in texts]]


def _on_nli(
    head: Any, alone: Any, train: Sequence[Any], dev: Sequence[Any], embedder: Embedder
) -> Table:
    wanted = [row["label"] for row in dev]
    learnt = [row["label"] for row in train]
    most = max(set(learnt), key=learnt.count)
    listed: tuple[tuple[Cell, ...], ...] = (
        ("the commonest label", len(dev), mean(label == most for label in wanted)),
        ("hypothesis alone", len(dev), alone.score(_seen(dev, embedder, paired=False), wanted)),
        ("premise and hypothesis", len(dev), head.score(_seen(dev, embedder), wanted)),
    )
    return Table("IndoNLI", ("head", "pairs", "accuracy"), listed, _NLI_NOTE)


def _on_news(
    head: Any, embedder: Embedder, train: Sequence[Judged], dev: Sequence[Judged]
) -> Table:
    tuning = [one for one in train if one.what == CORRECT]
    least = float(np.quantile(_entailed(head, tuning, embedder), FALSE_ALARMS))
    listed: list[tuple[Cell, ...]] = []
    for what in (NEGATED, EXCHANGED, CORRECT):
        those = [one for one in dev if one.what == what]
        by_head = mean(value < least for value in _entailed(head, those, embedder))
        listed.append((what, len(those), by_head, mean(one.flagged for one in those)))
    columns = ("sentence", "n", "head flags", "support check flags")
    return Table("Planted errors", columns, tuple(listed), _PLANTED_NOTE)


def _entailed(head: Any, judged: Sequence[Judged], embedder: Embedder) -> Matrix:
    """Return for each sentence how likely the head finds it entailed, in [0, 1]."""
    pairs = [{"premise": one.premise, "hypothesis": one.sentence} for one in judged]
    chances = head.predict_proba(_seen(pairs, embedder))
    return np.asarray(chances[:, list(head.classes_).index("e")], np.float32)


def _judged(folder: Path, embedder: Embedder, limit: int, split_name: str) -> list[Judged]:
    return [
        judged
        for case in cases(folder, limit, split_name)
        if case.set.startswith(("indosum", "detik"))
        for judged in _of_case(case, embedder)
    ]


def _of_case(case: Case, embedder: Embedder) -> Iterator[Judged]:
    random = Random(case.article.id + case.sentences[0])
    for sentence in case.sentences:
        (right,) = check([sentence], case.article, embedder)
        if not right.spans:
            continue
        premise = " ".join(span.of(case.article.text) for span in right.spans)
        yield Judged(CORRECT, premise, sentence, bool(right.flags))
        for what, wrong in _wrong(case, sentence, random):
            (found,) = check([wrong], case.article, embedder)
            yield Judged(what, premise, wrong, len(found.flags) > len(right.flags))


def _wrong(case: Case, sentence: str, random: Random) -> Iterator[tuple[str, str]]:
    for planted in plant(sentence, *case.known, case.english, random):
        if planted.kind == "negation":
            yield NEGATED, planted.text
    if (text := exchanged(sentence, random)) is not None:
        yield EXCHANGED, text
