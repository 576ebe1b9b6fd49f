"""The way to Milvus: where a place leads, who asks, and what its errors mean."""

from __future__ import annotations

import logging
import logging.config
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ringkas.errors import MissingExtraError, StoreError
from ringkas.settings import StoreSettings

TOKEN = "RINGKAS_MILVUS_TOKEN"  # noqa: S105  the variable's name
_PORT = 19530
# pymilvus asks every ten seconds whether the server is there; Milvus Lite takes that for an
# attack after a while and hangs up ("too_many_pings"). It lives in this process: no need to ask.
_QUIET = {"grpc.keepalive_time_ms": 2**31 - 1, "grpc.keepalive_permit_without_calls": False}


def connect(place: str, settings: StoreSettings, *, create: bool) -> tuple[Any, bool]:
    """Return a client of the place's database, and whether it is Milvus Lite.

    The token ("user:password", or a key) is read from ``RINGKAS_MILVUS_TOKEN``.

    Raises:
        StoreError: the place is not one, or is not there and ``create`` is False.
        MissingExtraError: pymilvus or Milvus Lite is not installed.
    """
    client_class = load_client()
    # They print every error with its traceback before they raise it, and Milvus Lite's server
    # each question that it does not know.
    for library in ("pymilvus", "milvus_lite", "grpc._server"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    if "://" not in place:
        return client_class(_lite_folder(place, create), grpc_options=_QUIET), True
    address, database = _address(place, settings)
    client = client_class(address, token=os.environ.get(TOKEN, ""), timeout=settings.timeout)
    if database not in client.list_databases():
        if not create:
            raise StoreError(
                f"there is no index at {place}. Make one: ringkas --index {place} add FILE_OR_URL"
            )
        client.create_database(database)
    client.use_database(database)
    return client, False


def load_client() -> Any:
    """Return the class ``MilvusClient``, leaving the process's logging as it is.

    Loading pymilvus sets up logging anew, which closes the handlers of everybody else, and with
    one of them (that of absl, which rouge-score draws in) standard error.

    Raises:
        MissingExtraError: pymilvus is not installed.
    """
    configure = logging.config.dictConfig
    logging.config.dictConfig = lambda config: None  # noqa: ARG005
    try:
        from pymilvus import MilvusClient
    except ImportError as error:
        raise MissingExtraError("pymilvus", "milvus", "An index on Milvus") from error
    finally:
        logging.config.dictConfig = configure
    return MilvusClient


def _lite_folder(place: str, create: bool) -> str:
    try:
        import milvus_lite  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("milvus-lite", "milvus", "An index on Milvus Lite") from error
    if create:
        Path(place).parent.mkdir(parents=True, exist_ok=True)
    return place


def _address(place: str, settings: StoreSettings) -> tuple[str, str]:
    """Return a server's address and the name of its database."""
    parts = urlsplit(place)
    if not parts.hostname or parts.username or parts.password:
        raise StoreError(
            f"'{_without_credentials(place)}' is not a Milvus server: give "
            f"milvus://HOST:PORT/DATABASE, and the credentials in {TOKEN}"
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    scheme = "https" if settings.milvus_tls else "http"
    return f"{scheme}://{host}:{parts.port or _PORT}", parts.path.strip("/") or "default"


def _without_credentials(place: str) -> str:
    scheme, _, rest = place.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


@contextmanager
def clear_errors(place: str) -> Iterator[None]:
    """Turn the library's own errors into ones that say what to do."""
    try:
        yield
    except (StoreError, MissingExtraError):
        raise
    except Exception as error:
        if not _is_the_librarys(error):
            raise
        raise StoreError(_explain(place, str(getattr(error, "message", "") or error))) from error


def _is_the_librarys(error: Exception) -> bool:
    """Tell the errors of connections, files and the library from mistakes of ours."""
    module = type(error).__module__
    return isinstance(error, OSError) or module.startswith(("pymilvus", "milvus_lite", "grpc"))


def _explain(place: str, problem: str) -> str:
    lines = problem.strip().splitlines()
    told = lines[0][:300] if lines else "unknown error"
    if "://" not in place:
        return (
            f"{place} cannot be used ({told}): check the folder, and that no other process has "
            "it open, for Milvus Lite serves one at a time"
        )
    return (
        f"{place} cannot be used ({told}): check that Milvus runs there, that {TOKEN} holds the "
        "credentials it asks for, and store.milvus_tls"
    )
