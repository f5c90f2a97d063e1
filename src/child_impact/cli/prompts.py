"""Asking a person at a terminal. Talk goes to standard error, so that standard output holds nothing but the dossier."""

from collections.abc import Callable
from typing import TypeVar

import click

from ..reading.problems import Problem
from ..reading.text import Language, Text

T = TypeVar("T")


class Ended(Exception):
    """The person ended the conversation: end of input, Ctrl-C, or the word for it."""


ENDS = frozenset({"q", "quit", "结束", "退出"})


class Prompts:
    """Questions and answers in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def say(self, zh: str, en: str = "") -> None:
        """Say something."""
        click.echo(zh if self.language == "zh" else en, err=True)

    def line(self, mark: Text) -> str:
        """Return one line of input. Raises `Ended` where there is no more."""
        try:
            said: str = click.prompt(mark.in_(self.language), default="", show_default=False, err=True, prompt_suffix="> ")
        except click.Abort:
            click.echo(err=True)
            raise Ended from None
        if said.strip().lower() in ENDS:
            raise Ended
        return said.strip()

    def until_right(self, mark: Text, read: Callable[[str], T | Problem]) -> T:
        """Ask until an answer can be read; what is wrong with one is explained before it is asked again."""
        while True:
            found = read(self.line(mark))
            if not isinstance(found, Problem):
                return found
            click.echo(f"  {found.what.in_(self.language)} → {found.todo.in_(self.language)}", err=True)
