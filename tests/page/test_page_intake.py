"""What a reader hands in is a link, a text or an upload; never a path on the server."""

from pathlib import Path

import pytest

from ringkas.errors import BlockedAddressError, EmptyArticleError, TooLargeError
from ringkas.page import intake
from ringkas.settings import Settings, SourceSettings
from ringkas.types import Article, Failure

SETTINGS = Settings()
BODY = "Wali kota membuka rapat koordinasi di balai kota pada Kamis pagi. " * 6


def received(text: str | None, files: list[str] | None = None) -> list[Article | Failure]:
    return list(intake.received(text, files, SETTINGS))


def test_a_path_in_the_box_is_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(BODY, encoding="utf-8")
    [item] = received(str(secret))
    assert isinstance(item, Failure)
    assert isinstance(item.error, EmptyArticleError)


def test_a_file_address_is_not_opened() -> None:
    [item] = received("file:///etc/hostname")
    assert isinstance(item, Failure)


def test_a_pasted_text_is_an_article() -> None:
    [article] = received(f"Rapat Dibuka\n\n{BODY}")
    assert isinstance(article, Article)
    assert article.title == "Rapat Dibuka"


def test_every_link_is_read_and_private_ones_are_refused() -> None:
    items = received("http://127.0.0.1/a\nhttp://10.0.0.1/b")
    errors = [item.error for item in items if isinstance(item, Failure)]
    assert [type(error) for error in errors] == [BlockedAddressError, BlockedAddressError]


def test_an_upload_goes_by_its_name_not_by_the_folder_it_lies_in(tmp_path: Path) -> None:
    broken = tmp_path / "laporan.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    [item] = received(None, [str(broken)])
    assert isinstance(item, Failure)
    assert item.source == "laporan.pdf"
    assert str(tmp_path) not in item.message


def test_a_pasted_text_is_limited_as_a_file_is() -> None:
    small = Settings(sources=SourceSettings(max_megabytes=1))
    [item] = intake.received("Wali kota membuka rapat. " * 50_000, None, small)
    assert isinstance(item, Failure)
    assert isinstance(item.error, TooLargeError)
    assert "1,249,999 characters; at most 1 MB" in item.message


def test_nothing_given_is_an_error() -> None:
    with pytest.raises(intake.NothingGivenError):
        received("  \n")


def test_what_cannot_be_read_does_not_hide_the_article(tmp_path: Path) -> None:
    good = tmp_path / "b.txt"
    good.write_text(BODY, encoding="utf-8")
    items = intake.received("http://127.0.0.1/", [str(good)], SETTINGS)
    assert intake.only_article(items).text.startswith("Wali kota")


def test_the_reason_why_nothing_could_be_read_is_raised() -> None:
    with pytest.raises(BlockedAddressError):
        intake.only_article(intake.received("http://127.0.0.1/", None, SETTINGS))


@pytest.mark.parametrize(
    ("text", "file", "name"),
    [
        (" https://x.example/a ", None, "https://x.example/a"),
        ("Rapat dibuka.", None, ""),
        (None, None, ""),
        ("https://x.example/a", "/tmp/gradio/abc/laporan.pdf", "laporan.pdf"),
    ],
)
def test_a_source_is_called_by_its_link_or_file(
    text: str | None, file: str | None, name: str
) -> None:
    assert intake.named(text, file) == name


def test_several_articles_are_not_quietly_cut_to_one(tmp_path: Path) -> None:
    both = tmp_path / "two.jsonl"
    both.write_text("".join(f'{{"title": "T{n}", "text": "{n} {BODY}"}}\n' for n in (1, 2)))
    with pytest.raises(intake.SeveralArticlesError):
        intake.only_article(intake.received(None, [str(both)], SETTINGS))


def test_filters_take_dates_as_people_type_them() -> None:
    chosen = intake.filters([], ["id"], " 2023-06-08 ", None)
    assert str(chosen["since"]) == "2023-06-08"
    assert chosen["until"] is None
    with pytest.raises(intake.DateError):
        intake.filters([], [], "besok", None)
