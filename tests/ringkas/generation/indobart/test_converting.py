"""A checkpoint as it lies on the Hub becomes a folder that stock transformers loads."""

from __future__ import annotations

import json
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from indobart_checkpoint import (
    SMALL,
    hub_config,
    random_model,
    sentences,
    train_spiece,
    write_checkpoint,
)
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer, BartConfig
from transformers import BartForConditionalGeneration as Bart
from transformers.models.mbart.modeling_mbart import shift_tokens_right

from ringkas.errors import MissingExtraError, ModelError
from ringkas.generation.indobart import (
    Source,
    convert,
    is_converted,
    is_indobart,
    version_of,
)
from ringkas.generation.indobart.spiece import read_spiece

ARTICLE = "Wali Kota membuka rapat koordinasi di Denpasar, kata dia."
SUMMARY = "Wali kota membuka rapat."


@pytest.fixture(scope="module")
def loaded(folder: Path) -> tuple[Any, Any]:
    model = AutoModelForSeq2SeqLM.from_pretrained(folder, local_files_only=True).eval()
    return AutoTokenizer.from_pretrained(folder, local_files_only=True), model


@pytest.fixture
def small(small_spiece: bytes, tmp_path: Path) -> Callable[..., Path]:
    """Make a checkpoint with the small vocabulary, quick to convert; it may be changed."""

    def make(name: str = "small", **options: Any) -> Path:
        options = {"vocab_size": 1104, "spiece": small_spiece, **options}
        return write_checkpoint(tmp_path / name, **options)

    return make


def refusal(source: Path, target: Path) -> str:
    """Convert, and return what was complained of; nothing may be left behind."""
    with pytest.raises(ModelError) as caught:
        convert(Source(source, source), target)
    assert not target.exists()
    assert not list(target.parent.glob(".convert-*"))
    return str(caught.value)


def test_tokens_have_indobart_s_ids(loaded: tuple[Any, Any]) -> None:
    tokenizer, model = loaded
    expected = {
        "<s>": 0,
        "<pad>": 1,
        "</s>": 2,
        "<unk>": 3,
        "<0x00>": 4,
        "<0xFF>": 259,
        "[javanese]": 40000,
        "[sundanese]": 40001,
        "[indonesian]": 40002,
        "<mask>": 40003,
    }
    assert {token: tokenizer.convert_tokens_to_ids(token) for token in expected} == expected
    assert len(tokenizer) == model.get_input_embeddings().num_embeddings == 40004
    assert tokenizer.model_max_length == 1024


def test_texts_get_the_ids_of_the_original(loaded: tuple[Any, Any], checkpoint: Path) -> None:
    original = read_spiece(checkpoint / "sentencepiece.bpe.model")
    texts = sentences(1000, seed=3)
    found = loaded[0](texts)["input_ids"]
    assert found == [[0, *original.encode(text), 2, 40002] for text in texts]


def test_labels_become_the_decoder_s_layout(loaded: tuple[Any, Any]) -> None:
    tokenizer, model = loaded
    batch = tokenizer([ARTICLE], text_target=[SUMMARY], return_tensors="pt")
    inner = tokenizer(SUMMARY, add_special_tokens=False)["input_ids"]
    assert batch["labels"].tolist() == [[0, *inner, 2, 40002]]
    decoder = shift_tokens_right(batch["labels"], model.config.pad_token_id)
    assert decoder.tolist() == [[40002, 0, *inner, 2]]
    assert torch.isfinite(model(**batch).loss)


def test_the_weights_are_those_of_the_checkpoint(loaded: tuple[Any, Any], checkpoint: Path) -> None:
    before = torch.load(checkpoint / "pytorch_model.bin", weights_only=True)
    after = loaded[1].state_dict()
    assert after.keys() == before.keys()
    assert all(torch.equal(after[name], before[name]) for name in before)


def test_generation_starts_as_in_training(loaded: tuple[Any, Any], folder: Path) -> None:
    tokenizer, model = loaded
    settings = json.loads((folder / "generation_config.json").read_text())
    wanted = {
        "decoder_start_token_id": 40002,
        "forced_bos_token_id": 0,
        "bos_token_id": 0,
        "pad_token_id": 1,
        "eos_token_id": 2,
        "forced_eos_token_id": 2,
        "num_beams": 4,
        "no_repeat_ngram_size": 3,
        "early_stopping": True,
        "max_new_tokens": 256,
    }
    assert {name: settings.get(name) for name in wanted} == wanted
    written = model.generate(**tokenizer(ARTICLE, return_tensors="pt"), max_new_tokens=12)
    assert written[0, :2].tolist() == [40002, 0]
    assert written.shape[1] > 3


