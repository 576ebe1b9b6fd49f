"""Each part of a rank, with its arithmetic."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest

from ringkas.settings import NewsletterSettings, RankSettings
from ringkas.types import Article
from summarizer.newsletters.ranking import holds, rank

START = datetime(2024, 5, 1, tzinfo=UTC)
WEEK = (START, START + timedelta(days=7))


def article(source: str, text: str = "Warga membuka lumbung desa.", number: int = 0) -> Article:
    return Article(f"{source}-{number}", "Lumbung Desa Dibuka", text, "id", source=source)


def test_doublings_of_voices_count_alike() -> None:
    settings = NewsletterSettings()
    ranks = [rank([article("a")], voices, [], None, settings) for voices in (1, 2, 4, 32, 90)]
    assert [one.coverage for one in ranks] == pytest.approx([0, 1 / 5, 2 / 5, 1, 1])


def test_diversity_is_that_of_so_many_outlets_of_equal_shares() -> None:
    one = rank([article("a", number=n) for n in range(4)], 4, [], None, NewsletterSettings())
    four = rank([article(name) for name in "abcd"], 4, [], None, NewsletterSettings())
    uneven = rank([article("a"), article("a", number=1), article("b")], 3, [], None,
                  NewsletterSettings())  # fmt: skip
    assert (one.diversity, four.diversity) == (0.0, pytest.approx(2 / 3))
    entropy = -(2 / 3) * math.log2(2 / 3) - (1 / 3) * math.log2(1 / 3)
    assert uneven.diversity == pytest.approx(entropy / 3)


def test_recency_is_the_place_of_the_latest_article_in_the_period() -> None:
    moments = [START + timedelta(days=1), START + timedelta(days=3.5)]
    assert rank([article("a")], 1, moments, WEEK, NewsletterSettings()).recency == 0.5
    assert rank([article("a")], 1, [WEEK[1]], WEEK, NewsletterSettings()).recency == 1.0
    assert rank([article("a")], 1, [], WEEK, NewsletterSettings()).recency == 0.5


def test_a_keyword_in_the_lead_counts_one_and_further_down_a_half() -> None:
    long = "Satu. " * 9 + "Harga beras naik."
    given = NewsletterSettings(keywords=("harga beras",))
    assert rank([article("a", "HARGA  BERAS turun.")], 1, [], None, given).keywords == 1.0
    assert rank([article("a", long)], 1, [], None, given).keywords == 0.5
    assert rank([article("a")], 1, [], None, given).keywords == 0.0


def test_a_keyword_is_whole_words() -> None:
    assert holds("KPK", "Juru bicara KPK: belum ada")
    assert not holds("KPK", "KPKNL melelang aset")
    assert not holds("  ", "apa pun")


def test_the_total_is_the_weighted_mean() -> None:
    weights = RankSettings(coverage=3, diversity=0, recency=1, keywords=0, editor=1)
    given = NewsletterSettings(rank=weights, source_weights={"A": 1.0})
    made = rank([article("a"), article("b")], 2, [WEEK[1]], WEEK, given)
    assert (made.coverage, made.recency, made.editor) == (pytest.approx(1 / 5), 1.0, 1.0)
    assert made.total == pytest.approx((3 * (1 / 5) + 1 * 1 + 1 * 1) / 5)
