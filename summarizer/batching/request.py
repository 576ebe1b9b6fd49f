"""What is asked of every article, and the digest that tells whether that was done before."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ringkas import __version__
from ringkas.errors import SummaryError
from ringkas.settings import Settings
from ringkas.types import Article, OutputLanguage, Style, Summary
from summarizer.refusing import check_request
from summarizer.summarizing import summarize

# What has no part in a summary; every other section of the settings counts, new ones too.
_WITHOUT_PART = frozenset(
    {"index", "offline", "passages", "retrieval", "answer", "sources", "page"}
)
_ROOT = Path(__file__).resolve().parent.parent.parent
_CODE = ("summarizer", "ringkas/text", "ringkas/embedding", "ringkas/generation")
_READ_WHOLE = 1 << 20


@dataclass(frozen=True)
class Request:
    """What is asked of every article of a batch."""

    language: OutputLanguage | None
    max_words: int
    style: Style
    method: str
    settings: Settings

    def check(self) -> None:
        """Refuse what no article can be asked.

        Raises:
            SummaryError: the length, the style or the method makes no sense.
        """
        check_request(self.max_words, self.style)
        if self.method not in ("auto", "extractive") and not self._takes_method:
            raise SummaryError(f"method is '{self.method}'; choose 'auto' or 'extractive'")

    def summarize(self, article: Article) -> Summary:
        """Summarize one article as asked."""
        method: dict[str, Any] = {"method": self.method} if self._takes_method else {}
        return summarize(
            article,
            language=self.language,
            max_words=self.max_words,
            style=self.style,
            settings=self.settings,
            **method,
        )

    @cached_property
    def _takes_method(self) -> bool:
        return "method" in inspect.signature(summarize).parameters

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
        models = [self.settings.embedder.model, self.settings.generator.model]
        parts = {
            "asked": [self.language, self.max_words, self.style, self.method],
            "settings": sections,
            "models": [_state(Path(model).expanduser()) for model in models if model],
            "version": __version__,
            "code": _code(),
        }
        return _hash(json.dumps(parts, sort_keys=True, default=str).encode())


@cache
def _code() -> str:
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
