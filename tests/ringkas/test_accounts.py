"""The file of accounts: hashed, private, whole or not at all."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ringkas import accounts
from ringkas.errors import SettingsError

PASSWORD = "kebun-raya-1817"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kept" / "users.json"
    assert accounts.set_account(path, "rina", "editor", PASSWORD)
    return path


def test_the_file_is_its_owners_alone_and_holds_no_password(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    assert not accounts.others_may_read(file)
    content = file.read_text()
    assert PASSWORD not in content
    assert json.loads(content)["users"]["rina"]["password"].startswith("$argon2id$")
    assert "argon2" not in repr(accounts.read_accounts(file))


def test_only_the_right_password_is_right(file: Path) -> None:
    rina = accounts.read_accounts(file)["rina"]
    assert rina.role == "editor"
    assert accounts.is_right(rina, PASSWORD)
    assert not accounts.is_right(rina, PASSWORD.upper())
    assert not accounts.is_right(rina, "")
    assert not accounts.is_right(None, PASSWORD)
    assert not accounts.is_right(rina, "x" * 10_000_000)


def test_equal_passwords_have_different_hashes(file: Path) -> None:
    accounts.set_account(file, "budi", "reader", PASSWORD)
    found = accounts.read_accounts(file)
    assert found["rina"].password != found["budi"].password


def test_an_account_is_changed_and_removed(file: Path) -> None:
    assert not accounts.set_account(file, "rina", "reader", "another-password")
    assert accounts.read_accounts(file)["rina"].role == "reader"
    accounts.remove_account(file, "rina")
    assert accounts.read_accounts(file) == {}
    with pytest.raises(SettingsError, match="no account 'rina'"):
        accounts.remove_account(file, "rina")


def test_accounts_made_at_once_are_all_there(file: Path) -> None:
    names = [f"user{number}" for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: accounts.set_account(file, name, "reader", PASSWORD), names))
    assert set(accounts.read_accounts(file)) == {"rina", *names}


@pytest.mark.parametrize("name", ["", "a/b", "a b", "../rina", "<b>", "a" * 65, "rina\n"])
def test_odd_names_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no name for an account"):
        accounts.set_account(tmp_path / "users.json", name, "editor", PASSWORD)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("password", ["", "short", "x" * 1001])
def test_odd_passwords_are_refused_and_not_repeated(password: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="characters") as refused:
        accounts.set_account(tmp_path / "users.json", "rina", "editor", password)
    assert not password or password not in str(refused.value)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"users": {"a": {}}}', '{"users": {"a": "secret-hash"}}', "\0"]
)
def test_a_damaged_file_is_named_and_its_content_is_not(content: str, tmp_path: Path) -> None:
    path = tmp_path / "users.json"
    path.write_text(content)
    with pytest.raises(SettingsError, match=r"users\.json' is damaged") as refused:
        accounts.read_accounts(path)
    assert "secret-hash" not in str(refused.value)


def ringkas(*args: object, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ringkas", "users", *map(str, args)]
    return subprocess.run(command, input=typed, capture_output=True, text=True, check=False)


def test_the_command_adds_lists_and_removes(tmp_path: Path) -> None:
    file = tmp_path / "users.json"
    config = tmp_path / "page.toml"
    config.write_text(f'[page]\nusers = "{file}"\n')
    made = ringkas("add", "budi", "--role", "reader", "--password-stdin", "--config", config,
                   typed=PASSWORD + "\n")  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert PASSWORD not in made.stdout + made.stderr
    assert accounts.is_right(accounts.read_accounts(file)["budi"], PASSWORD)
    assert ringkas("list", "--file", file).stdout == "reader  budi\n"
    assert ringkas("remove", "budi", "--file", file).returncode == 0
    assert ringkas("list", "--file", file).stdout == ""


def test_the_command_says_which_setting_names_the_file() -> None:
    done = ringkas("list")
    assert done.returncode == 1
    assert "[page]" in done.stderr
    assert "--file" in done.stderr


def test_a_password_is_not_taken_from_a_pipe_by_accident(tmp_path: Path) -> None:
    done = ringkas("add", "budi", "--file", tmp_path / "users.json", typed=PASSWORD + "\n")
    assert done.returncode == 2
    assert "--password-stdin" in done.stderr
    assert list(tmp_path.iterdir()) == []
