"""A chat model's reply, cut into sentences with the passage numbers they claim to rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ringkas.text.sentences import split

MARKER = re.compile(r"\[(\d+)\]")

_LABEL = re.compile(
    r"[\[【]\s*(?:passage|source|potongan|sumber|bagian|\^)?\s*(\d+)\s*[\]】]", re.I
)
_LIST = re.compile(r"\[\s*\d+(?:\s*[,;]\s*\d+)+\s*\]")
_AFTER_STOP = re.compile(r"([.!?…]+[\"”’»)]*)\s*((?:\[\d+\][ \t]*)+)")
_OPEN_BRACKET = re.compile(r"[ \t]*[\[【][^\]】]{0,40}$")
_ANSWER_LABEL = re.compile(r"^\s*(?:jawaban|jawab|answer)\s*:\s*", re.I)
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_FINISHED = re.compile(r"[.!?…\]\"”’»)]\s*$")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a reply. ``text`` still holds its markers; ``bullet``: it was a list item."""

    text: str
    bullet: bool = False

    @property
    def numbers(self) -> tuple[int, ...]:
        """The passage numbers it cites, in order, each once."""
        return tuple(dict.fromkeys(int(found) for found in MARKER.findall(self.text)))

    @property
    def plain(self) -> str:
        """The sentence without markers."""
        return " ".join(re.sub(r"\s+([.,;:!?])", r"\1", MARKER.sub(" ", self.text)).split())


def claims(pieces: Iterable[str]) -> Iterator[Claim]:
    """Yield the sentences of a streamed reply, each once it is complete.

    A last sentence that breaks off (the reply reached its limit) is left out.
    """
    reply, done = "", 0
    for piece in pieces:
        reply += piece
        # The last sentence may grow, or get its marker, with the next piece.
        ready = _cut(_OPEN_BRACKET.sub("", reply))[:-1]
        yield from ready[done:]
        done = max(done, len(ready))
    last = _cut(reply)
    if last and not _FINISHED.search(last[-1].text):
        last.pop()
    yield from last[done:]


def _cut(reply: str) -> list[Claim]:
    found: list[Claim] = []
    for labelled in _uniform(reply).splitlines():
        line = _ANSWER_LABEL.sub("", labelled)
        bullet = _BULLET.match(line)
        body = line[bullet.end() :] if bullet else line
        # "Text. [1]" cites what stands before; in "[1] Text." the marker already leads its text.
        leading = MARKER.match(body.lstrip())
        body = body if leading else _AFTER_STOP.sub(_marker_first, body)
        found += [Claim(span.of(body), bullet is not None) for span in split(body)]
    return found


def _uniform(reply: str) -> str:
    """Write "[1, 2]", "[Passage 1]" and "【1】" as "[1][2]" and "[1]"."""
    listed = _LIST.sub(
        lambda found: "".join(f"[{number}]" for number in re.findall(r"\d+", found.group())), reply
    )
    return _LABEL.sub(r"[\1]", listed)


def _marker_first(found: re.Match[str]) -> str:
    return f" {''.join(found[2].split())}{found[1]} "
