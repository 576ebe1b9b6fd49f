from __future__ import annotations

import time
from threading import Event, Thread

import pytest

from ringkas.embedding import get_embedder
from ringkas.embedding.turns import Turns
from ringkas.settings import Settings


def test_whoever_asked_first_is_next() -> None:
    turns, order, threads = Turns(), list[int](), list[Thread]()

    def work(number: int) -> None:
        with turns:
            order.append(number)

    with turns:
        for number in range(8):
            threads.append(Thread(target=work, args=(number,)))
            threads[-1].start()
            while len(turns._waiting) <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join(10)
    assert order == list(range(8))
    with turns:
        pass


def test_one_that_takes_again_at_once_stands_behind_the_others() -> None:
    turns, taken, asked, let_in = Turns(), Event(), Event(), list[int]()

    def hog() -> None:
        for lot in range(1_000):
            with turns:
                taken.set()
                if not asked.is_set():
                    time.sleep(0.01)
                let_in.append(lot)

    hogging = Thread(target=hog)
    hogging.start()
    taken.wait(10)
    asked.set()
    with turns:
        seen = len(let_in)
    hogging.join(10)
    assert seen < 1_000
    assert len(let_in) == 1_000


def test_one_that_is_interrupted_while_waiting_leaves_the_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turns = Turns()

    class Interrupted:
        def __init__(self) -> None:
            self.calls = 0

        def acquire(self) -> None:
            self.calls += 1
            if self.calls == 2:
                raise KeyboardInterrupt

    with turns:
        with monkeypatch.context() as patch:
            patch.setattr("ringkas.embedding.turns.Lock", Interrupted)
            with pytest.raises(KeyboardInterrupt), turns:
                pass
        assert not turns._waiting
    with turns:
        pass


def test_a_question_does_not_wait_until_many_passages_are_embedded() -> None:
    embedder = get_embedder(Settings())
    embedder.embed_queries(["Siapa yang membuka rapat?"])
    passages = [
        f"Rapat nomor {number} dibuka oleh ketua dewan di balai kota." for number in range(160)
    ]
    adding = Thread(target=embedder.embed_passages, args=(passages,))
    adding.start()
    embedder.embed_queries(["Siapa yang membuka rapat nomor 7?"])
    assert adding.is_alive()
    adding.join(120)
