"""Where the page listens, tried out before anything is loaded for it."""

from __future__ import annotations

import os
import socket

from ringkas.errors import SettingsError
from ringkas.settings import PageSettings


def listening_port(page: PageSettings) -> int:
    """Return the port to listen on: the one that is set, or any free one where that is 0.

    Raises:
        SettingsError: the port is taken or not allowed, or the host is not this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            page.host.strip("[]"), None, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as trial:
            if os.name == "posix":  # elsewhere this would share the port with its owner
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((address[0], page.port, *address[2:]))
            return int(trial.getsockname()[1])
    except (OSError, OverflowError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SettingsError(
            f"the page cannot listen on {page.host}:{page.port} ({reason}). Choose another port "
            "with 'ringkas ui --port 8000' or page.port in the configuration (0 takes any free "
            "one), another address with --host or page.host."
        ) from error
