"""Finished newsletters, compared letter by letter with the files in ``golden/``.

Where a change is wanted, write them anew and look at what changed:

    RINGKAS_GOLDEN=write python -m pytest tests/summarizer/newsletters/test_golden.py
    git diff tests/summarizer/newsletters/golden
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hand_made_newsletters import english, indonesian

from summarizer.newsletters import render
from summarizer.newsletters.issue import Newsletter

GOLDEN = Path(__file__).parent / "golden"
MADE = {"id": indonesian, "en": english}
ENDINGS = {"html": "html", "text": "txt", "markdown": "md"}


@pytest.mark.parametrize("language", MADE)
@pytest.mark.parametrize("format", ENDINGS)
def test_an_issue_is_set_as_it_always_was(language: str, format: str) -> None:
    newsletter: Newsletter = MADE[language]()
    made = render(newsletter, format)  # type: ignore[call-overload]
    golden = GOLDEN / f"{language}.{ENDINGS[format]}"
    if os.environ.get("RINGKAS_GOLDEN") == "write":
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")
