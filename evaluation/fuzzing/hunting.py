"""Feeding readers for a stated time, each in a process of its own, which may hang or crash."""

from __future__ import annotations

import hashlib
import multiprocessing
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.queues import Queue
from pathlib import Path
from queue import Empty
from typing import Any

from evaluation.fuzzing.inputs import inputs
from evaluation.fuzzing.targets import TARGETS, Target

CORPUS = Path("tests/data/fuzz")
_EXAMPLES = 500  # of one round
_SHRINKING = 30.0  # more seconds to make an input that fails smaller
_HANGS = 300.0  # seconds on one input; a busy machine takes its time to begin
_KINDS = 3  # different findings of one reader, after which it should be mended first


class _TimeIsUpError(KeyboardInterrupt):
    """Ends a round, as hypothesis lets only an interruption do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An input that a reader cannot take, as small as could be found."""

    target: str
    data: bytes
    problem: str

    def save(self, corpus: Path) -> Path:
        """Keep the input where every test run reads it again."""
        folder = corpus / self.target
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{hashlib.sha256(self.data).hexdigest()[:12]}.bin"
        path.write_bytes(self.data)
        return path


@dataclass(frozen=True, slots=True)
class Hunt:
    """What came of feeding one reader."""

    target: str
    inputs: int
    seconds: float
    findings: tuple[Finding, ...]


def hunt(
    names: Sequence[str], seconds: float, engine: str, say: Callable[[str], None]
) -> list[Hunt]:
    """Feed each reader for its share of ``seconds``.

    Arguments:
        names: of the readers, as in ``TARGETS``.
        seconds: in all.
        engine: ``"hypothesis"``, or ``"atheris"``, which follows what the code does.
        say: gets a line for each reader that is done.
    """
    done = []
    for name in names:
        result = _apart(name, seconds / len(names), engine)
        say(
            f"{name}: {result.inputs:,} inputs in {result.seconds:.0f} s, "
            f"{len(result.findings)} findings"
        )
        done.append(result)
    return done


def _apart(name: str, seconds: float, engine: str) -> Hunt:
    """Feed one reader in another process; one that dies or hangs is a finding, too."""
    spawn = multiprocessing.get_context("spawn")
    news: Queue[Any] = spawn.Queue()
    with tempfile.TemporaryDirectory() as scratch:
        current = Path(scratch) / "input"
        began = time.monotonic()
        child = spawn.Process(target=_work, args=(name, seconds, engine, current, news))
        child.start()
        hung = not _waited_for(child, current)
        if hung:
            child.kill()
        child.join()
        count, findings = _told(news)
        if hung or child.exitcode:
            problem = f"hangs for {_HANGS:.0f} s" if hung else f"ends Python ({child.exitcode})"
            last = current.read_bytes() if current.exists() else b""
            findings.append(Finding(name, last, problem))
        return Hunt(name, count, time.monotonic() - began, tuple(findings))


def _waited_for(child: Any, current: Path) -> bool:
    """Wait until the process has ended; tell whether it did so by itself."""
    patience = time.time()
    while child.is_alive():
        child.join(1.0)
        with suppress(OSError):
            patience = max(patience, current.stat().st_mtime)
        if time.time() - patience > _HANGS:
            return not child.is_alive()
    return True


def _told(news: Queue[Any]) -> tuple[int, list[Finding]]:
    count, findings = 0, list[Finding]()
    with suppress(Empty):
        while True:
            told = news.get(timeout=0.5)
            if isinstance(told, int):
                count = told
            else:
                findings.append(told)
    return count, findings


def _work(name: str, seconds: float, engine: str, current: Path, news: Queue[Any]) -> None:
    if engine == "atheris":
        from evaluation.fuzzing.guided import feed_guided

        feed_guided(name, seconds, current, news)
    else:
        _feed(TARGETS[name], seconds, current, news)


def _feed(target: Target, seconds: float, current: Path, news: Queue[Any]) -> None:
    ends, count, known = time.monotonic() + seconds, 0, set[str]()
    while time.monotonic() < ends and len(known) < _KINDS:
        tried, finding = _round(target, ends, current)
        count += tried
        place = finding.problem.split(" (", 1)[0] if finding else ""
        if finding and place not in known:
            known.add(place)
            news.put(finding)
    news.put(count)


def _round(target: Target, ends: float, current: Path) -> tuple[int, Finding | None]:
    """Feed one round of inputs; return how many, and the smallest one that fails."""
    from hypothesis import HealthCheck, given, seed, settings

    count, failing = 0, list[Finding]()

    @seed(time.time_ns())
    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(inputs(target.name))
    def feed(data: bytes) -> None:
        nonlocal count
        if time.monotonic() > ends + (_SHRINKING if failing else 0):
            raise _TimeIsUpError
        count += 1
        current.write_bytes(data)
        try:
            target.check(data)
        except Exception as error:
            failing.append(Finding(target.name, data, problem_of(error)))
            raise

    try:
        feed()
    except _TimeIsUpError:
        pass
    except Exception:
        if not failing:
            raise
    return count, failing[-1] if failing else None


def problem_of(error: Exception) -> str:
    """Return an error and the place in our code, or the last one, where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename]
    at = (ours or frames)[-1]
    return f"{type(error).__name__} at {Path(at.filename).name}:{at.lineno} ({error})"[:300]
