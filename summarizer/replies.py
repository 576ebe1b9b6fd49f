"""A model's reply as the sentences, bullets or headline that it was asked for.

Chat models greet, announce ("Berikut ringkasannya:"), format, count their words and offer more;
base models go on with a dialogue. None of that is part of a summary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ringkas.generation.hostile import is_order
from ringkas.text.sentences import ENDED, split
from ringkas.types import Style

_THOUGHT_END = "</think>"
_TURN = re.compile(r"<\|[^|<>]{1,40}\|>|</?(?:s|(?:start|end)_of_turn)>")
_TAG = re.compile(r"</?(?:article|summary)>|```\w*")
_NEXT_TURN = re.compile(r"^\W*(?:user|human|pengguna|assistant|asisten|article|artikel)\s*:", re.I)
_RULE = re.compile(r"^\W*$")
_HEADING = re.compile(r"^#{1,6}\s+")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_BULLET = re.compile(r"^(?:[-*•–]|\d{1,2}[.)])\s+")
_QUOTES = {'"': '"', "“": "”", "«": "»", "'": "'"}

_NOUN = (
    r"(?:ringkasan(?:nya)?|rangkuman(?:nya)?|intisari(?:nya)?|poin(?:-poin)?|judul(?: berita)?|"
    r"summary|headline|bullet points?|key points?)"
)
# "Berikut ringkasan artikel tersebut:", "Sure! Here is a summary of the article in English:"
_ANNOUNCED = re.compile(
    rf"""^\W*(?:
    (?:sure|certainly|of\ course|okay|tentu(?:\ saja)?|baik(?:lah)?)[,.!][^:\n]{{0,100}}
    |(?:here(?:'s|’s|\ is|\ are)|this\ is|below\ is|berikut(?:\ ini)?(?:\ adalah)?|ini(?:lah)?)\b
        [^:.\n]{{0,60}}?\b{_NOUN}\b[^:.\n]{{0,80}}
    |(?P<label>{_NOUN})(?:\ (?:berita|artikel|singkat|of\ the\ article|in\ english
        |(?:dalam\ )?bahasa\ indonesia|\(\d+\ (?:kata|words)\)))?
    )\s*(?::|(?(label)$|(?!)))\s*\**\s*""",
    re.I | re.X,
)
_GREETING = re.compile(
    r"^(?:sure|certainly|of course|okay|tentu(?: saja)?|baik(?:lah)?)[!,.]*$", re.I
)
_CLOSING = re.compile(
    r"""^\W*(?:
    let\ me\ know\b | (?:i\ )?hope\ (?:this|that|it)\b | feel\ free\b
    | if\ you\ (?:need|would|want)\b | (?:please\ )?note(?:\ that\b|\s*:)
    | word\ count\b | \d+\ words\b
    | semoga\ (?:ringkasan|rangkuman|ini|membantu|bermanfaat)\b | apakah\ (?:ada|anda)\b
    | jika\ anda\b | silakan\ beri\b | catatan\s*: | (?:jumlah|total)\ kata\b | \d+\ kata\b
    )""",
    re.I | re.X,
)


def sentences_of(reply: str, style: Style) -> list[str]:
    """Return the sentences of a reply, or its bullets, or its one headline; each once.

    A last sentence that breaks off, because the reply reached its limit, is left out.
    """
    items = _complete(list(_items(_lines(reply, style), style)))
    said = _news(items)
    return [_without_stop(item) for item in said[:1]] if style == "headline" else said


def so_far(reply: str, style: Style) -> tuple[list[str], str]:
    """Return the whole sentences of a reply that is still being written, and the one begun."""
    *whole, begun = [*_items(_lines(reply, style), style)] or [""]
    return _news(whole), begun


def joined(sentences: Iterable[str], style: Style) -> str:
    """Return the text of a summary made of these sentences."""
    if style == "bullets":
        return "\n".join(f"• {sentence}" for sentence in sentences)
    return " ".join(sentences)


def _lines(reply: str, style: Style) -> list[str]:
    """Return the lines of the summary itself, without what a model says around it."""
    turns = _TURN.split(reply.rpartition(_THOUGHT_END)[2])
    raws = next((turn for turn in turns if turn.strip()), "").splitlines()
    if style != "headline" and not all(_HEADING.search(raw) for raw in raws):
        raws = [raw for raw in raws if not _HEADING.search(raw)]
    lines: list[str] = []
    for raw in raws:
        if lines and _NEXT_TURN.search(raw):
            break
        line = _EMPHASIS.sub(r"\2", _HEADING.sub("", _TAG.sub("", raw).strip()))
        line = _ANNOUNCED.sub("", line).strip()
        if not _RULE.search(line) and not _GREETING.search(line):
            lines.append(_unquoted(line))
    while lines and _CLOSING.search(lines[-1]):
        lines.pop()
    return lines


def _items(lines: list[str], style: Style) -> Iterator[str]:
    listed = any(_BULLET.search(line) for line in lines)
    for line in lines:
        bullet = _BULLET.match(line)
        text = line[bullet.end() :] if bullet else line
        if style == "bullets" and listed:
            if bullet or not text.endswith(":"):
                yield " ".join(text.split())
        else:
            yield from _sentences(text, stopped=bullet is not None)


def _sentences(text: str, *, stopped: bool) -> Iterator[str]:
    """Yield the sentences of a line; one that was a bullet ends with a full stop."""
    if text.endswith(":"):
        return
    parts = [" ".join(span.of(text).split()) for span in split(text)]
    for sentence in parts:
        if sentence is parts[0] and _GREETING.search(sentence):
            continue
        if not _CLOSING.search(sentence) or len(parts) == 1:
            ended = not stopped or ENDED.search(sentence)
            yield sentence if ended else f"{sentence}."


def _news(items: Iterable[str]) -> list[str]:
    """Return the items that say something, each once, without orders to a model."""
    return [
        item for item in dict.fromkeys(items) if any(map(str.isalnum, item)) and not is_order(item)
    ]


def _complete(items: list[str]) -> list[str]:
    """Return the items without a last one that, unlike the others, has no end."""
    broken = len(items) > 1 and not ENDED.search(items[-1])
    if broken and all(ENDED.search(item) for item in items[:-1]):
        return items[:-1]
    return items


def _without_stop(headline: str) -> str:
    bare = headline[:-1] if headline.endswith(".") and not headline.endswith("..") else headline
    return _unquoted(bare.rstrip()).strip()


def _unquoted(text: str) -> str:
    """Return ``text`` without quotation marks that enclose all of it, and hold no other."""
    close = _QUOTES.get(text[:1])
    inner = text[1:-1]
    if close is None or len(text) < 2 or text[-1] != close or close in inner or text[0] in inner:
        return text
    return inner
