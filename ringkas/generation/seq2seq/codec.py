"""Text to a seq2seq model's tokens and back; nothing is ever cut off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from ringkas.errors import ModelError
from ringkas.generation.seq2seq.checkpoint import Checkpoint
from ringkas.generation.seq2seq.dialect import Dialect
from ringkas.types import Language

_LINE_BREAK = "<n>"  # how PEGASUS writes one


@dataclass(frozen=True)
class Codec:
    """A checkpoint's tokenizer, used the way its model was trained. Safe for many threads."""

    checkpoint: Checkpoint
    dialect: Dialect

    @cached_property
    def window(self) -> int:
        """The most tokens of text that a source may have: its frame and prefix come on top."""
        frame = max(len(one.before) + len(one.after) for one in self.dialect.frames.values())
        return self.dialect.source_limit - frame - len(self.body(self.dialect.prefix))

    @cached_property
    def keeps_case(self) -> bool:
        """Whether capitals survive; IndoBART knows small letters only."""
        return "D" in self.checkpoint.tokenizer.decode(self.body("Denpasar"))

    def tokens(self, text: str) -> int:
        """Return the number of tokens that ``text`` adds to a source."""
        return len(self._source(text)) - len(self.body(self.dialect.prefix))

    def encode(self, text: str, language: Language) -> list[int]:
        """Return a source's ids, special tokens included.

        Raises:
            ModelError: it is longer than the model reads.
        """
        frame = self.dialect.frame(language)
        ids = [*frame.before, *self._source(text), *frame.after]
        if len(ids) > self.dialect.source_limit:
            raise ModelError(
                f"'{self.checkpoint.name}' reads {self.dialect.source_limit} tokens at once; the "
                f"source has {len(ids)}. Give it in parts, or take a model that reads more."
            )
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of a reply's ids, in one line."""
        text = self.checkpoint.tokenizer.decode(list(ids), skip_special_tokens=True)
        return " ".join(text.replace(_LINE_BREAK, " ").split())

    def body(self, text: str) -> list[int]:
        """Return the ids of a text alone."""
        with _TOKENIZING:  # the call sets the tokenizer's state, which threads would share
            found: list[int] = self.checkpoint.tokenizer(
                text, add_special_tokens=False, verbose=False
            ).input_ids
        return found

    def plain(self, text: str) -> str:
        """Return ``text`` in one line, as in training, with no special token in it.

        An article may hold "</s>", by chance or to cut a model short. Tokenizers of Unigram type
        find it in their vocabulary whatever they are told, so a space is put into it.
        """
        line = " ".join(text.split())
        for token in self._special:
            if token in line:
                line = line.replace(token, f"{token[0]} {token[1:]}")
        return line

    @cached_property
    def _special(self) -> tuple[str, ...]:
        tokens: list[str] = self.checkpoint.tokenizer.all_special_tokens
        return tuple(token for token in tokens if len(token) > 1)

    def _source(self, text: str) -> list[int]:
        """Return the ids of prefix and text; only the prefix may hold special tokens."""
        return self.body(self.dialect.prefix + self.plain(text))


_TOKENIZING = Lock()
