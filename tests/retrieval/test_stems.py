from __future__ import annotations

import lzma

import pytest

from retrieval import stems

PACKED = lzma.decompress(stems.COMMON.read_bytes()).decode().split("\n")


def test_shipped_stems_are_those_of_pysastrawi() -> None:
    for line in PACKED[::151]:
        word = line.split(" ")[0]
        assert stems.indonesian(word) == stems.sastrawi(word)


def test_common_words_are_looked_up_and_others_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(stems, "sastrawi", lambda word: asked.append(word) or word)
    assert stems.indonesian("pembangunan") == "bangun"
    assert stems.indonesian("wiradanata") == "wiradanata"
    assert asked == ["wiradanata"]


def test_packed_stems_are_read_back() -> None:
    lines = lzma.decompress(stems.pack([("rapat", "rapat"), ("dibuka", "buka")])).decode()
    assert lines.split("\n") == ["dibuka buka", "rapat"]


@pytest.mark.parametrize("word", ["café", "2024", "covid-19", "s'pore"])
def test_words_of_other_than_plain_letters_stay(word: str) -> None:
    assert stems.indonesian(word) == word
