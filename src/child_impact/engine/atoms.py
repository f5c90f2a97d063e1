"""What the engine's rules take as given: the truth of comparisons, and of quantifiers over truths that the rules inferred before.

Written apart from the plain evaluator on purpose. Here a value is a pair of bounds (or a set, or a word); unknown is `UNKNOWN`, stated as
none is None.
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from ..conditions.syntax import (
    Arithmetic,
    Compare,
    Condition,
    Const,
    ContextRef,
    Count,
    DerivedRef,
    Distinct,
    Every,
    Expression,
    FactRef,
    Given,
    Holds,
    Number,
    Op,
    Some,
    Stated,
    Step,
    Sum,
)
from ..dossier.facts import Dossier, Entity, OpenSet, Unlike
from ..vocabulary.paths import field_path
from ..vocabulary.values import PartialDate
from .compile import GateKey, Program

UNKNOWN: Final = object()
_INFINITE: Final = Fraction(10) ** 40

Truth = bool | None
TruthOf = Callable[[GateKey, Entity | None], Truth]


class Atoms:
    """Evaluates the atoms of a program on one dossier; `truth_of` gives the truth of gates already inferred."""

    def __init__(self, program: Program, dossier: Dossier, context: Mapping[str, PartialDate | None], truth_of: TruthOf) -> None:
        self._program = program
        self._dossier = dossier
        self._context = context
        self._truth_of = truth_of

    def truth(self, atom: Condition, entity: Entity | None) -> Truth:
        """Return the truth of an atom about the dossier or about an entity."""
        if isinstance(atom, Compare):
            return _compared(self._value(atom.left, entity), atom.op, self._value(atom.right, entity))
        if isinstance(atom, Holds):
            return self._truth_of(self._program.derived[atom.id], entity if atom.entity else None)
        if isinstance(atom, Some | Every):
            return self._quantified(atom)
        if isinstance(atom, Given):
            value = self._stated(atom.fact, entity)
            return None if value is UNKNOWN or isinstance(value, Unlike) else value is not None
        assert isinstance(atom, Stated)
        if atom.is_list:
            return atom.fact.name in self._dossier.lists
        value = self._stated(atom.fact, entity)
        only_denied = isinstance(value, Unlike) or (isinstance(value, OpenSet) and bool(value.lacks) and not value)
        return value is not UNKNOWN and not only_denied

    def _quantified(self, atom: Some | Every) -> Truth:
        decisive = isinstance(atom, Some)
        truths = [self._truth_of((atom.where, atom.list), entity) for entity in self._dossier.members(atom.list)]
        if decisive in truths:
            return decisive
        other = self._dossier.other(atom.list)
        if other is not None:
            truths.append(self._truth_of((atom.where, atom.list), other))
        return not decisive if all(truth is (not decisive) for truth in truths) else None

    def _stated(self, ref: FactRef, entity: Entity | None) -> Any:
        facts = entity.facts if ref.entity and entity is not None else self._dossier.facts
        if ref.name in facts:
            return facts[ref.name].value
        worked = self._dossier.worked.get(field_path(entity.path, ref.name)) if ref.entity and entity is not None else None
        return worked.fact.value if worked is not None and worked.fact is not None else UNKNOWN

    def _value(self, expression: Expression, entity: Entity | None) -> Any:
        if isinstance(expression, Const | Number):
            return _bounds(expression.value)
        if isinstance(expression, FactRef):
            return _bounds(self._stated(expression, entity))
        if isinstance(expression, ContextRef):
            day = self._context[expression.name]
            return UNKNOWN if day is None else _bounds(day)
        if isinstance(expression, DerivedRef):
            return self._value(self._program.values[expression.id], entity if expression.entity else None)
        if isinstance(expression, Arithmetic):
            return _step(expression.step, self._value(expression.left, entity), self._value(expression.right, entity))
        if isinstance(expression, Distinct):
            return self._different(expression)
        return self._aggregated(expression)

    def _aggregated(self, expression: Count | Sum) -> Any:
        gate = (expression.where, expression.list)
        truths = [(entity, self._truth_of(gate, entity)) for entity in self._dossier.members(expression.list)]
        other = self._dossier.other(expression.list)
        more = other is not None and self._truth_of(gate, other) is not False
        if isinstance(expression, Count):
            possible = [truth for _, truth in truths if truth is not False]
            return (Fraction(possible.count(True)), _INFINITE if more else Fraction(len(possible)))
        if more or any(truth is None for _, truth in truths):
            return UNKNOWN
        parts = [_bounds(self._stated(FactRef(expression.field, entity=True), entity)) for entity, truth in truths if truth]
        if any(part is UNKNOWN for part in parts):
            return UNKNOWN
        total = sum((part[0] for part in parts), Fraction(0))
        return (total, total)

    def _different(self, expression: Distinct) -> Any:
        """Return how many different values there are: at least those of things that count, at most one more for each that is open."""
        gate, field = (expression.where, expression.list), FactRef(expression.field, entity=True)
        sure: set[Any] = set()
        perhaps: set[Any] = set()
        unsaid = 0
        for entity in self._dossier.members(expression.list):
            truth, value = self._truth_of(gate, entity), self._stated(field, entity)
            if truth is False or value is None:
                continue
            if value is UNKNOWN or isinstance(value, Unlike):
                unsaid += 1
            else:
                (sure if truth else perhaps).add(value)
        other = self._dossier.other(expression.list)
        more = other is not None and self._truth_of(gate, other) is not False
        return (Fraction(len(sure)), _INFINITE if more else Fraction(len(sure | perhaps) + unsaid))


def _bounds(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return (_day(value.first), _day(value.last))
    if value is UNKNOWN or value is None or isinstance(value, bool | str | frozenset | tuple | Unlike):
        return value
    return (Fraction(value), Fraction(value))


def _day(day: date) -> Fraction:
    return Fraction(day.toordinal())


def _step(step: Step, left: Any, right: Any) -> Any:
    if left is None or right is None:
        return None
    if left is UNKNOWN or right is UNKNOWN or _INFINITE in (*left, *right):
        return UNKNOWN
    if step is Step.DIVIDE and right[0] <= 0 and right[1] >= 0:
        return UNKNOWN
    operate: dict[Step, Callable[[Fraction, Fraction], Fraction]] = {
        Step.ADD: lambda a, b: a + b,
        Step.SUBTRACT: lambda a, b: a - b,
        Step.MULTIPLY: lambda a, b: a * b,
        Step.DIVIDE: lambda a, b: a / b,
        Step.DAYS: lambda a, b: b - a + 1,
    }
    results = [operate[step](a, b) for a in left for b in right]
    return (min(results), max(results))


def _compared(left: Any, op: Op, right: Any) -> Truth:
    if left is None or right is None:
        return False
    if left is UNKNOWN or right is UNKNOWN:
        return None
    if isinstance(right, Unlike):  # one choice against another
        left, right = right, left
    if isinstance(left, Unlike):
        wanted = right if op is Op.IN else {right}
        return None if wanted - left.codes else False
    if op is Op.IN:
        return left in right
    if op is Op.WITHIN:
        country, province, city = "100000", f"{left[:2]}0000", f"{left[:4]}00"
        return bool({country, province, city, left}.intersection(right))
    if op in (Op.HAS_ANY, Op.HAS_ALL, Op.HAS_NONE):
        found, open_ = right.intersection(left), isinstance(left, OpenSet)
        gone = right.intersection(left.lacks) if open_ else right.difference(left)
        enough, too_few = (len(right), 1) if op is Op.HAS_ALL else (1, len(right))
        has = True if len(found) >= enough else False if len(gone) >= too_few else None
        return not has if op is Op.HAS_NONE and has is not None else has
    if not isinstance(left, tuple):
        return bool(left == right)
    return _ordered(left, op, right)


def _ordered(left: Any, op: Op, right: Any) -> Truth:
    (a, b), (c, d) = left, right
    certain: dict[Op, tuple[bool, bool]] = {
        Op.EQ: (a == b == c == d, b < c or d < a),
        Op.LT: (b < c, a >= d),
        Op.LE: (b <= c, a > d),
        Op.GT: (a > d, b <= c),
        Op.GE: (a >= d, b < c),
    }
    dates = {Op.BEFORE: Op.LT, Op.AFTER: Op.GT, Op.ON_OR_BEFORE: Op.LE, Op.ON_OR_AFTER: Op.GE}
    holds, fails = certain[dates.get(op, op)]
    return True if holds else False if fails else None
