"""Answers brought back into a dossier: what it does not say is taken over, what it says otherwise is a conflict."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from ..dossier.facts import OpenSet, Unlike
from ..reading.problems import Problem
from ..reading.text import Text
from ..vocabulary.model import EntityList, Field, Vocabulary
from ..vocabulary.values import PartialDate
from .answers import Answer, Answers, Entry, Listed

_CHOOSE = Text("请核对，改正其中一处；以回答为准的，加上 --replace", "correct the one or the other, or add --replace to take the answer")


class Merger:
    """Merges answers into a dossier. `problems` holds the conflicts; with `replacing` there are none, and the answer is taken."""

    def __init__(self, vocabulary: Vocabulary, *, replacing: bool) -> None:
        self.vocabulary = vocabulary
        self.replacing = replacing
        self.problems: list[Problem] = []

    def merged(self, old: Answers, new: Answers) -> Answers:
        """Return what a dossier says together with answers to it. Both must have the same id."""
        mine, theirs = old.facts["id"], new.facts["id"]
        if mine.value != theirs.value:
            what = Text(
                f"编号是“{theirs.value}”，而档案的编号是“{mine.value}”",
                f"its id is “{theirs.value}”, that of the dossier is “{mine.value}”",
            )
            self.problems.append(Problem(theirs.place, what, Text("请给出同一档案的回答", "give answers to the same dossier")))
            return old
        fields = {field.path: field for group in self.vocabulary.groups.values() for field in group.fields.values()}
        facts = self._facts(old.facts, new.facts, fields)
        lists = {
            name: self._list(name, old.lists.get(name), new.lists.get(name))
            for name in self.vocabulary.lists
            if name in old.lists or name in new.lists
        }
        return replace(old, facts=facts, lists=lists)

    def _facts(self, old: Mapping[str, Answer], new: Mapping[str, Answer], fields: Mapping[str, Field]) -> dict[str, Answer]:
        facts = dict(old)
        for path, answer in new.items():
            if path not in old and not answer.says_something:
                continue  # a question left blank adds nothing to the dossier
            facts[path] = self._answer(old.get(path), answer, fields[path])
        return facts

    def _answer(self, old: Answer | None, new: Answer, field: Field) -> Answer:
        if old is None:
            return new
        if not old.stated:
            return replace(new, note=new.note or old.note) if new.says_something else old
        if not new.stated:
            return old
        if old.value == new.value and old.is_open == new.is_open:
            if new.note not in (None, old.note) and (old.note is None or self.replacing):
                old = replace(old, note=new.note, place=new.place)
            if not new.backing or new.backing == old.backing:
                return old
            if not old.backing:
                return replace(new, note=new.note or old.note)
        elif (better := new if _is_finer(old, new) else _together(old, new)) is not None and not self.replacing:
            return better
        if self.replacing:
            return new
        what = Text(
            f"“{field.key.zh}”与档案不一致（档案见{old.place}）", f"“{field.key.en}” is not what the dossier says (see {old.place})"
        )
        self.problems.append(Problem(new.place, what, _CHOOSE))
        return old

    def _list(self, name: str, old: Listed | None, new: Listed | None) -> Listed:
        if old is None or new is None:
            either = new if old is None else old
            assert either is not None
            return either
        label = self.vocabulary.lists[name].label
        if old.is_none() != new.is_none() and (old.entries or new.entries):
            if not self.replacing:
                what = Text(
                    f"“{label.zh}”一处写“无”，另一处列有内容（档案见{old.place}）",
                    f"{label.en}: the one says none, the other lists some (see {old.place})",
                )
                self.problems.append(Problem(new.place, what, _CHOOSE))
            return new if self.replacing else old
        return self._entries(name, old, new)

    def _entries(self, name: str, old: Listed, new: Listed) -> Listed:
        entities = self.vocabulary.lists[name]
        by_id = {entry.id: entry for entry in old.entries}
        for entry in new.entries:
            mine = by_id.get(entry.id)
            if mine is not None and mine.standing != entry.standing:
                self._other_standing(mine, entry, entities)
            elif mine is not None:
                answers = self._facts(mine.answers, entry.answers, entities.fields)
                why = {**entry.why, **mine.why}
                by_id[entry.id] = Entry(mine.id, mine.place, answers, mine.backing or entry.backing, mine.standing, why)
            elif old.complete and not self.replacing:
                what = Text(
                    f"“{entities.label.zh}”在档案里已声明列全，回答里多出“{entry.id}”（档案见{old.place}）",
                    f"{entities.label.en} are declared complete in the dossier, and here is “{entry.id}” more (see {old.place})",
                )
                self.problems.append(Problem(entry.place, what, _CHOOSE))
            else:
                by_id[entry.id] = entry
        lacks = self._lacks(name, old, new, by_id.values())
        return Listed(tuple(by_id.values()), old.complete or new.complete, old.place, lacks, old.covers | new.covers)

    def _other_standing(self, mine: Entry, entry: Entry, entities: EntityList) -> None:
        what = Text(
            f"“{entities.label.zh}”的“{entry.id}”状态与档案不一致（档案见{mine.place}）",
            f"{entities.label.en}: “{entry.id}” has another standing than in the dossier (see {mine.place})",
        )
        todo = Text("请在档案里改正状态，再并入回答", "correct its standing in the dossier, then merge")
        self.problems.append(Problem(entry.place, what, todo))

    def _lacks(self, name: str, old: Listed, new: Listed, entries: Iterable[Entry]) -> frozenset[str]:
        """Return the members that either says there are none of. An entry that is one of them is a conflict; a newer entry may replace."""
        entities, lacks = self.vocabulary.lists[name], old.lacks | new.lacks
        if not lacks:
            return lacks
        fresh = {entry.id for entry in new.entries}
        for entry in entries:
            answer = entry.answers.get(entities.identified_by or "") if entry.standing is None else None
            both = lacks & _held(answer)
            if self.replacing and entry.id in fresh:
                lacks -= both - new.lacks
            elif both:
                said = entities.of_kind(Text("{}", "{}"), both)
                denied = old.place if both & old.lacks else new.place
                what = Text(
                    f"“{entities.label.zh}”的“{entry.id}”有“{said.zh}”，另一处写的是没有（见{denied}）",
                    f"{entities.label.en}: “{entry.id}” has “{said.en}”, and elsewhere it is denied (see {denied})",
                )
                self.problems.append(Problem(entry.place, what, _CHOOSE))
        return lacks


def _is_finer(old: Answer, new: Answer) -> bool:
    """Return whether an answer says the same more exactly: a day within a month, or a set that is now complete."""
    if isinstance(old.value, PartialDate) and isinstance(new.value, PartialDate):
        return old.value.first <= new.value.first and new.value.last <= old.value.last
    if isinstance(old.value, Unlike):
        return isinstance(new.value, str) and new.value not in old.value.codes
    if not (old.is_open and isinstance(old.value, frozenset) and isinstance(new.value, frozenset)) or new.is_open:
        return False
    return old.value <= new.value and new.value.isdisjoint(old.lacks())


def _together(old: Answer, new: Answer) -> Answer | None:
    """Return what two answers say together that each leave something open; None where they contradict each other."""
    if isinstance(old.value, Unlike) and isinstance(new.value, Unlike):
        return replace(new, value=Unlike(old.value.codes | new.value.codes), backing=new.backing or old.backing)
    if not (old.is_open and new.is_open and isinstance(old.value, frozenset) and isinstance(new.value, frozenset)):
        return None
    has, lacks = old.value | new.value, old.lacks() | new.lacks()
    return replace(new, value=OpenSet(has, lacks), backing=new.backing or old.backing) if has.isdisjoint(lacks) else None


def _held(answer: Answer | None) -> frozenset[str]:
    value = answer.value if answer is not None else None
    return frozenset(value) if isinstance(value, frozenset) else frozenset({value}) if isinstance(value, str) else frozenset()
