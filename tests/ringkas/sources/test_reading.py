"""``read``: each kind of source finds its reader; what is none is told so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from news_site import ARTICLE, Site, page

import ringkas
from ringkas.errors import (
    BrokenFileError,
    EmptyArticleError,
    SourceError,
    TooLargeError,
    UnsupportedSourceError,
)
from ringkas.settings import Settings
from ringkas.sources import article_from_text, iter_articles, read, samples
from ringkas.types import Article, Failure


def test_pasted_text_is_an_article() -> None:
    (article,) = read(f"Jembatan Bambu Dibuka\n\n{ARTICLE}")
    assert (article.title, article.text) == ("Jembatan Bambu Dibuka", ARTICLE)
    assert article.language == "id"
    assert article.url is None


def test_text_pasted_from_a_page_goes_through_the_filter() -> None:
    pasted = (
        f"Jembatan Bambu Dibuka\nSabtu, 4 Mei 2024 08:15 WIB\n{ARTICLE}\nADVERTISEMENT\n"
        "Baca juga: Jembatan Gantung Putus\nPekerjaan itu selesai.\nEditor: Sari Dewi\nBagikan:"
    )
    (article,) = read(pasted)
    assert article.text == f"{ARTICLE}\n\nPekerjaan itu selesai."
    assert article.notes == {"editor": "Sari Dewi"}
    assert article.published
    assert article.published.isoformat() == "2024-05-04T08:15:00+07:00"


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "jsonl", "csv"])
def test_each_kind_of_file_is_read(suffix: str, tmp_path: Path) -> None:
    contents = {
        "txt": f"Jembatan\n\n{ARTICLE}",
        "md": f"---\ntitle: Jembatan\n---\n\n{ARTICLE}",
        "html": page("Jembatan", ARTICLE),
        "jsonl": json.dumps({"title": "Jembatan", "text": ARTICLE}),
        "csv": f'title,text\nJembatan,"{ARTICLE}"',
    }
    path = tmp_path / f"a.{suffix.upper()}"
    path.write_text(contents[suffix], encoding="utf-8")
    for source in (path, str(path)):
        (article,) = read(source)
        assert (article.title, article.text) == ("Jembatan", ARTICLE)
    assert read(contents[suffix].encode())[0].text.endswith(ARTICLE) or suffix == "csv"


def test_a_folder_is_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "sub/a.txt", "a.md", ".hidden.txt", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Judul {name}\n\n{ARTICLE}", encoding="utf-8")
    (tmp_path / "c.xyz").write_text("?", encoding="utf-8")
    (tmp_path / "d.txt").write_bytes(b"")
    failures: list[Failure] = []
    articles = read(tmp_path, on_failure=failures.append)
    assert [article.title for article in articles] == [
        "Judul a.md",
        "Judul b.txt",
        "Judul sub/a.txt",
    ]
    assert [Path(failure.source).name for failure in failures] == ["c.xyz", "d.txt"]
    assert isinstance(failures[0].error, UnsupportedSourceError)
    assert isinstance(failures[1].error, BrokenFileError)


def test_failures_without_a_listener_are_warned_of(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    with pytest.warns(UserWarning, match=r"b\.txt is empty"):
        assert len(read(tmp_path)) == 1


def test_when_nothing_can_be_read_the_first_error_is_raised(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.xyz").write_bytes(b"")
    with pytest.raises(BrokenFileError, match=r"a\.txt is empty"):
        read(tmp_path)


def test_iter_articles_never_raises_for_bad_input(tmp_path: Path) -> None:
    for source in ("", "nothing.txt", tmp_path, tmp_path / "x", b"", b"\x00\x01" * 99, "ftp://a/b"):
        (failure,) = iter_articles(source)
        assert isinstance(failure, Failure)


@pytest.mark.parametrize(
    "text",
    ["berita.txt", "./berita.txt", "~/x/berita", "/no/such/folder", "berita", r"C:\a b\c.pdf"],
)
def test_a_path_that_is_not_there_is_no_text(text: str) -> None:
    with pytest.raises(SourceError, match="is no file or folder here") as caught:
        read(text)
    assert text in str(caught.value)


@pytest.mark.parametrize("text", ["", "   \n ", "Terlalu pendek untuk sebuah artikel."])
def test_too_little_text_is_refused(text: str) -> None:
    with pytest.raises(EmptyArticleError):
        read(text)


def test_an_unknown_kind_of_file_names_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    path.write_bytes(b"PK")
    with pytest.raises(UnsupportedSourceError, match=r"'\.pptx'.*\.docx.*\.pdf"):
        read(path)


@pytest.mark.parametrize("suffix", ["pdf", "txt", "html", "docx", "md"])
def test_a_file_over_the_limit_is_refused_unread(
    suffix: str, tmp_path: Path, near: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"a.{suffix}"
    with path.open("wb") as sparse:
        sparse.truncate(50 << 20)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("was read"))
    with pytest.raises(TooLargeError, match="is 50 MB; at most 1 MB"):
        read(path, near)


@pytest.mark.parametrize("suffix", ["pdf", "docx", "txt", "html", "md", "xml"])
def test_an_empty_file_is_refused(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(b"")
    with pytest.raises(BrokenFileError, match="is empty"):
        read(path)


def test_binary_data_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(range(256)) * 40)
    with pytest.raises(SourceError, match=r"a\.txt"):
        read(path)


def test_a_file_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SourceError, match="Permission denied"):
        read(path)


@pytest.mark.parametrize("content_type", ["text/plain", "application/octet-stream"])
def test_a_text_file_at_a_url_is_read(content_type: str, site: Site, near: Settings) -> None:
    url = site.put("/a.md", f"---\ntitle: Jembatan\n---\n{ARTICLE}", content_type)
    (article,) = read(url, near)
    assert (article.title, article.url) == ("Jembatan", url)


def test_the_samples_are_articles_of_both_languages() -> None:
    articles = samples()
    assert len(articles) >= 15
    assert {article.language for article in articles} == {"id", "en"}
    assert len({article.id for article in articles}) == len(articles)
    assert all(article.published and article.published.tzinfo for article in articles)


def test_reading_loads_no_reader_that_is_not_needed() -> None:
    code = (
        "import sys, ringkas; ringkas.read('Judul\\n\\n' + 'kata yang baik ' * 30);"
        "heavy = {'trafilatura', 'pypdf', 'docx', 'feedparser', 'httpx', 'lxml', 'lingua'};"
        "loaded = heavy & set(sys.modules); assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_verbs_are_those_of_the_package() -> None:
    assert ringkas.read is read
    assert ringkas.iter_articles is iter_articles
    assert isinstance(article_from_text(ARTICLE), Article)


@pytest.mark.parametrize(
    "url", ["http://[bad", "http://a.example:99999999/", "https://", "http:///x"]
)
def test_a_malformed_address_is_named(url: str) -> None:
    [failure] = iter_articles(url)
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, SourceError)
    assert url in failure.message
    assert "should not happen" not in failure.message


def test_a_row_with_a_malformed_address_is_an_article_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": ARTICLE, "url": "http://[bad"}), encoding="utf-8")
    (article,) = read(path)
    assert (article.url, article.source) == ("http://[bad", None)


def test_a_page_that_states_a_malformed_address_keeps_its_own(site: Site, near: Settings) -> None:
    head = "<link rel='canonical' href='http://[bad'><a href='http://[worse'>2</a>"
    url = site.put("/a", page("Jembatan", ARTICLE, head=head))
    (article,) = read(url, near)
    assert article.url == url


def test_an_unexpected_error_stops_neither_the_folder_nor_its_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """No item is known that does this; a fault of a library's would."""
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"Berkas {name}\n\n{ARTICLE}", encoding="utf-8")

    def decode(data: bytes, name: str) -> str:
        if name.endswith("b.txt"):
            raise LookupError("a fault")
        return data.decode()

    monkeypatch.setattr("ringkas.sources.textfile.decode", decode)
    first, fault, last = iter_articles(tmp_path)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(fault, Failure)
    assert fault.message.startswith(f"{tmp_path / 'b.txt'} cannot be read (LookupError: a fault)")
    assert "b.txt" in caplog.text
    assert caplog.records[0].exc_info


def test_a_failure_names_its_file_or_address_whole(tmp_path: Path) -> None:
    file = tmp_path / ("panjang" * 20 + ".txt")
    file.write_text("Terlalu pendek.", encoding="utf-8")
    address = "http://127.0.0.1:9/" + "jalur/" * 20
    for source in (file, str(file), address):
        (failure,) = iter_articles(source)
        assert isinstance(failure, Failure)
        assert failure.source == str(source)
    (failure,) = iter_articles("Terlalu pendek. " * 8)
    assert isinstance(failure, Failure)
    assert len(failure.source) == 80
