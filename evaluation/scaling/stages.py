"""One stage of one size in a process of its own, so that its memory is its own.

``python -m evaluation.scaling.stages build|measure PASSAGES``, called by the report.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from evaluation.scaling.building import Built, build
from evaluation.scaling.corpus import Corpus, Say, prepare
from evaluation.scaling.measuring import Measured, measure
from ringkas.embedding import get_embedder
from ringkas.errors import RingkasError
from ringkas.settings import Settings

SIZES = (20_000, 200_000, 1_000_000)


class StageError(RingkasError):
    """A stage ended without its figures."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes in passages, real vectors, questions a search, and writes of each kind."""

    data: Path
    work: Path
    sizes: tuple[int, ...]
    embedded: int
    questions: int
    writes: int

    def corpus(self, say: Say) -> Corpus:
        """Return the corpus, made at the first call."""
        embedder = get_embedder(Settings())
        return prepare(self.data, self.work, embedder, self.embedded, self.questions, say)

    def folder(self, size: int) -> Path:
        """Return where an index of this size and its figures lie."""
        return self.work / str(size)


def run(plan: Plan, say: Say) -> Iterator[tuple[Built, Measured]]:
    """Yield the figures of each size; a stage whose figures are there is not run again.

    Raises:
        StageError: a stage failed.
    """
    plan.corpus(say)
    for size in plan.sizes:
        for stage in ("build", "measure"):
            if not (plan.folder(size) / f"{stage}.json").exists():
                _call(plan, size, stage)
        built, measured = (
            json.loads((plan.folder(size) / f"{stage}.json").read_text(encoding="utf-8"))
            for stage in ("build", "measure")
        )
        yield Built(**built), Measured(**measured)


def _call(plan: Plan, size: int, stage: str) -> None:
    given = {**asdict(plan), "data": str(plan.data), "work": str(plan.work)}
    command = [sys.executable, "-m", __name__, stage, str(size), json.dumps(given)]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 - our own command
        raise StageError(f"{stage} of {size:,} passages failed: see above; run the same again")


def main(arguments: Sequence[str]) -> None:
    """Run one stage and write its figures."""
    stage, size, given = arguments[0], int(arguments[1]), json.loads(arguments[2])
    given |= {"data": Path(given["data"]), "work": Path(given["work"])}
    plan = Plan(**given)

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    corpus, folder = plan.corpus(say), plan.folder(size)
    found: Built | Measured = (
        build(corpus, size, folder, say)
        if stage == "build"
        else measure(corpus, size, folder, plan.questions, plan.writes, say)
    )
    text = json.dumps(asdict(found), indent=1)
    (folder / f"{stage}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
