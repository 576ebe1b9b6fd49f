"""Converts an IndoBART checkpoint into a folder that stock transformers loads."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ringkas.errors import ModelError
from ringkas.generation.indobart.checking import Sample, find_fault
from ringkas.generation.indobart.configuring import generation_config, model_config
from ringkas.generation.indobart.detecting import (
    is_converted,
    is_indobart,
    is_published,
    refuse_mixture,
    version_of,
)
from ringkas.generation.indobart.files import read_json, spiece_file
from ringkas.generation.indobart.layout import FORMAT, MARKER, SAMPLES, Version
from ringkas.generation.indobart.spiece import Spiece, read_spiece
from ringkas.generation.indobart.tokenizer import build_tokenizer
from ringkas.generation.indobart.weights import load_model


@dataclass(frozen=True, slots=True)
class Source:
    """A checkpoint to convert.

    ``folder`` has the weights, ``vocabulary`` the SentencePiece model (often the same folder);
    ``name`` and ``vocabulary_name`` are their names on the Hub, or empty.
    """

    folder: Path
    vocabulary: Path
    name: str = ""
    vocabulary_name: str = ""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of a checkpoint.

    ``published`` tells whether the vocabulary gives the ids that IndoBART's authors have printed,
    ``fingerprint`` is its SHA-256, ``tested`` the number of texts on which the new tokenizer and
    sentencepiece were found to agree.
    """

    folder: Path
    version: Version
    published: bool
    fingerprint: str
    tested: int


def convert(source: Source, target: Path) -> Conversion:
    """Write a checkpoint to ``target`` so that ``AutoTokenizer`` and ``AutoModel…`` load it.

    The folder appears all at once, when its self-test has passed; a killed run leaves nothing
    under its name.

    Raises:
        MissingExtraError: sentencepiece is not installed.
        ModelError: the source is no IndoBART checkpoint, is incomplete or damaged, or its parts do
            not fit together; or ``target`` is taken or cannot be written.
    """
    _check_source(source, target)
    spiece = read_spiece(spiece_file(source.vocabulary))
    version = version_of(source.folder, source.name)
    if source.vocabulary != source.folder:
        stems_from = version_of(source.vocabulary, source.vocabulary_name)
        refuse_mixture(version, stems_from, source.vocabulary)
    scratch = _scratch_beside(target)
    try:
        tested = _write(source, spiece, version, scratch)
        _move(scratch, target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Conversion(target, version, is_published(spiece), spiece.fingerprint, tested)


def _check_source(source: Source, target: Path) -> None:
    if is_converted(source.folder):
        raise ModelError(f"{source.folder} is converted already: give its path as the model")
    config = read_json(source.folder / "config.json")
    if not config:
        raise ModelError(f"{source.folder} holds no config.json, expected an IndoBART checkpoint")
    if not is_indobart(source.folder):
        raise ModelError(
            f"{source.folder} holds a {config.get('model_type', 'model of unknown type')} with a "
            f"vocabulary of {config.get('vocab_size', 'unknown size')}, not an IndoBART "
            "checkpoint. Only those need to be converted; give other models' names as they are"
        )
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ModelError(f"{target} exists and is not an empty folder: choose another with --to")


def _write(source: Source, spiece: Spiece, version: Version, folder: Path) -> int:
    """Write everything into ``folder`` and test it there; return the number of texts tried."""
    config_file = read_json(source.folder / "config.json")
    config = model_config(config_file, len(spiece.pieces))
    search = {**config_file, **read_json(source.folder / "generation_config.json")}
    tokenizer = build_tokenizer(spiece)
    tested = _compare(tokenizer, spiece)
    model = load_model(source.folder, config)
    model.generation_config = generation_config(search, len(spiece.pieces))
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    samples = [Sample(text, tuple(spiece.encode(text))) for text in SAMPLES]
    _write_marker(folder / MARKER, source, spiece, version, samples)
    _test(folder, config.vocab_size, samples)
    return tested


def _compare(tokenizer: Any, spiece: Spiece) -> int:
    """Compare the new tokenizer with sentencepiece on every piece and every sample."""
    spelt = (spiece.pieces[index].replace("▁", " ") for index in sorted(spiece.plain))
    texts = [*spelt, *SAMPLES]
    found = tokenizer(texts, add_special_tokens=False)["input_ids"]
    for text, ids in zip(texts, found, strict=True):
        expected = spiece.encode(text)
        if list(ids) != expected:
            raise ModelError(
                f"the converted tokenizer differs from sentencepiece: '{text}' gets {list(ids)}, "
                f"expected {expected}. {spiece.file} is of a kind that cannot be converted"
            )
    return len(texts)


def _test(folder: Path, rows: int, samples: list[Sample]) -> None:
    """Test what was written as a user will load it."""
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    if fault := find_fault(tokenizer, rows, samples):
        raise ModelError(f"the converted tokenizer does not pass its self-test: {fault}")


def _write_marker(
    file: Path, source: Source, spiece: Spiece, version: Version, samples: list[Sample]
) -> None:
    content = {
        "kind": "indobart",
        "format": FORMAT,
        "source": source.name or source.folder.name,
        "version": version,
        "vocabulary_sha256": spiece.fingerprint,
        "published_vocabulary": is_published(spiece),
        "samples": [{"text": sample.text, "ids": sample.ids} for sample in samples],
    }
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _scratch_beside(target: Path) -> Path:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".convert-", dir=target.parent))
    except OSError as error:
        raise ModelError(
            f"cannot write to {target.parent} ({error.strerror}). Choose another folder with "
            "--to, or set RINGKAS_CACHE"
        ) from error


def _move(scratch: Path, target: Path) -> None:
    scratch.chmod(0o755 & ~_umask())  # mkdtemp makes folders that only their owner may read
    try:
        scratch.replace(target)
    except OSError as error:
        if not is_converted(target):  # else another process was quicker
            raise ModelError(f"cannot write {target}: {error.strerror}") from error


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
