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
# was made for English; with its ids shuffled, three times, less likely by 3.3 and more. Most
# untrained models stand at chance, give or take a little.
_ALLOWED = 0.5


def check_tokens(name: str, tokenizer: Any, model: Any) -> None:
    """Refuse a model to which its tokens mean nothing.

    Raises:
        ModelError: plain sentences, in both languages, surprise the model more than tokens drawn
            blindly would, or it cannot read them at all.
    """
    chance = math.log(model.get_input_embeddings().num_embeddings)
    try:
        least = min(surprise(tokenizer, model, sentence) for sentence in SENTENCES.values())
    except Exception as error:  # what a device or a kernel lacks is told in many ways
        raise ModelError(f"the chat model '{name}' cannot read a sentence: {error}") from error
    if least > chance + _ALLOWED:
        raise ModelError(
            f"'{name}' does not know its own tokens: it finds a plain sentence less likely "
            f"({least:.1f} nats a token) than tokens drawn blindly ({chance:.1f}). Its tokenizer "
            "is another model's, or it was never trained."
        )


def surprise(tokenizer: Any, model: Any, sentence: str) -> float:
    """Return the mean of the negative log-likelihood of a sentence, in nats a token."""
    import torch

    ids = tokenizer(sentence, return_tensors="pt")["input_ids"].to(model.device)
    with torch.inference_mode():
        logits = model(input_ids=ids).logits[0, :-1]
    return float(torch.nn.functional.cross_entropy(logits.float(), ids[0, 1:]))
