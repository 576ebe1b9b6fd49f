"""A seq2seq model's files, found and checked before any weights are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ringkas.errors import ModelError, RingkasError, SettingsError
from ringkas.generation.builtin import NAME, folder_of
from ringkas.generation.seq2seq.packed import is_packed, unpacked
from ringkas.runtime import prepare_libraries

_TEXT_FILES = ["*.json", "*.txt", "*.model", "README.md"]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a model's files say, its weights aside.

    ``folder`` holds files that transformers loads as they are. ``defaults`` are the checkpoint's
    own words on how to search for a reply.
    """

    name: str
    folder: Path
    config: Any
    tokenizer: Any
    defaults: Any

    @property
    def task(self) -> Mapping[str, Any]:
        """What the configuration says on summarization in particular, as T5 and BART do."""
        tasks = getattr(self.config, "task_specific_params", None) or {}
        found: Mapping[str, Any] = tasks.get("summarization") or {}
        return found

    @property
    def end(self) -> int:
        """The token that ends a reply."""
        return int(_listed(self.defaults.eos_token_id)[0])


def open_checkpoint(name: str, *, offline: bool = True) -> Checkpoint:
    """Return the checkpoint with this name: a folder, or a name on the Hub.

    Raises:
        SettingsError: ``name`` is empty.
        ModelError: there is no such model here, it is not a seq2seq model, its files are damaged,
            or its tokenizer belongs to another model.
    """
    if not name:
        raise SettingsError(
            "generator.model is empty; expected the folder of a seq2seq model, or its Hub name"
        )
    prepare_libraries(offline=offline)
    folder = _located(name, offline)
    if is_packed(folder):
        folder = unpacked(folder)
    try:
        checkpoint = _read_indobart(name, folder, offline) or _read(name, folder)
    except RingkasError:
        raise
    except Exception as error:  # damaged files make the loaders raise errors of many kinds
        raise ModelError(
            f"cannot load the seq2seq model '{name}': {first_line(error)}. Give a folder that "
            "transformers can load, or a Hub name."
        ) from error
    _check_tokens(checkpoint)
    return checkpoint


def _located(name: str, offline: bool) -> Path:
    """Return the local folder of a model, downloading it where that is allowed."""
    folder = folder_of(name)
    if folder.is_dir():
        return folder
    if name == NAME:
        raise ModelError(f"the writer's weights are missing from {folder}. Reinstall ringkas.")
    from huggingface_hub import snapshot_download

    try:
        found = Path(
            snapshot_download(
                name, local_files_only=offline, allow_patterns=[*_TEXT_FILES, "*.safetensors"]
            )
        )
        if not any(found.glob("*.safetensors")):  # older checkpoints have pickles only
            snapshot_download(
                name, local_files_only=offline, allow_patterns=[*_TEXT_FILES, "pytorch_model*.bin"]
            )
    except Exception as error:  # the Hub client raises errors of many kinds for one cause
        hint = (
            "The configuration says offline = true: give the path of a local folder, or set "
            "offline = false to download it from the Hub."
            if offline
            else f"Check the name and the network ({first_line(error)})."
        )
        raise ModelError(f"there is no seq2seq model '{name}' here. {hint}") from error
    return found


def _read_indobart(name: str, folder: Path, offline: bool) -> Checkpoint | None:
    """Return an IndoBART's checkpoint, converted where need be; None for any other model."""
    from ringkas.generation.indobart import check_tokenizer, converted, is_indobart

    if not is_indobart(folder):
        return None
    local = folder_of(name).is_dir()
    ours = converted(str(folder) if local else name, offline=offline)
    checkpoint = _read(name, ours)
    check_tokenizer(checkpoint.tokenizer, ours)
    return checkpoint


def _read(name: str, folder: Path) -> Checkpoint:
    from transformers import AutoConfig, AutoTokenizer

    config = AutoConfig.from_pretrained(folder, local_files_only=True)
    if not config.is_encoder_decoder:
        raise ModelError(
            f"'{name}' is a model of type '{config.model_type}', not a seq2seq model. For a chat "
            "model set generator.kind = 'transformers'."
        )
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    return Checkpoint(name, folder, config, tokenizer, _defaults(folder))


def _defaults(folder: Path) -> Any:
    """Return the generation settings, which older checkpoints keep in config.json."""
    from transformers import GenerationConfig

    if (folder / "generation_config.json").is_file():
        return GenerationConfig.from_pretrained(folder, local_files_only=True)
    return GenerationConfig.from_pretrained(
        folder, config_file_name="config.json", local_files_only=True, _from_model_config=True
    )


def _check_tokens(checkpoint: Checkpoint) -> None:
    """Refuse a tokenizer that cannot be this model's."""
    rows, tokenizer = checkpoint.config.vocab_size, checkpoint.tokenizer
    highest = max(tokenizer.get_vocab().values(), default=-1)
    if highest >= rows:
        raise ModelError(
            f"'{checkpoint.name}' does not fit together: its tokenizer has tokens up to {highest}, "
            f"its model knows {rows}. Put the tokenizer's files of this very model beside it."
        )
    for what, ours, theirs in (
        ("end", tokenizer.eos_token_id, checkpoint.defaults.eos_token_id),
        ("padding", tokenizer.pad_token_id, checkpoint.defaults.pad_token_id),
    ):
        if ours is None or theirs is None or ours not in _listed(theirs):
            raise ModelError(
                f"'{checkpoint.name}' does not fit together: the {what} token is {ours} for its "
                f"tokenizer and {theirs} for its model. Put the tokenizer's files of this very "
                "model beside it."
            )


def _listed(number: Any) -> list[Any]:
    return list(number) if isinstance(number, list | tuple) else [number]


def first_line(error: BaseException) -> str:
    """Return an error's first line, to be part of a sentence."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].rstrip(".")
