"""The JSON-LD of a page: what a publisher tells search engines about an article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_DEEPEST = 4


def linked_objects(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects at the top of a page's JSON-LD, those in lists and "@graph" among them."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(data)


def _objects(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, dict):
        yield data
        yield from _objects(data.get("@graph"), depth + 1)
    elif isinstance(data, list):
        for item in data:
            yield from _objects(item, depth + 1)
