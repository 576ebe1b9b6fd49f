"""The writer's vocabulary: the encoder's pieces that Indonesian and English use, and bytes.

multilingual-e5-small knows 250,037 pieces of a hundred languages. A text made of kept pieces only
is cut exactly as before, since Unigram looks for the best of all ways to cut it and the others
had fewer to offer. A character that no piece covers is spelt in bytes, so that no text is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]

FIRST: Final = ("<s>", "<pad>", "</s>", "<unk>")
START, PAD, END, UNKNOWN = range(len(FIRST))
MASK: Final = "<mask>"
LANGUAGES: Final = {"id": "__id__", "en": "__en__"}
STYLES: Final = {
    "summary": "__summary__",  # a news paragraph of two or three sentences
    "brief": "__brief__",  # one or two sentences
    "headline": "__headline__",
    "translation": "__translation__",
    "restored": "__restored__",  # the text itself, its gaps filled: the training's own exercise
}
CONTROLS: Final = (MASK, *LANGUAGES.values(), *STYLES.values())
POSITIONS = 512
# Byte pieces stand for a character that nothing else covers; the score keeps Unigram from
# choosing one for a text that spells it ("<0x41>").
_NEVER = -1e4
WRITTEN: Final = "news"  # the kind of text whose pieces' frequencies the writer starts from
_SENTENCE = 30  # tokens, about
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces with their scores, and the row of the encoder's embeddings that each comes from.

    ``origins`` is None for pieces that the encoder has not: bytes and controls. ``frequencies``
    are the shares that they have in what is to be written, none of them zero.
    """

    pieces: tuple[tuple[str, float], ...]
    origins: tuple[int | None, ...]
    frequencies: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.pieces)

    def id_of(self, piece: str) -> int:
        """Return the number of a piece.

        Raises:
            ValueError: there is no such piece.
        """
        return [name for name, _ in self.pieces].index(piece)


def count_pieces(tokenizer: Any, texts: Iterable[str]) -> Counts:
    """Return how often each piece of ``tokenizer`` occurs in ``texts``."""
    counts = np.zeros(tokenizer.get_vocab_size(), np.int64)
    batch: list[str] = []

    def count() -> None:
        for encoded in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            np.add.at(counts, encoded.ids, 1)
        batch.clear()

    for text in texts:
        batch.append(text)
        if len(batch) == _AT_ONCE:
            count()
    count()
    return counts


def choose(
    pieces: list[tuple[str, float]], counts: Mapping[str, Counts], least: Mapping[str, int]
) -> Vocabulary:
    """Return the vocabulary of the pieces that occur often enough.

    Arguments:
        pieces: the encoder's, the first four of them ``<s> <pad> </s> <unk>``.
        counts: how often each occurs, by the kind of text.
        least: the fewest occurrences in each kind that keep a piece.
    """
    used = np.zeros(len(pieces), bool)
    for kind, found in counts.items():
        used |= found[: len(pieces)] >= least[kind]
    kept = list(range(len(FIRST)))
    kept += [
        place
        for place, (piece, _) in enumerate(pieces)
        if place >= len(FIRST) and piece != MASK and (used[place] or _is_plain(piece))
    ]
    chosen = [pieces[place] for place in kept]
    bytes_ = [(f"<0x{number:02X}>", _NEVER) for number in range(256)]
    controls = [(control, _NEVER) for control in CONTROLS]
    written = np.array([counts[WRITTEN][place] for place in kept] + [0] * 256 + [0] * len(controls))
    written[END] = written.sum() // _SENTENCE
    frequencies = (written + 0.1) / (written + 0.1).sum()
    origins = (*kept, *[None] * (len(bytes_) + len(controls)))
    return Vocabulary((*chosen, *bytes_, *controls), origins, tuple(frequencies.tolist()))


def _is_plain(piece: str) -> bool:
    """Tell whether a piece is one printable character of the Latin blocks, or the space."""
    return piece == "▁" or (len(piece) == 1 and piece.isprintable() and ord(piece) < 0x180)


def make_tokenizer(base: Any, vocabulary: Vocabulary) -> Any:
    """Return the tokenizer of a vocabulary, cutting as ``base`` does (both of ``tokenizers``)."""
    from tokenizers import AddedToken, Tokenizer, decoders, processors

    layout = json.loads(base.to_str())
    layout["model"] = {
        "type": "Unigram",
        "unk_id": UNKNOWN,
        "vocab": [list(piece) for piece in vocabulary.pieces],
        "byte_fallback": True,
    }
    layout["added_tokens"] = []
    tokenizer = Tokenizer.from_str(json.dumps(layout))
    tokenizer.decoder = decoders.Sequence(
        [
            decoders.Replace("▁", " "),
            decoders.ByteFallback(),
            decoders.Fuse(),
            decoders.Strip(" ", 1, 0),
        ]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", START), ("</s>", END)]
    )
    tokenizer.add_special_tokens([AddedToken(name, special=True) for name in (*FIRST, *CONTROLS)])
    return tokenizer


def save_tokenizer(tokenizer: Any, folder: Path) -> None:
    """Write a tokenizer so that transformers' ``AutoTokenizer`` loads it as it is."""
    tokenizer.save(str(folder / "tokenizer.json"))
    start, pad, end, unknown = FIRST
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": POSITIONS,
        "bos_token": start,
        "cls_token": start,
        "eos_token": end,
        "sep_token": end,
        "pad_token": pad,
        "unk_token": unknown,
        "mask_token": MASK,
        "additional_special_tokens": list(CONTROLS[1:]),
        "clean_up_tokenization_spaces": False,
        "model_input_names": ["input_ids", "attention_mask"],
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")


def pieces_of(base: Any) -> list[tuple[str, float]]:
    """Return a Unigram tokenizer's pieces and their scores."""
    return [(piece, score) for piece, score in json.loads(base.to_str())["model"]["vocab"]]
