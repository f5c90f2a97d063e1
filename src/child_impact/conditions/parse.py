"""Parsing a condition from its YAML, with every type checked: what parses cannot fail when it is evaluated."""

from ..reading.nodes import Mapping, Node, Scalar, Sequence
from ..reading.problems import Problem, Problems
from ..reading.shape import did_you_mean
from ..reading.text import Text
from ..vocabulary.paths import parts
from . import operands
from .each import each
from .keywords import BESIDE, DATE_OPS, KEYWORDS, NUMBER_OPS, ops_of
from .names import CLAIMS, DOSSIER_PREFIX, Meaning, Names
from .syntax import (
    ALWAYS,
    All,
    AnyOf,
    Compare,
    Condition,
    Const,
    DerivedRef,
    Every,
    Expression,
    FactRef,
    Given,
    Holds,
    Not,
    Op,
    Some,
    Stated,
    Type,
)

_CORRECT = Text("请改正", "correct it")


def parse_condition(node: Node, names: Names, over: str | None = None) -> tuple[Condition, list[Problem]]:
    """Parse a condition about the dossier, or about the entities of the list `over`.

    Returns the condition and the problems found; the condition is only meaningful if there are none.
    """
    parser = _Parser(names, over)
    return parser.condition(node), parser.problems


def parse_number(node: Node, names: Names, over: str | None = None) -> tuple[Expression | None, list[Problem]]:
    """Parse a numeric value, as a derived number is defined by one."""
    parser = _Parser(names, over)
    return operands.number(parser, node), parser.problems


