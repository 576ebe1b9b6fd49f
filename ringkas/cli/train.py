"""``ringkas train``: models of one's own, from one's own data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ringkas.cli.options import settings_for
from ringkas.cli.place import ConfigOption
from ringkas.cli.terminal import err, out, visible
from ringkas.types import OutputLanguage, Style

train = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Train models on data of your own."
)

# Rates that suit AdamW: full training of most models, of the T5 family, of untrained ones; LoRA.
_RATE, _RATE_T5, _RATE_NEW, _RATE_LORA = 5e-5, 3e-4, 1e-3, 2e-4
_LORA_CHAT = 16


@train.callback()
def _train() -> None:
    """Keep 'summarizer' a command of its own while it is the only one."""


@train.command()
def summarizer(
    ctx: typer.Context,
    data: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help='JSONL, each line with "text" and "summary"; .xz and .gz too.'
        ),
    ],
    model: Annotated[
        str | None,
        typer.Option(metavar="PATH_OR_NAME", help="The seq2seq or chat model to start from."),
    ] = None,
    from_scratch: Annotated[
        bool,
        typer.Option("--from-scratch", help="Start from a small untrained model, to try it out."),
    ] = False,
    to: Annotated[
        Path, typer.Option("--to", metavar="FOLDER", help="Where the run and its model go.")
    ] = Path("runs/summarizer"),
    held: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Pairs to measure ROUGE on; else a tenth of FILE."),
    ] = None,
    language: Annotated[
        OutputLanguage, typer.Option(help="Of summaries whose line has no 'language'.")
    ] = "id",
    style: Annotated[
        Style, typer.Option(help="Of the summaries: what a chat model is asked for.")
    ] = "paragraph",
    max_words: Annotated[int, typer.Option(min=1, help="Words that a chat model is allowed.")] = 60,
    prefix: Annotated[
        str | None,
        typer.Option(help="What stands before each text of a seq2seq model: 'summarize: '."),
    ] = None,
    passes: Annotated[int, typer.Option(min=1, help="The most passes over the data.")] = 5,
    batch: Annotated[int, typer.Option(min=1, help="Pairs in a step.")] = 16,
    rate: Annotated[
        float | None,
        typer.Option(min=0.0, help="The highest learning rate.", show_default="by the model"),
    ] = None,
    evaluations: Annotated[
        float, typer.Option(min=0.01, help="How often ROUGE is measured, in each pass.")
    ] = 2.0,
    patience: Annotated[
        int, typer.Option(min=1, help="Stop after so many evaluations without a better ROUGE.")
    ] = 3,
    train_embeddings: Annotated[
        bool, typer.Option("--train-embeddings", help="Train the words' vectors as well.")
    ] = False,
    lora: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="Learn changes of this rank instead of all weights (0).",
            show_default=f"{_LORA_CHAT} for chat models",
        ),
    ] = None,
    skip_faulty: Annotated[
        bool, typer.Option("--skip-faulty", help="Name faulty lines and leave them out.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Fine-tune a model to write summaries; ROUGE decides which state is kept.

    An interrupted run carries on when the same command is given again. The result is a folder
    to name as generator.model. The Hub is asked only with a configuration that says so.
    """
    if (model is None) != from_scratch:
        raise typer.BadParameter(
            "name a model to start from, or --from-scratch", param_hint="--model"
        )
    offline = settings_for(ctx, config, None).offline
    from ringkas.generation.transformers_chat import is_chat_model
    from training.summarizer.job import Job
    from training.summarizer.recipe import Recipe
    from training.summarizer.train import train as run

    if from_scratch:
        _refuse_others(ctx, chat=False)
    start = model or str(_scratch(data, language, to / "untrained", skip_faulty))
    chat = is_chat_model(start, offline=offline)
    rank = lora if lora is not None else _LORA_CHAT if chat else 0
    if rank and train_embeddings:
        raise typer.BadParameter(
            "LoRA leaves embeddings as they are; add --lora 0", param_hint="--train-embeddings"
        )
    recipe = Recipe(
        passes=passes,
        batch=batch,
        rate=rate or (_RATE_NEW if from_scratch else _usual_rate(start, rank, chat, offline)),
        evaluations=evaluations,
        patience=patience,
        train_embeddings=train_embeddings or from_scratch,
        lora=rank,
    )
    _refuse_others(ctx, chat=chat)
    job = Job(
        start, data, to, held, language, prefix, style, max_words, offline, skip_faulty, recipe
    )
    console = err()
    made = run(job, lambda line: console.print(visible(line), markup=False, soft_wrap=True))
    kind = "transformers" if chat else "seq2seq"
    console.print(
        f'Use it with: [generator] kind = "{kind}", model = the folder below', markup=False
    )
    out().print(str(made), soft_wrap=True, markup=False)


def _refuse_others(ctx: typer.Context, *, chat: bool) -> None:
    """Refuse options that were given and mean nothing to this kind of model."""
    for name in ("prefix",) if chat else ("style", "max_words"):
        source = ctx.get_parameter_source(name)
        if source is not None and source.name != "DEFAULT":
            kind, other = ("chat", "seq2seq") if chat else ("seq2seq", "chat")
            option = f"--{name.replace('_', '-')}"
            raise typer.BadParameter(
                f"is for {other} models, and this is a {kind} model", param_hint=option
            )


def _scratch(data: Path, language: OutputLanguage, folder: Path, skip_faulty: bool) -> Path:
    """Return the untrained model's folder, making it in the first run."""
    from training.summarizer.data import read_pairs
    from training.summarizer.scratch import make_model

    if (folder / "config.json").is_file():
        return folder
    pairs = read_pairs(data, language, (lambda _: None) if skip_faulty else None)
    return make_model(pairs, folder)


def _usual_rate(model: str, lora: int, chat: bool, offline: bool) -> float:
    from ringkas.generation.seq2seq import open_checkpoint

    if lora or chat:
        return _RATE_LORA if lora else _RATE
    family = open_checkpoint(model, offline=offline).config.model_type
    return _RATE_T5 if "t5" in family else _RATE
