"""Tiny seq2seq checkpoints of each architecture, with tokenizers trained on the sample articles."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import (
    AutoTokenizer,
    BartConfig,
    BartForConditionalGeneration,
    BartTokenizer,
    GenerationConfig,
    MBart50Tokenizer,
    MBartConfig,
    MBartForConditionalGeneration,
    MBartTokenizer,
    MT5Config,
    MT5ForConditionalGeneration,
    PegasusConfig,
    PegasusForConditionalGeneration,
    PegasusTokenizer,
    PreTrainedTokenizerFast,
    T5Config,
    T5ForConditionalGeneration,
    T5Tokenizer,
)

from ringkas.generation.seq2seq.selftest import SENTENCES
from ringkas.sources import samples
from ringkas.text.sentences import split

PIECES = 500
SMALL: dict[str, Any] = {
    "d_model": 32,
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 4,
    "decoder_attention_heads": 4,
    "encoder_ffn_dim": 64,
    "decoder_ffn_dim": 64,
    "max_position_embeddings": 160,
    "init_std": 0.3,  # far from zero, so that every source has a reply of its own
}
SMALL_T5: dict[str, Any] = {
    "d_model": 32, "d_kv": 8, "d_ff": 64, "num_layers": 2, "num_heads": 4,
    "decoder_start_token_id": 0, "initializer_factor": 0.7, "n_positions": 160,
}  # fmt: skip


@cache
def texts() -> tuple[str, ...]:
    return tuple(article.text for article in samples())


@cache
def byte_pairs() -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Return the vocabulary and merges of a byte-level BPE, in BART's layout."""
    raw = Tokenizer(models.BPE())
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    raw.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=PIECES,
        special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    raw.train_from_iterator(texts(), trainer)
    model = json.loads(raw.to_str())["model"]
    return model["vocab"], [tuple(pair) for pair in model["merges"]]


@cache
def unigrams() -> tuple[tuple[str, float], ...]:
    """Return SentencePiece-like pieces with their scores, special tokens left out."""
    raw = Tokenizer(models.Unigram())
    raw.normalizer = normalizers.NFKC()
    raw.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    trainer = trainers.UnigramTrainer(
        vocab_size=PIECES, special_tokens=["<unk>"], unk_token="<unk>", show_progress=False
    )
    raw.train_from_iterator(texts(), trainer)
    return tuple((piece, score) for piece, score in json.loads(raw.to_str())["model"]["vocab"][1:])


def special(*names: str) -> list[tuple[str, float]]:
    return [(name, 0.0) for name in names]


def bart(folder: Path) -> None:
    vocabulary, merges = byte_pairs()
    tokenizer = BartTokenizer(vocab=dict(vocabulary), merges=list(merges), model_max_length=160)
    model = BartForConditionalGeneration(BartConfig(vocab_size=len(tokenizer), **SMALL))
    model.generation_config = GenerationConfig(
        bos_token_id=0, pad_token_id=1, eos_token_id=2, decoder_start_token_id=2,
        forced_bos_token_id=0, forced_eos_token_id=2, no_repeat_ngram_size=3,
    )  # fmt: skip
    save(folder, model, tokenizer, end=2)
    card(folder, ["en"])


def mbart50(folder: Path) -> None:
    vocabulary = special("<unk>", "<s>", "</s>") + list(unigrams())
    tokenizer = MBart50Tokenizer(vocab=vocabulary, model_max_length=160)
    config = MBartConfig(
        vocab_size=len(tokenizer), decoder_start_token_id=2, scale_embedding=True, **SMALL
    )
    save(folder, MBartForConditionalGeneration(config), tokenizer, end=2)


def mbart25(folder: Path) -> None:
    vocabulary = special("<s>", "<pad>", "</s>", "<unk>") + list(unigrams())
    codes = list(MBartTokenizer().lang_code_to_id)
    tokenizer = MBartTokenizer(vocab=vocabulary + special(*codes, "<mask>"), model_max_length=160)
    config = MBartConfig(vocab_size=len(tokenizer), scale_embedding=True, **SMALL)
    save(folder, MBartForConditionalGeneration(config), tokenizer, end=2)


