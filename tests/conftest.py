"""Fixtures for every room."""

from __future__ import annotations

import sys
from pathlib import Path

# Tests are imported by file, so helpers that they share must be findable by name.
sys.path.insert(0, str(Path(__file__).parent))

from chat_servers import llama_server, scripted

__all__ = ["llama_server", "scripted"]
