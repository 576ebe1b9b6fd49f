"""Fixtures for every room."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest

# Tests are imported by file, so helpers that they share must be findable by name.
sys.path.insert(0, str(Path(__file__).parent))

from chat_servers import gemma_server, llama_server, scripted

# Times vary on a busy machine; the properties are about results.
hypothesis.settings.register_profile("ringkas", deadline=None)
hypothesis.settings.load_profile("ringkas")

__all__ = ["gemma_server", "llama_server", "scripted"]


@pytest.fixture(autouse=True, scope="module")
def returned_memory() -> Iterator[None]:
    """Give back to the system what the tests of a file leave to the allocator.

    Models loaded in float32 leave up to 1.7 GB, and two workers share a machine; one that runs out
    of memory kills a worker without a word.
    """
    yield
    gc.collect()
    if sys.platform == "linux" and hasattr(allocator := ctypes.CDLL(None), "malloc_trim"):
        allocator.malloc_trim(0)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Take half characters out of what tests print: no report with one can leave its process."""
    report = yield
    report.sections = [
        (name, text.encode("utf-8", "replace").decode()) for name, text in report.sections
    ]
    return report
