"""`child-impact rules`: the rule author's bench."""

import gc
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..assessment.assess import Assessor
from ..assessment.bench import missing_cases, run_cases
from ..assessment.shown import shown
from ..assessment.to_json import as_json, text_data
from ..reading.problems import DossierRefused, RulesRefused
from ..reading.text import Language
from ..report.table import table
from ..rulebook.cases import load_cases
from ..rulebook.coverage import as_data
from ..rulebook.model import Profile, Rulebook
from ..rulebook.quantities import SIGNS, Norm
from ..rulebook.store import packaged, rule_files
from . import complete, judging, options
from .changes import NoHistory, changes
from .dossiers import open_dossier
from .exits import Exit
from .selection import load_wanted, of_changes, of_files, of_ids
from .without_notes import without_notes

LIST = "child-impact/criteria/1"


@click.group()
def rules() -> None:
    """List, show, lint and test the rules.

    \b
    Examples:
      child-impact rules list
      child-impact rules show consultation.children-heard
      child-impact rules coverage --open jilin-2022
    """


@rules.command("list")
@options.lang
@options.rules
@options.text_or_json
def list_(lang: Language, rules_dir: Path | None, format_: str) -> None:
    """List the criteria: id, domain, element and title.

    \b
    Examples:
      child-impact rules list --lang en
      child-impact rules list --format json
    """
    try:
        rulebook, _ = options.open_rules(rules_dir, "default")
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    criteria = rulebook.criteria.values()
    if format_ == "json":
        listed = [{"id": one.id, "domain": one.domain, "element": one.element, "title": text_data(one.title)} for one in criteria]
        options.document(as_json({"format": LIST, "criteria": listed}))
        return
    domains, elements = (rulebook.vocabulary.enumerations[name].values for name in ("domain", "element"))
    options.document(
        table([(one.id, domains[one.domain].in_(lang), elements[one.element].in_(lang), one.title.in_(lang)) for one in criteria])
    )


@rules.command()
@click.argument("criterion")
@options.lang
@options.rules
def show(criterion: str, lang: Language, rules_dir: Path | None) -> None:
    """Show one CRITERION: what it demands, its basis clause by clause, and its remedy.

    \b
    Example:
      child-impact rules show consultation.children-heard
    """
    try:
        rulebook, _ = options.open_rules(rules_dir, "default")
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    if criterion not in rulebook.criteria:
        raise options.no_criterion(criterion, rulebook)
    one = rulebook.criteria[criterion]
    lines = [f"{one.id}  {one.title.in_(lang)}", one.remedy.in_(lang), str(one.place)]
    if one.remedy_after_decision is not None:
        lines.insert(2, f"{'决策之后：' if lang == 'zh' else 'After the decision: '}{one.remedy_after_decision.in_(lang)}")
    if not one.waivable:
        lines.append("不得豁免" if lang == "zh" else "cannot be waived")
    if one.unless is not None:
        excused = one.unless.says.in_(lang)
        lines.append(f"例外（{one.unless.clause}）：{excused}" if lang == "zh" else f"Unless ({one.unless.clause}): {excused}")
    lines += [_norm(norm, rulebook, lang) for id_ in one.meets for norm in rulebook.quantities[id_].norms]
    for basis in one.basis:
        clause, source = rulebook.clauses[basis.clause], rulebook.source_of(basis.clause)
        lines.append(f"- {basis.clause} ({clause.wording}): {source.title.in_(lang)}, {clause.locator.in_(lang)}: {clause.text.in_(lang)}")
        if basis.partial:
            lines.append(f"  ({basis.partial.in_(lang)})")
    options.document("\n".join([*lines, ""]))


def _norm(norm: Norm, rulebook: Rulebook, lang: Language) -> str:
    """Return a norm in a line: its figure, whom it is about, its clause and wording, and where it was read."""
    unit = rulebook.vocabulary.units[norm.unit].in_(lang) if norm.unit else ""
    figure = f"{SIGNS[norm.comparison]}{norm.value}{'' if lang == 'zh' or not unit else ' '}{unit}"
    said = f"{norm.subject.in_(lang)}, {norm.clause} ({norm.wording}), {norm.read.in_(lang)}"
    return f"{'标准' if lang == 'zh' else 'Norm'} {figure}: {said}"


@rules.command()
@options.lang
@options.rules
def lint(lang: Language, rules_dir: Path | None) -> None:
    """Check all rules: form, names, types, bases, and that cases show every verdict.

    \b
    Examples:
      child-impact rules lint
      child-impact rules lint --rules my-rules
    """
    try:
        rulebook, _ = options.open_rules(rules_dir, "default")
        problems = missing_cases(rulebook, load_cases(rule_files(rules_dir or packaged("rules"))))
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    for problem in problems:
        click.echo(problem.say(lang), err=True)
    click.echo(f"{len(rulebook.criteria)} criteria, {len(rulebook.clauses)} clauses, {len(problems)} problems")
    sys.exit(Exit.RULES if problems else Exit.FINE)


