"""Facts of the entries of lists that the program works out from others, before anything is judged; no dossier states them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec.structs import replace

from ..reading.text import Text, fold
from ..vocabulary.paths import field_path
from ..vocabulary.values import PartialDate
from .facts import Dossier, Entity, Fact, OpenSet, Value, Worked
from .timing import Decided, Timed, timing

ASKED: Mapping[str, tuple[str, ...]] = {
    "timing": ("ended_on",),
    "lost_amount": ("amount",),
    "made_good": ("replaced_amount",),
    "made_good_ages": ("replaced_ages",),
}
"""What is asked of an entry where a fact that is worked out is not known."""

_MEASURES = ("places", "area", "number")


def reckoned(dossier: Dossier, header: PartialDate | None) -> Dossier:
    """Return the dossier with what follows from its entries. `header`: the day of decision, as `timing` takes it."""
    worked = {**dict(_timings(dossier, header)), **dict(_amounts(dossier))}
    return replace(dossier, worked=worked)


def _timings(dossier: Dossier, header: PartialDate | None) -> Iterator[tuple[str, Worked]]:
    decisions = [_decided(entity) for entity in _entities(dossier, "decisions")]
    for entity in _entities(dossier, "consultations"):
        path = field_path(entity.path, "timing")
        day = entity.facts.get("ended_on")
        if day is not None and day.value is None:
            yield path, Worked(replace(day, path=path), (day,))  # it has no day: it did not take place
            continue
        step, about = (entity.facts.get(name) for name in ("step", "about"))
        said = _members(about)
        on = day.value if day is not None and isinstance(day.value, PartialDate) else None
        at = step.value if step is not None and isinstance(step.value, str) else None
        found = timing(on, at, said, decisions, header)
        if isinstance(said, OpenSet) and found.timing == "after":
            found = Timed(None, ("about",))  # it may have been about something else too
        of = tuple(fact for fact in ((day,) if day is not None else (step,)) if fact is not None)
        if found.timing is None:
            missing = tuple(name if name == "decision_on" else _missing(entity, name) for name in found.missing)
            yield path, Worked(None, of, missing)
        else:
            weakest = min(of, key=lambda fact: fact.strength)
            yield path, Worked(replace(weakest, path=path, value=found.timing), of)


def _decided(entity: Entity) -> Decided:
    fixes, on = entity.facts.get("fixes"), entity.facts.get("decided_on")
    return Decided(_members(fixes) or frozenset(), on.value if on is not None and isinstance(on.value, PartialDate) else None)


def _missing(entity: Entity, name: str) -> str:
    return "decisions" if name in ("decided_on", "fixes") else field_path(entity.path, name)


def _amounts(dossier: Dossier) -> Iterator[tuple[str, Worked]]:
    """Yield what is lost and what is made good, with what a facility that is referred to says of itself."""
    facilities = {entity.id: entity for entity in _entities(dossier, "facilities")}
    for entity in _entities(dossier, "changes"):
        facts = entity.facts
        before, after = (_number(facts.get(name)) for name in ("before", "after"))
        lost = _same(entity, "lost_amount", "amount")
        if lost is None and before is not None and after is not None:
            lost = _of(entity, "lost_amount", abs(before - after), (facts["before"], facts["after"]))
        meant = facts.get("facility")
        facility = facilities.get(_id(meant.value)) if meant is not None else None
        made_good = _same(entity, "made_good", "replaced_amount")
        ages = _same(entity, "made_good_ages", "replaced_ages")
        if facility is not None:
            figure = next((fact for name in _MEASURES if _number(fact := facility.facts.get(name)) is not None), None)
            if made_good is None and figure is not None:
                made_good = _of(entity, "made_good", figure.value, (figure,))
            served = facility.facts.get("ages")
            if ages is None and served is not None:
                ages = _of(entity, "made_good_ages", served.value, (served,))
        yield from (one for one in (lost, made_good, ages) if one is not None)


def _same(entity: Entity, name: str, stated: str) -> tuple[str, Worked] | None:
    fact = entity.facts.get(stated)
    return _of(entity, name, fact.value, (fact,)) if fact is not None else None


def _of(entity: Entity, name: str, value: Value | None, of: tuple[Fact, ...]) -> tuple[str, Worked]:
    path = field_path(entity.path, name)
    weakest = min(of, key=lambda fact: fact.strength)
    return path, Worked(replace(weakest, path=path, value=value), of)


def _entities(dossier: Dossier, list_: str) -> tuple[Entity, ...]:
    listing = dossier.lists.get(list_)
    return listing.entities if listing is not None else ()


def _members(fact: Fact | None) -> frozenset[str] | None:
    return fact.value if fact is not None and isinstance(fact.value, frozenset) else None


def _number(fact: Fact | None) -> Decimal | None:
    return fact.value if fact is not None and isinstance(fact.value, Decimal) else None


def _id(value: Value | None) -> str:
    return fold(value.zh) if isinstance(value, Text) else fold(value) if isinstance(value, str) else ""
