"""Sentences translated one by one, by a model that was trained to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ringkas.generation.seq2seq import Decoding, Seq2Seq, Written
from ringkas.text.sentences import ENDED, split
from ringkas.types import Language, OutputLanguage
from summarizer.choosing import best
from summarizer.fitting import halves
from summarizer.refusing import own_language
from summarizer.restoring import restored
from summarizer.tongues import is_foreign
from summarizer.writing import Brief, Part

MANNER: Final = "translation"
# Tokens of a translation for each of its source's, at most, and some more for short ones. Limits
# go up in steps, so that a sentence has the same one alone and beside others of about its length.
_SLACK, _ROOM, _STEP = 1.6, 12, 32
_NO_REPEAT = 4  # tokens; names of three come twice in good sentences


def pieces(text: str, model: Seq2Seq) -> list[str]:
    """Return the sentences of a text, one that is longer than the model reads in parts."""
    found: list[str] = []
    for paragraph in text.split("\n\n"):
        for span in split(paragraph):
            sentence = " ".join(span.of(paragraph).split())
            found += halves(sentence, lambda text: model.codec.tokens(text) <= model.codec.window)
    return found


def translations(sentences: Sequence[str], model: Seq2Seq, brief: Brief, beams: int) -> list[Part]:
    """Return what each sentence could be in the brief's language; as it is where it is in that.

    Arguments:
        sentences: each no longer than the model reads.
        model: one that knows the manner ``"translation"``.
        brief: what to translate from, and into.
        beams: how many replies are searched for; 1 is greedy.

    Raises:
        ModelError: the model fails, or a sentence is longer than it reads.
    """
    found = {sentence: Part((sentence,), sentence) for sentence in sentences}
    groups: dict[Decoding, list[str]] = {}
    for sentence in found:
        if not is_done(sentence, brief):
            groups.setdefault(decoding_of(sentence, model, beams), []).append(sentence)
    for decoding, some in groups.items():
        written = model.write(some, brief.source_language, brief.language, decoding, MANNER)
        found |= {one: part_of(one, reply, brief) for one, reply in zip(some, written, strict=True)}
    return [found[sentence] for sentence in sentences]


def translate(
    sentences: Sequence[str],
    model: Seq2Seq,
    languages: tuple[Language, OutputLanguage],
    beams: int,
) -> list[str]:
    """Return each sentence in the second of two languages, from the first.

    Of what the beams have written, the likeliest of those that lose fewest numbers and names.

    Raises:
        ModelError: the model fails, or a sentence is longer than it reads.
    """
    brief = Brief(languages[1], languages[0], max_words=1)
    return [best(part, brief) for part in translations(sentences, model, brief, beams)]


def is_done(sentence: str, brief: Brief) -> bool:
    """Tell whether a sentence clearly is in the wanted language as it is, not in its source's."""
    own = own_language(brief.source_language)
    return is_foreign(sentence, own) and not is_foreign(sentence, brief.language)


def decoding_of(sentence: str, model: Seq2Seq, beams: int) -> Decoding:
    """Return how a translation of this sentence is searched for."""
    most = int(_SLACK * model.codec.tokens(sentence)) + _ROOM
    most += -most % _STEP
    limit = model.reply_limit
    return Decoding(
        beams=beams,
        max_tokens=most if limit is None else min(most, limit),
        no_repeat_ngram=_NO_REPEAT,
        all_beams=beams > 1,
    )


def part_of(sentence: str, written: Written, brief: Brief) -> Part:
    """Return what the model wrote for a sentence, with the full stops that it left out.

    What was cut off by a limit has none: it is no sentence, and will be left out. Numbers and
    names that the model garbled are those of the sentence again.
    """
    likeliest = _stopped(written.text) if written.ended else written.text
    english = brief.language == "id"
    texts = [
        restored(sentence, text, english=english)
        for text in (likeliest, *map(_stopped, written.others))
    ]
    return Part(tuple(dict.fromkeys(texts)), sentence)


def _stopped(text: str) -> str:
    return text if not text or ENDED.search(text) else f"{text.rstrip(' ,;:')}."
