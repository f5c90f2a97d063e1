"""Parsing `{each: SET, as: NAME, holds: …}`: something holds for each member of a set, or for each value of a written list.

It is written out. For every value that the set can have: either the set does not have it, or what must hold does with that value put in for
the name. For every value of a list: what must hold does. So nothing that evaluates conditions needs to know of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..reading.nodes import Mapping, Node, Scalar, Sequence
from ..reading.text import Text
from .syntax import ALWAYS, All, AnyOf, Compare, Const, Op, Type

if TYPE_CHECKING:
    from ..reading.problems import Problem
    from ..vocabulary.model import Vocabulary
    from .names import Meaning
    from .syntax import Condition


class Parser(Protocol):
    """What this module needs of the parser of conditions."""

    problems: list[Problem]

    def name(self, node: Scalar) -> Meaning | None:
        """Return what a name stands for; report it if it stands for nothing."""

    def condition(self, node: Node) -> Condition:
        """Parse a condition."""

    def refuse(self, node: Node, what: Text, todo: Text | None = None) -> None:
        """Report what is wrong with a node."""


def each(parser: Parser, node: Mapping, vocabulary: Vocabulary) -> Condition:
    """Parse the node; report and return the condition that always holds where it is not of the form."""
    over, name, holds = node.get("each"), node.get("as"), node.get("holds")
    if over is None or not isinstance(name, Scalar) or holds is None:
        todo = Text("如 {each: children.groups, as: g, holds: …}", "such as {each: children.groups, as: g, holds: …}")
        parser.refuse(node, Text("each 要写集合、as 和 holds", "each needs a set, as and holds"), todo)
        return ALWAYS
    if any(name.text in enumeration.values for enumeration in vocabulary.enumerations.values()):
        parser.refuse(name, Text(f"“{name.text}”是一个取值，不能再作名字", f"“{name.text}” is a value already and cannot be a name too"))
        return ALWAYS
    if not _uses(holds, name.text):
        parser.refuse(holds, Text(f"holds 里没有用到“{name.text}”", f"“{name.text}” is not used in holds"))
        return ALWAYS
    parts: list[Condition] = []
    for value, lacking in _members(parser, over):
        before = len(parser.problems)
        held = parser.condition(_filled(holds, name.text, value))
        parts.append(held if lacking is None else AnyOf((lacking, held)))
        if len(parser.problems) > before:  # the same is wrong with every value
            break
    return All(tuple(parts))


def _members(parser: Parser, over: Node) -> list[tuple[str, Condition | None]]:
    """Return the values to go through, each with the condition that excuses it: that the set does not have it. Report what is no set."""
    if isinstance(over, Sequence) and over.items and all(isinstance(item, Scalar) for item in over.items):
        return [(item.text, None) for item in over.items if isinstance(item, Scalar)]
    meaning = parser.name(over) if isinstance(over, Scalar) else None
    if isinstance(over, Scalar) and meaning is None:
        return []
    if meaning is None or meaning.type is not Type.CHOICES or meaning.field is None or meaning.field.enumeration is None:
        parser.refuse(over, Text("each 后应是多选事实或取值列表", "each takes a set of choices, or a list of values"))
        return []
    return [(value, Compare(meaning.ref, Op.HAS_NONE, Const(frozenset((value,))))) for value in meaning.field.enumeration.values]


def _uses(node: Node, name: str) -> bool:
    if isinstance(node, Mapping):
        return any(_uses(value, name) for _, value in node)
    return any(_uses(item, name) for item in node.items) if isinstance(node, Sequence) else node.text == name


def _filled(node: Node, name: str, value: str) -> Node:
    """Return a node with a value for the name, wherever it stands as a value or in a list."""
    if isinstance(node, Mapping):
        return Mapping(node.place, tuple((key, _filled(below, name, value)) for key, below in node))
    if isinstance(node, Sequence):
        return Sequence(node.place, tuple(_filled(item, name, value) for item in node.items))
    return Scalar(node.place, value, plain=node.plain) if node.text == name else node
