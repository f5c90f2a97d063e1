"""`child-impact assess`."""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..assessment.assess import Assessor, EvaluatorsDiffer
from ..assessment.model import Assessment
from ..assessment.to_json import SEVERAL, as_data, as_json
from ..engine.door import EngineFailure
from ..reading.problems import DossierRefused, InputRefused, RulesRefused
from ..reading.text import Language
from . import options
from .dossiers import open_dossier
from .exits import Exit
from .files import emit, safe_name, shown_name, write_whole
from .progress import Progress

OUTCOMES = ("not_due", "ready", "conditions", "send_back", "not_recommended")
NEVER = "never"
COLOURS = {"not_due": "green", "ready": "green", "conditions": "yellow", "send_back": "red", "not_recommended": "red"}


@dataclass(frozen=True, slots=True)
class Run:
    """What one call of the command was asked for."""

    dossiers: tuple[str, ...]
    format: str
    output: Path | None
    lang: Language
    as_of: date | None
    templates: Path | None
    fail_on: str
    quiet: bool


@click.command()
@click.argument("dossiers", nargs=-1, required=True, metavar="DOSSIER...")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("md", "json", "sarif", "none")),
    default="md",
    show_default=True,
    help="Markdown for people, JSON for programs, SARIF 2.1.0 for CI and editors; none: no document, only the summary and the exit code.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write, or an existing directory. Default: standard output.")
@options.lang
@options.as_of
@options.profile
@options.rules
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Templates directory to use instead of the one that comes with the program.",
)
@click.option(
    "--fail-on",
    type=click.Choice((*OUTCOMES, NEVER)),
    default="send_back",
    show_default=True,
    help="Exit with 1 where the outcome is this or worse.",
)
@options.strict_privacy
@click.option("-q", "--quiet", is_flag=True, help="No summary on standard error.")
def assess(
    dossiers: tuple[str, ...],
    format_: str,
    output: Path | None,
    lang: Language,
    as_of: date | None,
    profile_id: str,
    rules_dir: Path | None,
    templates: Path | None,
    fail_on: str,
    strict_privacy: bool,
    quiet: bool,
) -> None:
    """Write the child impact assessment of each DOSSIER (a YAML file, or - for standard input).

    \b
    Examples:
      child-impact assess park.yaml
      child-impact assess park.yaml --lang en -o park.en.md
      child-impact assess *.yaml --format json --fail-on never
      child-impact assess *.yaml --format sarif -o review.sarif
      child-impact assess *.yaml --format none --fail-on conditions
    """
    run = Run(dossiers, format_, output, lang, as_of, templates, fail_on, quiet)
    try:
        rulebook, profile = options.open_rules(rules_dir, profile_id)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    assessor = Assessor(rulebook, profile)
    codes = [Exit.FINE]
    done: list[Assessment] = []
    failed: list[dict[str, Any]] = []
    progress = Progress(len(dossiers), quiet=quiet)
    for name in dossiers:
        try:
            dossier = open_dossier(name, rulebook.vocabulary, lang, strict=strict_privacy)
            with progress.on(dossier.file):
                assessment = assessor.assess(dossier, _today(as_of), as_of)
            done.append(assessment)
            codes.append(_gate(done[-1], run))
        except DossierRefused as refused:
            options.tell(refused, lang)
            failed.append({"file": shown_name(name), "error": [problem.say(lang) for problem in refused.problems]})
            codes.append(Exit.DOSSIER)
        except (EvaluatorsDiffer, EngineFailure) as error:
            click.echo(f"child-impact: {shown_name(name)}: internal error ({type(error).__name__}): {error}", err=True)
            failed.append({"file": shown_name(name), "error": [str(error)]})
            codes.append(Exit.INTERNAL)
    _write(run, done, failed)
    sys.exit(max(codes))


def _today(as_of: date | None) -> date:
    return as_of or date.today()


def _gate(assessment: Assessment, run: Run) -> Exit:
    code = assessment.outcome.code
    if not run.quiet:
        label = assessment.outcome.label.in_(run.lang)
        said = click.style(f"{label} ({code})", fg=COLOURS[code])
        click.echo(f"{assessment.dossier.file}: {said}, {assessment.as_of}", err=True)
    if run.fail_on == NEVER:
        return Exit.FINE
    return Exit.GATE if OUTCOMES.index(code) >= OUTCOMES.index(run.fail_on) else Exit.FINE


def _write(run: Run, done: list[Assessment], failed: list[dict[str, Any]]) -> None:
    documents = _documents(run, done, failed) if run.templates is None else _documents_from(run.templates, run, done, failed)
    names = [name for name, _ in documents]
    twice = next((name for name in names if names.count(name) > 1), None)
    if run.output is not None and twice is not None:
        raise click.UsageError(f"two dossiers have the same id and would both be written to {twice}; give them different ids")
    try:
        for name, text in documents:
            if run.output is None:
                emit(text)
            else:
                write_whole(run.output / name if run.output.is_dir() else run.output, text, run.dossiers)
    except FileExistsError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.UsageError(f"cannot write {run.output or 'to standard output'}: {error.strerror or error}") from None


def _documents_from(templates: Path, run: Run, done: list[Assessment], failed: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the documents from an office's own templates. Raises a usage error that says what is wrong with them."""
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        return _documents(run, done, failed)
    except TemplateSyntaxError as error:
        raise click.UsageError(f"the templates in {templates} cannot be used: {error.name}, line {error.lineno}: {error.message}") from None
    except KeyError as error:
        raise click.UsageError(f"the templates in {templates} cannot be used: words.yaml has no {error}") from None
    except (TemplateError, OSError, InputRefused) as error:
        raise click.UsageError(f"the templates in {templates} cannot be used: {error}") from None


def _documents(run: Run, done: list[Assessment], failed: list[dict[str, Any]]) -> list[tuple[str, str]]:
    if run.format == "json":
        if len(run.dossiers) == 1:
            return [(f"{safe_name(one.dossier.code('id'))}.json", as_json(as_data(one))) for one in done]
        together = {"format": SEVERAL, "assessments": [as_data(one) for one in done], "failed": failed}
        return [("assessments.json", as_json(together))]
    if run.format == "sarif":
        from ..assessment.sarif import sarif_data

        name = done[0].dossier.code("id") if len(run.dossiers) == len(done) == 1 else "assessments"
        return [(f"{safe_name(name)}.sarif", as_json(sarif_data([as_data(one) for one in done], failed, run.lang)))]
    if run.format == "none":
        return []
    from ..report.render import render_markdown

    named = [(f"{safe_name(one.dossier.code('id'))}.{run.lang}.md", render_markdown(one, run.lang, run.templates)) for one in done]
    if run.output is not None and not run.output.is_dir() and len(named) > 1:
        raise click.UsageError("several dossiers need an existing directory after -o")
    return named
