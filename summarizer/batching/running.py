"""The verb ``batch``: read, summarize, write; every article ends as one row."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal

from ringkas.settings import Settings, cache_folder
from ringkas.types import Article, OutputLanguage, Style
from summarizer.batching.cache import SummaryCache
from summarizer.batching.cluster import RayCluster
from summarizer.batching.engine import Engine, LocalEngine
from summarizer.batching.errors import BatchError
from summarizer.batching.inputs import ReadAhead, Source, check_apart, read_all
from summarizer.batching.journal import Journal
from summarizer.batching.outputs import check_output, write_output
from summarizer.batching.report import BatchReport, Progress
from summarizer.batching.request import Request
from summarizer.batching.work import Work
from summarizer.summarizing import Method


def batch(
    sources: Source | Iterable[Source],
    output: str | Path,
    *,
    language: OutputLanguage | None = None,
    max_words: int = 60,
    style: Style = "paragraph",
    method: Method = "auto",
    settings: Settings | None = None,
    resume: bool = True,
    retry_failed: bool = False,
    cache: bool = True,
    engine: Literal["local", "ray"] | RayCluster = "local",
    progress: Callable[[Progress], None] | None = None,
) -> BatchReport:
    """Summarize all articles of ``sources`` into a table with one row an article.

    What is done is kept in a journal beside the output, ``OUTPUT.journal``, from which the output
    is written at the end or when the batch is interrupted. Running the same again goes on where
    it stopped. Articles whose text and settings are unchanged are not summarized again, nor those
    that any batch has summarized before. An article that fails has a row that says why.

    Arguments:
        sources: articles, and whatever :func:`ringkas.read` takes: URLs of pages or feeds, files,
            folders, tables, bytes, text; also files and texts that list one URL a line. One of
            them, or several.
        output: the file to write: ``.jsonl``, ``.csv`` or ``.parquet``.
        language: the language that summaries must be in; each article's own by default.
        max_words: the most words of a summary.
        style: as for :func:`summarizer.summarize`.
        method: as for :func:`summarizer.summarize`.
        settings: the configuration; the embedded defaults without one.
        resume: go on from the journal; False begins anew and replaces the output.
        retry_failed: summarize again what failed before, and where chosen sentences stand in for
            what a model should have written.
        cache: take over summaries made before, by whichever batch, and keep the new ones.
        engine: where articles are summarized: in this process, or by the workers of a Ray
            cluster; a :class:`RayCluster` says which, and how many.
        progress: called after each step. What it raises ends the batch like an interrupt.

    Raises:
        BatchError: the output cannot be used, is written to by another process, the disk is
            full, or the Ray cluster cannot be used; what was done until then is kept.
        SummaryError: ``max_words``, ``style`` or ``method`` make no sense.
        SettingsError: ``"abstractive"`` is asked for and no model is configured.
        ModelError: the embedder, or the model that writes, cannot be loaded.
        MissingExtraError: ``"ray"`` is asked for and Ray is not installed.
    """
    settings = settings or Settings()
    output = Path(output).expanduser()
    given = _listed(sources)
    request = Request(language, max_words, style, method, settings)
    request.check()
    chosen = _engine(engine, request)
    check_output(output)
    if isinstance(given, Sequence):
        check_apart(given, output)
    started = time.perf_counter()
    kept = SummaryCache(cache_folder() / "summaries.sqlite3" if cache else None)
    with Journal.open(output, afresh=not resume) as journal:
        journal.start(request.fingerprint)
        work = Work(request, journal, kept, chosen, retry_failed=retry_failed, progress=progress)
        try:
            _go(work, journal, output, given, settings)
        finally:
            kept.close()
            chosen.close()  # last: it may wait
        return _report(work, journal, output, kept.note, time.perf_counter() - started)


def _engine(wanted: str | RayCluster, request: Request) -> Engine:
    if wanted == "local":
        return LocalEngine(request)
    cluster = RayCluster() if wanted == "ray" else wanted
    if not isinstance(cluster, RayCluster):
        raise BatchError(f"engine is {wanted!r}; it is 'local', 'ray' or a RayCluster.")
    from summarizer.batching.on_ray import RayEngine

    cluster.check()
    return RayEngine(request, cluster)


def _listed(sources: Source | Iterable[Source]) -> Iterable[Source]:
    given = [sources] if isinstance(sources, str | Path | bytes | Article) else sources
    if isinstance(given, Sequence) and not given:
        raise BatchError("no sources were given. Give URLs, files, folders or articles.")
    return given


def _go(
    work: Work, journal: Journal, output: Path, sources: Iterable[Source], settings: Settings
) -> None:
    """Do the work and write the output, also of a part of the work when that is interrupted."""
    ahead = ReadAhead(read_all(sources, settings, work.skips))
    try:
        work.do(ahead)
        journal.finish(work.gone())
    except BatchError:
        raise
    except BaseException:
        _publish(work, journal, output)
        raise
    finally:
        ahead.close()
    _publish(work, journal, output)


def _publish(work: Work, journal: Journal, output: Path) -> None:
    """Write the output: rows of earlier runs first, then those of this input in its order."""
    earlier = [key for key in journal.entries if key not in work.seen]
    present = [key for key in work.seen if key in journal.entries]
    write_output(output, journal.rows([*earlier, *present]))


def _report(work: Work, journal: Journal, output: Path, note: str, seconds: float) -> BatchReport:
    return BatchReport(
        output=output,
        rows=len(journal.entries),
        summarized=work.counts["summarized"],
        cached=work.counts["cached"],
        unchanged=work.counts["unchanged"],
        failed=len(work.failed),
        stand_ins=work.stand_ins,
        stale=work.counts["stale"],
        repeated=work.counts["repeated"],
        others=sum(key not in work.seen for key in journal.entries),
        failures=dict(Counter(journal.entries[key].kind for key in work.failed)),
        seconds=seconds,
        rate=work.rate,
        damaged=journal.damaged,
        notes=(note,) if note else (),
    )
