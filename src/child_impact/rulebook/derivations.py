"""The derived facts of a rulebook, read from its files and put in the order in which they are computed."""

from ..conditions.names import DerivedName, Names
from ..conditions.parse import parse_condition, parse_number
from ..conditions.syntax import Condition, DerivedRef, Expression, Holds, Type, walk
from ..reading.nodes import Node
from ..reading.text import Text
from ..vocabulary.model import Vocabulary
from . import shapes
from .model import Derived
from .rule_files import RuleFiles, items


class Derivations:
    """Reads the derived facts. `names`: those that conditions may use, once they are read."""

    def __init__(self, files: RuleFiles, vocabulary: Vocabulary) -> None:
        self.files = files
        self.vocabulary = vocabulary
        self.names = Names(vocabulary, {})

    def load(self) -> dict[str, Derived]:
        """Return the derived facts, each after those that it uses."""
        found: list[tuple[Node, shapes.DerivedShape]] = []
        for node, shape in self.files.shaped("derived", shapes.DerivedFileShape):
            found += zip(items(node, "derived"), shape.derived, strict=True)
        known: dict[str, DerivedName] = {}
        for node, one in found:
            if one.id in known or self.vocabulary.fact(one.id) is not None:
                self.files.refuse(node.place, Text(f"“{one.id}”已有定义", f"“{one.id}” is defined already"))
            if (one.condition is None) == (one.value is None):
                what = Text(f"“{one.id}”应有 condition 或 value 之一", f"“{one.id}” needs either a condition or a value")
                self.files.refuse(node.place, what)
            if one.over is not None and (one.over not in self.vocabulary.lists or not one.id.startswith(f"{one.over}.")):
                what = Text(
                    f"“{one.id}”按 {one.over} 逐项推导，编号应以“{one.over}.”开头",
                    f"“{one.id}” is about entities of {one.over}: its id must begin with “{one.over}.”",
                )
                self.files.refuse(node.place, what)
            known[one.id] = DerivedName(one.id, Type.BOOLEAN if one.condition is not None else Type.NUMBER, one.over)
        self.files.stop_if_wrong()
        names = Names(self.vocabulary, known)
        parsed = {one.id: self._one_derived(node, one, names) for node, one in found}
        self.names = names
        self.files.stop_if_wrong()
        return self._in_order(parsed)

    def _one_derived(self, node: Node, one: shapes.DerivedShape, names: Names) -> Derived:
        condition: Condition | None = None
        value: Expression | None = None
        if one.condition is not None:
            condition, problems = parse_condition(one.condition, names, one.over)
        else:
            value, problems = parse_number(one.value, names, one.over)
        self.files.problems += problems
        printed: Condition | None = None
        if one.print is not None:
            printed, more = parse_condition(one.print, names)
            self.files.problems += more
        if one.unit is not None:
            self.files.refuse_unknown(node, one.unit, self.vocabulary.units)
        if value is None and (one.unit is not None or printed is not None):
            self.files.refuse(node.place, Text(f"“{one.id}”不是数字，不写 unit 和 print", f"“{one.id}” is no number: no unit, no print"))
        if printed is not None and one.over is not None:
            self.files.refuse(node.place, Text(f"“{one.id}”按项推导，不写 print", f"“{one.id}” is about entities and has no print"))
        return Derived(one.id, one.label, one.over, condition, value, node.place, one.unit, printed)

    def _in_order(self, derived: dict[str, Derived]) -> dict[str, Derived]:
        ordered: dict[str, Derived] = {}
        open_: set[str] = set()

        def visit(one: Derived) -> None:
            if one.id in ordered:
                return
            if one.id in open_:
                self.files.refuse(one.place, Text(f"“{one.id}”的推导成环", f"“{one.id}” is derived from itself"))
                return
            open_.add(one.id)
            body = one.condition if one.condition is not None else one.value
            assert body is not None
            for node in (*walk(body), *(walk(one.printed) if one.printed is not None else ())):
                if isinstance(node, Holds | DerivedRef):
                    visit(derived[node.id])
            ordered[one.id] = one

        for one in derived.values():
            visit(one)
        return ordered
