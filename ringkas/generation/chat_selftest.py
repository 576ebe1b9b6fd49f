"""A chat model that does not know its own tokens is refused before it writes a word.

The counterpart of ``seq2seq/selftest.py``: a tokenizer of the right size may still be another
model's, and then every id means another word.
"""

from __future__ import annotations

import math
from typing import Any

from ringkas.errors import ModelError
from ringkas.generation.seq2seq.selftest import SENTENCES

# SmolLM2-135M-Instruct finds either sentence likelier than chance by 6 nats a token, though it
# was made for English; with its ids shuffled, three times, less likely by 3.3 and more. An
# untrained model stands at chance, give or take a little: it may be loaded, to be trained.
_ALLOWED = 0.5


def check_tokens(name: str, tokenizer: Any, model: Any) -> None:
    """Refuse a model to which its tokens mean nothing.

    Raises:
        ModelError: plain sentences, in both languages, surprise the model more than tokens drawn
            blindly would.
    """
    chance = math.log(model.get_input_embeddings().num_embeddings)
    least = min(surprise(tokenizer, model, sentence) for sentence in SENTENCES.values())
    if least > chance + _ALLOWED:
        raise ModelError(
            f"'{name}' does not know its own tokens: it finds a plain sentence less likely "
            f"({least:.1f} nats a token) than tokens drawn blindly ({chance:.1f}). Its tokenizer "
            "is another model's. Put the tokenizer's own files beside the model."
        )


def surprise(tokenizer: Any, model: Any, sentence: str) -> float:
    """Return the mean of the negative log-likelihood of a sentence, in nats a token."""
    import torch

    ids = tokenizer(sentence, return_tensors="pt")["input_ids"].to(model.device)
    with torch.inference_mode():
        logits = model(input_ids=ids).logits[0, :-1]
    return float(torch.nn.functional.cross_entropy(logits.float(), ids[0, 1:]))
