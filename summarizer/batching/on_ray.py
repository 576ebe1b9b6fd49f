"""Summarizing on a Ray cluster: Ray Data hands groups of articles to processes with the models.

This process alone reads, and writes the journal. What a worker had in hand when it died is done
again; an article that has cost several workers their life fails alone.
"""

from __future__ import annotations

import json
import logging
import math
import socket
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ringkas.runtime import prepare_libraries
from ringkas.types import Article
from summarizer.batching.cluster import RayCluster, disconnect, import_ray
from summarizer.batching.engine import LocalEngine, grouped
from summarizer.batching.errors import BatchError
from summarizer.batching.outcome import Outcome
from summarizer.batching.request import Request, code_digest
from summarizer.batching.rows import message_of

if TYPE_CHECKING:
    import pyarrow as pa

# Workers start, and load their models, once for so many articles: that takes ten seconds or more.
_WINDOW = 20_000
_PATIENCE = 60.0
# How often an article may be in a worker's hands when it dies. The second loss of a whole group
# may still be chance; then its articles go alone.
_TOGETHER = 2
_TRIES = 3
_TROUBLE = -1  # stands for the number of an article where a worker cannot work at all


class RayEngine:
    """Summarizes in the workers of a Ray cluster."""

    window = _WINDOW
    patience = _PATIENCE

    def __init__(self, request: Request, cluster: RayCluster) -> None:
        self._request = request
        self._cluster = cluster
        self._connected_here = False
        self._workers = 1

    def load(self) -> None:
        """Connect to the cluster.

        Raises:
            MissingExtraError: Ray is not installed.
            BatchError: the cluster cannot be reached, or has no room.
        """
        self._connected_here = self._cluster.connect()
        self._workers = self._cluster.room()

    def close(self) -> None:
        """Disconnect, if ``load`` connected; a cluster started for this batch ends."""
        if self._connected_here:
            disconnect()
            self._connected_here = False

    def summarize(self, articles: Sequence[Article]) -> Generator[Mapping[int, Outcome]]:
        """Yield the outcomes of groups as they come; what was lost is done again.

        Raises:
            BatchError: the workers cannot do the work at all.
        """
        ray = import_ray()
        left = set(range(len(articles)))
        losses: Counter[int] = Counter()
        while left:
            before = len(left)
            try:
                with closing(self._run(articles, self._groups(articles, left, losses))) as found:
                    for done in found:
                        left.difference_update(done)
                        yield done
            except ray.exceptions.RayError as error:  # such as results lost with a machine
                if len(left) == before:
                    told = message_of(error)
                    raise BatchError(f"the workers on the Ray cluster failed: {told}") from error
                continue
            losses.update(left)
            fatal = {at: _fatal() for at in left if losses[at] >= _TRIES}
            if fatal:
                left.difference_update(fatal)
                yield fatal

    def _groups(
        self, articles: Sequence[Article], left: set[int], losses: Mapping[int, int]
    ) -> list[list[int]]:
        """Return what is left in groups: enough for all workers, and suspects alone."""
        fair = math.ceil(len(left) / (2 * self._workers))
        most = min(self._request.at_once, fair)
        together = sorted(at for at in left if losses.get(at, 0) < _TOGETHER)
        alone = sorted(left.difference(together))
        return [*grouped(articles, together, most), *([at] for at in alone)]

    def _run(
        self, articles: Sequence[Article], groups: Sequence[Sequence[int]]
    ) -> Generator[Mapping[int, Outcome]]:
        """Yield what comes back of these groups; those whose worker died do not."""
        ray = import_ray()
        logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # the rows tell what went wrong
        data = ray.data.from_arrow([_table(articles, group) for group in groups]).map_batches(
            Worker,
            fn_constructor_args=(self._request.as_json(), code_digest()),
            batch_size=None,
            batch_format="pyarrow",
            # One group at a time: a second would be lost with the first.
            compute=ray.data.ActorPoolStrategy(
                size=min(self._workers, len(groups)), max_tasks_in_flight_per_actor=1
            ),
            num_cpus=self._cluster.cpus,
            num_gpus=self._cluster.gpus or None,
            # Ray would give an article that kills its worker to the next one for ever.
            ray_remote_args_fn=_without_retries,
        )
        data.context.enable_progress_bars = False
        data.context.print_on_execution_start = False
        data.context.max_errored_blocks = -1
        data.context.max_consecutive_actor_init_deaths = _TRIES
        tables = iter(
            data.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0)
        )
        try:
            for table in tables:
                yield _outcomes(table)
        finally:  # else Ray Data works on after an interrupt
            with suppress(ray.exceptions.RayError):  # of work that nobody waits for
                tables.close()


