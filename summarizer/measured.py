"""Whether a model's own figures say that its summaries are worth having.

A folder of a model may hold ``measured.json``: what it reached on development sets, beside the
extractive summarizer in the same run (``ringkas eval generator`` writes it). With it,
``method="auto"`` lets the model write only where that is no worse.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ringkas.errors import ModelError
from ringkas.generation.builtin import folder_of
from ringkas.types import OutputLanguage, Style

FILE: Final = "measured.json"
# What a written summary must reach besides the extractive summarizer's ROUGE: extracts are
# supported by nature, and a paragraph of which more is wrong has to be taken back too often.
LEAST_SUPPORTED: Final = 0.9
# Where nothing can be extracted, since the article is in the other language: the chrF++ of
# sentences from which translations read as news, and the shares of numbers and names kept.
LEAST_CHRF: Final = 50.0
LEAST_NUMBERS: Final = 0.98
LEAST_NAMES: Final = 0.9


@dataclass(frozen=True, slots=True)
class Measured:
    """A model's figures by what it was to write: ``"id-id"`` is Indonesian from Indonesian."""

    figures: Mapping[str, Mapping[str, float]]

    def shortfall(self, source: OutputLanguage, language: OutputLanguage, style: Style) -> str:
        """Return what the model's summaries lack to be worth having; nothing where they are.

        Arguments:
            source: the article's language.
            language: the summary's.
            style: the summary's; headlines have figures of their own in one language. Across
                languages all styles are translations.
        """
        key = f"{source}-{language}"
        if source == language and style == "headline":
            key += "-headline"
        found = self.figures.get(key)
        if found is None:
            return f"'{key}' was not measured"
        least = _ACROSS if source != language else {**_WITHIN, "rouge": found["extractive"]}
        short = {name: low for name, low in least.items() if found.get(name, 0.0) < low}
        return ", ".join(
            f"{name} {found.get(name, 0.0):.3g} of {low:.3g}" for name, low in short.items()
        )


_WITHIN: Final = {"supported": LEAST_SUPPORTED}
_ACROSS: Final = {"chrf": LEAST_CHRF, "numbers": LEAST_NUMBERS, "names": LEAST_NAMES}


def measured(model: str) -> Measured | None:
    """Return the figures in a model's folder; None where it has none, or is no folder.

    Raises:
        ModelError: the file is damaged.
    """
    file = folder_of(model) / FILE
    try:
        found: Any = json.loads(file.read_text(encoding="utf-8"))
        return Measured({key: dict(values) for key, values in found.items()})
    except OSError:
        return None
    except (ValueError, TypeError, AttributeError) as error:
        raise ModelError(
            f"'{file}' is damaged ({error}). Make it anew with: ringkas eval generator"
        ) from error
