"""Commands that are imported when they are called, so that help and completion wait for none."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


class Later(TyperCommand):
    """Stands for a command, or a group of commands, that is not imported yet.

    Arguments:
        name: what is typed.
        home: ``"module:attribute"``, a function or a ``typer.Typer``.
        help: what the list of commands says; the first paragraph of the command's own help.
    """

    def __init__(self, name: str, home: str, help: str) -> None:
        super().__init__(name=name, help=help)
        self.home = home

    def load(self) -> Any:
        """Import the command and return it as Typer makes it."""
        module, _, attribute = self.home.partition(":")
        found = getattr(import_module(module), attribute)
        if not isinstance(found, typer.Typer):
            single = typer.Typer(add_completion=False)
            single.command()(found)
            found = single
        command = typer.main.get_command(found)
        command.name = self.name
        return command

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """Return the context of the command itself, which is imported for it."""
        return self.load().make_context(*args, **kwargs)


class LaterGroup(TyperGroup):
    """A group whose commands are those of :attr:`later`, in that order."""

    later: tuple[Later, ...] = ()

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = {str(command.name): command for command in self.later}
