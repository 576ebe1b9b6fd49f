"""What the gate measures: quick checks with the real models, each giving shares in [0, 1].

The sample articles need nothing but the library; the other checks need the data folder, and take
a fixed subset of its development sets.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from evaluation import generator, news, summaries, support
from evaluation.accept import Expected, Reply, accepted
from evaluation.data import QAExample, RetrievalSet, news_questions, qa_set
from evaluation.metrics import mean
from evaluation.readers import shipped
from evaluation.reading import measure
from evaluation.retrieval_sets import asked_in_english, asked_in_indonesian, drawn, subset
from evaluation.searching import MODES, by_index, indexed
from evaluation.searching import measure as measure_search
from evaluation.summary_methods import EXTRACTIVE, LEAD_3, Method, methods
from ringkas.generation.builtin import NAME
from ringkas.settings import GeneratorSettings, Settings
from ringkas.types import Article

READ = 100
SEARCHED = 150
SUMMARIZED = 60
PLANTED = 8
TRANSLATED, TRANSLATED_SET = 100, "guntara_news.dev"

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Check:
    """A named measurement on the data folder."""

    name: str
    run: Callable[[Path, Settings], Figures]


def samples(settings: Settings) -> Figures:
    """Ask the sample articles their own questions, in both languages."""
    from retrieval import Index, answer
    from ringkas.page.examples import QUESTIONS
    from ringkas.sources import samples as articles

    index = Index.in_memory(settings)
    index.add(articles())
    right: dict[bool, list[bool]] = {True: [], False: []}
    for row in tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["questions"]:
        expected = Expected((row["answer"],), answerable=bool(row["answer"]))
        for language in ("id", "en"):
            given = answer(row[language], index)
            reply = Reply(given.text, given.found, tuple(one.quote for one in given.citations))
            right[expected.answerable].append(accepted(reply, expected))
    return {"accepted": mean(right[True]), "refused": mean(right[False])}


def reading(name: str, folder: Path, settings: Settings) -> Figures:
    """Read part of a question set with the shipped reader."""
    reading = measure(shipped(settings), quick(qa_set(name, folder)))
    if any(not outcome.answerable for outcome in reading.outcomes):
        return {"f1": reading.f1, "refused": reading.point.refused_unanswerable}
    return {"f1": reading.forced_f1}


def quick(examples: Iterable[QAExample]) -> list[QAExample]:
    """Return a fixed part of a question set."""
    by_id = {example.id: example for example in examples}
    return [by_id[key] for key in drawn(by_id)[:READ]]


def searching(
    questions: Callable[[Path, int], RetrievalSet], folder: Path, settings: Settings
) -> Figures:
    """Search 507 Indonesian passages, in every mode."""
    asked = subset(questions(folder, 0), SEARCHED)
    index = indexed(asked.name, asked.documents, settings)
    measured = {mode: measure_search(by_index(index, mode, asked.qrels), asked) for mode in MODES}
    return {f"{mode} RR@10": one.figures["RR@10"] for mode, one in measured.items()}


def within_news(folder: Path, settings: Settings) -> Figures:
    """Ask our development questions of the news articles they were written on."""
    judged = news.within(news_questions("dev"), news.articles(folder, 0), settings)
    return {
        "accepted": mean(one.accepted for one in judged if one.question.answerable),
        "refused": mean(one.accepted for one in judged if not one.question.answerable),
    }


def summarizing(name: str, folder: Path, settings: Settings) -> Figures:
    """Summarize part of a set in 60 words with the extractive summarizer, beside lead-3."""
    pairs = list(summaries.read_pairs(folder, name, SUMMARIZED))
    write = methods(settings, [EXTRACTIVE, LEAD_3])
    ours, first = (
        dict(zip(summaries.ROUGE, summaries.rouge(pairs, _texts(write[name], pairs)), strict=True))
        for name in (EXTRACTIVE, LEAD_3)
    )
    return {**ours, **{f"{kind} over lead-3": ours[kind] - first[kind] for kind in ours}}


def _texts(write: Method, pairs: Iterable[tuple[Article, str]]) -> list[str]:
    return [write(*pair).text for pair in pairs]


def supporting(folder: Path, settings: Settings) -> Figures:
    """Plant errors into sentences of a few articles and look for them; pass what is correct."""
    counts = support.counted(support.cases(folder, PLANTED, "dev"), settings)
    found = {
        f"{kind} found": mean(
            outcome
            for (planted, _), one in counts.found.items()
            if planted == kind
            for outcome in one
        )
        for kind in ("number", "date", "name")
    }
    return {**found, "correct passed": 1 - mean(counts.alarms["any"])}


def translating(folder: Path, settings: Settings) -> Figures:
    """Translate part of a set of news sentences both ways with the writer that is shipped."""
    ours = GeneratorSettings(kind="seq2seq", model=NAME, engine="ctranslate2")
    model = generator.writer(replace(settings, generator=ours))
    pairs = generator.pairs(folder, TRANSLATED_SET, TRANSLATED)
    found: dict[str, float] = {}
    for one in generator.both_ways(pairs, model, ours.beams):
        kept = generator.measure(one.texts, one.written, one.wanted)
        figures = {"chrF++": kept.chrf / 100, "numbers": kept.numbers, "names": kept.names}
        found |= {f"{one.direction} {name}": value for name, value in figures.items()}
    return found


CHECKS = (
    Check("tydiqa_id", partial(reading, "tydiqa_id.dev")),
    Check("idk_mrc", partial(reading, "idk_mrc.dev")),
    Check("facqa", partial(reading, "facqa.dev")),
    Check("tydiqa_en", partial(reading, "tydiqa_en.dev")),
    Check("xqa_en_on_id", partial(reading, "xqa_en_on_id.dev")),
    Check("news_within", within_news),
    Check("search_id", partial(searching, asked_in_indonesian)),
    Check("search_en_on_id", partial(searching, asked_in_english)),
    Check("summaries_indosum", partial(summarizing, "indosum.dev")),
    Check("summaries_detik", partial(summarizing, "detik.dev")),
    Check("summaries_cnndm", partial(summarizing, "cnndm.dev")),
    Check("support", supporting),
    Check("translation", translating),
)
