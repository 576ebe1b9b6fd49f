"""What servers of several makes tell about their model, and what is assumed where they do not."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from chat_servers import Script, chunk

from ringkas.errors import ModelError
from ringkas.generation import Message
from ringkas.generation.openai_chat import OpenAIChat
from ringkas.settings import GeneratorSettings

STAND_IN = "{{ '<|im_start|>' + message.role }}"


def chat(url: str, model: str = "tiny-chat") -> OpenAIChat:
    return OpenAIChat(GeneratorSettings(kind="openai", model=model, base_url=url, retries=0))


@pytest.mark.parametrize(
    ("pages", "window"),
    [
        ({"/v1/models": {"data": [{"id": "tiny-chat", "max_model_len": 32768}]}}, 32768),
        ({"/v1/models": {"data": [{"id": "another", "max_model_len": 32768}]}}, 8192),
        ({"/props": {"default_generation_settings": {"n_ctx": 2048}}}, 2048),
        ({"/api/ps": {"models": []}}, 4096),
        ({"/api/ps": {"models": [{"name": "tiny-chat", "context_length": 16384}]}}, 16384),
        ({"/api/ps": {"models": [{"name": "another", "context_length": 16384}]}}, 4096),
        ({}, 8192),
        ({"/v1/models": {"data": "none"}, "/props": ["?"], "/api/ps": {"models": 3}}, 4096),
        ({"/props": {"default_generation_settings": {"n_ctx": "large"}}}, 8192),
    ],
)
def test_the_window_is_what_the_server_tells(
    scripted: Script, pages: dict[str, Any], window: int
) -> None:
    scripted.pages = pages
    assert chat(scripted.url).window == window


def test_the_server_is_asked_once(scripted: Script) -> None:
    generator = chat(scripted.url)
    assert generator.window == 8192
    scripted.pages = {"/props": {"default_generation_settings": {"n_ctx": 512}}}
    assert generator.window == 8192


def test_a_server_out_of_reach_is_asked_again_later() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    generator = chat(url)
    assert generator.window == 4096
    assert generator._facts is None


def test_a_template_of_foreign_tokens_gives_a_base_model_away(scripted: Script) -> None:
    props = {"default_generation_settings": {"n_ctx": 2048}, "chat_template": STAND_IN}
    scripted.pages = {"/props": props, "/tokenize": {"tokens": [1]}}
    assert chat(scripted.url).window == 2048
    scripted.pages = {"/props": props, "/tokenize": {"tokens": [27, 91, 320]}}
    with pytest.raises(ModelError, match=r"no chat template.*base model.*-Instruct"):
        assert chat(scripted.url).window


def test_the_real_server_tells_its_window(llama_server: str) -> None:
    assert chat(llama_server, "smollm2").window == 2048


def test_a_real_base_model_is_refused(gemma_server: str) -> None:
    with pytest.raises(ModelError, match=r"'gemma' .* has no chat template"):
        assert chat(gemma_server, "gemma").window


def test_the_estimate_of_tokens_is_careful(llama_server: str) -> None:
    generator = chat(llama_server, "smollm2")
    text = "Gubernur meresmikan jembatan gantung sepanjang 120 meter di Desa Tirtaloka. " * 8
    usage = generator._client.chat.completions.create(
        model="smollm2",
        messages=[{"role": "user", "content": text}],
        max_tokens=1,
    ).usage
    assert usage is not None
    assert 0.8 * generator.tokens(text) < usage.prompt_tokens <= generator.tokens(text) + 40


def test_a_server_that_does_not_stop_is_left(scripted: Script) -> None:
    def act(handler: Any) -> None:
        handler.open_stream()
        while True:
            handler.send_event(chunk("la " * 33))

    scripted.will(act)
    with pytest.raises(ModelError, match=r"did not stop 'tiny-chat' after 20 tokens"):
        list(chat(scripted.url).stream([Message("user", "Hi")], max_tokens=20))
    assert scripted.hung_up.wait(3)
