"""`child-impact rules`: the rule author's bench."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..assessment.assess import Assessor
from ..assessment.bench import missing_cases, run_cases
from ..assessment.shown import shown
from ..assessment.to_json import as_json
from ..dossier.read import read_dossier
from ..reading.problems import DossierRefused, RulesRefused
from ..reading.text import Language
from ..rulebook.cases import load_cases
from ..rulebook.coverage import as_data
from ..rulebook.model import Profile, Rulebook
from ..rulebook.store import packaged, rule_files
from . import options
from .exits import Exit


@click.group()
def rules() -> None:
    """List, show, lint and test the rules."""


@rules.command("list")
@options.lang
@options.rules
def list_(lang: Language, rules_dir: Path | None) -> None:
    """List the criteria: id, domain, element and title."""
    try:
        rulebook, _ = options.open_rules(rules_dir, "default")
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    for one in rulebook.criteria.values():
        click.echo(f"{one.id}\t{one.domain}\t{one.element}\t{one.title.in_(lang)}")


@rules.command()
@click.argument("criterion")
@options.lang
@options.rules
def show(criterion: str, lang: Language, rules_dir: Path | None) -> None:
    """Show one CRITERION: what it demands, its basis clause by clause, and its remedy."""
    try:
        rulebook, _ = options.open_rules(rules_dir, "default")
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    if criterion not in rulebook.criteria:
        raise click.BadParameter(f"there is no criterion “{criterion}”; see `child-impact rules list`", param_hint="CRITERION")
    one = rulebook.criteria[criterion]
    click.echo(f"{one.id}  {one.title.in_(lang)}\n{one.remedy.in_(lang)}\n{one.place}")
    if one.remedy_after_decision is not None:
        click.echo(f"{'决策之后' if lang == 'zh' else 'After the decision'}: {one.remedy_after_decision.in_(lang)}")
    for basis in one.basis:
        clause, source = rulebook.clauses[basis.clause], rulebook.source_of(basis.clause)
        click.echo(f"- {basis.clause} ({clause.wording}): {source.title.in_(lang)}, {clause.locator.in_(lang)}: {clause.text.in_(lang)}")
        if basis.partial:
            click.echo(f"  ({basis.partial.in_(lang)})")


@rules.command()
@options.lang
@options.rules
def lint(lang: Language, rules_dir: Path | None) -> None:
    """Check all rules: form, names, types, bases, and that cases show every verdict."""
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
    Example:
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
        click.echo(as_json(data), nl=False)
        return
    if open_ is not None:
        for one in data["clauses"]:
            clause = rulebook.clauses[one["id"]]
            if one["status"] == "open" and (open_ == "." or open_ in clause.id or open_ == clause.element):
                click.echo(
                    f"{clause.id}\t{clause.element}\t{clause.reviewable}\t{','.join(clause.applies_to)}\t{clause.wording}\t{clause.text.in_(lang)}"
                )
        return
    _echo(data, lang)


def _echo(data: dict[str, Any], lang: Language) -> None:
    click.echo(f"{'source':26}{'clauses':>8}{'criterion':>10}{'question':>9}{'out':>6}{'open':>6}")
    for one in data["sources"]:
        click.echo(f"{one['id']:26}{one['clauses']:8}{one['criterion']:10}{one['question']:9}{one['out_of_scope']:6}{one['open']:6}")
    for name, figure in data["guards"].items():
        click.echo(f"{name.replace('_', ' ')}: {figure:g}")
    for limit in data["limits"]:
        bound = f"at most {limit['most']:.3g}" if limit["most"] is not None else f"at least {limit['least']:g}"
        state = "holds" if limit["holds"] else "not held"
        why = f" ({limit['why'][lang]})" if limit["why"] else ""
        click.echo(f"guard: {limit['guard'].replace('_', ' ')} {limit['figure']:.3g}, {bound}: {state}{why}")
    for part, pairs in data["alike"].items():
        for one, other in pairs:
            click.echo(f"alike {part}: {one}, {other}")
    if "cases" in data:
        _echo_cases(data["cases"])


def _shown(rulebook: Rulebook, profile: Profile, cases: Path, as_of: date | None, lang: Language) -> dict[str, Any]:
    """Return what the dossiers of a directory show of the rules. Ends the program with code 4 where one cannot be read."""
    assessor = Assessor(rulebook, profile)
    found = []
    for path in sorted(cases.rglob("*.yaml")):
        data = path.read_bytes()
        try:
            dossier = read_dossier(data, path.as_posix(), rulebook.vocabulary)
        except DossierRefused as refused:
            if path.parent.name == "expected":  # flags beside the cases, no dossiers
                continue
            options.tell(refused, lang)
            sys.exit(Exit.DOSSIER)
        found.append(assessor.assess(dossier, as_of or date.today(), as_of))
    return shown(rulebook, found)


def _echo_cases(data: dict[str, Any]) -> None:
    share = data["ticks_share"]
    state = "holds" if share["most"] <= share["limit"] else "not held"
    click.echo(f"dossiers: {data['dossiers']}")
    most = f"{share['most']:.3g} ({share['in']})"
    click.echo(f"guard: most ticks among the criteria that apply to one dossier {most}, at most {share['limit']}: {state}")
    click.echo(f"criteria with one verdict only: {len(data['one_verdict'])} {' '.join(data['one_verdict'])}")
    for verdict in ("met", "not_met"):
        for kind, ids in data[f"never_{verdict}"].items():
            click.echo(f"{kind}: criteria never {verdict}: {len(ids)} {' '.join(ids)}")


@rules.command()
@options.rules
def docs(rules_dir: Path | None) -> None:
    """Print the clause matrix as Markdown, as it stands in docs/clauses.md."""
    try:
        rulebook, _ = options.open_rules(rules_dir, "default")
    except RulesRefused as refused:
        options.tell(refused, "en")
        sys.exit(Exit.RULES)
    from ..report.matrix import clause_matrix

    click.echo(clause_matrix(rulebook, "en"), nl=False)


@rules.command()
@options.lang
@options.rules
def test(lang: Language, rules_dir: Path | None) -> None:
    """Run the criteria's own cases through both evaluators."""
    try:
        rulebook, profile = options.open_rules(rules_dir, "default")
        cases = load_cases(rule_files(rules_dir or packaged("rules")))
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    failures = run_cases(cases, Assessor(rulebook, profile))
    for one in failures:
        click.echo(f"{one.case.place}: {one.case.criterion}, “{one.case.name}”: expected {one.expected}, got {one.got}", err=True)
    click.echo(f"{len(cases)} cases, {len(failures)} failed")
    sys.exit(Exit.RULES if failures or not cases else Exit.FINE)
