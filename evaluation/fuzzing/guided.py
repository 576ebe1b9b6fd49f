"""Inputs bred by what they make the code do, with atheris (Python's libFuzzer).

atheris is no dependency: it is there for Linux and some versions of Python only. Install it with
``pip install atheris``.
"""

from __future__ import annotations

import sys
import tempfile
import time
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

from evaluation.fuzzing.seeds import SEEDS
from ringkas.errors import RingkasError

# What is watched: our own code, and the parsers under it that are written in Python.
_WATCHED = [
    "ringkas.sources",
    "ringkas.text",
    "ringkas.settings",
    "feedparser",
    "pypdf",
    "trafilatura",
    "docx",
    "frontmatter",
    "yaml",
]
_LONGEST = 20_000  # bytes


class MissingAtherisError(RingkasError):
    """atheris is not installed."""


def feed_guided(name: str, seconds: float, current: Path, news: Queue[Any]) -> None:
    """Feed one reader until its time is up or it fails; atheris ends the process itself."""
    try:
        import atheris
    except ImportError as error:
        raise MissingAtherisError(
            "this engine needs atheris: pip install atheris (Linux), or leave --engine out."
        ) from error
    with atheris.instrument_imports(include=_WATCHED, enable_loader_override=False):
        from evaluation.fuzzing.hunting import Finding, problem_of
        from evaluation.fuzzing.targets import TARGETS

        SEEDS[name]()
        for seed in SEEDS[name]():
            TARGETS[name].check(seed)
    corpus = Path(tempfile.mkdtemp())
    for number, seed in enumerate(SEEDS[name]()):
        (corpus / f"seed{number}").write_bytes(seed)
    count = 0
    ends = time.monotonic() + seconds

    def feed(data: bytes) -> None:
        nonlocal count
        count += 1
        current.write_bytes(data)
        try:
            TARGETS[name].check(data)
        except Exception as error:
            news.put(Finding(name, data, problem_of(error)))
            _end(news, count)
        if time.monotonic() > ends:
            _end(news, count)

    arguments = [sys.argv[0], str(corpus), f"-max_len={_LONGEST}", "-verbosity=0"]
    atheris.Setup(arguments, feed)
    atheris.Fuzz()


def _end(news: Queue[Any], count: int) -> None:
    """End the process from inside libFuzzer, which knows no other way, once all is told."""
    import os

    news.put(count)
    news.close()
    news.join_thread()
    os._exit(0)
