"""The rule author's bench: run the criteria's own cases, and find the verdicts that no case shows."""

from collections.abc import Iterable

from msgspec import Struct

from ..conditions.syntax import (
    ALWAYS,
    All,
    Condition,
    ContextRef,
    Count,
    DerivedRef,
    Distinct,
    Every,
    FactRef,
    Holds,
    Some,
    Stated,
    Sum,
    children,
    walk,
)
from ..dossier.read import read_tree
from ..reading.problems import DossierRefused, Problem
from ..reading.text import Text
from ..rulebook.cases import Case
from ..rulebook.model import Criterion, Profile, Rulebook
from ..rulebook.uses import narrowed
from ..vocabulary.model import FieldType
from .assess import Assessor
from .model import Verdict


class Failure(Struct, frozen=True):
    """A case that did not give the verdict it expects."""

    case: Case
    expected: str
    got: str


def run_cases(cases: Iterable[Case], rulebook: Rulebook, profile: Profile, *, whole: bool = False) -> list[Failure]:
    """Run cases through both evaluators, each with the rules of its own criterion; return those that fail, in the order of the cases.

    `whole`: with all rules, so that the evaluators are compared on every criterion for every case, which takes many times as long.
    """
    by_criterion: dict[str, list[tuple[int, Case]]] = {}
    for number, case in enumerate(cases):
        by_criterion.setdefault("" if whole else case.criterion, []).append((number, case))
    failures: dict[int, Failure] = {}
    for criterion, numbered in by_criterion.items():
        assessor = Assessor(rulebook, profile) if whole else Assessor(narrowed(rulebook, (criterion,)), profile)
        try:
            failures |= {number: failure for number, case in numbered if (failure := _run(case, assessor)) is not None}
        finally:
            assessor.close()
    return [failures[number] for number in sorted(failures)]


def missing_cases(rulebook: Rulebook, cases: Iterable[Case]) -> list[Problem]:
    """Return a problem for each verdict that a criterion can get and none of its cases shows, and for cases of no criterion."""
    shown: dict[str, set[str]] = {}
    problems = []
    for case in cases:
        verdicts = {case.expect} if isinstance(case.expect, str) else set(case.expect.values())
        shown.setdefault(case.criterion, set()).update(verdicts)
        if case.criterion not in rulebook.criteria:
            what = Text(f"没有准则“{case.criterion}”", f"there is no criterion “{case.criterion}”")
            problems.append(Problem(case.place, what, Text("请改正编号", "correct the id")))
    for criterion in rulebook.criteria.values():
        for verdict in sorted(possible_verdicts(criterion, rulebook) - shown.get(criterion.id, set())):
            what = Text(f"“{criterion.id}”没有结论为 {verdict} 的用例", f"no case shows “{criterion.id}” as {verdict}")
            problems.append(Problem(criterion.place, what, Text("请补一个用例", "add a case")))
    return problems


def possible_verdicts(criterion: Criterion, rulebook: Rulebook) -> set[str]:
    """Return the verdicts that a criterion can get, judged from what its conditions read."""
    verdicts = {Verdict.MET, Verdict.NOT_MET}
    if _can_be_unknown(criterion.require, rulebook, _stated(criterion.when, rulebook)):
        verdicts.add(Verdict.NOT_STATED)
    if criterion.when != ALWAYS or criterion.over is not None or criterion.from_stage:
        verdicts.add(Verdict.NOT_APPLICABLE)
    if (criterion.over is not None and not _asks_of_entry(criterion.when)) or _can_be_unknown(criterion.when, rulebook):
        verdicts.add(Verdict.UNDETERMINED)
    return {verdict.value for verdict in verdicts}


def _stated(condition: Condition, rulebook: Rulebook) -> frozenset[str]:
    """Return the facts of the dossier that are exact where the condition is true, because it asks that they be stated."""
    if isinstance(condition, All):
        return frozenset().union(*(_stated(item, rulebook) for item in condition.items))
    if not isinstance(condition, Stated) or condition.is_list or condition.fact.entity:
        return frozenset()
    field = rulebook.vocabulary.fact(condition.fact.name)
    return frozenset() if field is None or field.type is FieldType.DATE else frozenset((field.path,))


def _asks_of_entry(condition: Condition) -> bool:
    """Return whether a condition is only true of entries that state something: of a list that is not stated it is then false."""
    parts = condition.items if isinstance(condition, All) else (condition,)
    return any(isinstance(part, Stated) and part.fact.entity for part in parts)


def _can_be_unknown(condition: Condition, rulebook: Rulebook, stated: frozenset[str] = frozenset()) -> bool:
    hidden = {id(child) for node in walk(condition) if isinstance(node, Stated) for child in children(node)}
    for node in walk(condition):
        if isinstance(node, Stated) or id(node) in hidden:
            continue
        if isinstance(node, Some | Every | Count | Sum | Distinct):
            return True
        if isinstance(node, FactRef):
            field = None if node.entity else rulebook.vocabulary.fact(node.name)
            if field is None or not (field.required or field.path in stated):
                return True
        elif isinstance(node, Holds):
            definition = rulebook.derived[node.id].condition
            if definition is not None and _can_be_unknown(definition, rulebook):
                return True
        elif isinstance(node, DerivedRef | ContextRef):
            return True
    return False


def _run(case: Case, assessor: Assessor) -> Failure | None:
    try:
        dossier = read_tree(case.dossier, case.place.file, "", assessor.rulebook.vocabulary)
    except DossierRefused as refused:
        return Failure(case, _shown(case.expect), str(refused))
    findings = [finding for finding in assessor.judge(dossier, case.as_of) if finding.criterion.id == case.criterion]
    if isinstance(case.expect, str):
        got = {finding.verdict.value for finding in findings}
        return None if got == {case.expect} else Failure(case, case.expect, ", ".join(sorted(got)))
    by_entity = {finding.entity.id if finding.entity else "": finding.verdict.value for finding in findings}
    return None if by_entity == case.expect else Failure(case, _shown(case.expect), _shown(by_entity))


def _shown(expect: object) -> str:
    return ", ".join(f"{id_}: {verdict}" for id_, verdict in expect.items()) if isinstance(expect, dict) else str(expect)
