"""Requests that are observed: how they ended, in whichever thread."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from ringkas import observing
from ringkas.errors import QuestionError
from ringkas.observing import Request, conclude, observed


@pytest.fixture
def ended() -> Iterator[list[Request]]:
    """The requests that have ended, in order."""
    found: list[Request] = []
    stop = observing.listen(lambda each: found.append(each) if each.seconds is not None else None)
    yield found
    stop()


@observed("ask", content=lambda question: question)
def answered(question: str) -> Iterator[str]:
    yield "looking"
    conclude("answered")
    yield observing.current_id()


def test_a_function_is_one_request(ended: list[Request]) -> None:
    assert observed("add")(lambda x: x + 1)(1) == 2
    [only] = ended
    assert (only.verb, only.face, only.outcome, only.error) == ("add", "page", "done", "")


def test_errors_raised_on_purpose_are_refusals_others_failures(ended: list[Request]) -> None:
    for error in (QuestionError("too long"), KeyError("x")):
        with pytest.raises(type(error)), observing.request("ask", "mcp"):
            raise error
    assert [(each.outcome, each.error) for each in ended] == [
        ("refused", "QuestionError"),
        ("failed", "KeyError"),
    ]


def test_a_generator_is_one_request_whose_steps_run_in_other_threads(ended: list[Request]) -> None:
    running = answered("Siapa?")
    ids = []
    for _ in range(2):
        with ThreadPoolExecutor(1) as pool:
            ids.append(pool.submit(next, running).result())
        assert observing.current_id() == ""  # nothing is left behind
    assert next(running, None) is None
    [only] = ended
    assert (only.outcome, only.content, only.id) == ("answered", "Siapa?", ids[1])


def test_a_generator_that_nobody_waits_for_was_stopped(ended: list[Request]) -> None:
    running = answered("Siapa?")
    next(running)
    running.close()
    assert [each.outcome for each in ended] == ["stopped"]


def test_two_interleaved_requests_do_not_mix(ended: list[Request]) -> None:
    one, two = answered("a"), answered("b")
    next(one), next(two)
    ids = [next(one), next(two)]
    list(one), list(two)
    assert [each.id for each in ended] == ids
    assert ids[0] != ids[1]
