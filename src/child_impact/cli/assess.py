"""`child-impact assess`."""

import sys
from datetime import date
from functools import partial
from pathlib import Path

import click

from ..api import InputRefused, RulesRefused
from ..output.documents import ALL
from ..output.inputs import Inputs
from ..reading.source import STDIN
from ..reading.text import Language
from ..report.document import DOCUMENTS
from . import judging, options
from .arrangement import CHOICES, arrange
from .batch import Batch
from .exits import Exit
from .progress import Progress
from .records import Records
from .work import Order

OUTCOMES = ("not_due", "ready", "conditions", "send_back", "not_recommended")
NEVER = "never"


@click.command()
@click.argument("dossiers", nargs=-1, required=True, metavar="DOSSIER...")
@options.formats(CHOICES)
@click.option(
    "--document",
    "documents",
    type=click.Choice((*DOCUMENTS, ALL)),
    multiple=True,
    help="Which document; may be repeated. Default: the assessment report, or all of them where -o is a directory.",
)
@options.output
@options.lang
@options.as_of
@options.profile
@options.rules
@options.review
@options.templates
@click.option(
    "--fail-on",
    type=click.Choice((*OUTCOMES, NEVER)),
    default="send_back",
    show_default=True,
    help="Exit with 1 where the outcome is this or worse.",
)
@options.strict_privacy
@options.jobs
@click.option("-q", "--quiet", is_flag=True, help="No summary on standard error.")
def assess(
    dossiers: tuple[str, ...],
    formats: tuple[str, ...],
    documents: tuple[str, ...],
    output: str | None,
    lang: Language,
    as_of: date | None,
    profile_id: str,
    rules_dir: Path | None,
    review: tuple[str, ...],
    templates: Path | None,
    fail_on: str,
    strict_privacy: bool,
    jobs: int,
    quiet: bool,
) -> None:
    """Write the child impact assessment of each DOSSIER (a YAML file, or - for standard input).

    A reviewer adds her own judgement with --review: `child-impact review-form DOSSIER` writes a record to fill in.

    \b
    Examples:
      child-impact assess park.yaml
      child-impact assess park.yaml --lang en -o park.en.md
      child-impact assess park.yaml --format docx --document request -o request.docx
      child-impact assess park.yaml --format docx --format pdf -o documents/
      child-impact assess *.yaml --format json --fail-on never
      child-impact assess park.yaml --review park.review.yaml
      child-impact assess *.yaml --format sarif -o review.sarif
      child-impact assess *.yaml --format none --fail-on conditions
      child-impact assess *.yaml --format html -o documents/ --jobs auto
    """
    arrangement = arrange(formats, documents, output, len(dossiers))
    try:
        rulebook, profile = options.open_rules(rules_dir, profile_id)
        records = Records.read(review, rulebook)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    except InputRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.DOSSIER)
    judging.tell_if_alone(lang, quiet=quiet)
    today = date.today()
    order = Order(rulebook, profile.id, records.by_dossier(), lang, as_of, today, strict_privacy, arrangement, templates)
    inputs = Inputs((*dossiers, *review), (rules_dir, templates), (0,) if STDIN in dossiers else ())
    progress = Progress(len(dossiers), quiet=quiet)
    sys.exit(Batch(dossiers, order, records, progress, partial(_gate, fail_on), summary=not quiet).run(inputs, jobs))


def _gate(fail_on: str, outcome: str) -> Exit:
    """Return what an outcome means for the exit code."""
    return Exit.GATE if fail_on != NEVER and OUTCOMES.index(outcome) >= OUTCOMES.index(fail_on) else Exit.FINE
