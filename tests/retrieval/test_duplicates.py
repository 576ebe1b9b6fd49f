from __future__ import annotations

import itertools

import pytest
from plain_articles import article

from retrieval import Index
from retrieval.duplicates import SAME_STORY_TEXT, is_copy, shingles
from ringkas.text.sentences import split
from ringkas.types import Article


def overlap(one: str, other: str) -> float:
    """The share of the shorter text's shingles that the other holds."""
    first, second = shingles(one), shingles(other)
    return len(first & second) / min(len(first), len(second))


def is_planted(text: str, copy: str) -> bool:
    return is_copy(shingles(text), shingles(copy))


def moved(original: Article) -> str:
    """The text under another dateline."""
    return f"SEMARANG, Warta Bahari - {original.text}"


def reworded(original: Article) -> str:
    """One sentence in five replaced by a new one."""
    sentences = [span.of(original.text) for span in split(original.text)]
    return " ".join(
        f"Kalimat baru nomor {number} menggantikan yang lama di sini." if number % 5 == 4 else text
        for number, text in enumerate(sentences)
    )


def cut_short(original: Article) -> str:
    """Without its last third."""
    sentences = split(original.text)
    return original.text[: sentences[len(sentences) * 2 // 3].end]


PLANTS = [moved, reworded, cut_short]


@pytest.mark.parametrize("plant", PLANTS)
def test_planted_copies_of_every_sample_are_recognised(
    plant: object, articles: list[Article]
) -> None:
    shares = {one.title: overlap(one.text, plant(one)) for one in articles}  # type: ignore[operator]
    assert min(shares.values()) >= SAME_STORY_TEXT + 0.05, shares
    assert all(is_planted(one.text, plant(one)) for one in articles)  # type: ignore[operator]


def test_only_the_wire_copy_among_the_samples_is_one(articles: list[Article]) -> None:
    copies = [
        {one.source, other.source}
        for one, other in itertools.combinations(articles, 2)
        if is_planted(one.text, other.text)
    ]
    assert copies == [{"sagara.example", "tengarapos.example"}]


def test_own_reports_of_one_event_lie_far_below_the_limit(articles: list[Article]) -> None:
    shares = sorted(
        overlap(one.text, other.text) for one, other in itertools.combinations(articles, 2)
    )
    assert shares[-1] > SAME_STORY_TEXT > 2 * shares[-2]  # 0.86 and 0.29


def test_a_stub_is_no_copy_of_a_long_article(articles: list[Article]) -> None:
    stub = split(articles[0].text)[0].of(articles[0].text)
    assert not is_planted(articles[0].text, stub)


@pytest.mark.parametrize("text", ["", "Denpasar", "Satu dua tiga"])
def test_texts_without_a_run_of_four_words_are_no_copies(text: str) -> None:
    assert not is_planted(text, text)


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("copy_first", [False, True])
@pytest.mark.parametrize("together", [False, True])
def test_copies_are_folded_into_one_hit(
    plant: object, copy_first: bool, together: bool, articles: list[Article], counted_index: Index
) -> None:
    original = articles[7]
    copy = article("copy", plant(original), title="Kabar Bank", source="lain.example")  # type: ignore[operator]
    batch = [copy, original] if copy_first else [original, copy]
    calls = [batch] if together else [[one] for one in batch]
    reports = [counted_index.add(call) for call in calls]
    assert sum(report.copies for report in reports) == 1
    hits = counted_index.search("Berapa laba bersih Bank Nirmala Samudra?")
    assert len({hit.article.id for hit in hits}) == 1
    [other] = {original.id, "copy"} - {hits[0].article.id}
    assert any(hit.copies == (other,) for hit in hits)


def test_own_reports_of_one_event_are_not_folded(sample_index: Index) -> None:
    hits = sample_index.search("Siapa yang membuka rapat koordinasi di Denpasar?", limit=20)
    meeting = {hit.article.source for hit in hits if "Denpasar" in hit.article.title}
    assert meeting == {"wartabahari.example", "lintaspulau.example", "theharbourpost.example"}


def test_a_filter_on_its_outlet_shows_the_copy_itself(sample_index: Index) -> None:
    from retrieval import Filters

    hits = sample_index.search("banjir Tirtaloka", filters=Filters(sources=("tengarapos.example",)))
    assert {hit.article.source for hit in hits} == {"tengarapos.example"}
    assert all(hit.copies == () for hit in hits)


def test_an_article_that_is_rewritten_leaves_its_copies(
    articles: list[Article], counted_index: Index
) -> None:
    original = articles[7]
    copy = article("copy", moved(original), source="lain.example")
    counted_index.add([original, copy])
    rewritten = article(original.id, articles[9].text, title=original.title)
    assert counted_index.add([rewritten]).copies == 0
    hits = counted_index.search("Siapa juara tunggal putri Piala Sriwijana? Berapa laba bank?")
    assert {hit.article.id for hit in hits} == {original.id, "copy"}
    assert all(hit.copies == () for hit in hits)


def test_a_lightly_edited_article_stays_with_its_copies(
    articles: list[Article], counted_index: Index
) -> None:
    original = articles[7]
    counted_index.add([original, article("copy", moved(original))])
    counted_index.add([article(original.id, original.text + " Diperbarui pukul 20.00 WIB.")])
    hits = counted_index.search("Berapa laba bersih Bank Nirmala Samudra?")
    assert len({hit.article.id for hit in hits}) == 1
