"""``ringkas ask``: one question, or a conversation."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ringkas.cli.options import (
    JsonOption,
    LanguageOption,
    SinceOption,
    SourceOption,
    UntilOption,
    filters,
    missing,
    open_index,
    settings_for,
)
from ringkas.cli.place import ConfigOption, IndexOption
from ringkas.cli.terminal import complain, err, print_json
from ringkas.errors import RingkasError
from ringkas.types import Answer, OutputLanguage, Turn

if TYPE_CHECKING:
    from retrieval import Filters, Index


def ask(
    ctx: typer.Context,
    question: Annotated[
        str | None, typer.Argument(help="In Indonesian or English. Left out: a conversation.")
    ] = None,
    article: Annotated[
        list[str] | None,
        typer.Option("--article", metavar="ID", help="Only this article; repeatable."),
    ] = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    language: LanguageOption = None,
    answer_in: Annotated[
        OutputLanguage | None,
        typer.Option("--answer-in", help="The language of the reply; else the question's."),
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Ask the articles in the index; the answer comes with the sentences it rests on.

    Without QUESTION, each line of standard input is one: at a terminal a conversation, in which
    follow-up questions are understood; from a pipe a list of separate questions.
    """
    library = open_index(settings_for(ctx, config, index))
    if unknown := missing(library, article or ()):
        complain(unknown)
        raise typer.Exit(1)
    only = filters(since, until, source, language, article)
    if question is not None:
        _reply(_answer(question, library, only, answer_in, ()), as_json)
    elif not _converse(library, only, answer_in, as_json):
        raise typer.Exit(1)


def _answer(
    question: str,
    library: Index,
    only: Filters,
    language: OutputLanguage | None,
    history: tuple[Turn, ...],
) -> Answer:
    import retrieval

    console = err()
    if not console.is_terminal:
        return retrieval.answer(question, library, language, history, only)
    with console.status("Reading the articles"):
        return retrieval.answer(question, library, language, history, only)


def _reply(answer: Answer, as_json: bool, indent: int | None = 2) -> None:
    if as_json:
        from ringkas.records import answer_record

        print_json(answer_record(answer), indent=indent)
    else:
        from ringkas.cli.answers import show

        show(answer)


def _converse(
    library: Index, only: Filters, language: OutputLanguage | None, as_json: bool
) -> bool:
    """Answer line after line; return whether every question could be asked."""
    watched = sys.stdin.isatty()
    history: tuple[Turn, ...] = ()
    sound = True
    question = ""
    for question in _questions(watched):
        try:
            answer = _answer(question, library, only, language, history)
        except RingkasError as error:
            complain(str(error))
            sound = False
            continue
        _reply(answer, as_json, indent=None)
        if watched:
            history = (*history, Turn(question, answer.text))
    if not (question or watched):
        complain('there is no question on standard input. Name one: ringkas ask "Who …?"')
        return False
    return sound or watched


def _questions(watched: bool) -> Iterator[str]:
    """Yield what is typed or piped in, blank lines left out, until the input ends."""
    if watched:
        err().print("Ask a question; Ctrl-D ends.", style="dim")
        import readline  # noqa: F401  (line editing and earlier lines in input())
    while True:
        try:
            line = input("? " if watched else "").strip()
        except EOFError:
            return
        if line:
            yield line
