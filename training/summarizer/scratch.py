"""A small model and its tokenizer, made from the data alone: to try the training out.

It is an MBart, which normalises before each layer: a BART of this size, which does so after,
did not get past the frequencies of words in the same number of steps.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from training.summarizer.data import Pair

_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")


@dataclass(frozen=True, slots=True)
class Size:
    """How large the model is; by default it learns a few hundred pairs in minutes on a CPU."""

    vocabulary: int = 2000
    width: int = 128
    layers: int = 2
    positions: int = 384


def make_model(
    pairs: Sequence[Pair], folder: Path, size: Size | None = None, seed: int = 1
) -> Path:
    """Write an untrained model into ``folder``, which is returned.

    Arguments:
        pairs: what its tokenizer is trained on.
        folder: where it goes.
        size: how large it is.
        seed: of its random weights.
    """
    import torch
    from transformers import GenerationConfig, MBartConfig, MBartForConditionalGeneration
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    size = size or Size()
    tokenizer = _tokenizer(pairs, size)
    torch.manual_seed(seed)
    sides: dict[str, Any] = {
        f"{side}_{what}": value
        for side in ("encoder", "decoder")
        for what, value in (
            ("layers", size.layers),
            ("attention_heads", max(1, size.width // 32)),
            ("ffn_dim", 4 * size.width),
        )
    }
    config = MBartConfig(
        vocab_size=len(tokenizer),
        d_model=size.width,
        max_position_embeddings=size.positions,
        scale_embedding=True,
        **sides,
    )
    model: Any = MBartForConditionalGeneration(config)
    model.generation_config = cast(Any, GenerationConfig)(
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        forced_bos_token_id=0,
    )
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    languages = json.dumps(sorted({pair.language for pair in pairs}))
    (folder / "README.md").write_text(f"---\nlanguage: {languages}\n---\n", encoding="utf-8")
    return folder


def _tokenizer(pairs: Sequence[Pair], size: Size) -> Any:
    """Return a byte-level BPE in BART's layout."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from transformers import BartTokenizer

    raw = Tokenizer(models.BPE())
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=size.vocabulary,
        special_tokens=list(_SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    raw.train_from_iterator(_texts(pairs), trainer)
    learnt = json.loads(raw.to_str())["model"]
    merges = [tuple(pair) for pair in learnt["merges"]]
    return cast(Any, BartTokenizer)(
        vocab=learnt["vocab"], merges=merges, model_max_length=size.positions
    )


def _texts(pairs: Sequence[Pair]) -> Iterator[str]:
    for pair in pairs:
        yield " ".join(pair.text.split())
        yield " ".join(pair.summary.split())
