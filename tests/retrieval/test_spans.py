"""Windows and span search, without a model."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.spans import (
    MAX_ANSWER_TOKENS,
    SpanScore,
    Window,
    best_spans,
    merge,
    overlap,
    paragraphs,
    trim,
    windows,
)

TEXT = "Rapat dibuka Wali Kota.\n\nIa diwakili Sekda (Budi Santoso), Selasa."


def word_window(text: str) -> Window:
    """A window whose passage tokens are the text's words."""
    offsets, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        offsets.append((start, at))
    return Window(0, [0, 5, 2, 2, *[9] * len(offsets), 2], 4, offsets)


def logits_for(window: Window, first: int, last: int, null: float = 0.0) -> np.ndarray:
    logits = np.full((len(window.ids), 2), -5.0, np.float32)
    logits[0] = null / 2
    logits[window.first + first, 0] = 4.0
    logits[window.first + last, 1] = 3.0
    return logits


def test_best_span_has_exact_offsets_and_the_sum_of_logits() -> None:
    window = word_window(TEXT)
    found = best_spans(logits_for(window, 2, 3, null=2.0), window, TEXT, top=3)
    assert TEXT[found[0].start : found[0].end] == "Wali Kota."
    assert found[0].score == 4.0 + 3.0
    assert found[0].margin == 4.0 + 3.0 - 2.0


def test_a_span_never_crosses_a_paragraph_break() -> None:
    window = word_window(TEXT)
    for span in best_spans(logits_for(window, 2, 6), window, TEXT, top=5):
        assert "\n" not in TEXT[span.start : span.end]


def test_top_spans_do_not_overlap() -> None:
    window = word_window(TEXT)
    found = best_spans(logits_for(window, 2, 3), window, TEXT, top=4)
    assert len(found) == 4
    assert not any(overlap(a, b) for i, a in enumerate(found) for b in found[:i])


def test_unmatched_brackets_and_commas_are_trimmed() -> None:
    start, end = trim(TEXT, TEXT.index("(Budi"), TEXT.index(", Selasa") + 1)
    assert TEXT[start:end] == "(Budi Santoso)"
    start, end = trim(TEXT, TEXT.index("Budi"), TEXT.index(", Selasa"))
    assert TEXT[start:end] == "Budi Santoso"
    dated = "Selasa (10/9/2019)."
    assert trim(dated, 0, len(dated)) == (0, len(dated) - 1)
    assert trim("H.", 0, 2) == (0, 2)


@given(st.text(alphabet='ab ()[]"“”,;\n', max_size=20))
def test_trimming_stays_inside_and_is_stable(text: str) -> None:
    start, end = trim(text, 0, len(text))
    assert 0 <= start <= end <= len(text)
    assert trim(text, start, end) == (start, end)


@given(st.integers(0, 400), st.integers(1, 40), st.integers(0, 20), st.integers(90, 200))
def test_windows_cover_every_token_and_fit(
    count: int, question: int, title: int, size: int
) -> None:
    offsets = [(i, i + 1) for i in range(count)]
    cut = list(windows(0, [7] * question, [8] * title, [9] * count, offsets, size, 16))
    assert {span for window in cut for span in window.offsets} == set(offsets)
    for window in cut:
        assert len(window.ids) == window.first + len(window.offsets) + 1
        assert len(window.ids) <= max(size, window.first + 2 * 16 + 1)
    for left, right in pairwise(cut):
        assert len(set(left.offsets) & set(right.offsets)) == 16


@given(st.data())
def test_any_logits_give_spans_inside_one_paragraph(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(["kata", "(dua", "tiga)", "empat,"]), max_size=60))
    gaps = data.draw(st.lists(st.sampled_from([" ", "\n\n"]), min_size=60, max_size=60))
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=False))
    window = word_window(text)
    values = st.floats(-9, 9, width=32)
    flat = data.draw(st.lists(values, min_size=2 * len(window.ids), max_size=2 * len(window.ids)))
    for span in best_spans(np.array(flat, np.float32).reshape(-1, 2), window, text, top=3):
        quote = text[span.start : span.end]
        assert quote == quote.strip()
        assert quote
        assert "\n" not in quote
        assert len(quote.split()) <= MAX_ANSWER_TOKENS


def test_paragraphs_count_line_breaks() -> None:
    assert paragraphs("a b\nc", [(0, 1), (1, 3), (3, 5)]).tolist() == [0, 0, 1]


def test_merging_windows_keeps_the_best_of_overlapping_spans() -> None:
    low, high = SpanScore(0, 5, 3.0, 1.0), SpanScore(2, 6, 2.0, -1.0)
    assert merge([low, high, SpanScore(8, 9, 0.0, 1.0)], top=2) == [
        high,
        SpanScore(8, 9, 0.0, 1.0),
    ]
