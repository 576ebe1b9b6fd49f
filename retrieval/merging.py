"""Evidence of several articles: same answer, more sources; different answers, side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.extend import extend, shown
from retrieval.questions import Kind
from retrieval.reading import Candidate
from ringkas.text.sentences import sentence_at
from ringkas.types import AnswerVariant, Citation, Span

_MONTHS = {
    name: str(number)
    for number, names in enumerate(
        """januari january jan|februari february feb|maret march mar|april apr|mei may|juni june jun
        |juli july jul|agustus august aug agu|september sept sep|oktober october okt oct
        |november nov|desember december des dec""".split("|"),
        start=1,
    )
    for name in names.split()
}
_SAME_IN_BOTH = {"percent": "persen", "million": "juta", "billion": "miliar", "trillion": "triliun"}
_SMALL_WORDS = frozenset("the a an of in on at di pada oleh by sekitar about rp idr".split())
_MOST_CITATIONS = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """One candidate as it would be shown."""

    candidate: Candidate
    answer: Span
    text: str
    key: frozenset[str]


def gather(candidates: Iterable[Candidate], kind: Kind) -> list[AnswerVariant]:
    """Return the differing answers with all their sources, most probable first."""
    groups: list[list[Evidence]] = []
    for candidate in candidates:
        evidence = _evidence(candidate, kind)
        home = next((group for group in groups if _agree(group[0], evidence)), None)
        if home is None:
            groups.append([evidence])
        else:
            home.append(evidence)
    return [_variant(group) for group in groups]


def _evidence(candidate: Candidate, kind: Kind) -> Evidence:
    text = candidate.hit.article.text
    answer = extend(text, candidate.span, kind)
    wording = shown(text, answer, candidate.span) if kind == "who" else answer.of(text)
    return Evidence(candidate, answer, " ".join(wording.split()), _key(candidate.text))


def _key(text: str) -> frozenset[str]:
    """Return the words that make an answer: numbers and months in one form, articles dropped."""
    words = re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", text.casefold())
    forms = (_SAME_IN_BOTH.get(word, _MONTHS.get(word, word)) for word in words)
    return frozenset(re.sub(r"[.,]", ".", form) for form in forms if form not in _SMALL_WORDS)


def _agree(one: Evidence, other: Evidence) -> bool:
    """Two answers agree when one's words are all in the other's, or they overlap in place."""
    if one.key and other.key and (one.key <= other.key or other.key <= one.key):
        return True
    same_article = one.candidate.hit.article.id == other.candidate.hit.article.id
    overlap = one.answer.start < other.answer.end and other.answer.start < one.answer.end
    return same_article and overlap


def _variant(group: Sequence[Evidence]) -> AnswerVariant:
    best = group[0]
    return AnswerVariant(best.text, best.candidate.probability, _citations(group))


def _citations(group: Sequence[Evidence]) -> tuple[Citation, ...]:
    """Return one citation an article, the most probable first."""
    cited: dict[str, Citation] = {}
    for evidence in group:
        hit = evidence.candidate.hit
        sentence = sentence_at(hit.article.text, evidence.answer.start, evidence.answer.end)
        cited.setdefault(
            hit.article.id, Citation(hit.article, hit.passage, sentence.start, sentence.end)
        )
    return tuple(cited.values())[:_MOST_CITATIONS]
