"""chrF++, how near a translation comes to a reference (Popović, 2017), by sacrebleu."""

from __future__ import annotations

from typing import Any

from ringkas.errors import MissingExtraError


def load_chrf() -> Any:
    """Return sacrebleu's chrF++, which looks at pairs of words besides runs of letters.

    Raises:
        MissingExtraError: the package is not installed.
    """
    try:
        from sacrebleu.metrics.chrf import CHRF
    except ImportError as error:
        raise MissingExtraError("sacrebleu", "eval", "Measuring translations") from error
    return CHRF(word_order=2)
