"""Texts longer than a model reads at once: summarized part by part, then the parts' summaries.

Nothing is cut. A part for which the model writes nothing usable is missing from ``coverage``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from ringkas.errors import ModelError
from ringkas.types import Language, OutputLanguage, Span
from summarizer.choosing import chosen
from summarizer.fitting import fitting, halves, is_enough, visible, words_of
from summarizer.replies import joined, sentences_of
from summarizer.writing import Brief, Writer

Progress = Callable[[int, int], None]

# A part's summary, in words: shorter ones lose the news, longer ones are hardly shorter than
# what they summarize.
_FEWEST_WORDS, _MOST_WORDS = 30, 150
_SHARE_OF_PART = 1 / 3
# Sources with few tokens are written several at once; longer ones keep the machine busy alone,
# and can be cancelled at every token.
_TOKENS_AT_ONCE = 4096
# What joins two sentences or paragraphs, and what it costs at most.
_JOINTS = (" ", "\n\n")
_JOINT_TOKENS = 2


@dataclass(frozen=True, slots=True)
class Source:
    """What the final summary is written from.

    ``language`` is that of ``text``; ``coverage`` the share of the article's characters, in
    [0, 1], that went into it.
    """

    text: str
    language: Language
    coverage: float


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of text, and how many of the article's visible characters it stands for."""

    text: str
    characters: int
    opens_paragraph: bool = True


def condensed(
    text: str,
    sentences: Sequence[Span],
    brief: Brief,
    writer: Writer,
    on_progress: Progress | None = None,
) -> Generator[str, None, Source]:
    """Return the sentences as the writer can read them: as they are, or part by part condensed.

    Yields empty pieces between the parts, so that whoever reads them may cancel.

    Raises:
        ModelError: the model fails, or does not get the text any shorter.
    """
    pieces = _sentences(text, sentences)
    whole = _merged(pieces)
    characters = max(1, visible(text))
    if writer.tokens(whole.text) <= writer.window:
        return Source(whole.text, brief.source_language, whole.characters / characters)
    middle = _middle_language(brief, writer)
    aim = replace(brief, language=middle, style="paragraph")
    parts = _packed([half for piece in pieces for half in _halved(piece, writer)], writer)
    done = 0
    while len(parts) > 1:
        report = _counting(on_progress, done, done + len(parts) + 1)
        notes = yield from _notes(parts, aim, writer, report)
        done += len(parts)
        shorter = _packed([half for note in notes for half in _halved(note, writer)], writer)
        if len(shorter) >= len(parts):
            raise ModelError(
                f"'{writer.name}' does not get the {len(parts)} parts of this text any shorter. "
                "Choose a model that reads more at once, or method='extractive'."
            )
        parts, aim = shorter, replace(aim, source_language=middle)
    return Source(parts[0].text, middle, parts[0].characters / characters)


def _counting(on_progress: Progress | None, before: int, total: int) -> Progress | None:
    """Return a progress that counts on from the parts done before."""
    if on_progress is None:
        return None
    return lambda done, _: on_progress(before + done, total)


def write_all(
    writer: Writer,
    sources: Sequence[str],
    brief: Brief,
    on_progress: Progress | None = None,
) -> Generator[str, None, list[str]]:
    """Return the replies to many sources, several at once where they are short.

    Yields empty pieces in between, so that whoever reads them may cancel.

    Raises:
        ModelError: the model fails.
    """
    replies: list[str] = []
    size = max(1, _TOKENS_AT_ONCE // writer.window)
    while len(replies) < len(sources):
        batch = sources[len(replies) : len(replies) + size]
        if len(batch) == 1:
            replies.append((yield from _cancellable(writer, batch[0], brief)))
        else:
            replies += [chosen(reply, brief) for reply in writer.write(batch, brief)]
        yield ""
        if on_progress:
            on_progress(len(replies), len(sources))
    return replies


def _cancellable(writer: Writer, source: str, brief: Brief) -> Generator[str, None, str]:
    reply = ""
    with closing(writer.stream(source, brief)) as stream:
        for piece in stream:
            reply += piece
            if is_enough(reply, brief.max_words):
                break
            yield ""
    return reply


def _notes(
    parts: Sequence[_Part], brief: Brief, writer: Writer, on_progress: Progress | None
) -> Generator[str, None, list[_Part]]:
    """Return a summary for each part that the model has one for."""
    limit = _words_per_part(parts, writer)
    brief = replace(brief, max_words=limit)
    replies = yield from write_all(writer, [part.text for part in parts], brief, on_progress)
    notes: list[_Part] = []
    for part, reply in zip(parts, replies, strict=True):
        written = sentences_of(reply, "paragraph")
        kept = fitting(written, limit) or written[:1]
        if kept:
            notes.append(_Part(joined(kept, "paragraph"), part.characters))
    if not notes:
        raise ModelError(f"'{writer.name}' wrote nothing for any of {len(parts)} parts")
    return notes


def _words_per_part(parts: Sequence[_Part], writer: Writer) -> int:
    """Return how long each summary may be for all of them to be read at once, within reason."""
    words = sum(words_of(part.text) for part in parts)
    tokens_per_word = sum(writer.tokens(part.text) for part in parts) / max(1, words)
    together = 0.9 * writer.window / max(1.0, tokens_per_word)
    most = min(_MOST_WORDS, words / len(parts) * _SHARE_OF_PART)
    return max(_FEWEST_WORDS, int(min(most, together / len(parts))))


def _middle_language(brief: Brief, writer: Writer) -> OutputLanguage:
    """Return the parts' language: the source's where it can be written; then names stay exact."""
    own = brief.source_language
    return own if (own == "id" or own == "en") and own in writer.languages else brief.language


def _sentences(text: str, sentences: Sequence[Span]) -> list[_Part]:
    parts: list[_Part] = []
    before = 0
    for span in sentences:
        said = span.of(text)
        opens = "\n\n" in text[before : span.start]
        parts.append(_Part(" ".join(said.split()), visible(said), opens))
        before = span.end
    return parts


def _halved(part: _Part, writer: Writer) -> Iterator[_Part]:
    """Yield a sentence, or pieces of one that alone is more than the writer reads."""
    found = list(halves(part.text, lambda text: _costs(text, writer) <= writer.window))
    if len(found) == 1:
        yield part
        return
    for number, text in enumerate(found):
        yield _Part(text, visible(text), part.opens_paragraph and number == 0)


def _costs(text: str, writer: Writer) -> int:
    return writer.tokens(text) + _JOINT_TOKENS


def _packed(pieces: Sequence[_Part], writer: Writer) -> list[_Part]:
    """Return the pieces in as few parts as the writer can read, of about the same length."""
    sizes = [_costs(piece.text, writer) for piece in pieces]
    # Parts end between two pieces, half of one before or behind where they should.
    room = writer.window - max(sizes) / 2
    aim = sum(sizes) / math.ceil(sum(sizes) / room)
    parts: list[_Part] = []
    start, held, before = 0, 0, 0
    for place, size in enumerate(sizes):
        is_due = before + size / 2 > aim * (len(parts) + 1)
        if place > start and (is_due or held + size > writer.window):
            parts.append(_merged(pieces[start:place]))
            start, held = place, 0
        held += size
        before += size
    return [*parts, _merged(pieces[start:])]


def _merged(pieces: Sequence[_Part]) -> _Part:
    text = "".join(f"{_JOINTS[piece.opens_paragraph]}{piece.text}" for piece in pieces)
    return _Part(text.strip(), sum(piece.characters for piece in pieces))
