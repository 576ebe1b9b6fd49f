"""Our own writer measured: sentences translated both ways, and what ``auto`` goes by.

chrF++ (Popović, "chrF++: words helping character n-grams", WMT 2017) by sacrebleu; numbers and
names by what the support check of answers reads as such.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from evaluation.chrf import load_chrf
from evaluation.data import DataError, rows
from evaluation.metrics import mean
from evaluation.report import Cell, Table
from evaluation.summary_methods import ABSTRACTIVE, EXTRACTIVE, LEAD_3
from ringkas.errors import SettingsError
from ringkas.generation.builtin import folder_of
from ringkas.generation.seq2seq import Seq2Seq, get_seq2seq
from ringkas.settings import Settings
from ringkas.text.figures import figures, unsupported_numbers
from ringkas.text.names import held_words, is_held, names_of
from ringkas.types import OutputLanguage
from summarizer.measured import FILE, measured
from summarizer.translating import translate

SETS: Final = ("bppt_news.dev", "guntara_news.dev")
_COLUMNS = ("set, direction, what", "sentences", "chrF++", "numbers kept", "names kept", "length")
_NOTE = (
    "Sentences translated one by one, numbers and names that were garbled put back as the "
    "sentence has them, of what the beams have written the likeliest that loses and adds fewest "
    "numbers and names. chrF++ by sacrebleu (0 to 100). Numbers kept: share of the source's "
    "numbers that the translation gives, as digits or in words. Names kept: share of those names "
    "of the source that the reference has too, that the translation has. Length: words against "
    "the reference's. Untranslated: the source itself, what doing nothing reaches. Reference: the "
    "translation by people, who leave out and round numbers as well."
)
DIRECTIONS: Final[tuple[tuple[OutputLanguage, OutputLanguage], ...]] = (("id", "en"), ("en", "id"))
_UNTRANSLATED, _REFERENCE = "untranslated", "reference"
_WITHIN: Final = {"id-id": ("indosum.dev", "detik.dev"), "en-en": ("cnndm.dev",)}
_ROUGE = ("ROUGE-1", "ROUGE-2", "ROUGE-L")
_SUPPORTED = "supported"


@dataclass(frozen=True, slots=True)
class Kept:
    """What of sentences their translations have: chrF++, shares of numbers and names, length."""

    chrf: float
    numbers: float
    names: float
    length: float


@dataclass(frozen=True, slots=True)
class Translated:
    """Sentences in one direction ("id-en"): what a model has written, and what people have."""

    direction: str
    texts: Sequence[str]
    written: Sequence[str]
    wanted: Sequence[str]


def translations(folder: Path, settings: Settings, limit: int | None = None) -> Table:
    """Return rows for each set and direction: the model, doing nothing, and people.

    Arguments:
        folder: the data folder, with ``translation/`` in it.
        settings: the configuration that names the model.
        limit: the most sentences a set, from its beginning on, evenly spread.

    Raises:
        DataError: a set is missing.
        SettingsError: the model is no writer made with training/generator.
        MissingExtraError: the package ``sacrebleu`` is not installed.
    """
    model = writer(settings)
    found: list[tuple[Cell, ...]] = []
    for name in SETS:
        for one in both_ways(pairs(folder, name, limit), model, settings.generator.beams):
            beside = ((_UNTRANSLATED, one.texts), (_REFERENCE, one.wanted))
            for what, replies in ((model.name, one.written), *beside):
                kept = measure(one.texts, replies, one.wanted)
                cells = (kept.chrf, kept.numbers, kept.names, kept.length)
                found.append((f"{name}, {one.direction}, {what}", len(one.texts), *cells))
    return Table("Translations", _COLUMNS, tuple(found), _NOTE)


def both_ways(
    sentences: Sequence[Mapping[OutputLanguage, str]], model: Seq2Seq, beams: int
) -> Iterator[Translated]:
    """Yield what a model makes of pairs of sentences, from each language into the other."""
    for source, target in DIRECTIONS:
        texts = [pair[source] for pair in sentences]
        written = translate(texts, model, (source, target), beams)
        wanted = [pair[target] for pair in sentences]
        yield Translated(f"{source}-{target}", texts, written, wanted)


def measure(texts: Sequence[str], written: Sequence[str], wanted: Sequence[str]) -> Kept:
    """Return what ``written`` keeps of ``texts``, next to the translations ``wanted``.

    Raises:
        MissingExtraError: the package ``sacrebleu`` is not installed.
    """
    chrf = load_chrf()
    numbers: list[bool] = []
    names: list[bool] = []
    for text, reply, reference in zip(texts, written, wanted, strict=True):
        lost = unsupported_numbers(text, reply)
        all_ = [figure for figure in figures(text) if figure.digits]
        numbers += [False] * len(lost) + [True] * (len(all_) - len(lost))
        here, there = held_words(reply), held_words(reference)
        names += [is_held(name, here) for name in names_of(text) if is_held(name, there)]
    words = sum(len(reference.split()) for reference in wanted)
    return Kept(
        chrf=float(chrf.corpus_score(list(written), [list(wanted)]).score),
        numbers=mean(numbers),
        names=mean(names),
        length=sum(len(reply.split()) for reply in written) / max(1, words),
    )


def figures_of(translated: Table, summarized: Table | None) -> dict[str, dict[str, float]]:
    """Return what ``summarizer.measured`` reads, the worst set deciding for each direction.

    What was not measured is missing from it, and is not left to the model.
    """
    found: dict[str, dict[str, float]] = {}
    if summarized is not None:
        for key, sets in _WITHIN.items():
            ours = [_summary_figures(summarized, name) for name in sets]
            found[key] = min(ours, key=lambda one: one["rouge"] - one["extractive"])
    beside = (f", {_UNTRANSLATED}", f", {_REFERENCE}")
    for source, target in DIRECTIONS:
        rows_ = [
            row
            for row in translated.rows
            if f", {source}-{target}, " in str(row[0]) and not str(row[0]).endswith(beside)
        ]
        chosen: Any = min(rows_, key=lambda row: row[2])
        found[f"{source}-{target}"] = dict(
            zip(("chrf", "numbers", "names"), map(float, chosen[2:5]), strict=True)
        )
    return found


def keep(model: str, found: dict[str, dict[str, float]]) -> Path:
    """Write the figures into the model's folder, where ``method="auto"`` looks for them.

    What was measured before and not now stays.

    Raises:
        ModelError: what is there is damaged.
    """
    file = folder_of(model) / FILE
    before = measured(model)
    kept = dict(before.figures if before is not None else {}) | found
    rounded = {
        key: {name: round(value, 4) for name, value in one.items()} for key, one in kept.items()
    }
    file.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")
    return file


def summary_methods() -> list[str]:
    """Return the methods whose figures decide, for ``evaluation.summaries``."""
    return [LEAD_3, EXTRACTIVE, ABSTRACTIVE]


def _summary_figures(table: Table, name: str) -> dict[str, float]:
    by_method = {str(row[0]): row for row in table.rows}
    places = [table.columns.index(column) for column in _ROUGE]

    def rouge(method: str) -> float:
        return mean(float(by_method[f"{name}, {method}"][place]) for place in places)

    supported = by_method[f"{name}, {ABSTRACTIVE}"][table.columns.index(_SUPPORTED)]
    return {
        "rouge": rouge(ABSTRACTIVE),
        "extractive": rouge(EXTRACTIVE),
        "supported": float(supported),
    }


def writer(settings: Settings) -> Seq2Seq:
    """Return the model that the settings name.

    Raises:
        SettingsError: it is no writer made with training/generator.
        ModelError: it cannot be loaded.
    """
    if settings.generator.kind != "seq2seq":
        raise SettingsError(
            f"generator.kind is '{settings.generator.kind}'; expected 'seq2seq' with the folder of "
            "a writer made with python -m training.generator, in a file passed with --config"
        )
    model = get_seq2seq(settings.generator, offline=settings.offline)
    if "translation" not in model.codec.dialect.manners:
        raise SettingsError(
            f"'{model.name}' does not translate: it has no token '__translation__'. Expected a "
            "writer made with python -m training.generator"
        )
    return model


def pairs(folder: Path, name: str, limit: int | None) -> list[dict[OutputLanguage, str]]:
    """Return the sentences of a set in both languages, ``limit`` of them evenly spread.

    Raises:
        DataError: the set is missing or empty.
    """
    found: list[dict[OutputLanguage, str]] = [
        {"id": " ".join(row["id"].split()), "en": " ".join(row["en"].split())}
        for row in rows(folder / "translation" / name)
    ]
    if not found:
        raise DataError(f"translation/{name} holds no sentences")
    return found[:: max(1, len(found) // limit)][:limit] if limit else found
