"""`child-impact follow-up`."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..assessment.follow_up import Entry, entries
from ..assessment.record import Record, RecordRefused
from ..assessment.saved import MAX_SAVED, read_saved
from ..output.inputs import Inputs
from ..reading.problems import InputRefused, RulesRefused
from ..reading.source import read_bytes, shown_name
from ..reading.text import Language, Text
from ..rulebook.model import Rulebook
from ..rulebook.store import open_rulebook
from . import options
from .dossiers import open_dossier
from .exits import Exit
from .records import Records
from .saving import save

_SAVED = Text("保存的评价", "the saved assessment")


@click.command("follow-up")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json", "xlsx")),
    default="text",
    show_default=True,
    help="Text for people, JSON for programs, XLSX for Excel.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write. Default: standard output.")
@options.lang
@click.option("--as-of", type=options.Day(), help="Day on which things are overdue or not. Default: today.")
@options.rules
@options.review
def follow_up(
    files: tuple[str, ...],
    format_: str,
    output: Path | None,
    lang: Language,
    as_of: date | None,
    rules_dir: Path | None,
    review: tuple[str, ...],
) -> None:
    """List what is to be followed up: answers to losses, tasks, reviews of effects, the conditions of reviewers' records.

    Each FILE is a dossier or a saved assessment (.json), which names its dossier and record; those are read as they now are. Overdue ones
    come first: their day has passed and the dossier does not say that they are done (`standing: done`), nor the record (`done: <day>`).

    \b
    Examples:
      child-impact follow-up park.yaml --review park.review.yaml
      child-impact follow-up *.yaml --as-of 2027-01-01 --format xlsx -o follow-up.xlsx
    """
    if format_ == "xlsx" and output is None and sys.stdout.isatty():
        raise click.UsageError("xlsx is no text for a terminal; name a file with -o")
    try:
        rulebook = open_rulebook(rules_dir)
        records = Records.read(review, rulebook)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    except InputRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.DOSSIER)
    day = as_of or date.today()
    found: list[list[Entry]] = []
    failed: list[dict[str, Any]] = []
    used: list[str] = []  # files that saved assessments name
    for name in files:
        for file, record_file in _named(name, lang, failed):
            used += [file, *([record_file] if record_file is not None else [])]
            try:
                found.append(_entries(file, record_file, records, rulebook, day, lang))
            except InputRefused as refused:
                _tell(refused, file, lang, failed)
    try:
        if not failed:
            records.all_claimed()
    except RecordRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.DOSSIER)
    if found:
        document = _document([entry for of_one in found for entry in of_one], day, failed, format_, lang)
        save(document, output, Inputs((*files, *review, *used), (rules_dir,)))
    sys.exit(Exit.DOSSIER if failed else Exit.FINE)


def _named(name: str, lang: Language, failed: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    """Return the dossiers that a file is or names, each with the file of its record if a saved assessment says so."""
    if Path(name).suffix.lower() != ".json":
        return [(name, None)]
    try:
        return [(one.file, one.review) for one in read_saved(read_bytes(name, _SAVED, MAX_SAVED), name).assessments]
    except InputRefused as refused:
        _tell(refused, name, lang, failed)
        return []


def _entries(file: str, record_file: str | None, records: Records, rulebook: Rulebook, day: date, lang: Language) -> list[Entry]:
    dossier = open_dossier(file, rulebook.vocabulary, lang, strict=False)
    record: Record | None = records.about(dossier)
    if record is None and record_file is not None:
        own = Records.read([record_file], rulebook)
        record = own.about(dossier)
        own.all_claimed()
    return entries(dossier, record, rulebook.vocabulary, day)


def _tell(refused: InputRefused, name: str, lang: Language, failed: list[dict[str, Any]]) -> None:
    options.tell(refused, lang)
    failed.append({"file": shown_name(name), "error": refused.lines(lang)})


def _document(found: list[Entry], day: date, failed: list[dict[str, Any]], format_: str, lang: Language) -> bytes:
    if format_ == "json":
        from ..assessment.follow_up_json import follow_up_data
        from ..assessment.to_json import as_json

        return as_json(follow_up_data(found, day, failed)).encode()
    from ..report.follow_up import FollowUp

    worded = FollowUp(found, day, lang)
    if format_ == "text":
        return worded.text().encode()
    from ..formats.workbook import workbook
    from ..reading.extras import FormatUnavailable

    try:
        return workbook([worded.sheet()])
    except FormatUnavailable as unavailable:
        raise click.UsageError(unavailable.text.in_(lang)) from None
