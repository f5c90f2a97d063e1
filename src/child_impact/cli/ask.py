"""`child-impact ask`."""

import sys
from datetime import date
from pathlib import Path

import click

from ..assessment.assess import Assessor
from ..assessment.questions import open_questions
from ..dossier.read import read_dossier
from ..reading.problems import DossierRefused, RulesRefused
from ..reading.text import Language
from . import options
from .exits import Exit
from .files import read_bytes


@click.command()
@click.argument("dossier")
@options.lang
@options.as_of
@options.profile
@options.rules
@options.text_or_json
@click.option("--all", "every", is_flag=True, help="Every open question, not only those that the outcome waits for.")
def ask(dossier: str, lang: Language, as_of: date | None, profile_id: str, rules_dir: Path | None, format_: str, every: bool) -> None:
    """Ask what would settle the outcome of a DOSSIER: the open questions by who can answer, those that most depends on first.

    \b
    Examples:
      child-impact ask park.yaml
      child-impact ask park.yaml --all --format json
    """
    try:
        rulebook, profile = options.open_rules(rules_dir, profile_id)
        read = read_dossier(read_bytes(dossier), "<stdin>" if dossier == "-" else dossier, rulebook.vocabulary)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    except DossierRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.DOSSIER)
    assessment = Assessor(rulebook, profile).assess(read, as_of or date.today(), as_of)
    if format_ == "json":
        from ..assessment.questions_json import questions_data
        from ..assessment.to_json import as_json

        click.echo(as_json(questions_data(assessment, every=every)), nl=False)
        return
    from ..report.questions_text import QuestionsText
    from ..report.render import wording

    click.echo(QuestionsText(wording(assessment, lang)).all(open_questions(assessment, every=every)), nl=False)
