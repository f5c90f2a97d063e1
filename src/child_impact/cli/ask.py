"""`child-impact ask`."""

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..assessment.assess import Assessor
from ..assessment.model import Assessment
from ..assessment.questions import OpenQuestion, open_questions
from ..reading.extras import FormatUnavailable
from ..reading.problems import DossierRefused, RulesRefused
from ..reading.source import read_bytes, shown_name
from ..reading.text import Language
from . import complete, judging, options
from .dossiers import open_dossier
from .exits import Exit
from .work import internal

SEVERAL = "child-impact/questions-of-several/1"
FORMS = ("yaml", "xlsx")


@click.command()
@click.argument("dossiers", nargs=-1, required=True, metavar="DOSSIER...")
@options.lang
@options.as_of
@options.profile
@options.rules
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json", *FORMS)),
    default="text",
    show_default=True,
    help="Text for people, JSON for programs; YAML or an Excel form to fill in and bring back with `merge`.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File for the form; it must not be there yet.")
@click.option(
    "--role", metavar="ROLE", shell_complete=complete.choices("roles"), help="Only what this one can answer (designer, 设计单位 …)."
)
@click.option("--all", "every", is_flag=True, help="Every open question, not only those that the outcome waits for.")
@options.strict_privacy
def ask(
    dossiers: tuple[str, ...],
    lang: Language,
    as_of: date | None,
    profile_id: str,
    rules_dir: Path | None,
    format_: str,
    output: Path | None,
    role: str | None,
    every: bool,
    strict_privacy: bool,
) -> None:
    """Ask what would settle the outcome of a DOSSIER: the open questions by who can answer, those that most depends on first.

    \b
    Examples:
      child-impact ask park.yaml
      child-impact ask park.yaml --all --format json
      child-impact ask park.yaml --role designer --format xlsx -o for-the-designer.xlsx
      child-impact merge park.yaml for-the-designer.xlsx -o park-2.yaml
    """
    if format_ not in FORMS and output is not None:
        raise click.UsageError("-o is for forms: add --format yaml or --format xlsx")
    if format_ in FORMS and len(dossiers) > 1:
        raise click.UsageError("a form asks about one dossier")
    try:
        rulebook, profile = options.open_rules(rules_dir, profile_id)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    role = _role(role, rulebook.vocabulary.enumerations["roles"]) if role is not None else None
    judging.tell_if_alone(lang)
    assessor = Assessor(rulebook, profile)
    run = _Run(assessor, lang, as_of, role, every=every, strict_privacy=strict_privacy)
    if format_ in FORMS:
        run.form(dossiers[0], format_, output)
        return
    data: list[dict[str, Any]] = []
    failed: list[dict[str, Any]] = []
    texts: list[str] = []
    code = Exit.FINE
    for name in dossiers:
        tried, assessment, error = run.tried(name)
        code = max(code, tried)
        if assessment is None:
            failed.append({"file": shown_name(name), "error": error})
            continue
        if format_ == "json":
            data.append(run.data(assessment))
        else:
            texts.append(run.text(assessment))
    if texts:
        options.document("\n".join(texts))
    if format_ == "json" and (data or len(dossiers) > 1):
        from ..assessment.to_json import LEVELS_OF_SEVERAL, as_json

        together = {"format": SEVERAL, "dossiers": data, "failed": failed}
        options.document(as_json(data[0]) if len(dossiers) == 1 else as_json(together, LEVELS_OF_SEVERAL))
    sys.exit(code)


def _role(said: str, roles: Any) -> str:
    from ..reading.shape import did_you_mean

    code: str | None = roles.code(said)
    if code is None:
        raise click.BadParameter(f"there is no “{said}”; {did_you_mean(said, roles.values).en}", param_hint="--role")
    return code


class _Run:
    """What one call of the command was asked for."""

    def __init__(
        self, assessor: Assessor, lang: Language, as_of: date | None, role: str | None, *, every: bool, strict_privacy: bool
    ) -> None:
        self.assessor = assessor
        self.vocabulary = assessor.rulebook.vocabulary
        self.lang: Language = lang
        self.as_of = as_of
        self.today = as_of or date.today()
        self.role = role
        self.every = every
        self.strict_privacy = strict_privacy

    def tried(self, name: str) -> tuple[Exit, Assessment | None, list[str]]:
        """Return the assessment of a dossier; or None, with the exit code and what is wrong, which is said."""
        try:
            dossier = open_dossier(name, self.vocabulary, self.lang, strict=self.strict_privacy)
            return Exit.FINE, self.assessor.assess(dossier, self.today, self.as_of), []
        except DossierRefused as refused:
            options.tell(refused, self.lang)
            return Exit.DOSSIER, None, refused.lines(self.lang)
        except Exception as error:  # noqa: BLE001 - a defect that one dossier shows is no reason to lose the others
            click.echo(internal(shown_name(name), error), err=True)
            return Exit.INTERNAL, None, [str(error)]

    def text(self, assessment: Assessment) -> str:
        from ..report.questions_text import QuestionsText
        from ..report.render import wording

        questions = self._mine(open_questions(assessment, every=self.every))
        return QuestionsText(wording(assessment, self.lang)).all(questions, self.role)

    def data(self, assessment: Assessment) -> dict[str, Any]:
        from ..assessment.questions_json import questions_data

        data = questions_data(assessment, every=self.every)
        if self.role is not None:
            data["questions"] = [one for one in data["questions"] if one["answered_by"] == self.role]
        return data

    def form(self, name: str, format_: str, output: Path | None) -> None:
        """Write the questions about one dossier as a form."""
        from ..assessment.needed import needed
        from ..forms.answers import read_answers
        from ..forms.ask_form import asked_only
        from ..forms.xlsx_form import XlsxForm
        from ..forms.yaml_form import YamlForm
        from .form_file import FormFile

        target = FormFile(output, format_)
        try:
            answers = read_answers(read_bytes(name), shown_name(name), self.vocabulary)
        except DossierRefused as refused:
            options.tell(refused, self.lang)
            sys.exit(Exit.DOSSIER)
        assessment = self.assessor.assess(answers.dossier, self.today, self.as_of)
        questions = self._mine(open_questions(assessment, every=self.every))
        everything = needed(answers.dossier, self.assessor, self.today, self.as_of)
        said, asked = asked_only(answers, everything, questions, self.vocabulary)
        try:
            if format_ == "xlsx":
                target.write(XlsxForm(self.vocabulary, self.lang).written(said, asked, to_merge=True))
            else:
                target.write(YamlForm(self.vocabulary, self.lang).new(said, asked, to_merge=True))
        except FormatUnavailable as unavailable:
            raise click.UsageError(unavailable.text.in_(self.lang)) from None

    def _mine(self, questions: Iterable[OpenQuestion]) -> list[OpenQuestion]:
        return [one for one in questions if self.role is None or one.answered_by == self.role]
