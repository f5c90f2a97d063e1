"""`child-impact screen`."""

import sys
from datetime import date
from pathlib import Path

import click

from ..assessment.assess import Assessor
from ..reading.problems import DossierRefused, RulesRefused
from ..reading.text import Language
from . import options
from .dossiers import open_dossier
from .exits import Exit


@click.command()
@click.argument("dossiers", nargs=-1, required=True, metavar="DOSSIER...")
@options.lang
@options.as_of
@options.profile
@options.rules
@options.strict_privacy
def screen(
    dossiers: tuple[str, ...], lang: Language, as_of: date | None, profile_id: str, rules_dir: Path | None, strict_privacy: bool
) -> None:
    """Say whether a child impact assessment is due for each DOSSIER, and why: a short record that can be published.

    \b
    Example:
      child-impact screen road.yaml
    """
    try:
        rulebook, profile = options.open_rules(rules_dir, profile_id)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    from ..report.render import render_screening

    assessor = Assessor(rulebook, profile)
    code = Exit.FINE
    for name in dossiers:
        try:
            dossier = open_dossier(name, rulebook.vocabulary, lang, strict=strict_privacy)
        except DossierRefused as refused:
            options.tell(refused, lang)
            code = Exit.DOSSIER
            continue
        options.document(render_screening(assessor.assess(dossier, as_of or date.today(), as_of), lang))
    sys.exit(code)
