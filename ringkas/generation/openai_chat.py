"""Chat models behind any server that speaks the OpenAI protocol (vLLM, llama.cpp, Ollama, …)."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ringkas.errors import MissingExtraError, ModelError, RingkasError, SettingsError
from ringkas.generation.base import Message, TextStream
from ringkas.generation.patience import watch
from ringkas.generation.server import ModelFacts, model_facts
from ringkas.settings import GeneratorSettings

if TYPE_CHECKING:
    import openai

_CONNECT_SECONDS = 5.0
_SHOWN_CHARACTERS = 300
_NO_KEY = "none"
"""Sent when no key is set: local servers want none, but the client insists on one."""
# SmolLM2's vocabulary, made for English, has 2.32 characters of Indonesian news to a token,
# Gemma's 3.5; the other servers' vocabularies lie between them or above.
_CHARACTERS_PER_TOKEN = 2.3
# No vocabulary's tokens are this long on average: the server does not heed max_tokens.
_LONGEST_TOKENS = 40
_UNREACHED = ModelFacts(window=4096)


class OpenAIChat:
    """A model on an OpenAI-compatible server.

    The key is read from the environment for each request and kept nowhere: not in this object,
    not in its repr, not in an error.

    Raises:
        SettingsError: ``model`` or ``base_url`` is missing or malformed.
        MissingExtraError: the ``openai`` package is not installed.
    """

    def __init__(self, settings: GeneratorSettings) -> None:
        self._settings = settings
        self._server = _checked_address(settings)
        self._client = self._connect()
        self._asking = Lock()
        self._facts: ModelFacts | None = None

    def __repr__(self) -> str:
        return f"OpenAIChat(model={self.name!r}, server={self._server!r})"

    @property
    def name(self) -> str:
        """The model's name on the server."""
        return self._settings.model

    @property
    def window(self) -> int:
        """The most tokens of prompt and reply, as the server tells; it is asked once.

        Raises:
            ModelError: the model has no chat template.
        """
        with self._asking:
            self._facts = self._facts or model_facts(self._client, self.name)
        facts = self._facts or _UNREACHED  # the request itself will say that it is out of reach
        if not facts.chats:
            raise ModelError(
                f"'{self.name}' on the model server {self._server} has no chat template: it is a "
                "base model, not a chat model. Serve its '-Instruct' or '-it' variant."
            )
        return facts.window

    def tokens(self, text: str) -> int:
        """Return a careful estimate of the number of tokens in ``text``."""
        return math.ceil(len(text) / _CHARACTERS_PER_TOKEN)

    def stream(self, messages: Sequence[Message], *, max_tokens: int | None = None) -> TextStream:
        """Yield the reply piece by piece; closing the stream closes the connection.

        Requests that fail before the first piece are retried with growing pauses.

        Raises:
            ModelError: the server is unreachable, silent, refuses, or breaks off midway.
        """
        try:
            yield from self._pieces(messages, max_tokens or self._settings.max_tokens)
            return
        except RingkasError:
            raise
        except Exception as error:
            # Whatever the client, its HTTP layer or its parser throw at a broken reply.
            failure = self._explain(error)
        # Raised outside the handler: a chained error would carry the server's words, and the
        # server may echo the key.
        raise failure

    def write(
        self, prompts: Sequence[Sequence[Message]], *, max_tokens: int | None = None
    ) -> list[str]:
        """Return the reply to each of several prompts, in their order, asked one after the other.

        Raises:
            ModelError: what :meth:`stream` raises.
        """
        return ["".join(self.stream(one, max_tokens=max_tokens)) for one in prompts]

    def _connect(self) -> openai.OpenAI:
        try:
            import openai
        except ImportError as error:
            raise MissingExtraError("openai", "llm", "A model server as generator") from error
        seconds = self._settings.timeout
        return openai.OpenAI(
            base_url=self._settings.base_url,
            api_key=self._key,
            timeout=openai.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS)),
            max_retries=self._settings.retries,
            default_headers={"Accept-Encoding": "identity"},  # what is packed cannot be watched
            http_client=openai.DefaultHttpxClient(event_hooks={"response": [watch]}),
        )

    def _key(self) -> str:
        return os.environ.get(self._settings.api_key_env, "").strip() or _NO_KEY

    def _pieces(self, messages: Sequence[Message], max_tokens: int) -> TextStream:
        request: Any = [{"role": item.role, "content": item.content} for item in messages]
        finished, written = False, 0
        with self._client.chat.completions.create(
            model=self.name,
            messages=request,
            max_tokens=max_tokens,
            temperature=self._settings.temperature,
            stream=True,
        ) as chunks:
            for chunk in chunks:
                said, thought = "", ""
                for choice in chunk.choices[:1]:  # a usage report has no choice
                    finished = finished or choice.finish_reason is not None
                    said = choice.delta.content or ""
                    thought = getattr(choice.delta, "reasoning_content", None) or ""
                # An event that says nothing counts too, or a server could send them for ever.
                written += max(1, len(said) + len(thought))
                self._check_length(written, max_tokens)
                if said or not finished:
                    yield said  # empty while it thinks: whoever reads can stop it there
        if not finished:
            raise ModelError(
                f"the model server {self._server} broke off before the reply of '{self.name}' was "
                "complete. Look at the server's log, then ask again."
            )

    def _check_length(self, written: int, max_tokens: int) -> None:
        if written > max_tokens * _LONGEST_TOKENS:
            raise ModelError(
                f"the model server {self._server} did not stop '{self.name}' after {max_tokens} "
                f"tokens: {written} characters or events have come. Look at the server's settings."
            )

    def _explain(self, error: Exception) -> ModelError:
        import openai

        where = f"the model server {self._server}"
        if isinstance(error, openai.APITimeoutError):
            return ModelError(
                f"{where} sent nothing for {self._settings.timeout:g} s. Raise "
                "generator.timeout, or choose a smaller model."
            )
        if isinstance(error, openai.APIStatusError):
            return ModelError(f"{where} {self._refusal(error)}")
        if isinstance(error, openai.APIConnectionError):
            return ModelError(
                f"{where} cannot be reached, or broke off midway. Start it, or correct "
                "generator.base_url in the configuration."
            )
        said = self._clean(error.message) if isinstance(error, openai.APIError) else ""
        if said:
            return ModelError(f"{where} reported an error while writing: {said}")
        return ModelError(
            f"{where} sent something that is not an OpenAI chat stream "
            f"({type(error).__name__}). Does generator.base_url end in '/v1'?"
        )

    def _refusal(self, error: openai.APIStatusError) -> str:
        status = error.status_code
        if status in {401, 403}:  # the body is not shown: it may hold part of the key
            return (
                f"refused the key ({status}). Put a valid key into the environment variable "
                f"{self._settings.api_key_env}."
            )
        if status == 404:
            return f"does not know the model '{self.name}' (404). {self._served()}"
        said = self._clean(error.message)
        if status == 429 or status >= 500:
            return f"failed {self._settings.retries + 1} times ({status}): {said}"
        return f"refused the request ({status}): {said}"

    def _served(self) -> str:
        """Return a sentence that names the models the server has."""
        try:
            patient = self._client.with_options(max_retries=0, timeout=_CONNECT_SECONDS)
            names = [str(model.id) for model in patient.models.list().data]
        except Exception:  # a helpful extra: the 404 itself is reported in any case
            names = []
        if not names:
            return "Check generator.model, and that generator.base_url ends in '/v1'."
        return f"It serves: {self._clean(', '.join(sorted(names)))}"

    def _clean(self, text: str) -> str:
        """Return the server's words in one short line, without the key."""
        hidden = text if self._key() == _NO_KEY else text.replace(self._key(), "***")
        return " ".join(hidden.split())[:_SHOWN_CHARACTERS]


def _shown(address: str) -> str:
    """Return what was given without a password, and without a query, which may hold a key."""
    return re.sub(r"[^/@]*@", "***@", address.split("?", 1)[0])


def _checked_address(settings: GeneratorSettings) -> str:
    """Return the server's address as it may be shown: without user, password and query."""
    parts = urlsplit(settings.base_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingsError(
            f"generator.base_url is {_shown(settings.base_url)!r}; expected the address of an "
            "OpenAI-compatible server, such as 'http://127.0.0.1:8080/v1'"
        )
    if not settings.model:
        raise SettingsError(
            "generator.model is empty; expected the name under which the server knows its model"
        )
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"