@rules.command()
@options.lang
@options.rules
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--open", "open_", metavar="WORD", help="List the open clauses whose id or element holds WORD (`.` for all).")
@click.option(
    "--cases",
    "cases",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Also hold the criteria against all dossiers (*.yaml) in this directory and below.",
)
@options.as_of
def coverage(lang: Language, rules_dir: Path | None, format_: str, open_: str | None, cases: Path | None, as_of: date | None) -> None:
    """Show where every clause of every source has its home, and the guards against a list of ticks.

    \b
    Examples:
      child-impact rules coverage
      child-impact rules coverage --open jilin-2022
      child-impact rules coverage --cases cases --as-of 2026-12-01
    """
    try:
        rulebook, profile = options.open_rules(rules_dir, "default")
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    data = as_data(rulebook)
    if cases is not None:
        data["cases"] = _shown(rulebook, profile, cases, as_of, lang)
    if format_ == "json":
        options.document(as_json(data))
        return
    if open_ is not None:
        clauses = [rulebook.clauses[one["id"]] for one in data["clauses"] if one["status"] == "open"]
        shown = [one for one in clauses if open_ == "." or open_ in one.id or open_ == one.element]
        options.document(
            table([(one.id, one.element, one.reviewable, ",".join(one.applies_to), one.wording, one.text.in_(lang)) for one in shown])
        )
        return
    from ..report.coverage_text import coverage_text

    options.document(coverage_text(data, lang))


def _shown(rulebook: Rulebook, profile: Profile, cases: Path, as_of: date | None, lang: Language) -> dict[str, Any]:
    """Return what the dossiers of a directory show of the rules. Ends the program with code 4 where one cannot be read."""
    judging.tell_if_alone(lang)
    assessor = Assessor(rulebook, profile)
    found = []
    for path in sorted(cases.rglob("*.yaml")):
        try:
            dossier = open_dossier(path.as_posix(), rulebook.vocabulary, lang, strict=False)
        except DossierRefused as refused:
            if path.parent.name == "expected":  # flags beside the cases, no dossiers
                continue
            options.tell(refused, lang)
            sys.exit(Exit.DOSSIER)
        found.append(assessor.assess(dossier, as_of or date.today(), as_of))
    return shown(rulebook, found)


@rules.command()
@options.rules
def docs(rules_dir: Path | None) -> None:
    """Print the clause matrix as Markdown, as it stands in docs/clauses.md.

    \b
    Example:
      child-impact rules docs > docs/clauses.md
    """
    try:
        rulebook, _ = options.open_rules(rules_dir, "default")
    except RulesRefused as refused:
        options.tell(refused, "en")
        sys.exit(Exit.RULES)
    from ..report.matrix import clause_matrix

    options.document(clause_matrix(rulebook, "en"))


@rules.command()
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=complete.criteria)
@options.lang
@options.rules
@click.option(
    "--file",
    "paths",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Run the cases that a rule file holds, or whose criterion rests on it. May be repeated.",
)
@click.option(
    "--changed",
    "revision",
    metavar="[REV]",
    is_flag=False,
    flag_value="HEAD",
    help="Run the cases of what changed since a revision of git (default: what is not committed): cases, criteria, derived facts.",
)
@click.option("--all", "whole", is_flag=True, help="Judge and compare all criteria for each case, not its own alone: takes minutes.")
@click.option(
    "--without-notes",
    "without",
    is_flag=True,
    help="Instead: erase or replace every note and every body, in the cases and in the dossiers beside the rules. No note may change "
    "a verdict, no word for a body may have a demand met.",
)
@options.jobs
def test(
    ids: tuple[str, ...],
    lang: Language,
    rules_dir: Path | None,
    paths: tuple[Path, ...],
    revision: str | None,
    jobs: int,
    *,
    whole: bool,
    without: bool,
) -> None:
    """Run the criteria's own cases through both evaluators.

    ID is the id of a criterion, its beginning up to a dot (`consultation.`), or a pattern with `*`. Where ids, files and what changed are
    named together, only the cases that fit them all are run.

    \b
    Examples:
      child-impact rules test
      child-impact rules test consultation. --lang en
      child-impact rules test --file rules/derived/safety.yaml
      child-impact rules test --changed main
      child-impact rules test --without-notes --jobs auto
    """
    directory = rules_dir or packaged("rules")
    wanted = []
    try:
        rulebook, profile = options.open_rules(rules_dir, "default")
        files = rule_files(directory)
        if ids:
            wanted.append(of_ids(ids, rulebook))
        if paths:
            wanted.append(of_files(paths, directory, files, rulebook))
        if revision is not None:
            wanted.append(of_changes(changes(directory, revision), files, rulebook))
        cases = load_wanted(files, wanted)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    except NoHistory as error:
        raise click.BadParameter(error.reason.in_(lang), param_hint="--changed") from None
    gc.enable()  # thousands of dossiers, one after the other
    if without:
        sys.exit(Exit.RULES if without_notes(cases, rulebook, profile, directory, named=bool(wanted), jobs=jobs) else Exit.FINE)
    judging.tell_if_alone(lang)
    failures = run_cases(cases, rulebook, profile, whole=whole)
    for one in failures:
        click.echo(f"{one.case.place}: {one.case.criterion}, “{one.case.name}”: expected {one.expected}, got {one.got}", err=True)
    click.echo(f"{len(cases)} cases, {len(failures)} failed")
    if not cases and (paths or revision is not None):
        click.echo("没有用例涉及这些文件或改动" if lang == "zh" else "no case rests on these files or changes", err=True)
        return
    sys.exit(Exit.RULES if failures or not cases else Exit.FINE)
