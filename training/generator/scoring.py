"""How well the writer translates sentences held out: chrF++ by the package ``sacrebleu``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaluation.chrf import load_chrf
from ringkas.generation.seq2seq.base import Decoding, Ids, Reply
from ringkas.generation.seq2seq.batching import in_batches
from ringkas.generation.seq2seq.transformers_engine import TransformersEngine
from training.generator.corpora import NOT_STATED, Corpus, pairs
from training.generator.exercises import Exercise
from training.generator.lessons import Scribe
from training.generator.vocabulary import END, PAD

HELD = Corpus("translation/bppt_news.dev", NOT_STATED)
_SLACK, _ROOM = 1.6, 8  # a translation has at most this many times its source's tokens, and more


class Examiner:
    """Lets the writer translate held-out sentences both ways, greedily."""

    def __init__(self, data: Path, scribe: Scribe, tokenizer: Any, sentences: int) -> None:
        held = list(pairs(data, (HELD,)))
        self._pairs = held[:: max(1, len(held) // sentences)][:sentences]
        self._scribe, self._tokenizer, self._chrf = scribe, tokenizer, load_chrf()

    def scores(self, model: Any) -> dict[str, float]:
        """Return chrF++ (0 to 100) in each direction."""
        into_english = self.translated(model, [pair[0] for pair in self._pairs], "en")
        into_indonesian = self.translated(model, [pair[1] for pair in self._pairs], "id")
        return {
            "chrf_en": self._score(into_english, [pair[1] for pair in self._pairs]),
            "chrf_id": self._score(into_indonesian, [pair[0] for pair in self._pairs]),
        }

    def translated(self, model: Any, texts: Sequence[str], language: Any) -> list[str]:
        """Return the texts as ``model`` translates them now."""
        engine = TransformersEngine(model, pad=PAD, end=END)
        asked = [Exercise(text, text, language, "translation") for text in texts]
        lessons = self._scribe.lessons(asked, "")
        start = lessons[0].start

        def write(batch: list[Ids]) -> list[Reply]:
            longest = max(map(len, batch))
            return engine.generate(batch, start, Decoding(1, int(_SLACK * longest) + _ROOM))

        replies = in_batches([lesson.source for lesson in lessons], 25, write)
        return [self._tokenizer.decode(list(reply.ids)).strip() for reply in replies]

    def _score(self, written: Sequence[str], wanted: Sequence[str]) -> float:
        return float(self._chrf.corpus_score(written, [wanted]).score)
