"""The newsletter's mail as a browser shows it: on a desk and a phone, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from hand_made_newsletters import english, hostile, indonesian
from playwright.sync_api import Browser, Page

from summarizer.newsletters import render

pytestmark = pytest.mark.page

Scheme = Literal["light", "dark"]
WIDTHS = (320, 375, 600, 1280)  # small phone, phone, the mail's own width, desk
ISSUES = {"id": indonesian, "en": english, "hostile": hostile}


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    chosen: Scheme = request.param
    return chosen


@pytest.fixture
def window(browser: Browser, scheme: Scheme) -> Iterator[Page]:
    """A window of a phone's size in which nothing may be loaded."""
    context = browser.new_context(
        viewport={"width": 375, "height": 800}, color_scheme=scheme, offline=True
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", ISSUES)
def test_nothing_lies_beyond_the_edge_and_nothing_runs(window: Page, name: str) -> None:
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.set_content(render(ISSUES[name](), "html"))
    for width in WIDTHS:
        window.set_viewport_size({"width": width, "height": 800})
        assert window.evaluate("document.documentElement.scrollWidth") <= width
    assert window.evaluate("window.hacked") is None
    assert asked == []


def test_everyone_can_read_it(window: Page) -> None:
    """Contrast, headings, names of links, languages: axe's rules for WCAG 2.2 AA."""
    window.set_content(render(indonesian(), "html"))
    rules = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
    found = Axe().run(window, options={"runOnly": rules, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    assert len(found.response["passes"]) > 5, "axe did not look at the mail"


def test_the_dark_mail_is_dark(window: Page, scheme: Scheme) -> None:
    window.set_content(render(indonesian(), "html"))
    grounds = {
        "light": ("rgb(251, 249, 244)", "rgb(28, 26, 23)"),
        "dark": ("rgb(22, 23, 26)", "rgb(236, 235, 230)"),
    }
    style = "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]"
    ground, _ = window.locator(".paper").evaluate(style)
    _, ink = window.locator(".line").first.evaluate(style)
    assert (ground, ink) == grounds[scheme]


def test_the_mail_is_a_column_on_the_desk(window: Page) -> None:
    window.set_viewport_size({"width": 1280, "height": 900})
    window.set_content(render(indonesian(), "html"))
    box = window.locator(".column").bounding_box()
    assert box is not None
    assert box["width"] == 600
    assert box["x"] == 340


def test_the_preheader_is_not_seen(window: Page) -> None:
    window.set_content(render(indonesian(), "html"))
    assert not window.locator(".preheader").is_visible()
