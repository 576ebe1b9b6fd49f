"""Fine-tuning on pairs of texts and summaries: it learns, carries on, stops, and says why not."""

from __future__ import annotations

import json
import lzma
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from tiny_seq2seq import lessons, make, t5_tokenizer
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

from ringkas.errors import ModelError
from ringkas.generation.seq2seq import Codec, dialect_of, open_checkpoint
from ringkas.settings import GeneratorSettings
from summarizer.seq2seq_writer import Seq2SeqWriter
from summarizer.writing import Brief, Part
from training.summarizer.data import Pair, TrainingError, divided, read_pairs
from training.summarizer.job import Job
from training.summarizer.learning import Learner
from training.summarizer.lessons import batches, lessons_of
from training.summarizer.recipe import Recipe
from training.summarizer.saving import save_model
from training.summarizer.scratch import Size, make_model
from training.summarizer.train import train

FILLER = "Acara itu selesai pukul tiga sore."
QUICK = Recipe(
    passes=70, batch=13, rate=4e-3, label_smoothing=0.0, evaluations=0.03, train_embeddings=True
)


def write_rows(file: Path, rows: list[dict[str, Any]]) -> Path:
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty-six short texts; each one's first sentence is its summary."""
    rows = [{"text": f"{said} {FILLER}", "summary": said} for said in lessons()]
    return write_rows(tmp_path_factory.mktemp("data") / "rows.jsonl", rows)


@pytest.fixture(scope="module")
def held(data: Path) -> Path:
    """The first ten of them: a model that has learnt them by heart is a good one here."""
    file = data.with_name("held.jsonl")
    file.write_text("".join(data.read_text().splitlines(keepends=True)[:10]))
    return file


