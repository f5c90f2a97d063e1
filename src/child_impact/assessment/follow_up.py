"""The register of what is to be followed up: answers to losses, tasks, reviews of effects and the reviewers' conditions, as of a day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from ..dossier.facts import Dossier, Entity, Fact, Value
from ..reading.problems import Place
from ..reading.text import Text
from ..vocabulary.model import EntityList, Field, Register, Vocabulary
from ..vocabulary.paths import field_path
from ..vocabulary.values import PartialDate, read_date
from .record import Record

CONDITION = Text("审查条件", "condition of the review")
DEFERRED = Text("暂缓事项", "put off")


class State(StrEnum):
    """How an entry stands on a day, in the order of the register. *Overdue*: its day has passed and nothing says that it is done."""

    OVERDUE = "overdue"
    OPEN = "open"
    UNDATED = "undated"
    DONE = "done"


class Entry(Struct, frozen=True):
    """One thing to follow up. `kind` is what sort of thing, `id` its own in the dossier, `place` the line that it stands on.

    What the dossier or the record does not state is None. `money` is a figure with its unit, or where it comes from.
    """

    dossier: str
    title: Text | None
    kind: Text
    id: str | None
    what: Text
    owner: Text | None
    due: PartialDate | None
    money: Text | None
    indicator: Text | None
    done: bool
    place: Place

    def state(self, day: date) -> State:
        """Return how the entry stands on a day; on the day that it is due it is not yet overdue."""
        if self.done:
            return State.DONE
        if self.due is None:
            return State.UNDATED
        return State.OVERDUE if self.due.last < day else State.OPEN

    def days_overdue(self, day: date) -> int | None:
        """Return for how many days the entry has been overdue, or None where it is not."""
        return (day - self.due.last).days if self.due is not None and self.state(day) is State.OVERDUE else None


def entries(dossier: Dossier, record: Record | None, vocabulary: Vocabulary, day: date) -> list[Entry]:
    """Return what is to be followed up of one dossier as it was read, and of the reviewer's record of it."""
    found = [*_of_groups(dossier, vocabulary), *_of_lists(dossier, vocabulary)]
    for one in record.conditions if record else ():
        done = one.done is not None and one.done <= day
        found.append(_entry(dossier, CONDITION, None, one.text, one.owner, one.due, None, None, done=done, place=one.place))
    return found


def register(entries_: Iterable[Entry], day: date) -> list[Entry]:
    """Return entries in the order of the register: overdue ones first, the longest overdue at the top; then what falls due soonest."""
    states = list(State)
    return sorted(entries_, key=lambda one: (states.index(one.state(day)), one.due.last if one.due else date.max, one.dossier))


def _of_groups(dossier: Dossier, vocabulary: Vocabulary) -> Iterator[Entry]:
    for group in vocabulary.groups.values():
        if group.register is not None:
            facts = {name: fact for name, field in group.fields.items() if (fact := dossier.facts.get(field.path)) is not None}
            yield from _row(dossier, group.register, facts, group.fields, None, vocabulary)


def _of_lists(dossier: Dossier, vocabulary: Vocabulary) -> Iterator[Entry]:
    for listing in dossier.lists.values():
        one = vocabulary.lists[listing.name]
        for entity in listing.deferred:
            yield _deferred(dossier, entity, one, vocabulary)
        if one.register is not None:
            for entity in listing.entities:
                yield from _row(dossier, one.register, entity.facts, one.fields, entity, vocabulary)


