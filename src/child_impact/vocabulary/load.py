"""Load the vocabulary from its YAML files."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from ..reading.nodes import Mapping, Node, Sequence
from ..reading.problems import InputRefused, Place, Problem, Problems, RulesRefused
from ..reading.shape import did_you_mean, shaped
from ..reading.text import Text, fold
from .bodies import Bodies
from .empty_words import EmptyWords
from .model import ASKS, COVERS, LACKS, Counts, EntityList, Enumeration, Field, FieldType, Group, Register, Stage, Vocabulary
from .moved_load import MoveShape, MovesLoader
from .paths import field_path
from .shapes import FieldShape, FileShape, GroupShape, ListShape, RegisterShape


def load_vocabulary(files: Iterable[Node]) -> Vocabulary:
    """Build the vocabulary from the trees of its files.

    Raises `RulesRefused` where a file is not of the form, two things share a name, or a field names an enumeration, unit, role or
    place of finding that the vocabulary does not have.
    """
    from pydantic import TypeAdapter

    adapter = TypeAdapter(FileShape)
    builder = _Builder()
    for node in files:
        try:
            builder.add(node, shaped(node, adapter))
        except InputRefused as refused:
            builder.problems.extend(refused.problems)
    return builder.vocabulary()


class _Builder:
    def __init__(self) -> None:
        self.problems = Problems()
        self.enumerations: dict[str, Enumeration] = {}
        self.units: dict[str, Text] = {}
        self.units_of: list[tuple[Node, str, dict[str, str]]] = []
        self.places: dict[str, str] = {}
        self.place_names: dict[str, str] = {}
        self.bodies = Bodies()
        self.empty_words = EmptyWords()
        self.bodies_at: Node
        self.stages: dict[str, Stage] = {}
        self.moved: list[tuple[Node, MoveShape]] = []
        self.groups: list[tuple[Node, str, GroupShape]] = []
        self.lists: list[tuple[Node, str, ListShape]] = []

    def add(self, node: Node, file: FileShape) -> None:
        for id_, values in (file.enumerations or {}).items():
            if id_ in self.enumerations:
                what = Text(f"“{id_}”已在别的文件里定义", f"“{id_}” is defined in another file already")
                self.problems.append(Problem(_below(node, "enumerations", id_).place, what, Text("请删去一处", "remove one of them")))
            self.enumerations[id_] = Enumeration(id_, values)
        self.units |= file.units or {}
        self.units_of += [(_below(node, "units_of", name), name, units) for name, units in (file.units_of or {}).items()]
        self.places |= {fold(name): code for name, code in (file.places or {}).items()}
        self.place_names |= file.place_names or {}
        self.moved += zip(_items(node, "moved"), file.moved or (), strict=False)
        self.empty_words = file.empty_words.words() if file.empty_words else self.empty_words
        if file.bodies:
            self.bodies = file.bodies.bodies()
            self.bodies_at = _below(node, "bodies")
        for rank, (code, stage) in enumerate((file.stages or {}).items()):
            self.stages[code] = Stage(code, stage.kinds, stage.before_decision, rank)
        if file.header:
            self.groups.append((_below(node, "header"), "", file.header))
        self.groups += [(_below(node, "groups", name), name, group) for name, group in (file.groups or {}).items()]
        self.lists += [(_below(node, "lists", name), name, entities) for name, entities in (file.lists or {}).items()]

    def vocabulary(self) -> Vocabulary:
        self._stop_if_wrong()
        for node, name, units in self.units_of:
            self._measured(node, name, units)
        groups = {name: self._group(node, name, group) for node, name, group in self.groups}
        lists = {name: self._list(node, name, entities) for node, name, entities in self.lists}
        self._keys_are_unique(
            [(node, name, group.key) for node, name, group in self.groups] + [(node, name, one.key) for node, name, one in self.lists]
        )
        moves = MovesLoader(groups, lists)
        moved = moves.load(self.moved)
        self.problems += moves.problems
        for code in self.bodies.roles:
            self._known(self.bodies_at, "roles", code)
        for code in self.bodies.kinds:
            self._known(self.bodies_at, "body_kinds", code)
        self._stop_if_wrong()
        about = (self.enumerations, self.units, groups, lists, self.stages, self.places, self.place_names)
        return Vocabulary(*about, self.bodies, self.empty_words, moved)

    def _measured(self, node: Node, name: str, units: dict[str, str]) -> None:
        """Give the members of an enumeration the units in which they are measured."""
        measured = self.enumerations.get(name)
        if measured is None:
            self._unknown(node, name, self.enumerations)
            return
        for code, unit in units.items():
            if code not in measured.values:
                self._unknown(node, code, measured.values)
            if unit not in self.units:
                self._unknown(node, unit, self.units)
        self.enumerations[name] = replace(measured, units=units)

    def _stop_if_wrong(self) -> None:
        if self.problems:
            raise RulesRefused(self.problems)

    def _group(self, node: Node, name: str, group: GroupShape) -> Group:
        fields = self._fields(node, group.fields, name, can_be_planned=group.can_be_planned)
        return Group(name, Text(group.key, name), fields, self._register(node, group.register, fields))

    def _list(self, node: Node, name: str, entities: ListShape) -> EntityList:
        fields = self._fields(node, entities.fields, "", can_be_planned=entities.can_be_planned)
        worked_out = self._fields(node, entities.worked_out or {}, "", can_be_planned=False, beside=entities.fields)
        role = self._known(node, "roles", entities.answered_by)
        if entities.event is not None and (entities.event not in fields or fields[entities.event].type is not FieldType.DATE):
            self._unknown(node, entities.event, [name for name, field in fields.items() if field.type is FieldType.DATE])
        for counts in (field.counts for field in fields.values() if field.counts is not None):
            self._counted(node, counts, fields)
        return EntityList(
            name,
            Text(entities.key, name),
            entities.label,
            entities.one,
            entities.question,
            role,
            fields,
            self._register(node, entities.register, fields),
            entities.can_be_planned,
            entities.event,
            self._identity(node, entities.identified_by, fields),
            self._sentence(node, "asks", entities.asks),
            self._sentence(node, "lacks", entities.lacks),
            self._sentence(node, "covers", entities.covers),
            worked_out,
        )

    def _counted(self, node: Node, counts: Counts, fields: dict[str, Field]) -> None:
        of = fields.get(counts.field)
        of_what = (FieldType.CHOICES,) if counts.member is not None else (FieldType.CHOICES, FieldType.CHOICE)
        if of is None or of.type not in of_what or of.enumeration is None:
            self._unknown(node, counts.field, [name for name, field in fields.items() if field.type in of_what])
        elif counts.member is not None and counts.member not in of.enumeration.values:
            self._unknown(node, counts.member, of.enumeration.values)

    def _identity(self, node: Node, name: str | None, fields: dict[str, Field]) -> str | None:
        if name is not None and (name not in fields or fields[name].type not in (FieldType.CHOICE, FieldType.CHOICES)):
            what = Text(f"identified_by 要写一个选项字段，不是“{name}”", f"identified_by needs a field of choices, which “{name}” is not")
            self.problems.append(Problem(_below(node, "identified_by").place, what, did_you_mean(name, fields)))
        return name

    def _sentence(self, node: Node, key: str, said: Text | None) -> Text:
        """Return a sentence about members of a list, by default one that serves all lists."""
        if said is not None and not all("{}" in one for one in said):
            what = Text(f"{key} 里缺少“{{}}”，那是选项名称的位置", f"{key} has no “{{}}”, where the names of the values go")
            self.problems.append(Problem(_below(node, key).place, what, Text("请补上", "add it")))
        return said or {"asks": ASKS, "lacks": LACKS, "covers": COVERS}[key]

    def _register(self, node: Node, register: RegisterShape | None, fields: dict[str, Field]) -> Register | None:
        if register is None:
            return None
        below = _below(node, "register")
        for name in (*register.what, *register.due, register.owner, register.money, *register.indicator):
            if name is not None and name not in fields:
                self._unknown(below, name, fields)
        for name in register.due:
            if name in fields and fields[name].type not in (FieldType.DATE, FieldType.INTEGER):
                what = Text(f"“{name}”不是日期或年份，不能作期限", f"“{name}” is no date or year and cannot be when something is due")
                self.problems.append(Problem(below.place, what, Text("请改正", "correct it")))
        if not (register.what or register.due):
            what = Text("register 要写 what 或 due", "a register needs what or due")
            self.problems.append(Problem(below.place, what, Text("请改正", "correct it")))
        choices = [fields[name].enumeration for name in register.what if name in fields]
        for code in register.promises_nothing:
            if not any(one is not None and code in one.values for one in choices):
                self._unknown(below, code, [value for one in choices if one is not None for value in one.values])
        return Register(
            register.title, register.what, register.due, register.owner, register.money, register.indicator, register.promises_nothing
        )

    def _fields(
        self, node: Node, of: dict[str, FieldShape], group: str, *, can_be_planned: bool, beside: dict[str, FieldShape] | None = None
    ) -> dict[str, Field]:
        below = _below(node, "fields" if beside is None else "worked_out")
        named = [(_below(below, name), name, field.key) for name, field in of.items()]
        self._keys_are_unique([*named, *((_below(node, "fields", name), name, field.key) for name, field in (beside or {}).items())])
        found = {name: self._field(_below(below, name), name, field, group) for name, field in of.items()}
        for name, field in found.items():
            measured = of.get(field.unit_of or "") or (beside or {}).get(field.unit_of or "")
            if field.unit_of is not None and (measured is None or measured.type is not FieldType.CHOICE):
                self._unknown(_below(below, name), field.unit_of, of)
        return {name: replace(field, can_be_planned=True) for name, field in found.items()} if can_be_planned else found

    def _field(self, node: Node, name: str, field: FieldShape, group: str) -> Field:
        self._known(node, "roles", field.answered_by)
        for source in field.found_in:
            self._known(node, "found_in", source)
        if field.unit is not None and field.unit not in self.units:
            self._unknown(node, field.unit, self.units)
        if (field.type in (FieldType.CHOICE, FieldType.CHOICES)) != (field.values is not None):
            what = Text(
                f"“{name}”：choice 和 choices 要写 values，其他类型不写", f"“{name}”: choice and choices need values, other types have none"
            )
            self.problems.append(Problem(node.place, what, Text("请改正", "correct it")))
        if field.event and field.type is not FieldType.DATE:
            what = Text(f"“{name}”不是日期，不能写 event", f"“{name}” is no date and cannot be an event")
            self.problems.append(Problem(node.place, what, Text("请改正", "correct it")))
        if (field.type is FieldType.REFERENCE) != (field.to is not None) or (field.is_name and field.type is not FieldType.BODY):
            what = Text(
                f"“{name}”：reference 要写 to，其他类型不写；is_name 只用于 body",
                f"“{name}”: a reference needs to, other types have none; is_name is for bodies",
            )
            self.problems.append(Problem(node.place, what, Text("请改正", "correct it")))
        elif field.to is not None and field.to not in {name for _, name, _ in self.lists}:
            self._unknown(node, field.to, [name for _, name, _ in self.lists])
        enumeration = self.enumerations.get(field.values) if field.values else None
        if field.values and enumeration is None:
            self._unknown(node, field.values, self.enumerations)
        path = field_path(group, name)
        label = field.label or Text(field.key, name.replace("_", " "))
        bounds: dict[str, Any] = {"minimum": _decimal(field.minimum), "maximum": _decimal(field.maximum)}
        return Field(
            path,
            Text(field.key, name),
            label,
            field.type,
            field.question,
            field.answered_by,
            field.found_in,
            field.unit,
            enumeration,
            required=field.required,
            blank_is_none=field.blank_is_none,
            unit_of=field.unit_of,
            can_be_planned=field.can_be_planned,
            event=field.event,
            counts=Counts(field.counts.field, field.counts.member) if field.counts else None,
            to=field.to,
            is_name=field.is_name,
            **bounds,
        )

    def _known(self, node: Node, enumeration: str, code: str) -> str:
        values = self.enumerations[enumeration].values if enumeration in self.enumerations else {}
        if code not in values:
            self._unknown(node, code, values)
        return code

    def _unknown(self, node: Node, word: str, known: Iterable[str]) -> None:
        self.problems.append(
            Problem(node.place, Text(f"词汇表里没有“{word}”", f"the vocabulary has no “{word}”"), did_you_mean(word, known))
        )

    def _keys_are_unique(self, named: list[tuple[Node, str, str]]) -> None:
        seen: dict[str, Place] = {}
        for node, *spellings in named:
            for spelling in map(fold, spellings):
                if seen.setdefault(spelling, node.place) != node.place:
                    what = Text(f"“{spelling}”在同一层用了两次", f"“{spelling}” is used twice on one level")
                    self.problems.append(Problem(node.place, what, Text("请换一个名字", "choose another name")))


def _below(node: Node, *keys: str) -> Node:
    for key in keys:
        below = node.get(key) if isinstance(node, Mapping) else None
        node = below if below is not None else node
    return node


def _items(node: Node, key: str) -> tuple[Node, ...]:
    below = _below(node, key)
    return below.items if isinstance(below, Sequence) else ()


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)
