"""Compiling conditions to a program: gates in strata, each a pair of rules, over atoms that Python evaluates.

A gate is a condition whose truth the rules infer: the `when` and `require` of a criterion, a derived condition, the `where` of a
quantifier, or a part of one that would be too large for one rule. A gate uses only gates of earlier strata.
"""

from collections.abc import Iterable

from msgspec import Struct, field

from ..conditions.syntax import (
    All,
    AnyOf,
    Compare,
    Condition,
    Const,
    Count,
    Distinct,
    Every,
    Expression,
    FactRef,
    Holds,
    Not,
    Op,
    Some,
    Sum,
    walk,
)
from ..rulebook.model import Criterion, Derived
from .formulas import MAX_WIDTH, Formula, formula, is_small

GateKey = tuple[Condition, str | None]
"""A condition and the list whose entities it is about (None: the dossier)."""


class Gate(Struct, frozen=True):
    """A condition that rules decide, with the formulas of its being true and being false."""

    number: int
    key: GateKey
    stratum: int
    true: Formula
    false: Formula


class Program(Struct):
    """What the rules infer. `atoms` gives each atom's condition by its name; `gates` are in the order of their strata."""

    gates: dict[GateKey, Gate] = field(default_factory=dict)
    atoms: dict[str, GateKey] = field(default_factory=dict)
    derived: dict[str, GateKey] = field(default_factory=dict)
    values: dict[str, Expression] = field(default_factory=dict)

    def strata(self) -> list[list[Gate]]:
        """Return the gates by stratum, lowest first."""
        count = max((gate.stratum for gate in self.gates.values()), default=-1) + 1
        return [[gate for gate in self.gates.values() if gate.stratum == stratum] for stratum in range(count)]


def compile_program(
    derived: Iterable[Derived], criteria: Iterable[Criterion], extra: Iterable[GateKey] = (), kind: str | None = None
) -> Program:
    """Compile derived facts (each after those it uses) and criteria; `extra` are further conditions to infer.

    `kind`: compile for proposals of this kind only. Criteria that can then never apply need no rules: what they require is left out.
    """
    compiler = _Compiler(kind)
    for one in derived:
        if one.condition is not None:
            compiler.program.derived[one.id] = (one.condition, one.over)
            compiler.gate(one.condition, one.over)
        elif one.value is not None:
            compiler.program.values[one.id] = one.value
            compiler.below(one.value, one.over)
    for criterion in criteria:
        compiler.gate(criterion.when, criterion.over)
        if compiler.program.gates[(criterion.when, criterion.over)].false is not True:
            compiler.gate(criterion.require, criterion.over)
            if criterion.unless is not None:
                compiler.gate(criterion.unless.condition, criterion.over)
    for condition, over in extra:
        compiler.gate(condition, over)
    return compiler.program


class _Compiler:
    def __init__(self, kind: str | None) -> None:
        self.kind = kind
        self.program = Program()
        self.names: dict[GateKey, str] = {}

    def gate(self, condition: Condition, over: str | None) -> int:
        """Make sure that there is a gate for the condition; return the stratum above it."""
        key = (condition, over)
        if key not in self.program.gates:
            stratum = self.below(condition, over)
            body = condition
            true, false = self._formulas(body, over)
            while not (is_small(true) and is_small(false)):
                body = self._hoisted(body, over)
                stratum = max(stratum, self.below(body, over))
                true, false = self._formulas(body, over)
            self.program.gates[key] = Gate(len(self.program.gates), key, stratum, true, false)
        return self.program.gates[key].stratum + 1

    def below(self, node: Condition | Expression, over: str | None) -> int:
        """Make the gates that a condition or a value refers to; return the stratum above them all."""
        stratum = 0
        for one in walk(node):
            if isinstance(one, Some | Every | Count | Sum | Distinct):
                stratum = max(stratum, self.gate(one.where, one.list))
            elif isinstance(one, Holds):
                stratum = max(stratum, self.gate(*self.program.derived[one.id]))
            elif hasattr(one, "id") and one.id in self.program.values:
                stratum = max(stratum, self.below(self.program.values[one.id], over))
        return stratum

    def _formulas(self, condition: Condition, over: str | None) -> tuple[Formula, Formula]:
        def atom(one: Condition) -> str | bool:
            known = self._known(one)
            return self._atom(one, over) if known is None else known

        return formula(condition, atom), formula(condition, atom, positive=False)

    def _known(self, condition: Condition) -> bool | None:
        """Return the truth of an atom that the kind of the proposal settles, or None."""
        match condition:
            case Compare(FactRef("kind", False), Op.EQ, Const(wanted)) if self.kind is not None:
                return self.kind == wanted
            case Compare(FactRef("kind", False), Op.IN, Const(frozenset() as wanted)) if self.kind is not None:
                return self.kind in wanted
            case Holds(id_):
                gate = self.program.gates[self.program.derived[id_]]
                return True if gate.true is True else False if gate.false is True else None
            case _:
                return None

    def _atom(self, condition: Condition, over: str | None) -> str:
        key = (condition, over)
        if key not in self.names:
            self.names[key] = f"a{len(self.names)}"
            self.program.atoms[self.names[key]] = key
        return self.names[key]

    def _hoisted(self, condition: Condition, over: str | None) -> Condition:
        """Return an equivalent condition whose compound parts are gates of their own, many parts in groups."""
        if isinstance(condition, Not):
            return Not(self._hoisted(condition.item, over))
        assert isinstance(condition, All | AnyOf)
        kind = type(condition)
        items = condition.items
        if len(items) > MAX_WIDTH:
            items = tuple(kind(items[start : start + MAX_WIDTH]) for start in range(0, len(items), MAX_WIDTH))
        return kind(tuple(self._part(item, over) if isinstance(item, All | AnyOf | Not) else item for item in items))

    def _part(self, condition: Condition, over: str | None) -> Condition:
        id_ = f"#{len(self.program.derived)}"
        self.program.derived[id_] = (condition, over)
        return Holds(id_, entity=over is not None)
