"""A summary on the terminal: its text, what of it the article does not say, and its article."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from ringkas.cli.terminal import byline, out, visible
from ringkas.types import Flag, Summary, SummarySentence

_MARK = "bold red"


def show(summary: Summary) -> None:
    """Print a summary with what is wrong in it marked and explained, then where it comes from."""
    console = out()
    # Nothing may depend on colour alone: it is off in pipes, and not everybody sees it.
    marks = ("", "") if console.color_system else ("»", "«")
    joint, bullet = ("\n", "• ") if summary.style == "bullets" else (" ", "")
    lines = [Text(bullet) + _marked(sentence, marks) for sentence in summary.sentences]
    console.print(Text(joint).join(lines))
    notes = list(_notes(summary))
    if notes:
        console.print()
    for note in notes:
        console.print(Text(note, style="yellow"))
    article = summary.article
    origin = " · ".join(part for part in (visible(article.title), byline(article)) if part)
    console.print()
    console.print(Text(origin, style="dim"))
    console.print(Text(_facts(summary), style="dim"))


def _marked(sentence: SummarySentence, marks: tuple[str, str]) -> Text:
    """Return the sentence with its flagged parts standing out; all of it where nothing holds it."""
    parts = [(flag.start, flag.end) for flag in sentence.flags]
    if not sentence.spans:
        parts = [(0, len(sentence.text))]
    marked, place = Text(), 0
    for start, end in sorted(parts):
        start = max(start, place)
        if start < end:
            marked.append(visible(sentence.text[place:start]))
            marked.append(f"{marks[0]}{visible(sentence.text[start:end])}{marks[1]}", style=_MARK)
            place = end
    return marked.append(visible(sentence.text[place:]))


def _notes(summary: Summary) -> Iterator[str]:
    for sentence in summary.sentences:
        if not sentence.spans:
            yield f"! The article does not say: {visible(sentence.text)}"
        for flag in sentence.flags:
            yield _explained(flag, sentence, summary)
    if summary.fell_back:
        yield (
            "! The model could not be used, or what it wrote did not hold; these are the article's "
            "own sentences."
        )
    elif summary.dropped:
        many = len(summary.dropped)
        yield f"! Left out what the model wrote and the article does not hold: {many} sentence(s)."


def _explained(flag: Flag, sentence: SummarySentence, summary: Summary) -> str:
    said = visible(sentence.text[flag.start : flag.end])
    note = f'! The article has no such {flag.kind}: "{said}"'
    if flag.nearest is None:
        return f"{note}."
    instead = " ".join(visible(flag.nearest.of(summary.article.text)).split())
    return f'{note}; it says "{instead}".'


def _facts(summary: Summary) -> str:
    """Return in one line how long the summary is, what wrote it, and what that has read."""
    read = f"read {summary.coverage:.0%} of the article"
    if not summary.model:
        return f"{summary.words} words, {summary.method}, {read}"
    held = sum(sentence.supported for sentence in summary.sentences)
    support = f"which holds {held} of {len(summary.sentences)} sentences"
    by = f"{summary.method} by {visible(summary.model)}"
    return f"{summary.words} words, {by}, {read}, {support}"
