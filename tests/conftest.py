"""Fixtures for every room."""

from __future__ import annotations

import sys
from pathlib import Path

import hypothesis

# Tests are imported by file, so helpers that they share must be findable by name.
sys.path.insert(0, str(Path(__file__).parent))

from chat_servers import gemma_server, llama_server, scripted

# Times vary on a busy machine; the properties are about results.
hypothesis.settings.register_profile("ringkas", deadline=None)
hypothesis.settings.load_profile("ringkas")

__all__ = ["gemma_server", "llama_server", "scripted"]
