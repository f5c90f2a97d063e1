"""What the vocabulary consists of: enumerations, fields, groups, lists of entities, and places."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from ..reading.text import Text, fold
from .bodies import Bodies
from .empty_words import EmptyWords
from .moved import Moves
from .paths import parts


class FieldType(StrEnum):
    """The types that a fact can have.

    A note is printed and never judged. A body is an organisation that the file knows by its name; a reference is the id of an entry.
    """

    BOOLEAN = "boolean"
    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"
    NOTE = "note"
    BODY = "body"
    REFERENCE = "reference"
    CHOICE = "choice"
    CHOICES = "choices"
    PLACE = "place"
    IDENTIFIER = "identifier"


class Enumeration(Struct, frozen=True):
    """A closed list of values: each code with its names, and the units in which those that are measured are measured."""

    id: str
    values: dict[str, Text]
    units: dict[str, str] = {}

    def code(self, spelling: str) -> str | None:
        """Return the code of a value spelled by its code or by its name in either language."""
        wanted = fold(spelling)
        for code, name in self.values.items():
            if wanted in (code, fold(name.zh), fold(name.en)):
                return code
        return None


class Counts(Struct, frozen=True):
    """What a number counts: the `member` of a set of the same entry, or (None) all its members, or the choice; 0 is none of them."""

    field: str
    member: str | None = None


class Field(Struct, frozen=True):
    """One fact: its path, its key in a Chinese dossier, type, unit, bounds, question, who can answer and where it is found.

    `blank_is_none`: in an entry of a list, leaving the field out says that there is none: `always`, or where the field named here has a
    value (a task without a metric is no target, and a target need not have a topic). `can_be_planned`: it is an event or a commitment, so
    that a dossier may say whether it is done or planned. `event`: it is the day of something that happens; while that day lies ahead of
    the day of judgement it is planned. `unit_of`: the choice of the same entry whose member gives the unit (an amount is in m² where a
    ground is lost, in places where it is places). `to`: the list in whose entries a reference is looked up. `is_name`: the name of a body
    is given here, so that the file knows it from here on.
    """

    path: str
    key: Text
    label: Text
    type: FieldType
    question: Text
    answered_by: str
    found_in: tuple[str, ...] = ()
    unit: str | None = None
    enumeration: Enumeration | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    required: bool = False
    blank_is_none: str | None = None
    can_be_planned: bool = False
    event: bool = False
    counts: Counts | None = None
    unit_of: str | None = None
    to: str | None = None
    is_name: bool = False

    @property
    def name(self) -> str:
        """Return the last part of the path: the field's name in its group or entity."""
        return parts(self.path).name

    @property
    def group(self) -> str:
        """Return the name of the group that the field stands in: empty for the header, and for the fields of a list."""
        return parts(self.path).owner


class Register(Struct, frozen=True):
    """How a group, or each entity of a list, stands in the register of what is to be followed up: which of its fields say what.

    `title` is the kind of entry. Of `what` and `due` the first that is stated counts; an `indicator` is all that are.
    `promises_nothing` are choices by which nothing is to be followed up.
    """

    title: Text
    what: tuple[str, ...]
    due: tuple[str, ...]
    owner: str | None
    money: str | None
    indicator: tuple[str, ...]
    promises_nothing: tuple[str, ...] = ()


class Group(Struct, frozen=True):
    """Facts that stand together under one key of a dossier; the header is the group with an empty name."""

    name: str
    key: Text
    fields: dict[str, Field]
    register: Register | None = None


ASKS = Text("有没有{}？", "Is there any {}?")
LACKS = Text("没有{}", "no {}")
COVERS = Text("{}已列全", "every {} is listed")
"""What lists say of members where the vocabulary has no words of theirs."""


