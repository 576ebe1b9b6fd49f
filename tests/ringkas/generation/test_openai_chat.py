"""The client for OpenAI-compatible servers: what it says when they misbehave, and the key."""

from __future__ import annotations

import itertools
import json
import logging
import socket
import sys
import time
import traceback
from typing import Any

import openai
import pytest
from chat_servers import Act, Script, chunk, hangs, refuses, says, sends, talks_on

from ringkas.errors import MissingExtraError, ModelError, SettingsError
from ringkas.generation import Message, get_generator
from ringkas.generation.openai_chat import OpenAIChat
from ringkas.settings import GeneratorSettings, Settings

KEY = "sk-very-secret-4711"
HELLO = [Message("system", "Be brief."), Message("user", "Hello")]


def chat(url: str, **changes: Any) -> OpenAIChat:
    settings = {"model": "tiny-chat", "timeout": 5.0, "retries": 0, **changes}
    return OpenAIChat(GeneratorSettings(kind="openai", base_url=url, **settings))


def complaint(generator: OpenAIChat) -> str:
    with pytest.raises(ModelError) as caught:
        list(generator.stream(HELLO))
    return str(caught.value)


def test_streams_the_reply_piece_by_piece(scripted: Script) -> None:
    scripted.will(says(["Selamat ", "pagi", "."]))
    generator = chat(scripted.url, max_tokens=7, temperature=0.5)
    assert list(generator.stream(HELLO)) == ["Selamat ", "pagi", "."]
    (request,) = scripted.requests
    assert request["messages"][0] == {"role": "system", "content": "Be brief."}
    assert request["model"] == "tiny-chat"
    assert (request["max_tokens"], request["temperature"]) == (7, 0.5)
    assert generator.name == "tiny-chat"


def thinks(text: str) -> str:
    choice = {"index": 0, "delta": {"reasoning_content": text}, "finish_reason": None}
    return json.dumps(
        {
            "id": "x",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "m",
            "choices": [choice],
        }
    )


def test_a_model_that_thinks_aside_can_be_stopped_and_must_end(scripted: Script) -> None:
    scripted.will(sends(*[thinks("Hm, hm, hm, hm. ")] * 40))
    stream = chat(scripted.url, max_tokens=500).stream(HELLO)
    assert [next(stream) for _ in range(3)] == ["", "", ""]
    stream.close()
    scripted.will(sends(*[thinks("Hm, hm, hm, hm. ")] * 40))
    assert "did not stop 'tiny-chat' after 2 tokens" in complaint(chat(scripted.url, max_tokens=2))


def test_limit_of_one_reply(scripted: Script) -> None:
    scripted.will(says(["ya"]))
    list(chat(scripted.url).stream(HELLO, max_tokens=3))
    assert scripted.requests[0]["max_tokens"] == 3


