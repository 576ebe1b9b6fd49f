"""Several articles summarized at once, so that their sentences are embedded in one call.

Each article has a thread of its own, which waits wherever it needs the embedder. What the
waiting threads ask for is embedded together, in the calling thread. The threads save no time
themselves; large batches of sentences of like length do.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal, TypeVar

import numpy as np

from ringkas.embedding import Embedder, Fingerprint, lend_embedder
from ringkas.embedding.base import Vectors
from summarizer.batching.memory import ran_out

_In = TypeVar("_In")
_Out = TypeVar("_Out")
_Kind = Literal["passages", "queries"]
# A thread may also wait for something that another waiting one holds. When nobody has asked for
# anything in this many seconds, what was asked for until then is embedded.
_PAUSE = 0.2


class Cancelled(Exception):  # noqa: N818 - nobody's fault, so no error
    """The batch ended while an article was still being summarized."""


class Together:
    """Summarizes articles together with one embedder.

    ``most_texts`` are embedded in one call. Where that is too much for the memory it is halved,
    and stays so.
    """

    def __init__(self, embedder: Embedder, most_texts: int = 4096) -> None:
        self.embedder = embedder
        self.most_texts = most_texts

    def each(self, items: Sequence[_In], work: Callable[[_In], _Out]) -> list[_Out | Exception]:
        """Return ``work`` of each item, or the exception that it raised, in their order.

        Inside ``work``, ``get_embedder`` gives an embedder that answers all items at once. An
        exception in the calling thread, such as an interrupt, ends them all and is raised.
        """
        desk = _Desk(self, len(items))
        results: list[_Out | Exception] = [Cancelled()] * len(items)

        def run(index: int) -> None:
            with desk.working(), lend_embedder(desk):
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

    def embed(self, kind: _Kind, texts: Sequence[str]) -> dict[str, Vectors]:
        """Return each text's vector; embed fewer texts at once where memory runs out.

        Raises:
            Exception: the embedder's, for whatever else goes wrong, and where even one text is
                too much.
        """
        embed = getattr(self.embedder, f"embed_{kind}")
        vectors: dict[str, Vectors] = {}
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
    """Texts that one thread waits to have embedded, and what came of it."""

    kind: _Kind
    texts: Sequence[str]
    vectors: Vectors | None = None
    error: Exception | None = None
    ready: threading.Event = field(default_factory=threading.Event)

    def fill(self, vectors: Vectors | None, error: Exception | None = None) -> None:
        self.vectors, self.error = vectors, error
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
        return self._order("passages", texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a question. *Shape:* (len(texts), dimension)."""
        return self._order("queries", texts)

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
            for kind in ("passages", "queries"):
                if asked := [order for order in orders if order.kind == kind]:
                    self._fill(kind, asked)
        self._served = True

    def cancel(self) -> None:
        """Refuse what is asked for and what will be, so that the threads end."""
        with self._change:
            self._cancelled = True
            for order in [*self._orders, *self._taken]:
                if not order.ready.is_set():
                    order.fill(None, Cancelled())

    def _order(self, kind: _Kind, texts: Sequence[str]) -> Vectors:
        order = _Order(kind, list(texts))
        if self._served:  # somebody kept this embedder beyond the work on its article
            self._fill(kind, [order])
        else:
            self._hand_in(order)
        order.ready.wait()
        if order.vectors is None:
            raise order.error or Cancelled()
        return order.vectors

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
        """Embed what these orders ask for at once; where that fails, each order by itself."""
        texts = list(dict.fromkeys(text for order in orders for text in order.texts))
        try:
            vectors = self._together.embed(kind, texts)
        except Exception as error:  # belongs to one order; the others shall have theirs
            if len(orders) == 1:
                orders[0].fill(None, error)
            else:
                for order in orders:
                    self._fill(kind, [order])
            return
        none = np.zeros((0, self.fingerprint.dimension), np.float32)
        for order in orders:
            found = [vectors[text] for text in order.texts]
            order.fill(np.stack(found) if found else none)
