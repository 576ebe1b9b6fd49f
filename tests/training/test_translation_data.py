"""What translation is learnt from: pairs that agree, a dictionary's words, texts' sentences."""

from __future__ import annotations

import gzip
import json
import lzma
from pathlib import Path

import pytest

from training.generator.aligning import agreeing, align, same_figures, same_length
from training.generator.corpora import INDONESIAN_NEWS, TRANSLATIONS, Told, sentences
from training.generator.lexicon import read_lexicon
from training.summarizer.data import TrainingError

SAME = ("Wali kota membuka pasar baru pada hari Senin.", "The mayor opened a new market on Monday.")
RETOLD = ("Jembatan itu rusak diterjang banjir.", "Ticket sales for the concert begin next week.")
LACKING = (
    "Sebanyak 12 rumah dan 3 jembatan rusak.",
    "As many as 12 houses and several bridges were damaged.",
)
DICTIONARY = """
00-database-info
big enough to be useful

-ness //nes// <suffix>
ke- -an
makes nouns
market /mɑːkɪt/ <n>
pasar, pekan
where goods are sold
mayor <n>
1. wali kota 2.
head of a town
 3.
of another body
2. bupati
head of a regency
set forth at length /x/ <v>
menjelaskan panjang lebar kepada semua orang
to explain
"""


def write(file: Path, rows: list[dict[str, str]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


def test_figures_must_stand_on_both_sides() -> None:
    assert same_figures(("Harganya Rp1,5 triliun.", "It costs Rp1.5 trillion."))
    assert not same_figures(LACKING)
    assert not same_figures((LACKING[1], LACKING[0]))


def test_neither_side_may_lack_much() -> None:
    assert same_length(SAME)
    assert not same_length(("Terima kasih.", "Thank you very much for everything you did for us."))


def test_pairs_that_agree_are_kept(tmp_path: Path) -> None:
    rows = [{"id": one, "en": other} for one, other in (SAME, RETOLD, LACKING, SAME)]
    for corpus in TRANSLATIONS:
        write(tmp_path / f"{corpus.name}.jsonl.xz", rows)
    out = tmp_path / "runs" / "aligned.jsonl"
    assert align(tmp_path, out) == (1, 3)
    assert agreeing([SAME, RETOLD, LACKING], out) == [SAME]
    with pytest.raises(TrainingError, match=r"'align' writes it"):
        agreeing([SAME], tmp_path / "missing.jsonl")


def test_words_of_the_dictionary(tmp_path: Path) -> None:
    file = tmp_path / "eng-ind.dict.dz"
    file.write_bytes(gzip.compress(DICTIONARY.encode()))
    assert read_lexicon(file) == [
        ("pasar", "market"),
        ("pekan", "market"),
        ("wali kota", "mayor"),
        ("bupati", "mayor"),
    ]
    with pytest.raises(TrainingError, match=r"apt-get install dict-freedict-eng-ind"):
        read_lexicon(tmp_path / "missing")


def test_sentences_come_once_and_scraps_never(tmp_path: Path) -> None:
    corpus = INDONESIAN_NEWS[0]
    text = "Wali kota membuka pasar baru. Ya. Warga senang sekali. Wali kota membuka pasar baru."
    write(tmp_path / f"{corpus.name}.jsonl.xz", [{"text": text}, {"text": text}])
    assert list(sentences(tmp_path, (corpus,), "id")) == [
        Told("Wali kota membuka pasar baru.", "id"),
        Told("Warga senang sekali.", "id"),
    ]