class _Parser:
    def __init__(self, names: Names, over: str | None) -> None:
        self.names = names
        self.over = over
        self.problems: list[Problem] = Problems()

    def condition(self, node: Node) -> Condition:
        if not isinstance(node, Mapping) or not node.entries:
            self.refuse(
                node,
                Text("条件应是一组“键: 值”", "a condition is a mapping"),
                Text("如 {all: […]} 或 {路径: 值}", "such as {all: […]} or {path: value}"),
            )
            return ALWAYS
        keyword = next((key for key, _ in node if key.text in KEYWORDS), None)
        if keyword is not None:
            return self._keyword(keyword, node)
        items = tuple(part for key, value in node for part in self._comparisons(key, value))
        return items[0] if len(items) == 1 else All(items)

    def _keyword(self, keyword: Scalar, node: Mapping) -> Condition:
        for key, _ in node:
            if key.text != keyword.text and key.text not in BESIDE[keyword.text]:
                self.refuse(key, Text(f"“{key.text}”不能与“{keyword.text}”并列", f"“{key.text}” cannot stand beside “{keyword.text}”"))
        value = node.get(keyword.text)
        assert value is not None
        match keyword.text:
            case "all" | "any":
                return self._several(keyword.text, value)
            case "not":
                return Not(self.condition(value))
            case "some" | "every":
                return self._quantified(keyword.text, node, value)
            case "each":
                return each(self, node, self.names.vocabulary)
            case "meets":
                return self._meets(value)
            case "given" | "stated":
                return self._given(keyword, value)
            case _:
                return self._computed(keyword, node)

    def _several(self, keyword: str, value: Node) -> Condition:
        if not isinstance(value, Sequence) or not value.items:
            self.refuse(value, Text(f"“{keyword}”后应是非空列表", f"“{keyword}” takes a list with at least one condition"))
            return ALWAYS
        items = tuple(self.condition(item) for item in value.items)
        return All(items) if keyword == "all" else AnyOf(items)

    def _quantified(self, keyword: str, node: Mapping, value: Node) -> Condition:
        list_ = self.list_name(value)
        if list_ is None:
            return ALWAYS
        where_node = node.get("where")
        where = self.within(list_, where_node) if where_node is not None else ALWAYS
        if keyword == "every" and where_node is None:
            self.refuse(node, Text("every 要写 where", "every needs a where"))
        return Some(list_, where) if keyword == "some" else Every(list_, where)

    def _meets(self, value: Node) -> Condition:
        """Return what the norms on a quantity demand."""
        written = value.text if isinstance(value, Scalar) else "…"
        known = {id_: one for id_, one in self.names.quantities.items() if one.over in (None, self.over)}
        if written in known:
            return known[written].condition
        where = Text(f"“{self.over}”的条件里" if self.over else "", f" in a condition about {self.over}" if self.over else "")
        what = Text(f"{where.zh}没有“{written}”这个指标", f"there is no quantity “{written}” with norms{where.en}")
        self.refuse(value, what, did_you_mean(written, known))
        return ALWAYS

    def _given(self, keyword: Scalar, value: Node) -> Condition:
        written = value.text if isinstance(value, Scalar) else ""
        is_list = self.over is None and written in self.names.vocabulary.lists
        if keyword.text == "stated" and not self.names.consistency:
            self.refuse(keyword, Text("stated 只能用于一致性准则", "stated is for consistency criteria only"))
        if keyword.text == "stated" and is_list:
            return Stated(FactRef(written, entity=False), is_list=True)
        meaning = self.name(value) if isinstance(value, Scalar) else None
        if meaning is None or not isinstance(meaning.ref, FactRef):
            self.refuse(value, Text(f"“{keyword.text}”后应是一项事实", f"“{keyword.text}” takes a fact"))
            return ALWAYS
        if meaning.type is Type.NOTE:
            what = Text(f"“{written}”是供阅读的文字，任何写法都会满足，不能作条件", f"“{written}” is words for reading: any words would do")
            todo = Text("请改用选项、单位、引用、日期或数字", "read a choice, a body, a reference, a date or a figure instead")
            self.refuse(value, what, todo)
        if keyword.text == "stated":
            return Stated(meaning.ref, is_list=False)
        if meaning.type in (Type.BOOLEAN, Type.NUMBER, Type.CHOICES):
            what = Text("given 用于单位、引用、日期和单选", "given is for bodies, references, dates and choices")
            self.refuse(value, what, Text("请直接比较", "compare it"))
        return Given(meaning.ref)

    def _computed(self, keyword: Scalar, node: Mapping) -> Condition:
        left = operands.number(self, node.get("value") or node) if keyword.text == "value" else operands.aggregate(self, node)
        return self._bounded(keyword, node, left)

    def _bounded(self, keyword: Scalar, node: Mapping, left: Expression | None) -> Condition:
        ops = [(key, value) for key, value in node if key.text in [op.value for op in NUMBER_OPS]]
        if not ops:
            self.refuse(
                keyword, Text(f"“{keyword.text}”缺少比较", f"“{keyword.text}” lacks a comparison"), Text("如 ge: 1", "such as ge: 1")
            )
        items = []
        for key, value in ops:
            right = operands.number(self, value)
            if left is not None and right is not None:
                items.append(Compare(left, Op(key.text), right))
        return items[0] if len(items) == 1 else All(tuple(items))

    def _comparisons(self, key: Scalar, value: Node) -> list[Condition]:
        meaning = self.name(key)
        if meaning is None:
            return []
        if not isinstance(value, Mapping):
            return [one for one in [self._equal(meaning, value)] if one is not None]
        found = [self._operator(meaning, op, operand) for op, operand in value]
        return [one for one in found if one is not None]

    def _equal(self, meaning: Meaning, value: Node) -> Condition | None:
        if meaning.type is Type.BOOLEAN:
            return self._boolean(meaning, value)
        if meaning.type is Type.NUMBER:
            right = operands.number(self, value)
            return Compare(meaning.ref, Op.EQ, right) if right is not None else None
        if meaning.type is Type.CHOICE and meaning.field and meaning.field.enumeration:
            other = self.names.meaning(value.text, self.over) if isinstance(value, Scalar) else None
            if other is not None and other.field is not None and other.field.enumeration == meaning.field.enumeration:
                return Compare(meaning.ref, Op.EQ, other.ref)
            const = operands.code(self, value, meaning.field.enumeration)
            return Compare(meaning.ref, Op.EQ, const) if const is not None else None
        self.refuse(
            value, Text(f"{meaning.type} 不能这样比较", f"a {meaning.type} cannot be compared like this"), self._ops_of(meaning.type)
        )
        return None

    def _boolean(self, meaning: Meaning, value: Node) -> Condition | None:
        wanted = value.boolean() if isinstance(value, Scalar) else None
        if wanted is None:
            self.refuse(value, Text("这里要 true 或 false", "true or false is needed here"))
            return None
        if isinstance(meaning.ref, DerivedRef):
            holds = Holds(meaning.ref.id, meaning.ref.entity)
            return holds if wanted else Not(holds)
        return Compare(meaning.ref, Op.EQ, Const(wanted))

    def _operator(self, meaning: Meaning, key: Scalar, operand: Node) -> Condition | None:
        ops = {op.value: op for op in Op}
        op = ops.get(key.text)
        allowed = ops_of(meaning.type)
        if op is None or op not in allowed:
            self.refuse(
                key,
                Text(f"{meaning.type} 不能用“{key.text}”", f"“{key.text}” does not apply to a {meaning.type}"),
                self._ops_of(meaning.type),
            )
            return None
        if op is Op.EQ:
            return self._equal(meaning, operand)
        right: Expression | None
        if op in NUMBER_OPS:
            right = operands.number(self, operand)
        elif op in DATE_OPS:
            right = operands.date(self, operand)
        elif op is Op.WITHIN:
            right = operands.places(self, operand, self.names.vocabulary.places)
        else:
            assert meaning.field is not None
            assert meaning.field.enumeration is not None
            right = operands.codes(self, operand, meaning.field.enumeration)
        return Compare(meaning.ref, op, right) if right is not None else None

    def name(self, node: Scalar) -> Meaning | None:
        meaning = self.names.meaning(node.text, self.over)
        if meaning is None and parts(node.text.removeprefix(DOSSIER_PREFIX)).owner == CLAIMS and not self.names.consistency:
            self.refuse(node, Text("申报意见（claims）只能用于一致性准则", "claims are for consistency criteria only"))
        elif meaning is None:
            where = Text(f"“{self.over}”的条件里" if self.over else "", f" in a condition about {self.over}" if self.over else "")
            what = Text(f"{where.zh}没有“{node.text}”这项事实", f"there is no fact “{node.text}”{where.en}")
            self.refuse(node, what, did_you_mean(node.text, self.names.known(self.over)))
        return meaning

    def list_name(self, node: Node) -> str | None:
        lists = self.names.vocabulary.lists
        if isinstance(node, Scalar) and node.text in lists:
            return node.text
        written = node.text if isinstance(node, Scalar) else "…"
        self.refuse(node, Text(f"没有“{written}”这个列表", f"there is no list “{written}”"), did_you_mean(written, lists))
        return None

    def within(self, list_: str, node: Node) -> Condition:
        outer, self.over = self.over, list_
        condition = self.condition(node)
        self.over = outer
        return condition

    def refuse(self, node: Node, what: Text, todo: Text | None = None) -> None:
        self.problems.append(Problem(node.place, what, todo or _CORRECT))

    def _ops_of(self, type_: Type) -> Text:
        shown = ", ".join(ops_of(type_))
        return Text(f"可用：{shown}", f"use: {shown}") if shown else Text("用 {given: 路径}", "use {given: path}")
