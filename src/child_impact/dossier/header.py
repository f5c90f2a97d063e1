"""What the header of a dossier says as a whole: its stage fits its kind, and its day of decision the other dates."""

from collections.abc import Iterator, Mapping

from ..reading.problems import Problem
from ..reading.text import Text
from ..vocabulary.model import Vocabulary
from ..vocabulary.values import PartialDate
from .facts import Fact, Listing

_YEARS_APART = 2


def stage_fits(facts: Mapping[str, Fact], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem where a proposal of this kind has no such stage."""
    kind, code = (facts[path].value if path in facts else None for path in ("kind", "stage"))
    if isinstance(kind, str) and isinstance(code, str) and kind not in vocabulary.stages[code].kinds:
        fitting = [code for code, one in vocabulary.stages.items() if kind in one.kinds]
        names = vocabulary.groups[""].fields["stage"].enumeration
        shown = [names.values[code].zh for code in fitting] if names else fitting
        what = Text("这个阶段与类别不符", f"this stage does not fit the kind {kind}")
        yield Problem(facts["stage"].place, what, Text("可选：" + "、".join(shown), "choose from: " + ", ".join(fitting)))


def decision_fits(facts: Mapping[str, Fact], lists: Mapping[str, Listing]) -> Iterator[Problem]:
    """Warn where the decision lies years before every other date: the sources in force then are hardly those that are meant."""
    decision = facts.get("decision_on")
    if decision is None or not isinstance(decision.value, PartialDate):
        return
    entities = (entity for listing in lists.values() for entity in listing.entities)
    every = [*facts.values(), *(fact for entity in entities for fact in entity.facts.values())]
    others = [one.value for one in every if one is not decision and isinstance(one.value, PartialDate)]
    earliest = min(others, default=decision.value)
    if earliest.first.year - decision.value.last.year >= _YEARS_APART:
        what = Text(
            f"决策日期 {decision.value} 比档案里其他日期都早（最早的是 {earliest}）",
            f"the day of decision, {decision.value}, lies before every other date of the dossier (the earliest is {earliest})",
        )
        todo = Text("请核对年份：按决策日期判断哪些文件有效", "check the year: it decides which sources are in force")
        yield Problem(decision.place, what, todo)
