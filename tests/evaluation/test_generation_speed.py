"""The speed report compares like with like, shown on a tiny model."""

from __future__ import annotations

from pathlib import Path

from evaluation.generation_speed import BASE, EXACT, FAST, Size, Work, compare, engines, table

TINY = Size(layers=1, width=64, vocabulary=400)


def test_every_engine_does_the_same_work(tmp_path: Path) -> None:
    works = (Work(1, 1, source=20, reply=8), Work(3, 2, source=20, reply=8))
    found = engines(TINY, tmp_path)
    for engine in found.values():
        replies = engine.generate(works[1].sources(400), (398, 0), works[1].decoding)
        assert [len(reply.ids) for reply in replies] == [8, 8, 8]
    speeds, same = compare(found, works, TINY, rounds=1)
    assert list(speeds) == ["1 at once, greedy", "3 at once, 2 beams"]
    assert all(value > 0 for row in speeds.values() for value in row.values())
    assert same == (4, 4)


def test_the_ratio_is_that_of_the_figures_shown() -> None:
    speeds = {"one": {BASE: 20.0, "transformers bfloat16": 30.0, EXACT: 45.0, FAST: 90.0}}
    report = table(speeds, (3, 4), TINY)
    assert report.rows == (("one", 20.0, 30.0, 45.0, 90.0, "4.5 x"),)
    assert "wrote the same for 3 of 4 sources" in report.note
