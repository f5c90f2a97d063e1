"""The `child-impact` command."""

import gc
import os
import signal
import sys
from importlib import import_module
from types import FrameType
from typing import Any

import click

from .. import __version__
from .exits import Exit
from .streams import discard_output, steady

_COMMANDS = (
    *("new", "assess", "screen", "ask", "merge", "explain", "diff", "review-form", "follow-up"),
    *("verify", "schema", "templates", "rules"),
)


class _Commands(click.Group):
    """Commands that are imported when they are called, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"child_impact.cli.{name}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was called. Ctrl-C is no outcome of it: it has the exit code that shells give it."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("child-impact: interrupted", err=True)
            sys.exit(SIGNALLED + signal.SIGINT)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="child-impact")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Child impact assessment (儿童影响评价) of projects, policies and plans.

    A dossier states facts about a proposal; the criteria of published opinions, plans, laws and standards are held against it, and an
    assessment says what is in place, what is missing, on what source, and what would close each gap.

    \b
    Start with:
      child-impact assess cases/xicheng-guangnei.yaml
      child-impact ask cases/xicheng-guangnei.yaml
      child-impact explain cases/xicheng-guangnei.yaml consultation.children-heard
    """
    ctx.color = _colour()


def _colour() -> bool | None:
    """Return whether to use colour: as NO_COLOR or FORCE_COLOR say, else (None) only on a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


SIGNALLED = 128  # and the number of the signal, as shells have it


def _end(number: int, _frame: FrameType | None) -> None:
    """End as Ctrl-C does: what is half written is taken back on the way out."""
    sys.exit(SIGNALLED + number)


def main() -> None:
    """Run the command; an internal error ends in one sentence and exit code 5, never in a traceback."""
    gc.disable()  # one command, little garbage: an eighth of the start-up would go into looking for it
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    with steady():
        try:
            cli.main(standalone_mode=True)
        except OSError as error:
            discard_output()
            click.echo(f"child-impact: cannot read or write: {error.strerror or error}", err=True)
            sys.exit(Exit.USAGE)
        except Exception as error:  # noqa: BLE001 - the outermost door: whatever is left is a defect of the program
            click.echo(f"child-impact: internal error ({type(error).__name__}): {error}", err=True)
            sys.exit(Exit.INTERNAL)
