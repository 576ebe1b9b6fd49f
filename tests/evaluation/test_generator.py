"""What translations keep, and the figures that ``auto`` goes by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.generator import figures_of, keep, measure, translations
from evaluation.report import Table
from ringkas.errors import SettingsError
from ringkas.settings import Settings
from summarizer.measured import measured

SOURCE = "Sebanyak 340 warga Demak mengungsi ke 12 posko, kata Budi."
REFERENCE = "As many as 340 residents of Demak fled to 12 shelters, Budi said."


def test_a_perfect_translation_keeps_everything() -> None:
    kept = measure([SOURCE], [REFERENCE], [REFERENCE])
    assert (kept.chrf, kept.numbers, kept.names, kept.length) == (100.0, 1.0, 1.0, 1.0)


def test_a_wrong_number_and_a_wrong_name_count() -> None:
    wrong = REFERENCE.replace("340", "430").replace("Demak", "Kudus")
    kept = measure([SOURCE], [wrong], [REFERENCE])
    assert kept.numbers == 1 / 2  # 12 of 340 and 12
    assert kept.names == 1 / 2  # Budi of Demak and Budi
    assert 50 < kept.chrf < 100


def test_names_that_the_reference_translates_do_not_count() -> None:
    kept = measure(
        ["Warga Jepang menemui Sari."], ["A Japanese met Sari."], ["A Japanese met Sari."]
    )
    assert kept.names == 1.0


TRANSLATED = Table(
    "Translations",
    ("set, direction, what", "sentences", "chrF++", "numbers kept", "names kept", "length"),
    (
        ("bppt_news.dev, id-en, runs/writer", 9, 51.0, 0.99, 0.93, 1.0),
        ("bppt_news.dev, id-en, untranslated", 9, 20.0, 1.0, 1.0, 1.0),
        ("bppt_news.dev, id-en, reference", 9, 40.0, 0.82, 1.0, 1.0),
        ("guntara_news.dev, id-en, runs/writer", 9, 48.0, 0.98, 0.91, 1.0),
        ("guntara_news.dev, id-en, untranslated", 9, 19.0, 1.0, 1.0, 1.0),
        ("bppt_news.dev, en-id, runs/writer", 9, 55.0, 0.99, 0.93, 1.0),
        ("guntara_news.dev, en-id, runs/writer", 9, 54.0, 0.99, 0.93, 1.0),
    ),
)
SUMMARIZED = Table(
    "Summaries",
    ("set, method", "articles", "ROUGE-1", "ROUGE-2", "ROUGE-L", "supported"),
    tuple(
        (f"{name}, {method}", 5, *rouge, supported)
        for name, method, rouge, supported in (
            ("indosum.dev", "extractive", (0.7, 0.6, 0.65), 1.0),
            ("indosum.dev", "abstractive", (0.6, 0.5, 0.55), 0.97),
            ("detik.dev", "extractive", (0.3, 0.1, 0.2), 1.0),
            ("detik.dev", "abstractive", (0.36, 0.16, 0.26), 0.95),
            ("cnndm.dev", "extractive", (0.3, 0.1, 0.2), 1.0),
            ("cnndm.dev", "abstractive", (0.3, 0.1, 0.2), 0.92),
        )
    ),
)


def test_the_worst_set_decides(tmp_path: Path) -> None:
    keep(str(tmp_path), figures_of(TRANSLATED, SUMMARIZED))
    figures = measured(str(tmp_path))
    assert figures is not None
    # IndoSum: (0.6 + 0.5 + 0.55) / 3 against (0.7 + 0.6 + 0.65) / 3
    assert figures.shortfall("id", "id", "paragraph") == "rouge 0.55 of 0.65"
    assert figures.shortfall("en", "en", "paragraph") == ""
    assert figures.shortfall("id", "en", "paragraph") == "chrf 48 of 50"
    assert figures.shortfall("en", "id", "paragraph") == ""
    assert json.loads((tmp_path / "measured.json").read_text())["en-id"]["chrf"] == 54.0


def test_without_a_writer_there_is_nothing_to_measure(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"kind is 'none'; expected 'seq2seq' with the folder"):
        translations(tmp_path, Settings())
