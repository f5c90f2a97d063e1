"""The values of expressions: exact or within a span, unknown, or stated as none."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from ..conditions.syntax import Op, Step
from ..dossier.facts import Fact, OpenSet, Strength, Unlike
from ..reading.text import Text
from ..vocabulary.values import PartialDate, lies_within
from .proof import Missing, Truth, unique


class Span(Struct, frozen=True):
    """A number, or a date as its ordinal day, known to lie between two bounds; `high` None: no upper bound."""

    low: Fraction
    high: Fraction | None

    def is_exact(self) -> bool:
        """Return whether the number is known exactly."""
        return self.low == self.high


class Nothing:
    """The value of a fact that is stated as none. No comparison with it holds."""


NOTHING = Nothing()

Known = Span | bool | str | Text | frozenset[str] | Unlike | Nothing


class Valued(Struct, frozen=True):
    """The value of an expression (None: unknown) with what it rests on."""

    value: Known | None
    strength: Strength = Strength.EVIDENCED
    facts: tuple[Fact, ...] = ()
    missing: tuple[Missing, ...] = ()


def known(value: object) -> Known:
    """Return a fact's value as expressions use it."""
    if value is None:
        return NOTHING
    if isinstance(value, PartialDate):
        return Span(Fraction(value.first.toordinal()), Fraction(value.last.toordinal()))
    if isinstance(value, bool | str | frozenset | Text | Unlike):
        return value
    assert isinstance(value, Decimal | int)
    return Span(Fraction(value), Fraction(value))


def calculate(step: Step, left: Known, right: Known) -> Known | None:
    """Return the result of a step of arithmetic; None (unknown) where a bound is open or the divisor may be zero."""
    if isinstance(left, Nothing) or isinstance(right, Nothing):
        return NOTHING
    assert isinstance(left, Span)
    assert isinstance(right, Span)
    if left.high is None or right.high is None:
        return None
    match step:
        case Step.ADD:
            return Span(left.low + right.low, left.high + right.high)
        case Step.SUBTRACT:
            return Span(left.low - right.high, left.high - right.low)
        case Step.DAYS:
            return Span(right.low - left.high + 1, right.high - left.low + 1)
        case Step.MULTIPLY:
            corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
            return Span(min(corners), max(corners))
        case Step.DIVIDE:
            if right.low <= 0 <= right.high:
                return None
            corners = [a / b for a in (left.low, left.high) for b in (right.low, right.high)]
            return Span(min(corners), max(corners))


def compare(left: Known, op: Op, right: Known) -> Truth:
    """Return whether a comparison of two known values holds; None where their spans leave it open."""
    if isinstance(left, Nothing) or isinstance(right, Nothing):
        return False
    if isinstance(left, Span):
        assert isinstance(right, Span)
        return _compare_spans(left, op, right)
    if isinstance(left, frozenset):
        assert isinstance(right, frozenset)
        return _compare_sets(left, op, right)
    if isinstance(left, Unlike):
        return _compare_unlike(left, right)
    if isinstance(right, Unlike):  # one choice against another
        return _compare_unlike(right, left)
    if op is Op.IN:
        assert isinstance(right, frozenset)
        return left in right
    if op is Op.WITHIN:
        assert isinstance(left, str)
        assert isinstance(right, frozenset)
        return any(lies_within(left, division) for division in right)
    return left == right


def _compare_unlike(left: Unlike, right: Known) -> Truth:
    """Return false where all that is asked for is ruled out; else it is open."""
    asked = right if isinstance(right, frozenset) else {right}
    return False if asked <= left.codes else None


def _compare_sets(left: frozenset[str], op: Op, right: frozenset[str]) -> Truth:
    lacks = left.lacks if isinstance(left, OpenSet) else right - left
    has_any = True if left & right else False if right <= lacks else None
    match op:
        case Op.HAS_ANY:
            return has_any
        case Op.HAS_ALL:
            return True if right <= left else False if right & lacks else None
        case _:
            return _opposite(has_any)


def _compare_spans(left: Span, op: Op, right: Span) -> Truth:
    match op:
        case Op.EQ:
            if left.is_exact() and right.is_exact():
                return left.low == right.low
            return False if _below(left, right) or _below(right, left) else None
        case Op.LT | Op.BEFORE:
            return _less(left, right)
        case Op.GT | Op.AFTER:
            return _less(right, left)
        case Op.GE | Op.ON_OR_AFTER:
            return _opposite(_less(left, right))
        case _:
            return _opposite(_less(right, left))


def _less(left: Span, right: Span) -> Truth:
    if _below(left, right):
        return True
    if right.high is not None and left.low >= right.high:
        return False
    return None


def _below(left: Span, right: Span) -> bool:
    return left.high is not None and left.high < right.low


def _opposite(truth: Truth) -> Truth:
    return None if truth is None else not truth


def joined(read: Iterable[Valued], value: Span | Nothing | None) -> Valued:
    """Return a value with all that the values it was made of rest on."""
    read = list(read)
    strength = min((valued.strength for valued in read), default=Strength.ASSERTED)
    facts = unique(fact for valued in read for fact in valued.facts)
    missing = unique(gap for valued in read for gap in valued.missing)
    return Valued(value, strength, facts, missing)
