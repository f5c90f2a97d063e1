"""The norms of a rulebook, read from `norms/*.yaml` and checked: clause, wording, unit, number, stage."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from ..conditions.names import Meaning, Names
from ..conditions.parse import parse_condition
from ..conditions.syntax import ALWAYS, All, Compare, Condition, Const, DerivedRef, FactRef, Number, Op, Type
from ..reading.nodes import Mapping as MappingNode
from ..reading.nodes import Node, Scalar
from ..reading.shape import did_you_mean
from ..reading.text import Text
from ..vocabulary.model import Vocabulary
from . import norm_shapes as shapes
from .model import Clause, Derived, Wording
from .quantities import REFERENCE, Norm, Quantity
from .rule_files import RuleFiles, items

_STRENGTH = (*(wording.value for wording in Wording), REFERENCE)
"""Wordings, the strongest first."""


class Norms:
    """Reads the quantities and their norms. `names`: what their conditions may use; `derived`: derived facts by id, for their units."""

    def __init__(self, files: RuleFiles, names: Names, derived: Mapping[str, Derived], clauses: Mapping[str, Clause]) -> None:
        self.files = files
        self.names = names
        self.vocabulary: Vocabulary = names.vocabulary
        self.derived = derived
        self.clauses = clauses
        self.seen: set[str] = set()

    def load(self) -> dict[str, Quantity]:
        """Return the quantities by their ids. Problems are added to those of the files."""
        found: dict[str, Quantity] = {}
        for node, file in self.files.shaped("norms", shapes.NormsFileShape):
            for one_node, one in zip(items(node, "quantities"), file.quantities, strict=True):
                quantity = self._quantity(one_node, one)
                if one.id in found:
                    self.files.refuse(one_node.place, Text(f"指标“{one.id}”重复", f"the quantity “{one.id}” is given twice"))
                if quantity is not None:
                    found[one.id] = quantity
        return found

    def _quantity(self, node: Node, one: shapes.QuantityShape) -> Quantity | None:
        if one.over is not None and one.over not in self.vocabulary.lists:
            self.files.refuse_unknown(node, one.over, self.vocabulary.lists)
            return None
        meaning = self.names.meaning(one.of, one.over)
        if meaning is None or meaning.type is not Type.NUMBER:
            what = Text(f"“{one.of}”不是数字事实", f"“{one.of}” is no number that a dossier states or that follows from it")
            name_one = Text("请写数字事实或推导的数字", "name a number that is stated or derived")
            todo = did_you_mean(one.of, self.names.known(one.over)) if meaning is None else name_one
            self.files.add(_below(node, "of"), what, todo)
            return None
        unit = self._unit(meaning)
        norms = tuple(
            norm
            for below, shape in zip(items(node, "norms"), one.norms, strict=True)
            if (norm := self._norm(below, shape, one, meaning, unit)) is not None
        )
        if not any(norm.judges for norm in norms):
            self.files.refuse(node.place, Text(f"指标“{one.id}”没有可据以判断的标准", f"no norm on “{one.id}” can be judged by"))
        return Quantity(one.id, one.label, one.over, unit, meaning.ref, norms, node.place)

    def _unit(self, meaning: Meaning) -> str | None:
        if meaning.field is not None:
            return meaning.field.unit
        return self.derived[meaning.ref.id].unit if isinstance(meaning.ref, DerivedRef) else None

    def _norm(self, node: Node, one: shapes.NormShape, of: shapes.QuantityShape, meaning: Meaning, unit: str | None) -> Norm | None:
        if one.id in self.seen:
            self.files.refuse(node.place, Text(f"标准“{one.id}”重复", f"the norm “{one.id}” is given twice"))
        self.seen.add(one.id)
        self.files.refuse_unknown(node, one.clause, self.clauses)
        clause = self.clauses.get(one.clause)
        if clause is not None and _STRENGTH.index(one.wording) < _STRENGTH.index(clause.wording.value):
            what = Text(f"“{one.id}”的措辞强于条款（{clause.wording}）", f"“{one.id}” is stronger than its clause ({clause.wording})")
            self.files.refuse(_below(node, "wording").place, what)
        if one.unit != unit:
            what = Text(f"“{one.id}”的单位应为 {unit or '（无）'}", f"the unit of “{one.id}” should be {unit or 'left out'}")
            self.files.refuse(_below(node, "unit").place, what)
        number = one.value.number() if isinstance(one.value, Scalar) else None
        if number is None:
            self.files.refuse(_below(node, "value").place, Text(f"“{one.id}”的 value 应为数字", f"the value of “{one.id}” is no number"))
            return None
        op = Op(one.comparison)
        applies = _joined([*self._stages(node, one), *self._when(one, of.over)])
        holds = Compare(meaning.ref, op, Number(Decimal(number)))
        return Norm(one.id, op, number, one.unit, one.subject, one.clause, one.wording, one.read, applies, holds, node.place)

    def _when(self, one: shapes.NormShape, over: str | None) -> list[Condition]:
        if one.when is None:
            return []
        when, problems = parse_condition(one.when, self.names, over)
        self.files.problems += problems
        return [when]

    def _stages(self, node: Node, one: shapes.NormShape) -> list[Condition]:
        """Return the condition that a proposal has come to the stage from which a norm holds."""
        from_stages = (one.from_stage,) if isinstance(one.from_stage, str) else one.from_stage
        for code in from_stages:
            self.files.refuse_unknown(node, code, self.vocabulary.stages)
        starts = [self.vocabulary.stages[code] for code in from_stages if code in self.vocabulary.stages]
        if not starts:
            return []
        early = {
            stage.code for stage in self.vocabulary.stages.values() for start in starts
            if set(stage.kinds) <= set(start.kinds) and stage.rank < start.rank
        }  # fmt: skip
        return [Compare(FactRef("stage", entity=False), Op.IN, Const(frozenset(self.vocabulary.stages.keys() - early)))] if early else []


def met_quantities(node: Node | None) -> tuple[str, ...]:
    """Return the quantities whose norms a condition, as it is written, asks to be met."""
    return tuple(dict.fromkeys(_met(node))) if node is not None else ()


def _met(node: Node) -> Iterable[str]:
    if isinstance(node, Scalar):
        return []
    found = [one for below in (tuple(value for _, value in node) if isinstance(node, MappingNode) else node.items) for one in _met(below)]
    named = node.get("meets") if isinstance(node, MappingNode) else None
    return [named.text, *found] if isinstance(named, Scalar) else found


def always_asked(node: Node) -> tuple[str, ...]:
    """Return those of them that the condition asks in any case, not only as one way among others or of listed things."""
    if not isinstance(node, MappingNode):
        return ()
    every = node.get("all")
    parts = every.items if every is not None and not isinstance(every, Scalar | MappingNode) else ()
    named = node.get("meets")
    return (*((named.text,) if isinstance(named, Scalar) else ()), *(one for part in parts for one in always_asked(part)))


def _joined(conditions: list[Condition]) -> Condition:
    return ALWAYS if not conditions else conditions[0] if len(conditions) == 1 else All(tuple(conditions))


def _below(node: Node, key: str) -> Node:
    below = node.get(key) if isinstance(node, MappingNode) else None
    return below if below is not None else node
