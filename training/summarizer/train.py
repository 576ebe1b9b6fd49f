"""The training loop: resumable at every evaluation and interrupt, stopped early on ROUGE."""

from __future__ import annotations

import hashlib
import json
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass, replace
from pathlib import Path

from ringkas.generation.transformers_chat import is_chat_model
from training.summarizer.data import Pair, TrainingError, divided, read_pairs
from training.summarizer.job import Job
from training.summarizer.lessons import Lesson, batches
from training.summarizer.log import Log
from training.summarizer.saving import card_of
from training.summarizer.scoring import Examiner, Scores
from training.summarizer.seq2seq import seq2seq_student
from training.summarizer.state import Standing, load_state, save_state
from training.summarizer.students import Student

_HELD_SHARE, _MOST_HELD = 0.1, 200

Say = Callable[[str], None]


def train(job: Job, say: Say = print) -> Path:
    """Train, or carry on where the run in ``job.out`` stands; return the best model's folder.

    Raises:
        TrainingError: the data is faulty, the run in ``out`` is another one, or it was stopped.
        ModelError: the model cannot be loaded.
        MissingExtraError: rouge-score is not installed, or, for LoRA, peft.
    """
    pairs, held = _pairs(job, say)
    examiner = Examiner(held)
    student = _student(job, pairs, held)
    _same_run(job, pairs, held)
    say(f"{len(pairs):,} pairs to learn from, {len(held):,} held out")
    if student.cut:
        say(f"{student.cut:,} texts are longer than the model reads: their ends are unread")
    languages = sorted({pair.language for pair in [*pairs, *held]})

    def keep(scores: Scores) -> None:
        card = card_of(student.name, languages, len(pairs), len(held), scores)
        student.keep(job.out / "model", card)

    _loop(_Run(job, student, examiner, keep, say))
    return job.out / "model"


def _student(job: Job, pairs: list[Pair], held: list[Pair]) -> Student:
    """Return the model as a student, whichever kind it is."""
    if is_chat_model(job.model, offline=job.offline):
        from training.summarizer.chat import chat_student

        return chat_student(job, pairs, held)
    return seq2seq_student(job, pairs, held)


@dataclass(frozen=True, slots=True)
class _Run:
    job: Job
    student: Student
    examiner: Examiner
    keep: Callable[[Scores], None]
    say: Say

    def plan(self, turn: int) -> list[list[Lesson]]:
        """Return the batches of one pass."""
        recipe = self.job.recipe
        return batches(self.student.lessons, recipe.batch, recipe.seed + turn)


def _loop(run: _Run) -> None:
    recipe, out, learner = run.job.recipe, run.job.out, run.student.learner
    standing = load_state(out, learner, Standing())
    a_pass = len(run.plan(0))
    total, every = recipe.passes * a_pass, max(1, round(a_pass / recipe.evaluations))
    log = Log(out / "log.jsonl", standing.step)
    if standing.step == 0:
        scores = run.examiner.scores(run.student.write())
        log.scores(0, scores.named)
        run.say(f"before training: {scores}")
        standing = replace(standing, before=scores.mean)
    else:
        run.say(f"carrying on after step {standing.step:,} of {total:,}")
    with stop_signal() as stop:
        plan: list[list[Lesson]] = []
        for step in range(standing.step, total):
            if not plan or step % a_pass == 0:
                plan = run.plan(step // a_pass)
            if standing.worse >= recipe.patience:
                break
            batch = plan[step % a_pass]
            loss = learner.step(batch, step, total)
            if line := log.step(step + 1, loss, sum(lesson.length for lesson in batch)):
                run.say(f"step {step + 1:,} of {total:,}: {line}")
            standing = replace(standing, step=step + 1)
            examined = (step + 1) % every == 0 or step + 1 == total
            if examined:
                standing = _examined(run, standing, log)
            if examined or stop.is_set():
                save_state(out, learner, standing)
            if stop.is_set():
                raise TrainingError(
                    f"stopped after step {step + 1:,} of {total:,}; the same command carries on"
                )
    early = standing.step < total
    run.say(f"{'stopped early' if early else 'done'}: best mean ROUGE {standing.best:.3f}")
    if standing.best <= standing.before:
        run.say(
            f"that is no gain: before training it was {standing.before:.3f}. Try another --rate, "
            "more --passes or more pairs"
        )


def _examined(run: _Run, standing: Standing, log: Log) -> Standing:
    """Measure the model, keep it if it is the best so far, and return the new standing."""
    scores = run.examiner.scores(run.student.write())
    log.scores(standing.step, scores.named)
    better = scores.mean > standing.best
    if better:
        run.keep(scores)
    run.say(f"after step {standing.step:,}: {scores}{' (best so far)' if better else ''}")
    if better:
        return replace(standing, best=scores.mean, worse=0)
    return replace(standing, worse=standing.worse + 1)


def _pairs(job: Job, say: Say) -> tuple[list[Pair], list[Pair]]:
    def left_out(fault: str) -> None:
        say(f"left out {fault}")

    on_fault = left_out if job.skip_faulty else None
    pairs = read_pairs(job.data, job.language, on_fault)
    if job.held is None:
        return divided(pairs, _HELD_SHARE, _MOST_HELD)
    held = read_pairs(job.held, job.language, on_fault)
    shared = len({pair.text for pair in held} & {pair.text for pair in pairs})
    if shared:
        say(f"{shared:,} texts held out are also learnt from: their ROUGE flatters")
    return pairs, held


def _same_run(job: Job, pairs: list[Pair], held: list[Pair]) -> None:
    """Note what the run is made of, and refuse to carry on another one.

    Raises:
        TrainingError: the run in the folder has another model, data or recipe.
    """
    data = hashlib.sha256(json.dumps([astuple(pair) for pair in [*pairs, *held]]).encode())
    now = {
        "model": job.model,
        "data": data.hexdigest()[:16],
        "prefix": job.prefix,
        "style": job.style,
        "max_words": job.max_words,
        **asdict(job.recipe),
    }
    file = job.out / "run.json"
    if file.is_file():
        before = _read_run(file)
        other = [name for name in now if before.get(name) != now[name]]
        if other:
            said = ", ".join(f"{name} ({before.get(name)}, now {now[name]})" for name in other)
            raise TrainingError(
                f"{job.out} holds a run with another {said}. Give the same, or another --to"
            )
    job.out.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")


def _read_run(file: Path) -> dict[str, object]:
    try:
        run = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TrainingError(f"cannot read {file}: {error}. Give another --to") from error
    if not isinstance(run, dict):
        raise TrainingError(f"{file} does not tell what the run is made of. Give another --to")
    return run


@contextmanager
def stop_signal() -> Iterator[threading.Event]:
    """Yield an event that an interrupt sets, so that the step at hand is finished and saved."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in numbers}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
