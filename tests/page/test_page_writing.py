"""Summaries that a model writes, in a real browser: streamed, stopped, checked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from chat_servers import Script, chunk, says
from playwright.sync_api import Browser, Page, expect

from ringkas.settings import GeneratorSettings, PageSettings, Settings, SummarySettings

pytestmark = pytest.mark.page

ARTICLE = """Panen Garam Sembrani Naik

Panen garam di Pulau Sembrani mencapai 15 ton pada Oktober 2023, kata Kepala Dinas Perikanan \
Larasati Wening. Jumlah itu dua kali lipat panen tahun sebelumnya. Kenaikan terjadi karena kemarau \
lebih panjang dan tambak baru mulai dipakai. Petani berharap harga garam tidak turun.
"""
WRONG = (
    "Panen garam di Pulau Sembrani mencapai 51 ton pada Oktober 2023, kata Kepala Dinas Perikanan "
    "Larasati Wening. Jumlah itu dua kali lipat panen tahun sebelumnya."
)
ENGLISH = """Salt Harvest on Sembrani Doubles

The salt harvest on Sembrani island reached 15 tonnes in October, fisheries chief Larasati Wening \
said on Monday. The amount is twice that of the year before. A longer dry season and new ponds \
explain the rise, she said. Farmers hope that the price of salt will not fall.
"""
Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path, spare_port: Callable[[], int]) -> Iterator[Open]:
    """Open a page whose summaries are written by the model at an address."""
    import ui

    closing: list[Callable[[], Any]] = []

    def open_page(base_url: str, model: str = "tiny-chat", **summary: Any) -> Page:
        settings = Settings(
            index=str(tmp_path / "news"),
            generator=GeneratorSettings(kind="openai", base_url=base_url, model=model),
            summary=SummarySettings(**summary),
            page=PageSettings(port=spare_port(), samples=False),
        )
        closing.append(ui.launch(settings, block=False).close)
        context = browser.new_context(
            viewport={"width": 1280, "height": 900},
            permissions=["clipboard-read", "clipboard-write"],
        )
        closing.append(context.close)
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{settings.page.port}/")
        page.get_by_role("tab").nth(1).click()
        return page

    yield open_page
    for close in reversed(closing):
        close()


def summarize(page: Page, text: str = ARTICLE) -> None:
    page.locator("#source textarea").fill(text)
    page.locator("button#summarize").click()


def test_text_streams_and_stopping_ends_the_generation(scripted: Script, opened: Open) -> None:
    def writes_on(handler: Any) -> None:
        handler.open_stream()
        for number in range(2000):
            handler.send_event(chunk(f"Panen ke-{number} naik. "))
            time.sleep(0.05)

    scripted.will(writes_on)
    page = opened(scripted.url)
    summarize(page)
    expect(page.locator("#summary .draft .summary-text")).to_contain_text("Panen ke-0 naik.")
    page.locator("#stop").click()
    expect(page.locator("#summary .status")).to_contain_text("Dihentikan")
    expect(page.locator("#stop")).to_be_hidden()
    assert scripted.hung_up.wait(10), "the server goes on writing"
    assert len(scripted.requests) == 1
    scripted.will(says(WRONG.replace("51", "15")))
    summarize(page)
    expect(page.locator("#summary .claim").first).to_be_visible(timeout=60_000)
    expect(page.locator("#stop")).to_be_hidden()


def test_what_differs_is_shown_with_what_the_article_says(scripted: Script, opened: Open) -> None:
    scripted.will(says(WRONG))
    page = opened(scripted.url, unsupported="mark")
    summarize(page)
    flag = page.locator("#summary .flag")
    expect(flag).to_contain_text("51", timeout=60_000)
    tip = flag.locator(".tip")
    expect(tip).to_be_hidden()
    page.locator("#summary .claim").last.focus()
    page.keyboard.press("Shift+Tab")
    expect(flag).to_be_focused()
    expect(tip).to_have_text("Angka ini tidak ada di artikel. Di artikel tertulis: “15”")
    expect(page.locator(".full-article .is-lit")).to_have_text("15")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    flag.hover()
    expect(tip).to_be_visible()
    page.get_by_label("English").click()
    expect(tip).to_contain_text("The article says: “15”")
    page.set_viewport_size({"width": 390, "height": 844})
    for _ in range(4):  # the change of language may still replace what was clicked
        flag.click()
        with suppress(AssertionError):
            expect(tip).to_be_visible(timeout=5_000)
            break
    expect(tip).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_summary_is_copied_and_saved(scripted: Script, opened: Open) -> None:
    scripted.will(says(WRONG.replace("51", "15")))
    page = opened(scripted.url)
    summarize(page)
    page.get_by_role("button", name="Salin").click()
    expect(page.locator("[data-copy]")).to_have_text("Tersalin")
    said = page.locator("#summary .summary-text").inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == said
    expect(page.locator("[data-copy]")).to_have_text("Salin")
    for label, suffix in (("Simpan teks", "txt"), ("Simpan Markdown", "md")):
        with page.expect_download() as download:
            page.get_by_role("link", name=label).click()
        assert download.value.suggested_filename == f"panen-garam-sembrani-naik.{suffix}"
        saved = Path(download.value.path()).read_text(encoding="utf-8")
        assert "Larasati Wening" in saved
        assert "ditulis oleh tiny-chat · seluruh artikel dibaca" in saved


def test_what_a_model_may_not_say_is_told(scripted: Script, opened: Open) -> None:
    scripted.will(says("Festival layang-layang di Pulau Sembrani dibatalkan karena badai besar."))
    page = opened(scripted.url)
    summarize(page)
    expect(page.locator("#summary .caution")).to_contain_text(
        "Model tidak dapat dipakai", timeout=60_000
    )
    expect(page.locator("#summary .dropped")).to_contain_text("1 kalimat tidak lolos")
    expect(page.locator("#summary")).to_contain_text("kalimat pilihan dari artikel")


def test_a_model_that_is_away_is_told(opened: Open, spare_port: Callable[[], int]) -> None:
    page = opened(f"http://127.0.0.1:{spare_port()}/v1")
    page.locator('#method input[value="abstractive"]').click()
    summarize(page)
    expect(page.locator("#summary .notice-title")).to_be_visible(timeout=60_000)
    expect(page.locator("#stop")).to_be_hidden()


def test_a_real_model_writes_and_is_checked(llama_server: str, opened: Open) -> None:
    page = opened(llama_server, "smollm2")
    page.get_by_label("English").first.click()
    summarize(page, ENGLISH)
    expect(page.locator("#stop")).to_be_visible()
    expect(page.locator("#summary .claim").first).to_be_visible(timeout=120_000)
    facts = page.locator("#summary .summary").inner_text()
    assert "written by smollm2" in facts or "The model could not be used" in facts
    expect(page.locator("#stop")).to_be_hidden()
