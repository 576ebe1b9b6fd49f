"""The verb: one row an article, whatever happens to it."""

from __future__ import annotations

import csv
import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from batch_articles import CountingEmbedder, article, read_rows, write_table
from news_site import ARTICLE, Site, page

import summarizer
from ringkas.errors import SummaryError
from ringkas.settings import Settings
from ringkas.sources import article_id, samples
from summarizer.batching import BatchError, Progress, batch

SHORT = "Terlalu pendek."


def test_rows_hold_what_summarize_returns(tmp_path: Path) -> None:
    articles = samples()[:6]
    report = batch(articles, tmp_path / "out.jsonl", max_words=40, cache=False)
    rows = read_rows(tmp_path / "out.jsonl")
    assert [row["id"] for row in rows] == [one.id for one in articles]
    for row, one in zip(rows, articles, strict=True):
        summary = summarizer.summarize(one, max_words=40)
        assert row["summary"] == summary.text
        assert row["language"] == summary.language
        assert row["method"] == summary.method
        assert row["coverage"] == pytest.approx(summary.coverage, abs=1e-4)
        assert row["support"] == pytest.approx(summary.support, abs=1e-4)
        assert (row["title"], row["url"], row["source"]) == (one.title, one.url, one.source)
        assert datetime.fromisoformat(row["published"]) == one.published
        assert (row["status"], row["error"]) == ("ok", None)
        assert row["seconds"] > 0
    assert (report.rows, report.summarized, report.failed) == (6, 6, 0)
    assert report.sound


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_formats_hold_the_same_rows(
    tmp_path: Path, embedder: CountingEmbedder, suffix: str
) -> None:
    articles = [article(1), article(2, text=SHORT), article(3, source=None, title="=1+1")]
    output = tmp_path / f"out.{suffix}"
    batch(articles, output)
    if suffix == "jsonl":
        rows = read_rows(output)
    elif suffix == "csv":
        with output.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
    else:
        rows = pq.read_table(output).to_pylist()
    assert [row["id"] for row in rows] == [one.id for one in articles]
    assert [row["status"] for row in rows] == ["ok", "failed", "ok"]
    assert [float(row["coverage"] or 0) for row in rows] == [1, 0, 1]
    assert rows[2]["title"] == ("'=1+1" if suffix == "csv" else "=1+1")
    assert "words" in rows[1]["error"]
    assert list(rows[0]) == [
        "id", "title", "url", "source", "published", "status", "summary", "language",
        "support", "coverage", "method", "model", "seconds", "error",
    ]  # fmt: skip


def test_the_second_run_costs_nothing(tmp_path: Path, embedder: CountingEmbedder) -> None:
    articles = [article(number) for number in range(5)]
    batch(articles, tmp_path / "out.jsonl")
    before = (tmp_path / "out.jsonl").read_bytes()
    embedder.calls.clear()
    report = batch(articles, tmp_path / "out.jsonl", cache=False)
    assert (report.unchanged, report.summarized, report.cached) == (5, 0, 0)
    assert embedder.calls == []
    assert (tmp_path / "out.jsonl").read_bytes() == before


