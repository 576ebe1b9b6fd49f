"""The page under a crowd: started, filled, visited, and what came of it as tables."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

from evaluation.loading.judging import judged
from evaluation.loading.planting import Fact, facts, fillers
from evaluation.loading.wire import Session
from evaluation.metrics import percentile
from evaluation.report import Cell, Table
from evaluation.speed import PATIENCE, memory, page_process, wait_for_page
from ringkas.errors import MissingExtraError, RingkasError
from ringkas.sources import samples
from ringkas.types import Article

_BEFORE = -1.0  # when a question was asked that no crowd was there for
_LOT = 16  # articles of one file that the editor uploads


class LoadError(RingkasError):
    """The crowd did not come to its end."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many readers for how long: ``quiet`` seconds of asking only, then with an editor.

    ``pause`` is how long a reader reads between two questions, at least and at most, in seconds;
    the readers arrive within ``arriving`` seconds. With ``rounds`` each leaves after so many
    questions, and with ``lots`` the editor after so many files; then the time is the longest.
    """

    users: int = 50
    quiet: float = 60.0
    adding: float = 60.0
    pause: tuple[float, float] = (5.0, 15.0)
    arriving: float = 10.0
    rounds: int = 0
    lots: int = 0
    articles: int = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """What the readers and the editor met with, second by second."""

    records: Sequence[Mapping[str, Any]]
    added: Sequence[Mapping[str, Any]]
    memory: Sequence[float] = ()


def visit(address: str, plan: Plan, known: Sequence[Fact]) -> Visit:
    """Let the crowd onto a page whose library holds the readers' articles.

    Raises:
        MissingExtraError: locust is not installed.
        LoadError: the crowd's process failed.
    """
    if importlib.util.find_spec("locust") is None:
        raise MissingExtraError("locust", "eval", "Simulating many readers")
    with TemporaryDirectory() as name:
        folder = Path(name)
        given, told = folder / "plan.json", folder / "told.json"
        lots = plan.lots or (int(plan.adding) + 1 if plan.adding else 0)
        content = {
            **asdict(plan),
            "address": address,
            "seconds": plan.quiet + plan.adding,
            "facts": [fact.record() for fact in known],
            "files": [str(_file(folder, number)) for number in range(lots)],
        }
        given.write_text(json.dumps(content), encoding="utf-8")
        command = [sys.executable, "-m", "evaluation.loading.crowd", str(given), str(told)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode or not told.exists():
            raise LoadError(f"the simulated readers failed: {done.stderr[-1000:]}")
        found = json.loads(told.read_text(encoding="utf-8"))
    return Visit(found["records"], found["added"])


def _file(folder: Path, number: int) -> Path:
    """Write a lot of articles as the editor's file."""
    file = folder / f"lot-{number}.jsonl"
    _write(file, fillers(_LOT, 10_000 + number * _LOT))
    return file


def _write(file: Path, articles: Iterator[Article] | Sequence[Article]) -> None:
    kept = ("title", "text", "language", "source")
    rows = (json.dumps({name: getattr(article, name) for name in kept}) for article in articles)
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")


def report(plan: Plan) -> list[Table]:
    """Start a page on loopback, fill its library, and let the crowd in."""
    known = facts(plan.users)
    with TemporaryDirectory() as name:
        folder = Path(name)
        first = folder / "first.jsonl"
        _write(first, [*samples(), *(fact.article for fact in known), *fillers(plan.articles)])
        with page_process(folder / "index") as (process, port):
            address = wait_for_page(process, port, time.perf_counter() + PATIENCE)
            session = Session(address)
            session.call("add_1", "", [session.upload(first)], "id")
            session.call("converse", known[0].questions[0][0], None, "id")
            before = memory(process.pid)[0] or 0.0
            first_alone = alone(session, known)
            with _watched(process.pid) as readings:
                met = visit(address, plan, known)
            peak = memory(process.pid)[1] or 0.0
    held = len(known) + plan.articles + len(list(samples()))
    met = replace(met, records=[*first_alone, *met.records])
    return tables(plan, met, (before, readings[-1], peak), held)


