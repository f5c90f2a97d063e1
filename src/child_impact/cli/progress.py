"""Progress of long work, on standard error and only where a person watches."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

_OFTEN = 0.1  # seconds


class Progress:
    """Says how many of several dossiers are judged and written, and which is next; lines for people go above it.

    There is none for one dossier, without a terminal, or where `quiet`.
    """

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._total = total
        self._bar: Bar | None = None
        self._drawn = 0.0
        self._is_watched = total > 1 and not quiet and sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> Self:
        if self._is_watched:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

            counted = TextColumn("[{task.completed}/{task.total}]", markup=False)
            following = TextColumn("{task.description}", markup=False)
            # Drawn from here, not from a thread, and standard error stays as it is: nothing of it is beside an engine of C.
            self._bar = Progress(
                counted,
                BarColumn(),
                TimeRemainingColumn(),
                following,
                console=Console(stderr=True),
                auto_refresh=False,
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._bar.add_task("", total=self._total)
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def done(self, number: int, following: str) -> None:
        """Say that so many are done, and which dossier is next."""
        if self._bar is None:
            return
        now = time.monotonic()
        self._bar.update(self._bar.task_ids[0], completed=number, description=following)
        if now - self._drawn >= _OFTEN or number == self._total:
            self._drawn = now
            self._bar.refresh()

    def say(self, line: str) -> None:
        """Print a line for people to standard error."""
        if self._bar is None:
            click.echo(line, err=True)
            return
        from rich.text import Text

        self._bar.console.print(Text.from_ansi(line), soft_wrap=True)
