"""Several articles summarized at once, so that a model reads their texts in one call.

Each article has a thread of its own, which waits wherever it needs the embedder or the writer.
What the waiting threads ask for is done together, in the calling thread. The threads save no time
themselves; large batches of texts of like length do.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import numpy as np

from ringkas.embedding import Embedder, Fingerprint, lend_embedder
from ringkas.embedding.base import Vectors
from ringkas.generation.base import TextStream
from ringkas.types import OutputLanguage
from summarizer.batching.memory import ran_out
from summarizer.choosing import chosen
from summarizer.writers import lend_writer
from summarizer.writing import Brief, Reply, Writer

_In = TypeVar("_In")
_Out = TypeVar("_Out")
# What is asked of the embedder, or of the writer.
_Kind = Literal["passages", "queries"] | Brief
# A thread may also wait for something that another waiting one holds. When nobody has asked for
# anything in this many seconds, what was asked for until then is done.
_PAUSE = 0.2


class Cancelled(Exception):  # noqa: N818 - nobody's fault, so no error
    """The batch ended while an article was still being summarized."""


class Together:
    """Summarizes articles together with one embedder, and a writer if there is one.

    ``most_texts`` are embedded in one call. Where that is too much for the memory it is halved,
    and stays so; a writer sees to that itself.
    """

    def __init__(
        self, embedder: Embedder, writer: Writer | None = None, most_texts: int = 4096
    ) -> None:
        self.embedder = embedder
        self.writer = writer
        self.most_texts = most_texts

    def each(self, items: Sequence[_In], work: Callable[[_In], _Out]) -> list[_Out | Exception]:
        """Return ``work`` of each item, or the exception that it raised, in their order.

        Inside ``work``, ``get_embedder`` and ``get_writer`` give models that serve all items at
        once. An exception in the calling thread, such as an interrupt, ends them all and is
        raised.
        """
        desk = _Desk(self, len(items))
        pen = self.writer and _Pen(self.writer, desk)
        results: list[_Out | Exception] = [Cancelled()] * len(items)

        def run(index: int) -> None:
            with desk.working(), lend_embedder(desk), lend_writer(pen):
                try:
                    results[index] = work(items[index])
                except Exception as error:  # becomes the item's result
                    results[index] = error

        threads = [threading.Thread(target=run, args=(i,), daemon=True) for i in range(len(items))]
        try:
            for thread in threads:
                thread.start()
            desk.serve()
        except BaseException:
            desk.cancel()
            raise
        for thread in threads:
            thread.join()
        return results

    def answer(self, kind: _Kind, texts: Sequence[str]) -> dict[str, Any]:
        """Return each text's vector, or its summary for a brief.

        Raises:
            Exception: the model's, for whatever goes wrong, and where even one text is too much.
        """
        if isinstance(kind, Brief):
            assert self.writer is not None
            return dict(zip(texts, self.writer.write(texts, kind), strict=True))
        return self._embed(getattr(self.embedder, f"embed_{kind}"), texts)

    def _embed(
        self, embed: Callable[[Sequence[str]], Vectors], texts: Sequence[str]
    ) -> dict[str, Any]:
        vectors: dict[str, Any] = {}
        while len(vectors) < len(texts):
            part = texts[len(vectors) : len(vectors) + self.most_texts]
            try:
                vectors.update(zip(part, embed(part), strict=True))
            except Exception as error:
                if not ran_out(error) or len(part) == 1:
                    raise
                self.most_texts = len(part) // 2
        return vectors


@dataclass(eq=False)
class _Order:
    """Texts that one thread waits to have dealt with, and what came of each."""

    kind: _Kind
    texts: Sequence[str]
    results: list[Any] | None = None
    error: Exception | None = None
    ready: threading.Event = field(default_factory=threading.Event)

    def fill(self, results: list[Any] | None, error: Exception | None = None) -> None:
        self.results, self.error = results, error
        self.ready.set()


class _Desk:
    """The embedder as the threads see it: takes their orders, which ``serve`` fills."""

    def __init__(self, together: Together, threads: int) -> None:
        self._together = together
        self._orders: list[_Order] = []
        self._taken: list[_Order] = []
        self._working = threads
        self._served = False
        self._cancelled = False
        self._change = threading.Condition()

    @property
    def fingerprint(self) -> Fingerprint:
        """What makes the vectors."""
        return self._together.embedder.fingerprint

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a passage. *Shape:* (len(texts), dimension)."""
        return self._stacked(self.order("passages", texts))

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a question. *Shape:* (len(texts), dimension)."""
        return self._stacked(self.order("queries", texts))

    def order(self, kind: _Kind, texts: Sequence[str]) -> list[Any]:
        """Wait until these texts are dealt with, and return what came of each."""
        order = _Order(kind, list(texts))
        if self._served:  # somebody kept a model beyond the work on its article
            self._fill(kind, [order])
        else:
            self._hand_in(order)
        order.ready.wait()
        if order.results is None:
            raise order.error or Cancelled()
        return order.results

    @contextmanager
    def working(self) -> Iterator[None]:
        """Count the thread out when it is done."""
        try:
            yield
        finally:
            with self._change:
                self._working -= 1
                self._change.notify_all()

    def serve(self) -> None:
        """Fill orders until no thread works any more."""
        while orders := self._next():
            for kind in dict.fromkeys(order.kind for order in orders):
                self._fill(kind, [order for order in orders if order.kind == kind])
        self._served = True

    def cancel(self) -> None:
        """Refuse what is asked for and what will be, so that the threads end."""
        with self._change:
            self._cancelled = True
            for order in [*self._orders, *self._taken]:
                if not order.ready.is_set():
                    order.fill(None, Cancelled())

    def _hand_in(self, order: _Order) -> None:
        with self._change:
            if self._cancelled:
                raise Cancelled
            self._orders.append(order)
            self._change.notify_all()

    def _next(self) -> list[_Order]:
        """Wait until all threads that work have an order, and return the orders."""
        with self._change:
            while len(self._orders) < self._working:
                if not self._change.wait(_PAUSE) and self._orders:
                    break
            self._taken, self._orders = self._orders, []
            return self._taken

    def _fill(self, kind: _Kind, orders: Sequence[_Order]) -> None:
        """Do what these orders ask for at once; where that fails, each order by itself."""
        texts = list(dict.fromkeys(text for order in orders for text in order.texts))
        try:
            found = self._together.answer(kind, texts)
        except Exception as error:  # belongs to one order; the others shall have theirs
            if len(orders) == 1:
                orders[0].fill(None, error)
            else:
                for order in orders:
                    self._fill(kind, [order])
            return
        for order in orders:
            order.fill([found[text] for text in order.texts])

    def _stacked(self, vectors: list[Any]) -> Vectors:
        if vectors:
            return np.stack(vectors)
        return np.zeros((0, self.fingerprint.dimension), np.float32)


class _Pen:
    """The writer as the threads see it: what several have to write is written at once."""

    def __init__(self, writer: Writer, desk: _Desk) -> None:
        self._writer = writer
        self._desk = desk

    @property
    def name(self) -> str:
        """The model's name, ready to show."""
        return self._writer.name

    @property
    def languages(self) -> frozenset[OutputLanguage]:
        """The languages it can write."""
        return self._writer.languages

    @property
    def window(self) -> int:
        """The most tokens of source text that it reads at once."""
        return self._writer.window

    def translates(self, brief: Brief) -> bool:
        """Tell whether it writes this by translating its source."""
        return self._writer.translates(brief)

    def tokens(self, text: str) -> int:
        """Return the number of its tokens in ``text``."""
        return self._writer.tokens(text)

    def stream(self, source: str, brief: Brief) -> TextStream:
        """Yield a summary of ``source``, whole."""
        (reply,) = self.write([source], brief)
        yield chosen(reply, brief)

    def write(self, sources: Sequence[str], brief: Brief) -> list[Reply]:
        """Return a summary for each source, in their order."""
        return self._desk.order(brief, sources)
