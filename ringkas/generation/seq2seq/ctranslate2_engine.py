"""Seq2seq models run by ctranslate2 on the CPU, in int8 or float32, from a converted folder."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ringkas.generation.seq2seq.base import Decoding, Ids, Reply, Watch
from ringkas.generation.seq2seq.batching import is_memory_error

_BATCH = 16
_LOOK_SECONDS = 0.01  # how long a finished or stopped search may go unnoticed


class CTranslate2Engine:
    """A converted model. Its vocabulary is the decimal numbers: ids as words.

    A beam search cannot be stopped midway: once watched and stopped, it runs on unheeded until
    it ends, and the next request waits for it.
    """

    def __init__(self, folder: Path, compute_type: str, *, end: int) -> None:
        import ctranslate2

        self._translator = ctranslate2.Translator(str(folder), compute_type=compute_type)
        self._end = end

    @property
    def batch(self) -> int:
        """The number of sources that are worth reading at once."""
        return _BATCH

    def generate(
        self, sources: Sequence[Ids], start: Ids, decoding: Decoding, watch: Watch | None = None
    ) -> list[Reply]:
        """Return a reply to each source; see ``Engine``.

        Raises:
            MemoryError: so many sources do not fit into memory.
        """
        try:
            return self._generate(sources, start, decoding, watch)
        except (RuntimeError, MemoryError) as error:
            if is_memory_error(error):
                raise MemoryError(str(error)) from error
            raise

    def _generate(
        self, sources: Sequence[Ids], start: Ids, decoding: Decoding, watch: Watch | None
    ) -> list[Reply]:
        forced = len(start) - 1
        greedy = decoding.beams == 1
        pending = self._translator.translate_batch(
            [_words(ids) for ids in sources],
            target_prefix=[_words(start)] * len(sources),
            asynchronous=True,
            callback=_told(watch) if watch and greedy and len(sources) == 1 else None,
            beam_size=decoding.beams,
            num_hypotheses=decoding.replies,
            max_input_length=0,  # the default cuts sources off
            max_decoding_length=decoding.max_tokens + forced,
            min_decoding_length=decoding.min_tokens + forced,
            length_penalty=decoding.length_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            repetition_penalty=decoding.repetition_penalty,
            return_end_token=True,
        )
        # Waiting here, not inside the library, lets an interrupt through.
        while not all(one.done() for one in pending):
            if watch and not greedy and watch(None):
                return [Reply((), ended=False)] * len(sources)
            time.sleep(_LOOK_SECONDS)
        found = (one.result().hypotheses for one in pending)
        return [self._best([self._reply(words[forced:]) for words in each]) for each in found]

    @staticmethod
    def _best(replies: list[Reply]) -> Reply:
        return replace(replies[0], others=tuple(replies[1:]))

    def _reply(self, words: list[str]) -> Reply:
        ids = tuple(int(word) for word in words)
        ended = bool(ids) and ids[-1] == self._end
        return Reply(ids[:-1] if ended else ids, ended)


def _words(ids: Ids) -> list[str]:
    return [str(number) for number in ids]


def _told(watch: Watch) -> Any:
    """Return ``watch`` as the library calls it, once for each token."""
    return lambda step: watch(step.token_id)
