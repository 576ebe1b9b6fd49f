from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from ringkas.cli.terminal import byline, visible, written
from ringkas.types import Article


def article(published: datetime | None = None, source: str | None = None) -> Article:
    return Article("x", "Judul", "Isi.", "id", source=source, published=published)


def test_characters_that_act_on_a_terminal_are_dropped() -> None:
    assert visible("a\x1b[31mb\x07\r\x9bc\x7f") == "a[31mbc"
    assert visible("moc.elpmaxe\u202e\u2066") == "moc.elpmaxe"


def test_text_and_its_line_breaks_stay() -> None:
    text = "Rp1.500.000 – “naik”\n\n\tdi Kabupaten Pidie Jaya, 日本"
    assert visible(text) == text


def test_a_date_without_a_time_is_a_date_alone() -> None:
    assert written(article(datetime(2023, 6, 8, tzinfo=UTC))) == "2023-06-08"


def test_a_time_keeps_its_zone() -> None:
    moment = datetime(2023, 6, 8, 18, 40, tzinfo=timezone(timedelta(hours=8)))
    assert written(article(moment)) == "2023-06-08 18:40 +0800"


def test_a_byline_leaves_out_what_is_unknown() -> None:
    assert byline(article()) == "id"
    assert byline(article(source="contoh.example")) == "contoh.example · id"
