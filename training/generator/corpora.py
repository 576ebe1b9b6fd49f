"""The texts that the writer learns from, with the terms that each one's origin states."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ringkas.text.sentences import split
from ringkas.types import OutputLanguage
from training.summarizer.data import TrainingError

NOT_STATED: Final = "none stated"
_SCRAP = 20  # characters; shorter sentences are mostly bylines and stray quotes


@dataclass(frozen=True, slots=True)
class Corpus:
    """A file of rows. ``licence`` is what its origin states; the model card repeats it.

    ``text`` is the field that holds a row's text.
    """

    name: str
    licence: str
    text: str = "text"

    @property
    def stated(self) -> bool:
        """Tell whether its origin states terms, so that anyone may judge what they allow."""
        return self.licence != NOT_STATED

    def rows(self, data: Path) -> Iterator[dict[str, Any]]:
        """Yield the rows below the folder ``data``.

        Raises:
            TrainingError: the file is not there.
        """
        file = data / f"{self.name}.jsonl.xz"
        if not file.is_file():
            raise TrainingError(f"{file} is missing; docs/models/generator.md names every file")
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


@dataclass(frozen=True, slots=True)
class Told:
    """One text in one language, and whole: a sentence or an article."""

    text: str
    language: OutputLanguage


TRANSLATIONS: Final = (
    Corpus("translation/bppt_news.train", NOT_STATED),
    Corpus("translation/guntara_news.train2", NOT_STATED),
    Corpus("translation/ted.train", NOT_STATED),
    Corpus("translation/tico19.train", "CC0"),
)
INDONESIAN_NEWS: Final = (
    Corpus("news/clickid", "CC BY 4.0"),
    Corpus("summarization/indosum.train", "CC BY-SA 4.0"),
    Corpus("summarization/detik.train", NOT_STATED),
)
INDONESIAN: Final = (Corpus("wiki/wiki_id.0", "CC BY-SA"), *INDONESIAN_NEWS)
# Not the BBC's news that lies beside them: it was released for research, not for commercial use.
ENGLISH: Final = (
    Corpus("qa/tydiqa_en.train", "Apache-2.0", "context"),
    Corpus("summarization/cnndm.train", NOT_STATED),
    Corpus("summarization/inshorts.train", NOT_STATED),
)
SUMMARIES: Final[dict[Corpus, tuple[str, OutputLanguage]]] = {
    Corpus("summarization/indosum.train", "CC BY-SA 4.0"): ("summary", "id"),
    Corpus("summarization/detik.train", NOT_STATED): ("brief", "id"),
    Corpus("summarization/cnndm.train", NOT_STATED): ("summary", "en"),
    Corpus("summarization/inshorts.train", NOT_STATED): ("brief", "en"),
}
HEADLINES: Final[dict[Corpus, OutputLanguage]] = {
    Corpus("news/clickid", "CC BY 4.0"): "id",
    Corpus("summarization/detik.train", NOT_STATED): "id",
    Corpus("summarization/inshorts.train", NOT_STATED): "en",
}


# Not a file of rows: training.generator.lexicon reads it.
DICTIONARY: Final = Corpus("FreeDict and WikDict, English-Indonesian (Wiktionary)", "CC BY-SA 3.0")
LEARNT_FROM: Final[dict[str, tuple[Corpus, ...]]] = {
    "sentences": (*TRANSLATIONS, *INDONESIAN_NEWS, *ENGLISH, DICTIONARY),
    "passages": (*TRANSLATIONS, *INDONESIAN, *ENGLISH, DICTIONARY),
    "summaries": (*TRANSLATIONS, *SUMMARIES, *HEADLINES),
}


def in_one_line(text: str) -> str:
    """Return a text as models read it: without line breaks or runs of spaces."""
    return " ".join(text.split())


def pairs(data: Path, corpora: tuple[Corpus, ...] = TRANSLATIONS) -> Iterator[tuple[str, str]]:
    """Yield sentences in Indonesian, and the same in English."""
    for corpus in corpora:
        for row in corpus.rows(data):
            indonesian, english = in_one_line(row["id"]), in_one_line(row["en"])
            if indonesian and english:
                yield indonesian, english


def sentences(data: Path, corpora: tuple[Corpus, ...], language: OutputLanguage) -> Iterator[Told]:
    """Yield each sentence of whole texts once, but for scraps."""
    seen: set[str] = set()
    for told in texts(data, corpora, language):
        for span in split(told.text):
            sentence = span.of(told.text)
            if len(sentence) >= _SCRAP and sentence not in seen:
                seen.add(sentence)
                yield Told(sentence, language)


def texts(data: Path, corpora: tuple[Corpus, ...], language: OutputLanguage) -> Iterator[Told]:
    """Yield whole texts in one language."""
    for corpus in corpora:
        for row in corpus.rows(data):
            if text := in_one_line(row[corpus.text]):
                yield Told(text, language)
