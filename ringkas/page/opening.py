"""What the page stands on: its port, its accounts, its index, and models that load meanwhile.

Nothing here needs Gradio, whose import takes seconds: ``ringkas ui`` opens first and imports it
while the models load and the samples go in.
"""

from __future__ import annotations

import inspect
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import retrieval
from ringkas import observing, sources
from ringkas.page.access import Access, exposure
from ringkas.page.address import listening_port
from ringkas.page.preparation import Preparation
from ringkas.runtime import prepare_libraries
from ringkas.settings import Settings

LOG = logging.getLogger("ringkas.page")


@dataclass(frozen=True)
class Opened:
    """What a page is built on; ``preparation`` goes on in a thread of its own."""

    port: int
    access: Access
    index: retrieval.Index
    preparation: Preparation


def opened(settings: Settings) -> Opened:
    """Open what the page needs, and begin to load the models.

    Raises:
        RingkasError: the index cannot be opened, the port is taken, or the accounts are unsound.
    """
    port = listening_port(settings.page)
    access = Access(settings.page)
    if warning := exposure(settings.page):
        LOG.warning(warning)
    prepare_libraries(offline=settings.offline)
    index = retrieval.Index.open(settings.index, settings)
    preparation = Preparation()
    threading.Thread(target=_prepare, args=(settings, index, preparation), daemon=True).start()
    return Opened(port, access, index, preparation)


def _prepare(settings: Settings, index: retrieval.Index, preparation: Preparation) -> None:
    """Put the sample articles into an empty index and load the models, while the page comes up."""
    try:
        found = sources.samples() if settings.page.samples else []
        if found and not index.stats().articles:
            index.add(found, on_progress=preparation.step)
        ids = tuple(article.id for article in found)
        here = retrieval.Filters(article_ids=ids)
        preparation.samples_here = bool(ids and index.articles(here, limit=1))
        preparation.filled.set()
        retrieval.answer("apa?", index)
        preparation.state = "ready"
    except Exception as error:
        preparation.error = observing.noted(error, LOG)
    finally:
        preparation.filled.set()


@contextmanager
def lean_import() -> Iterator[None]:
    """Let Gradio be imported without what the page never uses: 4 of 7 s of processor time.

    It would write the type stubs of its 76 components again, parsing the source of each; it leaves
    one alone whose file cannot be found. And it would import the library of its own MCP server,
    where that is installed.
    """
    find = inspect.getfile

    def getfile(what: Any) -> str:
        if inspect.isclass(what) and what.__module__.startswith("gradio."):
            raise OSError("not looked for")
        return find(what)

    inspect.getfile = getfile  # type: ignore[assignment]
    hidden = sys.modules.setdefault("mcp", None)  # type: ignore[arg-type]
    try:
        yield
    finally:
        inspect.getfile = find
        if hidden is None:
            del sys.modules["mcp"]
