"""One more try for a sentence that the article does not hold: written anew from its place there."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from ringkas.embedding import Embedder
from ringkas.types import Article, Span, Style, SummarySentence
from summarizer import support
from summarizer.fitting import words_of
from summarizer.long import write_all
from summarizer.replies import sentences_of
from summarizer.tongues import is_foreign
from summarizer.writing import Brief, Writer

# A sentence that rests on nothing is tried with the sentences nearest in meaning, of these many.
_MOST_COMPARED = 400
_SPARE_WORDS = 5


def rewritten(
    wrong: Sequence[SummarySentence],
    article: Article,
    sentences: Sequence[Span],
    brief: Brief,
    writer: Writer,
    embedder: Embedder,
) -> Generator[str, None, list[SummarySentence | None]]:
    """Return for each sentence one in its place that the article holds, or None.

    The writer sees only the sentences of the article around what the wrong one rests on. Yields
    empty pieces in between, so that whoever reads them may cancel.

    Raises:
        ModelError: the model fails.
    """
    if not wrong:
        return []
    sources = [_surroundings(each, article, sentences, embedder, writer) for each in wrong]
    limit = max(words_of(each.text) for each in wrong) + _SPARE_WORDS
    style: Style = "headline" if brief.style == "headline" else "paragraph"
    aim = replace(brief, max_words=limit, style=style, source_language=article.language)
    replies = yield from write_all(writer, sources, aim)
    firsts = [next(iter(sentences_of(reply, style)), "") for reply in replies]
    usable = [text for text in firsts if text and not is_foreign(text, brief.language)]
    checked = dict(zip(usable, support.check(usable, article, embedder), strict=True))
    return [_if_supported(checked.get(text)) for text in firsts]


def _if_supported(sentence: SummarySentence | None) -> SummarySentence | None:
    return sentence if sentence is not None and sentence.supported else None


def _surroundings(
    wrong: SummarySentence,
    article: Article,
    sentences: Sequence[Span],
    embedder: Embedder,
    writer: Writer,
) -> str:
    """Return the article's sentences that the wrong one rests on, with their neighbours."""
    spans = [*wrong.spans, *(flag.nearest for flag in wrong.flags if flag.nearest)]
    places = [
        place
        for place, sentence in enumerate(sentences)
        if any(span.start < sentence.end and span.end > sentence.start for span in spans)
    ]
    places = places or [_nearest(wrong.text, article, sentences, embedder)]
    wanted = sorted({near for place in places for near in (place - 1, place, place + 1)})
    chosen = [sentences[place].of(article.text) for place in wanted if 0 <= place < len(sentences)]
    while len(chosen) > 1 and writer.tokens(" ".join(chosen)) > writer.window:
        chosen.pop()
    return " ".join(" ".join(chosen).split())


def _nearest(text: str, article: Article, sentences: Sequence[Span], embedder: Embedder) -> int:
    candidates = [span.of(article.text) for span in sentences[:_MOST_COMPARED]]
    vectors = embedder.embed_passages([text, *candidates])
    return int((vectors[1:] @ vectors[0]).argmax())
