"""A model that does not know its own tokens is refused before it writes a word.

A vocabulary of the right size may still be another model's: every id then means another word, no
loader notices, and the model writes fluent rubbish. It shows where the model is asked to repeat a
sentence: one that knows its tokens finds most of them likely, one that does not is surprised more
than by tokens drawn blindly.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from ringkas.errors import ModelError
from ringkas.generation.seq2seq.base import Ids
from ringkas.generation.seq2seq.codec import Codec
from ringkas.types import OutputLanguage

SENTENCES: Final[dict[OutputLanguage, str]] = {
    "id": "Wali kota membuka rapat itu pada Kamis pagi dan berharap semua warga ikut membantu.",
    "en": "The mayor opened the meeting on Thursday morning and hoped that all would help.",
}
# Tokens a word: Indonesian text needs about 1.3 with a vocabulary made for it, and 2.5 to 3 with
# an English one. A tokenizer that spells each word letter by letter has lost its vocabulary;
# those that do so on purpose (ByT5) know a few hundred tokens only.
_MOST_TOKENS_A_WORD = 5.0
_SPELLING_VOCABULARY = 1000
_MOST_UNKNOWN = 0.2


def check_tokenizer(codec: Codec) -> None:
    """Refuse a tokenizer that does not know the words of the languages that are written.

    Raises:
        ModelError: a plain sentence falls apart, or turns into unknown tokens.
    """
    tokenizer, name = codec.checkpoint.tokenizer, codec.checkpoint.name
    faults = []
    for language in sorted(codec.dialect.languages):
        sentence = SENTENCES[language]
        ids = codec.body(sentence)
        unknown = sum(number == tokenizer.unk_token_id for number in ids) / max(1, len(ids))
        a_word = len(ids) / len(sentence.split())
        spelt = a_word > _MOST_TOKENS_A_WORD and len(tokenizer) > _SPELLING_VOCABULARY
        if unknown > _MOST_UNKNOWN or spelt or not ids:
            faults.append(f"{a_word:.1f} tokens a word, {unknown:.0%} of them unknown")
    if len(faults) == len(codec.dialect.languages):
        raise ModelError(
            f"the tokenizer of '{name}' makes {faults[0]} of a plain sentence: its vocabulary is "
            "not the one it was trained with. Put the tokenizer's own files beside the model."
        )


def check_weights(model: Any, codec: Codec) -> None:
    """Refuse weights to which their tokens mean nothing.

    Raises:
        ModelError: repeating a plain sentence surprises the model more than blind chance does.
    """
    chance = math.log(model.config.vocab_size)
    surprises = []
    for language in codec.dialect.languages:
        sentence = SENTENCES[language]
        source = codec.encode(sentence, language)
        start, reply = codec.dialect.starts[language], codec.body(sentence)
        surprises.append(surprise(model, source, start, [*reply, codec.checkpoint.end]))
    if min(surprises) >= chance:
        raise ModelError(
            f"'{codec.checkpoint.name}' does not know its own tokens: it finds a plain sentence "
            f"less likely ({min(surprises):.1f} nats a token) than tokens drawn blindly "
            f"({chance:.1f}). Its tokenizer is another model's, or it was never trained."
        )


def surprise(model: Any, source: Ids, start: Ids, reply: Sequence[int]) -> float:
    """Return the mean of the negative log-likelihood of ``reply``, in nats a token."""
    import torch

    device = model.device
    written = torch.tensor([[*start, *reply]], device=device)
    with torch.inference_mode():
        logits = model(
            input_ids=torch.tensor([list(source)], device=device),
            decoder_input_ids=written[:, :-1],
        ).logits[0, len(start) - 1 :]
    nats = torch.nn.functional.cross_entropy(logits.float(), written[0, len(start) :])
    return float(nats)
