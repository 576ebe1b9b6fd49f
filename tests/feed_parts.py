"""Feeds for tests, put together from their items, and what was read of them, taken apart."""

from __future__ import annotations

from collections.abc import Iterable

from ringkas.types import Article, Failure


def rss(
    *items: str, channel: str = "", head: str = "<?xml version='1.0' encoding='UTF-8'?>"
) -> str:
    return (
        f'{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:atom="http://www.w3.org/2005/Atom"><channel>{channel}{"".join(items)}'
        "</channel></rss>"
    )


def item(title: str = "Jembatan", link: str = "", content: str = "", date: str = "") -> str:
    parts = [f"<title>{title}</title>"]
    parts += [f"<link>{link}</link>"] if link else []
    parts += [f"<pubDate>{date}</pubDate>"] if date else []
    parts += [f"<content:encoded><![CDATA[<p>{content}</p>]]></content:encoded>"] if content else []
    return f"<item>{''.join(parts)}</item>"


def split(items: Iterable[Article | Failure]) -> tuple[list[Article], list[Failure]]:
    found = list(items)
    return (
        [one for one in found if isinstance(one, Article)],
        [one for one in found if isinstance(one, Failure)],
    )
