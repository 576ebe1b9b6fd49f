"""The command line: each command calls one verb and shows what it returns.

Importing this package, and ``ringkas --help``, load neither models nor the index.
"""

from __future__ import annotations

from collections.abc import Sequence


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line with ``args``, or with those of the process, and exit."""
    try:
        from ringkas.cli.app import app
        from ringkas.cli.terminal import forgive_encodings

        forgive_encodings()
        app(args=args, prog_name="ringkas")
    except KeyboardInterrupt:
        raise SystemExit(128 + 2) from None  # INTERRUPTED may be what was still loading
