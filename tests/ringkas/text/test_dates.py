"""Dates as news sites write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringkas.text.dates import WIB, WIT, WITA, is_date_line, parse_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Senin, 27 Mei 2024 06:24 WITA", datetime(2024, 5, 27, 6, 24, tzinfo=WITA)),
        ("Senin, 27 Mei 2024 | 06.24 WIB", datetime(2024, 5, 27, 6, 24, tzinfo=WIB)),
        ("27/05/2024, 06.24 WIB", datetime(2024, 5, 27, 6, 24, tzinfo=WIB)),
        ("27 Mei 2024 pukul 06.24 WIT", datetime(2024, 5, 27, 6, 24, tzinfo=WIT)),
        ("Kompas.com - 09/10/2019, 21:48 WIB", datetime(2019, 10, 9, 21, 48, tzinfo=WIB)),
        ("Kamis, 08 Jun 2023 14:24 WIB", datetime(2023, 6, 8, 14, 24, tzinfo=WIB)),
        ("Jum'at, 16 Agt 2024 19:05 WITA", datetime(2024, 8, 16, 19, 5, tzinfo=WITA)),
        ("Jumat (20/6/2025)", datetime(2025, 6, 20)),
        ("Rabu 5 Pebruari 2020", datetime(2020, 2, 5)),
        ("05/06/2024", datetime(2024, 6, 5)),
        ("2024-05-27", datetime(2024, 5, 27)),
        ("2024-05-27T06:24:00+08:00", datetime(2024, 5, 27, 6, 24, tzinfo=WITA)),
        ("2024-05-27T06:24:00.123Z", datetime(2024, 5, 27, 6, 24, tzinfo=UTC)),
        ("2024-05-27 06:24:00 WIB", datetime(2024, 5, 27, 6, 24, tzinfo=WIB)),
        ("2019-10-09 00:00:00", datetime(2019, 10, 9)),
        ("20240527T062400+0700", None),
        ("Mon, 27 May 2024 06:24:00 +0700", datetime(2024, 5, 27, 6, 24, tzinfo=WIB)),
        ("Mon, 27 May 2024 06:24:00 GMT", datetime(2024, 5, 27, 6, 24, tzinfo=UTC)),
        ("May 27, 2024 6:24 pm", datetime(2024, 5, 27, 18, 24)),
        ("27th of nothing 2024", None),
        ("12 a.m., 27 May 2024", datetime(2024, 5, 27)),
        ("Published 27 May 2024 12:05 a.m. SGT", datetime(2024, 5, 27, 0, 5, tzinfo=WITA)),
        ("31/02/2024", None),
        ("Harga naik 27/05/2024 25:99 WIB", datetime(2024, 5, 27)),
        ("2 jam yang lalu", None),
        ("", None),
        ("versi 1.2.2024.5", None),
    ],
)
def test_dates_are_read_with_their_zone(text: str, expected: datetime | None) -> None:
    found = parse_date(text)
    assert found == expected
    if found and expected:
        assert found.utcoffset() == expected.utcoffset()


def test_zones_of_indonesia() -> None:
    offsets = [parse_date(f"1 Mei 2024 12:00 {zone}") for zone in ("WIB", "WITA", "WIT")]
    hours = [moment.utcoffset() / timedelta(hours=1) for moment in offsets if moment]
    assert hours == [7, 8, 9]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Senin, 27 Mei 2024 06:24 WITA", True),
        ("Kompas.com - 09/10/2019, 21:48 WIB", True),
        ("Diterbitkan: 27 Mei 2024, 10:05 WIB", True),
        ("Published 27 May 2024, 10:05 GMT", True),
        ("Rapat itu diadakan pada Kamis (8/6/2023).", False),
        ("resmi dibuka pada Sabtu (4/5/2024). Warga", False),
        ("KabarKita - Jum'at, 16 Agt 2024 | 19:05 WIB", True),
        ("Wali kota wafat pada 27 Mei 2024 setelah dirawat lama", False),
        ("Harga beras naik", False),
    ],
)
def test_date_lines_are_told_from_sentences(line: str, expected: bool) -> None:
    assert is_date_line(line) is expected


@given(st.text(max_size=60))
def test_any_text_gives_a_date_or_none(text: str) -> None:
    found = parse_date(text)
    assert found is None or isinstance(found, datetime)


@given(
    st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1)),
    st.integers(-12, 14),
)
def test_iso_dates_are_read_exactly(moment: datetime, hours: int) -> None:
    moment = moment.replace(microsecond=0, second=0, tzinfo=timezone(timedelta(hours=hours)))
    assert parse_date(moment.isoformat()) == moment
