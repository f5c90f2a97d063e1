"""Two options weighed criterion by criterion: in which the one is better for children, in which the other, and what is undecided."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from ..rulebook.model import CriterionKind
from .comparison import Held, held
from .model import Assessment, Force, Obligation, Verdict

_WORST_FIRST = (Verdict.NOT_MET, Verdict.NOT_STATED, Verdict.UNDETERMINED, Verdict.MET, Verdict.NOT_APPLICABLE)


class Leaning(StrEnum):
    """What a criterion says of two options.

    One is *better* where the other falls short of the demand and it does not, because it meets it or because the demand does not arise.
    *Undecided*: one of them does not say enough, and what it leaves open could change the answer; blank is not no. *Both short*: both fall
    short. *Alike*: neither does.
    """

    FIRST = "first_better"
    SECOND = "second_better"
    UNDECIDED = "undecided"
    BOTH_SHORT = "both_short"
    ALIKE = "alike"


class Side(Struct, frozen=True):
    """One option under one criterion: its worst finding, how many of its findings fall short, and how many there are."""

    worst: Held
    short: int
    findings: int

    @property
    def is_open(self) -> bool:
        """Return whether the option falls short of nothing, but could."""
        return not self.short and self.worst.is_gap


class Weighed(Struct, frozen=True):
    """A criterion with both options; a side is None where the criterion is not held against it, as no assessment is due."""

    first: Side | None
    second: Side | None
    leaning: Leaning

    @property
    def shown(self) -> Held:
        """Return the finding that says what the criterion is."""
        side = self.first or self.second
        assert side is not None
        return side.worst


def weigh(first: Assessment, second: Assessment) -> list[Weighed]:
    """Return every criterion of review with what it says of two options, the weightiest first."""
    one, other = _sides(first), _sides(second)
    weighed = [_weighed(one.get(id_), other.get(id_)) for id_ in dict.fromkeys((*one, *other))]
    return sorted(weighed, key=_weight)


def leaning(first: Side | None, second: Side | None) -> Leaning:
    """Return what two sides come to."""
    short = tuple(side is not None and side.short > 0 for side in (first, second))
    is_open = any(side is not None and side.is_open for side in (first, second))
    if all(short):
        return Leaning.BOTH_SHORT
    if is_open:
        return Leaning.UNDECIDED
    if not any(short):
        return Leaning.ALIKE
    return Leaning.SECOND if short[0] else Leaning.FIRST


def _sides(assessment: Assessment) -> dict[str, Side]:
    found: dict[str, list[Held]] = {}
    for finding in assessment.findings:
        if finding.criterion.kind is CriterionKind.REVIEW:
            found.setdefault(finding.criterion.id, []).append(held(finding))
    return {id_: side(mine) for id_, mine in found.items()}


def side(findings: Iterable[Held]) -> Side:
    """Return one option under one criterion, from its findings (at least one)."""
    mine = list(findings)
    worst = min(mine, key=lambda one: (not one.is_gap, _WORST_FIRST.index(one.verdict)))
    return Side(worst, sum(one.verdict is Verdict.NOT_MET for one in mine), len(mine))


def _weighed(first: Side | None, second: Side | None) -> Weighed:
    return Weighed(first, second, leaning(first, second))


def _weight(one: Weighed) -> tuple[int, int]:
    sides = [side.worst for side in (one.first, one.second) if side is not None]
    return min((list(Force).index(each.force), list(Obligation).index(each.obligation)) for each in sides)
