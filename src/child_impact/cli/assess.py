"""`child-impact assess`."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..assessment.assess import Assessor, EvaluatorsDiffer
from ..assessment.model import Assessment
from ..dossier.read import read_dossier
from ..engine.door import EngineFailure
from ..reading.problems import DossierRefused, RulesRefused
from ..reading.text import Language
from ..report.document import DOCUMENTS
from . import options
from .exits import Exit
from .files import read_bytes
from .writing import ALL, FORMATS, Output, write

OUTCOMES = ("not_due", "ready", "conditions", "send_back", "not_recommended")
NEVER = "never"


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
@options.templates
@click.option(
    "--fail-on",
    type=click.Choice((*OUTCOMES, NEVER)),
    default="send_back",
    show_default=True,
    help="Exit with 1 where the outcome is this or worse.",
)
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
    templates: Path | None,
    fail_on: str,
    quiet: bool,
) -> None:
    """Write the child impact assessment of each DOSSIER (a YAML file, or - for standard input).

    \b
    Examples:
      child-impact assess park.yaml
      child-impact assess park.yaml --lang en -o park.en.md
      child-impact assess park.yaml --format docx --document request -o request.docx
      child-impact assess park.yaml --format docx --format pdf -o documents/
      child-impact assess *.yaml --format json --fail-on never
    """
    try:
        rulebook, profile = options.open_rules(rules_dir, profile_id)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    assessor = Assessor(rulebook, profile)
    codes = [Exit.FINE]
    done: list[Assessment] = []
    failed: list[dict[str, Any]] = []
    for name in dossiers:
        try:
            dossier = read_dossier(read_bytes(name), "<stdin>" if name == "-" else name, rulebook.vocabulary)
            done.append(assessor.assess(dossier, _today(as_of), as_of))
            codes.append(_gate(done[-1], lang, fail_on, quiet=quiet))
        except DossierRefused as refused:
            options.tell(refused, lang)
            failed.append({"file": name, "error": [problem.say(lang) for problem in refused.problems]})
            codes.append(Exit.DOSSIER)
        except (EvaluatorsDiffer, EngineFailure) as error:
            click.echo(f"child-impact: {name}: internal error ({type(error).__name__}): {error}", err=True)
            failed.append({"file": name, "error": [str(error)]})
            codes.append(Exit.INTERNAL)
    write(Output(formats, documents, output, lang, templates, dossiers), done, failed)
    sys.exit(max(codes))


def _today(as_of: date | None) -> date:
    return as_of or date.today()


def _gate(assessment: Assessment, lang: Language, fail_on: str, *, quiet: bool) -> Exit:
    code = assessment.outcome.code
    if not quiet:
        label = assessment.outcome.label.in_(lang)
        click.echo(f"{assessment.dossier.file}: {label} ({code}), {assessment.as_of}", err=True)
    if fail_on == NEVER:
        return Exit.FINE
    return Exit.GATE if OUTCOMES.index(code) >= OUTCOMES.index(fail_on) else Exit.FINE
