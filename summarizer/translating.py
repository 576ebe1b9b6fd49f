"""Sentences translated by a model that was trained to, with as little lost as its beams allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from ringkas.generation.seq2seq import Decoding, Seq2Seq, Written
from ringkas.text.figures import unsupported_numbers
from ringkas.text.names import held_words, is_held, names_of
from ringkas.text.sentences import split
from ringkas.types import Language, OutputLanguage

MANNER: Final = "translation"
# Tokens of a translation for each of its source's, at most, and some more for short ones.
_SLACK, _ROOM = 1.6, 12
_NO_REPEAT = 4  # tokens; names of three come twice in good sentences


def pieces(text: str, model: Seq2Seq) -> list[str]:
    """Return the sentences of a text, one that is longer than the model reads in parts."""
    found: list[str] = []
    for paragraph in text.split("\n\n"):
        for span in split(paragraph):
            found += _halves(" ".join(span.of(paragraph).split()), model)
    return found


def translate(
    sentences: Sequence[str],
    model: Seq2Seq,
    languages: tuple[Language, OutputLanguage],
    beams: int,
    faults: Callable[[str], int] | None = None,
) -> list[str]:
    """Return each sentence in the second of two languages, from the first.

    Of what the beams have written, the likeliest of those that lose fewest numbers and names.

    Arguments:
        sentences: each no longer than the model reads.
        model: one that knows the manner ``"translation"``.
        languages: what to translate from, and into.
        beams: how many replies are searched for; 1 is greedy.
        faults: counts what else is wrong with a reply.

    Raises:
        ModelError: the model fails, or a sentence is longer than it reads.
    """
    decoding = decoding_of(sentences, model, beams)
    found = model.write(sentences, *languages, decoding, MANNER)
    return [
        most_faithful(sentence, written, faults)
        for sentence, written in zip(sentences, found, strict=True)
    ]


def decoding_of(sentences: Sequence[str], model: Seq2Seq, beams: int) -> Decoding:
    """Return how translations of these sentences are searched for."""
    longest = max(map(model.codec.tokens, sentences), default=0)
    most = int(_SLACK * longest) + _ROOM
    limit = model.reply_limit
    return Decoding(
        beams=beams,
        max_tokens=most if limit is None else min(most, limit),
        no_repeat_ngram=_NO_REPEAT,
        all_beams=beams > 1,
    )


def most_faithful(
    sentence: str, written: Written, faults: Callable[[str], int] | None = None
) -> str:
    """Return of what the beams have written the likeliest that loses and adds least."""
    wanted = names_of(sentence)

    def wrong(text: str) -> int:
        here = held_words(text)
        lost = [*unsupported_numbers(sentence, text), *(n for n in wanted if not is_held(n, here))]
        added = unsupported_numbers(text, sentence)
        return len(lost) + len(added) + (faults(text) if faults is not None else 0)

    return min((written.text, *written.others), key=wrong)  # of equals, the first


def _halves(sentence: str, model: Seq2Seq) -> Iterator[str]:
    words = sentence.split()
    if len(words) < 2 or model.codec.tokens(sentence) <= model.codec.window:
        yield sentence
        return
    middle = len(words) // 2
    for half in (words[:middle], words[middle:]):
        yield from _halves(" ".join(half), model)
