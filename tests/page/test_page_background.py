"""Long work is watched while it runs, and ends once nobody watches."""

from __future__ import annotations

from collections.abc import Callable, Generator
from threading import Event

import pytest

from ringkas.page.background import Finished, Halt, followed, watched

Tell = Callable[[int, int, str], None]


def test_steps_come_in_order_and_the_result_last() -> None:
    def verb(step: Tell) -> str:
        step(0, 2, "a")
        step(1, 2, "b")
        return "done"

    *steps, last = [item for item in watched(verb, Halt()) if item is not None]
    assert steps == [(0, 2, "a"), (1, 2, "b")]
    assert isinstance(last, Finished)
    assert last.result == "done"


def test_what_the_verb_raises_is_raised() -> None:
    def verb(step: Tell) -> str:
        step(0, 1, "a")
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        list(watched(verb, Halt()))


def test_a_verb_without_steps_is_waited_for() -> None:
    go = Event()

    def verb(step: Tell) -> None:
        go.wait(5)

    watching = watched(verb, Halt())
    assert next(watching) is None
    go.set()
    assert any(isinstance(item, Finished) for item in watching)


def test_a_halted_verb_ends_at_its_next_step() -> None:
    go, ended = Event(), Event()

    def verb(step: Tell) -> None:
        try:
            step(0, 2, "a")
            go.wait(5)
            step(1, 2, "b")
        finally:
            ended.set()

    halt = Halt()
    watching = watched(verb, halt)
    assert next(watching) == (0, 2, "a")
    halt.set()
    assert list(watching) == []
    go.set()
    assert ended.wait(5)


def test_a_generator_that_nobody_follows_is_closed() -> None:
    closed = Event()

    def stream() -> Generator[int, None, None]:
        try:
            yield from range(10**9)
        finally:
            closed.set()

    following = followed(stream, Halt())
    assert next(item for item in following if item is not None) == 0
    following.close()
    assert closed.wait(5)


def test_a_generator_is_followed_to_its_end() -> None:
    assert [
        item for item in followed(lambda: (n for n in range(3)), Halt()) if item is not None
    ] == [
        0,
        1,
        2,
    ]
