"""What stands in the logs, and what must not."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from ringkas import Settings, observing
from ringkas.errors import FetchError
from ringkas.settings import GeneratorSettings, LogSettings

QUESTION = "Siapa saksi yang dirahasiakan itu?"
LOG = logging.getLogger("ringkas.test")


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, put back as it was."""
    logger = logging.getLogger()
    handlers, level = list(logger.handlers), logger.level
    yield logger
    logger.handlers[:] = handlers
    logger.setLevel(level)
    logging.captureWarnings(False)


@pytest.fixture
def logged(root: logging.Logger) -> Any:
    """Return what is logged, under given settings, by a function."""

    def lines(does: Any, settings: Settings) -> str:
        stream = io.StringIO()
        observing.prepare_logs(settings, stream)
        does()
        return stream.getvalue()

    return lines


def settings(**log: Any) -> Settings:
    return Settings(log=LogSettings(**log))


def refused() -> None:
    with pytest.raises(FetchError), observing.request("ask", "api", QUESTION):
        raise FetchError(QUESTION)


def fails_on_a_text() -> None:
    with observing.request("ask", "api", QUESTION):
        try:
            raise ValueError(f"cannot read '{QUESTION}'")
        except ValueError as error:
            observing.noted(error, LOG)


def test_a_request_is_one_line_of_json(logged: Any) -> None:
    [line] = logged(refused, settings(format="json")).splitlines()
    record = json.loads(line)
    assert (record["verb"], record["face"]) == ("ask", "api")
    assert (record["outcome"], record["error"]) == ("refused", "FetchError")
    assert len(record["request"]) == 12
    assert 0 <= record["seconds"] < 5
    assert record["time"].endswith("Z")
    assert record["level"] == "info"


def test_a_request_is_one_line_of_text(logged: Any) -> None:
    [line] = logged(refused, settings()).splitlines()
    assert " INFO ringkas.requests request request=" in line
    assert "face=api verb=ask outcome=refused" in line
    assert line.endswith("error=FetchError")


@pytest.mark.parametrize("form", ["text", "json"])
def test_nobody_s_question_is_logged(logged: Any, form: str) -> None:
    written = logged(fails_on_a_text, settings(format=form))
    assert "ValueError" in written
    assert "test_logs.py" in written  # where it arose
    assert "saksi" not in written


def test_questions_are_logged_where_that_is_asked_for(logged: Any) -> None:
    unexpected, ended = map(
        json.loads, logged(fails_on_a_text, settings(format="json", content=True)).splitlines()
    )
    assert QUESTION in unexpected["error_message"]
    assert ended["content"] == QUESTION
    assert unexpected["request"] == ended["request"]
    assert (ended["outcome"], ended["level"]) == ("failed", "error")


def test_no_secret_is_logged(logged: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "hunter2-hunter2")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI")
    told = Settings(
        log=LogSettings(content=True), generator=GeneratorSettings(api_key_env="MY_KEY")
    )
    written = logged(
        lambda: LOG.warning(
            "hunter2-hunter2 %s",
            "wJalrXUtnFEMI at https://ani:rahasia@news.example/a?token=kunci&page=2",
        ),
        told,
    )
    assert "https://***@news.example/a?***" in written
    assert not any(word in written for word in ("hunter2", "wJalr", "rahasia", "kunci"))


def test_a_question_mark_in_a_sentence_hides_nothing(logged: Any) -> None:
    assert "who? a=b" in logged(lambda: LOG.warning("who? a=b"), settings())


def test_no_message_passes_for_another_line(logged: Any) -> None:
    forged = "done\n2030-01-01T00:00:00Z INFO ringkas.requests request outcome=done"
    assert len(logged(lambda: LOG.warning(forged), settings()).splitlines()) == 1
    assert len(logged(lambda: LOG.warning(forged), settings(format="json")).splitlines()) == 1


def test_the_level_is_ours_and_libraries_are_quiet(logged: Any) -> None:
    def chatter() -> None:
        LOG.info("ours")
        logging.getLogger("httpx").info("HTTP Request: GET https://news.example")
        logging.getLogger("trafilatura.core").error("a page")

    assert "ours" in logged(chatter, settings())
    assert "ours" not in logged(chatter, settings(level="warning"))
    assert "page" not in logged(chatter, settings(level="debug"))
    assert "news.example" not in logged(chatter, settings(level="debug"))


def test_logs_are_prepared_once_and_others_handlers_stay(root: logging.Logger) -> None:
    other = logging.NullHandler()
    root.addHandler(other)
    observing.prepare_logs(settings())
    count = len(root.handlers)
    observing.prepare_logs(settings(format="json"))
    assert other in root.handlers
    assert len(root.handlers) == count
