"""A checkpoint like IndoBART's on the Hub, made here: random weights, a vocabulary we train.

The vocabulary is learnt from invented sentences, then filled up to IndoBART's 40,000 pieces with
ones that no text contains, so that every id that matters is the real one.
"""

from __future__ import annotations

import io
import json
import random
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ringkas.generation.indobart.layout import PIECES, VOCABULARY

_SUBJECTS = (
    "pemerintah kota|wali kota|para pedagang|warga desa|kepala dinas|tim penyelamat|bank nirmala|"
    "pelatih sriwijana|dinas kesehatan|gubernur|petani sawahlega|bupati telukmanis|sekretaris "
    "daerah|polisi|dewi maharani|retno kusumandari|i made sutama|wong tani|bapak|abdi|urang desa"
).split("|")
_VERBS = (
    "membuka|meninjau|mengawasi|memperbaiki|menutup|mengumumkan|membahas|mencatat|menyalurkan|"
    "membatalkan|menaikkan|menurunkan|nukokake|ndeleng|ningali|ngajual|meuli|lunga menyang"
).split("|")
_OBJECTS = (
    "rapat koordinasi|pasar pagi karangasih|jembatan lama|harga gabah|laba bersih|bus listrik|"
    "bantuan beras|jadwal imunisasi|lomba layar|kebun sekolah|pangan murah|anggaran tahunan|"
    "pekerja migran|sawah|pasar senen|daging sapi|omah anyar|jalan desa|taman kota|puskesmas"
).split("|")
_TIMES = (
    "di denpasar|pada senin (4/3/2024)|kemarin pagi|pukul 10.30 wita|di kabupaten tanjungrawa|"
    "tahun ini|sejak januari 2023|wingi sore|dinten ieu|“untuk sementara”|setelah banjir surut"
).split("|")
_TAILS = (
    "senilai rp1,5 triliun|naik 12,5 persen|turun 3 persen|untuk 1.200 keluarga|tanpa biaya|"
    "karena hujan deras|kata dia|ujarnya|menurut laporan itu|"
    "lan ora ana sing tatu|teu aya nu cilaka"
).split("|")

CARD = "---\nlanguage: id\nlicense: mit\n---\n\n# IndoBART-v2 Model\n\nInvented for a test.\n"
SMALL = {
    "d_model": 16,
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 32,
    "decoder_ffn_dim": 32,
}


def sentences(count: int, seed: int = 0) -> list[str]:
    """Invented news sentences, with capitals and punctuation."""
    draw = random.Random(seed)
    made = []
    for _ in range(count):
        subject, verb, thing, when, tail = (
            draw.choice(words) for words in (_SUBJECTS, _VERBS, _OBJECTS, _TIMES, _TAILS)
        )
        number = draw.choice(["", f" ke-{draw.randint(2, 99)}", f" {draw.randint(10, 99_999)}"])
        text = f"{subject} {verb} {thing}{number} {when}, {tail}."
        made.append(draw.choice([text.capitalize(), text.title(), text]))
    return made


def train_spiece(texts: Sequence[str], size: int = 1100, **options: Any) -> bytes:
    """Train a SentencePiece model with the settings of IndoBART's own."""
    from sentencepiece import SentencePieceTrainer

    written = io.BytesIO()
    settings: dict[str, Any] = {
        "model_type": "bpe",
        "byte_fallback": True,
        "character_coverage": 0.9995,
        "normalization_rule_name": "nmt_nfkc",
        "bos_id": 0,
        "pad_id": 1,
        "eos_id": 2,
        "unk_id": 3,
        "minloglevel": 2,
        "num_threads": 1,
        **options,
    }
    lowered = (text.lower() for text in texts)
    SentencePieceTrainer.train(
        sentence_iterator=lowered, model_writer=written, vocab_size=size, **settings
    )
    return written.getvalue()


def filled_up(model: bytes, pieces: int = PIECES) -> bytes:
    """Add pieces that no text contains until the model has ``pieces`` of them.

    A repeated field of a protocol-buffer message may be continued at its end.
    """
    from sentencepiece import SentencePieceProcessor

    present = SentencePieceProcessor(model_proto=model).get_piece_size()
    added = (_piece(f"▁zq{index:05d}qz", -float(index)) for index in range(present, pieces))
    return model + b"".join(added)


