"""Numbers for Prometheus, in its text format, by its own client library.

One registry for each :class:`Metrics`, so that two pages in one process do not count each other's
articles. Requests are counted for the whole process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from ringkas import __version__
from ringkas.observing.requests import Request, listen

# An answer takes 0.3 s on two cores, a summary that a model writes a minute, a newsletter several.
_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 180.0, 600.0)

# The number of articles and of passages; None where the index cannot be read.
Counts = Callable[[], tuple[int, int] | None]


class Metrics:
    """Counts of requests since :meth:`watch`, and what is read when somebody asks.

    ``waiting`` is how many requests are in the queue, ``ready`` whether questions are answered.
    """

    content_type = "text/plain; version=0.0.4; charset=utf-8"

    def __init__(
        self, counts: Counts, waiting: Callable[[], int], ready: Callable[[], bool]
    ) -> None:
        self._registry = CollectorRegistry()
        made: dict[str, Any] = {"registry": self._registry}
        self._requests = Counter(
            "ringkas_requests", "Requests that have ended.", ["face", "verb", "outcome"], **made
        )
        self._seconds = Histogram(
            "ringkas_request_seconds", "How long requests took, without waiting in the queue.",
            ["face", "verb"], buckets=_SECONDS, **made,
        )  # fmt: skip
        self._running = Gauge(
            "ringkas_requests_running", "Requests being worked on.", ["face", "verb"], **made
        )
        self._errors = Counter("ringkas_errors", "Errors by class.", ["verb", "error"], **made)
        Gauge("ringkas_build_info", "The version.", ["version"], **made).labels(__version__).set(1)
        self._registry.register(_State(counts, waiting, ready))
        for collector in (ProcessCollector, PlatformCollector):
            collector(registry=self._registry)

    def watch(self) -> Callable[[], None]:
        """Count requests from now on; return what ends that."""
        return listen(self.count)

    def count(self, request: Request) -> None:
        """Count a request that begins or has ended."""
        where = {"face": request.face, "verb": request.verb}
        running = self._running.labels(**where)
        if request.seconds is None:
            running.inc()
            return
        running.dec()
        self._requests.labels(**where, outcome=request.outcome).inc()
        self._seconds.labels(**where).observe(request.seconds)
        if request.error:
            self._errors.labels(verb=request.verb, error=request.error).inc()

    def text(self) -> bytes:
        """Return everything in Prometheus's text format."""
        return generate_latest(self._registry)


class _State(Collector):
    """What is true at the moment when somebody asks."""

    def __init__(
        self, counts: Counts, waiting: Callable[[], int], ready: Callable[[], bool]
    ) -> None:
        self._counts, self._waiting, self._ready = counts, waiting, ready

    def collect(self) -> Iterator[Metric]:
        """Yield what Prometheus asks for."""
        counts = self._counts()
        if counts is not None:
            articles, passages = counts
            yield _gauge("ringkas_articles", "Articles in the index.", articles)
            yield _gauge("ringkas_passages", "Passages in the index.", passages)
        yield _gauge("ringkas_index_readable", "1 if the index can be read.", counts is not None)
        yield _gauge("ringkas_queue_length", "Requests that wait for their turn.", self._waiting())
        yield _gauge("ringkas_ready", "1 once questions are answered.", self._ready())


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=float(value))
