"""What a batch costs: as it grows, again from the cache, and next to a plain loop.

Every figure is of a process of its own, as a user starts it. Processor time is what counts:
it holds on a machine that does other things too, where wall time does not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from evaluation import batch_writing
from evaluation.data import rows
from evaluation.report import Cell, Table, lines
from evaluation.retrieval_sets import drawn
from ringkas.errors import RingkasError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NEWS = "clickid"
SIZES = (100, 1000, 5000)
PLAIN = 100
_BATCH = (sys.executable, "-m", "ringkas", "batch")
_PLAIN_LOOP = (sys.executable, "-m", "evaluation.batch_plain")


class MeasuringError(RingkasError):
    """A process that was to be measured did not do its work."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds on the clock and of processor time, most memory (MB), what it said."""

    wall: float
    processor: float
    peak: float
    said: str


@dataclass(frozen=True, slots=True)
class Cost:
    """A batch of ``articles``: the first run, and a second into another output.

    ``output`` and ``journal`` are in MB.
    """

    articles: int
    first: Run
    second: Run
    output: float
    journal: float

    @property
    def failed(self) -> int:
        """How many articles have no summary."""
        return int(json.loads(self.first.said)["failed"])


def run(command: Sequence[str], cache: Path) -> Run:
    """Run a command to its end, with a cache folder of its own.

    The peak is never less than this process holds when it starts the other.

    Raises:
        MeasuringError: it ends with an error; a batch may have failures among its rows.
    """
    environment = {**os.environ, "RINGKAS_CACHE": str(cache)}
    started = time.perf_counter()
    with (
        TemporaryDirectory() as folder,
        (Path(folder) / "said").open("w+", encoding="utf-8") as said,
        (Path(folder) / "complained").open("w+", encoding="utf-8") as complained,
    ):
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, stdout=said, stderr=complained, env=environment
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        said.seek(0)
        complained.seek(0)
        text = said.read()
        if process.returncode not in (0, 1) or not text.startswith("{"):
            raise MeasuringError(f"{' '.join(command)} failed: {complained.read()[-1000:]}")
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, text)


def batched(table: Path, articles: int, folder: Path, method: str) -> Cost:
    """Run a batch with an empty cache of summaries, then into another output from the cache."""
    cache = folder / "cache"
    (cache / "summaries.sqlite3").unlink(missing_ok=True)
    outputs = [folder / f"{articles}-{turn}.jsonl" for turn in ("first", "second")]
    asked = (str(table), "--method", method, "--no-resume", "--json")
    first, second = (run([*_BATCH, *asked, "-o", str(output)], cache) for output in outputs)
    journal = outputs[0].with_name(outputs[0].name + ".journal")
    sizes = [path.stat().st_size / 1e6 for path in (outputs[0], journal)]
    return Cost(articles, first, second, *sizes)


def write_tables(data: Path, sizes: Sequence[int], folder: Path) -> dict[int, Path]:
    """Write JSONL tables of news articles; each begins with the articles of the smaller ones.

    Raises:
        DataError: the news articles are missing.
        MeasuringError: there are too few of them.
    """
    found = {row["id"]: row for row in rows(data / "news" / NEWS)}
    if max(sizes) > len(found):
        raise MeasuringError(f"{NEWS} has {len(found)} articles, fewer than {max(sizes)}.")
    chosen = [json.dumps(found[key]) for key in drawn(found)[: max(sizes)]]
    tables = {size: folder / f"{size}.jsonl" for size in sizes}
    for size, path in tables.items():
        path.write_text("\n".join(chosen[:size]) + "\n", encoding="utf-8")
    return tables


