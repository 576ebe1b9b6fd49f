"""Settings of what is written: the language model, summaries, newsletters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ringkas.settings.strict import STRICT
from ringkas.types import Tone


@dataclass(frozen=True, slots=True)
class GeneratorSettings:
    """An optional language model that writes.

    ``kind`` is ``"none"``, ``"openai"`` (any OpenAI-compatible server at ``base_url``),
    ``"transformers"`` (a chat model: a local folder or Hub name in ``model``) or ``"seq2seq"``
    (IndoBART, mBART, T5, PEGASUS, BART: a folder or Hub name, or ``"builtin"``, our own), which
    writes summaries only.
    The API key is read from the environment variable that ``api_key_env`` names, never from the
    file. Times in seconds. ``languages`` says what the model writes; left out, it is what a
    seq2seq model's files say, and both languages for a chat model.

    The rest is for seq2seq models. One runs on ``engine``, in ``precision``: ``"auto"`` is int8
    with ctranslate2, and with transformers bfloat16 where the hardware multiplies it. ``prefix``
    stands before its input ("summarize: "); left out, it is what its files say. ``beams`` 1
    writes greedily.
    """

    __pydantic_config__ = STRICT
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

    __pydantic_config__ = STRICT
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

    __pydantic_config__ = STRICT
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

    __pydantic_config__ = STRICT
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

    __pydantic_config__ = STRICT
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
