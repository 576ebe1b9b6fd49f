"""How a seq2seq checkpoint wants to be addressed: prefix, language tokens, lengths."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ringkas.errors import ModelError
from ringkas.generation.seq2seq.checkpoint import Checkpoint
from ringkas.types import Language, OutputLanguage

_OUTPUT: Final[tuple[OutputLanguage, ...]] = ("id", "en")
# The language tokens of mBART, NLLB, M2M100 and IndoBART.
_TOKENS: Final[dict[OutputLanguage, tuple[str, ...]]] = {
    "id": ("id_ID", "ind_Latn", "__id__", "[indonesian]"),
    "en": ("en_XX", "eng_Latn", "__en__"),
}
_ANY_LANGUAGE = re.compile(
    r"[a-z]{2}_[A-Z]{2}|[a-z]{3}_[A-Z][a-z]{3}|__[a-z]{2,3}__|\[(?:indonesian|javanese|sundanese)\]"
)
# The names of languages where mT5 of CrossSum maps them to tokens.
_MAPPED: Final[dict[OutputLanguage, str]] = {"id": "indonesian", "en": "english"}
_NAMED: Final[dict[str, OutputLanguage]] = {
    **dict.fromkeys(("id", "ind", "indonesian"), "id"),
    **dict.fromkeys(("en", "eng", "english"), "en"),
}
# The tokens by which our own writer (training/generator) is told what to write.
_MANNERS: Final = ("summary", "brief", "headline", "translation")
# T5 reads any length, and was trained on 512 tokens; some copies of it state no length at all.
_USUAL_WINDOW = 512
_NO_LIMIT = 1_000_000  # tokenizers that know no limit state an enormous one


@dataclass(frozen=True, slots=True)
class Frame:
    """The special tokens before and after a source."""

    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one checkpoint is addressed.

    ``starts`` holds, for each language that can be written, the tokens that a reply starts from.
    Where ``steered``, they decide its language; else the model writes what it always writes, or,
    if it writes both languages, the source's. ``manners`` are the tokens that take the place of
    the first one and tell what is to be written, in models that know several kinds of text.
    ``source_limit`` and ``reply_limit`` count tokens, special ones included.
    """

    prefix: str
    starts: Mapping[OutputLanguage, tuple[int, ...]]
    steered: bool
    frames: Mapping[OutputLanguage, Frame]
    source_limit: int
    reply_limit: int | None
    manners: Mapping[str, int] = field(default_factory=dict)

    def start(self, language: OutputLanguage, manner: str | None = None) -> tuple[int, ...]:
        """Return the tokens that a reply starts from; a manner that is not known changes nothing.

        ``manner`` is ``"summary"``, ``"brief"``, ``"headline"`` or ``"translation"``.
        """
        first, *rest = self.starts[language]
        return (self.manners.get(manner or "", first), *rest)

    @property
    def languages(self) -> frozenset[OutputLanguage]:
        """The languages that can be written."""
        return frozenset(self.starts)

    def frame(self, source: Language) -> Frame:
        """Return the frame of a source; what is not English is taken for Indonesian."""
        return self.frames["en" if source == "en" else "id"]

    def follows_source(self) -> bool:
        """Tell whether the source decides which language is written."""
        return not self.steered and len(self.starts) > 1


def dialect_of(
    checkpoint: Checkpoint, languages: Sequence[OutputLanguage] = (), prefix: str | None = None
) -> Dialect:
    """Return how a checkpoint is addressed.

    Arguments:
        checkpoint: the model's files.
        languages: what it writes, as configured; empty leaves it to the files.
        prefix: what stands before each source, as configured; None leaves it to the files.

    Raises:
        ModelError: the files do not tell what it writes, or it cannot write what is configured.
    """
    tokens = _language_tokens(checkpoint)
    starts = _starts(checkpoint, tokens)
    written = tuple(languages) or _written(checkpoint, tokens)
    impossible = sorted(set(written) - set(starts))
    if impossible:
        raise ModelError(
            f"'{checkpoint.name}' has no language token for {impossible}; it can write "
            f"{sorted(starts)}. Correct generator.languages."
        )
    return Dialect(
        prefix=str(checkpoint.task.get("prefix", "")) if prefix is None else prefix,
        starts={language: starts[language] for language in written},
        steered=len(set(starts.values())) > 1,
        frames=_frames(checkpoint.tokenizer, tokens),
        source_limit=_source_limit(checkpoint),
        reply_limit=_stated(checkpoint.config, "max_decoder_position_embeddings")
        or _stated(checkpoint.config, "max_position_embeddings"),
        manners=_manners(checkpoint),
    )


def _manners(checkpoint: Checkpoint) -> dict[str, int]:
    """Return the tokens for kinds of text, in a model whose replies start from one of them."""
    vocabulary = checkpoint.tokenizer.get_vocab()
    known = {name: vocabulary.get(f"__{name}__") for name in _MANNERS}
    found = {name: number for name, number in known.items() if number is not None}
    return found if checkpoint.defaults.decoder_start_token_id in found.values() else {}


