"""An index of so many passages, written as ``ringkas index copy`` writes; it can be interrupted."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from evaluation.scaling.corpus import BLOCK, PASSAGES_EACH, Corpus, Remembered, Say
from retrieval import Index
from retrieval.fingerprints import fingerprint
from retrieval.stores import Store
from retrieval.stores.places import open_store
from ringkas.settings import Settings

_SAVE_EVERY = 32


@dataclass
class Built:
    """What building took: seconds of making texts and vectors, of writing, of the indexes.

    ``processor`` is the processor time of writing and indexes, ``disk`` and ``peak`` are in MB.
    """

    passages: int
    articles: int = 0
    preparing: float = 0.0
    writing: float = 0.0
    indexing: float = 0.0
    processor: float = 0.0
    disk: float = 0.0
    peak: float = 0.0


def opened(place: Path, corpus: Corpus) -> Index:
    """Return the index at a place, made where there is none, over the corpus's own vectors."""
    settings, embedder = Settings(index=str(place)), Remembered(corpus)
    made_by = fingerprint(embedder, settings)
    store = open_store(str(place), settings.store, made_by, corpus.dimension)
    return Index(str(place), store, embedder, settings)


def build(corpus: Corpus, passages: int, folder: Path, say: Say) -> Built:
    """Write articles of so many passages, then make the indexes; go on where it stopped."""
    place, notes = folder / "index", folder / "building.json"
    folder.mkdir(parents=True, exist_ok=True)
    store = open_store(
        str(place),
        Settings().store,
        fingerprint(Remembered(corpus), Settings()),
        corpus.dimension,
    )
    built = Built(**json.loads(notes.read_text())) if notes.exists() else Built(passages)
    blocks = -(-passages // (BLOCK * PASSAGES_EACH))
    for number in range(store.counts()[0] // BLOCK, blocks):
        _write(store, corpus, number, built)
        if number % _SAVE_EVERY == _SAVE_EVERY - 1:
            _note(notes, built)
            say(f"{passages:,}: {number + 1} of {blocks} blocks, {built.writing:.0f} s")
    built.indexing += _timed(store.optimize, built)
    built.articles = store.counts()[0]
    built.disk = sum(file.stat().st_size for file in place.rglob("*") if file.is_file()) / 1e6
    _note(notes, built)
    return built


def _write(store: Store, corpus: Corpus, number: int, built: Built) -> None:
    started = time.perf_counter()
    page = corpus.block(number, built.passages)
    built.preparing += time.perf_counter() - started
    built.writing += _timed(lambda: store.put(page.articles, page.passages, page.vectors), built)


def _timed(action: Callable[[], None], built: Built) -> float:
    started, used = time.perf_counter(), time.process_time()
    action()
    built.processor += time.process_time() - used
    return time.perf_counter() - started


def _note(file: Path, built: Built) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    built.peak = max(built.peak, peak)
    file.write_text(json.dumps(asdict(built), indent=2) + "\n", encoding="utf-8")
