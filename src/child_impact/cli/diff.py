"""`child-impact diff`."""

import sys
from datetime import date
from pathlib import Path

import click

from ..assessment.assess import Assessor
from ..assessment.comparison_json import balance_data, comparison_data
from ..assessment.model import Assessment
from ..assessment.to_json import as_json
from ..reading.problems import DossierRefused, RulesRefused
from ..reading.source import STDIN
from ..reading.text import Language
from . import judging, options
from .dossiers import open_dossier
from .exits import Exit

WORSE = "worse"
NEVER = "never"


@click.command()
@click.argument("old")
@click.argument("new")
@options.lang
@options.as_of
@options.profile
@options.rules
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "md", "json")),
    default="text",
    show_default=True,
    help="Text for a terminal, Markdown for a document, JSON for programs.",
)
@click.option("--options", "as_options", is_flag=True, help="Two options, not versions: in which criteria each is better for children.")
@click.option(
    "--fail-on",
    type=click.Choice((WORSE, NEVER)),
    default=NEVER,
    show_default=True,
    help="Exit with 1 where a finding is new or worse.",
)
@options.strict_privacy
def diff(
    old: str,
    new: str,
    lang: Language,
    as_of: date | None,
    profile_id: str,
    rules_dir: Path | None,
    format_: str,
    as_options: bool,
    fail_on: str,
    strict_privacy: bool,
) -> None:
    """Compare the assessments of two dossiers: what changed, or which option is better for children.

    Of two versions, findings are closed, new, better, worse or unchanged. Of two options (--options), each criterion says which of them is
    better, or that it is undecided; there is no score.

    \b
    Examples:
      child-impact diff park-v1.yaml park-v2.yaml
      child-impact diff park-v1.yaml park-v2.yaml --fail-on worse
      child-impact diff option-a.yaml option-b.yaml --options --format md > options.md
    """
    if old == new == STDIN:
        raise click.UsageError("only one of the two dossiers can come from standard input")
    if as_options and fail_on == WORSE:
        raise click.UsageError("--fail-on worse is for versions; of two options neither is the earlier one")
    try:
        rulebook, profile = options.open_rules(rules_dir, profile_id)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    today = as_of or date.today()
    judging.tell_if_alone(lang)
    assessor, done = Assessor(rulebook, profile), []
    for name in (old, new):
        try:
            dossier = open_dossier(name, rulebook.vocabulary, lang, strict=strict_privacy)
            done.append(assessor.assess(dossier, today, as_of))
        except DossierRefused as refused:
            options.tell(refused, lang)
    if len(done) < len((old, new)):
        sys.exit(Exit.DOSSIER)
    before, after = done
    data = comparison_data(before, after)
    if format_ == "json":
        options.document(as_json(data | {"options": balance_data(before, after)} if as_options else data))
    else:
        options.document(_worded(before, after, lang, document=format_ == "md", as_options=as_options))
    sys.exit(Exit.GATE if fail_on == WORSE and (data["counts"]["new"] or data["counts"]["worse"]) else Exit.FINE)


def _worded(before: Assessment, after: Assessment, lang: Language, *, document: bool, as_options: bool) -> str:
    from ..report.comparison_text import ComparisonText
    from ..report.comparison_view import comparison_view, options_view
    from ..report.options_text import options_text
    from ..report.render import render_comparison, wording

    worded = wording(after, lang)
    if as_options:
        view = options_view(worded, before, after)
        return render_comparison(view, lang) if document else options_text(view, lang)
    return render_comparison(comparison_view(worded, before, after), lang) if document else ComparisonText(worded).whole(before, after)