def test_the_configuration_is_put_right(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    wrong_on_the_hub = hub_config()
    assert not wrong_on_the_hub["normalize_before"]
    assert wrong_on_the_hub["decoder_start_token_id"] == 2
    assert config["normalize_before"] is True
    assert config["add_final_layer_norm"] is True
    assert config["decoder_start_token_id"] == 40002
    assert "tokenizer_class" not in config
    assert "task_specific_params" not in config


def test_ctranslate2_converts_it_and_writes_the_same(
    loaded: tuple[Any, Any], folder: Path, tmp_path: Path
) -> None:
    ctranslate2 = pytest.importorskip("ctranslate2")
    tokenizer, model = loaded
    place = tmp_path / "ct2"
    ctranslate2.converters.TransformersConverter(str(folder)).convert(str(place))
    translator = ctranslate2.Translator(str(place), device="cpu", intra_threads=1)
    for text in sentences(5, seed=4):
        batch = tokenizer(text, return_tensors="pt")
        limits = {"max_new_tokens": 20, "num_beams": 1, "no_repeat_ngram_size": 0}
        ours = model.generate(**batch, **limits, forced_eos_token_id=None)[0].tolist()
        theirs = translator.translate_batch(
            [tokenizer.convert_ids_to_tokens(batch["input_ids"][0])],
            target_prefix=[["[indonesian]", "<s>"]],
            beam_size=1,
            max_decoding_length=20,
        )
        found = tokenizer.convert_tokens_to_ids(theirs[0].hypotheses[0])
        assert found == ours[1:]  # which took the first token of the prefix for the start
        assert len(found) > 15


def test_safetensors_are_read_too(small: Callable[..., Path], tmp_path: Path) -> None:
    source = small(pickled=False)
    done = convert(Source(source, source), tmp_path / "done")
    assert is_converted(done.folder)
    assert done.version == "v2"
    assert not done.published


def test_an_embedding_saved_under_one_of_its_other_names_is_enough(
    small: Callable[..., Path], tmp_path: Path
) -> None:
    source = small()
    weights = torch.load(source / "pytorch_model.bin", weights_only=True)
    for name in ("model.shared.weight", "model.decoder.embed_tokens.weight", "lm_head.weight"):
        del weights[name]
    weights["version"] = torch.zeros(1)
    torch.save(weights, source / "pytorch_model.bin")
    done = convert(Source(source, source), tmp_path / "done")
    model = AutoModelForSeq2SeqLM.from_pretrained(done.folder)
    embedding = weights["model.encoder.embed_tokens.weight"]
    assert torch.equal(model.get_input_embeddings().weight, embedding)
    assert torch.equal(model.lm_head.weight, embedding)


def test_a_pickle_cannot_run_code(small: Callable[..., Path], tmp_path: Path) -> None:
    source, trace = small(), tmp_path / "was-here"

    class Attack:
        def __reduce__(self) -> tuple[Any, ...]:
            return os.mkdir, (str(trace),)

    with (source / "pytorch_model.bin").open("wb") as file:
        pickle.dump({"model.shared.weight": Attack()}, file)
    said = refusal(source, tmp_path / "done")
    assert "cannot load the weights" in said
    assert not trace.exists()


def test_truncated_weights_are_refused(small: Callable[..., Path], tmp_path: Path) -> None:
    source = small()
    file = source / "pytorch_model.bin"
    file.write_bytes(file.read_bytes()[:1000])
    assert "cannot load the weights" in refusal(source, tmp_path / "done")


def test_weights_of_a_bart_are_refused(small: Callable[..., Path], tmp_path: Path) -> None:
    """Bart has no final norm; transformers would make one up and warn."""
    source = small()
    torch.save(
        Bart(BartConfig(**SMALL, vocab_size=1104)).state_dict(), source / "pytorch_model.bin"
    )
    said = refusal(source, tmp_path / "done")
    assert "4 are missing (model.decoder.layer_norm.bias" in said


def test_weights_with_more_layers_are_refused(small: Callable[..., Path], tmp_path: Path) -> None:
    source = small()
    deeper = hub_config(**{**SMALL, "encoder_layers": 3}, vocab_size=1104)
    torch.save(random_model(deeper).state_dict(), source / "pytorch_model.bin")
    assert "are unknown (model.encoder.layers.2" in refusal(source, tmp_path / "done")


def test_a_vocabulary_that_does_not_fit_is_refused(
    small: Callable[..., Path], tmp_path: Path
) -> None:
    source = small(vocab_size=1131, tokenizer_class="IndoNLGTokenizer")
    said = refusal(source, tmp_path / "done")
    assert "has 1100 pieces" in said
    assert "makes 1104 tokens" in said
    assert "has 1131 rows" in said


def test_a_folder_without_a_vocabulary_says_where_to_take_it_from(
    small: Callable[..., Path], tmp_path: Path
) -> None:
    source = small(spiece=None)
    said = refusal(source, tmp_path / "done")
    assert "holds no SentencePiece model, expected 'sentencepiece.bpe.model'" in said
    assert "--tokenizer indobenchmark/indobart-v2" in said


def test_a_vocabulary_from_another_folder(small: Callable[..., Path], tmp_path: Path) -> None:
    source, base = small("tuned", spiece=None, card=""), small("base")
    done = convert(Source(source, base), tmp_path / "done")
    assert AutoTokenizer.from_pretrained(done.folder)("pasar")["input_ids"][-1] == 1102


def test_v1_and_v2_are_not_mixed(small: Callable[..., Path], tmp_path: Path) -> None:
    weights = small("weights", spiece=None)
    older = small("older", card="# IndoBART Model\n")
    with pytest.raises(ModelError, match=r"IndoBART v2's, but .* holds the vocabulary of v1"):
        convert(Source(weights, older), tmp_path / "done")


@pytest.mark.parametrize(
    ("card", "origin", "name", "version"),
    [
        ("# IndoBART-v2 Model", "", "", "v2"),
        ("# IndoBART Model", "", "", "v1"),
        ("", "indobenchmark/indobart-v2", "", "v2"),
        ("", "indobenchmark/indobart", "", "v1"),
        ("", "", "somebody/finetuned-indobartv2-id-su", "v2"),
        ("", "", "somebody/indobart-summaries", "unknown"),
        ("", "/content/checkpoint-500", "", "unknown"),
    ],
)
def test_a_version_is_known_where_something_names_it(
    card: str, origin: str, name: str, version: str, tmp_path: Path
) -> None:
    (tmp_path / "config.json").write_text(json.dumps(hub_config(_name_or_path=origin)))
    (tmp_path / "README.md").write_text(card)
    assert version_of(tmp_path, name) == version


@pytest.mark.parametrize("name", ["sentencepiece.bpe.model", "pytorch_model.bin"])
def test_git_lfs_pointers_are_named(name: str, small: Callable[..., Path], tmp_path: Path) -> None:
    source = small()
    (source / name).write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\n")
    assert "is a Git LFS pointer" in refusal(source, tmp_path / "done")


def test_other_models_need_no_conversion(tmp_path: Path) -> None:
    folder = tmp_path / "t5"
    folder.mkdir()
    (folder / "config.json").write_text('{"model_type": "t5", "vocab_size": 32128}')
    assert not is_indobart(folder)
    said = refusal(folder, tmp_path / "done")
    assert "holds a t5 with a vocabulary of 32128, not an IndoBART checkpoint" in said


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (hub_config(), True),
        (hub_config(model_type="bart"), True),
        (hub_config(tokenizer_class=None), True),
        (hub_config(tokenizer_class=None, vocab_size=250_027), False),
        ({"model_type": "gpt2", "tokenizer_class": "IndoNLGTokenizer", "vocab_size": 40005}, False),
        ({}, False),
    ],
)
def test_indobart_is_recognised(config: dict[str, Any], expected: bool, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps(config))
    assert is_indobart(tmp_path) is expected


