"""An issue as a feed, RSS 2.0 or Atom: one entry a story, whole, with its sources.

Sources: https://www.rssboard.org/rss-specification, RFC 4287. Built with lxml: the feed libraries
that are kept up demand an address for the feed and each entry, which a story need not have.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from lxml import etree

from summarizer.newsletters.rendering.templates import fill
from summarizer.newsletters.rendering.view import Chapter, Entry, Issue

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MAKER = "Ringkas"
_NAMES = uuid.UUID("5f0a4a4e-9a57-5b0f-8f5c-6d1c0a2f7f11")  # ours, for names that never change


def rss(issue: Issue, templates: Path | None) -> str:
    """Return an issue as RSS 2.0.

    Raises:
        NewsletterTemplateError: a template cannot be used.
    """
    made = format_datetime(_with_zone(issue.made))
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"content": _CONTENT})
    channel = _add(root, "channel")
    _add(channel, "title", issue.title)
    _add(channel, "link", _name(issue))
    _add(channel, "description", _described(issue))
    _add(channel, "language", issue.language)
    _add(channel, "pubDate", made)
    _add(channel, "generator", _MAKER)
    for section, entry in _entries(issue):
        item = _add(channel, "item")
        _add(item, "title", entry.headline.marked)
        if address := _first_address(entry):
            _add(item, "link", address)
        _add(item, "guid", _name(issue, entry), isPermaLink="false")
        _add(item, "pubDate", made)
        _add(item, "category", section.name)
        _add(item, "description", " ".join(line.marked for line in entry.lines))
        _add(item, f"{{{_CONTENT}}}encoded", _content(issue, entry, templates))
    return _written(root)


def atom(issue: Issue, templates: Path | None) -> str:
    """Return an issue as Atom.

    Raises:
        NewsletterTemplateError: a template cannot be used.
    """
    made = _with_zone(issue.made).isoformat(timespec="seconds")
    feed = etree.fromstring(f'<feed xmlns="{_ATOM}"/>')
    feed.set(_LANG, issue.language)
    _add(feed, "title", issue.title)
    _add(feed, "subtitle", _described(issue))
    _add(feed, "id", _name(issue))
    _add(feed, "updated", made)
    _add(_add(feed, "author"), "name", _MAKER)
    _add(feed, "generator", _MAKER)
    for section, entry in _entries(issue):
        written = _add(feed, "entry")
        _add(written, "title", entry.headline.marked)
        if address := _first_address(entry):
            _add(written, "link", rel="alternate", href=address)
        _add(written, "id", _name(issue, entry))
        _add(written, "updated", made)
        _add(written, "published", made)
        _add(written, "category", term=section.name)
        _add(written, "content", _content(issue, entry, templates), type="html")
    return _written(feed)


def _entries(issue: Issue) -> Iterator[tuple[Chapter, Entry]]:
    for section in issue.sections:
        for entry in section.entries:
            yield section, entry


def _add(
    parent: etree._Element, name: str, text: str | None = None, **attributes: str
) -> etree._Element:
    """Add an element, in its parent's namespace unless ``name`` has one, and return it."""
    space = etree.QName(parent).namespace
    full = f"{{{space}}}{name}" if space and not name.startswith("{") else name
    added = etree.SubElement(parent, full, attributes)
    added.text = text
    return added


def _content(issue: Issue, entry: Entry, templates: Path | None) -> str:
    return fill("feed.html", {"issue": issue, "entry": entry}, templates).strip()


def _described(issue: Issue) -> str:
    introduction = " ".join(line.marked for line in issue.introduction)
    return introduction or issue.period or issue.title


def _name(issue: Issue, entry: Entry | None = None) -> str:
    """Return a name for the newsletter, or for a story in it, that its next issue shares."""
    name = f"{issue.title}\x00{entry.id}" if entry else issue.title
    return uuid.uuid5(_NAMES, name).urn


def _first_address(entry: Entry) -> str:
    """Return where the story can be read: at the first source of its headline that has an address.

    Without one it is the first article that has.
    """
    sources = [*entry.headline.sources, *(one.source for one in entry.references)]
    return next((source.url for source in sources if source.url), "")


def _with_zone(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _written(tree: etree._Element) -> str:
    etree.indent(tree)
    written = etree.tostring(tree, xml_declaration=True, encoding="utf-8")
    return written.decode() + "\n"
