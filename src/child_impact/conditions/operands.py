"""Parsing the values that conditions compare: literals, names, arithmetic, counts, sums and numbers of different values."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from ..reading.nodes import Mapping, Node, Scalar, Sequence
from ..reading.shape import did_you_mean
from ..reading.text import Text
from ..vocabulary.values import read_date
from .syntax import ALWAYS, Arithmetic, Const, Count, Distinct, Expression, FactRef, Number, Step, Sum, Type

if TYPE_CHECKING:
    from ..vocabulary.model import Enumeration
    from .names import Meaning
    from .syntax import Condition

AGGREGATES = ("count", "sum", "distinct")
_OPERANDS = 2
_CODE = re.compile(r"\d{6}\Z", re.ASCII)


class Parser(Protocol):
    """What this module needs of the parser of conditions."""

    over: str | None

    def name(self, node: Scalar) -> Meaning | None:
        """Return what a name stands for; report it if it stands for nothing."""

    def list_name(self, node: Node) -> str | None:
        """Return the name of a list; report it if there is none."""

    def within(self, list_: str, node: Node) -> Condition:
        """Parse a condition about the entities of a list."""

    def refuse(self, node: Node, what: Text, todo: Text | None = None) -> None:
        """Report what is wrong with a node."""


def number(parser: Parser, node: Node) -> Expression | None:
    """Parse a value that is a number; report and return None if it is not."""
    typed = _expression(parser, node)
    if typed is not None and typed[1] is not Type.NUMBER:
        parser.refuse(node, Text(f"这里要数字，却是 {typed[1]}", f"a number is needed here, this is a {typed[1]}"))
        return None
    return typed[0] if typed else None


def date(parser: Parser, node: Node) -> Expression | None:
    """Parse a value that is a date; report and return None if it is not."""
    if isinstance(node, Scalar):
        literal = read_date(node.text)
        if literal is not None:
            return Const(literal)
    typed = _expression(parser, node)
    if typed is not None and typed[1] is not Type.DATE:
        parser.refuse(node, Text(f"这里要日期，却是 {typed[1]}", f"a date is needed here, this is a {typed[1]}"))
        return None
    return typed[0] if typed else None


def codes(parser: Parser, node: Node, enumeration: Enumeration) -> Const | None:
    """Parse a list of codes of an enumeration."""
    if not isinstance(node, Sequence) or not node.items:
        parser.refuse(node, Text("这里要一个非空的取值列表", "a list of values is needed here, with at least one"))
        return None
    found = [code(parser, item, enumeration) for item in node.items]
    return Const(frozenset(str(one.value) for one in found if one is not None)) if all(found) else None


def code(parser: Parser, node: Node, enumeration: Enumeration) -> Const | None:
    """Parse one code of an enumeration. Rules use codes, never names."""
    if isinstance(node, Scalar) and node.text in enumeration.values:
        return Const(node.text)
    written = node.text if isinstance(node, Scalar) else "…"
    what = Text(f"“{enumeration.id}”没有取值“{written}”", f"“{written}” is no value of {enumeration.id}")
    parser.refuse(node, what, did_you_mean(written, enumeration.values))
    return None


def places(parser: Parser, node: Node, known: dict[str, str]) -> Const | None:
    """Parse a list of administrative divisions by their GB/T 2260 codes, written as text."""
    if not isinstance(node, Sequence) or not node.items:
        parser.refuse(node, Text("这里要一个非空的取值列表", "a list of values is needed here, with at least one"))
        return None
    provinces = {code[:2] for code in known.values()}
    wrong = [item for item in node.items if not isinstance(item, Scalar) or not _CODE.match(item.text) or item.text[:2] not in provinces]
    for item in wrong:
        written = item.text if isinstance(item, Scalar) else "…"
        what = Text(f"没有行政区划代码“{written}”", f"there is no administrative division “{written}”")
        parser.refuse(item, what, Text("请写六位行政区划代码", "write a six-digit code of GB/T 2260"))
    return None if wrong else Const(frozenset(item.text for item in node.items if isinstance(item, Scalar)))


def aggregate(parser: Parser, node: Mapping) -> Count | Sum | Distinct | None:
    """Parse `{count: LIST, where: …}`, `{sum: LIST, of: FIELD, where: …}` or `{distinct: LIST, field: FIELD, where: …}`.

    Other keys are the caller's.
    """
    which = next(key for key in AGGREGATES if node.get(key) is not None)
    over = node.get(which)
    list_ = parser.list_name(over) if over is not None else None
    if list_ is None:
        return None
    where_node = node.get("where")
    where = parser.within(list_, where_node) if where_node is not None else ALWAYS
    if which == "count":
        return Count(list_, where)
    key, types = (node.get("of"), (Type.NUMBER,)) if which == "sum" else (node.get("field"), (Type.NUMBER, Type.CHOICE))
    if isinstance(key, Scalar) and _is_field(parser, list_, key, types):
        return Sum(list_, key.text, where) if which == "sum" else Distinct(list_, key.text, where)
    if which == "sum":
        what = Text(f"sum 要写 of，且须是“{list_}”的数字字段", f"sum needs `of`, a number field of {list_}")
    else:
        what = Text(f"distinct 要写 field，且须是“{list_}”的数字或单选字段", f"distinct needs `field`, a number or choice field of {list_}")
    parser.refuse(node, what)
    return None


def _is_field(parser: Parser, list_: str, field: Scalar, types: tuple[Type, ...]) -> bool:
    outer, parser.over = parser.over, list_
    meaning = parser.name(field)
    parser.over = outer
    return meaning is not None and meaning.type in types and isinstance(meaning.ref, FactRef) and meaning.ref.entity


def _expression(parser: Parser, node: Node) -> tuple[Expression, Type] | None:
    if isinstance(node, Scalar):
        literal = node.number()
        if literal is not None:
            return Number(Decimal(literal)), Type.NUMBER
        meaning = parser.name(node)
        return (meaning.ref, meaning.type) if meaning else None
    if isinstance(node, Mapping) and any(node.get(key) is not None for key in AGGREGATES):
        found = aggregate(parser, node)
        return (found, Type.NUMBER) if found else None
    if isinstance(node, Mapping) and len(node.entries) == 1:
        return _arithmetic(parser, node)
    parser.refuse(
        node,
        Text("看不懂这个值", "this value is not understood"),
        Text("写数字、事实路径、{divide: [a, b]} 等", "write a number, a path, {divide: [a, b]} …"),
    )
    return None


def _arithmetic(parser: Parser, node: Mapping) -> tuple[Expression, Type] | None:
    key, operands = node.entries[0]
    steps = {step.value: step for step in Step}
    if key.text not in steps or not isinstance(operands, Sequence) or len(operands.items) != _OPERANDS:
        todo = Text(
            "写 add、subtract、multiply、divide 或 days，后跟两个值", "write add, subtract, multiply, divide or days, with two values"
        )
        parser.refuse(key, Text(f"看不懂运算“{key.text}”", f"the arithmetic “{key.text}” is not understood"), todo)
        return None
    step = steps[key.text]
    read = date if step is Step.DAYS else number
    left, right = (read(parser, item) for item in operands.items)
    return (Arithmetic(step, left, right), Type.NUMBER) if left is not None and right is not None else None
