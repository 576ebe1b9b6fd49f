"""The page in a real browser: headless Chromium, the embedded models, a temporary index."""

from __future__ import annotations

import itertools
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.page

PARK = """Taman Kota Lembayung Dibuka

Wali Kota Purnawarman, Sekar Andini, meresmikan Taman Kota Lembayung pada Sabtu (4/5/2024).

Taman seluas 3,2 hektare itu dibangun di atas bekas lahan gudang. Pengunjung dapat memakai jalur \
lari sepanjang 900 meter dan perpustakaan kecil yang buka setiap hari hingga pukul 20.00 WIB.
"""
EVIL = """<script>window.hacked = 1</script><img src=x onerror="window.hacked=1"> Kebun Raya Tutup

Kebun Raya Wanasari ditutup sementara sejak Minggu karena pohon tumbang. <img src=x \
onerror="window.hacked=1"> Kepala kebun raya, Bagas Pratomo, mengatakan penutupan berlangsung \
empat hari. Petugas membersihkan jalan setapak dan memeriksa pohon tua di seluruh kawasan.
"""


def tab(page: Page, number: int) -> None:
    page.get_by_role("tab").nth(number).click()


def ask(page: Page, question: str) -> None:
    tab(page, 0)
    page.locator("#question textarea").fill(question)
    page.locator("#ask").click()
    expect(page.locator("#latest .question")).to_have_text(question, timeout=30_000)
    expect(page.locator("#latest .pending")).to_have_count(0, timeout=30_000)


def add(page: Page, text: str) -> None:
    tab(page, 2)
    page.locator("#add-source textarea").fill(text)
    page.locator("#add").click()
    expect(page.locator("#report .status")).to_contain_text("1 ", timeout=60_000)


def test_a_reader_adds_an_article_and_asks_in_both_languages(page: Page) -> None:
    add(page, PARK)
    expect(page.locator("#articles")).to_contain_text("Taman Kota Lembayung Dibuka")
    for question in (
        "Siapa yang meresmikan Taman Kota Lembayung?",
        "Who inaugurated Taman Kota Lembayung?",
    ):
        ask(page, question)
        expect(page.locator("#latest .answer").first).to_contain_text("Sekar Andini")
        expect(page.locator("#latest mark").first).to_contain_text("meresmikan Taman Kota")


def test_an_example_works_at_once_and_shows_where_the_answer_stands(page: Page) -> None:
    page.locator(".chip").first.click()
    expect(page.locator("#latest .answer").first).to_contain_text("Alit Wiradana", timeout=30_000)
    card = page.locator("#latest .source").first
    expect(card.locator("mark")).to_contain_text("Alit Wiradana")
    expect(card.locator("time")).to_contain_text("Juni 2023")
    for href in page.locator("#latest a").evaluate_all("links => links.map((a) => a.href)"):
        assert urlsplit(href).scheme in {"http", "https"}


def test_switching_the_language_keeps_the_conversation(page: Page) -> None:
    ask(page, "Siapa yang membuka rapat koordinasi di Denpasar?")
    answer = page.locator("#latest .answer").first.inner_text()
    expect(page.locator("html")).to_have_attribute("lang", "id")
    page.get_by_label("English").click()
    expect(page.locator("#ask")).to_have_text("Ask")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("tab").nth(2)).to_have_text("Library")
    expect(page.locator("#latest .sources h3").first).to_have_text("Sources")
    expect(page.locator("#latest .answer").first).to_have_text(answer)
    ask(page, "and when?")
    expect(page.locator("#latest .asked")).to_contain_text("Searched for:")
    expect(page.locator("#earlier details")).to_have_count(1)


def test_two_readers_never_see_each_other(browser: Browser, server: str, page: Page) -> None:
    ask(page, "Siapa yang membuka rapat koordinasi di Denpasar?")
    other = browser.new_page()
    other.goto(server)
    other.wait_for_selector("#latest .welcome")
    ask(other, "Berapa kedalaman gempa di Tanjungrawa?")
    ask(other, "dan kapan?")
    expect(other.locator("#earlier details")).to_have_count(1)
    assert "Denpasar" not in other.locator("#latest .asked").inner_text()
    expect(page.locator("#latest .question")).to_contain_text("Denpasar")
    other.close()


def test_what_is_not_in_the_articles_is_not_found(page: Page) -> None:
    ask(page, "Siapa pemenang lomba catur di planet Mars?")
    expect(page.locator("#latest .not-found .answer")).to_be_visible()
    expect(page.locator("#latest .source").first).to_be_visible()
    expect(page.locator("#latest mark")).to_have_count(0)


