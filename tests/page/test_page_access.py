"""Signing in, roles, and a page for reading only, over real HTTP."""

from __future__ import annotations

import http.client
import logging
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio.utils import get_upload_folder
from gradio_client import Client
from gradio_client.exceptions import AppError
from plain_articles import LetterEmbedder

from ringkas import accounts
from ringkas.embedding import lend_embedder
from ringkas.errors import SettingsError
from ringkas.page.access import Access, exposure
from ringkas.page.attempts import network_of
from ringkas.settings import AnswerSettings, PageSettings, Settings, SourceSettings

pytestmark = pytest.mark.page

EDITOR, READER = ("rina", "kebun-raya-1817"), ("budi", "pasar-minggu-9")
WRONG = "kebun-raya-1818"
BODY = (
    "Jam Buka Perpustakaan\n\nPerpustakaan Daerah Arga Sewu menambah jam layanan hingga pukul "
    "21.00 WIB mulai Senin (3/6/2024). Kepala perpustakaan, Nirmala Wibisono, mengatakan perubahan "
    "itu diminta para mahasiswa. Jumlah pengunjung naik dari 200 menjadi 340 orang sehari sejak "
    "ruang baca baru dibuka pada awal tahun."
)
Launch = Callable[..., str]
# A busy machine is slow, not wrong.
get, post = partial(httpx.get, timeout=120), partial(httpx.post, timeout=120)


@pytest.fixture(scope="module")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launch]:
    """Start pages with settings of their own; return their addresses."""
    import ui

    closing: list[Callable[[], Any]] = []
    lent = lend_embedder(LetterEmbedder())  # who may do what has nothing to do with models
    lent.__enter__()

    def launch(index: Path | None = None, megabytes: int = 20, **page: Any) -> str:
        settings = Settings(
            index=str(index or tmp_path_factory.mktemp("index") / "news"),
            page=PageSettings(port=_free_port(), samples=False, **page),
            sources=SourceSettings(max_megabytes=megabytes),
            answer=AnswerSettings(reader="sentence"),
        )
        closing.append(ui.launch(settings, block=False).close)
        return f"http://127.0.0.1:{settings.page.port}"

    yield launch
    for close in closing:
        close()
    lent.__exit__(None, None, None)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("accounts") / "users.json"
    accounts.set_account(path, EDITOR[0], "editor", EDITOR[1])
    accounts.set_account(path, READER[0], "reader", READER[1])
    return path


@pytest.fixture(scope="module")
def guarded(launched: Launch, file: Path) -> str:
    return launched(users=str(file))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def client(url: str, who: tuple[str, str] | None = None) -> Client:
    return Client(url, auth=who, verbose=False, analytics_enabled=False)


def sign_in(url: str, name: str, password: str, **headers: str) -> httpx.Response:
    form = {"username": name, "password": password}
    return post(f"{url}/login", data=form, headers=headers)


def test_nothing_is_shown_or_answered_to_a_stranger(guarded: str, file: Path) -> None:
    page = get(guarded)
    assert page.status_code == 200
    assert '"auth_required":true' in page.text.replace(" ", "")
    assert "lima kali salah" in page.text
    for path in ("config", "gradio_api/info", "gradio_api/openapi.json"):
        assert get(f"{guarded}/{path}").status_code == 401, path
    for path in ("call/ask", "call/v2/ask", "run/ask", "api/ask", "queue/join", "upload"):
        refused = post(f"{guarded}/gradio_api/{path}", json={"data": ["Siapa?"]})
        assert refused.status_code == 401, path
    assert get(f"{guarded}/gradio_api/file={file}").status_code == 401
    with pytest.raises(Exception, match=r"401|uthenticat|login"):
        client(guarded)


def test_an_editor_adds_and_a_reader_may_not(guarded: str) -> None:
    editor, reader = client(guarded, EDITOR), client(guarded, READER)
    assert editor.predict(BODY, api_name="/add")["added"] == 1
    [kept] = reader.predict(api_name="/articles")
    with pytest.raises(AppError, match="role 'editor'"):
        reader.predict(BODY, api_name="/add")
    with pytest.raises(AppError, match="role 'editor'"):
        reader.predict([kept["id"]], api_name="/remove")
    assert reader.predict(BODY, method="lead", api_name="/summarize")["sentences"]
    assert editor.predict([kept["id"]], api_name="/remove") == 1


