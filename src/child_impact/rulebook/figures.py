"""The check that figures of clauses stand among the norms, and nowhere else."""

from collections.abc import Iterable

from ..conditions.syntax import Compare, Condition, DerivedRef, Expression, FactRef, Number, Sum, children
from ..reading.nodes import Node
from ..reading.problems import Problem
from ..reading.text import Text
from ..vocabulary.model import Vocabulary
from .model import Basis
from .quantities import Quantity

_NO_FIGURE = (0, 1)
"""What asks for something or nothing of a thing, and not for so much of it."""


def check_figures(
    id_: str, node: Node, require: Condition, basis: Iterable[Basis], met: Iterable[Quantity], vocabulary: Vocabulary
) -> list[Problem]:
    """Return the problems of a criterion that holds figures itself, or is judged by norms whose clauses it does not cite."""
    problems = []
    met = list(met)
    norms = {norm.holds for quantity in met for norm in quantity.norms}
    own = [one for one in _compared(require) if one not in norms and _is_figure(one, vocabulary)]
    for one in own:
        assert isinstance(one.right, Number)
        what = Text(f"“{id_}”自带数值 {one.right.value}", f"“{id_}” holds the figure {one.right.value} itself")
        todo = Text("请移入 norms/ 并写 {meets: …}", "move it to norms/ and write {meets: …}")
        problems.append(Problem(node.place, what, todo))
    cited = {one.clause for one in basis}
    for norm in (norm for quantity in met for norm in quantity.norms if norm.judges and norm.clause not in cited):
        what = Text(f"“{id_}”据“{norm.id}”判断，却没有引 {norm.clause}", f"“{id_}” judges by “{norm.id}” and does not cite {norm.clause}")
        problems.append(Problem(node.place, what, Text("请把该条款写入 basis", "add the clause to its basis")))
    return problems


def _compared(node: Condition | Expression) -> list[Compare]:
    found = [node] if isinstance(node, Compare) else []
    return found + [one for child in children(node) for one in _compared(child)]


def _is_figure(one: Compare, vocabulary: Vocabulary) -> bool:
    """Return whether a comparison holds something measured, with a unit, against a figure."""
    if not isinstance(one.right, Number) or one.right.value in _NO_FIGURE:
        return False
    match one.left:
        case FactRef(name, False):
            field = vocabulary.fact(name)
            return field is not None and field.unit is not None
        case FactRef(name, True):
            return any(name in listed.fields and listed.fields[name].unit is not None for listed in vocabulary.lists.values())
        case DerivedRef() | Sum():
            return True
        case _:
            return False
