"""Near-duplicate articles among those an index holds; the measure is shared with the digest."""

from __future__ import annotations

from ringkas.text.shingles import SAME_STORY_TEXT, is_copy, shingles

__all__ = ["SAME_STORY_TEXT", "is_copy", "shingles"]