def _language_tokens(checkpoint: Checkpoint) -> dict[OutputLanguage, int]:
    """Return the token of each output language that the vocabulary has one for."""
    vocabulary = checkpoint.tokenizer.get_vocab()
    mapped = (getattr(checkpoint.config, "task_specific_params", None) or {}).get("langid_map")
    found: dict[OutputLanguage, int] = {}
    for language in _OUTPUT:
        names = _TOKENS[language]
        if mapped and _MAPPED[language] in mapped:
            names = (str(mapped[_MAPPED[language]][1]),)
        known = [vocabulary[name] for name in names if name in vocabulary]
        found |= {language: known[0]} if known else {}
    return found


def _starts(
    checkpoint: Checkpoint, tokens: Mapping[OutputLanguage, int]
) -> dict[OutputLanguage, tuple[int, ...]]:
    """Return the start of a reply in each language that could be written.

    A language token takes the place of the start token where that is one itself, or is missing
    (mBART-25, IndoBART, mT5 of CrossSum); it follows the start token elsewhere (mBART-50, NLLB).
    """
    first, forced = checkpoint.defaults.decoder_start_token_id, _forced(checkpoint)
    if not tokens:
        if first is None:
            raise ModelError(
                f"'{checkpoint.name}' does not say which token a reply starts from: its "
                "configuration has no decoder_start_token_id"
            )
        plain = (first,) if forced is None else (first, forced)
        return dict.fromkeys(_OUTPUT, plain)
    chosen = _spoken(checkpoint)
    inside = first is None or first in chosen or _is_mapped(checkpoint)
    rest = () if forced is None or forced in chosen else (forced,)
    return {
        language: (token, *rest) if inside else (first, token) for language, token in tokens.items()
    }


def _is_mapped(checkpoint: Checkpoint) -> bool:
    return "langid_map" in (getattr(checkpoint.config, "task_specific_params", None) or {})


def _forced(checkpoint: Checkpoint) -> int | None:
    forced: int | None = checkpoint.defaults.forced_bos_token_id
    return forced


def _spoken(checkpoint: Checkpoint) -> dict[int, str]:
    """Return every language token of the vocabulary, the ones we do not write included."""
    vocabulary = checkpoint.tokenizer.get_vocab()
    return {number: token for token, number in vocabulary.items() if _ANY_LANGUAGE.fullmatch(token)}


def _written(
    checkpoint: Checkpoint, tokens: Mapping[OutputLanguage, int]
) -> tuple[OutputLanguage, ...]:
    """Return the languages that the files say the model writes.

    A language token that starts every reply was set by whoever trained the model for it. The
    model card comes next, unless tokens steer the model.
    """
    spoken = _spoken(checkpoint)
    fixed = [
        number
        for number in (_forced(checkpoint), checkpoint.defaults.decoder_start_token_id)
        if number in spoken
    ]
    if fixed:
        found = tuple(one for one in _OUTPUT if tokens.get(one) == fixed[0])
        said = f"it is set to write '{spoken[fixed[0]]}'"
    elif tokens:
        return tuple(tokens)
    else:
        named = _card_languages(checkpoint)
        found = tuple(one for one in _OUTPUT if one in {_NAMED.get(name) for name in named})
        said = f"its model card names {', '.join(named)}" if named else "its files do not say"
    if not found:
        raise ModelError(
            f"cannot tell whether '{checkpoint.name}' writes Indonesian or English: {said}. If you "
            'know, say so in the configuration: generator.languages = ["id"]'
        )
    return found


def _card_languages(checkpoint: Checkpoint) -> tuple[str, ...]:
    """Return the languages that the model card's header lists, in lower case."""
    import frontmatter

    try:
        card = frontmatter.loads((checkpoint.folder / "README.md").read_text(encoding="utf-8"))
    except Exception:  # no card, or one whose header is not YAML: then it says nothing
        return ()
    listed = card.get("language") or ()
    names = [listed] if isinstance(listed, str) else listed
    return tuple(str(name).lower() for name in names) if isinstance(names, list | tuple) else ()


def _frames(tokenizer: Any, tokens: Mapping[OutputLanguage, int]) -> dict[OutputLanguage, Frame]:
    """Return the frame of a source in each language, set where the tokenizer can be told."""
    frames: dict[OutputLanguage, Frame] = {}
    for language in _OUTPUT:
        if hasattr(tokenizer, "src_lang") and language in tokens:
            tokenizer.src_lang = tokenizer.convert_ids_to_tokens(tokens[language])
        frames[language] = _frame(tokenizer)
    return frames


def _frame(tokenizer: Any) -> Frame:
    """Return what the tokenizer puts around a text, found by trying it."""
    body = tokenizer("a", add_special_tokens=False).input_ids
    whole = tokenizer("a").input_ids
    for place in range(len(whole) - len(body) + 1):
        if whole[place : place + len(body)] == body:
            return Frame(tuple(whole[:place]), tuple(whole[place + len(body) :]))
    raise ModelError("the tokenizer changes a text when it adds its special tokens to it")


def _source_limit(checkpoint: Checkpoint) -> int:
    """Return the longest source, in tokens: the smallest number that any file states."""
    config = checkpoint.config
    stated = [
        _stated(config, "max_encoder_position_embeddings")
        or _stated(config, "max_position_embeddings")
        or _stated(config, "n_positions"),
        min(checkpoint.tokenizer.model_max_length, _NO_LIMIT),
    ]
    known = [number for number in stated if number and number < _NO_LIMIT]
    return int(min(known)) if known else _USUAL_WINDOW


def _stated(config: Any, name: str) -> int | None:
    number = getattr(config, name, None)
    return number if isinstance(number, int) else None
