"""Who may use the page: a file of names, roles and hashed passwords.

Passwords are hashed with argon2id at the parameters that argon2-cffi recommends (RFC 9106, low
memory); the file never holds one. It is written whole or not at all, for its owner alone.
"""

from __future__ import annotations

import functools
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from ringkas.errors import SettingsError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

Role = Literal["editor", "reader"]
"""An editor adds and removes articles; a reader asks, summarizes and writes newsletters."""

SHORTEST_PASSWORD = 10  # NIST SP 800-63B asks for 8 at least; a name and a year have 8
LONGEST_PASSWORD = 1000  # hashing reads it whole
_NAME = re.compile(r"[\w.@+-]{1,64}")
_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Account:
    """One person's role, and the hash of their password."""

    role: Role
    password: str = field(repr=False)


def read_accounts(path: Path) -> dict[str, Account]:
    """Return the accounts in a file, by name.

    Raises:
        SettingsError: there is no such file, or it is damaged.
    """
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return {name: _account(entry) for name, entry in table["users"].items()}
    except FileNotFoundError:
        raise SettingsError(
            f"there is no file of accounts at '{path}'. Make it with 'ringkas users add NAME'."
        ) from None
    except OSError as error:
        raise SettingsError(f"cannot read the accounts in '{path}': {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError):
        # what is in the file stays out of the message
        raise SettingsError(
            f"the file of accounts '{path}' is damaged. Restore it, or remove it and make it anew "
            "with 'ringkas users add NAME'."
        ) from None


def set_account(path: Path, name: str, role: Role, password: str) -> bool:
    """Write an account into the file, which is made where there is none; tell whether it is new.

    Raises:
        SettingsError: the name or password will not do, or the file cannot be written.
    """
    _require_name(name)
    _require_password(password)
    made = Account(role, _hasher().hash(password))
    with _changing(path) as accounts:
        new = name not in accounts
        accounts[name] = made
    return new


def remove_account(path: Path, name: str) -> None:
    """Take an account out of the file.

    Raises:
        SettingsError: there is no such account, or the file cannot be written.
    """
    with _changing(path) as accounts:
        if name not in accounts:
            known = ", ".join(sorted(accounts)) or "none"
            raise SettingsError(f"there is no account '{name}' in '{path}'; known: {known}.")
        del accounts[name]


def is_right(account: Account | None, password: str) -> bool:
    """Tell whether a password is that of an account; for no account it takes as long."""
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        return _hasher().verify(account.password if account else _nobody(), password) and bool(
            account
        )
    except (VerificationError, InvalidHashError):
        return False


def others_may_read(path: Path) -> bool:
    """Tell whether users of this machine besides the owner may read the file."""
    return os.name == "posix" and bool(path.stat().st_mode & _OTHERS)


@functools.cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher
    from argon2.profiles import RFC_9106_LOW_MEMORY

    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


@functools.cache
def _nobody() -> str:
    """Return a hash that a password is compared to where there is no such account."""
    return _hasher().hash(os.urandom(16))


def _account(entry: Mapping[str, Any]) -> Account:
    role, password = entry["role"], entry["password"]
    if role not in get_args(Role) or not isinstance(password, str):
        raise ValueError
    return Account(role, password)


def _require_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise SettingsError(
            f"{name!r} is no name for an account: up to 64 letters, digits and . _ - + @ were "
            "expected."
        )


def _require_password(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise SettingsError(
            f"the password has {len(password)} characters; {SHORTEST_PASSWORD} to "
            f"{LONGEST_PASSWORD} were expected."
        )


@contextmanager
def _changing(path: Path) -> Iterator[dict[str, Account]]:
    """Give out the accounts, and write what became of them; two commands take turns."""
    from filelock import FileLock

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", mode=0o600):
            accounts = read_accounts(path) if path.exists() else {}
            yield accounts
            _write(path, accounts)
    except OSError as error:
        raise SettingsError(f"cannot write the accounts to '{path}': {error.strerror}.") from error


def _write(path: Path, accounts: Mapping[str, Account]) -> None:
    rows = {
        name: {"role": each.role, "password": each.password}
        for name, each in sorted(accounts.items())
    }
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # mode 600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"users": rows}, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
