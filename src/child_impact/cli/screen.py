"""`child-impact screen`."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..assessment.assess import Assessor
from ..assessment.model import Assessment
from ..reading.problems import DossierRefused, RulesRefused
from ..reading.text import Language
from . import judging, options
from .dossiers import open_dossier
from .exits import Exit
from .files import shown_name
from .writing import FORMATS, Output, write


@click.command()
@click.argument("dossiers", nargs=-1, required=True, metavar="DOSSIER...")
@options.formats(FORMATS)
@options.output
@options.lang
@options.as_of
@options.profile
@options.rules
@options.templates
@options.strict_privacy
def screen(
    dossiers: tuple[str, ...],
    formats: tuple[str, ...],
    output: str | None,
    lang: Language,
    as_of: date | None,
    profile_id: str,
    rules_dir: Path | None,
    templates: Path | None,
    strict_privacy: bool,
) -> None:
    """Say whether a child impact assessment is due for each DOSSIER, and why: a short record that can be published.

    \b
    Examples:
      child-impact screen road.yaml
      child-impact screen road.yaml --format docx -o screening.docx
    """
    try:
        rulebook, profile = options.open_rules(rules_dir, profile_id)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    judging.tell_if_alone(lang)
    assessor = Assessor(rulebook, profile)
    code = Exit.FINE
    done: list[Assessment] = []
    failed: list[dict[str, Any]] = []
    for name in dossiers:
        try:
            dossier = open_dossier(name, rulebook.vocabulary, lang, strict=strict_privacy)
        except DossierRefused as refused:
            options.tell(refused, lang)
            failed.append({"file": shown_name(name), "error": refused.lines(lang)})
            code = Exit.DOSSIER
            continue
        done.append(assessor.assess(dossier, as_of or date.today(), as_of))
    write(Output(formats, ("screening",), output, lang, templates, dossiers), done, failed)
    sys.exit(code)
