"""`child-impact explain`."""

import sys
from datetime import date
from pathlib import Path

import click

from ..assessment.assess import Assessor
from ..reading.problems import DossierRefused, RulesRefused
from ..reading.text import Language
from . import complete, judging, options
from .dossiers import open_dossier
from .exits import Exit


@click.command()
@click.argument("dossier")
@click.argument("criterion", shell_complete=complete.criteria)
@options.lang
@options.as_of
@options.profile
@options.rules
@options.strict_privacy
def explain(
    dossier: str, criterion: str, lang: Language, as_of: date | None, profile_id: str, rules_dir: Path | None, strict_privacy: bool
) -> None:
    """Show the proof of one verdict: each condition, the facts it read with their lines, and what would change it.

    \b
    Example:
      child-impact explain park.yaml consultation.children-heard
    """
    try:
        rulebook, profile = options.open_rules(rules_dir, profile_id)
        if criterion not in rulebook.criteria:
            raise options.no_criterion(criterion, rulebook)
        read = open_dossier(dossier, rulebook.vocabulary, lang, strict=strict_privacy)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    except DossierRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.DOSSIER)
    from ..report.render import proofs

    judging.tell_if_alone(lang)
    assessment = Assessor(rulebook, profile).assess(read, as_of or date.today(), as_of)
    found = [finding for finding in assessment.findings if finding.criterion.id == criterion]
    if not found:
        click.echo({"zh": "筛查结论为无需评价，未选用这条准则。", "en": "No assessment is due, so this criterion is not selected."}[lang])
    options.document("\n".join(proofs(assessment, found, lang)))
