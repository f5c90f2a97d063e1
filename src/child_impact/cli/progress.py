"""Progress of long work, on standard error and only where a person watches."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

_CLEAR = "\r\x1b[K"


class Progress:
    """Says which of several inputs is being worked on; silent for one input, without a terminal, or where `quiet`."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self.total = total
        self.begun = 0
        self.is_watched = total > 1 and not quiet and sys.stderr is not None and sys.stderr.isatty()

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        """Say what is worked on for as long as that takes, and clear the line after it."""
        self.begun += 1
        self._say(f"[{self.begun}/{self.total}] {name}")
        try:
            yield
        finally:
            self._say(_CLEAR)

    def _say(self, text: str) -> None:
        if self.is_watched:
            click.echo(text, err=True, nl=False, color=True)
