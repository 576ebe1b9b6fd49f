from __future__ import annotations

from summarizer.support.gaps import agreements, gap_at, match
from summarizer.support.words import Word, words

ARTICLE = "Harga naik, kata Juru Bicara Febri Diansyah, Kamis pagi."


def read(text: str) -> tuple[Word, ...]:
    return words(text, translate=False)


def in_place_of(name: str, summary: str) -> str | None:
    """Return what the article has where the summary has ``name``."""
    ours, theirs = read(summary), read(ARTICLE)
    first = next(place for place, word in enumerate(ours) if word.text == name)
    matched = match(agreements(ours, theirs), first, first + 1)
    gap = gap_at(matched, first, first + 1, len(theirs))
    return None if gap is None else " ".join(word.text for word in theirs[gap.first : gap.last])


def test_the_words_around_a_name_hold_its_place() -> None:
    assert (
        in_place_of("Novel", "Harga naik, kata Novel, Kamis pagi.") == "Juru Bicara Febri Diansyah"
    )
    assert in_place_of("Novel", "Harga naik, kata Juru Bicara Febri Novel, Kamis.") == "Diansyah"


def test_a_name_that_is_matched_itself_is_left_out() -> None:
    assert in_place_of("Kamis", "Kata Febri Kamis, Kamis pagi.") == "Diansyah"


def test_without_matched_words_on_both_sides_nothing_holds_it() -> None:
    assert (
        in_place_of("Novel", "Menurut keterangan tertulis yang dikirim oleh Novel kemarin.") is None
    )


def test_closeness_falls_with_the_words_skipped_and_density_with_those_unmatched() -> None:
    near = gap_at([0, 1, -1, 3, 4], 2, 3, 5)
    far = gap_at([0, -1, -1, -1, 4], 2, 3, 5)
    assert near is not None
    assert far is not None
    assert (near.closeness, near.density) == (1.0, 1.0)
    assert (far.closeness, far.density) == (0.7, 0.5)
