"""A writer small enough to be made, trained and packed within a test."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import BertConfig, BertModel

from ringkas.sources import samples
from ringkas.text.sentences import split
from training.generator.corpora import ENGLISH, INDONESIAN_NEWS
from training.generator.exercises import Exercise
from training.generator.lessons import Limits, Scribe
from training.generator.model import Shape, make_model
from training.generator.vocabulary import (
    FIRST,
    PAD,
    Vocabulary,
    choose,
    count_pieces,
    make_tokenizer,
    pieces_of,
    save_tokenizer,
)

TEXTS = tuple(" ".join(article.text.split()) for article in samples())
LEAST = {"news": 1, "wiki": 1}
Make = Callable[..., list[Any]]


@pytest.fixture(scope="session")
def texts() -> Sequence[str]:
    """The sample articles, each in one line."""
    return TEXTS


@pytest.fixture(scope="module")
def base() -> Tokenizer:
    """A tokenizer in the layout of XLM-RoBERTa's, with pieces that no text here uses."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC()])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=700,
        special_tokens=list(FIRST),
        unk_token="<unk>",
        initial_alphabet=[chr(number) for number in range(33, 127)],
        show_progress=False,
    )
    tokenizer.train_from_iterator([*TEXTS, "Ωμέγα Привет Ωμέγα Привет Ωμέγα Привет"], trainer)
    return tokenizer


@pytest.fixture(scope="module")
def vocabulary(base: Tokenizer) -> Vocabulary:
    counts = count_pieces(base, TEXTS)
    return choose(pieces_of(base), {"news": counts, "wiki": counts}, LEAST)


@pytest.fixture(scope="module")
def tokenizer(base: Tokenizer, vocabulary: Vocabulary) -> Tokenizer:
    return make_tokenizer(base, vocabulary)


@pytest.fixture(scope="module")
def encoder(base: Tokenizer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT whose embeddings are as small as the real one's, so that the norms' epsilon counts."""
    folder = tmp_path_factory.mktemp("encoder")
    config = BertConfig(
        vocab_size=base.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=4,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=96,
        layer_norm_eps=1e-12,
        initializer_range=0.08,
        pad_token_id=PAD,
    )
    torch.manual_seed(3)
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def untrained(
    encoder: Path, vocabulary: Vocabulary, tokenizer: Tokenizer, tmp_path_factory: Any
) -> Path:
    folder: Path = tmp_path_factory.mktemp("untrained")
    make_model(encoder, vocabulary, Shape(decoder_layers=2)).save_pretrained(folder)
    save_tokenizer(tokenizer, folder)
    return folder


@pytest.fixture(scope="module")
def lessons_on(tokenizer: Tokenizer) -> Make:
    """Make lessons of the samples' sentences."""

    def make(limits: Limits | None = None) -> list[Any]:
        exercises = [
            Exercise(span.of(text), span.of(text), "id", "restored", gaps=0.1)
            for text in TEXTS
            for span in split(text)
        ]
        return Scribe(tokenizer, limits or Limits(60, 60)).lessons(exercises, "7")

    return make


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    rows = [
        {"id": f"Wali kota membuka rapat ke-{number}.", "en": f"The mayor opened meeting {number}."}
        for number in range(12)
    ]
    names = ("bppt_news.train", "guntara_news.train2", "ted.train", "tico19.train", "bppt_news.dev")
    for name in names:
        write_rows(folder / "translation" / f"{name}.jsonl.xz", rows)
    for corpus in (*INDONESIAN_NEWS, *ENGLISH):
        text = "Wali kota membuka rapat itu pada hari Senin. Ya. Warga datang ke balai kota."
        write_rows(folder / f"{corpus.name}.jsonl.xz", [{corpus.text: text}] * 2)
    return folder


def write_rows(file: Path, rows: list[dict[str, str]]) -> None:
    file.parent.mkdir(exist_ok=True)
    with lzma.open(file, "wt") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
