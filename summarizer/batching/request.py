"""What is asked of every article, and the digest that tells whether that was done before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringkas import __version__
from ringkas.errors import SettingsError
from ringkas.generation.builtin import folder_of
from ringkas.settings import Settings
from ringkas.types import Article, OutputLanguage, Style, Summary
from summarizer.refusing import check_request
from summarizer.summarizing import Method, summarize
from summarizer.writers import get_writer
from summarizer.writing import Writer

if TYPE_CHECKING:
    from pydantic import TypeAdapter

# What has no part in a summary; every other section of the settings counts, new ones too.
_WITHOUT_PART = frozenset(
    {"index", "offline", "passages", "retrieval", "answer", "newsletter", "sources", "page"}
)
_ROOT = Path(__file__).resolve().parent.parent.parent
_CODE = ("summarizer", "ringkas/text", "ringkas/embedding", "ringkas/generation")
_READ_WHOLE = 1 << 20
# With one thread 32 at once needed 0.6 of the processor time of one by one on Indonesian news, 64
# no less than 0.55, and a killed run loses what is at work.
_CHOSEN_AT_ONCE = 32
# What writes is slow, so less is at work. A server answers a few requests at once.
_AT_ONCE = {"seq2seq": 16, "openai": 4, "transformers": 8}


@dataclass(frozen=True)
class Request:
    """What is asked of every article of a batch."""

    language: OutputLanguage | None
    max_words: int
    style: Style
    method: Method
    settings: Settings

    def check(self) -> None:
        """Refuse what no article can be asked.

        Raises:
            SummaryError: the length, the style or the method makes no sense.
            SettingsError: a model shall write, and none is configured.
        """
        check_request(self.max_words, self.style, self.method)
        if self.method == "abstractive" and not self.writes:
            raise SettingsError(
                "method is 'abstractive', and no model is configured to write. Name one under "
                "[generator] in the configuration, or leave the method out."
            )

    def summarize(self, article: Article) -> Summary:
        """Summarize one article as asked."""
        return summarize(
            article,
            language=self.language,
            max_words=self.max_words,
            style=self.style,
            method=self.method,
            settings=self.settings,
        )

    def as_json(self) -> bytes:
        """Return the request for another process."""
        return _adapter().dump_json(self)

    @classmethod
    def from_json(cls, content: bytes) -> Request:
        """Return what ``as_json`` wrote."""
        return _adapter().validate_json(content)

    @property
    def writes(self) -> bool:
        """Whether a model writes the summaries."""
        asked = self.method in ("auto", "abstractive")
        return asked and self.settings.generator.kind != "none"

    @property
    def at_once(self) -> int:
        """How many articles are summarized at once."""
        return _AT_ONCE[self.settings.generator.kind] if self.writes else _CHOSEN_AT_ONCE

    def load_writer(self) -> Writer | None:
        """Load the model that writes, if any; return it if it writes several texts in one go.

        Raises:
            ModelError: it cannot be loaded.
            MissingExtraError: the package that it needs is not installed.
        """
        writer = get_writer(self.settings) if self.writes else None
        return None if self.settings.generator.kind == "openai" else writer

    def digest(self, article: Article) -> str:
        """Return a hash of the article and of all that its summary depends on."""
        published = article.published.isoformat() if article.published else ""
        parts = (self.fingerprint, article.title, article.text, article.language, published)
        return _hash("\x00".join(parts).encode("utf-8", "replace"))

    @cached_property
    def fingerprint(self) -> str:
        """A hash of what is asked, of the settings, and of the code and models that answer."""
        sections = {
            name: value
            for name, value in asdict(self.settings).items()
            if name not in _WITHOUT_PART
        }
        embedder, writer = self.settings.embedder.model, self.settings.generator.model
        models = [
            *([Path(embedder).expanduser()] if embedder else []),
            *([folder_of(writer)] if writer else []),
        ]
        parts = {
            "asked": [self.language, self.max_words, self.style, self.method],
            "settings": sections,
            "models": [_state(folder) for folder in models],
            "version": __version__,
            "code": code_digest(),
        }
        return _hash(json.dumps(parts, sort_keys=True, default=str).encode())


@cache
def _adapter() -> TypeAdapter[Request]:
    from pydantic import TypeAdapter

    return TypeAdapter(Request)


@cache
def code_digest() -> str:
    """Return a hash of the code that this process runs, whatever is edited while it does."""
    return _state(*(_ROOT / folder for folder in _CODE))


def _state(*folders: Path) -> str:
    """Return a hash of the files in ``folders``: small ones by content, large ones by date.

    A model that is no folder, but a name, is known by its name alone.
    """
    return _hash(json.dumps([_file_state(path) for path in _files(folders)]).encode())


def _files(folders: tuple[Path, ...]) -> Iterator[Path]:
    for folder in folders:
        if folder.is_dir():
            files = (path for path in folder.rglob("*") if path.is_file())
            yield from sorted(path for path in files if "__pycache__" not in path.parts)


def _file_state(path: Path) -> list[Any]:
    facts = path.stat()
    if facts.st_size <= _READ_WHOLE:
        return [path.name, _hash(path.read_bytes())]
    return [path.name, facts.st_size, facts.st_mtime_ns]


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]
