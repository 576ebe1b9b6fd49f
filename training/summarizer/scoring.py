"""ROUGE of what a model writes, for early stopping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ringkas.errors import MissingExtraError
from ringkas.generation.seq2seq import Codec, Decoding
from ringkas.generation.seq2seq.base import Ids, Reply
from ringkas.generation.seq2seq.batching import in_batches
from ringkas.generation.seq2seq.transformers_engine import TransformersEngine
from training.summarizer.data import Pair
from training.summarizer.lessons import Lesson

_KINDS = ("rouge1", "rouge2", "rougeL")
# A reply may be this much longer than the longest reference.
_SLACK = 1.25


@dataclass(frozen=True, slots=True)
class Scores:
    """ROUGE F1 in [0, 1], the means over all pairs held out."""

    rouge1: float
    rouge2: float
    rouge_l: float

    @property
    def mean(self) -> float:
        """What early stopping looks at."""
        return (self.rouge1 + self.rouge2 + self.rouge_l) / 3

    @property
    def named(self) -> dict[str, float]:
        """The three by their usual names."""
        return {"rouge1": self.rouge1, "rouge2": self.rouge2, "rougeL": self.rouge_l}

    def __str__(self) -> str:
        return f"ROUGE-1 {self.rouge1:.3f}, ROUGE-2 {self.rouge2:.3f}, ROUGE-L {self.rouge_l:.3f}"


def load_rouge() -> Any:
    """Return the scorer of the package ``rouge-score``; no stemmer, for it knows English only.

    Raises:
        MissingExtraError: the package is not installed.
    """
    try:
        from rouge_score.rouge_scorer import RougeScorer
    except ImportError as error:
        raise MissingExtraError("rouge-score", "eval", "Training a summarizer") from error
    return RougeScorer(_KINDS, use_stemmer=False)


class Examiner:
    """Lets a model summarize the texts held out, greedily, and compares with their summaries."""

    def __init__(
        self, pairs: Sequence[Pair], lessons: Sequence[Lesson], codec: Codec, *, half: bool
    ) -> None:
        self._rouge, self._half = load_rouge(), half
        self._pairs, self._lessons, self._codec = pairs, lessons, codec
        longest = max(len(lesson.reply) for lesson in lessons)
        starts = max(len(lesson.start) for lesson in lessons)
        room = (codec.dialect.reply_limit or 1 << 20) - starts
        self._decoding = Decoding(beams=1, max_tokens=min(int(_SLACK * longest) + 1, room))

    def scores(self, model: Any) -> Scores:
        """Return what ``model`` reaches now."""
        written = self.written(model)
        sums = [0.0] * len(_KINDS)
        for pair, summary in zip(self._pairs, written, strict=True):
            found = self._rouge.score(pair.summary, summary)
            sums = [total + found[kind].fmeasure for total, kind in zip(sums, _KINDS, strict=True)]
        return Scores(*(total / len(written) for total in sums))

    def written(self, model: Any) -> list[str]:
        """Return the summaries that ``model`` writes now."""
        import torch

        end, pad = self._codec.checkpoint.end, self._codec.checkpoint.tokenizer.pad_token_id
        engine = TransformersEngine(model, pad=pad, end=end)
        summaries = [""] * len(self._lessons)
        for start in {lesson.start for lesson in self._lessons}:

            def write(batch: list[Ids], start: Ids = start) -> list[Reply]:
                return engine.generate(batch, start, self._decoding)

            places = [at for at, lesson in enumerate(self._lessons) if lesson.start == start]
            sources = [self._lessons[place].source for place in places]
            with torch.autocast(model.device.type, torch.bfloat16, enabled=self._half):
                replies = in_batches(sources, engine.batch, write)
            for place, reply in zip(places, replies, strict=True):
                summaries[place] = self._codec.decode(reply.ids)
        return summaries
