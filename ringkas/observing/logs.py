"""Logs: one line a record, as text for people or as JSON for machines, without what it is about.

The standard library's ``logging`` does it: every library already speaks it, so a second one would
only stand beside it. What is added here: fields, and what must never be in a line.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import traceback
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TextIO

from ringkas.observing.requests import current_id
from ringkas.settings import LogSettings, Settings

# Libraries that log what they read, line by line: addresses, parts of pages.
_TALKATIVE = ("trafilatura", "htmldate", "courlan", "justext", "readability", "pypdf", "pdfminer")
# The web server brings handlers of its own, which know nothing of our format.
_WEB_SERVER = ("uvicorn", "uvicorn.error", "uvicorn.access")
_SECRET = ("RINGKAS_API_KEY", "RINGKAS_METRICS_TOKEN", "RINGKAS_MILVUS_TOKEN",
           "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")  # fmt: skip
# Shorter values would be found in ordinary words.
_SHORTEST_SECRET = 6
# In addresses: "user:password@", and what follows "?", where many services put a key.
_PASSWORD = re.compile(r"(?<=://)[^/\s@:]*:[^/\s@]*(?=@)")
_QUERY = re.compile(r"(?<=\?)(?<!\s\?)[^\s\"'?]*=[^\s\"']*")
_HIDDEN = "***"
_CONTENT_LENGTH = 500
_PLAIN = re.compile(r"[\w.:/+-]+")


def prepare_logs(settings: Settings, stream: TextIO | None = None) -> None:
    """Write the logs of this process to stderr (or ``stream``), as the settings say.

    For programs of our own: who uses Ringkas as a library has logs already.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    form = JsonLines if settings.log.format == "json" else TextLines
    handler.setFormatter(form(settings.log, secrets_of(settings)))
    root = logging.getLogger()
    root.handlers[:] = [old for old in root.handlers if not isinstance(old.formatter, _Lines)]
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    for package in ("ringkas", "retrieval", "summarizer"):
        logging.getLogger(package).setLevel(settings.log.level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def take_over_loggers() -> None:
    """Let the web server's records come through our handler; call it once that is running."""
    for name in _WEB_SERVER:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """Return the secrets that are in the environment, the longest first."""
    names = {*_SECRET, settings.generator.api_key_env}
    values = {os.environ.get(name, "") for name in names}
    return tuple(sorted((v for v in values if len(v) >= _SHORTEST_SECRET), key=len, reverse=True))


class _Lines(logging.Formatter):
    """A record as fields, with secrets hidden, and its content only if that is asked for."""

    def __init__(self, settings: LogSettings, secrets: Iterable[str]) -> None:
        super().__init__()
        self._content = settings.content
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        line = self.line(self._fields(record))
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return _QUERY.sub(_HIDDEN, _PASSWORD.sub(_HIDDEN, line))

    def line(self, fields: Mapping[str, Any]) -> str:
        """Return the fields as one line."""
        raise NotImplementedError

    def _fields(self, record: logging.LogRecord) -> dict[str, Any]:
        moment = datetime.fromtimestamp(record.created, UTC)
        fields: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if ours := current_id():
            fields["request"] = ours
        fields.update(getattr(record, "fields", {}))
        if self._content and (content := getattr(record, "content", "")):
            fields["content"] = content[:_CONTENT_LENGTH]
        if record.exc_info and record.exc_info[1]:
            fields.update(self._exception(record.exc_info[1]))
        return fields

    def _exception(self, error: BaseException) -> dict[str, Any]:
        """Return where an error arose. What it says may hold a piece of an article."""
        found = {
            "error": type(error).__name__,
            "trace": [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ],
        }
        if self._content:
            found["error_message"] = str(error)
        return found


class JsonLines(_Lines):
    """One JSON object a line."""

    def line(self, fields: Mapping[str, Any]) -> str:
        """Return the fields as JSON."""
        return json.dumps(fields, ensure_ascii=False, default=str)


class TextLines(_Lines):
    """Time, level, logger and message, then ``name=value`` for each further field."""

    def line(self, fields: Mapping[str, Any]) -> str:
        """Return the fields as words."""
        rest = dict(fields)
        head = [rest.pop(name) for name in ("time", "level", "logger", "message")]
        trace = rest.pop("trace", ())
        words = [_one_line(head[0]), head[1].upper(), *map(_one_line, head[2:])]
        words += [f"{name}={_value(value)}" for name, value in rest.items()]
        return "\n  ".join([" ".join(words), *trace])


def _value(value: Any) -> str:
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _one_line(text: str) -> str:
    """Return a message in one line: another could pass for a record of its own."""
    return " ".join(text.splitlines())