def test_a_folder_without_configuration_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "holds no config.json" in refusal(tmp_path / "empty", tmp_path / "done")


def test_a_damaged_configuration_is_refused(small: Callable[..., Path], tmp_path: Path) -> None:
    source = small()
    (source / "config.json").write_text('{"model_type": ')
    assert "config.json is damaged" in refusal(source, tmp_path / "done")


def test_impossible_sizes_are_refused(small: Callable[..., Path], tmp_path: Path) -> None:
    source = small()
    config = json.loads((source / "config.json").read_text())
    (source / "config.json").write_text(json.dumps({**config, "d_model": "wide"}))
    assert "makes no sense" in refusal(source, tmp_path / "done")


def test_a_taken_folder_is_left_alone(small: Callable[..., Path], tmp_path: Path) -> None:
    source, target = small(), tmp_path / "taken"
    target.mkdir()
    (target / "mine.txt").write_text("mine")
    with pytest.raises(ModelError, match="is not an empty folder"):
        convert(Source(source, source), target)
    assert [file.name for file in target.iterdir()] == ["mine.txt"]


def test_a_converted_folder_is_not_converted_again(folder: Path, tmp_path: Path) -> None:
    assert "is converted already" in refusal(folder, tmp_path / "done")


def test_sentencepiece_is_an_extra(
    small: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = small()
    monkeypatch.setitem(__import__("sys").modules, "sentencepiece", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'ringkas\[indobart\]'"):
        convert(Source(source, source), tmp_path / "done")


def test_another_vocabulary_of_the_same_size_is_noticed(
    small: Callable[..., Path], tmp_path: Path
) -> None:
    source = small()
    done = convert(Source(source, source), tmp_path / "done")
    other = train_spiece(sentences(3000, seed=9))
    (source / "sentencepiece.bpe.model").write_bytes(other)
    again = convert(Source(source, source), tmp_path / "again")
    assert again.fingerprint != done.fingerprint
    shutil.copy(done.folder / "tokenizer.json", again.folder)
    from ringkas.generation.indobart import check_tokenizer

    with pytest.raises(ModelError, match="is not IndoBART's"):
        check_tokenizer(AutoTokenizer.from_pretrained(again.folder), again.folder)
