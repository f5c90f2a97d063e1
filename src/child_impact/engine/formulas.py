"""Formulas over literals: a condition and its Kleene dual without negation.

An atom is whatever a rule cannot decide by itself: a comparison, or the truth of another gate. A literal says that an atom is 1 or 0; an
unknown atom has neither, so neither the formula nor its dual becomes true.
"""

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from ..conditions.syntax import All, AnyOf, Condition, Not

MAX_CONNECTIVES = 12
MAX_BRANCHES = 16
MAX_WIDTH = 12


class Is(Struct, frozen=True, tag=True):
    """A literal: the atom has the value."""

    atom: str
    value: int


class Junction(Struct, frozen=True, tag=True):
    """All of several formulas (`and`), or at least one of them (`or`)."""

    kind: Literal["and", "or"]
    parts: "tuple[Formula, ...]"


Formula = Is | Junction | bool


def formula(condition: Condition, atom: Callable[[Condition], str | bool], *, positive: bool = True) -> Formula:
    """Return the formula that is true where the condition is true (`positive`) or where it is false.

    `atom` gives the name of an atom, or its truth where that is known when compiling.
    """
    match condition:
        case Not(item):
            return formula(item, atom, positive=not positive)
        case All(items) | AnyOf(items):
            conjunction = isinstance(condition, All) is positive
            return _join("and" if conjunction else "or", tuple(formula(item, atom, positive=positive) for item in items))
        case _:
            known = atom(condition)
            return known is positive if isinstance(known, bool) else Is(known, 1 if positive else 0)


def _join(kind: Literal["and", "or"], parts: tuple[Formula, ...]) -> Formula:
    neutral = kind == "and"
    if (not neutral) in parts:
        return not neutral
    flat: list[Formula] = []
    for part in parts:
        if isinstance(part, Junction) and part.kind == kind:
            flat += part.parts
        elif part is not neutral:
            flat.append(part)
    distinct = tuple(dict.fromkeys(flat))
    if not distinct:
        return neutral
    return distinct[0] if len(distinct) == 1 else Junction(kind, distinct)


def tests(one: Formula) -> frozenset[Is]:
    """Return the literals of a formula."""
    if isinstance(one, Is):
        return frozenset((one,))
    return frozenset().union(*map(tests, one.parts)) if isinstance(one, Junction) else frozenset()


def is_small(one: Formula) -> bool:
    """Return whether a rule of this formula keeps well within what the package can hold."""
    return _connectives(one) <= MAX_CONNECTIVES and _branches(one) <= MAX_BRANCHES and _width(one) <= MAX_WIDTH


def _connectives(one: Formula) -> int:
    return 1 + sum(map(_connectives, one.parts)) if isinstance(one, Junction) else 0


def _branches(one: Formula) -> int:
    if not isinstance(one, Junction):
        return 1
    below = [_branches(part) for part in one.parts]
    if one.kind == "or":
        return sum(below)
    product = 1
    for count in below:
        product *= count
    return product


def _width(one: Formula) -> int:
    return max(len(one.parts), *map(_width, one.parts)) if isinstance(one, Junction) else 1


def as_rule(one: Formula) -> dict[str, object]:
    """Return a formula as the expression of a rule in the package's JSON."""
    if isinstance(one, Is):
        return {one.atom: one.value}
    assert isinstance(one, Junction)
    return {f"${one.kind}": [as_rule(part) for part in one.parts]}
