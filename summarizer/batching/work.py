"""The summarizing stage: which articles need work, the work, and what is told of it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from ringkas.types import Article, Failure
from summarizer.batching import rows
from summarizer.batching.cache import SummaryCache
from summarizer.batching.engine import Engine
from summarizer.batching.inputs import Given, Mark, ReadAhead
from summarizer.batching.journal import Entry, Journal, Line
from summarizer.batching.outcome import Outcome
from summarizer.batching.report import Progress
from summarizer.batching.request import Request
from summarizer.batching.rows import Made


@dataclass(frozen=True, slots=True)
class _Job:
    """An article that must be summarized, and what its row will be called."""

    key: str
    digest: str
    origin: str
    article: Article


class Work:
    """One run over the input. ``counts`` has what happened to its articles, by name.

    ``seen`` maps the id of each row of this input to its digest, in the order of reading;
    ``failed`` are those of them that have no summary.
    """

    def __init__(
        self,
        request: Request,
        journal: Journal,
        cache: SummaryCache,
        engine: Engine,
        *,
        retry_failed: bool,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self.seen: dict[str, str] = {}
        self.failed: set[str] = set()
        self.counts: Counter[str] = Counter()
        self._request = request
        self._journal = journal
        self._cache = cache
        self._engine = engine
        self._retry_failed = retry_failed
        self._progress = progress
        self._ended: dict[str, None] = {}
        self._lines: list[Line] = []
        self._before = self._finished_before()
        self._began: float | None = None

    @property
    def rate(self) -> float:
        """Articles a second that cost work, since the first of them."""
        if self._began is None:
            return 0.0
        return self.counts["worked"] / max(time.perf_counter() - self._began, 1e-9)

    def skips(self, origin: str) -> bool:
        """Return whether the interrupted run before this one dealt with this URL."""
        return origin in self._before

    def do(self, ahead: ReadAhead) -> None:
        """Deal with everything that is read.

        Raises:
            BatchError: the journal cannot be written.
            ModelError: a model cannot be loaded.
        """
        while found := ahead.take(self._engine.window, self._engine.patience):
            jobs = [job for given in found if (job := self._admit(given)) is not None]
            self._write()
            self._tell(ahead)
            if jobs:
                self._summarize(jobs, ahead)
            self._journal.note_finished(filter(_is_web, self._ended))

    @property
    def stand_ins(self) -> int:
        """The rows of this input whose summary is not what was asked for."""
        return sum(self._journal.entries[key].stand_in for key in self.seen)

    def gone(self) -> list[str]:
        """Return rows of what could not be read once and is no longer in its source."""
        return [
            key
            for key, entry in self._journal.entries.items()
            if not entry.digest and entry.origin in self._ended and key not in self.seen
        ]

    def _finished_before(self) -> dict[str, list[tuple[str, Entry]]]:
        """Return the rows of each URL that need not be read again."""
        found: dict[str, list[tuple[str, Entry]]] = {o: [] for o in self._journal.finished}
        for key, entry in self._journal.entries.items():
            if entry.origin in found:
                found[entry.origin].append((key, entry))
        if self._retry_failed:
            return {
                origin: entries
                for origin, entries in found.items()
                if not any(entry.unfulfilled for _, entry in entries)
            }
        return found

    def _admit(self, given: Given) -> _Job | None:
        """Return the job that an item makes, if it makes work."""
        job = None
        match given.item:
            case Mark.ENDED:
                self._ended[given.origin] = None
                return None
            case Mark.SKIPPED:
                self._keep_all(given.origin)
                return None
            case Failure():
                self._take_failure(given.origin, given.item)
            case Article():
                job = self._take_article(given.origin, given.item)
        self.counts["done"] += job is None
        return job

    def _keep_all(self, origin: str) -> None:
        for key, entry in self._before[origin]:
            if key not in self.seen:
                self.counts.update(done=1, skipped=1)
                self._keep(key, entry)

    def _keep(self, key: str, entry: Entry) -> None:
        """Leave a row as it is."""
        self.seen[key] = entry.digest
        self.counts["unchanged"] += not entry.failed
        if entry.failed:
            self.failed.add(key)

    def _take_article(self, origin: str, article: Article) -> _Job | None:
        digest = self._request.digest(article)
        key = self._key(article.id, digest)
        if self.seen.get(key):
            self.counts["repeated"] += 1
            return None
        self.failed.discard(key)
        entry = self._journal.entries.get(key)
        if entry and entry.digest == digest and not (self._retry_failed and entry.unfulfilled):
            self._keep(key, entry)
            return None
        self.seen[key] = digest
        made = self._cache.get(digest)
        if made is None:
            return _Job(key, digest, origin, article)
        self.counts["cached"] += 1
        self._lines.append(Line(rows.summarized(key, article, made, 0.0), digest, origin))
        return None

    def _key(self, article_id: str, digest: str) -> str:
        """Return the row's id: the article's, unless another text came under the same address."""
        taken = self.seen.get(article_id)
        return f"{article_id}-{digest[:6]}" if taken and taken != digest else article_id

    def _take_failure(self, origin: str, failure: Failure) -> None:
        key = rows.unread_key(failure)
        if key in self.seen:
            self.counts["repeated"] += 1
            return
        entry = self._journal.entries.get(key)
        if entry is not None and not entry.failed:
            self.seen[key] = entry.digest
            self.counts["stale"] += 1
            return
        self.seen[key] = ""
        self.failed.add(key)
        line = Line(rows.unread(key, failure), "", origin, rows.kind_of(failure.error))
        known = None if entry is None else next(self._journal.rows([key]))
        if known != line.row:
            self._lines.append(line)

    def _summarize(self, jobs: Sequence[_Job], ahead: ReadAhead) -> None:
        """Summarize articles, and put each row into the journal as soon as it is there."""
        if self._began is None:
            self._engine.load()
            self._began = time.perf_counter()
        with closing(self._engine.summarize([job.article for job in jobs])) as found:
            for outcomes in found:
                self._take_outcomes(jobs, outcomes)
                self._tell(ahead)

    def _take_outcomes(self, jobs: Sequence[_Job], outcomes: Mapping[int, Outcome]) -> None:
        made: dict[str, Made] = {}
        for at, outcome in outcomes.items():
            self._end(jobs[at], outcome)
            if outcome.made is not None and not outcome.stand_in:
                made[jobs[at].digest] = outcome.made
        self._write()
        self._cache.put(made)

    def _end(self, job: _Job, outcome: Outcome) -> None:
        self.counts.update(done=1, worked=1)
        if outcome.made is not None:
            self.counts["summarized"] += 1
            row = rows.summarized(job.key, job.article, outcome.made, outcome.seconds)
        else:
            self.failed.add(job.key)
            row = rows.refused(job.key, job.article, outcome.error, outcome.seconds)
        self._lines.append(Line(row, job.digest, job.origin, outcome.kind, outcome.stand_in))

    def _write(self) -> None:
        lines, self._lines = self._lines, []
        self._journal.write(lines)

    def _tell(self, ahead: ReadAhead) -> None:
        if self._progress is None:
            return
        done, rate = self.counts["done"], self.rate
        total = ahead.read + self.counts["skipped"] if ahead.ended else None
        left = (total - done) / rate if total is not None and rate else None
        self._progress(Progress(done, total, len(self.failed), self.counts["cached"], rate, left))


def _is_web(origin: str) -> bool:
    return origin.lower().startswith(("http://", "https://"))
