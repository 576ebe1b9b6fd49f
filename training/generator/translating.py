"""Summaries in the other language: the reference summaries, translated by the writer itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from ringkas.generation.seq2seq import Seq2Seq, get_seq2seq
from ringkas.settings import GeneratorSettings
from ringkas.text.figures import unsupported_numbers
from ringkas.text.sentences import split
from ringkas.types import OutputLanguage
from summarizer.translating import translate as translated_sentences
from training.generator.corpora import SUMMARIES, in_one_line

OTHER: Final[dict[OutputLanguage, OutputLanguage]] = {"id": "en", "en": "id"}
_AT_ONCE = 32
_BEAMS = 4


def translate(model: Path, data: Path, out: Path) -> int:
    """Write pairs of texts and translated summaries into ``out`` (JSONL); return how many it holds.

    A summary that lost a number on the way is left out. What ``out`` holds already is not done
    again.

    Raises:
        TrainingError: a corpus is missing.
        ModelError: the model cannot be loaded.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    lines = out.read_text(encoding="utf-8").splitlines() if out.is_file() else []
    done = json.loads(lines[-1])["place"] + 1 if lines else 0
    writer = get_seq2seq(GeneratorSettings(kind="seq2seq", model=str(model)))
    rows = islice(enumerate(_rows(data)), done, None)
    kept = len(lines)
    while batch := list(islice(rows, _AT_ONCE)):
        with out.open("a", encoding="utf-8") as file:
            for place, text, summary, language in _translated(writer, batch):
                row = {"text": text, "summary": summary, "language": language, "place": place}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                kept += 1
    return kept


def _rows(data: Path) -> Iterator[tuple[str, str, OutputLanguage]]:
    for corpus, (_, language) in SUMMARIES.items():
        for row in corpus.rows(data):
            yield in_one_line(row["text"]), in_one_line(row["summary"]), language


def _translated(
    writer: Seq2Seq, batch: list[tuple[int, tuple[str, str, OutputLanguage]]]
) -> Iterator[tuple[int, str, str, OutputLanguage]]:
    for language, other in OTHER.items():
        chosen = [(place, row) for place, row in batch if row[2] == language]
        parts = [[span.of(row[1]) for span in split(row[1])] for _, row in chosen]
        flat = [sentence for sentences in parts for sentence in sentences]
        found = iter(translated_sentences(flat, writer, (language, other), _BEAMS))
        for (place, (text, summary, _)), sentences in zip(chosen, parts, strict=True):
            written = " ".join(next(found) for _ in sentences)
            if written and not unsupported_numbers(summary, written) and len(written) < len(text):
                yield place, text, written, other
