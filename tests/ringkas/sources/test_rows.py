"""JSONL and CSV of articles."""

from __future__ import annotations

import contextlib
import io
import json
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from charset_normalizer import CharsetMatches, from_bytes
from hypothesis import given
from hypothesis import strategies as st
from news_site import ARTICLE

from ringkas.errors import BrokenFileError, TooLargeError
from ringkas.settings import Settings
from ringkas.sources.decode import Guesses
from ringkas.sources.reading import iter_articles, read
from ringkas.sources.rows import read_csv
from ringkas.text.dates import WIB
from ringkas.types import Article, Failure

ENGLISH = {
    "id": "n-1", "title": "Jembatan", "text": ARTICLE, "url": "https://kabar.example/a?utm_source=x",
    "date": "2024-05-04T08:15:00+07:00", "source": "kabar.example", "author": "Sari",
}  # fmt: skip
INDONESIAN = {
    "judul": "Jembatan", "isi": ARTICLE, "link": "https://kabar.example/a",
    "tanggal": "Sabtu, 4 Mei 2024 08:15 WIB", "sumber": "kabar.example", "penulis": "Sari",
}  # fmt: skip


@pytest.mark.parametrize("row", [ENGLISH, INDONESIAN])
def test_columns_are_known_by_their_usual_names(row: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    (article,) = read(path)
    assert (article.title, article.text, article.author) == ("Jembatan", ARTICLE, "Sari")
    assert article.url == "https://kabar.example/a"
    assert article.source == "kabar.example"
    assert article.published == datetime(2024, 5, 4, 8, 15, tzinfo=WIB)
    assert article.notes == ({"id": "n-1"} if "id" in row else {})


def test_a_broken_line_is_a_failure_with_its_number(tmp_path: Path) -> None:
    lines = [json.dumps(ENGLISH), "{broken", "", '["a list"]', '{"judul": "tanpa isi"}', "\xff"]
    path = tmp_path / "a.jsonl"
    path.write_bytes("\n".join(lines).encode("latin-1") + b"\n" + json.dumps(INDONESIAN).encode())
    items = list(iter_articles(path))
    failures = [item for item in items if isinstance(item, Failure)]
    assert sum(isinstance(item, Article) for item in items) == 2
    assert [failure.source for failure in failures] == [f"{path}, line {n}" for n in (2, 4, 5, 6)]
    assert "is not JSON" in failures[0].message
    assert "holds a list" in failures[1].message
    assert "has no text (columns: judul)" in failures[2].message


def test_one_line_too_long_is_a_failure_and_the_next_is_read(
    tmp_path: Path, near: Settings
) -> None:
    long = json.dumps({"text": "a " * (2 << 20)})
    path = tmp_path / "a.jsonl"
    path.write_text(f"{long}\n{json.dumps(ENGLISH)}\n", encoding="utf-8")
    failure, article = iter_articles(path, near)
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, TooLargeError)
    assert isinstance(article, Article)


def test_lines_that_come_to_something_are_guessed_at_to_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guessed = counting(monkeypatch)
    row = json.dumps({**ENGLISH, "author": "José"}, ensure_ascii=False).encode("cp1252")
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join([row] * 25))
    assert all(isinstance(item, Article) for item in iter_articles(path))
    assert len(guessed) == 25


def test_lines_in_no_encoding_are_guessed_at_only_so_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guessed = counting(monkeypatch)
    path = tmp_path / "a.jsonl"
    noise = (Random(n).randbytes(60).replace(b"\n", b"\0") for n in range(500))
    path.write_bytes(b"\n".join(b"\xff\xc0" + line for line in noise))
    items = list(iter_articles(path))
    assert len(items) == 500
    assert all(isinstance(item, Failure) for item in items)
    assert 0 < len(guessed) <= Guesses().left
    assert "the lines before it" in items[-1].message


