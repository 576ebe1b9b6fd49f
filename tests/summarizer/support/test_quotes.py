from __future__ import annotations

import pytest

from summarizer.support.quotes import is_said, quotes, tokens

SAID = tokens("“Kami tidak akan mundur dari rencana ini,” kata Ratna. Biaya itu besar sekali.")
JOINED = f" {' '.join(SAID)} "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Ia berkata, "Kami siap," lalu pergi.', ["Kami siap,"]),
        ("“Satu” dan «dua»", ["Satu", "dua"]),
        ("film 'Laskar Senja' itu", ["Laskar Senja"]),
        ("It's Ratna's book, isn't it?", []),
        ('itu tidak benar," kata Ratna, dan "Kami siap," kata Dimas.', ["Kami siap,"]),
        ('itu tidak benar", kata Ratna, dan "Kami siap", kata Dimas.', ["Kami siap"]),
        ('" Kami siap", kata Dimas, "ya".', [" Kami siap", "ya"]),
    ],
)
def test_quotations_are_found_between_their_marks(text: str, expected: list[str]) -> None:
    assert [quote.text for quote in quotes(text)] == expected
    assert [text[quote.start : quote.end] for quote in quotes(text)] == expected


@pytest.mark.parametrize(
    "quote",
    [
        "Kami tidak akan mundur dari rencana ini",
        "kami tidak akan mundur",
        "Kami tidak akan ... rencana ini",
        "[Kami] tidak akan mundur",
        "besar sekali.",
    ],
)
def test_said_words_may_be_cut_but_not_changed(quote: str) -> None:
    assert is_said(quote, SAID, JOINED)


@pytest.mark.parametrize(
    "quote", ["Kami akan mundur dari rencana ini", "Kami siap mundur", "kecil sekali"]
)
def test_other_words_were_not_said(quote: str) -> None:
    assert not is_said(quote, SAID, JOINED)
