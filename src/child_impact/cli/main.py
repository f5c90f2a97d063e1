"""The `child-impact` command."""

import sys

import click

from .. import __version__
from .assess import assess
from .exits import Exit
from .explain import explain
from .rules import rules


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="child-impact")
def cli() -> None:
    """Child impact assessment (儿童影响评价) of projects, policies and plans.

    A dossier states facts about a proposal; the criteria of published opinions, plans, laws and standards are held against it, and an
    assessment says what is in place, what is missing, on what source, and what would close each gap.

    \b
    Start with:
      child-impact assess cases/xicheng-guangnei.yaml
      child-impact explain cases/xicheng-guangnei.yaml consultation.children-heard
    """


cli.add_command(assess)
cli.add_command(explain)
cli.add_command(rules)


def main() -> None:
    """Run the command; an internal error ends in one sentence and exit code 5, never in a traceback."""
    try:
        cli.main(standalone_mode=True)
    except Exception as error:  # noqa: BLE001 - the outermost door: whatever is left is a defect of the program
        click.echo(f"child-impact: internal error ({type(error).__name__}): {error}", err=True)
        sys.exit(Exit.INTERNAL)
