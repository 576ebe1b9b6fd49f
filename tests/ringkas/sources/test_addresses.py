"""Addresses: what is public, and that nothing else is ever connected to."""

from __future__ import annotations

import socket

import pytest
from news_site import Site

from ringkas.errors import BlockedAddressError, FetchError, UnsupportedSourceError
from ringkas.settings import SourceSettings
from ringkas.sources.addresses import is_public, require_web
from ringkas.sources.fetch import Fetcher
from ringkas.sources.reading import read

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1",
    "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
    "fd12:3456::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:db8::1", "::7f00:1",
    "64:ff9b:1::7f00:1", "64:ff9b:1::808:808", "2606:4700::5efe:7f00:1",
    "2606:4700::200:5efe:a00:1", "2001:0:808:808:0:0:80ff:fffe", "::ffff:169.254.169.254",
    "not an address",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "203.0.114.1", "2606:4700::1111"]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_off_the_public_internet_are_told(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_told(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/secret",
        "http://localhost:{port}/secret",
        "http://2130706433:{port}/secret",
        "http://0x7f000001:{port}/secret",
        "http://0177.0.0.1:{port}/secret",
        "http://127.1:{port}/secret",
        "http://0.0.0.0:{port}/secret",
        "http://[::1]:{port}/secret",
        "http://[::ffff:127.0.0.1]:{port}/secret",
        "http://user:pass@127.0.0.1:{port}/secret",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
    ],
)
def test_private_addresses_are_never_contacted(url: str, site: Site) -> None:
    site.put("/secret", "top secret")
    port = site.url.rsplit(":", 1)[1]
    with pytest.raises((BlockedAddressError, FetchError)):
        read(url.format(port=port))
    assert site.asked == []


def test_the_blocked_address_is_named_with_the_setting_that_allows_it(site: Site) -> None:
    with pytest.raises(BlockedAddressError, match=r"127\.0\.0\.1.*allow_private_addresses"):
        read(site.url + "/secret")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://host/x", "gopher://host/x"])
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(UnsupportedSourceError, match="only http and https"):
        read(url)


@pytest.mark.parametrize("url", ["http://", "http:///path", "http://host:99999/", "http://[::1/"])
def test_addresses_without_a_site_are_refused(url: str) -> None:
    with pytest.raises(FetchError):
        require_web(url)


class Names:
    """A name server for tests: each question takes the next answer, and is recorded."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = {host.replace("_", "."): list(given) for host, given in answers.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        given = self.answers[host]
        return given.pop(0) if len(given) > 1 else given[0]


def _recorded(monkeypatch: pytest.MonkeyPatch, real: str = "127.0.0.1") -> list[str]:
    """Record every address a socket is opened to; send what is public to the test site."""
    opened: list[str] = []
    connect = socket.create_connection

    def record(address: tuple[str, int], *args: object, **kwargs: object) -> socket.socket:
        opened.append(address[0])
        return connect((real, address[1]), *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "create_connection", record)
    return opened


def test_a_redirect_to_the_loopback_is_not_followed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = _recorded(monkeypatch)
    port = site.url.rsplit(":", 1)[1]
    site.redirect("/news", f"http://127.0.0.1:{port}/secret")
    site.put("/secret", "top secret")
    names = Names(news_example=[["203.0.114.7"]], **{"127_0_0_1": [["127.0.0.1"]]})
    with Fetcher(SourceSettings(), names) as fetcher, pytest.raises(BlockedAddressError):
        fetcher.get(f"http://news.example:{port}/news")
    assert site.asked == ["/news"]
    assert opened == ["203.0.114.7"]


def test_a_redirect_to_a_file_is_not_followed(site: Site) -> None:
    site.redirect("/news", "file:///etc/passwd")
    limits = SourceSettings(allow_private_addresses=True)
    with Fetcher(limits) as fetcher, pytest.raises(UnsupportedSourceError):
        fetcher.get(site.url + "/news")


def test_the_connection_is_made_to_the_address_that_was_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers publicly first and privately after (rebinding) gains nothing."""
    opened = _recorded(monkeypatch)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: pytest.fail("resolved again"))
    site.put("/news", "hello")
    port = site.url.rsplit(":", 1)[1]
    names = Names(news_example=[["203.0.114.7"], ["127.0.0.1"]])
    monkeypatch.setattr(socket, "create_connection", _direct(opened))
    with Fetcher(SourceSettings(), names) as fetcher:
        fetcher.get(f"http://news.example:{port}/news")
    assert names.asked == ["news.example"]
    assert opened == ["203.0.114.7"]


def _direct(opened: list[str]) -> object:
    """Connect to the test site whatever the address, without any name being resolved."""

    def connect(address: tuple[str, int], *args: object, **kwargs: object) -> socket.socket:
        opened.append(address[0])
        made = socket.socket()
        made.connect(("127.0.0.1", address[1]))
        return made

    return connect


def test_rebinding_between_two_hops_is_caught(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = _recorded(monkeypatch)
    port = site.url.rsplit(":", 1)[1]
    site.put("/a", b"", status=302, headers={"Location": "/b", "Connection": "close"})
    names = Names(news_example=[["203.0.114.7"], ["127.0.0.1"]])
    with Fetcher(SourceSettings(), names) as fetcher, pytest.raises(BlockedAddressError):
        fetcher.get(f"http://news.example:{port}/a")
    assert site.asked == ["/a"]
    assert opened == ["203.0.114.7"]


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    names = Names(news_example=[["203.0.114.7", "10.0.0.5"]])
    with Fetcher(SourceSettings(), names) as fetcher, pytest.raises(BlockedAddressError):
        fetcher.get("http://news.example/")
