"""Facts as a dossier states them. A fact that is absent is *not stated*; a fact whose value is None is *stated as none*."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import IntEnum

from msgspec import Struct

from ..reading.problems import Place, Problem
from ..reading.text import Text
from ..vocabulary.paths import BLANK, entry_path, parts
from ..vocabulary.values import PartialDate


class OpenSet(frozenset[str]):
    """A set of values that may have more members than are stated."""

    __slots__ = ()


Value = bool | Decimal | PartialDate | Text | str | frozenset[str]


class Strength(IntEnum):
    """How well a fact is supported, weakest first."""

    PLANNED = 1
    ASSERTED = 2
    EVIDENCED = 3


class Fact(Struct, frozen=True):
    """One stated fact: canonical path, value (None: stated as none), place in the file, evidence as the reader should cite it.

    `done`: the dossier says in so many words that the event or commitment is done; `note`: what it adds in words. Verdicts read neither.
    """

    path: str
    value: Value | None
    place: Place
    strength: Strength = Strength.ASSERTED
    evidence: str | None = None
    done: bool = False
    note: Text | None = None


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

    def name(self) -> Text | None:
        """Return what the entity is called, if the dossier says so."""
        stated = (self.facts.get(name) for name in ("name", "title", "where", "road", "description"))
        return next((fact.value for fact in stated if fact is not None and isinstance(fact.value, Text)), None)


class Listing(Struct, frozen=True):
    """A list that a dossier states. `complete`: there is nothing of the kind besides what is listed."""

    name: str
    entities: tuple[Entity, ...]
    complete: bool
    place: Place


class Dossier(Struct, frozen=True):
    """A dossier that was read and is valid.

    `facts` are those of the dossier itself by path; `lists` holds only the lists that it states. `warnings` are things to mend that do
    not make it invalid; `sightings` are those among them that are about personal data, which is masked in all facts. `remarks`, by path,
    are words under facts that are not stated; `worked`, by path, are facts of entries that were worked out and not stated.
    """

    file: str
    sha256: str
    facts: Mapping[str, Fact]
    lists: Mapping[str, Listing]
    warnings: tuple[Problem, ...] = ()
    sightings: tuple[Problem, ...] = ()
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

    def subjects(self, list_: str) -> tuple[Entity, ...]:
        """Return the entities of a list, or, where there are none, one of which nothing is stated: what holds of it holds of any."""
        listing = self.lists.get(list_)
        if listing is not None and listing.entities:
            return listing.entities
        return (Entity(BLANK, entry_path(list_), Place(self.file), {}),)

    def entity_at(self, path: str) -> Entity | None:
        """Return the entity that a path such as `facilities[2].area` is about, or None where it is about none that is listed."""
        at = parts(path)
        return self.lists[at.owner].entities[at.index] if at.index is not None else None

    def of_group(self, group: str) -> list[Fact]:
        """Return the facts of a group, in their order."""
        return [fact for path, fact in self.facts.items() if parts(path).owner == group]

    def as_of(self, day: date) -> "Dossier":
        """Return the dossier as it counts on `day`: a planned event whose date has passed is no longer stated."""
        facts = {path: fact for path, fact in self.facts.items() if not _has_lapsed(fact, day)}
        lists = {name: _listing_as_of(listing, day) for name, listing in self.lists.items()}
        return Dossier(self.file, self.sha256, facts, lists, self.warnings, self.sightings, self.remarks)


def _listing_as_of(listing: Listing, day: date) -> Listing:
    entities = tuple(_entity_as_of(entity, day) for entity in listing.entities)
    return Listing(listing.name, entities, listing.complete, listing.place)


def _entity_as_of(entity: Entity, day: date) -> Entity:
    if not any(_has_lapsed(fact, day) for fact in entity.facts.values()):
        return entity
    kept = {name: fact for name, fact in entity.facts.items() if fact.strength is not Strength.PLANNED}
    return Entity(entity.id, entity.path, entity.place, kept)


def _has_lapsed(fact: Fact, day: date) -> bool:
    return fact.strength is Strength.PLANNED and isinstance(fact.value, PartialDate) and fact.value.last < day
