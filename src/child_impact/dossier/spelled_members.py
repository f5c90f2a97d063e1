"""How a dossier spells what is not there: `无` beside what a set has or a list names, and entries that were not done."""

from collections.abc import Iterable

from ..reading.nodes import Node, Scalar, Sequence
from ..reading.problems import Place, Problem, Problems
from ..reading.text import Text, fold
from ..vocabulary.model import EntityList, Field, FieldType
from .spelled import Spelled
from .words import says_none, says_not_stated, yes_or_no

Given = dict[str, tuple[Scalar, Node]]
"""What a wrapped value says: by the name of the key, the key and its node."""

_REMOVE = Text("删去这一键", "remove the key")
_LIST = Text("请写成列表，如“无: [儿童]”", "write a list, as in “lacks: [children]”")


class MemberSpeller:
    """Holds spellings of members against what they may say; what is wrong is added to `problems`."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems

    def held(self, section: Spelled, field_: Field, given: dict[str, tuple[Scalar, Node]]) -> Node | None:
        """Return the node of a wrapped value, of a set that of the members it has; None where it only says what it lacks."""
        key, said = given.get("complete", (None, None))
        complete: bool | None = None
        if key is not None and said is not None and not self.is_a_set(field_, key):
            return given["value"][1] if "value" in given else None
        if key is not None and said is not None:
            complete = self.complete(key, said)
        if not self.of_value(field_, given, complete=complete):
            return None
        lacks = given["lacks"][1] if "lacks" in given and not says_not_stated(given["lacks"][1]) else None
        is_open = field_.type is FieldType.CHOICES and (complete is False if "value" in given else not complete)
        if lacks is not None:
            section.lacks[field_.name] = lacks
        if is_open:
            section.open.add(field_.name)
        held = given.get("value") or given.get("has")
        return held[1] if held is not None and ("value" in given or not _is_empty(held[1])) else None

    def complete(self, key: Scalar, node: Node) -> bool:
        """Return whether a key says that all is listed."""
        if says_not_stated(node):
            return False
        said = yes_or_no(node) if isinstance(node, Scalar) else None
        if said is None:
            self._refuse(key.place, Text("“列全”应为是或否", "“complete” should be true or false"), Text("请改正", "correct it"))
        return bool(said)

    def is_a_set(self, field: Field, key: Scalar) -> bool:
        """Return whether a field holds several values, of which a key speaks."""
        if field.type is not FieldType.CHOICES:
            what = Text(f"“{field.key.zh}”不是多选，不用写“{key.text}”", f"“{field.key.en}” is no set: “{key.text}” does not apply")
            self._refuse(key.place, what, _REMOVE)
        return field.type is FieldType.CHOICES

    def of_value(self, field: Field, given: Given, *, complete: bool | None) -> bool:
        """Return whether the keys of a wrapped value go together. `complete`: what it says of itself, None where nothing."""
        has, lacks, value = given.get("has"), given.get("lacks"), given.get("value")
        if lacks is not None and says_not_stated(lacks[1]):
            lacks = None
        if has is not None and not self.is_a_set(field, has[0]):
            return False
        if lacks is not None and field.type not in (FieldType.CHOICE, FieldType.CHOICES):
            what = Text(f"“{field.key.zh}”不是选项，不能写“{lacks[0].text}”", f"“{field.key.en}” has no choices to deny")
            return self._refuse(lacks[0].place, what, Text("没有的，直接写“无”", "if there is none, write none"))
        if lacks is not None and not self._names_members(lacks[1]):
            return False
        if value is not None and has is not None:
            what = Text(f"“{value[0].text}”和“{has[0].text}”只写一个", f"“{value[0].text}” and “{has[0].text}” exclude each other")
            todo = Text("已知道全部的用“值”，还可能有别的用“有”", "write value if these are all, has if there may be others")
            return self._refuse(has[0].place, what, todo)
        if value is not None and lacks is not None and field.type is FieldType.CHOICE:
            what = Text(f"已写明是什么，不用再写“{lacks[0].text}”", f"it says what it is: “{lacks[0].text}” does not apply")
            return self._refuse(lacks[0].place, what, _REMOVE)
        if value is not None and lacks is not None and complete is None:
            what = Text(
                f"“{value[0].text}”列出的就是全部，“{lacks[0].text}”是多余的",
                f"“{value[0].text}” names all there are, so that “{lacks[0].text}” says nothing more",
            )
            todo = Text(
                "删去“无”；还可能有别的，加写“列全: 否”，或把“值”改成“有”", "remove it; if there may be others, write has in place of value"
            )
            return self._refuse(lacks[0].place, what, todo)
        if value is None and has is None and complete:
            what = Text("没有列出有什么，就不能说列全", "it names none that it has, and so cannot be complete")
            return self._refuse(
                next(iter(given.values()))[0].place, what, Text("全都没有的，直接写“无”", "if there is none at all, write none")
            )
        return self._has_members(has)

    def are_members(self, entities: EntityList, node: Node) -> bool:
        """Return whether what stands behind 列全 names members, and does not say yes or no."""
        if isinstance(node, Sequence):
            return True
        identity = entities.fields.get(entities.identified_by or "")
        if not isinstance(node, Scalar) or yes_or_no(node) is not None or identity is None or identity.enumeration is None:
            return False
        return identity.enumeration.code(node.text) is not None

    def of_list(self, entities: EntityList, key: Scalar, node: Node) -> Node | None:
        """Return the members that a list lacks or names all of, or None where it can say no such thing."""
        if says_not_stated(node):
            return None
        if entities.identified_by is None:
            what = Text(f"“{entities.label.zh}”不分种类，不能写“{key.text}: […]”", f"{entities.name} has no kinds to name here")
            self._refuse(
                key.place, what, Text("整个没有的，写“无”；已列全的，写“列全: 是”", "if there is none at all write none; if complete, yes")
            )
            return None
        return node if self._names_members(node) else None

    def takes_standing(self, entities: EntityList, standing: Scalar) -> None:
        """Refuse an entry that was not done in a list whose things are of no kind."""
        if entities.identified_by is None:
            what = Text(f"“{entities.label.zh}”的一项不能写“{standing.text}”", f"an entry of {entities.name} cannot be “{standing.text}”")
            self._refuse(standing.place, what, Text("删去这一项，或写出实际情况", "remove the entry, or say what there is"))

    def of_entry(self, entities: EntityList, spelled: Spelled, whys: Iterable[Scalar]) -> None:
        """Refuse what an entry may not say: of one not done or put off all but what it would have been and why; of others the why."""
        if spelled.standing is None:
            for key in whys:
                what = Text(f"“{key.text}”只用于未开展或暂缓的一项", f"“{key.text}” is for an entry that is not_done or deferred")
                self._refuse(key.place, what, Text("删去这一键，或写明“状态: 未开展”", "remove it, or write `standing: not_done`"))
            return
        identity = entities.fields.get(entities.identified_by or "")
        if identity is None:
            return
        followed = entities.register if spelled.standing == "deferred" else None
        allowed = {identity.name, "reason", "note"}
        if followed is not None:
            allowed |= {*followed.what, *followed.due, *followed.indicator, followed.owner or "", followed.money or ""}
        for name, place in spelled.keys.items():
            if name not in allowed:
                self._not_of_such(entities.fields[name], place, identity, spelled.standing)
        if identity.name not in spelled.values:
            named = Text(f"没有写明“{identity.key.zh}”", f"it does not say its “{identity.key.en}”")
            todo = Text(
                f"未开展或暂缓的，请写明是什么：{identity.question.zh}", f"say what was not done or is put off: {identity.question.en}"
            )
            self._refuse(spelled.place, named, todo)

    def _not_of_such(self, field: Field, place: Place, identity: Field, standing: str) -> None:
        word = (
            Text("未开展的一项", "an entry that was not done") if standing == "not_done" else Text("暂缓的一项", "an entry that is put off")
        )
        what = Text(f"{word.zh}不写“{field.key.zh}”", f"{word.en} takes no “{field.key.en}”")
        todo = Text(
            f"只写“{identity.key.zh}”、理由、说明和出处；其实开展了的，改正状态",
            f"it takes “{identity.key.en}”, reason, note and evidence; if it was done after all, correct its standing",
        )
        self._refuse(place, what, todo)

    def _has_members(self, has: tuple[Scalar, Node] | None) -> bool:
        if has is None or not says_none(has[1]):
            return True
        what = Text(
            f"“{has[0].text}: 无”说不清是全都没有还是不知道", f"“{has[0].text}: none” may mean that there is none, or that none is known"
        )
        return self._refuse(
            has[0].place, what, Text("全都没有的，直接写“无”；否则删去这一键", "if there is none at all write none, else remove it")
        )

    def _names_members(self, node: Node) -> bool:
        if isinstance(node, Sequence):
            return True
        if isinstance(node, Scalar) and not says_none(node) and yes_or_no(node) is None and fold(node.text):
            return True
        shown = f"“{node.text}”" if isinstance(node, Scalar) else "这里"
        said = f"“{node.text}”" if isinstance(node, Scalar) else "this"
        return self._refuse(node.place, Text(f"{shown}没有说明没有的是什么", f"{said} does not say what there is none of"), _LIST)

    def _refuse(self, place: Place, what: Text, todo: Text) -> bool:
        self.problems.append(Problem(place, what, todo))
        return False


def _is_empty(node: Node) -> bool:
    return isinstance(node, Sequence) and not node.items
