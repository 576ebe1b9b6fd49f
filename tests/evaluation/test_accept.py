from __future__ import annotations

import pytest

from evaluation.accept import Expected, Reply, accepted, tokens

OPENER = Expected(("IB Alit Wiradana",))
ISLANDS = Expected(("Sumatra; Jawa; Bali",), items=("Sumatra", "Jawa", "Bali (Pulau Dewata)"))
NOBODY_DIED = Expected(("ledakan tersebut tidak menimbulkan korban jiwa",), yes=False)
UNANSWERABLE = Expected((), answerable=False)


def found(text: str, *quotes: str) -> Reply:
    return Reply(text, found=True, quotes=quotes)


def test_tokens_part_words_from_numbers() -> None:
    assert tokens("Rp1.500.000 (8/6/2023)") == ["rp", "1500000", "8", "6", "2023"]
    assert tokens("Rp 100 juta") == tokens("Rp100 juta") == ["rp", "100", "juta"]


@pytest.mark.parametrize(
    "text",
    [
        "IB Alit Wiradana",
        "ib alit wiradana.",
        "IB Alit Wiradana, Sekretaris Daerah Kota Denpasar",  # 4 more
        "Sekretaris Daerah Kota Denpasar, IB Alit Wiradana, membuka rapat",
        "Alit Wiradana",  # F1 = 2 * 2 / (2 + 3) = 0.8
    ],
)
def test_a_reader_accepts(text: str) -> None:
    assert accepted(found(text), OPENER)


@pytest.mark.parametrize(
    "text",
    [
        "Sugito",
        "IB",  # F1 = 2 * 1 / (1 + 3) = 0.5
        "Wiradana Alit menurut IB dan Sugito dari Denpasar",  # out of order, F1 = 6 / 11
        "IB Alit Wiradana " + "kata " * 13,  # 13 other tokens
    ],
)
def test_a_reader_does_not_accept(text: str) -> None:
    assert not accepted(found(text), OPENER)


def test_one_shared_name_or_another_number_is_not_enough() -> None:
    # token F1 is 2 * 1 / (1 + 2) and 2 * 2 / (3 + 3): both 2/3
    assert not accepted(found("Taslim"), Expected(("Asnoni Taslim",)))
    assert not accepted(found("US$2 miliar"), Expected(("US$1 miliar",)))
    assert accepted(found("15-16 November"), Expected(("15-16 November 2025", "15-16 November")))


def test_twelve_other_tokens_are_allowed() -> None:
    assert accepted(found("IB Alit Wiradana " + "kata " * 12), OPENER)


def test_an_answer_must_be_claimed_and_a_refusal_only_where_there_is_none() -> None:
    assert not accepted(Reply("IB Alit Wiradana", found=False), OPENER)
    assert accepted(Reply("Tidak ditemukan", found=False), UNANSWERABLE)
    assert not accepted(found("Denpasar"), UNANSWERABLE)


def test_a_list_must_be_whole() -> None:
    assert accepted(found("Sumatra, Jawa, dan Bali"), ISLANDS)
    assert not accepted(found("Sumatra dan Jawa yang ramai"), ISLANDS)
    assert not accepted(found("Sumatra, Jawa, Bali " + "kata " * 25), ISLANDS)


def test_a_yes_no_answer_shows_the_deciding_clause() -> None:
    sentence = "Menurut polisi, ledakan tersebut tidak menimbulkan korban jiwa di markas itu."
    assert accepted(found(sentence), NOBODY_DIED)
    assert accepted(found("Tidak.", sentence), NOBODY_DIED)
    assert not accepted(found("Tidak."), NOBODY_DIED)
    assert not accepted(found("Ya, ada.", sentence), NOBODY_DIED)