def test_an_article_with_a_script_is_inert(page: Page) -> None:
    add(page, EVIL)
    ask(page, "Siapa kepala Kebun Raya Wanasari?")
    expect(page.locator("#latest .source").first).to_contain_text("Kebun Raya")
    tab(page, 2)
    page.locator("#articles summary").first.click()
    for where in ("#articles", "#latest"):
        assert page.locator(f"{where} script, {where} img").count() == 0
    assert page.evaluate("window.hacked") is None


def test_a_sentence_of_a_summary_lights_up_its_source(page: Page) -> None:
    tab(page, 2)
    page.locator('#articles [data-action="summarize"]').first.click()
    claim = page.locator("#summary .claim").first
    expect(claim).to_be_visible(timeout=30_000)
    claim.focus()
    expect(page.locator("#summary .support.is-lit").first).to_be_visible()


def test_a_removed_article_is_gone(page: Page) -> None:
    add(page, PARK.replace("Lembayung", "Saninten"))
    entry = page.locator("#articles .entry", has_text="Taman Kota Saninten Dibuka")
    page.on("dialog", lambda dialog: dialog.accept())
    entry.get_by_role("button", name="Hapus").click()
    expect(page.locator("#report")).to_contain_text("Saninten")
    expect(entry).to_have_count(0)


def test_bad_input_gets_a_clear_message(page: Page) -> None:
    tab(page, 1)
    for source, title in (
        ("http://127.0.0.1:9/", "http://127.0.0.1:9/: Alamat ini tidak diizinkan"),
        ("Terlalu pendek.", "Tidak ada isi artikel yang dapat dibaca di sini"),
        ("", "Belum ada isian"),
    ):
        page.locator("#source textarea").fill(source)
        page.locator("#summarize").click()
        expect(page.locator("#summary .notice-title")).to_have_text(title, timeout=30_000)
    expect(page.locator("body")).not_to_contain_text("Traceback")


def test_gradios_own_words_follow_the_language_of_the_page(page: Page, tmp_path: Path) -> None:
    heavy = tmp_path / "berat.txt"
    heavy.write_bytes(bytes(21 << 20))
    said = {
        "Bahasa Indonesia": ("Gunakan melalui API", "Arsip", "Berkas melebihi ukuran", "Tutup"),
        "English": ("Use via API", "Library", "File(s) exceed the maximum allowed size", "Close"),
    }
    for language, (api, library, too_large, close) in said.items():
        page.get_by_label(language).click()
        expect(page.get_by_role("tab").nth(2)).to_have_text(library)
        expect(page.locator("footer")).to_contain_text(api)
        tab(page, 2)
        with page.expect_file_chooser() as chooser:
            page.locator("#add-files").click()
        chooser.value.set_files(heavy)
        expect(page.locator(".toast-wrap")).to_contain_text(too_large)
        expect(page.locator(".toast-wrap")).to_contain_text("berat.txt")
        page.locator(".toast-wrap").get_by_label(close, exact=True).click()
        expect(page.locator(".toast-body")).to_have_count(0)


def test_every_control_has_a_name_and_headings_skip_no_level(page: Page) -> None:
    ask(page, "Siapa yang membuka rapat koordinasi di Denpasar?")
    for number in range(4):
        tab(page, number)
        page.wait_for_timeout(500)
        nameless = page.locator("input, textarea, button, [role=combobox]").evaluate_all(
            """all => all.filter((one) => one.checkVisibility() && !(
                one.ariaLabel || one.innerText || one.title || one.labels?.[0]?.innerText.trim()
            )).map((one) => one.outerHTML)"""
        )
        assert nameless == []
        levels = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
            "all => all.filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1]))"
        )
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_library_is_filtered(page: Page) -> None:
    tab(page, 2)
    page.get_by_label("Cari kata").fill("Sembrani")
    page.locator("#filter").click()
    expect(page.locator("#articles .entry")).to_have_count(1)
    expect(page.get_by_label("Terbit sejak")).to_have_count(1)
    page.locator("#filter-since input").first.fill("2024-01-01")
    page.locator("#filter-since input").first.press("Enter")
    page.locator("#filter").click()
    expect(page.locator("#articles")).to_have_text("Tidak ada artikel yang cocok.")


def test_a_phone_scrolls_in_one_direction_only(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    phone = context.new_page()
    asked_elsewhere: list[str] = []
    phone.on("request", lambda request: asked_elsewhere.append(request.url))
    phone.goto(server)
    phone.wait_for_selector("#latest .welcome")
    ask(phone, "Siapa yang membuka rapat koordinasi di Denpasar?")
    for number in range(4):
        tab(phone, number)
        phone.wait_for_timeout(300)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    hosts = {urlsplit(url).hostname for url in asked_elsewhere} - {None}
    assert hosts == {"127.0.0.1"}
    context.close()
