"""The self-test refuses tokenizers that are mapped wrongly, and passes the right one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from transformers import AutoTokenizer, MBartTokenizer, PreTrainedTokenizerFast

from ringkas.errors import ModelError
from ringkas.generation.indobart import check_tokenizer
from ringkas.generation.indobart.checking import find_fault, samples_of
from ringkas.generation.indobart.spiece import read_spiece

Sabotage = Callable[[dict[str, Any]], None]
ROWS = 40_004


@pytest.fixture
def saboteur(folder: Path, tmp_path: Path) -> Callable[[Sabotage], Any]:
    """Load the converted tokenizer after something in its tokenizer.json was changed."""

    def load(sabotage: Sabotage) -> Any:
        copy = tmp_path / "copy"
        shutil.copytree(folder, copy)
        file = copy / "tokenizer.json"
        content = json.loads(file.read_text(encoding="utf-8"))
        sabotage(content)
        file.write_text(json.dumps(content), encoding="utf-8")
        return AutoTokenizer.from_pretrained(copy, local_files_only=True)

    return load


def test_the_converted_tokenizer_passes(folder: Path) -> None:
    check_tokenizer(AutoTokenizer.from_pretrained(folder, local_files_only=True), folder)
    assert len(samples_of(folder)) >= 10


def test_mbart_s_tokenizer_is_refused(checkpoint: Path) -> None:
    """Where protobuf is installed it loads the Hub's folder without a word: this is what it makes
    of the vocabulary."""
    spiece = read_spiece(checkpoint / "sentencepiece.bpe.model")
    tokenizer = MBartTokenizer(vocab=list(zip(spiece.pieces, spiece.scores, strict=True)))
    text = "Wali Kota membuka rapat koordinasi di Denpasar."
    wrong = tokenizer(text, add_special_tokens=False)["input_ids"]
    assert len(wrong) > len(spiece.encode(text))
    with pytest.raises(ModelError, match="is not IndoBART's: ") as caught:
        check_tokenizer(tokenizer, checkpoint)
    assert "MBartTokenizer" in str(caught.value)
    assert "ringkas models convert CHECKPOINT --to FOLDER" in str(caught.value)


def test_mbart_s_offset_is_refused(folder: Path, saboteur: Callable[[Sabotage], Any]) -> None:
    """Fairseq's shift by one, which MBartTokenizer applied up to transformers 4."""

    def shift(content: dict[str, Any]) -> None:
        vocabulary = content["model"]["vocab"]
        last = max(index for piece, index in vocabulary.items() if piece.startswith("▁zq"))
        for piece, index in vocabulary.items():
            if 260 <= index < last:
                vocabulary[piece] = index + 1
            elif index == last:
                vocabulary[piece] = 260

    tokenizer = saboteur(shift)
    assert find_fault(tokenizer, ROWS, []) is None  # only sentencepiece's ids can tell
    fault = find_fault(tokenizer, ROWS, samples_of(folder))
    assert fault is not None
    assert "expected" in fault


def swap_pieces(content: dict[str, Any]) -> None:
    vocabulary = content["model"]["vocab"]
    vocabulary["▁di"], vocabulary["▁pasar"] = vocabulary["▁pasar"], vocabulary["▁di"]


def keep_capitals(content: dict[str, Any]) -> None:
    steps = content["normalizer"]["normalizers"]
    content["normalizer"]["normalizers"] = [one for one in steps if one["type"] != "Lowercase"]


def forget_characters(content: dict[str, Any]) -> None:
    steps = content["normalizer"]["normalizers"]
    content["normalizer"]["normalizers"] = [one for one in steps if one["type"] != "Precompiled"]


def turn_merges_round(content: dict[str, Any]) -> None:
    content["model"]["merges"].reverse()


def forget_bytes(content: dict[str, Any]) -> None:
    content["model"]["byte_fallback"] = False


def end_without_language(content: dict[str, Any]) -> None:
    content["post_processor"]["single"].pop()


def start_without_bos(content: dict[str, Any]) -> None:
    content["post_processor"]["single"].pop(0)


def forget_first_space(content: dict[str, Any]) -> None:
    content["pre_tokenizer"]["prepend_scheme"] = "never"


@pytest.mark.parametrize(
    ("sabotage", "complaint"),
    [
        (swap_pieces, "gets .* expected"),
        (keep_capitals, "IndoBART knows small letters only"),
        (forget_characters, "gets .* expected"),
        (turn_merges_round, "gets .* expected"),
        (forget_bytes, "is read back as"),
        (end_without_language, "expected <s> X </s> and a language code"),
        (start_without_bos, "expected <s> X </s> and a language code"),
        (forget_first_space, "gets .* expected"),
    ],
)
def test_every_way_to_get_it_wrong_is_refused(
    sabotage: Sabotage,
    complaint: str,
    folder: Path,
    saboteur: Callable[[Sabotage], Any],
) -> None:
    with pytest.raises(ModelError, match=complaint):
        check_tokenizer(saboteur(sabotage), folder)


def test_an_added_token_is_refused(folder: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    tokenizer.add_tokens(["ringkasan:"])
    with pytest.raises(ModelError, match="has 40005 tokens, the model's embedding matrix 40004"):
        check_tokenizer(tokenizer, folder)


def test_another_model_s_tokenizer_is_refused(folder: Path) -> None:
    from tokenizers import Tokenizer, models

    foreign = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer(models.BPE({"<unk>": 0, "a": 1}, [], unk_token="<unk>")),
        unk_token="<unk>",
    )
    with pytest.raises(ModelError, match="is not IndoBART's"):
        check_tokenizer(foreign, folder)


def test_a_damaged_marker_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "ringkas.json").write_text('{"kind": "indobart", "samples": [1]}')
    with pytest.raises(ModelError, match=r"ringkas\.json is damaged"):
        samples_of(tmp_path)
