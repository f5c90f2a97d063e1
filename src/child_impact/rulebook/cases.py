"""The criteria's own cases: dossiers as data, each with the verdict that one criterion must give.

They stand beside the criteria, in files that end in `.cases.yaml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from ..reading.nodes import Mapping as MappingNode
from ..reading.nodes import Node, Scalar, Sequence
from ..reading.problems import InputRefused, Place, Problem, RulesRefused
from ..reading.shape import STRICT, shaped
from ..reading.text import Text
from ..reading.yaml12 import read_yaml
from .rule_files import CASES_SUFFIX, MAX_RULE_FILE

DEFAULT_AS_OF = date(2026, 6, 1)


@dataclass(frozen=True, slots=True)
class Case:
    """One case: a dossier as a tree, and the verdict of a criterion, or of each entity by its id."""

    criterion: str
    name: str
    dossier: Node
    expect: str | Mapping[str, str]
    as_of: date
    place: Place


@dataclass(frozen=True, slots=True)
class CaseShape:
    """A case as written in a cases file; `given` is left as a node for the dossier's reader."""

    __pydantic_config__: ClassVar[Any] = STRICT
    name: str
    expect: str | dict[str, str]
    given: Any = None
    as_of: date = DEFAULT_AS_OF


@dataclass(frozen=True, slots=True)
class CasesFileShape:
    """A cases file: cases by criterion, and what all of them assume."""

    __pydantic_config__: ClassVar[Any] = STRICT
    cases: dict[str, tuple[CaseShape, ...]]
    assume: Any = None


def load_cases(files: Mapping[str, bytes]) -> list[Case]:
    """Read the cases among the files of a rules directory. Raises `RulesRefused` where a file is not of the form."""
    cases: list[Case] = []
    problems: list[Problem] = []
    for name in sorted(files):
        if name.endswith(CASES_SUFFIX):
            try:
                cases += _read(read_yaml(files[name], name, MAX_RULE_FILE))
            except InputRefused as refused:
                problems += refused.problems
    if problems:
        raise RulesRefused(problems)
    return cases


def _read(root: Node) -> list[Case]:
    from pydantic import TypeAdapter

    file = shaped(root, TypeAdapter(CasesFileShape), ("given", "assume"))
    listed = root.get("cases") if isinstance(root, MappingNode) else None
    assert isinstance(listed, MappingNode)
    cases = []
    for criterion, shapes in file.cases.items():
        nodes = listed.get(criterion)
        assert isinstance(nodes, Sequence)
        for node, shape in zip(nodes.items, shapes, strict=True):
            cases.append(Case(criterion, shape.name, _dossier(node, file.assume, shape.given), shape.expect, shape.as_of, node.place))
    return cases


def _dossier(node: Node, assume: Node | None, given: Node | None) -> MappingNode:
    entries: dict[str, tuple[Scalar, Node]] = {}
    for key, value in (("id", "case"), ("title", "case")):
        entries[key] = (Scalar(node.place, key, plain=True), Scalar(node.place, value, plain=False))
    for part in (assume, given):
        if part is None:
            continue
        if not isinstance(part, MappingNode):
            what = Text("assume 和 given 应是一组“键: 值”", "assume and given are mappings")
            raise RulesRefused([Problem(part.place, what, Text("请改正", "correct it"))])
        entries |= {key.text: (key, value) for key, value in part}
    return MappingNode(node.place, tuple(entries.values()))
