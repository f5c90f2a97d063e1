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

_COMMANDS = {
    "new": "Begin a dossier: only the questions that can matter for its kind, types, stage and place, the most decisive first.",
    "assess": "Write the child impact assessment of each DOSSIER (a YAML file, or - for standard input).",
    "screen": "Say whether a child impact assessment is due for each DOSSIER, and why: a short record that can be published.",
    "ask": "Ask what would settle the outcome of a DOSSIER: the open questions by who can answer, those that most depends on first.",
    "merge": "Bring ANSWERS (forms that `ask` wrote, filled in) back into a DOSSIER, and write the whole.",
    "explain": "Show the proof of one verdict: each condition, the facts it read with their lines, and what would change it.",
    "diff": "Compare the assessments of two dossiers: what changed, or which option is better for children.",
    "review-form": (
        "Write the form of the reviewer's record for a DOSSIER: her questions, and what she may dispute, waive or set as a condition."
    ),
    "follow-up": "List what is to be followed up: answers to losses, tasks, reviews of effects, the conditions of reviewers' records.",
    "verify": "Run a saved assessment again, FILE being what `assess --format json -o FILE` wrote, and say what is different.",
    "schema": "Print the JSON Schema of a dossier, or of a kind of rule file, for editors.",
    "templates": "Get the templates of documents, for an office that wants its own.",
    "rules": "List, show, lint and test the rules.",
}
"""The commands, each with the first sentence of its own help: the list of them is shown without importing any."""


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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands."""
        limit = formatter.width - 6 - max(map(len, _COMMANDS))
        with formatter.section("Commands"):
            formatter.write_dl([(name, click.Command(name, help=said).get_short_help_str(limit)) for name, said in _COMMANDS.items()])


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from .judging import serving

        click.echo(f"child-impact {__version__} ({serving()})")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and which evaluator serves."
)
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
            cli.main(prog_name="child-impact", standalone_mode=True)
        except OSError as error:
            discard_output()
            click.echo(f"child-impact: cannot read or write: {error.strerror or error}", err=True)
            sys.exit(Exit.USAGE)
        except Exception as error:  # noqa: BLE001 - the outermost door: whatever is left is a defect of the program
            click.echo(f"child-impact: internal error ({type(error).__name__}): {error}", err=True)
            sys.exit(Exit.INTERNAL)
