"""What LanceDB's errors mean, and what to do about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ringkas.errors import StoreError

_SOURCE_LINE = re.compile(r",?\s*/\S+\.rs:\d+:\d+")  # the engine's own, in its messages
# What the servers of object storage answer, by its code, and what to do about it.
_REMOTE_HINTS = {
    "nosuchbucket": "there is no such bucket (NoSuchBucket): make it, or check store.s3_endpoint",
    "invalidaccesskeyid": "the storage does not know AWS_ACCESS_KEY_ID",
    "signaturedoesnotmatch": "AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID",
    "accessdenied": "these credentials may not do this (AccessDenied)",
    "credential": "no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
}


@contextmanager
def clear_errors(place: str) -> Iterator[None]:
    """Turn the engine's own errors into ones that say what to do."""
    try:
        yield
    except (OSError, RuntimeError, ValueError, KeyError) as error:
        raise StoreError(_explain(place, str(error))) from error


def _explain(place: str, problem: str) -> str:
    lowered = problem.lower()
    folder = place if "://" in place else str(Path(place))
    if "permission denied" in lowered or "read-only" in lowered or "os error 13" in lowered:
        return (
            f"no permission to read or write in {folder}: change its permissions, or choose "
            "another place with --index FOLDER"
        )
    if "no space" in lowered or "os error 28" in lowered:
        return f"the disk that holds {folder} is full: nothing was changed; free some space"
    if "://" in place and (hint := _remote_hint(lowered)):
        return f"{folder} cannot be used: {hint}"
    told = _SOURCE_LINE.sub("", problem).strip()
    first = told.splitlines()[0] if told else "unknown error"
    return f"{folder} cannot be used ({first[:300]}): check the folder, or make a new index"


def _remote_hint(problem: str) -> str | None:
    return next((hint for code, hint in _REMOTE_HINTS.items() if code in problem), None)
