"""What a model server tells about its model: how much it holds, and whether it can chat.

The OpenAI protocol asks neither, so the servers' own addresses are tried: vLLM's
``max_model_len``, llama.cpp's ``/props``, Ollama's ``/api/ps``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import openai

_SECONDS = 5.0
# Ollama cuts a longer prompt without a word; this is what it gives a model by default.
_OLLAMA_WINDOW = 4096
# What every chat model of the last years holds, where the server does not say.
_USUAL_WINDOW = 8192
# llama.cpp gives a model that brings no chat template this one.
_STAND_IN = "<|im_start|>"


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """``window`` is in tokens, prompt and reply together; ``chats`` is False for a base model."""

    window: int
    chats: bool = True


def model_facts(client: openai.OpenAI, model: str) -> ModelFacts | None:
    """Return what the server tells about ``model``, or None when it cannot be reached."""
    patient = client.with_options(max_retries=0, timeout=_SECONDS)
    listed = _get(patient, "/models")
    if listed is None:
        return None
    entries = [entry for entry in _list(listed.get("data")) if entry.get("id") == model]
    if entries and (window := _whole(entries[0].get("max_model_len"))):
        return ModelFacts(window)
    root = patient.with_options(base_url=_root(str(patient.base_url)))
    props = _get(root, "/props") or {}
    if window := _whole(_table(props.get("default_generation_settings")).get("n_ctx")):
        return ModelFacts(window, not _stands_in(root, props))
    running = _get(root, "/api/ps") or {}
    if "models" in running:
        return ModelFacts(_ollama_window(running, model))
    return ModelFacts(_USUAL_WINDOW)


def _root(address: str) -> str:
    parts = urlsplit(address)
    return parts._replace(path=parts.path.rstrip("/").removesuffix("/v1")).geturl()


def _stands_in(root: openai.OpenAI, props: dict[str, Any]) -> bool:
    """Return whether the model's chat template is one whose marks are no tokens of it."""
    if _STAND_IN not in str(props.get("chat_template")):
        return False
    reply = _post(root, "/tokenize", {"content": _STAND_IN, "parse_special": True}) or {}
    return len(reply.get("tokens") or ()) > 1


def _ollama_window(running: dict[str, Any], model: str) -> int:
    for entry in _list(running["models"]):
        if model in (entry.get("name"), entry.get("model")):
            return _whole(entry.get("context_length")) or _OLLAMA_WINDOW
    return _OLLAMA_WINDOW


def _get(client: openai.OpenAI, path: str) -> dict[str, Any] | None:
    return _read(lambda: client.get(path, cast_to=object))


def _post(client: openai.OpenAI, path: str, body: dict[str, Any]) -> dict[str, Any] | None:
    return _read(lambda: client.post(path, cast_to=object, body=body))


def _read(ask: Callable[[], object]) -> dict[str, Any] | None:
    """Return the JSON object that the server sends; None for anything else."""
    try:
        found = ask()
    except Exception:  # a server that has no such address may answer, or fail, in any way
        return None
    return found if isinstance(found, dict) else None


def _list(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0
