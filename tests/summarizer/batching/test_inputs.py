"""The reading stage: every kind of source, and none that stops the others."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_articles import article, write_table

from ringkas.settings import Settings
from ringkas.types import Article, Failure
from summarizer.batching.inputs import Given, Mark, ReadAhead, Source, read_all


def found(*sources: Source, skip: frozenset[str] = frozenset()) -> list[Given]:
    return list(read_all(sources, Settings(), skip.__contains__))


def items(*sources: Source) -> list[Article | Failure]:
    return [given.item for given in found(*sources) if not isinstance(given.item, Mark)]


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    write_table(tmp_path / "a.jsonl", [article(1), article(2)])
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_text(article(3).text)
    (tmp_path / "rusak.pdf").write_bytes(b"%PDF-1.4 rusak")
    (tmp_path / ".diam.txt").write_text(article(4).text)
    given = found(tmp_path)
    read = [one.item.text for one in given if isinstance(one.item, Article)]
    assert read == [article(1).text, article(2).text, article(3).text]
    ended = [Path(one.origin).name for one in given if one.item is Mark.ENDED]
    assert ended == ["a.jsonl", "rusak.pdf", "b.txt"]
    assert sum(isinstance(one.item, Failure) for one in given) == 1


def test_an_empty_folder_is_a_failure(tmp_path: Path) -> None:
    [failure] = items(tmp_path)
    assert isinstance(failure, Failure)
    assert "no files" in failure.message


@pytest.mark.parametrize("name", ["urls.txt", "daftar", "feeds.list"])
def test_a_list_of_urls_stands_for_them(tmp_path: Path, name: str) -> None:
    text = "\ufeff# pagi\nhttps://a.example/1\n\n  http://b.example/feed?x=1  \n"
    (tmp_path / name).write_text(text, encoding="utf-8")
    urls = frozenset({"https://a.example/1", "http://b.example/feed?x=1"})
    for source in (tmp_path / name, str(tmp_path / name), text.encode(), text.lstrip("\ufeff")):
        given = found(source, skip=urls)
        assert [(one.origin, one.item) for one in given] == [
            ("https://a.example/1", Mark.SKIPPED),
            ("http://b.example/feed?x=1", Mark.SKIPPED),
        ]


def test_an_article_that_names_a_url_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"https://a.example/1\n\n{article(1).text}")
    [read] = items(tmp_path / "a.txt")
    assert isinstance(read, Article)


def test_articles_bytes_text_and_paths_can_be_mixed(tmp_path: Path) -> None:
    table = write_table(tmp_path / "a.jsonl", [article(1)])
    read = items(article(5), article(2).text.encode(), article(3).text, table, "tiada.txt")
    assert [one.text for one in read if isinstance(one, Article)] == [
        article(number).text for number in (5, 2, 3, 1)
    ]
    assert isinstance(read[-1], Failure)


def test_what_a_reader_stumbles_over_is_a_failure_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from ringkas import sources

    def reader(source: object, settings: object) -> Iterator[Article]:
        if source == "buruk":
            raise RecursionError("terlalu dalam")
        yield article(1)

    monkeypatch.setattr(sources, "iter_articles", reader)
    failure, read = items("buruk", "baik")
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, RecursionError)
    assert isinstance(read, Article)


def test_it_reads_ahead_but_not_without_end() -> None:
    made = 0

    def endless() -> Iterator[Given]:
        nonlocal made
        while True:
            made += 1
            yield Given("", article(made))

    ahead = ReadAhead(endless(), most=10 * len(article(1).text))
    deadline = time.monotonic() + 10
    while made < 10 and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.1)
    assert 10 <= made <= 14
    assert len(ahead.take(4)) == 4
    assert not ahead.ended
    ahead.close()
    ahead._thread.join(timeout=10)
    assert not ahead._thread.is_alive()


def test_an_error_of_the_iteration_itself_is_raised_after_what_came_before() -> None:
    def sources() -> Iterator[Source]:
        yield article(1)
        raise LookupError("habis")

    ahead = ReadAhead(read_all(sources(), Settings(), lambda _: False))
    taken = ahead.take(10)
    assert [given.item for given in taken] == [article(1)]
    with pytest.raises(LookupError, match="habis"):
        list(iter(lambda: ahead.take(10), []))
