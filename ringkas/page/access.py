"""Who may do what on the page and over its API: accounts, roles, and a page for reading only.

Nothing here depends on how the page is served: ``Access.sign_in`` is what Gradio's ``auth`` takes,
and ``ringkas.page.door`` keeps ``Access`` up to date with the file of accounts.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from ringkas.accounts import Account, is_right, others_may_read, read_accounts
from ringkas.errors import RingkasError, SettingsError
from ringkas.page.attempts import Attempts
from ringkas.settings import PageSettings

log = logging.getLogger("ringkas.page")

# Each comparison takes 64 MB and a core for some 0.1 s: a crowd must wait its turn.
_AT_ONCE = 2


class ReadOnlyError(RingkasError):
    """Somebody who may only read wants to add or remove articles."""


class Asker(Protocol):
    """What is needed of a request: the name that its sender has signed in with."""

    username: str | None


class Access:
    """Accounts and roles as the configuration and the file of accounts say.

    Raises:
        SettingsError: the file of accounts is missing, damaged or empty.
    """

    def __init__(self, page: PageSettings) -> None:
        self._page = page
        self._file = Path(page.users).expanduser() if page.users else None
        self._attempts = Attempts()
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._state = self._stamp()
        self._accounts = read_accounts(self._file) if self._file else {}
        self._require_sound()

    @property
    def accounts(self) -> Mapping[str, Account]:
        """The accounts as they were last read."""
        return self._accounts

    @property
    def signs_in(self) -> bool:
        """Whether everybody must sign in."""
        return self._file is not None

    def may_change(self, asker: Asker | None) -> bool:
        """Tell whether whoever asks may add and remove articles."""
        return not self._page.read_only and self._is_editor(asker)

    def require_change(self, asker: Asker | None) -> None:
        """Refuse to add or remove articles for somebody who may only read.

        Raises:
            ReadOnlyError: saying whether it is the page or the account.
        """
        if self._page.read_only:
            raise ReadOnlyError(
                "this page is for reading: nothing is added or removed over it. Use the command "
                "line, or a page that is started without page.read_only."
            )
        if not self._is_editor(asker):
            raise ReadOnlyError(
                "your account may ask and summarize, and neither add nor remove articles. Ask "
                "whoever keeps this page for the role 'editor'."
            )

    async def sign_in(self, name: str, password: str) -> bool:
        """Tell whether somebody may come in, after too many wrong attempts only later.

        Raises:
            HTTPException: with status 429, where there were too many.
        """
        self.refresh()
        self._attempts.begin(name)
        async with self._turns:
            right = await asyncio.to_thread(is_right, self._accounts.get(name), password)
        self._attempts.end(name, right)
        log.info("sign-in %s from %s", "accepted" if right else "refused", self._attempts.address)
        return right

    def refresh(self) -> frozenset[str]:
        """Read the accounts again if their file has changed; return whose account did.

        A file that cannot be read leaves the accounts as they were.
        """
        stamp = self._stamp()
        if self._file is None or stamp == self._state:
            return frozenset()
        self._state, before = stamp, self._accounts
        try:
            self._accounts = read_accounts(self._file)
        except SettingsError as error:
            log.warning("the accounts stay as they were: %s", error)
        return frozenset(name for name, each in before.items() if self._accounts.get(name) != each)

    def _is_editor(self, asker: Asker | None) -> bool:
        if self._file is None:
            return True
        account = self._accounts.get(getattr(asker, "username", None) or "")
        return account is not None and account.role == "editor"

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            found = self._file.stat() if self._file else None
        except OSError:
            return None
        return (found.st_mtime_ns, found.st_size, found.st_ino) if found else None

    def _require_sound(self) -> None:
        if self._file is None:
            return
        if not self._accounts:
            raise SettingsError(
                f"nobody could sign in: '{self._file}' holds no account. Make one with "
                "'ringkas users add NAME'."
            )
        if others_may_read(self._file):
            log.warning("other users of this machine can read %s: chmod 600 it", self._file)


def exposure(page: PageSettings) -> str:
    """Return a warning where strangers could change the library, or nothing."""
    if page.users or page.read_only or is_loopback(page.host):
        return ""
    return (
        f"whoever reaches {page.host}:{page.port} may add and remove articles. Set page.users "
        "('ringkas users add NAME') or page.read_only in the configuration; see docs/security.md."
    )


def is_loopback(host: str) -> bool:
    """Tell whether a host to listen on is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"