def test_another_output_is_filled_from_the_cache(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    articles = [article(number) for number in range(5)]
    batch(articles, tmp_path / "one.jsonl")
    embedder.calls.clear()
    moved = [dataclasses.replace(one, id=f"b{one.id}", source="lain.example") for one in articles]
    report = batch(moved, tmp_path / "two.jsonl")
    assert (report.cached, report.summarized) == (5, 0)
    assert embedder.calls == []
    first, second = read_rows(tmp_path / "one.jsonl"), read_rows(tmp_path / "two.jsonl")
    assert [row["summary"] for row in first] == [row["summary"] for row in second]
    assert {row["source"] for row in second} == {"lain.example"}
    report = batch(moved, tmp_path / "three.jsonl", cache=False)
    assert (report.cached, report.summarized) == (0, 5)


@pytest.mark.parametrize(
    "changed",
    [
        {"max_words": 20},
        {"style": "headline"},
        {"language": "id"},
        {"settings": Settings(summary=dataclasses.replace(Settings().summary, max_words=5))},
    ],
)
def test_other_settings_replace_the_rows(
    tmp_path: Path, embedder: CountingEmbedder, changed: dict
) -> None:
    batch([article(1)], tmp_path / "out.jsonl")
    report = batch([article(1)], tmp_path / "out.jsonl", **changed)
    assert (report.rows, report.summarized, report.unchanged) == (1, 1, 0)


def test_settings_without_a_part_in_summaries_change_nothing(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    batch([article(1)], tmp_path / "out.jsonl")
    report = batch([article(1)], tmp_path / "out.jsonl", settings=Settings(index="elsewhere"))
    assert report.unchanged == 1


def test_a_changed_article_replaces_its_row(tmp_path: Path, embedder: CountingEmbedder) -> None:
    batch([article(1), article(2)], tmp_path / "out.jsonl")
    changed = article(1, text=article(7).text)
    report = batch([changed, article(2)], tmp_path / "out.jsonl")
    assert (report.rows, report.summarized, report.unchanged) == (2, 1, 1)
    rows = read_rows(tmp_path / "out.jsonl")
    assert [row["id"] for row in rows] == [article(1).id, article(2).id]
    assert "nomor 7" in rows[0]["summary"]


def test_rows_of_earlier_runs_stay_before_the_new_ones(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    batch([article(1), article(2)], tmp_path / "out.jsonl")
    report = batch([article(3), article(2)], tmp_path / "out.jsonl")
    assert (report.rows, report.others) == (3, 1)
    ids = [row["id"] for row in read_rows(tmp_path / "out.jsonl")]
    assert ids == [article(1).id, article(3).id, article(2).id]


def test_without_resume_the_output_is_replaced(tmp_path: Path, embedder: CountingEmbedder) -> None:
    batch([article(1), article(2)], tmp_path / "out.jsonl")
    report = batch([article(3)], tmp_path / "out.jsonl", resume=False)
    assert (report.rows, report.others) == (1, 0)
    assert [row["id"] for row in read_rows(tmp_path / "out.jsonl")] == [article(3).id]


def test_an_article_given_twice_has_one_row(tmp_path: Path, embedder: CountingEmbedder) -> None:
    report = batch([article(1), article(1), article(2), article(1)], tmp_path / "out.jsonl")
    assert (report.rows, report.repeated, report.summarized) == (2, 2, 2)


def test_two_texts_under_one_address_are_two_rows(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    two = [article(1), article(1, text=article(2).text)]
    for _ in range(2):
        report = batch(two, tmp_path / "out.jsonl", cache=False)
        rows = read_rows(tmp_path / "out.jsonl")
        assert ["nomor 1" in rows[0]["summary"], "nomor 2" in rows[1]["summary"]] == [True, True]
        assert rows[1]["id"].startswith(f"{article(1).id}-")
    assert (report.rows, report.unchanged) == (2, 2)


def test_failures_are_rows_counted_by_kind(tmp_path: Path, embedder: CountingEmbedder) -> None:
    table = write_table(tmp_path / "in.jsonl", [article(1)])
    with table.open("a", encoding="utf-8") as stream:
        stream.write('{"title": "rusak", "text": \n')
        stream.write(json.dumps({"title": "Pendek", "text": SHORT}) + "\n")
    report = batch([table, tmp_path / "gone.html"], tmp_path / "out.jsonl")
    assert not report.sound
    assert report.failed == 3
    assert report.failures == {"broken file": 1, "summary": 1, "source": 1}
    rows = read_rows(tmp_path / "out.jsonl")
    assert [row["status"] for row in rows] == ["ok", "failed", "failed", "failed"]
    assert "line 2" in rows[1]["error"]
    assert rows[2]["title"] == "Pendek"
    assert "gone.html" in rows[3]["error"]


def test_failures_are_tried_again_on_request_only(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    embedder.most = 0
    report = batch([article(1), article(2, text=SHORT)], tmp_path / "out.jsonl")
    assert report.failures == {"memory": 1, "summary": 1}
    embedder.most = 10_000
    report = batch([article(1), article(2, text=SHORT)], tmp_path / "out.jsonl")
    assert (report.failed, report.summarized) == (2, 0)
    assert not report.sound
    report = batch([article(1), article(2, text=SHORT)], tmp_path / "out.jsonl", retry_failed=True)
    assert (report.failures, report.summarized) == ({"summary": 1}, 1)
    assert [row["status"] for row in read_rows(tmp_path / "out.jsonl")] == ["ok", "failed"]


def test_a_row_that_was_mended_takes_the_place_of_its_failure(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    table = write_table(tmp_path / "in.jsonl", [article(1)])
    sound = table.read_text(encoding="utf-8")
    table.write_text(sound + "{\n", encoding="utf-8")
    assert batch(table, tmp_path / "out.jsonl").failed == 1
    table.write_text(sound, encoding="utf-8")
    report = batch(table, tmp_path / "out.jsonl")
    assert (report.rows, report.failed, report.others) == (1, 0, 0)


def test_too_little_memory_makes_smaller_groups(tmp_path: Path, embedder: CountingEmbedder) -> None:
    embedder.most = 12
    articles = [article(number) for number in range(40)]
    report = batch(articles, tmp_path / "out.jsonl")
    assert (report.summarized, report.failed) == (40, 0)
    failed = [call for call in embedder.calls if len(call) > 12]
    assert 0 < len(failed) < 10, "it should not run out of memory again and again"


def test_a_text_that_no_memory_suffices_for_fails_alone(
    tmp_path: Path, embedder: CountingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = CountingEmbedder.embed_passages

    def greedy(self: CountingEmbedder, texts: list[str]) -> object:
        if any("nomor 3 " in text for text in texts):
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to …")
        return plain(self, texts)

    monkeypatch.setattr(CountingEmbedder, "embed_passages", greedy)
    report = batch([article(number) for number in range(6)], tmp_path / "out.jsonl")
    assert (report.summarized, report.failed) == (5, 1)
    rows = read_rows(tmp_path / "out.jsonl")
    assert [row["status"] for row in rows].index("failed") == 3
    assert "allocate memory" in rows[3]["error"]


def test_any_error_of_one_article_is_its_row(
    tmp_path: Path, embedder: CountingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = CountingEmbedder.embed_passages

    def failing(self: CountingEmbedder, texts: list[str]) -> object:
        if any("nomor 2 " in text for text in texts):
            raise ZeroDivisionError("sesuatu yang tak terduga")
        return plain(self, texts)

    monkeypatch.setattr(CountingEmbedder, "embed_passages", failing)
    report = batch([article(number) for number in range(6)], tmp_path / "out.jsonl")
    assert (report.summarized, report.failures) == (5, {"zero division": 1})
    assert read_rows(tmp_path / "out.jsonl")[2]["error"] == (
        "ZeroDivisionError: sesuatu yang tak terduga"
    )


def test_progress_counts_up_to_all_articles(tmp_path: Path, embedder: CountingEmbedder) -> None:
    batch([article(1)], tmp_path / "out.jsonl")
    steps: list[Progress] = []
    articles = [*(article(number) for number in range(40)), article(99, text=SHORT)]
    batch(articles, tmp_path / "out.jsonl", progress=steps.append)
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    last = steps[-1]
    assert (last.done, last.total, last.failed, last.cached) == (41, 41, 1, 0)
    assert last.rate > 0
    assert last.left == 0
    assert any(step.left for step in steps), "the time left was never told"


def test_an_interrupted_batch_keeps_what_is_done_and_goes_on(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    articles = [article(number) for number in range(100)]

    def interrupt(now: Progress) -> None:
        if now.done >= 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch(articles, tmp_path / "out.jsonl", progress=interrupt)
    kept = read_rows(tmp_path / "out.jsonl")
    assert 40 <= len(kept) < 100
    report = batch(articles, tmp_path / "out.jsonl", cache=False)
    assert (report.unchanged, report.summarized) == (len(kept), 100 - len(kept))
    rows = read_rows(tmp_path / "out.jsonl")
    assert [row["id"] for row in rows] == [one.id for one in articles]


def test_urls_done_before_the_interruption_are_not_fetched_again(
    tmp_path: Path, embedder: CountingEmbedder, site: Site, near: Settings
) -> None:
    urls = [site.put(f"/{n}", page(f"Jembatan {n}", f"{ARTICLE} Ini nomor {n}.")) for n in range(3)]
    listing = tmp_path / "urls.txt"
    listing.write_text("# yang pagi\n" + "\n".join(urls[:2]) + f"\n\n{site.url}/hilang\n")
    assert batch(listing, tmp_path / "out.jsonl", settings=near).failed == 1

    def sources() -> object:
        yield urls[0]
        yield f"{site.url}/hilang"
        yield urls[1]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch(sources(), tmp_path / "out.jsonl", settings=near)
    site.asked.clear()
    everything = [*urls, f"{site.url}/hilang"]
    report = batch(everything, tmp_path / "out.jsonl", settings=near)
    assert site.asked == ["/2"]
    assert (report.rows, report.unchanged, report.failed, report.summarized) == (4, 2, 1, 1)
    site.asked.clear()
    batch(everything, tmp_path / "out.jsonl", settings=near)
    assert site.asked == ["/0", "/1", "/2", "/hilang"], "a new run looks for changes"


def test_a_page_that_is_gone_keeps_its_summary_and_is_told(
    tmp_path: Path, embedder: CountingEmbedder, site: Site, near: Settings
) -> None:
    url = site.put("/a", page("Jembatan", ARTICLE))
    assert batch(url, tmp_path / "out.jsonl", settings=near).sound
    del site.replies["/a"]
    report = batch(url, tmp_path / "out.jsonl", settings=near)
    assert (report.rows, report.stale, report.sound) == (1, 1, False)
    assert read_rows(tmp_path / "out.jsonl")[0]["status"] == "ok"


def test_a_page_that_came_back_takes_the_place_of_its_failure(
    tmp_path: Path, embedder: CountingEmbedder, site: Site, near: Settings
) -> None:
    url = f"{site.url}/a"
    assert batch(url, tmp_path / "out.jsonl", settings=near).failures == {"fetch": 1}
    [row] = read_rows(tmp_path / "out.jsonl")
    assert (row["id"], row["url"], row["source"]) == (article_id(url, ""), url, "127.0.0.1")
    site.put("/a", page("Jembatan", ARTICLE))
    report = batch(url, tmp_path / "out.jsonl", settings=near)
    assert (report.rows, report.summarized, report.failed) == (1, 1, 0)


def test_a_feed_is_one_row_an_item(
    tmp_path: Path, embedder: CountingEmbedder, site: Site, near: Settings
) -> None:
    items = "".join(
        f"<item><title>Jembatan {n}</title><link>{site.url}/{n}</link></item>" for n in range(3)
    )
    feed = site.put("/feed", f"<rss version='2.0'><channel>{items}</channel></rss>", "text/xml")
    for n in range(2):
        site.put(f"/{n}", page(f"Jembatan {n}", f"{ARTICLE} Ini nomor {n}."))
    report = batch(feed, tmp_path / "out.jsonl", settings=near)
    assert (report.rows, report.summarized, report.failures) == (3, 2, {"fetch": 1})


def test_what_no_file_can_hold_does_not_stop_the_run(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    odd = tmp_path / "odd.jsonl"
    record = {"title": "Panen \ud800", "url": "https://x.example/\ud800", "text": article(1).text}
    odd.write_text(json.dumps({**record, "source": "kabar\udfff"}) + "\n")
    report = batch([odd, write_table(tmp_path / "in.jsonl", [article(2)])], tmp_path / "o.parquet")
    assert report.rows == 2
    assert pq.read_table(tmp_path / "o.parquet").to_pylist()[1]["status"] == "ok"


def test_dates_keep_their_time_zone(tmp_path: Path, embedder: CountingEmbedder) -> None:
    moment = datetime(2024, 3, 4, 5, 6, tzinfo=UTC)
    batch([article(1, published=moment), article(2)], tmp_path / "out.jsonl")
    rows = read_rows(tmp_path / "out.jsonl")
    assert [row["published"] for row in rows] == ["2024-03-04T05:06:00+00:00", None]


@pytest.mark.parametrize(
    ("sources", "output", "told"),
    [
        ([], "out.jsonl", "no sources"),
        ("in", "out.xlsx", r"\.csv, \.parquet"),
        ("in", "gone/out.csv", "no folder"),
        ("in", "in", "names no format"),
        ("in", "in/out.csv", "lies in"),
        ("in/a.jsonl", "in/a.jsonl", "both input and output"),
    ],
)
def test_an_output_that_cannot_be_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sources: object, output: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    write_table(Path("in/a.jsonl"), [article(1)])
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BatchError, match=told):
        batch(sources, output)  # type: ignore[arg-type]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_that_no_batch_wrote_is_not_replaced(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    output = tmp_path / "mine.csv"
    output.write_text("milik saya\n")
    with pytest.raises(BatchError, match="resume=False"):
        batch([article(1)], output)
    assert output.read_text() == "milik saya\n"
    assert batch([article(1)], output, resume=False).rows == 1


def test_a_request_that_makes_no_sense_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SummaryError, match="max_words"):
        batch([article(1)], tmp_path / "out.jsonl", max_words=0)
    with pytest.raises(SummaryError, match="style"):
        batch([article(1)], tmp_path / "out.jsonl", style="haiku")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
