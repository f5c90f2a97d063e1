"""Checks of single criteria that types alone cannot make."""

from collections.abc import Mapping

from ..conditions.syntax import (
    ALWAYS,
    All,
    AnyOf,
    Compare,
    Condition,
    ContextRef,
    Count,
    DerivedRef,
    Distinct,
    Every,
    Expression,
    FactRef,
    Holds,
    Not,
    Number,
    Op,
    Some,
    Sum,
    walk,
)
from ..reading.problems import Problem
from ..reading.text import Text
from ..vocabulary.model import Stage
from .model import Criterion, CriterionKind, Derived


def check_criterion(criterion: Criterion, derived: Mapping[str, Derived], stages: Mapping[str, Stage]) -> list[Problem]:
    """Return the problems of a criterion: nothing required, credit for emptiness, a remedy that comes too late, a waiver of what bars."""
    problems = []
    if criterion.bars and criterion.waivable:
        what = Text(f"“{criterion.id}”不满足就不能放行，不得豁免", f"“{criterion.id}” bars approval and so cannot be waived")
        problems.append(Problem(criterion.place, what, Text("删去 waivable: true，或删去 bars", "leave out waivable: true, or bars")))
    if criterion.require == ALWAYS:
        what = Text(f"“{criterion.id}”没有要求", f"“{criterion.id}” requires nothing")
        problems.append(Problem(criterion.place, what, Text("请写 require", "write a require")))
    implied = _implied_members(criterion.when) | _implied_members(criterion.require)
    for list_ in sorted(_credited_lists(criterion.require) - implied):
        what = Text(f"“{criterion.id}”会因“{list_}”为空而得“符合”", f"“{criterion.id}” would be met by an empty {list_}")
        todo = Text(f"在 when 或 require 中加 {{some: {list_}}}", f"add {{some: {list_}}} to when or require")
        problems.append(Problem(criterion.place, what, todo))
    only_later = bool(criterion.from_stage) and not any(stages[code].before_decision for code in criterion.from_stage if code in stages)
    late = criterion.kind is CriterionKind.REVIEW and not only_later and _reads_decision_day(criterion.require, derived)
    if late and criterion.remedy_after_decision is None and not _stops_before_decision(criterion.when):
        what = Text(
            f"“{criterion.id}”在决策之后还会适用，却没有写那时怎样补正",
            f"“{criterion.id}” may apply after the decision and has no remedy for then",
        )
        todo = Text(
            "请写 remedy_after_decision，或在 when 中用 stage 限定阶段", "write a remedy_after_decision, or limit the stage in when"
        )
        problems.append(Problem(criterion.place, what, todo))
    return problems


def _reads_decision_day(node: Condition | Expression, derived: Mapping[str, Derived]) -> bool:
    for one in walk(node):
        if (isinstance(one, ContextRef) and one.name == "decision_horizon") or one == FactRef("timing", entity=True):
            return True
        if isinstance(one, Holds | DerivedRef):
            body = derived[one.id].condition or derived[one.id].value
            if body is not None and _reads_decision_day(body, derived):
                return True
    return False


def _stops_before_decision(when: Condition) -> bool:
    parts = when.items if isinstance(when, All) else (when,)
    return any(isinstance(part, Compare) and part.left == FactRef("stage", entity=False) for part in parts)


def _credited_lists(condition: Condition) -> set[str]:
    match condition:
        case Every(list_, _):
            return {list_}
        case All(items) | AnyOf(items):
            return set().union(*map(_credited_lists, items)) if items else set()
        case Not(Some(list_, _)) | Compare(Count(list_, _) | Sum(list_, _, _) | Distinct(list_, _, _), Op.LT | Op.LE | Op.EQ, _):
            return {list_}
        case _:
            return set()


def _implied_members(condition: Condition) -> set[str]:
    match condition:
        case Some(list_, _):
            return {list_}
        case Compare(Count(list_, _) | Distinct(list_, _, _), Op.GE | Op.GT, Number(bound)) if bound > 0:
            return {list_}
        case All(items):
            return set().union(*map(_implied_members, items)) if items else set()
        case Not(AnyOf() | All() | Compare()):
            return set()
        case _:
            return set()
