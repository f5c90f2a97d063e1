"""The syntax tree of conditions and of the values that they compare. Nodes are immutable and say nothing about evaluation."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from ..vocabulary.values import PartialDate

Constant = bool | PartialDate | str | frozenset[str]


class Type(StrEnum):
    """What kind of value an expression has."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    DATE = "date"
    NOTE = "note"
    BODY = "body"
    REFERENCE = "reference"
    IDENTIFIER = "identifier"
    CHOICE = "choice"
    CHOICES = "choices"
    PLACE = "place"


class Op(StrEnum):
    """Comparisons. Those of dates read as in speech; `before` and `after` are strict; a place is `within` itself and what it is part of."""

    EQ = "eq"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    BEFORE = "before"
    AFTER = "after"
    ON_OR_BEFORE = "on_or_before"
    ON_OR_AFTER = "on_or_after"
    IN = "in"
    HAS_ANY = "has_any"
    HAS_ALL = "has_all"
    HAS_NONE = "has_none"
    WITHIN = "within"


class Step(StrEnum):
    """Arithmetic. `days` counts the calendar days from the first date to the second, both included."""

    ADD = "add"
    SUBTRACT = "subtract"
    MULTIPLY = "multiply"
    DIVIDE = "divide"
    DAYS = "days"


class Const(Struct, frozen=True, tag=True):
    """A literal that is no number."""

    value: Constant


class Number(Struct, frozen=True, tag=True):
    """A literal number."""

    value: Decimal


class FactRef(Struct, frozen=True, tag=True):
    """A fact: of the dossier (`entity` false, `name` a path) or of the entity at hand (`name` a field of its list)."""

    name: str
    entity: bool


class ContextRef(Struct, frozen=True, tag=True):
    """A date that comes from the assessment and not from the dossier: `as_of` or `decision_horizon`."""

    name: str


class DerivedRef(Struct, frozen=True, tag=True):
    """A derived number."""

    id: str
    entity: bool


class Arithmetic(Struct, frozen=True, tag=True):
    """A step of arithmetic on two values."""

    step: Step
    left: "Expression"
    right: "Expression"


class Count(Struct, frozen=True, tag=True):
    """How many entities of a list satisfy a condition."""

    list: str
    where: "Condition"


class Sum(Struct, frozen=True, tag=True):
    """The sum of a field over the entities of a list that satisfy a condition."""

    list: str
    field: str
    where: "Condition"


class Distinct(Struct, frozen=True, tag=True):
    """How many different values a field has over the entities of a list that satisfy a condition."""

    list: str
    field: str
    where: "Condition"


Expression = Const | Number | FactRef | ContextRef | DerivedRef | Arithmetic | Count | Sum | Distinct


class All(Struct, frozen=True, tag=True):
    """True where all are true."""

    items: "tuple[Condition, ...]"


class AnyOf(Struct, frozen=True, tag=True):
    """True where at least one is true."""

    items: "tuple[Condition, ...]"


class Not(Struct, frozen=True, tag=True):
    """True where the condition is false."""

    item: "Condition"


class Compare(Struct, frozen=True, tag=True):
    """A comparison of two values."""

    left: Expression
    op: Op
    right: Expression


class Given(Struct, frozen=True, tag=True):
    """A fact has a value: false where it is stated as none, unknown where it is not stated."""

    fact: FactRef


class Stated(Struct, frozen=True, tag=True):
    """A fact or a list is stated at all. For consistency criteria only."""

    fact: FactRef
    is_list: bool


class Holds(Struct, frozen=True, tag=True):
    """A derived condition holds."""

    id: str
    entity: bool


class Some(Struct, frozen=True, tag=True):
    """At least one entity of a list satisfies a condition."""

    list: str
    where: "Condition"


class Every(Struct, frozen=True, tag=True):
    """Every entity of a list satisfies a condition."""

    list: str
    where: "Condition"


Condition = All | AnyOf | Not | Compare | Given | Stated | Holds | Some | Every

ALWAYS = All(())
"""The condition that is always true."""


def children(node: Condition | Expression) -> tuple[Condition | Expression, ...]:
    """Return the nodes directly below a node."""
    match node:
        case All(items) | AnyOf(items):
            return items
        case Not(item):
            return (item,)
        case Compare(left, _, right) | Arithmetic(_, left, right):
            return (left, right)
        case Given(fact):
            return (fact,)
        case Stated(fact, is_list):
            return () if is_list else (fact,)
        case Some(_, where) | Every(_, where) | Count(_, where) | Sum(_, _, where) | Distinct(_, _, where):
            return (where,)
        case Const() | Number() | FactRef() | ContextRef() | DerivedRef() | Holds():
            return ()


def walk(node: Condition | Expression) -> "list[Condition | Expression]":
    """Return a node and all nodes below it."""
    found = [node]
    for child in children(node):
        found += walk(child)
    return found
