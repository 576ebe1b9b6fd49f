"""The readers that are compared: two baselines and the one that ships."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from evaluation.data import QAExample
from evaluation.reading import Prediction, Reader
from ringkas.settings import Settings

if TYPE_CHECKING:
    from retrieval.span_model import SpanModel


def first_sentence(examples: Sequence[QAExample]) -> list[Prediction]:
    """Answer with the passage's first sentence, which in news holds the most."""
    return [Prediction(_sentences(example)[0], 1.0) for example in examples]


def _sentences(example: QAExample) -> list[str]:
    from ringkas.text.sentences import split

    return [span.of(example.context) for span in split(example.context)] or [example.context]


def best_sentence(settings: Settings) -> Reader:
    """Answer with the sentence whose vector is closest to the question's."""

    def read(examples: Sequence[QAExample]) -> list[Prediction]:
        from ringkas.embedding import get_embedder

        embedder = get_embedder(settings)
        sentences = [_sentences(example) for example in examples]
        ends = list(accumulate(map(len, sentences)))
        vectors = embedder.embed_passages([text for texts in sentences for text in texts])
        questions = embedder.embed_queries([example.question for example in examples])
        found = []
        for texts, end, question in zip(sentences, ends, questions, strict=True):
            cosines = vectors[end - len(texts) : end] @ question
            found.append(Prediction(texts[int(cosines.argmax())], float(cosines.max())))
        return found

    return Reader("best sentence (embedder)", read)


def span_reader(settings: Settings) -> Reader:
    """Answer with the shipped reader's best span; the score is its calibrated probability."""
    from retrieval.span_model import PassageText

    model = _span_model()

    def read(examples: Sequence[QAExample]) -> list[Prediction]:
        pairs = [(one.question, PassageText(one.context, one.title)) for one in examples]
        spans = model.predict_pairs(pairs, top=1)
        return [
            Prediction(
                one.context[best[0].start : best[0].end],
                model.calibration.probability(best[0].margin),
            )
            if best
            else Prediction("", 0.0)
            for one, best in zip(examples, spans, strict=True)
        ]

    chosen = settings.answer.threshold
    default = model.calibration.probability(model.threshold)
    return Reader("span reader", read, default if chosen is None else chosen)


@cache
def _span_model() -> SpanModel:
    from retrieval.span_model import SpanModel

    return SpanModel.builtin()


def shipped(settings: Settings) -> Reader:
    """Return the reader that the settings name."""
    sentence = settings.answer.reader == "sentence"
    return best_sentence(settings) if sentence else span_reader(settings)


def compared(settings: Settings) -> tuple[Reader, ...]:
    """Return the readers of a report, the one that the settings name last."""
    lead = Reader("first sentence", first_sentence)
    if settings.answer.reader == "sentence":
        return lead, best_sentence(settings)
    return lead, best_sentence(settings), span_reader(settings)
