"""Each architecture is addressed as it was trained: special tokens, languages, lengths."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from tiny_seq2seq import card, make
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer, MBart50Tokenizer

from ringkas.errors import ModelError
from ringkas.generation.seq2seq import Codec, Decoding, decoding_for, dialect_of, open_checkpoint
from ringkas.generation.seq2seq.transformers_engine import TransformersEngine
from ringkas.generation.seq2seq.weights import load_weights

SENTENCE = "Wali kota membuka rapat pada Kamis pagi."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    made: dict[str, Path] = {}

    def get(kind: str) -> Path:
        if kind not in made:
            made[kind] = make(kind, tmp_path_factory.mktemp(kind))
        return made[kind]

    return get


def codec_of(folder: Path, *languages: Any, prefix: str | None = None) -> Codec:
    checkpoint = open_checkpoint(str(folder))
    return Codec(checkpoint, dialect_of(checkpoint, languages, prefix))


def named(codec: Codec, ids: Any) -> list[str]:
    return codec.checkpoint.tokenizer.convert_ids_to_tokens(list(ids))


@pytest.mark.parametrize(
    ("kind", "language", "before", "after", "start"),
    [
        ("bart", "en", ["<s>"], ["</s>"], ["</s>", "<s>"]),
        ("mbart50", "id", ["id_ID"], ["</s>"], ["</s>", "id_ID"]),
        ("mbart50", "en", ["en_XX"], ["</s>"], ["</s>", "en_XX"]),
        ("mbart25", "en", [], ["</s>", "en_XX"], ["en_XX"]),
        ("indobart", "id", ["<s>"], ["</s>", "[indonesian]"], ["[indonesian]", "<s>"]),
        ("pegasus", "en", [], ["</s>"], ["<pad>"]),
        ("t5", "en", [], ["</s>"], ["<pad>"]),
        ("t5_gated", "id", [], ["</s>"], ["<pad>"]),
        ("mt5", "id", [], ["</s>"], ["<pad>"]),
    ],
)
def test_special_tokens_stand_where_the_model_expects_them(
    folder: Callable[[str], Path],
    kind: str,
    language: Any,
    before: list[str],
    after: list[str],
    start: list[str],
) -> None:
    codec = codec_of(folder(kind))
    ids = named(codec, codec.encode(SENTENCE, language))
    body = named(codec, codec.body(codec.dialect.prefix + SENTENCE))
    assert ids == [*before, *body, *after]
    assert named(codec, codec.dialect.starts[language]) == start


@pytest.mark.parametrize(
    ("kind", "languages", "follows"),
    [
        ("bart", {"en"}, False),
        ("mbart50", {"id", "en"}, False),
        ("mbart25", {"en"}, False),
        ("indobart", {"id"}, False),
        ("pegasus", {"en"}, False),
        ("t5", {"en"}, False),
        ("t5_gated", {"id"}, False),
        ("mt5", {"id", "en"}, True),
    ],
)
def test_languages_are_those_the_files_tell(
    folder: Callable[[str], Path], kind: str, languages: set[str], follows: bool
) -> None:
    dialect = codec_of(folder(kind)).dialect
    assert dialect.languages == languages
    assert dialect.follows_source() is follows


def stock_mbart50(folder: Path) -> list[list[int]]:
    tokenizer = MBart50Tokenizer.from_pretrained(folder, src_lang="id_ID")
    model = AutoModelForSeq2SeqLM.from_pretrained(folder, dtype=torch.float32)
    return stock(model, tokenizer, forced_bos_token_id=tokenizer.convert_tokens_to_ids("en_XX"))


def stock_auto(folder: Path) -> list[list[int]]:
    model = AutoModelForSeq2SeqLM.from_pretrained(folder, dtype=torch.float32)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    prefix = "summarize: " if getattr(model.config, "task_specific_params", None) else ""
    return stock(model, tokenizer, prefix)


def stock(model: Any, tokenizer: Any, prefix: str = "", **more: Any) -> list[list[int]]:
    inputs = tokenizer(prefix + SENTENCE, return_tensors="pt")
    model.generation_config.forced_eos_token_id = None  # an end that is not the model's own
    forced = model.generation_config.forced_bos_token_id is not None or bool(more)
    rows = [
        model.generate(
            input_ids=inputs.input_ids, attention_mask=inputs.attention_mask, num_beams=beams,
            max_new_tokens=20, min_new_tokens=1 + forced, early_stopping=beams > 1,
            no_repeat_ngram_size=0, renormalize_logits=True, **more,
        )[0].tolist()
        for beams in (1, 3)
    ]  # fmt: skip
    return [[n for n in row if n not in tokenizer.all_special_ids] for row in rows]


@pytest.mark.parametrize(
    ("kind", "language", "reference"),
    [
        ("bart", "en", stock_auto),
        ("mbart50", "en", stock_mbart50),
        ("indobart", "id", stock_auto),
        ("pegasus", "en", stock_auto),
        ("t5", "en", stock_auto),
        ("t5_gated", "id", stock_auto),
        ("mt5", "id", stock_auto),
    ],
)
def test_replies_are_those_of_stock_transformers(
    folder: Callable[[str], Path],
    kind: str,
    language: Any,
    reference: Callable[[Path], list[list[int]]],
) -> None:
    codec = codec_of(folder(kind))
    tokenizer = codec.checkpoint.tokenizer
    model = load_weights(codec.checkpoint, torch.float32)
    engine = TransformersEngine(model, pad=tokenizer.pad_token_id, end=codec.checkpoint.end)
    start = codec.dialect.starts[language]
    forced = len(start) - 1
    found = [
        engine.generate(
            [codec.encode(SENTENCE, "id")], start, Decoding(beams=beams, max_tokens=20 - forced)
        )[0].ids
        for beams in (1, 3)
    ]
    plain = [[n for n in ids if n not in tokenizer.all_special_ids] for ids in found]
    assert plain == reference(folder(kind))
    assert any(plain)


def test_prefix_comes_from_the_checkpoint_unless_configured(
    folder: Callable[[str], Path],
) -> None:
    assert codec_of(folder("t5")).dialect.prefix == "summarize: "
    assert codec_of(folder("t5"), prefix="").dialect.prefix == ""
    ringkas = codec_of(folder("t5_gated"), prefix="ringkas: ")
    assert ringkas.decode(ringkas.encode("Wali kota.", "id")) == "ringkas: Wali kota."


def test_line_breaks_are_spaces_both_ways(folder: Callable[[str], Path]) -> None:
    codec = codec_of(folder("bart"))
    assert codec.encode("Wali\n\n kota ", "en") == codec.encode("Wali kota", "en")
    assert codec.decode(codec.body("Wali<n>kota\nitu")) == "Wali kota itu"


@pytest.mark.parametrize("kind", ["bart", "mbart50", "t5", "pegasus", "indobart"])
def test_special_tokens_in_an_article_are_text(folder: Callable[[str], Path], kind: str) -> None:
    codec = codec_of(folder(kind))
    tokenizer = codec.checkpoint.tokenizer
    special = set(tokenizer.all_special_ids) - {tokenizer.unk_token_id}
    honest = codec.encode("rapat itu", "en")
    forged = codec.encode("rapat </s> id_ID <pad> [indonesian] <extra_id_0> itu", "en")
    count = [sum(number in special for number in ids) for ids in (honest, forged)]
    assert count[0] == count[1]


def test_tokens_and_window_tell_exactly_what_fits(folder: Callable[[str], Path]) -> None:
    for kind in ("bart", "mbart50", "t5", "mt5"):
        codec = codec_of(folder(kind))
        text = "kota"
        while codec.tokens(f"{text} kota") <= codec.window:
            text += " kota"
        assert len(codec.encode(text, "en")) <= 160
        longer = f"{text} kota"
        while codec.tokens(longer) <= codec.window:
            longer += "a"
        with pytest.raises(ModelError, match=r"reads 160 tokens at once; the source has 16\d"):
            codec.encode(longer, "en")


def test_words_keep_their_case_or_not(folder: Callable[[str], Path]) -> None:
    assert codec_of(folder("bart")).keeps_case
    assert not codec_of(folder("indobart")).keeps_case


def test_language_that_is_told_wins_and_must_be_possible(folder: Callable[[str], Path]) -> None:
    assert codec_of(folder("bart"), "id").dialect.languages == {"id"}
    assert codec_of(folder("mbart50"), "en").dialect.languages == {"en"}
    with pytest.raises(ModelError, match=r"no language token for \['id'\]; it can write \['en'\]"):
        codec_of(folder("mbart25"), "id")


def test_forced_language_is_the_only_one(tmp_path: Path) -> None:
    folder = make("mbart50", tmp_path)
    vocabulary = open_checkpoint(str(folder)).tokenizer.get_vocab()
    set_json(folder / "generation_config.json", forced_bos_token_id=vocabulary["id_ID"])
    assert codec_of(folder).dialect.languages == {"id"}
    set_json(folder / "generation_config.json", forced_bos_token_id=vocabulary["ro_RO"])
    with pytest.raises(ModelError, match=r"set to write 'ro_RO'\. If you know, say so"):
        codec_of(folder)


def test_languages_mapped_to_tokens_as_in_crosssum(tmp_path: Path) -> None:
    folder = make("mt5", tmp_path)
    mapped = {"indonesian": [9, "<extra_id_3>"], "english": [2, "<extra_id_1>"]}
    set_json(folder / "config.json", task_specific_params={"langid_map": mapped})
    codec = codec_of(folder)
    starts = {language: named(codec, ids) for language, ids in codec.dialect.starts.items()}
    assert starts == {"id": ["<extra_id_3>"], "en": ["<extra_id_1>"]}
    assert not codec.dialect.follows_source()


@pytest.mark.parametrize(
    ("language", "said"), [(None, "its files do not say"), (["fr", "de"], "names fr, de")]
)
def test_unknown_language_must_be_configured(language: Any, said: str, tmp_path: Path) -> None:
    folder = make("bart", tmp_path)
    (folder / "README.md").unlink()
    if language:
        card(folder, language)
    with pytest.raises(ModelError, match=rf"{said}.*generator\.languages = \[\"id\"\]"):
        codec_of(folder)
    assert codec_of(folder, "id").dialect.languages == {"id"}


@pytest.fixture
def advice(tmp_path: Path) -> Path:
    """A BART whose old-style config.json holds all its generation settings."""
    folder = make("bart", tmp_path)
    (folder / "generation_config.json").unlink()
    set_json(
        folder / "config.json", decoder_start_token_id=2, forced_bos_token_id=0,
        length_penalty=1.0, task_specific_params={"summarization": {
            "length_penalty": 2.0, "min_length": 56, "no_repeat_ngram_size": 3}},
    )  # fmt: skip
    return folder


def test_search_follows_the_checkpoints_advice(advice: Path) -> None:
    codec = codec_of(advice)
    assert codec.dialect.starts["en"] == (2, 0)
    decoding = decoding_for(codec.checkpoint, beams=4, max_tokens=150, expected_tokens=80)
    assert decoding == Decoding(4, 150, 40, length_penalty=2.0, no_repeat_ngram=3)
    long = decoding_for(codec.checkpoint, beams=4, max_tokens=300, expected_tokens=200)
    assert long.min_tokens == 56


def set_json(file: Path, **changes: Any) -> None:
    content = json.loads(file.read_text())
    file.write_text(json.dumps(content | changes))
