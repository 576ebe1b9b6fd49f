"""A newsletter made in a real browser: chosen, arranged, written, looked at and saved."""

from __future__ import annotations

import email
import email.policy
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.page

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Kabar Lembayung</title>{items}</channel></rss>
"""
ITEM = """<item><title>{title}</title><link>https://kabar.example/{name}</link>
<pubDate>Sat, 04 May 2024 08:00:00 +0700</pubDate>
<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>"""
PARK = (
    "Wali Kota Purnawarman, Sekar Andini, meresmikan Taman Kota Lembayung pada Sabtu (4/5/2024). "
    "Taman seluas 3,2 hektare itu dibangun di atas bekas lahan gudang. Pengunjung dapat memakai "
    "jalur lari sepanjang 900 meter dan perpustakaan kecil yang buka setiap hari."
)
BRIDGE = (
    "Jembatan gantung di Desa Wanasari ambruk diterjang arus pada Jumat (3/5/2024) malam. Kepala "
    "desa, Bagas Pratomo, mengatakan tidak ada korban karena jembatan sudah ditutup sejak sore. "
    "Warga memakai perahu untuk menyeberang sampai jembatan darurat selesai dibangun."
)


def chosen(page: Page) -> Locator:
    """Choose stories from the library, and return their rows."""
    page.get_by_role("tab").nth(3).click()
    page.locator("#choose-stories").click()
    rows = page.locator("#board .story[draggable]")
    expect(rows.first).to_be_visible(timeout=120_000)
    return rows


def titles(page: Page) -> list[str]:
    return page.locator("#board .story[draggable] .title").all_inner_texts()


def test_stories_are_unticked_written_looked_at_and_saved(page: Page) -> None:
    page.get_by_role("tab").nth(3).click()
    page.locator("#issue-stories input[type=number]").fill("3")
    page.locator("#issue-stories input[type=number]").press("Enter")
    rows = chosen(page)
    expect(rows).to_have_count(3)
    first, *others = titles(page)
    expect(page.locator("#board [role=status]")).to_contain_text("3 dari 3 berita dicentang")
    rows.first.get_by_role("checkbox").uncheck()
    expect(page.locator("#board [role=status]")).to_contain_text("2 dari 3 berita dicentang")
    assert titles(page) == [first, *others]
    expect(rows.first.get_by_role("checkbox")).to_be_focused()
    page.locator("#issue-title input, #issue-title textarea").fill("Kabar Desa Sepekan")
    page.locator("#write-issue").click()
    frame = page.locator("#issue iframe")
    expect(frame).to_be_visible(timeout=180_000)
    expect(page.locator("#stop-issue")).to_be_hidden()
    mail = frame.content_frame
    expect(mail.locator("body")).to_contain_text("Kabar Desa Sepekan")
    assert first not in mail.locator("body").inner_text()
    assert "allow-scripts" not in (frame.get_attribute("sandbox") or "")
    assert "allow-same-origin" not in (frame.get_attribute("sandbox") or "")
    wide = frame.bounding_box()
    page.get_by_role("button", name="Ponsel").click()
    narrow = frame.bounding_box()
    assert wide is not None
    assert narrow is not None
    assert narrow["width"] < 400 < wide["width"]
    files = {}
    for link in page.locator("#issue a[download]").all():
        with page.expect_download() as download:
            link.click()
        name = download.value.suggested_filename
        files[name.removeprefix("kabar-desa-sepekan.")] = Path(download.value.path()).read_bytes()
    assert set(files) == {"html", "txt", "md", "rss.xml", "atom.xml", "json", "eml"}
    assert files["md"].decode().startswith("# Kabar Desa Sepekan")
    assert json.loads(files["json"])["title"] == "Kabar Desa Sepekan"
    message = email.message_from_bytes(files["eml"], policy=email.policy.default)
    assert "Kabar Desa Sepekan" in str(message["Subject"])


def test_stories_are_moved_by_keyboard_and_by_dragging(page: Page) -> None:
    rows = chosen(page)
    before = titles(page)
    section = page.locator("#board .board").first.locator(".title").all_inner_texts()
    assert len(section) > 2, "the samples hold no section with three stories"
    down = rows.first.locator('[data-by="1"]')
    down.focus()
    page.keyboard.press("Enter")
    expect(rows.nth(1).locator(".title")).to_have_text(before[0])
    expect(rows.nth(1).locator('[data-by="1"]')).to_be_focused()
    page.keyboard.press("Enter")
    expect(rows.nth(2).locator(".title")).to_have_text(before[0])
    rows.nth(2).drag_to(rows.first)
    expect(rows.first.locator(".title")).to_have_text(before[0])
    assert titles(page) == before
    names = page.locator("#board h3 span")
    name = names.first.text_content() or ""
    page.locator('#board [data-kind="section"][data-by="1"]').first.click()
    expect(names.nth(1)).to_have_text(name)


def test_articles_that_are_handed_in_become_stories(page: Page, tmp_path: Path) -> None:
    feed = tmp_path / "umpan.xml"
    items = (
        ("taman", "Taman Kota Lembayung Dibuka", PARK),
        ("jembatan", "Jembatan Ambruk", BRIDGE),
    )
    feed.write_text(
        FEED.format(items="".join(ITEM.format(name=n, title=t, text=x) for n, t, x in items)),
        encoding="utf-8",
    )
    page.get_by_role("tab").nth(3).click()
    page.locator('#issue-origin input[value="given"]').click()
    expect(page.locator("#issue-outlets")).to_be_hidden()
    page.locator("#issue-source textarea").fill("http://127.0.0.1:9/")
    page.locator("#issue-files input[type=file]").set_input_files(feed)
    expect(page.locator("#issue-files")).to_contain_text("umpan")
    rows = chosen(page)
    expect(rows).to_have_count(2)
    assert set(titles(page)) == {"Taman Kota Lembayung Dibuka", "Jembatan Ambruk"}
    expect(page.locator("#board .notice-title")).to_contain_text("Alamat ini tidak diizinkan")


def test_switching_the_language_keeps_what_was_arranged(page: Page) -> None:
    rows = chosen(page)
    rows.first.get_by_role("checkbox").uncheck()
    expect(page.locator("#board .is-off").first).to_be_visible()
    before = titles(page)
    page.get_by_label("English").first.click()
    expect(page.locator("#write-issue")).to_have_text("Write the newsletter")
    expect(page.locator("#board [role=status]")).to_contain_text("stories ticked.")
    expect(rows.first).to_have_class(re.compile("is-off"))
    assert titles(page) == before


def test_two_editors_never_see_each_other(browser: Browser, server: str, page: Page) -> None:
    rows = chosen(page)
    rows.first.get_by_role("checkbox").uncheck()
    expect(rows.first).to_have_class(re.compile("is-off"))
    context = browser.new_context()
    other = context.new_page()
    other.goto(server)
    other.wait_for_selector("#latest .welcome")
    other.get_by_role("tab").nth(3).click()
    expect(other.locator("#board .welcome")).to_be_visible()
    expect(other.locator("#write-issue")).to_be_hidden()
    chosen(other)
    expect(other.locator("#board .story[draggable].is-off")).to_have_count(0)
    context.close()


def test_bad_input_gets_a_clear_message(page: Page) -> None:
    page.get_by_role("tab").nth(3).click()
    page.locator("#issue-since input").fill("2031-01-01")
    page.locator("#issue-since input").press("Enter")
    page.locator("#choose-stories").click()
    expect(page.locator("#board")).to_contain_text("Tidak ada berita yang dapat dimuat")
    expect(page.locator("#write-issue")).to_be_hidden()
    page.locator('#issue-origin input[value="given"]').click()
    page.locator("#choose-stories").click()
    expect(page.locator("#board .notice-title")).to_have_text("Belum ada isian")


def test_a_phone_scrolls_in_one_direction_only(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    phone = context.new_page()
    phone.goto(server)
    phone.wait_for_selector("#latest .welcome")
    chosen(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    nameless = phone.locator("#board button, #board input").evaluate_all(
        "all => all.filter((one) => !(one.ariaLabel || one.labels?.[0]?.innerText.trim())).length"
    )
    assert nameless == 0
    context.close()
