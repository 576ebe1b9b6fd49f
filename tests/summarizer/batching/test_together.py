"""Articles together: one call for many, each with what is its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from typing import ClassVar

import numpy as np
import pytest
from batch_articles import CountingEmbedder, article
from plain_articles import LetterEmbedder

from ringkas.embedding import get_embedder
from ringkas.embedding.base import Vectors
from ringkas.errors import ModelError
from ringkas.settings import Settings
from ringkas.types import Summary
from summarizer import summarize
from summarizer.batching.memory import ran_out
from summarizer.batching.together import Together
from summarizer.writers import get_writer
from summarizer.writing import Brief, Part, Reply


def embedded(texts: Sequence[str]) -> Vectors:
    return get_embedder(Settings()).embed_passages(texts)


def test_summaries_are_those_made_one_by_one_in_one_call() -> None:
    articles = [article(number) for number in range(12)]
    embedder = CountingEmbedder()
    results = Together(embedder).each(articles, summarize)
    assert len(embedder.calls) < len(articles)
    assert max(map(len, embedder.calls)) > 4 * 5
    alone = Together(LetterEmbedder())
    for one, result in zip(articles, results, strict=True):
        assert isinstance(result, Summary)
        assert alone.each([one], summarize) == [result]


def test_each_gets_its_own_vectors_whatever_it_asks_for() -> None:
    def ask(name: str) -> tuple[Vectors, Vectors, Vectors]:
        embedder = get_embedder(Settings())
        first = embedder.embed_passages([name, "sama", name * 2])
        asked = embedder.embed_queries(["tanya " + name])
        return first, asked, embedder.embed_passages([])

    names = ["satu", "dua", "tiga"]
    plain = LetterEmbedder()
    for name, got in zip(names, Together(plain).each(names, ask), strict=True):
        assert not isinstance(got, Exception)
        np.testing.assert_array_equal(got[0], plain.embed_passages([name, "sama", name * 2]))
        np.testing.assert_array_equal(got[1], plain.embed_queries(["tanya " + name]))
        assert got[2].shape == (0, plain.fingerprint.dimension)


def test_a_text_that_several_have_is_embedded_once() -> None:
    embedder = CountingEmbedder()
    Together(embedder).each([["sama", "satu"], ["sama", "dua"]], embedded)
    assert sorted(text for call in embedder.calls for text in call) == ["dua", "sama", "satu"]


def test_too_much_for_the_memory_is_halved_for_good() -> None:
    embedder = CountingEmbedder(most=3)
    together = Together(embedder)
    texts = [f"teks {number}" for number in range(20)]
    [vectors] = together.each([texts], embedded)
    np.testing.assert_array_equal(vectors, LetterEmbedder().embed_passages(texts))
    assert together.most_texts <= 3
    embedder.calls.clear()
    together.each([texts], embedded)
    assert max(map(len, embedder.calls)) <= 3


def test_an_error_belongs_to_the_one_that_caused_it() -> None:
    class Picky(LetterEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            if "salah" in texts:
                raise ValueError("tidak mau")
            return super().embed_passages(texts)

    results = Together(Picky()).each([["benar"], ["salah", "lain"], ["juga"]], embedded)
    assert [type(result) for result in results] == [np.ndarray, ValueError, np.ndarray]


def test_one_that_waits_for_what_another_holds_is_not_waited_for() -> None:
    held = threading.Lock()

    def ask(name: str) -> Vectors:
        with held:
            return embedded([name])

    results = Together(LetterEmbedder()).each(["satu", "dua"], ask)
    assert all(isinstance(result, np.ndarray) for result in results)


def test_an_interrupt_ends_all_and_is_raised() -> None:
    class Interrupted(LetterEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            raise KeyboardInterrupt

    before = set(threading.enumerate())
    with pytest.raises(KeyboardInterrupt):
        Together(Interrupted()).each([["satu"], ["dua"]], embedded)
    deadline = time.monotonic() + 10
    while set(threading.enumerate()) - before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not set(threading.enumerate()) - before


def test_the_embedder_still_works_for_one_who_keeps_it() -> None:
    [kept] = Together(LetterEmbedder()).each([0], lambda _: get_embedder(Settings()))
    assert not isinstance(kept, Exception)
    np.testing.assert_array_equal(
        kept.embed_passages(["kelak"]), LetterEmbedder().embed_passages(["kelak"])
    )


def test_what_several_have_to_write_is_written_at_once() -> None:
    class Echo:
        """Writes what it is given, and knows at which call."""

        name, languages, window = "gema", frozenset({"id", "en"}), 100
        calls: ClassVar[list[tuple[list[str], Brief]]] = []

        def translates(self, brief: Brief) -> bool:
            return False

        def tokens(self, text: str) -> int:
            return len(text.split())

        def stream(self, source: str, brief: Brief) -> Iterator[str]:
            raise AssertionError("it should not be asked one by one")

        def write(self, sources: Sequence[str], brief: Brief) -> list[Reply]:
            if "salah" in sources:
                raise ModelError("tidak bisa")
            self.calls.append((list(sources), brief))
            return [(Part((f"{brief.language}: {source}",)),) for source in sources]

    briefs = {True: Brief("id", "id", 20), False: Brief("en", "id", 20)}

    def work(source: str) -> str:
        writer = get_writer(Settings())
        assert writer is not None
        assert (writer.name, writer.window, writer.tokens("a b")) == ("gema", 100, 2)
        return "".join(writer.stream(source, briefs[source.islower()]))

    results = Together(LetterEmbedder(), Echo()).each(["satu", "DUA", "tiga"], work)
    assert results == ["id: satu", "en: DUA", "id: tiga"]
    assert sorted(sorted(sources) for sources, _ in Echo.calls) == [["DUA"], ["satu", "tiga"]]
    good, bad = Together(LetterEmbedder(), Echo()).each(["satu", "salah"], work)
    assert good == "id: satu"
    assert isinstance(bad, ModelError)


def test_each_chooses_from_what_was_written_by_what_its_own_article_holds() -> None:
    class Undecided:
        """Has two things to say of everything."""

        name, languages, window = "ragu", frozenset({"id"}), 100

        def translates(self, brief: Brief) -> bool:
            return False

        def tokens(self, text: str) -> int:
            return len(text.split())

        def stream(self, source: str, brief: Brief) -> Iterator[str]:
            raise AssertionError("it should not be asked one by one")

        def write(self, sources: Sequence[str], brief: Brief) -> list[Reply]:
            return [(Part(("satu desa", "dua desa")),) for _ in sources]

    def work(source: str) -> str:
        writer, embedder = get_writer(Settings()), get_embedder(Settings())
        assert writer is not None

        def faults(text: str) -> int:
            embedder.embed_passages([text])  # as the check of support does
            return int(source not in text)

        return "".join(writer.stream(source, Brief("id", "id", 20, faults=faults)))

    results = Together(LetterEmbedder(), Undecided()).each(["satu", "dua", "tiga"], work)
    assert results == ["satu desa", "dua desa", "satu desa"]


def test_outside_the_work_the_embedder_is_the_usual_one() -> None:
    usual = get_embedder(Settings())
    Together(LetterEmbedder()).each([article(1)], summarize)
    assert get_embedder(Settings()) is usual
    assert get_writer(Settings()) is None


def test_memory_running_out_is_told_by_all_its_names() -> None:
    import torch

    def wrapped() -> Exception:
        try:
            raise MemoryError
        except MemoryError as error:
            caused = ValueError("gagal")
            caused.__cause__ = error
            return caused

    with pytest.raises(RuntimeError) as raised:
        torch.empty(1 << 60, dtype=torch.uint8)
    assert ran_out(raised.value)
    assert ran_out(torch.OutOfMemoryError("CUDA out of memory."))
    assert ran_out(wrapped())
    assert not ran_out(ValueError("memory"))
    assert not ran_out(article(1))
