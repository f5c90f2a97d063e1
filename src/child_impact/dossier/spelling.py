"""From the officer's spelling to canonical names: keys in either language, wrapped values, lists and entities.

The result is what the validators take (nodes under canonical names) and what only the dossier's own form says: places, evidence, standing,
what is stated as none, and which lists are complete.
"""

import re
from collections.abc import Iterable

from ..reading.nodes import Mapping, Node, Scalar, Sequence
from ..reading.problems import Place, Problem, Problems
from ..reading.text import Text, fold
from ..vocabulary.model import EntityList, Field, FieldType, Vocabulary
from .divisions import beyond
from .keys import list_of, names_of, own_names, unknown
from .moved_keys import MovedKeys
from .spelled import Spelled, SpelledList, Support
from .spelled_members import MemberSpeller
from .unanswered import cut_off, empty_note, is_no_answer, no_answer, only_a_note, too_many
from .words import (
    ENTITY_KEYS,
    LIST_KEYS,
    OF_ENTRIES,
    REASON_KEYS,
    STANDINGS,
    SUPPORT,
    VALUE_KEYS,
    WRAPPING,
    says_none,
    says_not_stated,
    says_nothing,
)

MAX_ENTRIES = 1000
"""Entries of all lists of a dossier; each is held against every criterion of its list."""
MAX_CHOICES = 200
MAX_ID = 80
WHY = "why "
"""Before the names of an entry's reason and note, which a list's fields may have too."""
_NO_ID = re.compile(r"[,，;；、].*[:：]|:.*\s|\s.*:|\n")
"""Further keys that full-width punctuation made part of an id; a line that is signed, dated or explained and is no entry."""


