"""Settings of what meets the world outside: sources, the page, logs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ringkas.settings.strict import STRICT


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """What may be read, how much of it, and how politely. Sizes in megabytes, times in seconds.

    ``delay`` is the pause between two requests to one host when many pages are read: a feed's
    items, a list of URLs. ``respect_robots`` has these follow the sites' robots.txt; an address
    that a person gives by itself is their own request. ``max_wait`` bounds the Crawl-delay and
    Retry-After that are honoured. ``max_cache_megabytes`` bounds what is kept of pages so that a
    repeated batch asks only for what has changed; 0 keeps nothing.
    """

    __pydantic_config__ = STRICT
    allow_private_addresses: bool = False
    timeout: float = 20.0
    max_megabytes: int = 20
    max_pages: int = 10
    max_feed_items: int = 50
    min_words: int = 30
    delay: float = 1.0
    max_wait: float = 30.0
    respect_robots: bool = True
    max_cache_megabytes: int = 100


@dataclass(frozen=True, slots=True)
class PageSettings:
    """The Gradio page. ``language`` is that of its labels at start.

    ``metrics`` says who may read ``/metrics``: nobody (``"off"``), programs on this machine
    (``"local"``), or whoever sends the token in RINGKAS_METRICS_TOKEN (``"token"``).

    With ``users``, the file that ``ringkas users add`` writes, everybody must sign in, over the
    API too; readers among them add and remove nothing. ``read_only`` lets nobody do so.
    ``hosts`` are the names under which a page that listens on this machine alone is asked for
    by others, such as a proxy's; any other name is refused.
    """

    __pydantic_config__ = STRICT
    language: Literal["id", "en"] = "id"
    host: str = "127.0.0.1"
    port: int = 7860
    samples: bool = True
    metrics: Literal["off", "local", "token"] = "local"
    users: str = ""
    read_only: bool = False
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogSettings:
    """What the page and the MCP server write to stderr.

    ``format`` is one line of text or of JSON a record. ``content`` adds what was asked for and
    what errors say; without it no log holds a question or a piece of an article.
    """

    __pydantic_config__ = STRICT
    format: Literal["text", "json"] = "text"
    level: Literal["debug", "info", "warning", "error"] = "info"
    content: bool = False
