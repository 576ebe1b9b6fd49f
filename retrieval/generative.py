"""Answers written by a chat model from the passages found, each sentence tied to its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from retrieval.grounding import Grounding
from retrieval.markers import Claim, claims
from retrieval.messages import not_found
from retrieval.prompting import NO_ANSWER, answer_messages, rules
from ringkas.generation import Generator, without_thoughts
from ringkas.types import Answer, Hit, OutputLanguage


def generate_answer(
    question: str,
    hits: Sequence[Hit],
    language: OutputLanguage,
    generator: Generator,
    *,
    asked: str | None = None,
) -> Iterator[Answer]:
    """Yield the model's answer as it grows; the last one yielded is the whole answer.

    Only grounded sentences are shown: each cites passages it was given, and those hold its
    numbers, its names and most of its words. Marker ``[n]`` in ``text`` stands for
    ``citations[n - 1]``, the sentence of the passage that is closest to what was written.
    Where nothing is grounded, or the model says that the passages hold no answer, exactly one
    Answer is yielded: ``found`` is False and ``nearest`` holds the hits, so a caller may let the
    extractive answer stand in. ``score`` is the share of the reply's sentences that are grounded,
    not a calibrated probability. ``asked`` is the question completed from the conversation.

    Raises:
        ModelError: the model fails, before or while it writes.
    """
    asked = asked or question
    grounding = Grounding(hits, language, rules(language))
    text, kept, read = "", 0, 0

    def answer(score: float) -> Answer:
        return Answer(
            question=question,
            asked=asked,
            text=text or not_found(language),
            found=bool(text),
            score=score,
            language=language,
            method=generator.name,
            citations=tuple(grounding.citations),
            nearest=() if text else tuple(hits),
        )

    for claim in _claims(asked, hits, language, generator):
        read += 1
        sentence = grounding.accept(claim)
        if sentence is None:
            continue
        kept += 1
        text = f"{text}{_joint(text, claim.bullet)}{sentence}"
        yield answer(kept / read)
    if not text or kept < read:  # otherwise the last one yielded already says it all
        yield answer(kept / read if read else 0.0)


def _claims(
    question: str, hits: Sequence[Hit], language: OutputLanguage, generator: Generator
) -> Iterator[Claim]:
    """Yield the sentences of the reply; none when the model sees no answer or no passages."""
    if not hits:
        return
    with closing(generator.stream(answer_messages(question, hits, language))) as stream:
        for claim in claims(without_thoughts(stream)):
            if NO_ANSWER in claim.text:
                return
            yield claim


def _joint(text: str, bullet: bool) -> str:
    """Return what stands between the answer so far and its next sentence."""
    if bullet:
        return "\n- " if text else "- "
    return " " if text else ""
