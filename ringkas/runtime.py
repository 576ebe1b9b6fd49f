"""Process-wide switches of the model libraries, set before any of them is imported."""

from __future__ import annotations

import os


def prepare_libraries(*, offline: bool = True) -> None:
    """Keep the model libraries offline, quiet and good neighbours. Cheap; call it freely.

    OpenMP threads that wait actively take whole cores from each other: with a second process
    on a two-core machine the embedder was measured at 5 passages a second, and at 21 with
    passive waiting. A value that the user has set stays.
    """
    if offline:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
