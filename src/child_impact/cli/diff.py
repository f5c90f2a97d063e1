"""`child-impact diff`."""

import sys
from datetime import date
from pathlib import Path

import click

from ..assessment.assess import Assessor
from ..assessment.comparison_json import comparison_data
from ..assessment.to_json import as_json
from ..dossier.read import read_dossier
from ..reading.problems import DossierRefused, RulesRefused
from ..reading.text import Language
from . import options
from .exits import Exit
from .files import STDIN, read_bytes

WORSE = "worse"
NEVER = "never"


@click.command()
@click.argument("old")
@click.argument("new")
@options.lang
@options.as_of
@options.profile
@options.rules
@options.text_or_json
@click.option(
    "--fail-on",
    type=click.Choice((WORSE, NEVER)),
    default=NEVER,
    show_default=True,
    help="Exit with 1 where a finding is new or worse.",
)
def diff(
    old: str, new: str, lang: Language, as_of: date | None, profile_id: str, rules_dir: Path | None, format_: str, fail_on: str
) -> None:
    """Compare the assessments of two dossiers, versions or options: findings closed, new, better, worse and unchanged.

    \b
    Examples:
      child-impact diff park-v1.yaml park-v2.yaml
      child-impact diff option-a.yaml option-b.yaml --as-of 2026-06-01 --format json
    """
    if old == new == STDIN:
        raise click.UsageError("only one of the two dossiers can come from standard input")
    try:
        rulebook, profile = options.open_rules(rules_dir, profile_id)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    today = as_of or date.today()
    assessor, done = Assessor(rulebook, profile), []
    for name in (old, new):
        try:
            dossier = read_dossier(read_bytes(name), "<stdin>" if name == STDIN else name, rulebook.vocabulary)
            done.append(assessor.assess(dossier, today, as_of))
        except DossierRefused as refused:
            options.tell(refused, lang)
    if len(done) < len((old, new)):
        sys.exit(Exit.DOSSIER)
    before, after = done
    data = comparison_data(before, after)
    if format_ == "json":
        click.echo(as_json(data), nl=False)
    else:
        from ..report.comparison_text import ComparisonText
        from ..report.render import wording

        click.echo(ComparisonText(wording(after, lang)).whole(before, after), nl=False)
    sys.exit(Exit.GATE if fail_on == WORSE and (data["counts"]["new"] or data["counts"]["worse"]) else Exit.FINE)
