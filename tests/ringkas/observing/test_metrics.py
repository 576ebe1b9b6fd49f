"""The numbers, as Prometheus reads them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from prometheus_client.parser import text_string_to_metric_families

from ringkas import observing
from ringkas.errors import FetchError
from ringkas.observing.metrics import Metrics


class State:
    counts: tuple[int, int] | None = (3, 40)


@pytest.fixture
def metrics() -> Iterator[Metrics]:
    made = Metrics(lambda: State.counts, lambda: 2, lambda: True)
    stop = made.watch()
    yield made
    stop()


def read(metrics: Metrics) -> dict[str, float]:
    """Return each sample by its name and its labels' values."""
    families = text_string_to_metric_families(metrics.text().decode())
    return {
        " ".join([sample.name, *(sample.labels[name] for name in sorted(sample.labels))]): (
            sample.value
        )
        for family in families
        for sample in family.samples
    }


def test_requests_are_counted_by_how_they_ended(metrics: Metrics) -> None:
    for outcome in ("answered", "answered", "not_found"):
        with observing.request("ask", "api"):
            observing.conclude(outcome)  # type: ignore[arg-type]
    with pytest.raises(FetchError), observing.request("summarize", "mcp"):
        raise FetchError("gone")
    found = read(metrics)
    assert found["ringkas_requests_total api answered ask"] == 2
    assert found["ringkas_requests_total api not_found ask"] == 1
    assert found["ringkas_requests_total mcp refused summarize"] == 1
    assert found["ringkas_errors_total FetchError summarize"] == 1
    assert found["ringkas_request_seconds_count api ask"] == 3
    assert found["ringkas_request_seconds_bucket api +Inf ask"] == 3


def test_running_requests_are_seen(metrics: Metrics) -> None:
    with observing.request("ask", "page"):
        assert read(metrics)["ringkas_requests_running page ask"] == 1
    assert read(metrics)["ringkas_requests_running page ask"] == 0


def test_the_index_is_counted_when_somebody_asks(
    metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = read(metrics)
    assert (found["ringkas_articles"], found["ringkas_passages"]) == (3, 40)
    assert (found["ringkas_queue_length"], found["ringkas_ready"]) == (2, 1)
    monkeypatch.setattr(State, "counts", None)
    found = read(metrics)
    assert found["ringkas_index_readable"] == 0
    assert "ringkas_articles" not in found


def test_two_pages_count_their_own_articles() -> None:
    other = Metrics(lambda: (7, 8), lambda: 0, lambda: False)
    assert read(other)["ringkas_articles"] == 7


def test_requests_are_no_longer_counted_once_nobody_watches(metrics: Metrics) -> None:
    other = Metrics(lambda: None, lambda: 0, lambda: True)
    other.watch()()
    with observing.request("ask", "api"):
        pass
    assert "ringkas_request_seconds_count api ask" not in read(other)
