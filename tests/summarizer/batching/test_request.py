"""What a summary depends on, and so what makes an earlier one stale."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from batch_articles import article

from ringkas.settings import (
    EmbedderSettings,
    GeneratorSettings,
    NewsletterSettings,
    SectionSettings,
    Settings,
)
from summarizer.batching.request import Request

PLAIN = Request(None, 60, "paragraph", "auto", Settings())


def test_everything_asked_counts() -> None:
    others = [
        replace(PLAIN, language="en"),
        replace(PLAIN, max_words=61),
        replace(PLAIN, style="bullets"),
        replace(PLAIN, method="extractive"),
        replace(PLAIN, settings=Settings(embedder=EmbedderSettings(precision="float32"))),
        replace(PLAIN, settings=Settings(generator=GeneratorSettings(beams=2))),
    ]
    assert len({request.fingerprint for request in [PLAIN, *others]}) == len(others) + 1
    for settings in (Settings(index="x"), Settings(newsletter=NewsletterSettings(title="x"))):
        assert replace(PLAIN, settings=settings).fingerprint == PLAIN.fingerprint


def test_another_model_in_the_same_folder_counts(tmp_path: Path) -> None:
    def fingerprint() -> str:
        settings = Settings(embedder=EmbedderSettings(model=str(tmp_path)))
        return replace(PLAIN, settings=settings).fingerprint

    (tmp_path / "config.json").write_text("{}")
    before = fingerprint()
    assert fingerprint() == before
    (tmp_path / "config.json").write_text('{"layers": 2}')
    assert fingerprint() != before


def test_of_an_article_what_a_summary_is_made_from_counts() -> None:
    one = article(1)
    same = [replace(one, id="x"), replace(one, url="https://x.example"), replace(one, source="x")]
    assert {PLAIN.digest(other) for other in same} == {PLAIN.digest(one)}
    changed = [
        replace(one, text=one.text + " "),
        replace(one, title="Lain"),
        replace(one, language="ms"),
        replace(one, published=datetime(2024, 1, 1, tzinfo=UTC)),
    ]
    assert len({PLAIN.digest(other) for other in [one, *changed]}) == 5


def test_a_request_comes_back_from_another_process_as_it_was() -> None:
    sections = (SectionSettings("Kota", keywords=("banjir",)),)
    news = NewsletterSettings(sections=sections, source_weights={"kompas.com": 1.0})
    asked = Request("id", 40, "bullets", "lead", Settings(newsletter=news))
    back = Request.from_json(asked.as_json())
    assert back == asked
    assert back.fingerprint == asked.fingerprint
