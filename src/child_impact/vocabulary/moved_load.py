"""Load the keys that moved, and check them against the vocabulary of today."""

from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ..reading.nodes import Node
from ..reading.problems import Problem, Problems
from ..reading.shape import STRICT, did_you_mean
from ..reading.text import Text, fold
from .model import EntityList, Field, FieldType, Group
from .moved import How, Move, Moves, Row
from .paths import parts

_SHAPE: Any = {**STRICT, "alias_generator": lambda name: name.removesuffix("_")}  # `from` and `as` are words of Python
_CORRECT = Text("请改正", "correct it")


@dataclass(frozen=True, slots=True)
class RowShape:
    """A row of a table: old codes, and what they come to."""

    __pydantic_config__: ClassVar[Any] = STRICT
    when: dict[str, tuple[str, ...]]
    set: dict[str, str]


@dataclass(frozen=True, slots=True)
class MoveShape:
    """One line: `from`, `to` and `as` say which key moved where and how; `key` is its Chinese spelling, unless it is only retyped."""

    __pydantic_config__: ClassVar[Any] = _SHAPE
    from_: str
    as_: How
    to: str | None = None
    key: str | None = None
    said: Text | None = None
    values: dict[str, Text] | None = None
    words: dict[str, str] = field(default_factory=dict)
    set: dict[str, str] = field(default_factory=dict)
    rows: tuple[RowShape, ...] = ()
    id: str | None = None
    join: bool = False


@dataclass(frozen=True, slots=True)
class MovedFileShape:
    """The file `moved.yaml`."""

    __pydantic_config__: ClassVar[Any] = STRICT
    moved: tuple[MoveShape, ...]


class MovesLoader:
    """Makes the moves of the lines of a rules directory. `problems` holds what is wrong with them."""

    def __init__(self, groups: Table[str, Group], lists: Table[str, EntityList]) -> None:
        self.groups = groups
        self.lists = lists
        self.problems = Problems()
        self.moves: dict[str, Move] = {}

    def load(self, lines: list[tuple[Node, MoveShape]]) -> Moves:
        """Return the moves of all lines."""
        sections = {line.from_: line.to for _, line in lines if line.as_ is How.SECTION}
        codes = {line.from_: line.values or {} for _, line in lines}
        for node, line in lines:
            self._line(node, line, sections, codes)
        return Moves(self.moves)

    def _line(self, node: Node, line: MoveShape, sections: dict[str, str | None], codes: dict[str, dict[str, Text]]) -> None:
        at = parts(line.from_)
        old = self._field(line.from_) or self._section(line.from_)
        if line.from_ in self.moves:
            self._refuse(node, f"“{line.from_}”写了两次", f"“{line.from_}” is given twice")
        if old is not None and line.from_ != line.to:
            self._refuse(node, f"“{line.from_}”还在词汇表里，没有移动", f"“{line.from_}” is in the vocabulary still: it did not move")
        if at.owner and at.owner not in (*self.groups, *self.lists, *sections):
            self._unknown(node, at.owner, [*self.groups, *self.lists, *sections])
        key = Text(line.key or "", at.name)
        if line.from_ == line.to:
            key = old.key if old is not None else key
        elif line.key is None:
            self._refuse(
                node, f"“{line.from_}”缺少旧键的中文写法（key）", f"“{line.from_}” lacks the Chinese spelling of the old key (key)"
            )
        else:
            self._key_is_free(node, at.owner, key)
        self._target(node, line)
        for row in line.rows:
            for name, wanted in row.when.items():
                for code in wanted:
                    if code not in codes.get(f"{line.from_}.{name}", {}):
                        self._unknown(node, f"{name}: {code}", codes.get(f"{line.from_}.{name}", {}))
            self._sets(node, line.to, row.set)
        rows = tuple(Row(row.when, row.set) for row in line.rows)
        id_ = line.id or at.name.replace("_", "-")
        self.moves[line.from_] = Move(
            line.from_, key, line.to, line.as_, line.said, line.values or {}, line.words, line.set, rows, id_, line.join
        )

    def _target(self, node: Node, line: MoveShape) -> None:
        if line.to is None:
            if line.as_ not in (How.DROP, How.TABLE):
                self._refuse(node, f"“{line.from_}”缺少新位置（to）", f"“{line.from_}” lacks its new place (to)")
            return
        field_ = self._field(line.to)
        if line.as_ is How.SECTION and self._section(line.to) is None:
            self._unknown(node, line.to, [*self.groups, *self.lists])
        elif line.as_ is not How.SECTION and field_ is None:
            self._unknown(node, line.to, self._known(line.to))
        elif field_ is not None:
            self._words(node, line, line.to, field_)

    def _words(self, node: Node, line: MoveShape, to: str, field_: Field) -> None:
        for code in line.words.values():
            if field_.enumeration is None or code not in field_.enumeration.values:
                self._unknown(node, code, field_.enumeration.values if field_.enumeration else ())
        if line.as_ is How.NOTE and not takes_note(field_):
            self._refuse(
                node,
                f"“{to}”本身就是文字，as 写 value",
                f"“{to}” takes text itself: write as: value",
            )
        if line.as_ is How.ENTRY:
            if parts(to).owner not in self.lists:
                self._refuse(node, f"“{to}”不在列表里", f"“{to}” is in no list")
            self._sets(node, parts(to).owner, line.set)

    def _sets(self, node: Node, list_: str | None, sets: dict[str, str]) -> None:
        fields = self.lists[list_].fields if list_ is not None and list_ in self.lists else {}
        for name, code in sets.items():
            enumeration = fields[name].enumeration if name in fields else None
            if enumeration is None or code not in enumeration.values:
                self._unknown(node, f"{name}: {code}", enumeration.values if enumeration else fields)

    def _key_is_free(self, node: Node, owner: str, key: Text) -> None:
        """Refuse an old key that means something else where it stands: no reader could tell them apart.

        In a section that itself has another name, an old key may be spelled like any.
        """
        spelled = [one.key for one in self._fields(owner).values()]
        if not owner:
            spelled += [one.key for one in self.groups.values() if one.name] + [one.key for one in self.lists.values()]
        for word in sorted({fold(one) for one in key} & {fold(one) for taken in spelled for one in taken}):
            self._refuse(node, f"“{word}”现在另有所指，不能作旧键", f"“{word}” means something else now and cannot be an old key")

    def _fields(self, owner: str) -> dict[str, Field]:
        found: Group | EntityList | None = self.lists.get(owner) or self.groups.get(owner)
        return found.fields if found is not None else {}

    def _field(self, path: str) -> Field | None:
        at = parts(path)
        return self._fields(at.owner).get(at.name)

    def _section(self, path: str) -> Group | EntityList | None:
        return self.lists.get(path) or (self.groups.get(path) if path else None)

    def _known(self, path: str) -> list[str]:
        owner = parts(path).owner
        return [f"{owner}.{name}" for name in self._fields(owner)] or [*self.groups, *self.lists]

    def _unknown(self, node: Node, word: str, known: Any) -> None:
        what = Text(f"词汇表里没有“{word}”", f"the vocabulary has no “{word}”")
        self.problems.append(Problem(node.place, what, did_you_mean(word, known)))

    def _refuse(self, node: Node, zh: str, en: str) -> None:
        self.problems.append(Problem(node.place, Text(zh, en), _CORRECT))


def takes_note(field: Field) -> bool:
    """Return whether words about a field are no answer, so that they belong into a note beside it."""
    return field.type not in _TEXT


_TEXT = (FieldType.NOTE, FieldType.BODY, FieldType.IDENTIFIER, FieldType.PLACE)
