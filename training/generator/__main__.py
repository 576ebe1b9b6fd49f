"""Make and train the writer: ``python -m training.generator COMMAND``.

docs/models/generator.md says what each command takes, in which order, and what came of it.
An interrupted stage carries on where it stopped when the same command is given again.
"""

from __future__ import annotations

import argparse
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

_RUNS = Path("runs/generator")
STAGES = ("sentences", "passages", "summaries")


def main() -> None:
    """Run one command of the recipe."""
    arguments = _parser().parse_args()
    arguments.run(arguments)


def _prepare(arguments: argparse.Namespace) -> None:
    from training.generator.preparing import prepare

    prepare(arguments.data, arguments.out, decoder_layers=arguments.decoder_layers)


def _align(arguments: argparse.Namespace) -> None:
    from training.generator.aligning import align

    kept, of = align(arguments.data, arguments.out)
    print(f"{kept:,} of {of:,} pairs of sentences agree; they are in {arguments.out}")


def _train(arguments: argparse.Namespace) -> None:
    import torch

    from training.generator.exercises import Material
    from training.generator.recipe import WriterRecipe
    from training.generator.train import Job, train

    torch.set_num_threads(arguments.threads)
    chosen = {
        one.name: getattr(arguments, one.name)
        for one in fields(WriterRecipe)
        if getattr(arguments, one.name, None) is not None
    }
    train(
        Job(
            stage=arguments.stage,
            start=arguments.start,
            material=Material(
                arguments.data,
                arguments.translated,
                arguments.aligned,
                arguments.lexicon,
                arguments.stated_terms_only,
            ),
            out=arguments.out or _RUNS / arguments.stage,
            held=arguments.held,
            recipe=replace(WriterRecipe(), **chosen),
        ),
        lambda line: print(line, flush=True),
    )


def _translate(arguments: argparse.Namespace) -> None:
    from training.generator.translating import translate

    kept = translate(arguments.model, arguments.data, arguments.out)
    print(f"{kept:,} summaries in {arguments.out}")


def _export(arguments: argparse.Namespace) -> None:
    from training.generator.export import export

    weights = export(arguments.model, arguments.out, arguments.stages)
    print(f"{weights}: {weights.stat().st_size / 1e6:.1f} MB")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training.generator",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True)
    preparing = commands.add_parser("prepare", help="make the untrained model and its vocabulary")
    preparing.add_argument("--data", type=Path, required=True, help="folder with translation/ ...")
    preparing.add_argument("--out", type=Path, default=_RUNS / "untrained")
    preparing.add_argument("--decoder-layers", type=int, default=4)
    preparing.set_defaults(run=_prepare)
    aligning = commands.add_parser("align", help="find the pairs of sentences that agree")
    aligning.add_argument("--data", type=Path, required=True)
    aligning.add_argument("--out", type=Path, default=_RUNS / "aligned.jsonl")
    aligning.set_defaults(run=_align)
    _add_train(commands)
    translating = commands.add_parser("translate", help="translate the reference summaries")
    translating.add_argument("--data", type=Path, required=True)
    translating.add_argument("--model", type=Path, default=_RUNS / "sentences" / "model")
    translating.add_argument("--out", type=Path, default=_RUNS / "translated.jsonl")
    translating.set_defaults(run=_translate)
    exporting = commands.add_parser("export", help="pack a trained model into int8")
    exporting.add_argument("--model", type=Path, default=_RUNS / "summaries" / "model")
    exporting.add_argument("--out", type=Path, default=_RUNS / "packed")
    exporting.add_argument(
        "--stages", nargs="+", choices=STAGES, default=STAGES, help="what the model went through"
    )
    exporting.set_defaults(run=_export)
    return parser


def _add_train(commands: Any) -> None:
    from training.generator.recipe import WriterRecipe

    training = commands.add_parser("train", help="train one stage")
    training.add_argument("stage", choices=STAGES)
    training.add_argument("--data", type=Path, required=True, help="folder with translation/ ...")
    training.add_argument("--start", type=Path, default=_RUNS / "untrained", help="a model folder")
    training.add_argument("--out", type=Path, help=f"the run's folder ({_RUNS}/STAGE)")
    training.add_argument("--translated", type=Path, help="summaries that 'translate' wrote")
    training.add_argument("--aligned", type=Path, help="pairs that 'align' found to agree")
    training.add_argument(
        "--lexicon",
        type=Path,
        help="the dictionary, such as /usr/share/dictd/freedict-eng-ind.dict.dz",
    )
    training.add_argument(
        "--stated-terms-only", action="store_true", help="leave out data without stated terms"
    )
    training.add_argument("--held", type=int, default=100, help="held-out sentences to translate")
    training.add_argument("--threads", type=int, default=2)
    standard = WriterRecipe()
    for name in (
        "tokens", "steps", "minutes", "frozen", "candidates", "upper", "embeddings", "rate",
        "label_smoothing", "forgotten", "portion", "save_minutes", "examine_minutes",
        "longest_source", "longest_reply",
    ):  # fmt: skip
        value = getattr(standard, name)
        training.add_argument(
            f"--{name.replace('_', '-')}", type=type(value), help=f"of the recipe ({value})"
        )
    training.set_defaults(run=_train)


if __name__ == "__main__":
    main()