def alone(session: Session, known: Sequence[Fact]) -> list[dict[str, Any]]:
    """Ask every question of every reader, one after the other, before the crowd comes.

    What goes wrong here as well is the search's or the reader's fault, not the crowd's.
    """
    records = []
    for fact in known:
        others = [wanted for one in known if one is not fact for _, wanted in one.questions]
        for question, expected in fact.questions:
            session.call("forget", fact.language)
            at = time.monotonic()
            reply = session.call("converse", question, None, fact.language)
            seconds = time.monotonic() - at
            found = judged(reply, question, [], expected, others)
            records.append({"at": _BEFORE, "seconds": seconds, "error": "", **found})
    return records


@contextmanager
def _watched(pid: int) -> Iterator[list[float]]:
    """Collect the resident memory of a process, in MB, each second."""
    readings, over = [memory(pid)[0] or 0.0], Event()

    def read() -> None:
        while not over.wait(1):
            readings.append(memory(pid)[0] or 0.0)

    watching = Thread(target=read)
    watching.start()
    try:
        yield readings
    finally:
        over.set()
        watching.join()


def tables(plan: Plan, met: Visit, megabytes: tuple[float, float, float], held: int) -> list[Table]:
    """Return what the readers met with, and what the page took for it."""
    return [_asking(plan, met, held), _page(plan, met, megabytes)]


def _asking(plan: Plan, met: Visit, held: int) -> Table:
    phases = {
        "one after the other": [one for one in met.records if one["at"] == _BEFORE],
        "asking only": [one for one in met.records if 0 <= one["at"] < plan.quiet],
        "while articles are added": [one for one in met.records if one["at"] >= plan.quiet],
    }
    columns = (
        "", "questions", "a second", "p50 s", "p95 s", "longest s", "waited in the queue",
        "last place", "errors", "mixed sessions", "wrong library", "right",
    )  # fmt: skip
    lasting = {
        "one after the other": sum(one["seconds"] for one in phases["one after the other"]),
        "asking only": plan.quiet,
        "while articles are added": plan.adding,
    }
    rows = tuple(_phase(name, each, lasting[name]) for name, each in phases.items() if each)
    low, high = plan.pause
    note = (
        f"{plan.users} readers, each a session of its own, half in Indonesian and half in English, "
        f"who ask the page and read for {low:g} to {high:g} s; {held} articles. Each reader asks "
        "about a library of its own, and there are as many, told of in the same words; `mixed "
        "sessions` counts pages that showed a question of another session, `wrong library` answers "
        "from another library's article. One after the other: the same questions, before the crowd "
        f"comes. {_load()}"
    )
    return Table("Readers", columns, rows, note)


def _phase(name: str, records: Sequence[Mapping[str, Any]], seconds: float) -> tuple[Cell, ...]:
    answered = [one for one in records if not one["error"]]
    took = [one["seconds"] for one in answered] or [0.0]
    return (
        name,
        len(records),
        round(len(records) / seconds, 1),
        round(percentile(took, 0.5), 2),
        round(percentile(took, 0.95), 2),
        round(max(took), 2),
        sum(one["place"] > 0 for one in answered),
        max((one["place"] + 1 for one in answered), default=0),
        len(records) - len(answered),
        sum(one["mixed"] for one in answered),
        sum(one["foreign"] for one in answered),
        f"{sum(one['right'] for one in answered) / max(1, len(answered)):.0%}",
    )


def _page(plan: Plan, met: Visit, megabytes: tuple[float, float, float]) -> Table:
    before, after, peak = megabytes
    added = len(met.added) * _LOT
    busy = sum(one["seconds"] for one in met.added)
    rows: list[tuple[Cell, ...]] = [
        ("memory after the first answer, MB", round(before)),
        (f"memory after {plan.users} sessions, MB", round(after)),
        ("peak memory, MB", round(peak)),
        ("articles added meanwhile", added),
        ("articles added a second", round(added / busy, 1) if busy else 0.0),
    ]
    note = (
        "The models are loaded once: a session adds its conversation, no model. Articles are "
        f"uploaded {_LOT} a file, one file after another, as soon as the page reports the last."
    )
    return Table("The page", ("", "measured"), tuple(rows), note)


def _load() -> str:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"System load at the end (1, 5, 15 minutes): {load}."
