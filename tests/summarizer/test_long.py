"""Texts that a writer cannot read at once: nothing is cut, and what is missing is said."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_writers import Copyist, Terse, Told

from ringkas.errors import ModelError
from ringkas.text.sentences import split
from summarizer.long import Source, condensed, write_all
from summarizer.writing import Brief

BRIEF = Brief("id", "id", 60)
T = TypeVar("T")


def text_of(sentences: int) -> str:
    return "\n\n".join(
        f"Warga nomor {number} pulang ke desa pagi ini. Rumahnya sudah kering dan bersih lagi."
        for number in range(sentences // 2)
    )


def outcome(generator: Generator[str, None, T]) -> T:
    try:
        while True:
            assert next(generator) == ""
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


def condense(text: str, writer: Copyist, brief: Brief = BRIEF, **more: object) -> Source:
    return outcome(condensed(text, split(text), brief, writer, **more))  # type: ignore[arg-type]


def test_a_text_that_fits_is_given_as_it_is() -> None:
    writer = Copyist()
    text = text_of(20)
    source = condense(text, writer)
    assert source == Source(text, "id", 1.0)
    assert writer.sources == []


def test_every_sentence_of_a_long_text_is_read() -> None:
    writer = Copyist(window=300)
    text = text_of(200)
    source = condense(text, writer)
    parts = writer.sources[:7]
    assert " ".join(" ".join(parts).split()) == " ".join(text.split())
    assert all(writer.tokens(given) <= 300 for given in writer.sources)
    assert writer.tokens(source.text) <= 300
    assert source.coverage == pytest.approx(1.0)
    sizes = [writer.tokens(part) for part in parts]
    assert min(sizes) > 0.8 * max(sizes)


def test_summaries_of_parts_are_summarized_until_they_fit() -> None:
    writer = Copyist(window=200)
    text = text_of(2000)  # 15,000 words: 75 parts of 30 words are still too much
    source = condense(text, writer)
    assert writer.tokens(source.text) <= 200
    assert source.coverage == pytest.approx(1.0)
    again = [given for given in writer.sources if given not in text]
    assert again, "the parts' summaries were summarized too"


def test_one_endless_sentence_is_read_in_pieces() -> None:
    writer = Terse(window=250)
    text = "Bupati mengatakan " + "bahwa warga desa sudah pulang dan " * 200 + "semua selamat."
    source = condense(text, writer)
    assert source.coverage == pytest.approx(1.0)
    assert " ".join(given for given in writer.sources if given in text) == text


def test_a_model_that_only_copies_is_given_up() -> None:
    text = "Bupati mengatakan " + "bahwa warga desa sudah pulang dan " * 200 + "semua selamat."
    with pytest.raises(ModelError, match=r"does not get the \d parts .* any shorter"):
        condense(text, Copyist(window=250))


def test_what_the_model_has_no_summary_for_is_missing_from_the_coverage() -> None:
    class Silent(Copyist):
        def reply(self, source: str, brief: Brief) -> str:
            return "" if "nomor 0 " in source else super().reply(source, brief)

    source = condense(text_of(200), Silent(window=300))
    assert 0.5 < source.coverage < 0.95
    with pytest.raises(ModelError, match="wrote nothing for any of"):
        condense(text_of(200), Told(window=300, replies=("",)))


def test_orders_left_out_count_as_unread() -> None:
    text = text_of(20)
    source = outcome(condensed(text, split(text)[:10], BRIEF, Copyist()))
    assert source.coverage == pytest.approx(0.5, abs=0.02)


def test_parts_are_written_in_the_language_of_the_source() -> None:
    writer = Copyist(window=300)
    brief = Brief("en", "id", 60, "headline", query="rumah")
    source = condense(text_of(200), writer, brief)
    assert source.language == "id"
    assert {(each.language, each.style, each.query) for each in writer.briefs} == {
        ("id", "paragraph", "rumah")
    }
    only_english = Copyist(window=300, languages=frozenset({"en"}))
    assert condense(text_of(200), only_english, brief).language == "en"


def test_progress_counts_the_parts() -> None:
    seen: list[tuple[int, int]] = []
    writer = Copyist(window=300)
    condense(text_of(1200), writer, on_progress=lambda *at: seen.append(at))
    done = [each for each, _ in seen]
    assert len(done) > 2
    assert done == sorted(set(done))
    assert all(each < total for each, total in seen)


def test_short_sources_are_written_together_and_long_ones_followed() -> None:
    batches: list[int] = []

    class Counting(Copyist):
        def write(self, sources, brief):  # type: ignore[no-untyped-def]
            batches.append(len(sources))
            return super().write(sources, brief)

    sources = ["Air surut."] * 9
    replies = outcome(write_all(Counting(window=1024), sources, BRIEF))
    assert [reply.strip() for reply in replies] == ["Air surut."] * 9
    assert batches == [4, 4]
    batches.clear()
    replies = outcome(write_all(Counting(window=8192), sources, BRIEF))
    assert [reply.strip() for reply in replies] == ["Air surut."] * 9
    assert batches == []


def test_closing_stops_the_model() -> None:
    writer = Copyist(window=9000)
    stream = write_all(writer, ["Air surut. " * 50, "Air surut."], BRIEF)
    next(stream)
    stream.close()
    assert (len(writer.sources), writer.closed) == (1, 1)


@settings(max_examples=40)
@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=60),
    st.integers(100, 400),
    st.sampled_from([" ", "\n\n"]),
)
def test_no_word_is_lost_and_no_part_too_long(lengths: list[int], window: int, joint: str) -> None:
    text = joint.join(f"Kata{'  kata' * length}." for length in lengths)
    writer = Terse(window=window)
    source = condense(text, writer)
    assert writer.tokens(source.text) <= window
    read = " ".join(writer.sources) if writer.sources else source.text
    assert read.lower().count("kata") >= text.lower().count("kata")
    assert source.coverage == pytest.approx(1.0)
