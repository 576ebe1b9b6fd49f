"""Whoever waits for an answer is told the place in the line, in the language of the page."""

from __future__ import annotations

from typing import Any

from retrieval import Index
from ringkas.page.texts import texts
from ringkas.settings import Settings


def test_questions_wait_in_one_line_whose_places_are_shown_over_the_answer() -> None:
    import ui

    blocks = ui.build(Settings(), Index.in_memory())
    config: dict[str, Any] = blocks.get_config_file()
    [latest] = [
        one["id"] for one in config["components"] if one["props"].get("elem_id") == "latest"
    ]
    asking = [one for one in config["dependencies"] if one["api_name"].startswith("converse")]
    assert len(asking) == 2
    for one in asking:
        assert one["show_progress"] == "minimal"
        assert one["show_progress_on"] == [latest]
    lines = {blocks.fns[one["id"]].concurrency_id for one in asking}
    assert lines == {"ask"}


def test_gradios_word_for_the_line_is_translated() -> None:
    assert texts("en")("gradio.queue") == "queue:"
    assert texts("id")("gradio.queue") == "antrean:"