def indobart_like(folder: Path) -> None:
    """Like a converted IndoBART: ``<s> X </s> [indonesian]``, replies start with the code."""
    from tokenizers.processors import TemplateProcessing

    vocabulary = special("<s>", "<pad>", "</s>", "<unk>") + list(unigrams())
    codes = ["[javanese]", "[sundanese]", "[indonesian]"]
    tokenizer = MBartTokenizer(vocab=vocabulary + special(*codes, "<mask>"), model_max_length=160)
    backend = tokenizer.backend_tokenizer
    code = backend.token_to_id("[indonesian]")
    backend.normalizer = normalizers.Lowercase()
    backend.post_processor = TemplateProcessing(
        single="<s> $A </s> [indonesian]",
        special_tokens=[("<s>", 0), ("</s>", 2), ("[indonesian]", code)],
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=backend, bos_token="<s>", eos_token="</s>", unk_token="<unk>",
        pad_token="<pad>", mask_token="<mask>", extra_special_tokens=codes,
    )  # fmt: skip
    config = MBartConfig(
        vocab_size=len(fast), decoder_start_token_id=code, scale_embedding=True, **SMALL
    )
    model = MBartForConditionalGeneration(config)
    model.generation_config.forced_bos_token_id = 0
    save(folder, model, fast, end=2)


def writer(folder: Path) -> None:
    """Like our own: replies start with a style, then a language, and pieces differ in frequency."""
    from tokenizers.processors import TemplateProcessing

    styles = ("__summary__", "__brief__", "__headline__", "__translation__")
    names = ("<s>", "<pad>", "</s>", "<unk>")
    codes = ("__id__", "__en__", *styles)
    backend = Tokenizer(models.Unigram([*special(*names), *unigrams(), *special(*codes)], 3))
    backend.pre_tokenizer = pre_tokenizers.Metaspace()
    backend.decoder = decoders.Metaspace()
    backend.post_processor = TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=backend, bos_token="<s>", eos_token="</s>", unk_token="<unk>",
        pad_token="<pad>", extra_special_tokens=list(codes), model_max_length=160,
    )  # fmt: skip
    start = backend.token_to_id("__summary__")
    config = BartConfig(
        vocab_size=len(tokenizer), scale_embedding=True, decoder_start_token_id=start,
        forced_eos_token_id=None, **SMALL,
    )  # fmt: skip
    model = BartForConditionalGeneration(config)
    model.final_logits_bias[0] = torch.randn(len(tokenizer))
    model.generation_config = GenerationConfig(
        bos_token_id=0, pad_token_id=1, eos_token_id=2, decoder_start_token_id=start
    )
    save(folder, model, tokenizer, end=2)


def pegasus(folder: Path) -> None:
    vocabulary = special("<pad>", "</s>", "<unk>", "<mask_1>", "<mask_2>") + list(unigrams())
    tokenizer = PegasusTokenizer(vocab=vocabulary, offset=0, model_max_length=160)
    config = PegasusConfig(
        vocab_size=len(tokenizer), scale_embedding=True, decoder_start_token_id=0, **SMALL
    )
    save(folder, PegasusForConditionalGeneration(config), tokenizer, end=1)
    card(folder, "en")


def t5(folder: Path) -> None:
    """The first T5: tied embeddings, scaled outputs, and the prefix in its configuration."""
    tokenizer = t5_tokenizer()
    config = T5Config(
        vocab_size=len(tokenizer) + 12,  # T5's matrix has more rows than its tokenizer tokens
        task_specific_params={"summarization": {"prefix": "summarize: ", "num_beams": 4}},
        # Larger ones make attention so sharp that the last bit of a sum decides what is written.
        **{**SMALL_T5, "initializer_factor": 1.5},
    )
    save(folder, T5ForConditionalGeneration(config), tokenizer, end=1)
    card(folder, ["en", "fr"])


