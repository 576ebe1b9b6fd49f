"""What is written, and what is checked of it: summaries, support, stories."""

from __future__ import annotations

from typing import Annotated

import typer

from evaluation.commands.options import ConfigOption, DataOption, OutOption
from evaluation.data import DataError, data_folder
from evaluation.report import FOLDER
from ringkas.generation.builtin import folder_of


def summaries(
    data: DataOption = None,
    config: ConfigOption = None,
    out: OutOption = None,
    limit: Annotated[
        int | None, typer.Option(help="Summarize only so many articles a set.")
    ] = None,
    methods: Annotated[
        str,
        typer.Option(
            help="Which, with commas: lead-3, lead, TextRank, LexRank, oracle, "
            "extractive, abstractive. All that the configuration has by default."
        ),
    ] = "",
) -> None:
    """Measure summaries by ROUGE and more, beside simpler methods and the best extract there is."""
    from evaluation.report import show, write
    from evaluation.summaries import table
    from evaluation.summary_plot import picture
    from ringkas.settings import load_settings

    wanted = [name.strip() for name in methods.split(",") if name.strip()]
    measured = table(data_folder(data), load_settings(config), limit, wanted)
    show([measured])
    plots = {"summaries": picture(measured)}
    typer.echo(f"Wrote {write(out or FOLDER, 'summaries', 'Summaries', [measured], plots)}")


def support(
    data: DataOption = None,
    config: ConfigOption = None,
    out: OutOption = None,
    limit: Annotated[int, typer.Option(help="Plant errors for at most so many articles a set.")] = (
        90
    ),
) -> None:
    """Plant errors into correct sentences, and count those that the support check finds."""
    from evaluation import support as planting
    from evaluation.report import show, write
    from ringkas.settings import load_settings

    tables = planting.tables(data_folder(data), load_settings(config), limit)
    show(tables)
    typer.echo(f"Wrote {write(out or FOLDER, 'support', 'Support', tables)}")


def entailment(
    data: DataOption = None,
    config: ConfigOption = None,
    out: OutOption = None,
    limit: Annotated[int, typer.Option(help="Plant errors for at most so many articles a set.")] = (
        90
    ),
) -> None:
    """Try whether a check of entailment, trained on IndoNLI, would find what the check misses."""
    from evaluation import entailment as trial
    from evaluation.report import show, write
    from ringkas.settings import load_settings

    tables = trial.tables(data_folder(data), load_settings(config), limit)
    show(tables)
    typer.echo(f"Wrote {write(out or FOLDER, 'entailment', 'Entailment', tables)}")


def stories(
    data: DataOption = None,
    config: ConfigOption = None,
    out: OutOption = None,
    limit: Annotated[
        int, typer.Option(min=1, help="Put at most so many articles a set into sections.")
    ] = 600,
) -> None:
    """Measure how newsletters group articles into stories, fold copies and choose sections."""
    from evaluation import stories as measuring
    from evaluation.report import show, write
    from ringkas.settings import load_settings

    tables = measuring.tables(data_folder(data), load_settings(config), limit)
    show(tables)
    typer.echo(f"Wrote {write(out or FOLDER, 'stories-figures', 'Stories', tables)}")


def generator(
    data: DataOption = None,
    config: ConfigOption = None,
    out: OutOption = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Take only so many sentences and articles a set.")
    ] = None,
    keep: Annotated[
        bool,
        typer.Option("--keep", help="Put the figures beside the model, for method 'auto'."),
    ] = False,
    across_only: Annotated[
        bool,
        typer.Option("--across-only", help="Leave out summaries in the article's own language."),
    ] = False,
) -> None:
    """Measure our own kind of writer: translations, and summaries in both languages."""
    from evaluation import crossing
    from evaluation import generator as measuring
    from evaluation.report import show, write
    from evaluation.summaries import table
    from ringkas.settings import load_settings

    settings = load_settings(config)
    if keep and not folder_of(settings.generator.model).is_dir():
        raise DataError(f"'{settings.generator.model}' is no folder to keep figures in")
    folder = data_folder(data)
    translated = measuring.translations(folder, settings, limit)
    tables = [translated, crossing.table(folder, settings, limit)]
    summarized = None
    if not across_only:
        summarized = table(folder, settings, limit, measuring.summary_methods())
        tables.append(summarized)
    show(tables)
    typer.echo(f"Wrote {write(out or FOLDER, 'generator', 'Writer', tables)}")
    if keep:
        found = measuring.figures_of(translated, summarized)
        typer.echo(f"Wrote {measuring.keep(settings.generator.model, found)}")
