"""What the writer is set to learn: nothing twice before all came once, nothing too long."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from training.generator.denoising import with_gaps, without_gist
from training.generator.exercises import Exercise, Material, Pool, portion
from training.generator.lessons import Limits, batches
from training.generator.vocabulary import END

Make = Callable[..., list[Any]]


def test_gaps_take_about_their_share() -> None:
    ids = list(range(1000))
    found = with_gaps(ids, 0.3, -1, random.Random(5))
    kept = [number for number in found if number != -1]
    assert kept == sorted(kept)
    assert 0.65 < len(kept) / len(ids) < 0.85  # gaps may overlap
    assert with_gaps(ids, 0.0, -1, random.Random(5)) == ids


def test_gist_is_what_the_rest_repeats() -> None:
    text = (
        "Wali kota membuka pasar baru. Cuaca cerah. Pasar baru itu dibuka wali kota untuk warga. "
        "Anak-anak bermain. Warga senang."
    )
    rest, gist = without_gist(text) or ("", "")
    assert "wali kota untuk warga" in gist or gist.startswith("Wali kota")
    assert gist not in rest
    assert without_gist("Satu. Dua. Tiga.") is None


def _drawn(text: str, _: random.Random) -> Exercise:
    return Exercise(text, text, "id", "restored")


def test_portions_go_through_everything_once_before_anything_twice() -> None:
    pools = [Pool(1.0, [f"kalimat {number}" for number in range(10)], _drawn)]
    first, second = (portion(pools, number, 5, seed=1) for number in (0, 1))
    assert len({one.source for one in [*first, *second]}) == 10
    assert portion(pools, 0, 5, seed=1) == first
    assert portion(pools, 0, 5, seed=2) != first


def test_batches_hold_everything_within_their_tokens(lessons_on: Make) -> None:
    lessons = lessons_on()
    found = batches(lessons, 400, "1")
    assert sorted(map(id, lessons)) == sorted(id(one) for batch in found for one in batch)
    for batch in found:
        assert len(batch) == 1 or len(batch) * max(one.length for one in batch) <= 400


def test_sources_and_replies_are_cut_to_their_limits(lessons_on: Make) -> None:
    for lesson in lessons_on(Limits(20, 15)):
        assert len(lesson.source) <= 20
        assert len(lesson.start) + len(lesson.reply) <= 15 + 1
        assert (lesson.source[-1], lesson.reply[-1]) == (END, END)


def test_terms_that_are_not_stated_can_be_left_out(data: Path) -> None:
    everything, stated = (Material(data, stated_only=only).pairs() for only in (False, True))
    assert (len(everything), len(stated)) == (4 * 12, 12)
