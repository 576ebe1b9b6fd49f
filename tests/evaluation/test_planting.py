from __future__ import annotations

from random import Random

from evaluation.planting import Planted, exchanged, plant

SENTENCE = "Pada 8 Juni 2023 Bupati Dimas Satrio membuka 12 pasar, “Kami senang berdagang lagi.”"
ARTICLE = SENTENCE + " Pada 4 Mei 2022 Ratna Wibisono menutup 15 pasar di Talangsari."
OTHER = (
    "Pada 9 Juli 2021 Hasan Priambodo menghitung 31 kapal. "
    "“Ombak pagi ini terlalu tinggi untuk melaut,” ujarnya."
)


def planted(sentence: str = SENTENCE) -> dict[tuple[str, str], Planted]:
    found = plant(sentence, ARTICLE, OTHER, english=False, random=Random(1))
    return {(one.kind, one.origin): one for one in found}


def test_swaps_are_of_the_same_kind_from_the_article_or_another() -> None:
    swaps = {key: one.text[one.start : one.end] for key, one in planted().items()}
    assert swaps["number", "same"] == "15"
    assert swaps["number", "other"] == "31"
    assert swaps["date", "same"] == "4 Mei 2022"
    assert swaps["date", "other"] == "9 Juli 2021"
    assert swaps["name", "same"] == "Ratna Wibisono"
    assert swaps["name", "other"] == "Hasan Priambodo"
    assert swaps["quote", "other"] == "Ombak pagi ini terlalu tinggi untuk melaut"


def test_nothing_but_the_error_is_changed() -> None:
    for (kind, _), one in planted().items():
        if kind in ("number", "date", "name"):
            before, after = one.text[: one.start], one.text[one.end :]
            assert SENTENCE.startswith(before)
            assert SENTENCE.endswith(after)


def test_a_negation_is_put_in_or_left_out() -> None:
    assert "tidak membuka" in planted()["negation", "other"].text
    left_out = planted("Bupati tidak membuka pasar.")["negation", "same"]
    assert left_out.text == "Bupati membuka pasar."


def test_the_same_day_in_the_other_language_is_no_error() -> None:
    planted = plant("He died on Wednesday.", "President Abdu Rabu spoke.", "", True, Random(1))
    assert [one for one in planted if one.kind == "date"] == []


def test_without_anything_to_swap_nothing_is_planted() -> None:
    assert planted("Hujan turun.") == {}


def test_the_same_seed_plants_the_same() -> None:
    assert planted() == planted()


def test_two_names_of_a_kind_are_exchanged() -> None:
    text = "Pada Kamis, Dimas Satrio menemui Ratna Wibisono di Talangsari."
    swapped = "Pada Kamis, Ratna Wibisono menemui Dimas Satrio di Talangsari."
    assert exchanged(text, Random(1)) == swapped
    assert exchanged("Pada Kamis, Dimas Satrio pergi.", Random(1)) is None