def test_the_arguments_of_add_and_remove_are_as_before(guarded: str) -> None:
    offered = client(guarded, EDITOR).view_api(return_format="dict")["named_endpoints"]
    taken = {name: [each["parameter_name"] for each in verb["parameters"]]
             for name, verb in offered.items()}  # fmt: skip
    assert taken["/add"] == ["source"]
    assert taken["/remove"] == ["ids"]


def test_a_wrong_password_and_an_unknown_name_look_alike(guarded: str) -> None:
    wrong, unknown = sign_in(guarded, READER[0], WRONG), sign_in(guarded, "nobody", WRONG)
    assert wrong.status_code == unknown.status_code == 400
    assert wrong.text == unknown.text


def test_after_five_wrong_passwords_even_the_right_one_waits(
    guarded: str, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    accounts.set_account(file, "tuti", "reader", "sawah-lega-77")
    with caplog.at_level(logging.DEBUG), ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: sign_in(guarded, "tuti", WRONG), range(8)))
    assert sorted(each.status_code for each in answers) == [400] * 5 + [429] * 3
    late = sign_in(guarded, "tuti", "sawah-lega-77")
    assert late.status_code == 429
    assert 0 < int(late.headers["Retry-After"]) <= 15 * 60
    assert sign_in(guarded, *READER).status_code == 200, "others are not kept out"
    assert WRONG not in caplog.text
    assert "sawah-lega" not in caplog.text


def test_a_removed_account_is_signed_out_at_once(guarded: str, file: Path) -> None:
    accounts.set_account(file, "edi", "editor", "gunung-salak-3")
    edi = client(guarded, ("edi", "gunung-salak-3"))
    assert edi.predict(api_name="/articles") == []
    accounts.set_account(file, "edi", "reader", "gunung-salak-4")
    with pytest.raises(Exception, match=r"401|uthenticat|login|expired"):
        edi.predict(api_name="/articles")
    accounts.remove_account(file, "edi")
    assert sign_in(guarded, "edi", "gunung-salak-4").status_code == 400


def test_a_damaged_file_leaves_the_accounts_as_they_were(guarded: str, file: Path) -> None:
    whole = file.read_text()
    file.write_text(whole[: len(whole) // 2])
    try:
        assert client(guarded, EDITOR).predict(api_name="/articles") == []
    finally:
        file.write_text(whole)


@pytest.fixture(scope="module")
def library(launched: Launch) -> str:
    """A page for reading only."""
    return launched(read_only=True)


def test_a_page_for_reading_takes_nothing_from_anyone(library: str) -> None:
    visitor = client(library)
    with pytest.raises(AppError, match="this page is for reading"):
        visitor.predict(BODY, api_name="/add")
    with pytest.raises(AppError, match="this page is for reading"):
        visitor.predict(["x"], api_name="/remove")
    assert visitor.predict(BODY, method="lead", api_name="/summarize")["sentences"]
    assert visitor.predict("Siapa?", api_name="/ask")["found"] is False


def test_the_buttons_of_a_page_for_reading_do_nothing_even_when_called(library: str) -> None:
    """Hiding a button is no defence: the handler behind it refuses as well."""
    url = library
    config = get(f"{url}/config").json()
    [adding] = [
        each for each in config["dependencies"] if each["targets"] == _clicks(config, "add")
    ]
    join = {"data": [BODY, None, "en"], "fn_index": adding["id"], "session_hash": "s"}
    post(f"{url}/gradio_api/queue/join", json=join).raise_for_status()
    with httpx.stream("GET", f"{url}/gradio_api/queue/data?session_hash=s", timeout=120) as events:
        told = "".join(line for line in events.iter_lines() if "process_completed" in line)
    assert "cannot be added or removed here" in told
    assert client(url).predict(api_name="/articles") == []


def _clicks(config: dict[str, Any], elem_id: str) -> list[Any]:
    """Return the events of adding: a click on one button, and an upload."""
    ids = {each["props"].get("elem_id"): each["id"] for each in config["components"]}
    return [[ids[elem_id], "click"], [ids[f"{elem_id}-files"], "upload"]]


@pytest.fixture(scope="module")
def small(launched: Launch) -> str:
    return launched(megabytes=1, hosts=("berita.example",))


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::2]", "a:b:c"])
def test_a_name_that_was_made_to_point_here_is_refused(host: str, small: str) -> None:
    answer = get(small, headers={"Host": host})
    assert answer.status_code == 400
    assert "page.hosts" in answer.text


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:7860", "Berita.Example"])
def test_own_names_and_those_of_the_configuration_are_taken(host: str, small: str) -> None:
    assert get(small, headers={"Host": host}).status_code == 200


def test_requests_are_limited_in_size(small: str) -> None:
    stated = post(f"{small}/gradio_api/call/add", content=b"x" * (3 << 20))
    assert stated.status_code == 413
    assert "2 MB" in stated.text
    assert _dripped(small, 3) == 413
    assert _dripped(small, 1) != 413


def _dripped(url: str, megabytes: int) -> int:
    """Send a body whose length nobody states; return the status."""
    pieces = (b" " * (1 << 20) for _ in range(megabytes))
    try:
        sent = post(f"{url}/gradio_api/call/add", content=pieces,
                          headers={"Content-Type": "application/json"})  # fmt: skip
    except (httpx.WriteError, httpx.RemoteProtocolError):
        return 413  # cut off while it was still sending
    return sent.status_code


def test_answers_say_how_a_browser_should_treat_them(small: str) -> None:
    headers = get(small).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../../../etc/passwd",
        "..%2f..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/etc/passwd",
        "file:///etc/passwd",
        "{here}/pyproject.toml",
        "{here}/ui.py",
        "ui.py",
        "{index}/articles.lance",
        "http://127.0.0.1:9/x",
    ],
)
def test_no_file_of_this_machine_is_served(path: str, small: str, tmp_path: Path) -> None:
    url = small
    here = Path(__file__).parents[2]
    named = path.format(here=here, index=tmp_path)
    port = int(url.rsplit(":", 1)[1])
    for route in ("/gradio_api/file=", "/file=", "/gradio_api/file/", "/static/", "/assets/"):
        connection = http.client.HTTPConnection("127.0.0.1", port)  # sends the path as it is
        connection.request("GET", f"{route}{named}")
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status >= 300, (route, named)
        assert b"root:" not in body
        assert b"gradio>=" not in body


