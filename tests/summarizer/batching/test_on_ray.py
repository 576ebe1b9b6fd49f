"""On Ray: the same rows as here, from two nodes, whatever becomes of a worker."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from batch_articles import CountingEmbedder, article, read_rows

from ringkas.errors import MissingExtraError
from ringkas.settings import Settings
from ringkas.sources import samples
from ringkas.types import Article
from summarizer.batching import BatchError, Progress, RayCluster, batch
from summarizer.batching.cluster import disconnect, import_ray
from summarizer.batching.engine import LocalEngine
from summarizer.batching.on_ray import RayEngine, as_json, from_json
from summarizer.batching.outcome import Outcome
from summarizer.batching.request import Request
from summarizer.summarizing import summarize

SHORT = article(999, text="Terlalu pendek.")
ARTICLES = [article(number) for number in range(40)]
NOWHERE = RayCluster("127.0.0.1:1")
LEAD = Request(None, 60, "paragraph", "lead", Settings())


@pytest.fixture(scope="module")
def nodes() -> Iterator[RayCluster]:
    """A cluster of two nodes with one core each, started here."""
    pytest.importorskip("ray")
    import_ray()
    from ray.cluster_utils import Cluster

    small = {"num_cpus": 1, "object_store_memory": 80 * 2**20, "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args=small)
    cluster.add_node(**{name: small[name] for name in ("num_cpus", "object_store_memory")})
    yield RayCluster(cluster.address)
    cluster.shutdown()


def without_seconds(output: Path) -> list[dict[str, Any]]:
    rows = read_rows(output)
    return [{name: row[name] for name in row if name != "seconds"} for row in rows]


def written(output: Path) -> int:
    """Return how many rows were ever put into the journal."""
    journal = output.with_name(output.name + ".journal")
    return journal.read_text(encoding="utf-8").count('"row":')


def workers() -> dict[int, str]:
    """Return the processes ready to summarize on this machine's Ray nodes, with their parents."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            title = (folder / "cmdline").read_bytes()
            if b"MapWorker(MapBatches(Worker))" in title and b"__init__" not in title:
                stat = (folder / "stat").read_text()
                found[int(folder.name)] = stat.rsplit(")", 1)[1].split()[1]
        except OSError:  # it has just ended
            continue
    return found


def test_rows_are_those_of_the_local_engine(tmp_path: Path, nodes: RayCluster) -> None:
    articles = [*samples()[:5], SHORT, article(1), article(1)]
    here = batch(articles, tmp_path / "here.jsonl", cache=False)
    parents: set[str] = set()

    def look(_: Progress) -> None:
        parents.update(workers().values())

    there = batch(articles, tmp_path / "there.jsonl", cache=False, engine=nodes, progress=look)
    assert without_seconds(tmp_path / "there.jsonl") == without_seconds(tmp_path / "here.jsonl")
    rows = read_rows(tmp_path / "there.jsonl")
    assert [row["status"] for row in rows] == ["ok"] * 5 + ["failed", "ok"]
    assert all(row["seconds"] > 0 for row in rows)
    assert (there.summarized, there.failures, there.repeated) == (6, {"summary": 1}, 1)
    assert (here.summarized, here.failures, here.repeated) == (6, {"summary": 1}, 1)
    assert len(parents) == 2, "the work should be done on both nodes"


def test_what_a_killed_worker_had_in_hand_is_done_again(
    tmp_path: Path, nodes: RayCluster, cache: Path
) -> None:
    articles = [SHORT, *(article(number) for number in range(250))]
    victims: list[int] = []

    def kill_one(now: Progress) -> None:
        """Stop one of two workers, which is then handed a group, and kill it later."""
        if now.done and not victims:
            deadline = time.monotonic() + 120
            while len(workers()) < 2 and time.monotonic() < deadline:
                time.sleep(0.01)
            victims.extend(workers())
            os.kill(victims[0], signal.SIGSTOP)
        elif now.done >= 100 and victims[0] in workers():
            os.kill(victims[0], signal.SIGKILL)

    output = tmp_path / "out.jsonl"
    report = batch(articles, output, method="lead", cache=False, engine=nodes, progress=kill_one)
    assert len(victims) == 2
    assert victims[0] not in workers()
    assert (report.summarized, report.failures) == (250, {"summary": 1})
    batch(articles, tmp_path / "here.jsonl", method="lead", cache=False)
    assert without_seconds(output) == without_seconds(tmp_path / "here.jsonl")
    assert written(output) == 251, "a row was written twice"