def t5_gated(folder: Path) -> None:
    """T5 v1.1, as IndoNanoT5 is: a head of its own, whose inputs are not scaled."""
    tokenizer = t5_tokenizer()
    config = T5Config(
        vocab_size=len(tokenizer), feed_forward_proj="gated-gelu", tie_word_embeddings=False,
        **SMALL_T5,
    )  # fmt: skip
    model = T5ForConditionalGeneration(config)
    untie(model)
    save(folder, model, tokenizer, end=1)
    card(folder, "id")


def mt5(folder: Path) -> None:
    tokenizer = t5_tokenizer()
    model = MT5ForConditionalGeneration(MT5Config(vocab_size=len(tokenizer), **SMALL_T5))
    untie(model)
    save(folder, model, tokenizer, end=1)
    card(folder, ["am", "en", "id", "zh"])


def t5_tokenizer() -> Any:
    vocabulary = special("<pad>", "</s>", "<unk>") + list(unigrams())
    return T5Tokenizer(vocab=vocabulary, extra_ids=10, model_max_length=160)


def untie(model: Any) -> None:
    with torch.no_grad():
        head = torch.randn_like(model.lm_head.weight) * 0.3
    model.lm_head.weight = torch.nn.Parameter(head)


def save(folder: Path, model: Any, tokenizer: Any, *, end: int) -> None:
    """Save a model that ends its replies now and then, which random ones do not."""
    with torch.no_grad():
        if hasattr(model, "final_logits_bias"):
            model.final_logits_bias[0, end] = 3.0
        else:
            model.lm_head.weight[end] *= 3
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def card(folder: Path, language: Any) -> None:
    (folder / "README.md").write_text(f"---\nlanguage: {json.dumps(language)}\n---\n# A model\n")


MAKERS: dict[str, Callable[[Path], None]] = {
    "bart": bart,
    "mbart50": mbart50,
    "mbart25": mbart25,
    "indobart": indobart_like,
    "writer": writer,
    "pegasus": pegasus,
    "t5": t5,
    "t5_gated": t5_gated,
    "mt5": mt5,
}


def lessons(count: int = 24) -> list[str]:
    """Return sentences short enough to be learnt by heart, those of the self-test among them."""
    found = [span.of(text) for text in texts() for span in split(text)]
    short = [sentence for sentence in found if 8 <= len(sentence.split()) <= 14]
    return [*SENTENCES.values(), *short[:count]]


def trained_bart(folder: Path, steps: int = 130, *, small_letters: bool = False) -> None:
    """Make a BART that has learnt ``lessons`` by heart: given one, it repeats it.

    One of ``small_letters`` knows no capitals, like IndoBART.
    """
    make("bart", folder)
    if small_letters:
        content = json.loads((folder / "tokenizer.json").read_text())
        content["normalizer"] = {"type": "Lowercase"}
        (folder / "tokenizer.json").write_text(json.dumps(content))
    config = BartConfig.from_pretrained(folder)
    config.init_std, config.d_model, config.dropout = 0.02, 64, 0.0
    config._attn_implementation = "eager"  # much quicker than the default in training on a CPU
    model = BartForConditionalGeneration(config)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    pairs = [torch.tensor(ids) for ids in tokenizer(lessons()).input_ids]
    for step in range(steps):
        chosen = pairs[step % 2 :: 2]
        sources = torch.nn.utils.rnn.pad_sequence(chosen, batch_first=True, padding_value=1)
        labels = sources.masked_fill(sources == 1, -100)
        loss = model(input_ids=sources, attention_mask=sources != 1, labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.generation_config = GenerationConfig.from_pretrained(folder)
    model.generation_config.no_repeat_ngram_size = 0
    model.save_pretrained(folder)
    card(folder, ["id", "en"])


@cache
def trained(*, small_letters: bool = False) -> Path:
    """Return the folder of a trained BART, made once for all tests; copy it to change it."""
    _KEPT.append(TemporaryDirectory())
    folder = Path(_KEPT[-1].name)
    trained_bart(folder, small_letters=small_letters)
    return folder


_KEPT: list[TemporaryDirectory[str]] = []  # removed when the tests end


def make(kind: str, folder: Path) -> Path:
    """Make a checkpoint with random weights, the same at every call."""
    torch.manual_seed(20)
    MAKERS[kind](folder)
    return folder
