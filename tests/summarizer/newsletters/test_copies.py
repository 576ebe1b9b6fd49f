"""Wire copies among other articles."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from evaluation.stories_planting import KINDS, plant
from ringkas.sources import samples
from summarizer.digesting.stories import voices as pairwise_voices
from summarizer.newsletters.copies import voices


def test_planted_copies_are_found_and_nothing_else_is_folded() -> None:
    originals = samples()
    plain = voices(originals)
    for kind in KINDS:
        planted = [plant(article, kind, Random(7)) for article in originals]
        groups = voices([*originals, *planted])
        number = {index: group for group, voice in enumerate(groups) for index in voice}
        for place in range(len(originals)):
            assert number[place] == number[len(originals) + place], (kind, originals[place].title)
        assert len(groups) == len(plain)


def test_it_finds_what_comparing_every_pair_finds() -> None:
    articles = samples()
    assert voices(articles) == sorted(pairwise_voices(articles))


def test_a_text_that_many_outlets_print_is_one_voice() -> None:
    article = samples()[0]
    copies = [replace(article, id=str(number)) for number in range(100)]
    assert voices(copies) == [list(range(100))]
