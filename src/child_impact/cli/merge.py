"""`child-impact merge`."""

import sys
from pathlib import Path

import click

from ..dossier.read import read_dossier
from ..forms.answers import Answers, read_answers
from ..forms.fill import rewritten
from ..forms.merge import Merger
from ..forms.yaml_form import YamlForm
from ..reading.extras import FormatUnavailable
from ..reading.problems import DossierRefused, InputRefused, RulesRefused
from ..reading.source import STDIN, read_bytes
from ..reading.text import Language
from ..reading.workbook import is_workbook
from ..vocabulary.model import Vocabulary
from . import options
from .exits import Exit
from .form_file import FormFile


@click.command()
@click.argument("dossier")
@click.argument("answers", nargs=-1, required=True, metavar="ANSWERS...")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; it must not be there yet. Default: standard output.")
@click.option("--replace", "replacing", is_flag=True, help="Where they differ, take the answer.")
@options.lang
@options.rules
def merge(dossier: str, answers: tuple[str, ...], output: Path | None, replacing: bool, lang: Language, rules_dir: Path | None) -> None:
    """Bring ANSWERS (forms that `ask` wrote, filled in) back into a DOSSIER, and write the whole.

    What the dossier does not say is taken over; comments and order of a YAML dossier stay. Where an answer differs from the dossier both
    places are named and nothing is written, unless --replace is given. A workbook gives a workbook.

    \b
    Examples:
      child-impact ask park.yaml --format xlsx -o answers.xlsx
      child-impact merge park.yaml answers.xlsx -o park-2.yaml
    """
    if (dossier, *answers).count(STDIN) > 1:
        raise click.UsageError("only one file can come from standard input")
    try:
        rulebook, _ = options.open_rules(rules_dir, "default")
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    vocabulary = rulebook.vocabulary
    data = dict.fromkeys((dossier, *answers), b"")
    read: dict[str, Answers] = {}
    for name in data:
        try:
            data[name] = read_bytes(name)
            read[name] = read_answers(data[name], "<stdin>" if name == STDIN else name, vocabulary, is_part=name in answers)
        except DossierRefused as refused:
            options.tell(refused, lang)
    if len(read) < len(data):
        sys.exit(Exit.DOSSIER)
    target = FormFile(output, "xlsx" if is_workbook(data[dossier], dossier) else "yaml")
    merger = Merger(vocabulary, replacing=replacing)
    merged = read[dossier]
    for name in answers:
        merged = merger.merged(merged, read[name])
    if merger.problems:
        options.tell(InputRefused(merger.problems), lang)
        sys.exit(Exit.DOSSIER)
    try:
        _write(target, data[dossier], read[dossier], merged, vocabulary, lang)
    except DossierRefused as refused:  # each is valid, but not both together
        options.tell(refused, lang)
        sys.exit(Exit.DOSSIER)


def _write(target: FormFile, data: bytes, old: Answers, new: Answers, vocabulary: Vocabulary, lang: Language) -> None:
    from ..assessment.needed import Needed
    from ..forms.xlsx_form import XlsxForm

    form = YamlForm(vocabulary, lang)
    if target.format == "yaml":
        text = rewritten(data.decode("utf-8-sig"), old, new, form)
        read_dossier(text.encode(), old.dossier.file, vocabulary)
        target.write(text)
        return
    read_dossier("\n".join(form.stated(new)).encode(), "merge", vocabulary)
    try:
        target.write(XlsxForm(vocabulary, lang).written(new, Needed((), {})))
    except FormatUnavailable as unavailable:
        raise click.UsageError(unavailable.text.in_(lang)) from None