def test_an_uploads_name_cannot_leave_its_folder(small: str) -> None:
    url = small
    files = {"files": ("../../../../ringkas-escaped.txt", b"text", "text/plain")}
    [path] = post(f"{url}/gradio_api/upload", files=files).json()
    assert ".." not in path
    assert "escaped" in Path(path).name
    assert Path(path).resolve().is_relative_to(Path(get_upload_folder()).resolve())


def test_a_path_handed_in_as_an_upload_is_not_read(small: str) -> None:
    """The page sends where Gradio has put an upload: any other place must be refused."""
    url = small
    config = get(f"{url}/config").json()
    [adding] = [
        each for each in config["dependencies"] if each["targets"] == _clicks(config, "add")
    ]
    upload = [{"path": "/etc/hostname", "meta": {"_type": "gradio.FileData"}}]
    join = {"data": ["", upload, "en"], "fn_index": adding["id"], "session_hash": "p"}
    sent = post(f"{url}/gradio_api/queue/join", json=join)
    told = sent.text
    if sent.is_success:
        stream = f"{url}/gradio_api/queue/data?session_hash=p"
        with httpx.stream("GET", stream, timeout=120) as events:
            told = "".join(line for line in events.iter_lines() if "process_completed" in line)
    assert '"success": false' in told.replace(":false", ": false") or not sent.is_success
    assert Path("/etc/hostname").read_text().strip() not in told


def test_a_page_without_accounts_in_its_file_does_not_start(tmp_path: Path) -> None:
    missing = PageSettings(users=str(tmp_path / "none.json"))
    with pytest.raises(SettingsError, match="ringkas users add"):
        Access(missing)
    empty = tmp_path / "users.json"
    accounts.set_account(empty, "rina", "editor", EDITOR[1])
    accounts.remove_account(empty, "rina")
    with pytest.raises(SettingsError, match="nobody could sign in"):
        Access(PageSettings(users=str(empty)))


def test_strangers_who_could_change_the_library_are_warned_of() -> None:
    everywhere = PageSettings(host="0.0.0.0")
    assert "page.read_only" in exposure(everywhere)
    assert exposure(PageSettings()) == ""
    assert exposure(PageSettings(host="localhost")) == ""
    assert exposure(replace(everywhere, read_only=True)) == ""
    assert exposure(replace(everywhere, users="users.json")) == ""


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("203.0.114.7", "203.0.114.7"),
        ("::ffff:203.0.114.7", "203.0.114.7"),
        ("2606:4700:1:2:3:4:5:6", "2606:4700:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
    ],
)
def test_attempts_are_counted_by_household(host: str, network: str) -> None:
    assert network_of(host) == network
