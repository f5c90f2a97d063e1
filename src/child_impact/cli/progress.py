"""Progress of long work, on standard error and only where a person watches."""

import sys

import click

_CLEAR = "\r\x1b[K"


class Progress:
    """Says which of several inputs is being worked on; silent for one input, without a terminal, or where `quiet`."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self.total = total
        self.done = 0
        self.watched = total > 1 and not quiet and sys.stderr is not None and sys.stderr.isatty()

    def begin(self, name: str) -> None:
        """Say what is begun, in place of what was said before."""
        self.done += 1
        if self.watched:
            click.echo(f"{_CLEAR}[{self.done}/{self.total}] {name}", err=True, nl=False, color=True)

    def end(self) -> None:
        """Clear the line."""
        if self.watched:
            click.echo(_CLEAR, err=True, nl=False, color=True)
