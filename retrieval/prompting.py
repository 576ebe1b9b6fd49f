"""The messages that ask a chat model for an answer; their words live in ``prompts/*.md``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

from ringkas.generation import Message
from ringkas.generation.hostile import defuse, is_interview, without_orders
from ringkas.generation.prompts import read_prompt
from ringkas.types import Hit, OutputLanguage

NO_ANSWER = "NO_ANSWER"
"""What the model is told to reply when the passages do not hold the answer."""

_PROMPTS = Path(__file__).parent / "prompts"


def answer_messages(
    question: str, hits: Sequence[Hit], language: OutputLanguage
) -> tuple[Message, Message]:
    """Return the system and user messages for ``question`` over the passages of ``hits``.

    Passages are numbered from 1 in the order of ``hits``. They stand between tags that their own
    text cannot contain, and without the sentences that speak to a model.
    """
    filled = _prompt(language)["user"].substitute(
        passages="\n".join(_passage(number, hit) for number, hit in enumerate(hits, 1)),
        question=defuse(question),
        no_answer=NO_ANSWER,
    )
    return Message("system", rules(language)), Message("user", filled)


def rules(language: OutputLanguage) -> str:
    """Return the system prompt, so that a reply that repeats it can be recognised."""
    return _prompt(language)["system"].substitute(no_answer=NO_ANSWER)


def _passage(number: int, hit: Hit) -> str:
    interview = is_interview(hit.article.text)
    text = defuse(without_orders(hit.text, interview=interview))
    title = defuse(without_orders(hit.article.title, interview=interview)).replace('"', "'")
    return f'<passage number="{number}" title="{title}">\n{text}\n</passage>'


def _prompt(language: OutputLanguage) -> Mapping[str, Template]:
    return read_prompt(_PROMPTS / f"answer.{language}.md")
