"""``ringkas users``: who may sign in to the page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ringkas import accounts
from ringkas.cli.options import chosen_config
from ringkas.cli.place import ConfigOption
from ringkas.cli.terminal import complain, out, visible
from ringkas.errors import SettingsError
from ringkas.settings import load_settings

users = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Add, list and remove who may sign in to the page.",
)

FileOption = Annotated[
    Path | None,
    typer.Option("--file", help="The file of accounts; page.users in the configuration if left."),
]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The name to sign in with.")]


@users.command()
def add(
    ctx: typer.Context,
    name: NameArgument,
    role: Annotated[
        accounts.Role, typer.Option(help="An editor adds and removes articles; a reader reads.")
    ] = "editor",
    stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
    file: FileOption = None,
    config: ConfigOption = None,
) -> None:
    """Add an account, or change the role and password of one. A running page takes it up."""
    path = _file(ctx, file, config)
    new = accounts.set_account(path, name, role, _password(stdin))
    _say(f"{'Added' if new else 'Changed'} {role} '{name}' in {path}")
    if file:
        _say(
            f'To have the page ask for it, put users = "{path}" under [page] in the configuration.'
        )


@users.command("list")
def list_users(ctx: typer.Context, file: FileOption = None, config: ConfigOption = None) -> None:
    """List the accounts and their roles."""
    for name, account in sorted(accounts.read_accounts(_file(ctx, file, config)).items()):
        _say(f"{account.role}  {name}")


@users.command()
def remove(
    ctx: typer.Context,
    name: NameArgument,
    file: FileOption = None,
    config: ConfigOption = None,
) -> None:
    """Remove an account. A running page ends its sessions."""
    path = _file(ctx, file, config)
    accounts.remove_account(path, name)
    _say(f"Removed '{name}' from {path}")


def _file(ctx: typer.Context, file: Path | None, config: str | None) -> Path:
    named = str(file or "") or load_settings(chosen_config(ctx, config)).page.users
    if not named:
        raise SettingsError(
            'no file of accounts is named. Set users = "FILE" under [page] in the '
            "configuration, or give --file FILE."
        )
    return Path(named).expanduser()


def _password(stdin: bool) -> str:
    """Return a password that was typed twice, or the first line of standard input."""
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        complain("there is no terminal to type a password at; give --password-stdin.")
        raise typer.Exit(2)
    typed: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed


def _say(text: str) -> None:
    out().print(visible(text), markup=False, soft_wrap=True)