class Speller:
    """Reads the tree of a dossier into sections and lists; collects every problem on the way."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.problems = Problems()
        self.moved = MovedKeys(vocabulary)
        self.warnings: list[Problem] = []
        self.entries = 0
        self.members = MemberSpeller(self.problems)
        self.sections: dict[str, Spelled] = {}
        self.lists: dict[str, SpelledList] = {}

    def read(self, root: Node) -> None:
        """Read the root of the file. Afterwards `sections`, `lists` and `problems` hold what was found."""
        header = self.vocabulary.groups[""]
        self.sections[""] = Spelled(root.place)
        if not isinstance(root, Mapping):
            hint = "：" in root.text if isinstance(root, Scalar) else False
            todo = (
                Text("键后请用半角冒号加空格，如“名称: …”", "write `key: value` lines")
                if hint
                else Text("档案应由“键: 值”组成", "a dossier consists of `key: value` lines")
            )
            self._refuse(root.place, Text("这不是一份档案", "this is not a dossier"), todo)
            return
        names = {**names_of(header.fields.values()), **own_names(self.vocabulary)}
        for name, key, node in self._named(root, names, ""):
            if name in self.vocabulary.lists:
                self._list(self.vocabulary.lists[name], key, node)
            elif name in header.fields:
                self._value(self.sections[""], header.fields[name], key, node)
            elif not says_not_stated(node):
                self._group(name, key, node)

    def _group(self, name: str, key: Scalar, node: Node) -> None:
        group = self.vocabulary.groups[name]
        if not isinstance(node, Mapping):
            self._refuse(
                key.place,
                Text(f"“{key.text}”下应是一组“键: 值”", f"“{key.text}” should hold `key: value` lines"),
                list_of(group.fields.values()),
            )
            return
        section = self.sections[name] = Spelled(key.place)
        for name_, key_, node_ in self._named(node, names_of(group.fields.values()), name):
            self._value(section, group.fields[name_], key_, node_)

    def _list(self, entities: EntityList, key: Scalar, node: Node) -> None:
        if says_not_stated(node):
            return
        if says_none(node):
            self.lists[entities.name] = SpelledList(key.place, [], complete=True)
            return
        items, spelled = self._items(entities, key, node)
        if items is None:
            todo = Text("请逐项列出（每项以“- ”开头），没有的写“无”", "list the entries, each with “- ”, or write none")
            self._refuse(key.place, Text(f"“{key.text}”应为列表", f"“{key.text}” should be a list"), todo)
            return
        self.entries += len(items.items)
        if self.entries > MAX_ENTRIES:
            what = Text(
                f"各列表共有 {self.entries} 项以上，超过上限 {MAX_ENTRIES}",
                f"the lists have at least {self.entries} entries, more than {MAX_ENTRIES}",
            )
            self._refuse(key.place, what, Text("请合并同类项，或拆分档案", "put like entries together, or split the dossier"))
            return
        spelled.entities = [one for item in items.items if (one := self._entity(entities, item)) is not None]
        self.lists[entities.name] = spelled

    def _items(self, entities: EntityList, key: Scalar, node: Node) -> tuple[Sequence | None, SpelledList]:
        """Return the entries of a list, None where there is no list of them, and what it says of itself."""
        spelled = SpelledList(key.place, [], complete=isinstance(node, Sequence) and not node.items)
        if isinstance(node, Sequence):
            return node, spelled
        if not isinstance(node, Mapping):
            return None, spelled
        given = {name: (key_, node_) for name, key_, node_ in self._named(node, LIST_KEYS)}
        for name, (key_, node_) in given.items():
            if name == "lacks":
                spelled.lacks = self.members.of_list(entities, key_, node_)
            elif name == "complete" and self.members.are_members(entities, node_):
                spelled.covers = self.members.of_list(entities, key_, node_)
            elif name == "complete":
                spelled.complete = self.members.complete(key_, node_)
        items = given["items"][1] if "items" in given else None
        if items is None and "lacks" in given and not says_not_stated(given["lacks"][1]):
            return Sequence(node.place, ()), spelled  # it says no more than what is not there
        if items is not None and says_none(items):
            spelled.complete = True
            return Sequence(items.place, ()), spelled
        if isinstance(items, Sequence) and not items.items and given.keys() == {"items"}:
            spelled.complete = True
        return (items if isinstance(items, Sequence) else None), spelled

    def _entity(self, entities: EntityList, node: Node) -> Spelled | None:
        if not isinstance(node, Mapping):
            what = Text(f"“{entities.label.zh}”的每一项应是一组“键: 值”", f"each entry of {entities.name} should hold `key: value` lines")
            self._refuse(node.place, what, list_of(entities.fields.values()))
            return None
        spelled = Spelled(node.place)
        names = {
            **{spelling: f"{WHY}{name}" for spelling, name in REASON_KEYS.items()},
            **names_of(entities.fields.values()),
            **ENTITY_KEYS,
        }
        whys: list[Scalar] = []
        for name, key, value in self._named(node, names, entities.name):
            if name in entities.fields:
                self._value(spelled, entities.fields[name], key, value)
            elif name == "id":
                spelled.id = value if isinstance(value, Scalar) and not says_not_stated(value) else None
            elif name.startswith(WHY):
                whys.append(key)
                self._why(spelled, name.removeprefix(WHY), key, value)
            elif name == "standing" and isinstance(value, Scalar) and STANDINGS.get(fold(value.text)) in OF_ENTRIES:
                spelled.standing = STANDINGS[fold(value.text)]
                self.members.takes_standing(entities, value)
            else:
                self._support(spelled.own, name, key, value, entities.label, entities.takes_standing)
        self.members.of_entry(entities, spelled, whys)
        if spelled.id is None:
            what = Text(f"“{entities.label.zh}”的这一项缺少编号", f"this entry of {entities.name} has no id")
            self._refuse(node.place, what, Text("请补上“编号”，在本列表内不重复", "add its `id`, unique in the list"))
        elif _NO_ID.search(fold(spelled.id.text)) or len(spelled.id.text) > MAX_ID:
            what = Text(f"“{spelled.id.text}”不能作编号", f"“{spelled.id.text}” cannot be an id")
            todo = Text(
                f"编号是不超过 {MAX_ID} 字的代号；后面还有别的键，请用半角逗号和冒号；不是列表的一项，请删去",
                f"an id has at most {MAX_ID} characters; if keys follow it, use ordinary commas and colons; remove what is no entry",
            )
            self._refuse(spelled.id.place, what, todo)
        return spelled

    def _value(self, section: Spelled, field_: Field, key: Scalar, node: Node) -> None:
        section.keys[field_.name] = key.place
        if isinstance(node, Mapping) and any(VALUE_KEYS.get(fold(name.text)) in WRAPPING for name, _ in node):
            value = self._unwrapped(section, field_, key, node)
            if value is None:
                return
            node = value
        if isinstance(node, Scalar) and node.is_cut:
            self.warnings.append(cut_off(node))
        if says_not_stated(node):
            return
        if field_.type is FieldType.PLACE and (unknown_part := beyond(node, self.vocabulary.places)) is not None:
            self.warnings.append(unknown_part)
        if is_no_answer(node, field_, self.vocabulary.empty_words):
            self.warnings.append(no_answer(field_.key, node, field_))
            return
        if isinstance(node, Sequence) and len(node.items) > MAX_CHOICES:
            self.problems.append(too_many(key, len(node.items), MAX_CHOICES))
            return
        if says_none(node) or (field_.type is FieldType.CHOICES and isinstance(node, Sequence) and not node.items):
            section.none.add(field_.name)
        else:
            section.values[field_.name] = node

    def _unwrapped(self, section: Spelled, field_: Field, key: Scalar, node: Mapping) -> Node | None:
        """Take what supports a value, and return the node of the value; None where there is none."""
        support = section.support[field_.name] = Support()
        given = {name: (key_, node_) for name, key_, node_ in self._named(node, VALUE_KEYS)}
        for name, (key_, node_) in given.items():
            if name in SUPPORT:
                self._support(support, name, key_, node_, field_.label, field_.can_be_planned)
        if "note" in given:
            self._note(section, field_, given["note"][1])
        value = self.members.held(section, field_, given)
        if (value is None or says_not_stated(value)) and field_.name in section.notes and field_.name not in section.lacks:
            self.warnings.append(only_a_note(field_, key))
        return value

    def _note(self, section: Spelled, field_: Field, node: Node) -> None:
        if says_not_stated(node) or says_none(node):
            return
        if says_nothing(node, self.vocabulary.empty_words):
            self.warnings.append(empty_note(field_.key, node))
        else:
            section.notes[field_.name] = node

    def _why(self, spelled: Spelled, name: str, key: Scalar, node: Node) -> None:
        if says_nothing(node, self.vocabulary.empty_words):
            self.warnings.append(no_answer(Text(key.text, key.text), node))
        elif not says_not_stated(node):
            spelled.why[name] = node

    def _support(self, support: Support, name: str, key: Scalar, node: Node, label: Text, can_be_planned: bool) -> None:
        if says_not_stated(node):
            return
        if not isinstance(node, Scalar):
            self._refuse(key.place, Text(f"“{key.text}”应为一个值", f"“{key.text}” should be one value"), Text("请改正", "correct it"))
        elif name == "evidence":
            support.evidence = node
        elif name == "page":
            support.page = node
        elif not can_be_planned:
            what = Text(
                f"“{label.zh}”不是工作安排或承诺，不写“{key.text}”",
                f"“{label.en}” is no event or commitment: it takes no “{key.text}”",
            )
            self._refuse(key.place, what, Text("删去这一键", "remove the key"))
        else:
            standing = STANDINGS.get(fold(node.text))
            if standing is None:
                todo = Text("请写“已完成”或“计划”", "write done or planned")
                self._refuse(node.place, Text(f"“{node.text}”不是状态", f"“{node.text}” is not a standing"), todo)
            elif standing in OF_ENTRIES:
                what = Text(f"“{node.text}”说的是列表里的整项", f"“{node.text}” is said of an entry of a list as a whole")
                self._refuse(
                    node.place, what, Text("请写在该项上；这里写“已完成”或“计划”", "say it of the entry; here write done or planned")
                )
            support.planned = standing == "planned"

    def _named(self, node: Mapping, names: dict[str, str], owner: str | None = None) -> Iterable[tuple[str, Scalar, Node]]:
        seen: dict[str, Scalar] = {}
        for key, value in node:
            name = names.get(fold(key.text))
            if name is None:
                self._refuse(key.place, *(self.moved.about(owner, key) or unknown(key, value, names)))
            elif name in seen:
                first = seen[name]
                what = Text(
                    f"“{key.text}”与{first.place.said().zh}的“{first.text}”是同一项",
                    f"“{key.text}” is the same as “{first.text}” in {first.place.said().en}",
                )
                self._refuse(key.place, what, Text("只保留一处", "keep one of them"))
            else:
                seen[name] = key
                yield name, key, value

    def _refuse(self, place: Place, what: Text, todo: Text) -> None:
        self.problems.append(Problem(place, what, todo))
