"""`child-impact review-form`."""

import sys
from datetime import date
from pathlib import Path

import click

from ..assessment.assess import Assessor
from ..output.inputs import Inputs
from ..reading.problems import DossierRefused, RulesRefused
from ..reading.text import Language
from . import judging, options
from .dossiers import open_dossier
from .exits import Exit
from .saving import save


@click.command("review-form")
@click.argument("dossier")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="New file to write. Default: standard output.")
@options.lang
@options.as_of
@options.profile
@options.rules
def review_form(dossier: str, output: Path | None, lang: Language, as_of: date | None, profile_id: str, rules_dir: Path | None) -> None:
    """Write the form of the reviewer's record for a DOSSIER: her questions, and what she may dispute, waive or set as a condition.

    Fill it in and give it to `assess --review`. Answers are printed beside their questions. A finding that is disputed stands as it is,
    with her view beside it. A waiver says which finding (criterion, and the entity's id where each of a list is judged), why, who answers
    for it and until when; until that day, the last included, the finding is left out of the conclusion, which is then at best ready with
    conditions. What bars approval cannot be waived.

    \b
    Examples:
      child-impact review-form park.yaml -o park.review.yaml
      child-impact assess park.yaml --review park.review.yaml
    """
    try:
        rulebook, profile = options.open_rules(rules_dir, profile_id)
        read = open_dossier(dossier, rulebook.vocabulary, lang, strict=False)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    except DossierRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.DOSSIER)
    from ..report.render import wording
    from ..report.review_form import ReviewForm

    judging.tell_if_alone(lang)
    text = ReviewForm(wording(Assessor(rulebook, profile).assess(read, as_of or date.today(), as_of), lang)).text()
    if output is not None and output.exists():
        raise click.UsageError(f"{output} is there already and is not overwritten; choose another name")
    save(text.encode(), output, Inputs([dossier], [rules_dir]))