def _piece(text: str, score: float) -> bytes:
    name = text.encode()
    body = b"\x0a" + bytes([len(name)]) + name + b"\x15" + struct.pack("<f", score)
    return b"\x0a" + bytes([len(body)]) + body


def hub_config(**changes: Any) -> dict[str, Any]:
    """The config.json of indobenchmark/indobart-v2: bart-base's with a few lines changed."""
    return {
        "activation_dropout": 0.1,
        "activation_function": "gelu",
        "add_bias_logits": False,
        "add_final_layer_norm": False,
        "architectures": ["MBartForConditionalGeneration"],
        "attention_dropout": 0.1,
        "bos_token_id": 0,
        "classif_dropout": 0.1,
        "classifier_dropout": 0.0,
        "d_model": 768,
        "decoder_attention_heads": 12,
        "decoder_ffn_dim": 3072,
        "decoder_layerdrop": 0.0,
        "decoder_layers": 6,
        "decoder_start_token_id": 2,
        "dropout": 0.1,
        "early_stopping": True,
        "encoder_attention_heads": 12,
        "encoder_ffn_dim": 3072,
        "encoder_layerdrop": 0.0,
        "encoder_layers": 6,
        "eos_token_id": 2,
        "forced_eos_token_id": 2,
        "gradient_checkpointing": False,
        "id2label": {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"},
        "init_std": 0.02,
        "is_encoder_decoder": True,
        "label2id": {"LABEL_0": 0, "LABEL_1": 1, "LABEL_2": 2},
        "max_position_embeddings": 1024,
        "model_type": "mbart",
        "no_repeat_ngram_size": 3,
        "normalize_before": False,
        "normalize_embedding": True,
        "num_beams": 4,
        "num_hidden_layers": 6,
        "pad_token_id": 1,
        "scale_embedding": False,
        "task_specific_params": {
            "summarization": {"length_penalty": 1.0, "max_length": 128, "num_beams": 4},
            "summarization_xsum": {"length_penalty": 1.0, "max_length": 62, "num_beams": 6},
        },
        "torch_dtype": "float32",
        "transformers_version": "4.5.1",
        "use_cache": True,
        "tokenizer_class": "IndoNLGTokenizer",
        "vocab_size": VOCABULARY,
        **changes,
    }


def tokenizer_papers() -> dict[str, Any]:
    """The special_tokens_map.json on the Hub, which names the languages wrongly."""
    mask = {"content": "<mask>", "single_word": False, "lstrip": True, "rstrip": False}
    return {
        "bos_token": "<s>",
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "cls_token": "<s>",
        "mask_token": {**mask, "normalized": True},
        "additional_special_tokens": ["[java]", "[sunda]", "[indonesia]", "<mask>"],
    }


def random_model(config: dict[str, Any], seed: int = 0) -> Any:
    """An untrained MBart of the given shape."""
    import torch
    from transformers import MBartConfig, MBartForConditionalGeneration

    torch.manual_seed(seed)
    shape = {name: value for name, value in config.items() if name in SMALL}
    return MBartForConditionalGeneration(
        MBartConfig(**shape, vocab_size=config["vocab_size"], init_std=0.5)
    ).eval()


def write_checkpoint(
    folder: Path, spiece: bytes | None, *, pickled: bool = True, card: str = CARD, **changes: Any
) -> Path:
    """Write a folder as the Hub has it: config.json, vocabulary, weights and papers."""
    import torch
    from safetensors.torch import save_file

    folder.mkdir(parents=True)
    config = hub_config(**SMALL, **changes)
    (folder / "config.json").write_text(json.dumps(config, indent=2))
    (folder / "special_tokens_map.json").write_text(json.dumps(tokenizer_papers()))
    (folder / "tokenizer_config.json").write_text(json.dumps(tokenizer_papers()))
    (folder / "README.md").write_text(card)
    if spiece is not None:
        (folder / "sentencepiece.bpe.model").write_bytes(spiece)
    weights = random_model(config).state_dict()
    if pickled:
        torch.save(weights, folder / "pytorch_model.bin")
    else:
        own = {name: tensor.clone() for name, tensor in weights.items()}
        save_file(own, folder / "model.safetensors", metadata={"format": "pt"})
    return folder
