"""The fast tokenizer gives the ids that sentencepiece gives, character for character."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from indobart_checkpoint import sentences, train_spiece

from ringkas.errors import ModelError
from ringkas.generation.indobart.layout import CODES
from ringkas.generation.indobart.spiece import Spiece, read_spiece
from ringkas.generation.indobart.tokenizer import build_tokenizer, use_language

COMBINING = ("Mn", "Mc", "Me")


@pytest.fixture(scope="module")
def reference(small_spiece: bytes, tmp_path_factory: pytest.TempPathFactory) -> Spiece:
    file = tmp_path_factory.mktemp("spiece") / "sentencepiece.bpe.model"
    file.write_bytes(small_spiece)
    return read_spiece(file)


@pytest.fixture(scope="module")
def tokenizer(reference: Spiece) -> Any:
    return build_tokenizer(reference)


def ids(tokenizer: Any, text: str) -> list[int]:
    return list(tokenizer(text, add_special_tokens=False)["input_ids"])


def test_thousands_of_unseen_sentences_get_the_same_ids(tokenizer: Any, reference: Spiece) -> None:
    texts = sentences(5000, seed=1)
    assert len(set(texts)) > 4500
    found = tokenizer(texts, add_special_tokens=False)["input_ids"]
    assert [list(one) for one in found] == [reference.encode(text) for text in texts]
    assert [tokenizer.decode(one) for one in found] == [
        reference.processor.decode(list(one)) for one in found
    ]


def test_every_character_of_unicode_gets_the_same_ids(tokenizer: Any, reference: Spiece) -> None:
    every = (chr(code) for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000)
    texts = [f"a{each}b" for each in every if unicodedata.category(each) not in ("Cn", "Co")]
    assert len(texts) > 140_000
    found = tokenizer(texts, add_special_tokens=False)["input_ids"]
    wrong = [
        text for text, one in zip(texts, found, strict=True) if list(one) != reference.encode(text)
    ]
    assert wrong == []


plain_text = st.text(
    st.characters(exclude_categories=("Cs", "Cn", "Co", *COMBINING), exclude_characters="Σ").filter(
        lambda each: (
            not unicodedata.name(each, "").startswith("HANGUL JUNGSEONG")
            and not unicodedata.name(each, "").startswith("HANGUL JONGSEONG")
        )
    ),
    max_size=40,
)


@settings(max_examples=600)
@given(text=plain_text)
@example(text="   ")
@example(text="")
@example(text="a" * 5000)
@example(text="▁pasar▁▁ pagi ▁")
@example(text="<0x41> <s> </s> [indonesian] <mask>")
@example(text="PASAR\u00a0PAGI\u200b\tKARANGASIH\r\n½ ① ﬁ Ａ ℃ … “”")
@example(text="e\u0301 n\u0303 u\u0308")
def test_any_text_gets_the_same_ids(text: str, tokenizer: Any, reference: Spiece) -> None:
    assert ids(tokenizer, text) == reference.encode(text)


@settings(max_examples=300)
@given(text=st.text("aknbi .-,", max_size=60))
def test_runs_and_repetitions_are_cut_in_the_same_place(
    text: str, tokenizer: Any, reference: Spiece
) -> None:
    assert ids(tokenizer, text) == reference.encode(text)


@settings(max_examples=300)
@given(
    text=st.text(st.characters(max_codepoint=0x2FFF, categories=("L", "N", "P", "S")), max_size=40)
)
def test_what_is_encoded_is_read_back(text: str, tokenizer: Any, reference: Spiece) -> None:
    found = ids(tokenizer, text)
    assert tokenizer.decode(found) == reference.processor.decode(found)


def test_texts_and_targets_have_indobart_s_layout(tokenizer: Any, reference: Spiece) -> None:
    pieces = len(reference.pieces)
    both = tokenizer("Warga desa", text_target="Bapak lunga menyang pasar")
    assert both["input_ids"] == [0, *reference.encode("Warga desa"), 2, pieces + 2]
    assert both["labels"] == [0, *reference.encode("Bapak lunga menyang pasar"), 2, pieces + 2]


def test_a_long_text_keeps_its_end_when_it_is_truncated(tokenizer: Any, reference: Spiece) -> None:
    cut = tokenizer("pasar " * 3000, truncation=True)["input_ids"]
    assert len(cut) == 1024
    assert cut[-2:] == [2, len(reference.pieces) + 2]


@pytest.mark.parametrize(("language", "place"), [("javanese", 0), ("sundanese", 1)])
def test_other_languages_change_the_code_at_the_end(
    language: Any, place: int, reference: Spiece
) -> None:
    own = build_tokenizer(reference)
    use_language(own, language)
    code = len(reference.pieces) + place
    assert own("Pasar")["input_ids"][-1] == code
    assert own(text_target="Pasar")["input_ids"][-1] == code
    assert own.convert_ids_to_tokens(code) == CODES[language]


def test_special_tokens_in_a_text_are_text_unless_asked_for(
    tokenizer: Any, reference: Spiece
) -> None:
    pieces = len(reference.pieces)
    assert not {2, pieces + 3} & set(ids(tokenizer, "pasar <mask> pagi </s>"))
    found = tokenizer("pasar <mask> pagi", add_special_tokens=False, split_special_tokens=False)
    assert pieces + 3 in found["input_ids"]


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"model_type": "unigram"}, "lacks BPE"),
        ({"byte_fallback": False}, "lacks byte fallback"),
        ({"normalization_rule_name": "identity"}, "lacks a character map"),
        ({"add_dummy_prefix": False}, "lacks a space before the first word"),
        ({"remove_extra_whitespaces": False}, "lacks spaces merged"),
        ({"treat_whitespace_as_suffix": True}, "lacks spaces at the start of words"),
        ({"pad_id": 3, "unk_id": 1}, "piece 1 is '<unk>', expected '<pad>'"),
    ],
)
def test_models_built_otherwise_are_refused(
    options: dict[str, Any], complaint: str, tmp_path: Path
) -> None:
    file = tmp_path / "sentencepiece.bpe.model"
    file.write_bytes(train_spiece(sentences(500), 500, **options))
    with pytest.raises(ModelError, match=complaint):
        read_spiece(file)


@pytest.mark.parametrize("content", [b"", b"not a model", b"\x0a\xff\xff\xff"])
def test_a_damaged_model_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sentencepiece.bpe.model"
    file.write_bytes(content)
    with pytest.raises(ModelError, match=r"sentencepiece\.bpe\.model"):
        read_spiece(file)


def test_the_fingerprint_tells_vocabularies_apart(reference: Spiece, tmp_path: Path) -> None:
    other = tmp_path / "other.model"
    other.write_bytes(train_spiece(sentences(3000, seed=7), 1000))
    copy = tmp_path / "copy.model"
    copy.write_bytes(reference.file.read_bytes())
    assert read_spiece(copy).fingerprint == reference.fingerprint
    assert read_spiece(other).fingerprint != reference.fingerprint
