"""Evidence of several articles: same answer, more sources; different answers, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from retrieval.candidates import Candidate
from retrieval.extend import extend, shown
from retrieval.questions import Kind
from ringkas.text.figures import take_figures
from ringkas.text.sentences import sentence_at
from ringkas.text.vocabulary import MONTHS, same_word
from ringkas.types import AnswerVariant, Citation, OutputLanguage, Span

_SMALL_WORDS = frozenset("the a an of in on at di pada oleh by sekitar about rp idr".split())
_UNITS = {"percent": "persen", "people": "orang", "persons": "orang", "usd": "us"}
# One word is not the name that has it beside one of these: "Bali" is not "Bank Bali".
_OTHER_THING = frozenset(
    """
    bank pt cv tbk universitas university institut hotel bandara airport stasiun station pelabuhan
    polda polres polsek kodam fc united city post times airlines tv radio stadion piala liga
    selat laut teluk pulau gunung
    """.split()
)
_FIRST_YEAR = 1000  # "2023" is part of a date; "8" alone is not enough of one
_MOST_CITATIONS = 4
# What a reader of the question's language is shown may be so much less probable than the rest.
_OWN_LANGUAGE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Key:
    """What makes an answer: its words in one form, and what its numbers can mean."""

    words: frozenset[str]
    figures: tuple[frozenset[Decimal], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One candidate as it would be shown."""

    candidate: Candidate
    answer: Span
    text: str
    key: Key


def gather(
    candidates: Iterable[Candidate], kind: Kind, language: OutputLanguage | None = None
) -> list[AnswerVariant]:
    """Return the differing answers with all their sources, most probable first.

    An answer is worded as in an article in ``language`` where one of them says it.
    """
    groups: list[list[Evidence]] = []
    for candidate in candidates:
        evidence = _evidence(candidate, kind)
        home = next((group for group in groups if _agree(group[0], evidence)), None)
        if home is None:
            groups.append([evidence])
        else:
            home.append(evidence)
    return [_variant(group, language) for group in groups]


def _evidence(candidate: Candidate, kind: Kind) -> Evidence:
    text = candidate.hit.article.text
    answer = _within(candidate, extend(text, candidate.span, kind))
    wording = shown(text, answer, candidate.span) if kind == "who" else answer.of(text)
    return Evidence(candidate, answer, " ".join(wording.split()), _key(candidate.text))


def _within(candidate: Candidate, span: Span) -> Span:
    """Keep a span inside the passage, which ends inside its sentence where that is overlong."""
    passage = candidate.hit.passage
    return Span(max(span.start, passage.start), min(span.end, passage.end))


def _key(text: str) -> Key:
    figures, rest = take_figures(text)
    forms = {_UNITS.get(word, same_word(word)) for word in rest.split()}
    months = forms & set(MONTHS)
    figures += [frozenset({Decimal(MONTHS.index(month) + 1)}) for month in sorted(months)]
    return Key(frozenset(forms - months - _SMALL_WORDS), tuple(figures))


def _agree(one: Evidence, other: Evidence) -> bool:
    """Two answers agree when one says all that the other says, or they overlap in place."""
    if _covers(one.key, other.key) or _covers(other.key, one.key):
        return True
    same_article = one.candidate.hit.article.id == other.candidate.hit.article.id
    overlap = one.answer.start < other.answer.end and other.answer.start < one.answer.end
    return same_article and overlap


def _covers(full: Key, part: Key) -> bool:
    """Tell whether ``full`` holds every word and number of ``part``, which has any."""
    if not (part.words or part.figures) or not part.words <= full.words:
        return False
    if not all(any(figure & other for other in full.figures) for figure in part.figures):
        return False
    if len(part.words) == 1 and not part.figures and (full.words - part.words) & _OTHER_THING:
        return False
    lone = not part.words and len(part.figures) == 1 < len(full.figures)
    return not lone or max(part.figures[0]) >= _FIRST_YEAR


def _variant(group: Sequence[Evidence], language: OutputLanguage | None) -> AnswerVariant:
    probability = group[0].candidate.probability
    enough = _OWN_LANGUAGE_SHARE * probability
    first = next(
        (
            evidence
            for evidence in group
            if evidence.candidate.hit.article.language == language
            and evidence.candidate.probability >= enough
        ),
        group[0],
    )
    return AnswerVariant(first.text, probability, _citations([first, *group]))


def _citations(group: Sequence[Evidence]) -> tuple[Citation, ...]:
    """Return one citation an article, in this order."""
    cited: dict[str, Citation] = {}
    for evidence in group:
        hit = evidence.candidate.hit
        sentence = _within(
            evidence.candidate,
            sentence_at(hit.article.text, evidence.answer.start, evidence.answer.end),
        )
        cited.setdefault(
            hit.article.id, Citation(hit.article, hit.passage, sentence.start, sentence.end)
        )
    return tuple(cited.values())[:_MOST_CITATIONS]
