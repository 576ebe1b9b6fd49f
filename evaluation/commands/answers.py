"""What is found and answered: retrieval, passages, questions."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from evaluation.commands.options import ConfigOption, DataOption, OutOption
from evaluation.data import QA_SETS, Split, data_folder
from evaluation.report import FOLDER


def retrieval(
    data: DataOption = None,
    config: ConfigOption = None,
    out: OutOption = None,
    corpus_size: Annotated[
        int | None, typer.Option(help="Keep only so many Wikipedia passages, all gold ones.")
    ] = None,
    tune: Annotated[
        bool,
        typer.Option("--tune", help="Compare ways to join the two searches, on tuning questions."),
    ] = False,
    miracl: Annotated[
        bool, typer.Option("--miracl", help="Measure MIRACL-id, which is downloaded, instead.")
    ] = False,
) -> None:
    """Compare BM25, dense and hybrid search, in one language and across two."""
    from evaluation import fusion_report
    from evaluation import retrieval_report as report
    from ringkas.settings import load_settings

    settings = load_settings(config)
    if miracl:
        report.miracl(settings, corpus_size, out)
    elif tune:
        fusion_report.report(data_folder(data), settings, corpus_size, out or FOLDER)
    else:
        report.report(data_folder(data), settings, corpus_size, out or FOLDER)


def passages(
    data: DataOption = None,
    config: ConfigOption = None,
    out: OutOption = None,
    articles: Annotated[int, typer.Option(help="Search so many news articles.")] = 700,
) -> None:
    """Compare lengths and overlaps of passages, and passages without their title."""
    from evaluation.passage_report import report
    from ringkas.settings import load_settings

    written = report(data_folder(data), load_settings(config), out or FOLDER, articles)
    typer.echo(f"Wrote {written}")


def qa(
    data: DataOption = None,
    config: ConfigOption = None,
    out: OutOption = None,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", help=f"A set; repeatable. Local: {', '.join(QA_SETS)}, news."),
    ] = None,
    limit: Annotated[int | None, typer.Option(help="Read only so many questions a set.")] = None,
    split: Annotated[
        str,
        typer.Option(help="News: 'dev', 'tune', 'fit', or 'test', which is only for reporting."),
    ] = "dev",
) -> None:
    """Measure answers: exact match, F1, refusals, and what a reader of news would accept."""
    from evaluation import qa_report as report
    from ringkas.settings import load_settings

    wanted = tuple(sets or (*QA_SETS, report.NEWS))
    if split not in get_args(Split):
        raise typer.BadParameter(f"'{split}' is none of {', '.join(get_args(Split))}")
    chosen: Split = split  # type: ignore[assignment]
    report.report(data, load_settings(config), wanted, limit, chosen, out or FOLDER)
