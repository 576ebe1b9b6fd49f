"""Chat models that write text: servers that speak the OpenAI protocol, or local transformers."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

from ringkas.generation.base import Generator, Message, TextStream
from ringkas.generation.thoughts import without_thoughts
from ringkas.settings import GeneratorSettings, Settings

__all__ = ["Generator", "Message", "TextStream", "get_generator", "without_thoughts"]

_LOADING = Lock()


def get_generator(settings: Settings) -> Generator | None:
    """Return the chat model that ``settings.generator`` names, or None when it names none.

    The same settings give the same object, so weights are loaded once per process.

    Raises:
        SettingsError: the model's name or the server's address is missing or malformed.
        MissingExtraError: the package that this kind needs is not installed.
        ModelError: a local model cannot be loaded, or is not a chat model.
    """
    if not settings.generator.chats:
        return None
    with _LOADING:  # two requests at once must not load the weights twice
        return _build(settings.generator, settings.offline)


@lru_cache(maxsize=2)
def _build(settings: GeneratorSettings, offline: bool) -> Generator:
    if settings.kind == "openai":
        from ringkas.generation.openai_chat import OpenAIChat

        return OpenAIChat(settings)
    from ringkas.generation.transformers_chat import TransformersChat

    return TransformersChat(settings, offline=offline)
