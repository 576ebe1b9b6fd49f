from __future__ import annotations

import pytest

from ringkas.generation import without_thoughts


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        ("Rapat dibuka.", "Rapat dibuka."),
        ("<think>Hm, 1 < 2.</think>\n\nRapat dibuka.", "Rapat dibuka."),
        ("<think>never ends", ""),
        ("a < b <thin", "a < b <thin"),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_thoughts_are_left_out(reply: str, answer: str, size: int) -> None:
    pieces = [reply[start : start + size] for start in range(0, len(reply), size)]
    assert "".join(without_thoughts(pieces)) == answer


def test_a_model_that_thinks_can_be_stopped_meanwhile() -> None:
    pieces = without_thoughts(iter(["<think>", "Hm.", "</think>", "Ya."]))
    assert [next(pieces) for _ in range(3)] == ["", "", ""]
    assert "".join(pieces) == "Ya."
