from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8:strict"])
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["text", "json"])
def test_no_letter_is_too_much_for_the_output(
    tmp_path: Path, encoding: str, form: list[str]
) -> None:
    """Files and pipes on Windows take few letters, and a file name may be no UTF-8."""
    odd = tmp_path / os.fsdecode(b"ja\xfdek \xe6\x97\xa5.txt")
    odd.write_bytes(b"Terlalu pendek.")
    command = [sys.executable, "-m", "ringkas", "--index", "i", "add", odd.name, *form]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 1
    if form:
        [failure] = json.loads(done.stdout)["failures"]
        assert failure["source"] == odd.name
    else:
        assert b"0 added" in done.stdout
        assert b"only 2 words" in done.stderr
