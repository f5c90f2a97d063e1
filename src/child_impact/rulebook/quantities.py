"""Quantities that norms are about: what is measured, and how much of it which clause asks for."""

from decimal import Decimal

from msgspec import Struct

from ..conditions.names import Bound
from ..conditions.syntax import ALWAYS, All, AnyOf, Condition, Expression, Not, Op
from ..reading.problems import Place
from ..reading.text import Text

REFERENCE = "reference"
"""The wording of a norm that binds nobody: it is shown and never judged by."""
MAXIMA = (Op.LE, Op.LT)
SIGNS = {Op.LE: "≤", Op.LT: "<", Op.GE: "≥", Op.GT: ">", Op.EQ: "="}


class Norm(Struct, frozen=True):
    """A figure that a clause sets for a quantity: how the quantity compares with it, whom it is about, and where it was read.

    `applies`: when it does, its stages among that. `holds`: the comparison itself.
    """

    id: str
    comparison: Op
    value: Decimal
    unit: str | None
    subject: Text
    clause: str
    wording: str
    read: Text
    applies: Condition
    holds: Condition
    place: Place

    @property
    def judges(self) -> bool:
        """Return whether a proposal is held to it, where it applies."""
        return self.wording != REFERENCE

    @property
    def severity(self) -> tuple[Decimal, bool]:
        """Return how strict it is among norms of its direction: the larger, the stricter; at one figure, excluding it is stricter."""
        figure = -self.value if self.comparison in MAXIMA else self.value
        return figure, self.comparison in (Op.LT, Op.GT)


class Quantity(Struct, frozen=True):
    """What is measured (a number of the dossier, or of each entity of the list `over`), with the norms on it."""

    id: str
    label: Text
    over: str | None
    unit: str | None
    value: Expression
    norms: tuple[Norm, ...]
    place: Place

    def bound(self) -> Bound:
        """Return what all norms demand that are judged by: each holds, or does not apply."""
        demands = tuple(_demand(norm) for norm in self.norms if norm.judges)
        return Bound(self.over, demands[0] if len(demands) == 1 else All(demands))

    def has_norm(self) -> Condition:
        """Return the condition that some norm applies that is judged by."""
        applying = tuple(norm.applies for norm in self.norms if norm.judges)
        return ALWAYS if ALWAYS in applying else AnyOf(applying)


def _demand(norm: Norm) -> Condition:
    return norm.holds if norm.applies == ALWAYS else AnyOf((Not(norm.applies), norm.holds))
