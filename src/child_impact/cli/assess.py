"""`child-impact assess`."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..assessment.assess import Assessor, EvaluatorsDiffer
from ..assessment.model import Assessment
from ..engine.door import EngineFailure
from ..reading.problems import DossierRefused, InputRefused, RulesRefused
from ..reading.text import Language
from ..report.document import DOCUMENTS
from . import judging, options
from .dossiers import open_dossier
from .exits import Exit
from .files import shown_name
from .progress import Progress
from .records import Records
from .writing import ALL, FORMATS, Output, write

OUTCOMES = ("not_due", "ready", "conditions", "send_back", "not_recommended")
NEVER = "never"
COLOURS = {"not_due": "green", "ready": "green", "conditions": "yellow", "send_back": "red", "not_recommended": "red"}


@click.command()
@click.argument("dossiers", nargs=-1, required=True, metavar="DOSSIER...")
@options.formats(FORMATS)
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
    """
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
    assessor = Assessor(rulebook, profile)
    codes = [Exit.FINE]
    done: list[Assessment] = []
    failed: list[dict[str, Any]] = []
    progress = Progress(len(dossiers), quiet=quiet)
    for name in dossiers:
        try:
            dossier = open_dossier(name, rulebook.vocabulary, lang, strict=strict_privacy)
            with progress.on(dossier.file):
                assessment = assessor.assess(dossier, _today(as_of), as_of, records.about(dossier))
            done.append(assessment)
            codes.append(_gate(assessment, lang, fail_on, quiet=quiet))
        except DossierRefused as refused:
            options.tell(refused, lang)
            failed.append({"file": shown_name(name), "error": refused.lines(lang)})
            codes.append(Exit.DOSSIER)
        except (EvaluatorsDiffer, EngineFailure) as error:
            click.echo(f"child-impact: {shown_name(name)}: internal error ({type(error).__name__}): {error}", err=True)
            failed.append({"file": shown_name(name), "error": [str(error)]})
            codes.append(Exit.INTERNAL)
    if not failed:
        _refuse_unclaimed(records, lang)
    write(Output(formats, documents, output, lang, templates, dossiers, review), done, failed)
    sys.exit(max(codes))


def _refuse_unclaimed(records: Records, lang: Language) -> None:
    """End before anything is written where a record is about none of the dossiers."""
    try:
        records.all_claimed()
    except InputRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.DOSSIER)


def _today(as_of: date | None) -> date:
    return as_of or date.today()


def _gate(assessment: Assessment, lang: Language, fail_on: str, *, quiet: bool) -> Exit:
    code = assessment.outcome.code
    if not quiet:
        label = assessment.outcome.label.in_(lang)
        said = click.style(f"{label} ({code})", fg=COLOURS[code])
        click.echo(f"{assessment.dossier.file}: {said}, {assessment.as_of}", err=True)
    for warning in assessment.review.warnings if assessment.review else ():
        click.echo(warning.say(lang), err=True)
    if fail_on == NEVER:
        return Exit.FINE
    return Exit.GATE if OUTCOMES.index(code) >= OUTCOMES.index(fail_on) else Exit.FINE
