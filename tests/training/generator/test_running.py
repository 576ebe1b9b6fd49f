"""The writer's training: what it learns, what stays, and that it can be stopped."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoModelForSeq2SeqLM

from training.generator.exercises import Material
from training.generator.learning import WriterLearner
from training.generator.recipe import WriterRecipe
from training.generator.train import Job, train
from training.generator.vocabulary import PAD
from training.summarizer.data import TrainingError
from training.summarizer.learning import Learner

MASKED = 7  # any token

Make = Callable[..., list[Any]]


def learner(untrained: Path, **choices: Any) -> WriterLearner:
    model = AutoModelForSeq2SeqLM.from_pretrained(untrained, attn_implementation="eager")
    model.config.dropout = 0.0
    for module in model.modules():
        if hasattr(module, "dropout") and isinstance(module.dropout, float):
            module.dropout = 0.0
    choices = {"forgotten": 0.0, **choices}
    return WriterLearner(model, WriterRecipe(**choices), pad=PAD, mask=MASKED, half=False)


def test_all_candidates_are_the_whole_softmax(untrained: Path, lessons_on: Make) -> None:
    batch = lessons_on()[:6]
    one = learner(untrained, candidates=0, frozen=0)
    whole = float(one._loss(batch).detach())
    plain = Learner(one.model, WriterRecipe(), pad=PAD, half=False)
    assert whole == pytest.approx(float(plain._loss(batch).detach()), rel=1e-4)
    some = learner(untrained, candidates=200, frozen=0)
    guessed = torch.stack([some._loss(batch).detach() for _ in range(10)]).mean()
    assert float(guessed) == pytest.approx(whole, rel=0.02)


def test_frozen_layers_and_the_encoders_view_take_no_gradient(
    untrained: Path, lessons_on: Make
) -> None:
    one = learner(untrained, frozen=2)
    before = {name: weight.clone() for name, weight in one.model.state_dict().items()}
    one.step(lessons_on()[:8], 5, 10)
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


def test_it_learns(untrained: Path, lessons_on: Make) -> None:
    one = learner(untrained, frozen=1, candidates=150, rate=5e-3, upper=1.0, embeddings=1.0)
    batch = lessons_on()[:8]
    losses = [one.step(batch, 3, 10) for _ in range(40)]
    assert losses[-1] < 0.8 * losses[0]


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
