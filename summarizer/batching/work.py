"""The summarizing stage: which articles need work, the work, and what is told of it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ringkas.types import Article, Failure, Summary
from summarizer.batching import rows
from summarizer.batching.cache import SummaryCache
from summarizer.batching.inputs import Given, Mark, ReadAhead
from summarizer.batching.journal import Entry, Journal, Line
from summarizer.batching.memory import ran_out
from summarizer.batching.report import Progress
from summarizer.batching.request import Request
from summarizer.batching.rows import Made
from summarizer.batching.together import Together

_WINDOW = 256  # articles sorted by length at a time
_CHARACTERS = 200_000  # summarized at once, unless a single article has more


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
        together: Together,
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
        self._together = together
        self._retry_failed = retry_failed
        self._progress = progress
        self._most = request.at_once
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
        while found := ahead.take(_WINDOW):
            jobs = [job for given in found if (job := self._admit(given)) is not None]
            self._write()
            self._tell(ahead)
            for group in _groups(jobs, self._most):
                self._summarize(group)
                self._tell(ahead)
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

    def _summarize(self, jobs: Sequence[_Job]) -> None:
        """Summarize articles together; in smaller groups where memory runs out."""
        self._begin()
        started = time.perf_counter()
        results = self._together.each([job.article for job in jobs], self._request.summarize)
        seconds = time.perf_counter() - started
        per_character = seconds / max(sum(len(job.article.text) for job in jobs), 1)
        left: list[_Job] = []
        made: dict[str, Made] = {}
        for job, result in zip(jobs, results, strict=True):
            if ran_out(result) and len(jobs) > 1:
                left.append(job)
                continue
            if isinstance(result, Summary) and not self._stands_in(result):
                made[job.digest] = Made.of(result)
            self._end(job, result, per_character * len(job.article.text))
        self._write()
        self._cache.put(made)
        if left:
            self._most = max(1, min(self._most, len(jobs)) // 2)
            for group in _groups(left, self._most):
                self._summarize(group)

    def _begin(self) -> None:
        """Load the models before the first article: without them, the batch cannot go on."""
        if self._began is not None:
            return
        self._together.writer = self._request.load_writer()
        try:
            if self._request.method != "lead":
                self._together.embedder.embed_passages(["Ringkas"])
        except Exception as error:
            if not ran_out(error):  # an article may need less than the loading did
                raise
        self._began = time.perf_counter()

    def _end(self, job: _Job, result: Summary | Exception, seconds: float) -> None:
        self.counts.update(done=1, worked=1)
        if isinstance(result, Summary):
            self.counts["summarized"] += 1
            row = rows.summarized(job.key, job.article, Made.of(result), seconds)
            stand_in = self._stands_in(result)
            self._lines.append(Line(row, job.digest, job.origin, stand_in=stand_in))
        else:
            self.failed.add(job.key)
            row = rows.refused(job.key, job.article, result, seconds)
            self._lines.append(Line(row, job.digest, job.origin, rows.kind_of(result)))

    def _stands_in(self, summary: Summary) -> bool:
        """Return whether it is not what was asked for: a model should have written it."""
        return self._request.writes and summary.method != "abstractive"

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


def _groups(jobs: Sequence[_Job], most: int) -> Iterator[list[_Job]]:
    """Yield the articles in groups of like length, short ones first."""
    group: list[_Job] = []
    characters = 0
    for job in sorted(jobs, key=lambda job: len(job.article.text)):
        size = len(job.article.text)
        if group and (len(group) >= most or characters + size > _CHARACTERS):
            yield group
            group, characters = [], 0
        group.append(job)
        characters += size
    if group:
        yield group


def _is_web(origin: str) -> bool:
    return origin.lower().startswith(("http://", "https://"))