class Worker:
    """A process that holds the models, loaded once, and summarizes a table of articles a call."""

    def __init__(self, request: bytes, code: str) -> None:
        self._trouble = ""
        try:
            self._engine = _loaded(request, code)
        except Exception as error:  # told in the first reply, in our words instead of Ray's
            self._trouble = f"{socket.gethostname()}: {message_of(error)}"

    def __call__(self, table: pa.Table) -> pa.Table:
        """Return the outcome of each article in ``table``, with its number."""
        if self._trouble:
            return _columns([_TROUBLE], [self._trouble])
        numbers = table["number"].to_pylist()
        articles = [from_json(text) for text in table["article"].to_pylist()]
        found: dict[int, Outcome] = {}
        for some in self._engine.summarize(articles):
            found.update(some)
        outcomes = [found[at].as_json() for at in range(len(articles))]
        return _columns(numbers, outcomes, "outcome")


def _loaded(request: bytes, code: str) -> LocalEngine:
    """Return an engine with its models loaded.

    Raises:
        BatchError: another version of Ringkas is installed on this machine.
        ModelError: a model cannot be loaded.
    """
    if code != code_digest():  # its Request may be another, too: look before reading it
        raise BatchError(
            "another version of Ringkas is installed there than where the batch was started, so "
            "rows would not be what they say. Install the same version on every machine."
        )
    asked = Request.from_json(request)
    prepare_libraries(offline=asked.settings.offline)
    engine = LocalEngine(asked)
    engine.load()
    return engine


def _without_retries() -> dict[str, Any]:
    return {"max_restarts": 0, "max_task_retries": 0}


def _fatal() -> Outcome:
    error = f"the process that summarized it died, {_TRIES} times; it may need too much memory"
    return Outcome(None, 0.0, error=error, kind="dead worker")


def _table(articles: Sequence[Article], group: Sequence[int]) -> pa.Table:
    return _columns(group, [as_json(articles[at]) for at in group], "article")


def _columns(numbers: Sequence[int], texts: Sequence[str], name: str = "outcome") -> pa.Table:
    import pyarrow as pa

    return pa.table({"number": pa.array(numbers, pa.int64()), name: pa.array(texts, pa.string())})


def _outcomes(table: pa.Table) -> dict[int, Outcome]:
    """Return outcomes by number.

    Raises:
        BatchError: the worker could not work at all.
    """
    numbers, texts = table["number"].to_pylist(), table["outcome"].to_pylist()
    if _TROUBLE in numbers:
        raise BatchError(f"a worker of the Ray cluster cannot work. {texts[0]}")
    return {at: Outcome.from_json(text) for at, text in zip(numbers, texts, strict=True)}


def as_json(article: Article) -> str:
    """Return an article as JSON, which also holds what UTF-8 cannot."""
    record = {field.name: getattr(article, field.name) for field in fields(article)}
    published = article.published and article.published.isoformat()
    return json.dumps({**record, "published": published, "notes": dict(article.notes)})


def from_json(text: str) -> Article:
    """Return the article that ``as_json`` wrote."""
    record = json.loads(text)
    published = record["published"] and datetime.fromisoformat(record["published"])
    return Article(**{**record, "published": published})
