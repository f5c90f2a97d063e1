"""`child-impact new`."""

import sys
from datetime import date
from pathlib import Path

import click

from ..assessment.assess import Assessor
from ..assessment.needed import needed
from ..forms.answers import Answers, read_answers
from ..forms.header import ASKED, Header
from ..forms.renewal import renewal
from ..forms.xlsx_form import XlsxForm
from ..forms.yaml_form import YamlForm
from ..reading.extras import FormatUnavailable
from ..reading.problems import DossierRefused, Problem, RulesRefused
from ..reading.source import STDIN, read_bytes
from ..reading.text import Language, Text
from ..reading.workbook import is_workbook
from ..vocabulary.model import Vocabulary
from . import complete, judging, options
from .exits import Exit
from .form_file import FORMATS, FormFile
from .prompts import Ended, Prompts
from .renewing import OldKeys, tell_nothing_moved, write_renewed

_OPTIONS = {"types": "--type"}


@click.command()
@click.option("--kind", metavar="KIND", shell_complete=complete.choices("kind"), help="project, policy or plan.")
@click.option("--type", "types", multiple=True, metavar="TYPE", shell_complete=complete.choices("type"), help="Type; repeat it for each.")
@click.option("--stage", metavar="STAGE", shell_complete=complete.choices("stage"), help="Stage that the proposal has reached.")
@click.option("--place", metavar="PLACE", shell_complete=complete.places, help="Name that begins with the province, or six-digit code.")
@click.option("--id", "id_", metavar="ID", help="Identifier of the dossier.")
@click.option("--title", metavar="TITLE", help="What the proposal is called.")
@click.option("--from", "from_", metavar="DOSSIER", help="Keep the answers of this dossier or form, and add what is still needed.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="yaml", show_default=True, help="Text, or an Excel form.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; it must not be there yet. Default: standard output.")
@click.option("--interview", is_flag=True, help="Ask question by question at the terminal.")
@click.option("--all", "every", is_flag=True, help="With --interview: go on where the outcome can no longer change.")
@options.lang
@options.as_of
@options.profile
@options.rules
def new(
    kind: str | None,
    types: tuple[str, ...],
    stage: str | None,
    place: str | None,
    id_: str | None,
    title: str | None,
    from_: str | None,
    format_: str,
    output: Path | None,
    interview: bool,
    every: bool,
    lang: Language,
    as_of: date | None,
    profile_id: str,
    rules_dir: Path | None,
) -> None:
    """Begin a dossier: only the questions that can matter for its kind, types, stage and place, the most decisive first.

    What is not given is asked at the terminal. Write it as YAML or as an Excel form, or be asked question by question; any question may
    be left open.

    A dossier whose keys have moved since it was written is rewritten into those of today, and nothing is added: what could not be carried
    over stays in it as a comment and is listed.

    \b
    Examples:
      child-impact new --kind project --type school --stage scheme --place 北京市西城区 -o school.yaml
      child-impact new --kind project --type park --stage scheme --place 吉林省长春市 --format xlsx -o park.xlsx
      child-impact new --from park.xlsx --format xlsx -o park-2.xlsx
      child-impact new --from of-last-year.yaml -o park.yaml
      child-impact new --interview -o road.yaml
    """
    target = FormFile(output, format_)
    given = {"kind": kind, "types": ",".join(types) or None, "stage": stage, "place": place, "id": id_, "title": title}
    try:
        rulebook, profile = options.open_rules(rules_dir, profile_id)
        vocabulary = rulebook.vocabulary
        if from_ is not None and any(given.values()):
            raise click.UsageError("--from takes kind, types, stage, place, id and title from the dossier; change them there")
        text, answers = _kept(from_, vocabulary) if from_ is not None else (None, _asked(given, vocabulary, lang, ask=interview))
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    except OldKeys as old:
        write_renewed(old.renewed, target, lang, vocabulary, plain=not interview)
        return
    except DossierRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.DOSSIER)
    if from_ is not None and not interview:
        tell_nothing_moved(lang)
    judging.tell_if_alone(lang, quiet=not interview)
    assessor, today = Assessor(rulebook, profile), as_of or date.today()

    def rendered(text: str | None, answers: Answers) -> str | bytes:
        asked = needed(answers.dossier, assessor, today, as_of).with_documents(answers.dossier, vocabulary)
        if format_ == "xlsx":
            return XlsxForm(vocabulary, lang).written(answers, asked)
        form = YamlForm(vocabulary, lang)
        return form.new(answers, asked) if text is None else form.extended(text, answers, asked)

    try:
        if interview:
            from .talk import interviewed

            interviewed(text, answers, assessor, lang, (today, as_of), target, rendered, every=every)
        else:
            target.write(rendered(text, answers))
    except FormatUnavailable as unavailable:
        raise click.UsageError(unavailable.text.in_(lang)) from None


def _kept(name: str, vocabulary: Vocabulary) -> tuple[str | None, Answers]:
    """Return the text of a dossier (None of a workbook) and what it says. Raises `OldKeys` with one that is rewritten."""
    data = read_bytes(name)
    file = "<stdin>" if name == STDIN else name
    try:
        answers = read_answers(data, file, vocabulary)
    except DossierRefused:
        renewed = renewal(data, file, vocabulary)
        if renewed is None:
            raise
        raise OldKeys(renewed) from None
    return None if is_workbook(data, file) else data.decode("utf-8-sig"), answers


def _asked(given: dict[str, str | None], vocabulary: Vocabulary, lang: Language, *, ask: bool) -> Answers:
    """Return the header from the options; what is not given is asked at the terminal."""
    header = Header(vocabulary, lang)
    absent = [name for name in ASKED if not given[name]]
    for name, said in given.items():
        if said:
            problem = header.set(name, said)
            if problem is not None:
                raise click.BadParameter(f"{problem.what.in_(lang)} → {problem.todo.in_(lang)}", param_hint=_OPTIONS.get(name, f"--{name}"))
    if absent and not ask and not sys.stdin.isatty():
        named = ", ".join(_OPTIONS.get(name, f"--{name}") for name in absent)
        raise click.UsageError(f"missing {named} (asked for only at a terminal)")
    prompts = Prompts(lang)
    try:
        for name in (*absent, *(name for name in ("title", "id") if absent and not given[name])):
            _ask(header, name, prompts)
    except Ended:
        raise click.Abort from None
    return header.answers()


def _ask(header: Header, name: str, prompts: Prompts) -> None:
    field = header.fields[name]
    prompts.say(field.question.zh, field.question.en)
    choices = header.choices(name)
    if choices:
        shown = "  ".join(f"{number} {choice}" for number, choice in enumerate(choices, start=1))
        prompts.say(f"  {shown}", f"  {shown}")

    def read(said: str) -> str | Problem:
        if not said and name not in ASKED:
            return said
        parts = [
            choices[int(one) - 1] if one.isdecimal() and 0 < int(one) <= len(choices) else one for one in said.replace("、", ",").split(",")
        ]
        return header.set(name, ",".join(part.strip() for part in parts) if choices else said) or said

    prompts.until_right(Text(field.key.zh, field.key.en), read)
