"""`child-impact ask`."""

import sys
from datetime import date
from pathlib import Path

import click

from ..assessment.assess import Assessor
from ..assessment.questions import open_questions
from ..reading.problems import DossierRefused, RulesRefused
from ..reading.text import Language
from . import options
from .dossiers import open_dossier
from .exits import Exit


@click.command()
@click.argument("dossier")
@options.lang
@options.as_of
@options.profile
@options.rules
@options.text_or_json
@click.option("--all", "every", is_flag=True, help="Every open question, not only those that the outcome waits for.")
@options.strict_privacy
def ask(
    dossier: str,
    lang: Language,
    as_of: date | None,
    profile_id: str,
    rules_dir: Path | None,
    format_: str,
    every: bool,
    strict_privacy: bool,
) -> None:
    """Ask what would settle the outcome of a DOSSIER: the open questions by who can answer, those that most depends on first.

    \b
    Examples:
      child-impact ask park.yaml
      child-impact ask park.yaml --all --format json
    """
    try:
        rulebook, profile = options.open_rules(rules_dir, profile_id)
        read = open_dossier(dossier, rulebook.vocabulary, lang, strict=strict_privacy)
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

        options.document(as_json(questions_data(assessment, every=every)))
        return
    from ..report.questions_text import QuestionsText
    from ..report.render import wording

    options.document(QuestionsText(wording(assessment, lang)).all(open_questions(assessment, every=every)))
