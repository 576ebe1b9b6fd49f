"""Fine-tuning a chat model: it learns its replies alone, by LoRA, and is kept whole."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from tiny_chat import TEMPLATE, chat_tokenizer
from tiny_seq2seq import lessons
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    LlamaConfig,
    LlamaForCausalLM,
)
from typer.testing import CliRunner

from ringkas.cli.app import app
from ringkas.errors import MissingExtraError, ModelError
from ringkas.generation.transformers_chat import TransformersChat, is_chat_model
from ringkas.settings import GeneratorSettings
from summarizer import chat_writer
from summarizer.writing import Brief
from training.summarizer.chat import ChatLearner, _framed, chat_student
from training.summarizer.data import Pair, TrainingError
from training.summarizer.job import Job
from training.summarizer.lora import add_lora, merged
from training.summarizer.recipe import Recipe
from training.summarizer.train import train

WHOLE = Recipe(
    passes=20, batch=10, rate=1e-2, label_smoothing=0.0, evaluations=0.05, train_embeddings=True
)
QUICK = Recipe(passes=30, batch=10, rate=2e-2, label_smoothing=0.0, evaluations=0.05, lora=8)
FILLER = "Acara itu selesai pukul tiga sore."


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """So small a model is slower on several, the more so beside other tests."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def pairs() -> list[Pair]:
    return [Pair(f"{said} {FILLER}", said, "id") for said in lessons(8)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small random Llama that speaks ChatML and ties its embeddings."""
    prompts = [file.read_text() for file in Path(chat_writer.__file__).parent.glob("prompts/*.md")]
    words = chat_tokenizer([*prompts * 3, *(pair.text for pair in pairs())], 1200)
    made = tmp_path_factory.mktemp("chat-model")
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(words), hidden_size=64, intermediate_size=128, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=4096,
        bos_token_id=None, eos_token_id=1, tie_word_embeddings=True,
    )  # fmt: skip
    LlamaForCausalLM(config).to(torch.bfloat16).save_pretrained(made)
    words.save_pretrained(made)
    return str(made)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("data") / "rows.jsonl"
    rows = [{"text": pair.text, "summary": pair.summary} for pair in pairs()]
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return file


@pytest.fixture(scope="module")
def trained(folder: str, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run")
    train(Job(folder, data, out, held=data, recipe=WHOLE), print)
    return out


def log_of(run: Path, key: str) -> list[float]:
    lines = map(json.loads, (run / "log.jsonl").read_text().splitlines())
    return [line[key] for line in lines if key in line]


def test_loss_falls_when_all_weights_learn(trained: Path) -> None:
    losses = log_of(trained, "loss")
    assert losses[-1] < 0.95 * losses[0]


def test_lora_teaches_another_reply(trained: Path, tmp_path: Path) -> None:
    rows = [{"text": pair.text, "summary": FILLER} for pair in pairs()]
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    train(Job(str(trained / "model"), file, tmp_path / "run", held=file, recipe=QUICK), print)
    losses, rouge = log_of(tmp_path / "run", "loss"), log_of(tmp_path / "run", "rougeL")
    assert losses[-1] < 0.9 * losses[0]
    assert rouge[0] < 0.1 < max(rouge)


def test_result_is_a_whole_chat_model_in_the_type_it_came_in(trained: Path, folder: str) -> None:
    made = trained / "model"
    weights, before = (
        load_file(made / "model.safetensors"),
        load_file(f"{folder}/model.safetensors"),
    )
    assert weights.keys() == before.keys()
    assert {weight.dtype for weight in weights.values()} == {torch.bfloat16}
    assert not torch.equal(*(w["model.layers.0.mlp.up_proj.weight"] for w in (weights, before)))
    assert AutoModelForCausalLM.from_pretrained(made, dtype="auto").dtype == torch.bfloat16
    assert AutoTokenizer.from_pretrained(made).chat_template == TEMPLATE
    assert "10 pairs" in (made / "README.md").read_text()


def test_it_writes_in_use_what_it_was_measured_by(
    trained: Path, data: Path, tmp_path: Path
) -> None:
    exact = str(tmp_path / "float32")  # so that both multiply alike
    model_of(str(trained / "model")).save_pretrained(exact)
    AutoTokenizer.from_pretrained(trained / "model").save_pretrained(exact)
    student = chat_student(Job(exact, data, tmp_path), pairs(), pairs()[:3])
    most = int(1.25 * max(len(lesson.reply) for lesson in student.lessons[:3])) + 1
    settings = GeneratorSettings(kind="transformers", model=exact, max_tokens=most)
    brief = Brief("id", "id", 60)
    chat = TransformersChat(settings)
    replies = [chat.stream(chat_writer.messages(one.text, brief)) for one in pairs()[:3]]
    assert ["".join(reply).strip() for reply in replies] == student.write()


def model_of(folder: str) -> Any:
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)


def test_merged_weights_answer_as_the_model_with_lora_does(folder: str) -> None:
    changed, whole = model_of(folder), model_of(folder)
    add_lora(changed, 4, seed=3)
    for name, weight in changed.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(weight, std=0.1)
    whole.load_state_dict(merged(changed))
    ids = torch.arange(20)[None]
    with torch.inference_mode():
        torch.testing.assert_close(changed(ids).logits, whole(ids).logits, rtol=1e-3, atol=1e-3)
        assert not torch.allclose(changed(ids).logits, model_of(folder)(ids).logits, atol=0.1)


def test_loss_is_that_of_the_reply_whatever_stands_beside_it(folder: str, data: Path) -> None:
    job = Job(folder, data, data.parent, recipe=QUICK)
    student = chat_student(job, pairs(), pairs())
    learner, learnt = student.learner, student.lessons[:4]
    with torch.inference_mode():
        together = learner._loss(learnt)
        alone = sum(learner._loss([lesson]) for lesson in learnt)
        lesson = learnt[0]
        ids = torch.tensor([[*lesson.source, *lesson.reply]])
        logits = learner.model(ids[:, :-1]).logits[0, len(lesson.source) - 1 :]
        by_hand = torch.nn.functional.cross_entropy(
            logits, torch.tensor(lesson.reply), reduction="sum"
        )
        assert float(learner._loss([lesson])) == pytest.approx(float(by_hand), rel=1e-4)
    assert float(together) == pytest.approx(float(alone), rel=1e-4)
    assert {name.split(".")[-3] for name in learner.trained} == {"lora_A", "lora_B"}


def test_the_command_says_how_to_use_the_result(folder: str, data: Path, tmp_path: Path) -> None:
    to = tmp_path / "run"
    options = ["--model", folder, "--held", str(data), "--to", str(to), "--style", "headline"]
    few = ["--passes", "1", "--evaluations", "1", "--batch", "10", "--max-words", "16"]
    result = CliRunner().invoke(app, ["train", "summarizer", str(data), *options, *few])
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == str(to / "model")
    assert 'kind = "transformers"' in result.stderr
    made_with = json.loads((to / "run.json").read_text())
    assert (made_with["lora"], made_with["rate"], made_with["style"]) == (16, 2e-4, "headline")


def test_what_a_chat_model_does_not_take_is_refused(
    folder: str, data: Path, tmp_path: Path
) -> None:
    command = ["train", "summarizer", str(data), "--model", folder, "--to", str(tmp_path)]
    result = CliRunner().invoke(app, [*command, "--prefix", "summarize: "])
    assert result.exit_code == 2
    assert "is for seq2seq models, and this is a chat" in result.stderr


def test_interrupted_run_ends_where_an_uninterrupted_one_does(
    folder: str, data: Path, tmp_path: Path
) -> None:
    short = replace(QUICK, passes=4, evaluations=0.5)

    def stop(line: str) -> None:
        if "after step 2" in line:
            os.kill(os.getpid(), signal.SIGINT)

    job = Job(folder, data, tmp_path / "whole", held=data, recipe=short)
    train(job, print)
    broken = replace(job, out=tmp_path / "broken")
    with pytest.raises(TrainingError, match=r"stopped after step 2 of 4"):
        train(broken, stop)
    train(broken, print)
    whole, resumed = (
        load_file(out / "model" / "model.safetensors") for out in (job.out, broken.out)
    )
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def test_bullets_keep_their_lines(folder: str, data: Path) -> None:
    listed = [replace(pair, summary="- Rapat dibuka.\n\n-  Warga pulang.") for pair in pairs()]
    student = chat_student(Job(folder, data, data.parent, style="bullets"), listed, listed)
    words = AutoTokenizer.from_pretrained(folder)
    assert words.decode(student.lessons[0].reply[:-1]) == "- Rapat dibuka.\n- Warga pulang."


def test_memory_that_runs_short_while_writing_makes_batches_smaller(
    folder: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    student = chat_student(Job(folder, data, data.parent), pairs(), pairs()[:4])
    generate, sizes = student.learner.model.generate, []

    def narrow(**inputs: Any) -> Any:
        sizes.append(len(inputs["input_ids"]))
        if sizes[-1] > 2:
            torch.empty(1 << 50)  # raises what torch raises when memory is short
        return generate(**inputs)

    monkeypatch.setattr(student.learner.model, "generate", narrow)
    assert len(student.write()) == 4
    assert sizes == [4, 2, 2]


def test_embeddings_are_not_trained_beside_lora(folder: str, data: Path) -> None:
    options = ["train", "summarizer", str(data), "--model", folder, "--train-embeddings"]
    result = CliRunner().invoke(app, options)
    assert result.exit_code == 2
    assert "add --lora 0" in " ".join(result.stderr.split())


def test_rows_end_together() -> None:
    framed = _framed([(5, 6, 7), (8,)], 0, "cpu")
    assert framed["input_ids"].tolist() == [[5, 6, 7], [0, 0, 8]]
    assert framed["attention_mask"].tolist() == [[1, 1, 1], [0, 0, 1]]
    assert framed["position_ids"].tolist() == [[0, 1, 2], [0, 0, 0]]


def test_all_weights_can_be_trained(folder: str) -> None:
    learner = ChatLearner(model_of(folder), replace(QUICK, lora=0), pad=1, half=False)
    assert "model.layers.1.mlp.up_proj.weight" in learner.trained
    assert "model.embed_tokens.weight" not in learner.trained


def test_long_texts_keep_their_beginning(folder: str, data: Path) -> None:
    long = Pair("wali kota membuka rapat " * 900, "wali kota", "id")
    student = chat_student(Job(folder, data, data.parent, recipe=QUICK), [long, *pairs()], pairs())
    assert student.cut == 1
    assert len(student.lessons[0].source) + len(student.lessons[0].reply) <= 2048
    words = " ".join(f"kota{number}" for number in range(900))
    with pytest.raises(TrainingError, match=r"with the prompt nothing of its text fits into 2048"):
        chat_student(Job(folder, data, data.parent), [Pair(f"{words} ya", words, "id")], pairs())


def test_style_and_words_are_those_asked_for(folder: str, data: Path) -> None:
    job = Job(folder, data, data.parent, style="headline", max_words=16)
    words = AutoTokenizer.from_pretrained(folder)
    prompt = words.decode(chat_student(job, pairs(), pairs()).lessons[0].source)
    assert "judul" in prompt
    assert "16 kata" in prompt


def test_kinds_of_models_are_told_apart(folder: str, tmp_path: Path) -> None:
    assert is_chat_model(folder)
    assert not is_chat_model(str(tmp_path))
    (tmp_path / "config.json").write_text('{"model_type": "bart", "architectures": ["BartModel"]}')
    assert not is_chat_model(str(tmp_path))


def test_base_model_is_refused(folder: str, data: Path, tmp_path: Path) -> None:
    AutoModelForCausalLM.from_pretrained(folder).save_pretrained(tmp_path / "base")
    words = AutoTokenizer.from_pretrained(folder)
    words.chat_template = None
    words.save_pretrained(tmp_path / "base")
    with pytest.raises(ModelError, match="it is a base model, not a chat model"):
        train(Job(str(tmp_path / "base"), data, tmp_path / "run"), print)
    assert not (tmp_path / "run").exists()


def test_missing_peft_is_named(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "peft", None)
    with pytest.raises(MissingExtraError, match=r"'peft'.* pip install 'ringkas\[lora\]'"):
        add_lora(model_of(folder), 4, seed=1)


def test_lora_serves_seq2seq_models_too(data: Path, tmp_path: Path) -> None:
    from transformers import AutoModelForSeq2SeqLM

    from training.summarizer.data import read_pairs
    from training.summarizer.scratch import Size, make_model

    start = make_model(
        read_pairs(data, "id"), tmp_path / "start", Size(500, width=64, layers=1, positions=160)
    )
    recipe = replace(QUICK, passes=2, evaluations=0.5)
    made = train(Job(str(start), data, tmp_path / "run", held=data, recipe=recipe), print)
    before, after = (AutoModelForSeq2SeqLM.from_pretrained(one) for one in (start, made))
    assert before.state_dict().keys() == after.state_dict().keys()
    changed = {
        name
        for name, weight in before.state_dict().items()
        if not torch.equal(weight, after.state_dict()[name])
    }
    assert changed
    assert all("proj" in name or "fc" in name for name in changed)
