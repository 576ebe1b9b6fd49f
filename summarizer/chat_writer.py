"""Summaries written by a chat model: what it is asked, and how much it can read at once.

The words of the prompts live in ``prompts/summary.*.md``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from string import Template

from ringkas.errors import ModelError
from ringkas.generation import Generator, Message, TextStream, without_thoughts
from ringkas.generation.hostile import defuse
from ringkas.generation.prompts import read_prompt
from ringkas.settings import GeneratorSettings
from ringkas.text.sentences import paragraphs
from ringkas.types import Language, OutputLanguage
from summarizer.fitting import is_enough
from summarizer.replies import so_far
from summarizer.writing import Brief, Part, Reply

_PROMPTS = Path(__file__).parent / "prompts"
_BOTH: frozenset[OutputLanguage] = frozenset({"id", "en"})
# The sections of the longest prompt.
_LONGEST = ("system", "user", "bullets", "translated", "query", "warm", "again")
# Indonesian takes most vocabularies 2 to 3 tokens a word, and models overrun the words asked for.
_TOKENS_PER_WORD = 4
# Chat templates put marks around the messages; 40 tokens are enough for those we have seen.
_TEMPLATE_TOKENS = 64
# What stands in the middle of a longer prompt is read badly (Liu et al., "Lost in the Middle",
# TACL 2024), so longer articles are summarized part by part.
_MOST_TOKENS = 12_000
_FEWEST_TOKENS = 200
_PIECES = re.compile(r"\s*\S+\s*")


class ChatWriter:
    """A writer of summaries over a chat model.

    Raises:
        ModelError: the model holds too little for a prompt, or has no chat template.
    """

    def __init__(self, generator: Generator, settings: GeneratorSettings) -> None:
        self._generator = generator
        self._settings = settings
        self._overhead = _TEMPLATE_TOKENS + max(
            self._prompt_tokens("id"), self._prompt_tokens("en")
        )

    def __repr__(self) -> str:
        return f"ChatWriter({self._generator!r})"

    @property
    def name(self) -> str:
        """The model's name, ready to show."""
        return self._generator.name

    @property
    def languages(self) -> frozenset[OutputLanguage]:
        """What the configuration says that it writes; both languages where it says nothing."""
        return frozenset(self._settings.languages) or _BOTH

    @property
    def window(self) -> int:
        """The most tokens of source text that it reads at once.

        Raises:
            ModelError: the model holds too little for a prompt, or has no chat template.
        """
        held = self._generator.window
        room = held - self._overhead - self._settings.max_tokens
        if room < _FEWEST_TOKENS:
            raise ModelError(
                f"'{self.name}' holds {held} tokens at once; a summary needs "
                f"{held - room + _FEWEST_TOKENS}. Give it a longer context (llama.cpp: "
                "--ctx-size), or lower generator.max_tokens."
            )
        return min(room, _MOST_TOKENS)

    def translates(self, brief: Brief) -> bool:  # noqa: ARG002 - one of several kinds of writers
        """Return False: it summarizes in either language."""
        return False

    def tokens(self, text: str) -> int:
        """Return the number of the model's tokens in ``text``, estimated for a server's model."""
        return self._generator.tokens(text)

    def stream(self, source: str, brief: Brief) -> TextStream:
        """Yield the reply piece by piece, without thoughts; close the stream to cancel it.

        Raises:
            ModelError: the model fails, or ``source`` exceeds its window.
        """
        limit = self._reply_tokens(self._fitting(source), brief)
        with closing(self._generator.stream(messages(source, brief), max_tokens=limit)) as stream:
            yield from without_thoughts(stream)

    def write(self, sources: Sequence[str], brief: Brief) -> list[Reply]:
        """Return one reply for each source, in their order, without thoughts.

        Each ends where whoever streams it would stop the model.

        Raises:
            ModelError: the model fails, or a source exceeds its window.
        """
        if not sources:
            return []
        limit = self._reply_tokens(max(map(self._fitting, sources)), brief)
        prompts = [messages(source, brief) for source in sources]
        replies = self._generator.write(prompts, max_tokens=limit)
        texts = (_as_far_as_wanted("".join(without_thoughts([one])), brief) for one in replies)
        return [(Part((text,)),) for text in texts]

    def _fitting(self, source: str) -> int:
        """Return the tokens of a source that the model can read.

        Raises:
            ModelError: they are more than its window.
        """
        used = self.tokens(source)
        if used > self.window:
            raise ModelError(
                f"'{self.name}' reads {self.window} tokens of text at once; this has {used}"
            )
        return used

    def _prompt_tokens(self, language: OutputLanguage) -> int:
        prompt = read_prompt(_file(language))
        return self.tokens("\n".join(prompt[section].template for section in _LONGEST))

    def _reply_tokens(self, used: int, brief: Brief) -> int:
        """Return how long the reply may be: more than configured for a long summary, if it fits."""
        asked = self.tokens(brief.query or "")
        room = self._generator.window - self._overhead - used - asked
        wanted = _TOKENS_PER_WORD * brief.max_words
        return max(self._settings.max_tokens, min(wanted, room))


def _as_far_as_wanted(reply: str, brief: Brief) -> str:
    written = ""
    for piece in _PIECES.findall(reply):
        written += piece
        titled = brief.style == "headline" and bool(so_far(written, brief.style)[0])
        if titled or is_enough(written, brief.max_words):
            break
    return written


def messages(source: str, brief: Brief) -> tuple[Message, Message]:
    """Return the system and user messages that ask for a summary of ``source``.

    The source stands between tags that its own text cannot contain.
    """
    prompt = read_prompt(_file(brief.language))
    text = "\n\n".join(defuse(span.of(source)) for span in paragraphs(source))
    filled = prompt["user"].substitute(source=text, task=_task(prompt, brief))
    return Message("system", prompt["system"].substitute()), Message("user", filled)


def _task(prompt: Mapping[str, Template], brief: Brief) -> str:
    lines = [prompt[brief.style].substitute(max_words=brief.max_words)]
    if brief.source_language != brief.language:
        other = prompt[brief.source_language].substitute()
        lines.append(prompt["translated"].substitute(source_language=other))
    if brief.query:
        lines.append(prompt["query"].substitute(query=defuse(brief.query)))
    if brief.tone != "neutral" and brief.style != "headline":
        lines.append(prompt[brief.tone].substitute())
    if brief.again:
        lines.append(prompt["again"].substitute(max_words=brief.max_words))
    return "\n".join(lines)


def _file(language: Language) -> Path:
    return _PROMPTS / f"summary.{language}.md"