@pytest.fixture(scope="module")
def untrained(data: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    size = Size(vocabulary=500, width=64, layers=2, positions=160)
    return str(make_model(read_pairs(data, "id"), tmp_path_factory.mktemp("model"), size))


def log_of(out: Path, key: str) -> list[float]:
    lines = map(json.loads, (out / "log.jsonl").read_text().splitlines())
    return [line[key] for line in lines if key in line]


@pytest.fixture(scope="module")
def trained(
    data: Path, held: Path, untrained: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    out = tmp_path_factory.mktemp("run")
    assert train(Job(untrained, data, out, held=held, recipe=QUICK), print) == out / "model"
    return out


def test_loss_falls_and_rouge_rises(trained: Path) -> None:
    losses, rouge = log_of(trained, "loss"), log_of(trained, "rouge1")
    assert losses[-1] < 0.5 * losses[0]
    assert rouge[0] < 0.2
    assert rouge[-1] > 0.6


def test_result_writes_in_stock_transformers_and_in_ours(trained: Path) -> None:
    folder = trained / "model"
    model = AutoModelForSeq2SeqLM.from_pretrained(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    source = f"{lessons()[0]} {FILLER}"
    ids = model.generate(**tokenizer(source, return_tensors="pt"), max_new_tokens=60)
    stock = tokenizer.decode(ids[0], skip_special_tokens=True)
    settings = GeneratorSettings(
        kind="seq2seq", model=str(folder), beams=1, precision="float32", max_tokens=60
    )
    writer = Seq2SeqWriter(settings)
    assert writer.write([source], Brief("id", "id", 40)) == [(Part((stock,)),)]
    assert writer.languages == {"id"}  # from the card
    assert model.config.dropout == 0.1  # the model's own, not training's
    assert "26 pairs" in (folder / "README.md").read_text()


def test_nothing_is_a_pickle(trained: Path) -> None:
    kinds = {file.suffix for file in trained.rglob("*") if file.is_file()}
    assert kinds == {".safetensors", ".json", ".jsonl", ".md"}


SHORT = replace(QUICK, passes=4, batch=6)


def stop_at(text: str) -> Callable[[str], None]:
    def say(line: str) -> None:
        if text in line:
            os.kill(os.getpid(), signal.SIGINT)

    return say


def test_interrupted_run_ends_where_an_uninterrupted_one_does(
    data: Path, held: Path, untrained: str, tmp_path: Path
) -> None:
    job = Job(untrained, data, tmp_path / "whole", held=held, recipe=SHORT)
    train(job, print)
    broken = replace(job, out=tmp_path / "broken")
    with pytest.raises(TrainingError, match=r"stopped after step 10 of 20; the same command carr"):
        train(broken, stop_at("step 10 of 20"))
    said: list[str] = []
    train(broken, said.append)
    assert any("carrying on after step 10 of 20" in line for line in said)
    whole, resumed = (
        load_file(next((out / "state").glob("*/weights.safetensors")))
        for out in (tmp_path / "whole", tmp_path / "broken")
    )
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)
    assert log_of(tmp_path / "whole", "loss") == log_of(tmp_path / "broken", "loss")
    assert log_of(tmp_path / "whole", "rougeL") == log_of(tmp_path / "broken", "rougeL")


def test_finished_run_is_not_trained_again(
    trained: Path, data: Path, held: Path, untrained: str
) -> None:
    before = (trained / "model" / "model.safetensors").stat().st_mtime_ns
    train(Job(untrained, data, trained, held=held, recipe=QUICK), print)
    assert (trained / "model" / "model.safetensors").stat().st_mtime_ns == before


def test_state_left_half_written_is_not_used(
    data: Path, held: Path, untrained: str, tmp_path: Path
) -> None:
    job = Job(untrained, data, tmp_path, held=held, recipe=SHORT)
    with pytest.raises(TrainingError, match="stopped after step 10"):
        train(job, stop_at("step 10 of 20"))
    (tmp_path / "state" / ".00000011").mkdir()
    said: list[str] = []
    train(job, said.append)
    assert any("after step 10" in line for line in said)


def test_damaged_state_is_named(data: Path, held: Path, untrained: str, tmp_path: Path) -> None:
    job = Job(untrained, data, tmp_path, held=held, recipe=SHORT)
    with pytest.raises(TrainingError, match="stopped"):
        train(job, stop_at("step 10 of 20"))
    (tmp_path / "state" / "00000010" / "optimizer.safetensors").write_bytes(b"half")
    with pytest.raises(TrainingError, match=r"00000010 is damaged .* Delete that folder"):
        train(job, print)


def test_training_stops_early_when_rouge_does_not_rise(
    data: Path, held: Path, untrained: str, tmp_path: Path
) -> None:
    still = replace(SHORT, rate=1e-12, evaluations=1, patience=2)
    said: list[str] = []
    train(Job(untrained, data, tmp_path, held=held, recipe=still), said.append)
    assert said[-2].startswith("stopped early")
    assert said[-1].startswith("that is no gain: before training it was")
    assert len(log_of(tmp_path, "rouge1")) == 4  # before, the best, and two no better


def test_another_run_in_the_folder_is_not_carried_on(
    trained: Path, data: Path, held: Path, untrained: str
) -> None:
    other = Job(untrained, data, trained, held=held, recipe=replace(QUICK, batch=4))
    with pytest.raises(TrainingError, match=r"another batch \(13, now 4\)\. .* another --to"):
        train(other, print)


def test_a_damaged_note_of_the_run_is_named(
    data: Path, held: Path, untrained: str, tmp_path: Path
) -> None:
    for damaged in ("{", "[]"):
        (tmp_path / "run.json").write_text(damaged)
        with pytest.raises(TrainingError, match=r"run\.json.* another --to"):
            train(Job(untrained, data, tmp_path, held=held, recipe=SHORT), print)


def test_a_tokenizer_of_another_model_is_refused(data: Path, tmp_path: Path) -> None:
    folder = make("bart", tmp_path / "bart")
    for file in folder.glob("tokenizer*"):
        file.unlink()
    t5_tokenizer().save_pretrained(folder)
    with pytest.raises(ModelError, match="tokenizer"):
        train(Job(str(folder), data, tmp_path / "run", recipe=SHORT), print)


FAULTY = {
    "{": r"line 2: not JSON \(.* at character 2\)",
    "[1]": "line 2: a list, not an object",
    '{"text": "a b"}': "line 2: 'summary' is missing; it has 'text'",
    '{"text": 7, "summary": "a"}': "line 2: 'text' is a int, not a text",
    '{"text": "a b", "summary": " "}': "line 2: 'summary' is empty",
    '{"text": "a b", "summary": "a", "language": "fr"}': "line 2: 'language' is 'fr'; expected",
    '{"text": "a", "summary": "a b"}': "line 2: the summary is not shorter than its text",
}


@pytest.mark.parametrize("line", FAULTY)
def test_faulty_lines_are_named(line: str, tmp_path: Path) -> None:
    good = '{"text": "satu dua", "summary": "satu"}\n'
    file = tmp_path / "rows.jsonl"
    file.write_text(f"{good}{line}\n\n{good * 9}")
    with pytest.raises(TrainingError, match=FAULTY[line]):
        read_pairs(file, "id")
    told: list[str] = []
    assert len(read_pairs(file, "id", told.append)) == 10
    assert len(told) == 1
    assert "rows.jsonl, line 2: " in told[0]


def test_only_the_first_faults_are_listed(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("{}\n" * 12)
    with pytest.raises(TrainingError, match=r"line 5: [^\n]*\n\.\.\. and 7 more$"):
        read_pairs(file, "id")


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"cannot read .*none\.jsonl: No such file"):
        read_pairs(tmp_path / "none.jsonl", "id")
    (tmp_path / "rows.xz").write_bytes(b"no archive")
    with pytest.raises(TrainingError, match=r"cannot read .*rows\.xz"):
        read_pairs(tmp_path / "rows.xz", "id")
    (tmp_path / "rows.jsonl").write_bytes(b'{"text": "\xff"}')
    with pytest.raises(TrainingError, match="is not UTF-8 text"):
        read_pairs(tmp_path / "rows.jsonl", "id")
    few = write_rows(tmp_path / "few.jsonl", [{"text": "a b", "summary": "a"}])
    with pytest.raises(TrainingError, match="holds 1 pairs; at least 10"):
        read_pairs(few, "id")


def test_compressed_files_and_languages_are_read(tmp_path: Path) -> None:
    rows = [{"text": f"a b {n}", "summary": "a", "language": "en"} for n in range(10)]
    with lzma.open(tmp_path / "rows.jsonl.xz", "wt") as file:
        file.writelines(f"{json.dumps(row)}\n" for row in rows)
    assert read_pairs(tmp_path / "rows.jsonl.xz", "id")[3] == Pair("a b 3", "a", "en")


def test_held_out_pairs_do_not_depend_on_their_order() -> None:
    pairs = [Pair(f"teks {number}", "s", "id") for number in range(50)]
    kept, held = divided(pairs, 0.1, 200)
    assert (len(kept), len(held)) == (45, 5)
    assert set(divided(pairs[::-1], 0.1, 200)[1]) == set(held)
    assert not set(kept) & set(held)
    assert len(divided(pairs, 0.5, 7)[1]) == 7


def codec_of(folder: str, *languages: Any) -> Codec:
    checkpoint = open_checkpoint(folder)
    return Codec(checkpoint, dialect_of(checkpoint, languages))


def test_long_texts_keep_their_beginning_and_are_counted(untrained: str) -> None:
    codec = codec_of(untrained)
    words = " ".join(f"kota{number}" for number in range(300))
    found, cut = lessons_of([Pair(words, "kota", "id"), Pair("kota itu", "kota", "id")], codec)
    assert cut == 1
    assert 150 < len(found[0].source) <= 160
    with pytest.raises(TrainingError, match=r"a summary has \d+ tokens, and .* writes at most 158"):
        lessons_of([Pair(words, words, "id")], codec)
    with pytest.raises(TrainingError, match=r"writes \['id'\], and the data has summaries in 'en'"):
        lessons_of([Pair("a b", "a", "en")], codec)


def test_batches_hold_every_lesson_once_and_like_lengths(untrained: str) -> None:
    codec = codec_of(untrained)
    pairs = [Pair("kota " * (1 + 3 * n), "kota", "id") for n in range(40)]
    found, _ = lessons_of(pairs, codec)
    plan = batches(found, 4, seed=3)
    assert sorted(map(id, (one for batch in plan for one in batch))) == sorted(map(id, found))
    assert all(
        abs(one.length - other.length) < 20 for batch in plan for one, other in pairwise(batch)
    )
    assert plan == batches(found, 4, seed=3)
    assert plan != batches(found, 4, seed=4)


def learner_of(untrained: str) -> Learner:
    model = AutoModelForSeq2SeqLM.from_pretrained(untrained, dropout=0.0)
    return Learner(model, replace(QUICK, label_smoothing=0.1), pad=1, half=False)


def test_a_batch_too_large_for_memory_is_learnt_in_parts(
    untrained: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    codec = codec_of(untrained)
    found, _ = lessons_of([Pair(f"{said} {FILLER}", said, "id") for said in lessons()], codec)
    whole, parted = learner_of(untrained), learner_of(untrained)
    forward, sizes = parted.model.forward, []

    def narrow(**inputs: Any) -> Any:
        sizes.append(len(inputs["input_ids"]))
        if sizes[-1] > 3:
            torch.empty(1 << 50)  # raises what torch raises when memory is short
        return forward(**inputs)

    monkeypatch.setattr(parted.model, "forward", narrow)
    losses = [learner.step(found[:8], 0, 10) for learner in (whole, parted)]
    assert sizes == [8, 4, 2, 2, 2, 2]
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)
    for one, other in zip(whole.trained.values(), parted.trained.values(), strict=True):
        torch.testing.assert_close(one.grad, other.grad, rtol=1e-3, atol=1e-5)


def test_bfloat16_learns_the_same(untrained: str) -> None:
    found, _ = lessons_of(
        [Pair(f"{said} {FILLER}", said, "id") for said in lessons()], codec_of(untrained)
    )
    losses = []
    for half in (False, True):
        model = AutoModelForSeq2SeqLM.from_pretrained(untrained, dropout=0.0)
        learner = Learner(model, QUICK, pad=1, half=half)
        losses.append([learner.step(found[:8], step, 10) for step in range(4)])
        assert {weight.dtype for weight in learner.trained.values()} == {torch.float32}
    assert losses[1] == pytest.approx(losses[0], rel=0.02)
    assert losses[1] != losses[0]
    assert losses[1][-1] < losses[1][0]


def test_embeddings_stay_unless_asked_for(untrained: str) -> None:
    model = AutoModelForSeq2SeqLM.from_pretrained(untrained)
    still = Learner(model, replace(QUICK, train_embeddings=False), pad=1, half=False)
    assert not any("shared" in name or "lm_head" in name for name in still.trained)


def test_model_taught_one_language_starts_in_it(tmp_path: Path) -> None:
    folder = make("mbart50", tmp_path / "base")
    codec = codec_of(str(folder))
    model = AutoModelForSeq2SeqLM.from_pretrained(folder)
    save_model(tmp_path / "model", model, codec, ["id"], "---\nlanguage: [id]\n---\n")
    assert codec_of(str(tmp_path / "model")).dialect.languages == {"id"}
    assert codec.dialect.languages == {"id", "en"}


def test_prefix_of_training_is_that_of_writing(tmp_path: Path) -> None:
    folder = make("t5_gated", tmp_path / "base")
    checkpoint = open_checkpoint(str(folder))
    codec = Codec(checkpoint, dialect_of(checkpoint, (), "ringkas: "))
    model = AutoModelForSeq2SeqLM.from_pretrained(folder)
    save_model(tmp_path / "model", model, codec, ["id"], "---\nlanguage: [id]\n---\n")
    saved = codec_of(str(tmp_path / "model"))
    assert saved.dialect.prefix == "ringkas: "
    assert saved.checkpoint.config.scale_decoder_outputs is False
