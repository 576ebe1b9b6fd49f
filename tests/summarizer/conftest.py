from __future__ import annotations

import pytest

from ringkas.sources import samples
from ringkas.types import Article


@pytest.fixture(scope="session")
def articles() -> dict[str, Article]:
    """The sample articles by a word of their titles."""
    words = (
        "Sekda",
        "Denpasar hosts",
        "Jebol",
        "Semester I 2023",
        "embezzlement",
        "gurita",
        "polio",
    )
    found = samples()
    return {word: next(a for a in found if word.casefold() in a.title.casefold()) for word in words}
