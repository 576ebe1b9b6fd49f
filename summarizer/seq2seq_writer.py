"""Summaries written by a seq2seq model: IndoBART, mBART, T5, PEGASUS, BART."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Final

from ringkas.errors import LanguageError
from ringkas.generation.base import TextStream
from ringkas.generation.seq2seq import Decoding, Written, decoding_for, get_seq2seq
from ringkas.settings import GeneratorSettings
from ringkas.text.sentences import split
from ringkas.types import OutputLanguage, Style
from summarizer.choosing import best
from summarizer.refusing import own_language
from summarizer.translating import MANNER, decoding_of, is_done, part_of, pieces, translations
from summarizer.writing import Brief, Part, Reply

# How far a reply may overrun the words asked for, so that its last sentence can be finished.
_OVERRUN, _SPARE_TOKENS = 1.5, 32
# The beams of a second try after a greedy one; the same search would find the same reply.
_OTHER_BEAMS = 4
# What models that know several kinds of text are asked for.
_MANNERS: Final[dict[Style, str]] = {
    "paragraph": "summary",
    "bullets": "summary",
    "headline": "headline",
}


class Seq2SeqWriter:
    """A writer of summaries over a seq2seq model.

    Such a model takes no instructions: of a brief it heeds the languages, the length, and the
    style where it was trained to write more than one; the query is for the caller to see to.
    Where beams disagree, what the article holds is preferred to what is likelier.

    Raises:
        SettingsError: the model has no name, or its engine has no such precision.
        MissingExtraError: the engine is not installed.
        ModelError: the model cannot be loaded, does not fit together, or is not trained.
    """

    def __init__(self, settings: GeneratorSettings, *, offline: bool = True) -> None:
        self._settings = settings
        self._model = get_seq2seq(settings, offline=offline)
        self._codec = self._model.codec

    def __repr__(self) -> str:
        return f"Seq2SeqWriter({self._model!r})"

    @property
    def name(self) -> str:
        """The model's folder or Hub name."""
        return self._model.name

    @property
    def languages(self) -> frozenset[OutputLanguage]:
        """The languages it can write: what is configured, or what its files say."""
        return self._codec.dialect.languages

    @property
    def window(self) -> int:
        """The most tokens of source text that it reads at once."""
        return self._codec.window

    def translates(self, brief: Brief) -> bool:
        """Tell whether it was trained to translate, and the brief crosses languages."""
        own = own_language(brief.source_language)
        return own != brief.language and MANNER in self._codec.dialect.manners

    def tokens(self, text: str) -> int:
        """Return the number of the model's tokens in ``text``."""
        return self._codec.tokens(text)

    def stream(self, source: str, brief: Brief) -> TextStream:
        """Yield a summary piece by piece as it is written greedily, or at the end with beams.

        Empty pieces come in between; close the stream at any of them to stop the model. A model
        without capitals is followed sentence by sentence, with those of the source put back.

        Raises:
            LanguageError: the model does not write the language asked for.
            ModelError: the model fails, or ``source`` exceeds its window.
        """
        self._check_language(brief)
        if self.translates(brief):
            yield from self._translation(source, brief)
            return
        decoding = self._decoding([source], brief)
        text, shown = "", 0
        languages, manner = (brief.source_language, brief.language), _MANNERS[brief.style]
        with closing(self._model.stream(source, *languages, decoding, manner)) as progress:
            for written in progress:
                if written.others:
                    yield best(self._part(written, source), brief)
                    return
                text = written.text
                settled = self._settled(text)
                yield self._cased(text[shown:settled], source)
                shown = max(shown, settled)
        yield self._cased(text[shown:], source)

    def write(self, sources: Sequence[str], brief: Brief) -> list[Reply]:
        """Return a summary for each source, in their order; like lengths are read together.

        With beams, all that they have written, whatever the brief counts as faults.

        Raises:
            LanguageError: the model does not write the language asked for.
            ModelError: the model fails, or a source exceeds its window.
        """
        self._check_language(brief)
        if not sources:
            return []
        if self.translates(brief):
            return self._translations(sources, brief)
        decoding = self._decoding(sources, brief)
        languages = (brief.source_language, brief.language)
        found = self._model.write(sources, *languages, decoding, _MANNERS[brief.style])
        return [
            (self._part(written, source),) for written, source in zip(found, sources, strict=True)
        ]

    def _part(self, written: Written, source: str) -> Part:
        texts = (written.text, *written.others)
        return Part(tuple(self._cased(text, source) for text in texts))

    def _translation(self, source: str, brief: Brief) -> TextStream:
        """Yield a translation sentence by sentence, and empty pieces in between."""
        languages = (brief.source_language, brief.language)
        for number, sentence in enumerate(pieces(source, self._model)):
            part = Part((sentence,), sentence)
            if not is_done(sentence, brief):
                decoding = decoding_of(sentence, self._model, self._beams(brief))
                written = Written("")
                with closing(self._model.stream(sentence, *languages, decoding, MANNER)) as steps:
                    for step in steps:
                        written = step
                        yield ""
                part = part_of(sentence, written, brief)
            yield ("\n" if number else "") + best(part, brief)

    def _translations(self, sources: Sequence[str], brief: Brief) -> list[Reply]:
        parts = [pieces(source, self._model) for source in sources]
        flat = [sentence for sentences in parts for sentence in sentences]
        found = iter(translations(flat, self._model, brief, self._beams(brief)))
        return [tuple(next(found) for _ in sentences) for sentences in parts]

    def _beams(self, brief: Brief) -> int:
        """Return how many replies to search for: another number at a second try."""
        beams = self._settings.beams
        if not brief.again:
            return beams
        return 1 if beams > 1 else _OTHER_BEAMS

    def _check_language(self, brief: Brief) -> None:
        dialect = self._codec.dialect
        own = own_language(brief.source_language)
        follows = dialect.follows_source() and own != brief.language
        if brief.language not in self.languages or follows:
            can = f"'{own}', the source's language" if follows else str(sorted(self.languages))
            raise LanguageError(
                f"'{self.name}' cannot write a summary in '{brief.language}' here; it writes "
                f"{can}. Ask for that, or name a model in generator.model that writes the other "
                "language from this one, such as a chat model."
            )

    def _decoding(self, sources: Sequence[str], brief: Brief) -> Decoding:
        words = sum(len(source.split()) for source in sources)
        a_word = max(1.0, sum(map(self.tokens, sources)) / max(1, words))
        expected = int(a_word * brief.max_words) + 1
        limit = min(
            int(expected * _OVERRUN) + _SPARE_TOKENS, max(self._settings.max_tokens, expected)
        )
        beams = self._beams(brief)
        return decoding_for(
            self._codec.checkpoint,
            beams=beams,
            max_tokens=min(limit, self._model.reply_limit or limit),
            expected_tokens=expected,
            all_beams=brief.faults is not None and beams > 1,
        )

    def _settled(self, text: str) -> int:
        """Return how many characters will not change any more while the model goes on."""
        if self._codec.keeps_case:
            return max(0, text.rfind(" "))
        sentences = split(text)
        return sentences[-1].start if sentences else 0

    def _cased(self, text: str, source: str) -> str:
        """Return ``text`` with the source's capitals, where the model has none of its own."""
        if self._codec.keeps_case or not text.strip():
            return text
        from summarizer.casing import restore

        return restore(text.strip(), source) + text[len(text.rstrip()) :]