def _deferred(dossier: Dossier, entity: Entity, listed: EntityList, vocabulary: Vocabulary) -> Entry:
    """Return an entry of a list that is put off: what it is, why, and by when where it says so."""
    words = {name: worded(fact.value, listed.fields[name], vocabulary) for name, fact in entity.facts.items() if name in listed.fields}
    named, why, followed = words.get(listed.identified_by or "", Text(entity.id, entity.id)), entity.facts.get("reason"), listed.register
    what = Text(f"{listed.one.zh}：{named.zh}", f"{listed.one.en}: {named.en}")
    if why is not None and isinstance(why.value, Text):
        what = Text(f"{what.zh}（{why.value.zh}）", f"{what.en} ({why.value.en})")
    due = _first(followed.due, entity.facts) if followed is not None else None
    return _entry(
        dossier,
        DEFERRED,
        entity.id,
        what,
        words.get(followed.owner or "") if followed is not None else None,
        _day(entity.facts[due].value) if due is not None else None,
        words.get(followed.money or "") if followed is not None else None,
        None,
        done=False,
        place=entity.place,
    )


def _row(
    dossier: Dossier,
    register_: Register,
    facts: Mapping[str, Fact],
    fields: Mapping[str, Field],
    entity: Entity | None,
    vocabulary: Vocabulary,
) -> Iterator[Entry]:
    """Yield the entry of a group or an entity, if it says what is to be done, or, where nothing can, by when."""
    stated = {name: fact for name, fact in facts.items() if fact.value is not None}
    what, due = _first(register_.what, stated), _first(register_.due, stated)
    leading = what if register_.what else due
    if leading is None or stated[leading].value in register_.promises_nothing:
        return
    words = {name: _with_note(worded(fact.value, fields[name], vocabulary), fact) for name, fact in stated.items()}
    indicator = [words[name] for name in register_.indicator if name in words]
    yield _entry(
        dossier,
        register_.title,
        entity.id if entity is not None else None,
        words[leading] if register_.what else fields[leading].label,
        words.get(register_.owner or "") or _unlisted(dossier, entity, register_.owner),
        _day(stated[due].value) if due is not None else None,
        words.get(register_.money or ""),
        Text("：".join(one.zh for one in indicator), ": ".join(one.en for one in indicator)) if indicator else None,
        done=any(stated[name].done for name in (what, due) if name is not None),
        place=stated[leading].place,
    )


def _entry(
    dossier: Dossier,
    kind: Text,
    id_: str | None,
    what: Text,
    owner: Text | None,
    due: PartialDate | None,
    money: Text | None,
    indicator: Text | None,
    *,
    done: bool,
    place: Place,
) -> Entry:
    return Entry(dossier.code("id"), dossier.text("title"), kind, id_, what, owner, due, money, indicator, done, place)


def _first(names: Iterable[str], stated: Mapping[str, Fact]) -> str | None:
    return next((name for name in names if name in stated), None)


def _day(value: Value | None) -> PartialDate | None:
    """Return a date, or the year that a number gives."""
    return value if isinstance(value, PartialDate) else read_date(str(value))


def _unlisted(dossier: Dossier, entity: Entity | None, owner: str | None) -> Text | None:
    """Return the body that an entry names and the dossier does not know, as what it is."""
    remark = dossier.remarks.get(field_path(entity.path, owner)) if entity is not None and owner is not None else None
    if remark is None or remark.value is None:
        return None
    return Text(f"“{remark.value.zh}”（档案未列明的单位）", f"“{remark.value.en}” (a body that the file does not list)")


def _with_note(said: Text, fact: Fact) -> Text:
    return said if fact.note is None else Text(f"{said.zh}（{fact.note.zh}）", f"{said.en} ({fact.note.en})")


def worded(value: Value | None, field: Field, vocabulary: Vocabulary) -> Text:
    """Return a stated value in both languages, a number with its unit."""
    if isinstance(value, Text):
        return value
    if isinstance(value, Decimal):
        figure = f"{value.normalize():f}"
        unit = vocabulary.units[field.unit] if field.unit else None
        return Text(f"{figure}{unit.zh}", f"{figure} {unit.en}") if unit else Text(figure, figure)
    codes = [value] if isinstance(value, str) else sorted(value) if isinstance(value, frozenset) else [str(value)]
    names = [field.enumeration.values[code] if field.enumeration else Text(code, code) for code in codes]
    return Text("、".join(one.zh for one in names), ", ".join(one.en for one in names))
