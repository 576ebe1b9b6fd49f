"""What pydantic is told of every section: a key that no section knows is an error."""

from __future__ import annotations

STRICT = {"extra": "forbid", "strict": False}
