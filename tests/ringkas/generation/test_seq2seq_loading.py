"""What cannot work is refused when it is loaded, in words that say what to do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file, save_file
from tiny_seq2seq import make, t5_tokenizer, trained
from transformers import BartTokenizer, LlamaConfig, LlamaForCausalLM

from ringkas.errors import ModelError, SettingsError
from ringkas.generation.seq2seq import get_seq2seq
from ringkas.settings import GeneratorSettings


def load(model: Path | str, **changes: Any) -> Any:
    return get_seq2seq(GeneratorSettings(kind="seq2seq", model=str(model), **changes))


@pytest.fixture
def bart(tmp_path: Path) -> Path:
    return Path(shutil.copytree(trained(), tmp_path / "bart"))


def test_weights_load_once_though_the_search_changes() -> None:
    folder = trained()
    assert load(folder, beams=1, max_tokens=9) is load(folder, beams=4, timeout=3.0)
    assert load(folder) is not load(folder, languages=("id",))


def test_model_must_be_named() -> None:
    with pytest.raises(SettingsError, match=r"generator\.model is empty"):
        load("")


@pytest.mark.parametrize("name", ["someone/some-summarizer", "no/such/folder", "../nothing"])
def test_model_that_does_not_exist_is_named(name: str) -> None:
    with pytest.raises(ModelError, match=r"no seq2seq model '.*' here\. .*offline = true: give"):
        load(name)


def test_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot load the seq2seq model"):
        load(tmp_path)


def test_chat_model_is_told_from_a_seq2seq_model(tmp_path: Path) -> None:
    config = LlamaConfig(
        vocab_size=20, hidden_size=16, intermediate_size=16, num_hidden_layers=1,
        num_attention_heads=2,
    )  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(tmp_path)
    with pytest.raises(ModelError, match=r"type 'llama', not a seq2seq .*kind = 'transformers'"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"precision": "int8"}, r"'int8', which the engine 'transformers' does not have"),
        ({"engine": "ctranslate2", "precision": "bfloat16"}, r"choose one of auto, float32, int8"),
        ({"beams": 0}, r"generator\.beams is 0"),
    ],
)
def test_settings_that_no_engine_has_are_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        load(trained(), **changes)


def test_damaged_weights_are_reported(bart: Path) -> None:
    (bart / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(ModelError, match=r"cannot load the weights of .* Fetch them again"):
        load(bart)


def test_missing_weights_are_reported(bart: Path) -> None:
    file = bart / "model.safetensors"
    weights = {name: tensor for name, tensor in load_file(file).items() if "layers.1" not in name}
    save_file(weights, file, metadata={"format": "pt"})
    with pytest.raises(ModelError, match=r"\d+ of its weights are missing, such as model\."):
        load(bart)


def test_tokenizer_with_more_tokens_than_the_model_is_refused(bart: Path) -> None:
    tokenizer = BartTokenizer.from_pretrained(bart)
    tokenizer.add_tokens(["pertama", "kedua"])
    tokenizer.save_pretrained(bart)
    with pytest.raises(ModelError, match=r"does not fit together: its tokenizer has tokens up to"):
        load(bart)


def test_tokenizer_of_another_family_is_refused(bart: Path) -> None:
    for file in bart.glob("tokenizer*"):
        file.unlink()
    t5_tokenizer().save_pretrained(bart)
    config = json.loads((bart / "config.json").read_text())
    (bart / "config.json").write_text(json.dumps(config | {"vocab_size": 600}))
    with pytest.raises(ModelError, match=r"the end token is 1 for its tokenizer and 2 for its mod"):
        load(bart)


def test_vocabulary_of_another_model_is_refused(bart: Path, tmp_path: Path) -> None:
    """The same tokens under other ids: nothing but the weights can tell."""
    scramble(bart)
    with pytest.raises(ModelError, match=r"does not know its own tokens: .* tokens drawn blindly"):
        load(bart)


@pytest.mark.parametrize("engine", ["transformers", "ctranslate2"])
def test_weights_that_were_never_trained_are_refused(
    engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RINGKAS_CACHE", str(tmp_path / "cache"))
    with pytest.raises(ModelError, match=r"another model's, or it was never trained"):
        load(make("mt5", tmp_path / "mt5"), engine=engine)


def test_tokenizer_without_its_words_is_refused(bart: Path) -> None:
    """A vocabulary file without its merges spells every word letter by letter."""
    file = bart / "tokenizer.json"
    content = json.loads(file.read_text())
    content["model"]["merges"] = []
    content["model"]["vocab"] |= {f"extra{number}": 600 + number for number in range(600)}
    file.write_text(json.dumps(content))
    config = json.loads((bart / "config.json").read_text())
    (bart / "config.json").write_text(json.dumps(config | {"vocab_size": 1200}))
    with pytest.raises(ModelError, match=r"makes \d\.\d tokens a word, 0% of them unknown"):
        load(bart)


def scramble(folder: Path) -> None:
    """Give every word of a byte-level vocabulary another word's id."""
    file = folder / "tokenizer.json"
    content = json.loads(file.read_text())
    vocabulary = content["model"]["vocab"]
    words = [word for word, number in vocabulary.items() if number > 4]
    ids = [vocabulary[word] for word in words]
    content["model"]["vocab"] |= dict(zip(words, [*ids[97:], *ids[:97]], strict=True))
    file.write_text(json.dumps(content))
