"""The commands: ``ringkas eval ...`` or ``python -m evaluation ...``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, get_args

import typer

from evaluation.data import QA_SETS, Split, data_folder
from evaluation.report import FOLDER

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Measure quality and speed; pages with tables, plots and figures go to docs/evaluation.",
)


@app.callback()
def _start() -> None:
    from ringkas.runtime import prepare_libraries

    prepare_libraries()


DataOption = Annotated[
    Path | None,
    typer.Option("--data", envvar="RINGKAS_DATA", help="The folder with qa/, retrieval/, news/."),
]
ConfigOption = Annotated[
    str | None, typer.Option("--config", metavar="FILE", help="The configuration to measure.")
]
OutOption = Annotated[
    Path | None, typer.Option("--out", help=f"Where the report goes; {FOLDER} by default.")
]


@app.command()
def retrieval(
    data: DataOption = None,
    config: ConfigOption = None,
    out: OutOption = None,
    corpus_size: Annotated[
        int | None, typer.Option(help="Keep only so many Wikipedia passages, all gold ones.")
    ] = None,
    tune: Annotated[
        bool, typer.Option("--tune", help="Sweep the fusion weights on tuning questions instead.")
    ] = False,
    miracl: Annotated[
        bool, typer.Option("--miracl", help="Measure MIRACL-id, which is downloaded, instead.")
    ] = False,
) -> None:
    """Compare BM25, dense and hybrid search, in one language and across two."""
    from evaluation import retrieval_report as report
    from ringkas.settings import load_settings

    settings = load_settings(config)
    if miracl:
        report.miracl(settings, corpus_size, out)
    elif tune:
        report.tune(data_folder(data), settings, corpus_size)
    else:
        report.report(data_folder(data), settings, corpus_size, out or FOLDER)


@app.command()
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


@app.command()
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
        typer.Option(help="News questions: 'dev', 'tune', or 'test', which is only for reporting."),
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


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
def speed(
    data: DataOption = None,
    config: ConfigOption = None,
    out: OutOption = None,
    added: Annotated[int, typer.Option(help="How many articles to add while timing.")] = 216,
) -> None:
    """Time the start, answers and adding, and measure memory. Run it on an idle machine."""
    from evaluation import speed as measuring
    from evaluation.report import show, write
    from ringkas.settings import load_settings

    table = measuring.report(data_folder(data), load_settings(config), added)
    show([table])
    typer.echo(f"Wrote {write(out or FOLDER, 'speed', 'Speed', [table])}")


@app.command()
def batch(
    data: DataOption = None,
    out: OutOption = None,
    sizes: Annotated[
        list[int] | None,
        typer.Option("--size", min=2, help="So many articles; repeatable. 100, 1,000 and 5,000."),
    ] = None,
    plain: Annotated[
        int, typer.Option(help="Summarize so many in a plain loop, too; 0 for none.")
    ] = 100,
    writing: Annotated[
        int, typer.Option(help="Take so many through a model that writes, too; 0 for none.")
    ] = 24,
    method: Annotated[
        str, typer.Option(help="The method of the summaries; 'lead' needs no model.")
    ] = "auto",
) -> None:
    """Measure what batches cost as they grow, and next to a plain loop over transformers."""
    from evaluation import batch as measuring
    from evaluation.report import show, write

    wanted = sorted(set(sizes or measuring.SIZES))
    name = measuring.page_name(method)
    found = measuring.report(data_folder(data), wanted, plain, writing, method, typer.echo)
    for tables, plots in found:
        page = write(out or FOLDER, name, "Batches", tables, plots)
    show(tables)
    typer.echo(f"Wrote {page}")


@app.command()
def scale(
    data: DataOption = None,
    out: OutOption = None,
    work: Annotated[
        Path | None,
        typer.Option(help="Where indexes are built, to go on there; the cache folder by default."),
    ] = None,
    sizes: Annotated[
        list[int] | None,
        typer.Option(
            "--size", min=100, help="So many passages; repeatable. 20,000, 200,000, 1,000,000."
        ),
    ] = None,
    embedded: Annotated[
        int, typer.Option(min=100, help="Embed so many passages; other vectors are made up.")
    ] = 1024,
    questions: Annotated[int, typer.Option(min=1, help="Search for so many questions.")] = 60,
    writes: Annotated[int, typer.Option(min=1, help="Add and replace so many articles.")] = 10,
) -> None:
    """Measure an index as it grows: building, searching, recall, writing. It can be interrupted."""
    from evaluation.report import show, write
    from evaluation.scaling import report
    from evaluation.scaling.stages import SIZES, Plan, run
    from ringkas.settings import cache_folder

    folder = work or cache_folder() / "evaluation" / "scale"
    wanted = tuple(sorted(set(sizes or SIZES)))
    plan = Plan(data_folder(data), folder, wanted, embedded, questions, writes)
    found = list(run(plan, typer.echo))
    tables = report.tables(found, plan.corpus(typer.echo))
    show(tables)
    page = write(out or FOLDER, "scale", "Scale", tables, report.plots(found))
    typer.echo(f"Wrote {page}")


@app.command()
def load(
    out: OutOption = None,
    users: Annotated[int, typer.Option(min=1, max=77, help="So many simultaneous readers.")] = 50,
    seconds: Annotated[
        float, typer.Option(min=5, help="So long without, and as long with an editor who adds.")
    ] = 60,
) -> None:
    """Let many simulated readers onto the page at once, on this machine alone."""
    from evaluation.loading.report import Plan, report
    from evaluation.report import show, write

    tables = report(Plan(users=users, quiet=seconds, adding=seconds))
    show(tables)
    page = write(out or FOLDER, "load", "Many readers at once", tables)
    typer.echo(f"Wrote {page}")


@app.command()
def generation(
    out: OutOption = None,
    rounds: Annotated[int, typer.Option(min=1, help="Time each work so many times.")] = 3,
    one_thread: Annotated[
        bool, typer.Option("--one-thread", help="Count processor time on one thread, if not idle.")
    ] = False,
) -> None:
    """Time the engines that write summaries, on one model, on an idle machine or one thread."""
    from evaluation.generation_speed import report as measure
    from evaluation.report import show, write

    table = measure(rounds, one_thread=one_thread)
    show([table])
    page = write(out or FOLDER, "generation-speed", "Speed of writing", [table])
    typer.echo(f"Wrote {page}")


@app.command()
def fuzz(
    minutes: Annotated[float, typer.Option(min=0, help="How long, for all readers together.")] = 10,
    readers: Annotated[
        list[str] | None, typer.Option("--reader", help="Only this reader; repeatable.")
    ] = None,
    engine: Annotated[
        str, typer.Option(help="'hypothesis', or 'atheris', which follows what the code does.")
    ] = "hypothesis",
    corpus: Annotated[
        Path, typer.Option(help="Where inputs that fail are kept; the tests read them again.")
    ] = Path("tests/data/fuzz"),
) -> None:
    """Feed odd and hostile input to every reader of files. Fails where one breaks its promise."""
    from evaluation.fuzzing.hunting import hunt
    from evaluation.fuzzing.targets import TARGETS

    names = readers or list(TARGETS)
    if unknown := sorted({*names} - {*TARGETS}):
        raise typer.BadParameter(f"no reader '{unknown[0]}'; known: {', '.join(TARGETS)}")
    if engine not in ("hypothesis", "atheris"):
        raise typer.BadParameter(f"no engine '{engine}'; known: hypothesis, atheris")
    found = [one for each in hunt(names, 60 * minutes, engine, typer.echo) for one in each.findings]
    for finding in found:
        typer.echo(f"{finding.save(corpus)}: {finding.problem}", err=True)
    if found:
        raise typer.Exit(1)


@app.command()
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
) -> None:
    """Measure our own kind of writer: translations, and summaries beside the extractive ones."""
    from evaluation import generator as measuring
    from evaluation.report import show, write
    from evaluation.summaries import table
    from ringkas.settings import load_settings

    settings = load_settings(config)
    translated = measuring.translations(data_folder(data), settings, limit)
    summarized = table(data_folder(data), settings, limit, measuring.summary_methods())
    show([translated, summarized])
    typer.echo(f"Wrote {write(out or FOLDER, 'generator', 'Writer', [translated, summarized])}")
    if keep:
        found = measuring.figures_of(translated, summarized)
        typer.echo(f"Wrote {measuring.keep(settings.generator.model, found)}")


@app.command()
def gate(
    data: DataOption = None,
    config: ConfigOption = None,
    update: Annotated[
        bool, typer.Option("--update", help="Raise the floors to what is reached now.")
    ] = False,
    lower: Annotated[
        str | None,
        typer.Option(
            "--lower", metavar="REASON", help="Lower floors too; REASON goes into CHANGELOG.md."
        ),
    ] = None,
) -> None:
    """Fail where quality is below its pinned floor."""
    from evaluation.gating import run
    from ringkas.settings import load_settings

    folder = data_folder(data) if data else None
    run(folder, load_settings(config), update=update, lower=lower)