class EntityList(Struct, frozen=True):
    """A list of things of one kind (consultations, crossings …), each with fields of its own. `can_be_planned` is said of each thing.

    `event` is the field with the day on which a thing happens: while it lies ahead of the day of judgement, all of the thing is planned.
    `identified_by` is the field that says what a thing is (who was heard, what kind of facility): of its values a dossier may say that
    there is none at all, or that it names all. `asks` is the question whether there is any of them, `lacks` and `covers` say that there is
    none, or that all are named; `{}` stands for the values. `worked_out` are facts of each thing that the program works out from others
    and that no dossier states.
    """

    name: str
    key: Text
    label: Text
    one: Text
    question: Text
    answered_by: str
    fields: dict[str, Field]
    register: Register | None = None
    can_be_planned: bool = False
    event: str | None = None
    identified_by: str | None = None
    asks: Text = ASKS
    lacks: Text = LACKS
    covers: Text = COVERS
    worked_out: dict[str, Field] = {}

    def of_kind(self, template: Text, codes: Iterable[str]) -> Text:
        """Return one of the sentences about members of the field that says what a thing is."""
        enumeration = self.fields[self.identified_by or ""].enumeration
        names = [name for code, name in enumeration.values.items() if code in set(codes)] if enumeration is not None else []
        zh = "、".join(name.zh for name in names)
        return Text(template.zh.replace("{}", zh), template.en.replace("{}", _either([name.en for name in names])))

    @property
    def takes_standing(self) -> bool:
        """Return whether an entry may say that it is planned or done: one that can be planned as a whole, or whose measure is followed up.

        It then holds for those of its fields that can be planned.
        """
        return self.can_be_planned or self.register is not None


def _either(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


class Stage(Struct, frozen=True):
    """A stage of a proposal: for which kinds, its rank among all stages, and whether the decision still lies ahead."""

    code: str
    kinds: tuple[str, ...]
    before_decision: bool
    rank: int


class Vocabulary(Struct, frozen=True):
    """All that a dossier may state. `places` maps the names of administrative divisions to their GB/T 2260 codes.

    `place_names` maps codes to the English names that documents use; a dossier does not spell them so. `bodies`: how names are read.
    `empty_words`: what is no answer. `moved`: the keys of older dossiers.
    """

    enumerations: dict[str, Enumeration]
    units: dict[str, Text]
    groups: dict[str, Group]
    lists: dict[str, EntityList]
    stages: dict[str, Stage]
    places: dict[str, str]
    place_names: dict[str, str]
    bodies: Bodies = Bodies()
    empty_words: EmptyWords = EmptyWords()
    moved: Moves = Moves()

    def fact(self, path: str) -> Field | None:
        """Return the field of the dossier itself (not of an entity) at `path`, or None."""
        at = parts(path)
        found = self.groups.get(at.owner) if at.entry is None else None
        return found.fields.get(at.name) if found else None

    def field(self, path: str) -> Field | None:
        """Return the field at `path`, of the dossier itself or of an entry of a list; None where that is no field."""
        at = parts(path)
        listed = self.lists.get(at.owner)
        return (listed.fields.get(at.name) or listed.worked_out.get(at.name)) if listed else self.fact(path)

    def listed(self, path: str) -> EntityList | None:
        """Return the list that `path` names or leads into, or None where it is about no list."""
        at = parts(path)
        return self.lists.get(at.owner or at.name)

    def paths(self) -> list[str]:
        """Return the paths of all facts of the dossier itself."""
        return [field.path for group in self.groups.values() for field in group.fields.values()]

    def place(self, code: str) -> Text:
        """Return what a division is called; one that has no name here goes by the name of what it lies in, and its code."""
        named = {known: name for name, known in reversed(self.places.items())}
        if code in named:
            return Text(named[code], self.place_names.get(code, named[code]))
        around = next((outer for outer in (f"{code[:4]}00", f"{code[:2]}0000") if outer in named), None)
        if around is None:
            return Text(code, code)
        return Text(f"{named[around]}（区划代码{code}）", f"{self.place_names.get(around, named[around])} (division code {code})")
