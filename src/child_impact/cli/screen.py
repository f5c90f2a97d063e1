"""`child-impact screen`."""

import sys
from datetime import date
from pathlib import Path

import click

from ..api import RulesRefused
from ..output.inputs import Inputs
from ..reading.source import STDIN
from ..reading.text import Language
from . import judging, options
from .arrangement import CHOICES, arrange
from .batch import Batch
from .exits import Exit
from .progress import Progress
from .records import Records
from .work import Order


@click.command()
@click.argument("dossiers", nargs=-1, required=True, metavar="DOSSIER...")
@options.formats(CHOICES)
@options.output
@options.lang
@options.as_of
@options.profile
@options.rules
@options.templates
@options.strict_privacy
@options.jobs
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
    jobs: int,
) -> None:
    """Say whether a child impact assessment is due for each DOSSIER, and why: a short record that can be published.

    \b
    Examples:
      child-impact screen road.yaml
      child-impact screen road.yaml --format docx -o screening.docx
    """
    arrangement = arrange(formats, ("screening",), output, len(dossiers))
    try:
        rulebook, profile = options.open_rules(rules_dir, profile_id)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    judging.tell_if_alone(lang)
    order = Order(rulebook, profile.id, {}, lang, as_of, date.today(), strict_privacy, arrangement, templates)
    inputs = Inputs(dossiers, (rules_dir, templates), (0,) if STDIN in dossiers else ())
    progress = Progress(len(dossiers), quiet=False)
    sys.exit(Batch(dossiers, order, Records(()), progress, lambda _: Exit.FINE, summary=False).run(inputs, jobs))
