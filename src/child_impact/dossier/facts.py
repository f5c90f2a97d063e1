"""Facts as a dossier states them. A fact that is absent is *not stated*; a fact whose value is None is *stated as none*."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from ..reading.problems import Place, Problem
from ..reading.text import Text
from ..vocabulary.model import EntityList, Field, Vocabulary
from ..vocabulary.paths import BLANK, entry_path, field_path, parts
from ..vocabulary.values import PartialDate


class OpenSet(frozenset[str]):
    """A set of values that may have more members than are stated, but none that it `lacks`."""

    lacks: frozenset[str]

    def __new__(cls, has: Iterable[str] = (), lacks: Iterable[str] = ()) -> Self:
        """Return the set that has these members, lacks those, and of which nothing else is known."""
        made = super().__new__(cls, has)
        made.lacks = frozenset(lacks)
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OpenSet) and frozenset.__eq__(self, other) and self.lacks == other.lacks

    def __hash__(self) -> int:
        return hash((frozenset(self), self.lacks))


class Unlike(Struct, frozen=True):
    """A choice of which no more is known than that it is none of these."""

    codes: frozenset[str]


Value = bool | Decimal | PartialDate | Text | str | frozenset[str] | Unlike


class Strength(IntEnum):
    """How well a fact is supported, weakest first."""

    PLANNED = 1
    ASSERTED = 2
    EVIDENCED = 3


class Fact(Struct, frozen=True):
    """One stated fact: canonical path, value (None: stated as none), place in the file, evidence as the reader should cite it.

    `done`: the dossier says in so many words that the event or commitment is done; `note`: what it adds in words. Verdicts read neither.
    `said`: the statements that it puts together, where it is none of the file itself: what an entry says, and what its list lacks.
    """

    path: str
    value: Value | None
    place: Place
    strength: Strength = Strength.ASSERTED
    evidence: str | None = None
    done: bool = False
    note: Text | None = None
    said: "tuple[Fact, ...]" = ()

    def statements(self) -> "tuple[Fact, ...]":
        """Return the facts of the file that this rests on: itself, or those that it puts together."""
        return self.said or (self,)

    def denies(self) -> frozenset[str]:
        """Return the choices of which the fact says that they are not so."""
        if isinstance(self.value, Unlike):
            return self.value.codes
        return self.value.lacks if isinstance(self.value, OpenSet) else frozenset()

    def speaks_of(self, codes: frozenset[str]) -> bool:
        """Return whether the fact says of any of these choices that it is one, or that it is none."""
        held = self.value if isinstance(self.value, frozenset) else {self.value}
        return not codes.isdisjoint(self.denies().union(held))


class Remark(Struct, frozen=True):
    """What a dossier writes where it states no fact: the name of a body that is not known, or a note alone. Nothing judges it."""

    path: str
    place: Place
    value: Text | None
    note: Text | None


class Worked(Struct, frozen=True):
    """A fact that was worked out from others. `fact` None: they do not tell, and `missing` are the paths of what would."""

    fact: Fact | None
    of: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()


class Entity(Struct, frozen=True):
    """One thing of a list. `path` is how it is shown, as in `facilities[2]`; `id` is what it is known by."""

    id: str
    path: str
    place: Place
    facts: Mapping[str, Fact]

    def is_any(self) -> bool:
        """Return whether this stands for whatever may be there besides what is listed."""
        return parts(self.path).entry == BLANK

    def name(self) -> Text | None:
        """Return what the entity is called, if the dossier says so."""
        stated = (self.facts.get(name) for name in ("name", "title", "where", "road", "description"))
        return next((fact.value for fact in stated if fact is not None and isinstance(fact.value, Text)), None)


class Identity(Struct, frozen=True):
    """The field of a list that says what its things are (who was heard, what kind of facility), and whether it holds several values."""

    field: str
    is_set: bool


class Listing(Struct, frozen=True):
    """A list that a dossier states. `complete`: there is nothing of the kind besides what is listed.

    Of the members of its identity, `lacks` are those of which there is none at all, each with the fact that says so; `covers` those of
    which there is nothing besides what is listed, likewise. Both facts go by the name of the list. `not_done` are the entries that say
    what the list lacks, `deferred` those that are put off, which count neither as there nor as lacking, `nothing` those of
    which there are 0; no condition reads any of them.
    """

    name: str
    entities: tuple[Entity, ...]
    complete: bool
    place: Place
    identity: Identity | None = None
    lacks: Mapping[str, Fact] = {}
    covers: Mapping[str, Fact] = {}
    not_done: tuple[Entity, ...] = ()
    nothing: tuple[Entity, ...] = ()
    deferred: tuple[Entity, ...] = ()

    def members(self) -> tuple[Entity, ...]:
        """Return the things that are listed; what the list lacks is no member of any."""
        if not self.lacks:
            return self.entities
        return tuple(self._without(entity, self.lacks) for entity in self.entities)

    def other(self) -> Entity | None:
        """Return the thing that may be there besides; of it only that is known which it cannot be. None where the list is complete."""
        if self.complete:
            return None
        return self._without(any_of(self.name, self.place.file), {**self.covers, **self.lacks})

    def _without(self, entity: Entity, denied: Mapping[str, Fact]) -> Entity:
        """Return an entity of whose identity it is known that it is none of the codes, each with the fact that says so."""
        if self.identity is None or not denied:
            return entity
        fact = entity.facts.get(self.identity.field)
        if fact is not None and not isinstance(fact.value, OpenSet | Unlike):
            return entity  # what it is has been said in full
        value = _less(fact.value if fact is not None else None, frozenset(denied), is_set=self.identity.is_set)
        said = (*((fact,) if fact is not None else ()), *dict.fromkeys(denied.values()))
        path, weakest = field_path(entity.path, self.identity.field), min(one.strength for one in said)
        merged = Fact(path, value, said[0].place, weakest, said[0].evidence, note=said[0].note, said=said)
        return Entity(entity.id, entity.path, entity.place, {**entity.facts, self.identity.field: merged})


class Dossier(Struct, frozen=True):
    """A dossier that was read and is valid.

    `facts` are those of the dossier itself by path; `lists` holds only the lists that it states. `warnings` are things to mend that do
    not make it invalid; `sightings` are those among them that are about personal data, which is masked in all facts. `identities` says of
    every list of the vocabulary, stated or not, which field says what its things are.
    `remarks`, by path, are words under facts that are not stated; `worked`, by path, are facts of entries that were worked out and not
    stated.
    """

    file: str
    sha256: str
    facts: Mapping[str, Fact]
    lists: Mapping[str, Listing]
    warnings: tuple[Problem, ...] = ()
    sightings: tuple[Problem, ...] = ()
    identities: Mapping[str, Identity] = {}
    remarks: Mapping[str, Remark] = {}
    worked: Mapping[str, Worked] = {}

    def text(self, path: str) -> Text | None:
        """Return a stated text, or None."""
        fact = self.facts.get(path)
        return fact.value if fact is not None and isinstance(fact.value, Text) else None

    def code(self, path: str) -> str:
        """Return a required code of the header (id, kind, place, stage)."""
        value = self.facts[path].value
        assert isinstance(value, str)
        return value

    def members(self, list_: str) -> tuple[Entity, ...]:
        """Return the things of a list as they are judged; none where it is not stated."""
        listing = self.lists.get(list_)
        return listing.members() if listing is not None else ()

    def other(self, list_: str) -> Entity | None:
        """Return the thing that may be there besides those that are listed; None where the list is complete."""
        listing = self.lists.get(list_)
        return listing.other() if listing is not None else any_of(list_, self.file)

    def subjects(self, list_: str) -> tuple[Entity, ...]:
        """Return the things of a list, or, where there are none, one that stands for any: what holds of it holds of any."""
        return self.members(list_) or (self.other(list_) or any_of(list_, self.file),)

    def entity_at(self, path: str) -> Entity | None:
        """Return the entity that a path such as `facilities[2].area` is about, or None where it is about none that is listed."""
        at = parts(path)
        if at.index is None:
            return None
        listing, place = self.lists[at.owner], entry_path(at.owner, at.index)
        if at.index < len(listing.entities) and listing.entities[at.index].path == place:
            return listing.entities[at.index]
        return next((one for one in (*listing.entities, *listing.deferred, *listing.not_done, *listing.nothing) if one.path == place), None)

    def of_group(self, group: str) -> list[Fact]:
        """Return the facts of a group, in their order."""
        return [fact for path, fact in self.facts.items() if parts(path).owner == group]

    def as_of(self, day: date, vocabulary: Vocabulary) -> "Dossier":
        """Return the dossier as it counts on `day`.

        An event after that day is planned, whatever the dossier says of it; a planned event whose date has passed is no longer stated.
        """
        facts = {path: _fact_as_of(fact, vocabulary.fact(path), day) for path, fact in self.facts.items() if not _has_lapsed(fact, day)}
        lists = {name: _listing_as_of(listing, vocabulary.lists[name], day) for name, listing in self.lists.items()}
        return replace(self, facts=facts, lists=lists)


def any_of(list_: str, file: str) -> Entity:
    """Return a thing of a list of which nothing is known."""
    return Entity(BLANK, entry_path(list_), Place(file), {})


def _less(value: Value | None, codes: frozenset[str], *, is_set: bool) -> OpenSet | Unlike:
    if is_set:
        return OpenSet(value, value.lacks | codes) if isinstance(value, OpenSet) else OpenSet((), codes)
    return Unlike(value.codes | codes if isinstance(value, Unlike) else codes)


def _listing_as_of(listing: Listing, entities: EntityList, day: date) -> Listing:
    return replace(listing, entities=tuple(_entity_as_of(entity, entities, day) for entity in listing.entities))


def _entity_as_of(entity: Entity, entities: EntityList, day: date) -> Entity:
    facts = entity.facts
    if any(_has_lapsed(fact, day) for fact in facts.values()):
        facts = {name: fact for name, fact in facts.items() if fact.strength is not Strength.PLANNED}
    dated = facts.get(entities.event or "")
    if dated is not None and _lies_after(dated, day):
        facts = {name: _planned(fact) for name, fact in facts.items()}
    else:
        facts = {name: _fact_as_of(fact, entities.fields[name], day) for name, fact in facts.items()}
    return replace(entity, facts=facts)


def _fact_as_of(fact: Fact, field: Field | None, day: date) -> Fact:
    return _planned(fact) if field is not None and field.event and _lies_after(fact, day) else fact


def _planned(fact: Fact) -> Fact:
    return replace(fact, strength=Strength.PLANNED, done=False)


def _lies_after(fact: Fact, day: date) -> bool:
    return isinstance(fact.value, PartialDate) and fact.value.first > day


def _has_lapsed(fact: Fact, day: date) -> bool:
    return fact.strength is Strength.PLANNED and isinstance(fact.value, PartialDate) and fact.value.last < day
