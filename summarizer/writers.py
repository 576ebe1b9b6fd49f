"""The one writer that the configuration names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from threading import Lock

from ringkas.generation import get_generator
from ringkas.settings import Settings
from summarizer.writing import Writer

_LOADING = Lock()
_lent: ContextVar[Writer | None] = ContextVar("_lent", default=None)


def get_writer(settings: Settings) -> Writer | None:
    """Return the model that ``settings.generator`` names, or None when it names none.

    The same settings give the same object, so weights are loaded once per process.

    Raises:
        SettingsError: the model's name or the server's address is missing or malformed.
        MissingExtraError: the package that this kind needs is not installed.
        ModelError: a local model cannot be loaded, or is of another kind.
    """
    if (lent := _lent.get()) is not None:
        return lent
    if settings.generator.kind == "none":
        return None
    with _LOADING:  # two requests at once must not load the weights twice
        return _build(Settings(generator=settings.generator, offline=settings.offline))


@lru_cache(maxsize=2)
def _build(settings: Settings) -> Writer:
    generator = get_generator(settings)
    if generator is not None:
        from summarizer.chat_writer import ChatWriter

        return ChatWriter(generator, settings.generator)
    from summarizer.seq2seq_writer import Seq2SeqWriter

    return Seq2SeqWriter(settings.generator, offline=settings.offline)


@contextmanager
def lend_writer(writer: Writer | None) -> Iterator[None]:
    """Let :func:`get_writer` return ``writer``, if any, inside the block, in this thread only."""
    token = _lent.set(writer)
    try:
        yield
    finally:
        _lent.reset(token)
