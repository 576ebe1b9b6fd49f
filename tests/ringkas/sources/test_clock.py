"""A clock that jumps, as after a flat battery or a wrong time zone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from news_site import ARTICLE, Site

from ringkas.settings import Settings
from ringkas.sources.fetch import Fetcher
from ringkas.sources.responses import ResponseStore

YEAR = 365 * 86_400


@pytest.mark.parametrize("jump", [-YEAR, YEAR])
def test_a_clock_that_jumps_shows_no_old_page_and_asks_again(
    jump: int, site: Site, near: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.put("/a", ARTICLE, headers={"ETag": '"1"'})
    store = ResponseStore(tmp_path / "pages.sqlite3", 10)
    now = time.time()
    with Fetcher(near.sources, store=store) as fetcher:
        first = fetcher.get(url).data
        monkeypatch.setattr(time, "time", lambda: now + jump)
        site.put("/a", ARTICLE + " Baru.", headers={"ETag": '"2"'})
        second = fetcher.get(url).data
    store.close()
    assert second != first
    assert second.endswith(b" Baru.")
    assert site.asked == ["/a", "/a"]