def counting(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Note what is guessed at."""
    guessed: list[bytes] = []

    def noting(data: bytes) -> CharsetMatches:
        guessed.append(data)
        return from_bytes(data)

    monkeypatch.setattr("charset_normalizer.from_bytes", noting)
    return guessed


def test_lines_are_streamed_whatever_the_file_size(tmp_path: Path, near: Settings) -> None:
    path = tmp_path / "a.jsonl"
    line = json.dumps({**ENGLISH, "padding": "x" * 50_000}) + "\n"
    path.write_text(line * 30, encoding="utf-8")
    assert path.stat().st_size > near.sources.max_megabytes << 20
    assert isinstance(next(iter(iter_articles(path, near))), Article)
    assert len(read(path, near)) == 30


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tables_are_read_whatever_divides_them(
    delimiter: str, encoding: str, tmp_path: Path
) -> None:
    text = ARTICLE.replace('"', '""')
    path = tmp_path / "a.csv"
    path.write_bytes(
        f'Judul{delimiter}Isi\r\n"Jembatan"{delimiter}"{text}\n\nAkhir."\r\n'.encode(encoding)
    )
    (article,) = read(path)
    assert (article.title, article.text) == ("Jembatan", f"{ARTICLE}\n\nAkhir.")


def test_a_row_without_text_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'title,text\nSatu,"{ARTICLE}"\nDua,\n', encoding="utf-8")
    article, failure = iter_articles(path)
    assert isinstance(article, Article)
    assert isinstance(failure, Failure)
    assert failure.source == f"{path}, row 3"


def test_a_table_without_a_text_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("nama,umur\nSari,31\n", encoding="utf-8")
    with pytest.raises(BrokenFileError, match=r"no column .* \(columns: nama, umur\).*isi"):
        read(path)


def test_a_table_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f'title,text\nKafé,"{ARTICLE} Kafé itu buka."\n'.encode("cp1252"))
    (article,) = read(path)
    assert article.title == "Kafé"


def test_one_broken_letter_costs_one_row(tmp_path: Path) -> None:
    rows = [f'Kafé {n},"{ARTICLE}"\n'.encode() for n in range(3)]
    rows[1] = rows[1].replace("é".encode(), b"\xff")
    (tmp_path / "a.csv").write_bytes(b"title,text\n" + b"".join(rows))
    first, broken, last = iter_articles(tmp_path / "a.csv")
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert (first.title, last.title) == ("Kafé 0", "Kafé 2")
    assert isinstance(broken, Failure)
    assert "row 3 holds letters that are not in utf-8" in broken.message
    assert "UTF-8" in broken.message


def test_bytes_that_an_old_encoding_leaves_out_cost_their_row(tmp_path: Path) -> None:
    text = f'title,text\nKafé,"{ARTICLE}"\nTehé,"{ARTICLE} Ya."\n'.encode("cp1252")
    (tmp_path / "a.csv").write_bytes(text.replace(b"Teh\xe9", b"Teh\x81"))
    first, broken = iter_articles(tmp_path / "a.csv")
    assert isinstance(first, Article)
    assert isinstance(broken, Failure)
    assert "not in cp1252" in broken.message


def test_half_a_character_in_json_is_taken_out() -> None:
    row = {
        "title": "T\ud83d",
        "text": ARTICLE,
        "url": "https://a.example/\udcff",
        "source": "\ud83d",
    }
    (article,) = iter_articles(json.dumps({**row, "id": "\udc80"}).encode())
    assert isinstance(article, Article)
    assert (article.title, article.url, article.source) == ("T", "https://a.example/", "a.example")
    assert article.notes == {}


@given(st.binary(max_size=300))
def test_any_bytes_as_a_table_give_articles_or_failures(data: bytes) -> None:
    rows = io.BytesIO(f'title,text\nA,"{ARTICLE}"\n'.encode() + data)
    with contextlib.suppress(BrokenFileError):  # no text at all
        for item in read_csv(rows, "a.csv", Settings().sources):
            assert isinstance(item, Article | Failure)


@given(st.binary(max_size=300))
def test_any_bytes_as_jsonl_give_articles_or_failures(data: bytes) -> None:
    for item in iter_articles(b'{"text": "a"}\n' + data):
        assert isinstance(item, Article | Failure)


@pytest.mark.parametrize("cut", [1, 41])
def test_half_a_letter_of_utf_16_stops_no_table(cut: int, tmp_path: Path) -> None:
    data = f"judul\ttext\nSatu\t{ARTICLE}\n".encode("utf-16")
    path = tmp_path / "a.csv"
    path.write_bytes(data[:-cut])
    [item] = iter_articles(path)
    assert "should not happen" not in getattr(item, "message", "")