def test_a_run_that_is_interrupted_goes_on_there_or_here(
    tmp_path: Path, nodes: RayCluster, cache: Path
) -> None:
    articles = [article(number) for number in range(100)]
    output = tmp_path / "out.jsonl"

    def interrupt(now: Progress) -> None:
        if now.done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch(articles, output, method="lead", cache=False, engine=nodes, progress=interrupt)
    kept = len(read_rows(output))
    assert 0 < kept < 100
    report = batch(articles, output, method="lead", cache=False)
    assert (report.unchanged, report.summarized) == (kept, 100 - kept)
    assert [row["id"] for row in read_rows(output)] == [one.id for one in articles]
    assert written(output) == 100
    report = batch(articles, output, method="lead", engine=NOWHERE)
    assert report.unchanged == 100, "where nothing is to do, no cluster is needed"


@pytest.mark.parametrize(("seconds", "ended"), [(0.3, True), (30.0, False)])
def test_ray_is_let_go_when_its_threads_are_done(
    seconds: float, ended: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ray ends the process when a thread of Ray Data reaches for it after its shutdown."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait, args=(seconds,), name="iter_threaded", daemon=True)
    alive: list[bool] = []
    ray = SimpleNamespace(shutdown=lambda: alive.append(thread.is_alive()))
    monkeypatch.setattr("summarizer.batching.cluster.import_ray", lambda: ray)
    monkeypatch.setattr("summarizer.batching.cluster._ENDING", 5.0 if ended else 0.1)
    thread.start()
    try:
        disconnect()
    finally:
        done.set()
    assert alive == ([False] if ended else [])


class Losing(RayEngine):
    """Loses each group that holds the article with the number ``poison``, as dead workers do."""

    def __init__(self, poison: int) -> None:
        super().__init__(LEAD, RayCluster())
        self.poison = poison
        self.lost: list[int] = []

    def _run(
        self, articles: Sequence[Article], groups: Sequence[Sequence[int]]
    ) -> Generator[Mapping[int, Outcome]]:
        engine = LocalEngine(LEAD)
        for group in groups:
            if self.poison in group:
                self.lost.append(len(group))
                continue
            for found in engine.summarize([articles[at] for at in group]):
                yield {group[at]: outcome for at, outcome in found.items()}


def test_an_article_that_kills_its_workers_fails_alone(embedder: CountingEmbedder) -> None:
    pytest.importorskip("ray")
    engine = Losing(poison=7)
    found = [done for outcomes in engine.summarize(ARTICLES) for done in outcomes.items()]
    assert sorted(at for at, _ in found) == list(range(40)), "each article once"
    assert engine.lost == [20, 10, 1]
    assert [at for at, outcome in found if outcome.kind] == [7]
    [error] = [outcome.error for _, outcome in found if outcome.kind == "dead worker"]
    assert "died, 3 times" in error


def test_outcomes_and_articles_survive_the_way_through_json() -> None:
    odd = article(1, title="Panen \ud800", published=datetime(2024, 3, 4, tzinfo=UTC))
    odd = replace(odd, notes={"editor": "abc"}, url="https://kebun.example/1")
    assert from_json(as_json(odd)) == odd
    for result in (summarize(article(1), method="lead"), ZeroDivisionError("\ud800")):
        outcome = Outcome.of(result, 0.25, writes=False)
        assert Outcome.from_json(outcome.as_json()) == outcome


def test_a_cluster_that_is_not_there_is_told(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    with pytest.raises(BatchError, match=r"'127\.0\.0\.1:1'.*ray start --head"):
        batch([article(1)], tmp_path / "out.jsonl", method="lead", engine=NOWHERE, cache=False)


def test_a_worker_larger_than_every_machine_is_refused(
    tmp_path: Path, nodes: RayCluster, cache: Path
) -> None:
    for cluster in (replace(nodes, cpus=2), replace(nodes, gpus=1)):
        with pytest.raises(BatchError, match="no machine of the cluster"):
            batch([article(1)], tmp_path / "out.jsonl", method="lead", engine=cluster)


@pytest.mark.parametrize(
    ("engine", "told"),
    [
        (RayCluster(workers=0), "workers is 0"),
        (RayCluster(cpus=0), "cpus is 0"),
        (RayCluster(gpus=-1), "gpus -1"),
        ("spark", "'local', 'ray' or a RayCluster"),
    ],
)
def test_an_engine_that_makes_no_sense_is_refused(tmp_path: Path, engine: Any, told: str) -> None:
    with pytest.raises(BatchError, match=told):
        batch([article(1)], tmp_path / "out.jsonl", engine=engine)
    assert list(tmp_path.iterdir()) == []


def test_without_ray_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"ringkas\[ray\]"):
        batch([article(1)], tmp_path / "out.jsonl", method="lead", engine="ray", cache=False)
