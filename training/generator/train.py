"""A stage of the writer's training: stopped and carried on at any step, ended by the clock."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import torch

from ringkas.generation.seq2seq import Codec, dialect_of, open_checkpoint
from ringkas.shipped import digest
from training.generator.exercises import STAGES, Material, Pool, portion
from training.generator.learning import WriterLearner
from training.generator.lessons import Limits, Scribe, batches
from training.generator.plot import plot
from training.generator.recipe import WriterRecipe
from training.generator.scoring import Examiner
from training.generator.vocabulary import MASK, PAD
from training.summarizer.data import TrainingError
from training.summarizer.lessons import Lesson
from training.summarizer.log import Log
from training.summarizer.saving import save_model
from training.summarizer.seq2seq import multiplies_half, trainable
from training.summarizer.state import Standing, load_state, save_state
from training.summarizer.train import stop_signal

_CARD = (
    "---\nlanguage: [id, en]\ntags: [summarization, translation]\n---\n\n# Writer\n\n"
    "Made by the recipe in training/generator, stage '{stage}', {step:,} steps. Its data has "
    "terms of its own: docs/models/generator.md.\n"
)
Say = Callable[[str], None]
_MADE = ("translated", "aligned", "lexicon")  # what of the material other commands have made


@dataclass(frozen=True, slots=True)
class Job:
    """One stage: the model it starts from, its data, and where its state, log and model go."""

    stage: str
    start: Path
    material: Material
    out: Path
    held: int = 100
    recipe: WriterRecipe = field(default_factory=WriterRecipe)


@dataclass(frozen=True, slots=True)
class Place(Standing):
    """How far a stage has come: steps, the batch of a portion that is next, minutes trained."""

    portion: int = 0
    batch: int = 0
    minutes: float = 0.0


def train(job: Job, say: Say = print) -> Path:
    """Train one stage, or carry on where it stands; return its model's folder.

    Raises:
        TrainingError: the data is missing, ``out`` holds another run, or this one was stopped.
        ModelError: the model to start from cannot be loaded.
        MissingExtraError: sacrebleu is not installed.
    """
    checkpoint = open_checkpoint(str(job.start))
    codec = Codec(checkpoint, dialect_of(checkpoint))
    _same_run(job)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = trainable(codec, device)
    backend = checkpoint.tokenizer.backend_tokenizer
    mask, half = backend.token_to_id(MASK), multiplies_half(device)
    learner = WriterLearner(model, job.recipe, pad=PAD, mask=mask, half=half)
    limits = Limits(job.recipe.longest_source, job.recipe.longest_reply)
    scribe = Scribe(backend, limits)
    pools = STAGES[job.stage](job.material)
    examiner = Examiner(job.material.data, scribe, backend, job.held)
    _Run(job, learner, scribe, pools, examiner, codec, say).go()
    return job.out / "model"


class _Run:
    def __init__(
        self,
        job: Job,
        learner: WriterLearner,
        scribe: Scribe,
        pools: list[Pool],
        examiner: Examiner,
        codec: Codec,
        say: Say,
    ) -> None:
        self._job, self._learner, self._scribe, self._pools = job, learner, scribe, pools
        self._examiner, self._codec, self._say = examiner, codec, say
        self._place = load_state(job.out, learner, Place())
        self._log = Log(job.out / "log.jsonl", self._place.step)

    def go(self) -> None:
        recipe, place = self._job.recipe, self._place
        self._say(f"at step {place.step:,}, {place.minutes:.0f} of {recipe.minutes:.0f} minutes")
        if place.step == 0:
            self._examine()
        begun = time.monotonic() - 60 * place.minutes
        saved = examined = place.minutes
        with stop_signal() as stop, ThreadPoolExecutor(1) as ahead:
            plan, coming = self._plan(place.portion), ahead.submit(self._plan, place.portion + 1)
            while not self._over():
                if self._place.batch == len(plan):
                    number = self._place.portion + 1
                    self._place = replace(self._place, portion=number, batch=0)
                    plan, coming = coming.result(), ahead.submit(self._plan, number + 1)
                self._step(plan[self._place.batch])
                now = (time.monotonic() - begun) / 60
                self._place = replace(self._place, minutes=now)
                if stop.is_set():
                    self._save()
                    raise TrainingError(
                        f"stopped after step {self._place.step:,}; the same command carries on"
                    )
                if now - examined >= recipe.examine_minutes:
                    self._examine()
                    examined = now
                if now - saved >= recipe.save_minutes:
                    self._save()
                    saved = now
        self._examine()
        self._save()

    def _over(self) -> bool:
        recipe = self._job.recipe
        return self._place.step >= recipe.steps or self._place.minutes >= recipe.minutes

    def _plan(self, number: int) -> list[list[Lesson]]:
        recipe = self._job.recipe
        drawn = portion(self._pools, number, recipe.portion, recipe.seed)
        key = f"{recipe.seed}/{number}"
        return batches(self._scribe.lessons(drawn, key), recipe.tokens, key)

    def _step(self, batch: list[Lesson]) -> None:
        place, recipe = self._place, self._job.recipe
        loss = self._learner.step(batch, place.step, recipe.total(place.step, place.minutes))
        self._place = replace(place, step=place.step + 1, batch=place.batch + 1)
        tokens = sum(lesson.length for lesson in batch)
        if line := self._log.step(self._place.step, loss, tokens):
            self._say(f"step {self._place.step:,}, {self._place.minutes:.1f} min: {line}")

    def _examine(self) -> None:
        scores = self._examiner.scores(self._learner.model)
        self._log.scores(self._place.step, {**scores, "minutes": self._place.minutes})
        said = ", ".join(f"{name} {value:.1f}" for name, value in scores.items())
        self._say(f"after step {self._place.step:,}: {said}")

    def _save(self) -> None:
        save_state(self._job.out, self._learner, self._place)
        card = _CARD.format(stage=self._job.stage, step=self._place.step)
        with self._learner.whole() as model:
            save_model(self._job.out / "model", model, self._codec, ("id", "en"), card)
        plot(self._job.out / "log.jsonl", self._job.out / "course.png")


def _content(file: Path | None) -> str:
    """Return what tells a file from another version of it."""
    return "" if file is None or not file.is_file() else digest(file)


def _same_run(job: Job) -> None:
    """Note what the run is made of, and refuse to carry on another one.

    The minutes it may take can change; everything else decides the weights.

    Raises:
        TrainingError: the run in the folder has another stage, start or recipe.
    """
    now = {
        "stage": job.stage,
        "start": str(job.start),
        **{name: _content(getattr(job.material, name)) for name in _MADE},
        "stated_only": job.material.stated_only,
        **asdict(job.recipe),
    }
    file = job.out / "run.json"
    if file.is_file():
        before = json.loads(file.read_text(encoding="utf-8"))
        free = ("minutes", "save_minutes", "examine_minutes")
        other = [name for name in now if before.get(name) != now[name] and name not in free]
        if other:
            said = ", ".join(f"{name} ({before.get(name)}, now {now[name]})" for name in other)
            raise TrainingError(
                f"{job.out} holds a run with another {said}. Give the same, or another --out"
            )
    job.out.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")