def report(
    data: Path,
    sizes: Sequence[int],
    plain: int,
    writing: int,
    method: str,
    say: Callable[[str], None],
) -> Iterator[tuple[list[Table], Mapping[str, Figure]]]:
    """Measure batches of ``sizes`` articles, and ``plain`` of them both ways unless that is 0.

    ``writing`` articles go through a model that writes, both ways. Yields tables and plots after
    each size, since the large ones take an hour.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        tables = write_tables(data, sorted({1, plain or 1, *sizes}), folder)

        def measured(size: int) -> Cost:
            cost = batched(tables[size], size, folder, method)
            used = cost.first
            say(f"{size:,} articles: {used.processor:.1f} s of processor time, {used.wall:.1f} s")
            return cost

        measured(1)  # unpacks the model
        start = measured(1)
        beside: list[Table] = []
        known: dict[int, Cost] = {}
        if plain:
            known[plain] = measured(plain)
            loop = [run([*_PLAIN_LOOP, str(tables[n])], folder / "cache") for n in (1, plain)]
            beside = [loop_table(plain, loop, [start.first, known[plain].first])]
        if writing:
            say(f"{writing} articles through a model that writes")
            beside.append(batch_writing.report(_texts(tables[max(tables)], writing)))
        costs: list[Cost] = []
        for size in sizes:
            costs.append(known.get(size) or measured(size))
            grown = [cost_table(costs, start, method), cache_table(costs, start)]
            yield [*grown, *beside], {page_name(method): figure(costs)}


def _texts(table: Path, count: int) -> list[str]:
    with table.open(encoding="utf-8") as stream:
        return [str(json.loads(line)["text"]) for line in islice(stream, count)]


def page_name(method: str) -> str:
    """Return the name of the page with the figures of a method."""
    return "batch" if method == "auto" else f"batch-{method}"


def cost_table(costs: Sequence[Cost], start: Cost, method: str) -> Table:
    """Return what each size costs; ``start`` is a batch of one article."""
    columns = (
        "articles", "processor s", "processor ms an article", "wall s", "peak MB", "output MB",
        "journal MB", "failed",
    )  # fmt: skip
    cells = tuple(
        (
            f"{cost.articles:,}",
            round(cost.first.processor, 1),
            round(1000 * _each(cost.first, start.first, cost.articles), 1),
            round(cost.first.wall, 1),
            round(cost.first.peak),
            round(cost.output, 2),
            round(cost.journal, 2),
            cost.failed,
        )
        for cost in costs
    )
    note = (
        f"`ringkas batch --method {method}` on news/{NEWS} with an empty cache of summaries. "
        "Processor time of the whole process; an article's without what a batch of one article "
        f"takes ({start.first.processor:.1f} s). {_load()}"
    )
    return Table("Cost by size", columns, cells, note)


def cache_table(costs: Sequence[Cost], start: Cost) -> Table:
    """Return what the same articles cost again, into another output."""
    columns = ("articles", "processor s", "processor ms an article", "wall s", "peak MB")
    cells = tuple(
        (
            f"{cost.articles:,}",
            round(cost.second.processor, 1),
            round(1000 * _each(cost.second, start.second, cost.articles), 2),
            round(cost.second.wall, 1),
            round(cost.second.peak),
        )
        for cost in costs
    )
    note = (
        "The same articles into another output, all from the cache, so that no model is loaded. "
        f"One article takes {start.second.processor:.1f} s of processor time."
    )
    return Table("Again, from the cache", columns, cells, note)


def loop_table(articles: int, loop: Sequence[Run], batch: Sequence[Run]) -> Table:
    """Return the plain loop beside the batch, each on one article and on ``articles``."""
    each = [_each(way[1], way[0], articles) for way in (loop, batch)]
    clock = [(way[1].wall - way[0].wall) / (articles - 1) for way in (loop, batch)]
    names = ("a loop over transformers, one article a call, float32", "ringkas batch")
    cells: list[tuple[Cell, ...]] = [
        (name, round(1000 * cpu, 1), round(1 / cpu, 2), round(1000 * wall, 1))
        for name, cpu, wall in zip(names, each, clock, strict=True)
    ]
    cells.append(("times as fast", "", round(each[0] / each[1], 2), round(clock[0] / clock[1], 2)))
    note = (
        f"The same {articles} articles, the same encoder and the same choice of sentences, "
        "without the start: what a batch of one article takes is taken off. The loop embeds each "
        f"article's sentences in one call of `AutoModel`. {_load()}"
    )
    columns = ("way", "processor ms an article", "articles a processor second", "wall ms")
    return Table("Against a plain loop", columns, tuple(cells), note)


def figure(costs: Sequence[Cost]) -> Figure:
    """Draw processor time against the number of articles, on logarithmic axes."""
    return lines(
        [cost.articles for cost in costs],
        {
            "first run": [cost.first.processor for cost in costs],
            "again, from the cache": [cost.second.processor for cost in costs],
        },
        "articles",
        "seconds of processor time",
    )


def _each(whole: Run, start: Run, articles: int) -> float:
    """Return the seconds of processor time that each further article takes."""
    return (whole.processor - start.processor) / (articles - 1)


def _load() -> str:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    threads = os.environ.get("OMP_NUM_THREADS", "as many as there are cores")
    return f"Threads: {threads}. System load at the end (1, 5, 15 minutes): {load}."
