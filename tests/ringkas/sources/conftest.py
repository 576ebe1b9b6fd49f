"""Fixtures for reading: the test site of ``news_site.py``."""

from __future__ import annotations

from news_site import near, site

__all__ = ["near", "site"]
