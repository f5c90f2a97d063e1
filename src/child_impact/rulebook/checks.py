"""Checks of single criteria that types alone cannot make."""

from ..conditions.syntax import ALWAYS, All, AnyOf, Compare, Condition, Const, Count, Every, Not, Op, Some, Sum
from ..reading.problems import Problem
from ..reading.text import Text
from .model import Criterion


def check_criterion(criterion: Criterion) -> list[Problem]:
    """Return the problems of a criterion: no credit for emptiness, something to require, and nothing that bars approval to be waived."""
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
    return problems


def _credited_lists(condition: Condition) -> set[str]:
    match condition:
        case Every(list_, _):
            return {list_}
        case All(items) | AnyOf(items):
            return set().union(*map(_credited_lists, items)) if items else set()
        case Not(Some(list_, _)) | Compare(Count(list_, _) | Sum(list_, _, _), Op.LT | Op.LE | Op.EQ, _):
            return {list_}
        case _:
            return set()


def _implied_members(condition: Condition) -> set[str]:
    match condition:
        case Some(list_, _):
            return {list_}
        case Compare(Count(list_, _), Op.GE | Op.GT, Const(bound)) if bound is not True and bound is not False and str(bound) != "0":
            return {list_}
        case All(items):
            return set().union(*map(_implied_members, items)) if items else set()
        case Not(AnyOf() | All() | Compare()):
            return set()
        case _:
            return set()
