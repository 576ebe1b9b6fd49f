"""A seq2seq model as a whole: text in, text out, whichever engine does the work."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

from ringkas.errors import ModelError, RingkasError
from ringkas.generation.seq2seq.base import Decoding, Engine, Reply, Watch
from ringkas.generation.seq2seq.batching import in_batches
from ringkas.generation.seq2seq.checkpoint import first_line
from ringkas.generation.seq2seq.codec import Codec
from ringkas.generation.seq2seq.streaming import followed
from ringkas.types import Language, OutputLanguage


@dataclass(frozen=True, slots=True)
class Written:
    """What a model has written so far; ``ended`` when it came to an end by itself.

    ``others`` is what other beams have written, the likeliest first, where that was asked for.
    """

    text: str
    ended: bool = False
    others: tuple[str, ...] = ()


class Seq2Seq:
    """A seq2seq model in memory. Safe to use from many threads."""

    def __init__(self, codec: Codec, engine: Engine) -> None:
        self.codec = codec
        self._engine = engine

    def __repr__(self) -> str:
        return f"Seq2Seq(model={self.name!r}, engine={type(self._engine).__name__})"

    @property
    def name(self) -> str:
        """The model's folder or Hub name."""
        return self.codec.checkpoint.name

    @property
    def reply_limit(self) -> int | None:
        """The most tokens that it can write; None where there is no such limit."""
        limit = self.codec.dialect.reply_limit
        starts = self.codec.dialect.starts.values()
        return None if limit is None else limit - max(map(len, starts))

    def write(
        self,
        sources: Sequence[str],
        source_language: Language,
        language: OutputLanguage,
        decoding: Decoding,
        manner: str | None = None,
    ) -> list[Written]:
        """Return what the model writes for each source, in their order.

        ``manner`` tells models that know several what kind of text to write.

        Raises:
            ModelError: the model fails, or a source is longer than it reads.
        """
        ids = [self.codec.encode(text, source_language) for text in sources]
        start = self.codec.dialect.start(language, manner)
        with self._explained():
            replies = in_batches(
                ids,
                self._engine.batch,
                lambda batch: self._engine.generate(batch, start, decoding),
            )
        return [self._written(reply) for reply in replies]

    def stream(
        self,
        source: str,
        source_language: Language,
        language: OutputLanguage,
        decoding: Decoding,
        manner: str | None = None,
    ) -> Generator[Written, None, None]:
        """Yield all that is written so far, again and again; closing the stream stops the model.

        With beams nothing is certain before the end: until then, empty texts give the caller the
        chance to close.

        Raises:
            ModelError: the model fails, or the source is longer than it reads.
        """
        ids = self.codec.encode(source, source_language)
        start = self.codec.dialect.start(language, manner)
        run = self._engine.generate

        def write(watch: Watch) -> Reply:
            return in_batches([ids], 1, lambda one: run(one, start, decoding, watch))[0]

        seen: list[int] = []
        with self._explained(), closing(followed(write)) as progress:
            for found in progress:
                if isinstance(found, Reply):
                    yield self._written(found)
                    return
                if found is not None:
                    seen.append(found)
                yield Written(self.codec.decode(seen[len(start) - 1 :]))

    def _written(self, reply: Reply) -> Written:
        others = tuple(self.codec.decode(other.ids) for other in reply.others)
        return Written(self.codec.decode(reply.ids), reply.ended, others)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except RingkasError:
            raise
        except Exception as error:  # whatever an engine throws
            raise ModelError(f"the model '{self.name}' failed: {first_line(error)}") from error
