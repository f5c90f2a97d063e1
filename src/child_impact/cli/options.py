"""Options that several commands share, and what they open."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from ..reading.problems import InputRefused
from ..reading.shape import nearest
from ..reading.text import LANGUAGES, Language
from ..rulebook.model import Profile, Rulebook
from ..vocabulary.values import read_date
from . import complete
from .streams import emit

F = TypeVar("F", bound=Callable[..., Any])

lang = click.option("--lang", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="Language of documents and messages.")
rules = click.option(
    "--rules",
    "rules_dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Rules directory to use instead of the one that comes with the program.",
)
profile = click.option(
    "--profile",
    "profile_id",
    default="default",
    show_default=True,
    shell_complete=complete.profiles,
    help="Profile: which sources an office adopts, and its table of outcomes.",
)


output = click.option(
    "-o",
    "--output",
    type=click.Path(),  # no Path: that would forget the / at the end
    help="File to write, or a directory (an existing one, or a path that ends with /). Default: standard output.",
)
templates = click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Directory of templates and words that go before those of the program; see `child-impact templates export`.",
)


def formats(known: tuple[str, ...]) -> Callable[[F], F]:
    """Return the option for the formats of documents."""
    said = (
        "Format to write; may be repeated. md, html, pdf and docx are documents for people, xlsx is a workbook, json is for programs, "
        "sarif (2.1.0) for CI and editors; none: no document, only the summary and the exit code."
    )
    return click.option("--format", "formats", type=click.Choice(known), default=("md",), show_default=True, multiple=True, help=said)


class Day(click.ParamType[date]):
    """A day, as in 2026-03-08."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or fail as wrong usage."""
        if isinstance(value, date):
            return value
        day = read_date(str(value))
        if day is None or day.first != day.last:
            self.fail(f"“{value}” is not a day; write it like 2026-03-08 or 2026年3月8日", param, ctx)
        return day.first


as_of = click.option(
    "--as-of",
    type=Day(),
    help="Day on which the proposal is judged. Default: today, or the day of decision where a file put to it states an earlier one.",
)


def _files(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    if "-" in names:
        raise click.BadParameter("a record is read from a file, not from standard input")
    return names


review = click.option(
    "--review",
    multiple=True,
    callback=_files,
    metavar="FILE",
    help="The reviewer's record of a dossier (YAML). Repeat it for several dossiers; each record names the id of its own.",
)

text_or_json = click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Text for people, JSON for programs.",
)


strict_privacy = click.option(
    "--strict-privacy", is_flag=True, help="Refuse a dossier that seems to hold personal data; by default it is masked, with a warning."
)


class Jobs(click.ParamType[int]):
    """A number of processes; `auto`, or 0, is one for each processor that this process may use."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number, or fail as wrong usage."""
        said = str(value)
        if said in ("auto", "0"):
            return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        if not said.isascii() or not said.isdecimal():
            self.fail(f"“{said}” is not a number of processes; write one like 4, or auto", param, ctx)
        return int(said)


jobs = click.option(
    "--jobs",
    type=Jobs(),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes that judge side by side; auto: one a processor.",
)


def document(text: str) -> None:
    """Print a document to standard output. Raises a usage error where that cannot be written."""
    emit_or_refuse(text.encode())


def emit_or_refuse(data: bytes) -> None:
    """Write the bytes of a document to standard output. Raises a usage error where that cannot be written."""
    try:
        emit(data)
    except OSError as error:
        raise click.UsageError(f"cannot write to standard output: {error.strerror or error}") from None


def tell(refused: InputRefused, language: Language) -> None:
    """Print the problems of an input to standard error."""
    for line in refused.lines(language):
        click.echo(line, err=True)


def no_criterion(criterion: str, rulebook: Rulebook) -> click.BadParameter:
    """Return the usage error for a criterion that the rules do not have, with the nearest one that they have."""
    guess = nearest(criterion, rulebook.criteria)
    hint = f"did you mean “{guess}”?" if guess else "see `child-impact rules list`"
    return click.BadParameter(f"there is no criterion “{criterion}”; {hint}", param_hint="CRITERION")


def open_rules(directory: Path | None, profile_id: str) -> tuple[Rulebook, Profile]:
    """Return the rulebook and the profile. Raises `RulesRefused`, or a usage error for an unknown profile."""
    from ..api import load_rules

    rulebook = load_rules(directory)
    if profile_id not in rulebook.profiles:
        raise click.BadParameter(f"there is no profile “{profile_id}”; known: {', '.join(rulebook.profiles)}", param_hint="--profile")
    return rulebook, rulebook.profiles[profile_id]
