"""What became of an article, in a form that may come from another machine."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from ringkas.types import Summary
from summarizer.batching.rows import Made, encodable, kind_of, message_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """An article's summary, or the error in its place, and the seconds that it took.

    ``kind`` is that of the error, or empty. ``stand_in`` marks a summary that is not what was
    asked for: extractive where a model should have written.
    """

    made: Made | None
    seconds: float
    stand_in: bool = False
    error: str = ""
    kind: str = ""

    @classmethod
    def of(cls, result: Summary | Exception, seconds: float, *, writes: bool) -> Outcome:
        """Return what came of an article; ``writes`` says whether a model should have written."""
        if isinstance(result, Summary):
            stand_in = writes and result.method != "abstractive"
            return cls(Made.of(result), seconds, stand_in)
        return cls(None, seconds, error=encodable(message_of(result)), kind=kind_of(result))

    def as_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Outcome:
        """Return what ``as_json`` wrote."""
        record = json.loads(text)
        made = record.pop("made")
        return cls(made and Made(**made), **record)
