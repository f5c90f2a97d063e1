"""The files of a rules directory as trees, and the problems that are found in them."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any, TypeVar

from ..reading.nodes import Mapping as MappingNode
from ..reading.nodes import Node, Scalar, Sequence
from ..reading.problems import InputRefused, Place, Problem, Problems, RulesRefused
from ..reading.shape import did_you_mean, shaped
from ..reading.text import Text
from ..reading.yaml12 import read_yaml

MAX_RULE_FILE = 4_000_000
CASES_SUFFIX = ".cases.yaml"
_RAW = ("when", "require", "condition", "value", "print")
"""The keys whose values are conditions or numbers, which have a reader of their own."""

T = TypeVar("T")


class RuleFiles:
    """The trees of all rule files but cases, by name. Problems are collected: `stop_if_wrong` raises them.

    Raises `RulesRefused` where a file is no YAML.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.problems = Problems()
        self.trees: dict[str, Node] = {}
        for name in sorted(files):
            if not name.endswith(CASES_SUFFIX):
                tree = self._collect(partial(read_yaml, files[name], name, MAX_RULE_FILE))
                if tree is not None:
                    self.trees[name] = tree
        self.stop_if_wrong()

    def shaped(self, folder: str, shape: type[T]) -> list[tuple[Node, T]]:
        """Return the files of a folder that have their shape, each with its tree."""
        found = [(node, self.shape(node, shape)) for node in self.of(folder)]
        return [(node, one) for node, one in found if one is not None]

    def of(self, folder: str) -> list[Node]:
        """Return the trees of the files in a folder."""
        return [node for name, node in self.trees.items() if PurePosixPath(name).parts[0] == folder]

    def shape(self, node: Node, shape: type[T]) -> T | None:
        """Return a node in its shape; None, with its problems added, where it has another."""
        return self._collect(partial(_shaped, node, shape))

    def _collect(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except InputRefused as refused:
            self.problems += refused.problems
            return None

    def refuse(self, place: Place, what: Text) -> None:
        """Add a problem that is put right where it stands."""
        self.problems.append(Problem(place, what, Text("请改正", "correct it")))

    def add(self, node: Node, what: Text, todo: Text) -> None:
        """Add a problem of a node, with what to do about it."""
        self.problems.append(Problem(node.place, what, todo))

    def stop_if_wrong(self) -> None:
        """Raise `RulesRefused` with the problems found so far, if there are any."""
        if self.problems:
            raise RulesRefused(self.problems)

    def refuse_unknown(self, node: Node, word: str, known: Iterable[str]) -> None:
        """Refuse a word of a node that is none of the known ones."""
        if word not in known:
            place = value_place(node, word) or node.place
            self.problems.append(Problem(place, Text(f"没有“{word}”", f"there is no “{word}”"), did_you_mean(word, known)))


_ADAPTERS: dict[type, Any] = {}


def _shaped(node: Node, shape: type[T]) -> T:
    from pydantic import TypeAdapter

    adapter = _ADAPTERS.setdefault(shape, None) or TypeAdapter(shape)
    _ADAPTERS[shape] = adapter
    shaped_: T = shaped(node, adapter, _RAW)
    return shaped_


def items(node: Node, key: str) -> tuple[Node, ...]:
    """Return the items of the list under a key; none where it is no list."""
    below = node.get(key) if isinstance(node, MappingNode) else None
    return below.items if isinstance(below, Sequence) else ()


def value_place(node: Node, word: str) -> Place | None:
    """Return where a word first stands as a value in a node, or None."""
    if isinstance(node, Scalar):
        return node.place if node.text == word else None
    below = [value for _, value in node] if isinstance(node, MappingNode) else node.items
    return next((place for child in below if (place := value_place(child, word)) is not None), None)
