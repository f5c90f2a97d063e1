"""What a dossier says is not there: members that a set, a choice or a list lacks, and those of which a list names all."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace
from pydantic_core import PydanticCustomError

from ..reading.nodes import Node, Sequence
from ..reading.problems import Place, Problem, Problems
from ..reading.text import Text
from ..vocabulary.model import EntityList, Enumeration, Field, FieldType
from ..vocabulary.paths import field_path
from . import leaves
from .facts import Entity, Fact, Listing, OpenSet, Unlike, Value
from .spelled import Spelled, SpelledList

Codes = dict[str, Place]
"""Members by code, each with the place where it is written."""


def codes_of(node: Node | None, field: Field, problems: Problems) -> Codes:
    """Return the members that a node names, one or a list; what is no member of the field's choices is added to the problems."""
    found: Codes = {}
    for item in node.items if isinstance(node, Sequence) else () if node is None else (node,):
        try:
            found.setdefault(leaves.choice(item, _choices(field)), item.place)
        except PydanticCustomError as error:
            problems.append(_problem(item.place, Text(f"“{field.key.zh}”：", f"“{field.key.en}”: "), error))
    return found


def lacking(spelled: Spelled, values: Mapping[str, Value], fields: Mapping[str, Field], problems: Problems) -> dict[str, Value]:
    """Return the values of the sets and choices of a section that say what they lack; what one both has and lacks is a problem."""
    found: dict[str, Value] = {}
    for name, node in spelled.lacks.items():
        field, value, denied = fields[name], values.get(name), codes_of(node, fields[name], problems)
        if field.type is FieldType.CHOICE:
            found[name] = Unlike(frozenset(denied))
            continue
        has = frozenset(value) if isinstance(value, frozenset) else frozenset[str]()
        written = codes_of(spelled.values.get(name), field, Problems())
        problems += [_contradiction(field, code, written.get(code, node.place), denied[code]) for code in sorted(has & denied.keys())]
        found[name] = OpenSet(has, denied) if name in spelled.open else has
    return found


def denying(
    listing: Listing, not_done: list[Entity], deferred: list[Entity], spelled: SpelledList, listed: EntityList, problems: Problems
) -> Listing:
    """Return a list with what it says is not there: of its own, and by entries that were not done or are put off."""
    file = listing.place.file
    why = {one.place: one.why for one in spelled.entities}
    gone, later = ([_with_reason(one, why[one.place], file, problems) for one in entities] for entities in (not_done, deferred))
    if listed.identified_by is None:
        return listing
    identity = listed.fields[listed.identified_by]
    lacks = {
        code: Fact(listing.name, OpenSet((), {code}), place._replace(file=file))
        for code, place in codes_of(spelled.lacks, identity, problems).items()
    }
    for fact in (entity.facts[identity.name] for entity in gone if identity.name in entity.facts):
        for code in sorted(_held(fact)):
            lacks.setdefault(code, Fact(listing.name, OpenSet((), {code}), fact.place, fact.strength, fact.evidence))
    covers = {
        code: Fact(listing.name, frozenset({code}), place._replace(file=file))
        for code, place in codes_of(spelled.covers, identity, problems).items()
    }
    problems += contradictions(identity, listing.entities, lacks)
    return replace(listing, lacks=lacks, covers=covers, not_done=tuple(gone), deferred=tuple(later))


def _with_reason(entity: Entity, why: Mapping[str, Node], file: str, problems: Problems) -> Entity:
    """Return an entry with its reason and note, which are quoted and read by no condition."""
    facts = dict(entity.facts)
    for name, node in why.items():
        try:
            facts[name] = Fact(field_path(entity.path, name), leaves.words(node), node.place._replace(file=file))
        except PydanticCustomError as error:
            problems.append(_problem(node.place, Text("", ""), error))
    return replace(entity, facts=facts)


def contradictions(identity: Field, entities: Iterable[Entity], lacks: Mapping[str, Fact]) -> Iterable[Problem]:
    """Yield a problem for every entry that is one of the members that its list lacks."""
    for entity in entities:
        fact = entity.facts.get(identity.name)
        for code in sorted(_held(fact) & lacks.keys()):
            assert fact is not None
            name, denied = _choices(identity).values[code], lacks[code].place.said()
            what = Text(
                f"这一项的“{identity.key.zh}”有“{name.zh}”，而{denied.zh}写的是没有“{name.zh}”",
                f"this entry has “{name.en}” in “{identity.key.en}”, and {denied.en} says that there is no “{name.en}”",
            )
            todo = Text(
                f"请改正其中一处；若是说除这一项外再没有，改写成“列全: [{name.zh}]”",
                f"correct the one or the other; if you mean that there is none besides this one, write “complete: [{name.en}]”",
            )
            yield Problem(fact.place, what, todo)


def _problem(place: Place, about: Text, error: PydanticCustomError) -> Problem:
    said = error.context or {}
    what = Text(f"{about.zh}{said['what_zh']}", f"{about.en}{said['what_en']}")
    return Problem(place, what, Text(str(said["todo_zh"]), str(said["todo_en"])))


def _held(fact: Fact | None) -> frozenset[str]:
    """Return the members that a fact says of a thing."""
    value = fact.value if fact is not None else None
    return frozenset(value) if isinstance(value, frozenset) else frozenset({value}) if isinstance(value, str) else frozenset()


def _contradiction(field: Field, code: str, has: Place, lacks: Place) -> Problem:
    name, said = _choices(field).values[code], has.said()
    what = Text(
        f"“{field.key.zh}”：{said.zh}写有“{name.zh}”，这里又写没有", f"“{field.key.en}”: {said.en} has “{name.en}”, and here it is denied"
    )
    return Problem(lacks, what, Text("请只保留一处", "keep one of them"))


def _choices(field: Field) -> Enumeration:
    assert field.enumeration is not None
    return field.enumeration
