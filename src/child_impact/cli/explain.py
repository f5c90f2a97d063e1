"""`child-impact explain`."""

import sys
from datetime import date
from pathlib import Path

import click

from ..assessment.assess import Assessor
from ..dossier.read import read_dossier
from ..reading.problems import DossierRefused, RulesRefused
from ..reading.shape import nearest
from ..reading.text import Language
from . import complete, options
from .exits import Exit
from .files import read_bytes


@click.command()
@click.argument("dossier")
@click.argument("criterion", shell_complete=complete.criteria)
@options.lang
@options.as_of
@options.profile
@options.rules
def explain(dossier: str, criterion: str, lang: Language, as_of: date | None, profile_id: str, rules_dir: Path | None) -> None:
    """Show the proof of one verdict: each condition, the facts it read with their lines, and what would change it.

    \b
    Example:
      child-impact explain park.yaml consultation.children-heard
    """
    try:
        rulebook, profile = options.open_rules(rules_dir, profile_id)
        if criterion not in rulebook.criteria:
            guess = nearest(criterion, rulebook.criteria)
            hint = f"did you mean “{guess}”?" if guess else "see `child-impact rules list`"
            raise click.BadParameter(f"there is no criterion “{criterion}”; {hint}", param_hint="CRITERION")
        read = read_dossier(read_bytes(dossier), "<stdin>" if dossier == "-" else dossier, rulebook.vocabulary)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    except DossierRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.DOSSIER)
    from ..report.render import proofs

    assessment = Assessor(rulebook, profile).assess(read, as_of or date.today(), as_of)
    found = [finding for finding in assessment.findings if finding.criterion.id == criterion]
    if not found:
        click.echo({"zh": "筛查结论为无需评价，未选用这条准则。", "en": "No assessment is due, so this criterion is not selected."}[lang])
    click.echo("\n".join(proofs(assessment, found, lang)), nl=False)
