"""The self-test: a tokenizer that is mapped wrongly is refused, instead of printing rubbish.

Loaded with transformers' ``MBartTokenizer``, an IndoBART checkpoint raises no error; its ids are
wrong, and so is every summary. What is tested here holds for every IndoBART vocabulary; a converted
folder also carries sample texts with the ids that sentencepiece gave them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ringkas.errors import ModelError
from ringkas.generation.indobart.files import read_json
from ringkas.generation.indobart.layout import (
    AFTER_PIECES,
    BOS,
    BYTES,
    CODES,
    EOS,
    MARKER,
    SPECIAL,
)

_PROBE = "Wali Kota meninjau 12 pasar 🌋"


@dataclass(frozen=True, slots=True)
class Sample:
    """A text, and the ids that sentencepiece gives it (without the tokens around it)."""

    text: str
    ids: tuple[int, ...]


def check_tokenizer(tokenizer: Any, folder: Path) -> None:
    """Refuse a tokenizer that does not give the ids IndoBART was trained on.

    Arguments:
        tokenizer: a transformers tokenizer, loaded from ``folder``.
        folder: the model's folder; its configuration tells the size of the embedding matrix.

    Raises:
        ModelError: the ids are wrong; the message says where, and how to convert the checkpoint.
    """
    rows = read_json(folder / "config.json").get("vocab_size", 0)
    fault = find_fault(tokenizer, rows, samples_of(folder))
    if fault:
        raise ModelError(
            f"the tokenizer of {folder} ({type(tokenizer).__name__}) is not IndoBART's: {fault}. "
            "With it the model would write rubbish. Convert the original checkpoint: "
            "ringkas models convert CHECKPOINT --to FOLDER"
        )


def find_fault(tokenizer: Any, rows: int, samples: Sequence[Sample]) -> str | None:
    """Return what is wrong with a tokenizer in words, or None.

    Arguments:
        tokenizer: a transformers tokenizer.
        rows: the number of rows of the model's embedding matrix.
        samples: texts with the ids they must get.
    """
    return next(_faults(tokenizer, rows, samples), None)


def samples_of(folder: Path) -> list[Sample]:
    """Return the samples a converted folder carries; none where it was not converted by us.

    Raises:
        ModelError: the file that holds them is damaged.
    """
    recorded = read_json(folder / MARKER).get("samples", [])
    try:
        return [Sample(str(item["text"]), tuple(item["ids"])) for item in recorded]
    except (TypeError, KeyError) as error:
        raise ModelError(f"{folder / MARKER} is damaged: convert the checkpoint again") from error


def _faults(tokenizer: Any, rows: int, samples: Sequence[Sample]) -> Iterator[str]:
    if len(tokenizer) != rows:
        yield f"it has {len(tokenizer)} tokens, the model's embedding matrix {rows} rows"
    yield from _wrong_ids(tokenizer, rows)
    yield from _wrong_layout(tokenizer, rows)
    for sample in samples:
        found = _encode(tokenizer, sample.text)
        if found != list(sample.ids):
            yield (
                f"'{sample.text.strip()}' gets {len(found)} ids {_shown(found)}, "
                f"expected {len(sample.ids)} ids {_shown(sample.ids)}"
            )


def _wrong_ids(tokenizer: Any, rows: int) -> Iterator[str]:
    first = dict(enumerate((*SPECIAL, *BYTES)))
    last = dict(enumerate(AFTER_PIECES, start=rows - len(AFTER_PIECES)))
    for wanted, token in {**first, **last}.items():
        found = tokenizer.convert_tokens_to_ids(token)
        if found != wanted:
            yield f"the id of '{token}' is {found}, expected {wanted}"


def _wrong_layout(tokenizer: Any, rows: int) -> Iterator[str]:
    inner = _encode(tokenizer, _PROBE)
    ids = list(tokenizer(_PROBE)["input_ids"])
    labels = list(tokenizer(text_target=_PROBE)["input_ids"])
    start, end = (tokenizer.convert_tokens_to_ids(token) for token in (BOS, EOS))
    codes = {rows - len(AFTER_PIECES) + index for index in range(len(CODES))}
    if ids[:-1] != [start, *inner, end] or ids[-1] not in codes:
        yield f"a text becomes {_shown(ids)}, expected {BOS} X {EOS} and a language code"
    if labels != ids:
        yield f"a target becomes {_shown(labels)}, expected the same as a text: {_shown(ids)}"
    if inner != _encode(tokenizer, _PROBE.lower()):
        yield "capitals get other ids than small letters; IndoBART knows small letters only"
    decoded = tokenizer.decode(inner)
    if decoded != _PROBE.lower():
        yield f"'{_PROBE}' is read back as '{decoded}'"


def _encode(tokenizer: Any, text: str) -> list[int]:
    return list(tokenizer(text, add_special_tokens=False)["input_ids"])


def _shown(ids: Sequence[int]) -> str:
    return f"[{', '.join(map(str, ids[:8]))}{', …' if len(ids) > 8 else ''}]"