def test_key_comes_from_the_named_variable_only(
    scripted: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-service")
    scripted.will(says(["ya"]))
    generator = chat(scripted.url, api_key_env="MY_KEY")
    list(generator.stream(HELLO))
    monkeypatch.setenv("MY_KEY", KEY)
    list(generator.stream(HELLO))
    assert scripted.keys == ["Bearer none", f"Bearer {KEY}"]


@pytest.mark.parametrize(
    "act",
    [
        refuses(401, f"bad key {KEY}"),
        refuses(403, f"bad key {KEY}"),
        refuses(404, f"no model for {KEY}"),
        refuses(400, f"bad request with {KEY}"),
        refuses(500, f"crash at {KEY}"),
        sends(f'{{"error": {{"message": "broke at {KEY}"}}}}'),
        sends(f"{{garbage {KEY}"),
    ],
)
def test_key_never_shows(
    act: Any,
    scripted: Script,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("RINGKAS_API_KEY", KEY)
    caplog.set_level(logging.DEBUG)
    scripted.will(act)
    generator = chat(scripted.url.replace("://", "://user:password@"))
    with pytest.raises(ModelError) as caught:
        list(generator.stream(HELLO))
    report = "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None
    for text in (report, repr(generator), str(vars(generator)["_settings"])):
        assert KEY not in text
    assert "password" not in report + repr(generator)
    assert KEY not in caplog.text


def test_failed_requests_are_retried(scripted: Script) -> None:
    scripted.will(refuses(500), refuses(503), says("akhirnya"))
    assert "".join(chat(scripted.url, retries=2).stream(HELLO)) == "akhirnya"
    assert len(scripted.requests) == 3


def test_says_how_often_it_tried(scripted: Script) -> None:
    scripted.will(refuses(500, "out of memory"))
    said = complaint(chat(scripted.url, retries=1))
    assert "failed 2 times (500)" in said
    assert "out of memory" in said


def test_silent_server_is_given_up(scripted: Script) -> None:
    scripted.will(hangs(3))
    begin = time.monotonic()
    said = complaint(chat(scripted.url, timeout=0.3))
    assert time.monotonic() - begin < 2
    assert "sent nothing for 0.3 s" in said
    assert "generator.timeout" in said


def drips(*parts: bytes, begins: bool = False) -> Act:
    """Send one event if it begins, then these parts over and over."""

    def act(handler: Any) -> None:
        handler.open_stream()
        if begins:
            handler.send_event(chunk("Se"))
        for part in itertools.islice(itertools.cycle(parts), 60):
            handler.wfile.write(part)
            handler.wfile.flush()
            time.sleep(0.05)

    return act


@pytest.mark.parametrize("begins", [False, True])
def test_a_server_that_only_keeps_the_connection_alive_is_given_up(
    scripted: Script, *, begins: bool
) -> None:
    scripted.will(drips(b": ping\n\n", begins=begins))
    begin = time.monotonic()
    assert "sent nothing for 0.4 s" in complaint(chat(scripted.url, timeout=0.4))
    assert time.monotonic() - begin < 2
    assert scripted.hung_up.wait(3)


def test_a_slow_server_has_its_time_for_each_event(scripted: Script) -> None:
    event = f"data: {chunk('la ')}\n\n".encode()
    slow = [event[:3], event[3:], b": ping\n\n", b": ping\n\n"]

    def act(handler: Any) -> None:
        drips(*slow)(handler)
        handler.send_event(chunk(None, "stop"))

    scripted.will(act)
    assert "".join(chat(scripted.url, timeout=0.6).stream(HELLO)) == "la " * 15


def test_a_slow_reader_is_not_taken_for_a_silent_server(scripted: Script) -> None:
    def act(handler: Any) -> None:
        for _ in range(3):
            handler.wfile.write(b": ping\n\n")
            handler.send_event(chunk("la "))
        handler.wfile.write(b": ping\n\n")
        time.sleep(0.3)
        handler.send_event(chunk("la", "stop"))

    scripted.will(lambda handler: (handler.open_stream(), act(handler))[1])
    said = ""
    for piece in chat(scripted.url, timeout=0.5).stream(HELLO):
        said += piece
        time.sleep(0.4)
    assert said == "la la la la"


def test_a_page_that_never_ends_is_given_up(scripted: Script) -> None:
    def act(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        for _ in range(60):
            handler.wfile.write(b" ")
            time.sleep(0.05)

    scripted.will(act)
    client = chat(scripted.url)._client.with_options(max_retries=0, timeout=0.4)
    begin = time.monotonic()
    with pytest.raises(openai.APIConnectionError):
        client.post("/chat/completions", cast_to=object, body={})
    assert time.monotonic() - begin < 2


def test_what_is_packed_is_not_asked_for(scripted: Script) -> None:
    scripted.will(says(["ya"]))
    generator = chat(scripted.url)
    assert list(generator.stream(HELLO)) == ["ya"]
    assert generator._client.default_headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("event", [chunk(None), json.dumps({"id": "x", "choices": []})])
def test_events_that_say_nothing_do_not_go_on_for_ever(scripted: Script, event: str) -> None:
    def act(handler: Any) -> None:
        handler.open_stream()
        while True:
            handler.send_event(event)

    scripted.will(act)
    with pytest.raises(ModelError, match="did not stop 'tiny-chat' after 20 tokens"):
        list(chat(scripted.url).stream(HELLO, max_tokens=20))


def test_server_that_falls_silent_midway_is_given_up(scripted: Script) -> None:
    def act(handler: Any) -> None:
        sends(chunk("Se"))(handler)
        time.sleep(2)

    scripted.will(act)
    stream = chat(scripted.url, timeout=0.3).stream(HELLO)
    assert next(stream) == "Se"
    with pytest.raises(ModelError, match=r"sent nothing for 0\.3 s"):
        next(stream)


def test_unreachable_server_is_named() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    said = complaint(chat(url))
    assert url in said
    assert "cannot be reached" in said
    assert "generator.base_url" in said


def test_unknown_model_is_answered_with_the_known_ones(scripted: Script) -> None:
    scripted.will(refuses(404))
    said = complaint(chat(scripted.url, model="big-chat"))
    assert "does not know the model 'big-chat'" in said
    assert "It serves: tiny-chat" in said


@pytest.mark.parametrize(
    "events",
    [("{not json",), ('{"choices": 5}',), ('["a"]',), ('{"choices": [{"delta": 1}]}',), ("null",)],
)
def test_garbage_is_no_reply(events: tuple[str, ...], scripted: Script) -> None:
    scripted.will(sends(*events))
    said = complaint(chat(scripted.url))
    assert "not an OpenAI chat stream" in said


def test_page_of_another_service_is_no_reply(scripted: Script) -> None:
    def act(handler: Any) -> None:
        handler.open_stream()
        handler.wfile.write(b"<html>Welcome</html>\n\n")

    scripted.will(act)
    assert "before the reply" in complaint(chat(scripted.url))


def test_server_that_dies_midway_is_an_error_after_what_it_said(scripted: Script) -> None:
    scripted.will(sends(chunk("Wali "), chunk("Kota ")))
    stream = chat(scripted.url).stream(HELLO)
    assert [next(stream), next(stream)] == ["Wali ", "Kota "]
    with pytest.raises(ModelError, match="broke off"):
        next(stream)


def test_closing_the_stream_hangs_up(scripted: Script) -> None:
    scripted.will(talks_on)
    stream = chat(scripted.url).stream(HELLO)
    assert next(stream) == "la "
    stream.close()
    assert scripted.hung_up.wait(3)


@pytest.mark.parametrize("url", ["", "127.0.0.1:8080", "ftp://server/v1", "http://"])
def test_address_must_be_one(url: str) -> None:
    with pytest.raises(SettingsError, match=r"generator\.base_url is"):
        chat(url)


def test_model_must_be_named() -> None:
    with pytest.raises(SettingsError, match=r"generator\.model is empty"):
        chat("http://127.0.0.1:1/v1", model="")


def test_missing_package_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(MissingExtraError, match=r"ringkas\[llm\]"):
        chat("http://127.0.0.1:1/v1")


def test_get_generator_gives_none_or_one_object_per_settings(scripted: Script) -> None:
    assert get_generator(Settings()) is None
    chosen = GeneratorSettings(kind="openai", model="tiny-chat", base_url=scripted.url)
    assert get_generator(Settings(generator=chosen)) is get_generator(Settings(generator=chosen))


def test_real_server(llama_server: str) -> None:
    generator = chat(llama_server, model="smollm2", timeout=60.0)
    pieces = list(generator.stream([Message("user", "Say hello.")], max_tokens=8))
    assert len(pieces) > 1
    assert "".join(pieces).strip()


def test_real_server_refuses_what_does_not_fit(llama_server: str) -> None:
    generator = chat(llama_server, model="smollm2", timeout=60.0)
    with pytest.raises(ModelError, match=r"refused the request \(400\).*context"):
        list(generator.stream([Message("user", "word " * 3000)]))
