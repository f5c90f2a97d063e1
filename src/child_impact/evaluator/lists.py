"""What holds of the things of a list: those that are listed, and whatever may be there besides.

Nothing is known of what may be there besides but what it cannot be: it is none of the members that the list lacks or names in full. So a
condition that it fails for certain is failed by all that nobody listed; that it might hold of it is credited to nobody.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from msgspec.structs import replace

from ..conditions.syntax import Compare, Condition, Const, Expression, FactRef, Holds, walk
from ..dossier.facts import Dossier, Entity, Fact, Listing, any_of
from ..rulebook.model import Derived
from ..vocabulary.paths import BLANK, entry_path
from .proof import Gap, Missing, Proof


class Prover(Protocol):
    """What proves a condition about an entity, on one dossier."""

    dossier: Dossier
    derived: Mapping[str, Derived]

    def prove(self, condition: Condition, entity: Entity | None = None) -> Proof:
        """Return the proof of a condition about the dossier, or about one entity of a list."""
        ...


class Lists:
    """The lists of one dossier, as conditions over them ask."""

    def __init__(self, prover: Prover) -> None:
        self._prover = prover
        self._dossier = prover.dossier
        self._members: dict[str, tuple[Entity, ...]] = {}
        self._others: dict[str, Entity | None] = {}
        self._besides: dict[tuple[int, bool], tuple[Condition, Missing]] = {}

    def entities(self, list_: str) -> tuple[Entity, ...]:
        """Return the things that are listed, as they are judged."""
        if list_ not in self._members:
            self._members[list_] = self._dossier.members(list_)
        return self._members[list_]

    def members(self, list_: str, where: Condition) -> list[Proof]:
        """Return the proofs of a condition about the things that are listed."""
        return [replace(self._prover.prove(where, entity), about=entity.path) for entity in self.entities(list_)]

    def other(self, list_: str, where: Condition) -> Proof | None:
        """Return what holds of whatever may be there besides the things that are listed; None where the list is complete."""
        if list_ not in self._others:
            self._others[list_] = self._dossier.other(list_)
        other = self._others[list_]
        return None if other is None else replace(self._prover.prove(where, other), about=other.path)

    def besides(self, list_: str, where: Condition, *, wanted: bool) -> Missing:
        """Return what has to be said for a condition to come to `wanted` of all that may be there besides.

        That is of which members there is none; only where no member decides, whether the list is complete.
        """
        key = (id(where), wanted)
        if key not in self._besides:
            listing = self._dossier.lists.get(list_)
            members = self._deciding(list_, where, wanted)
            self._besides[key] = (where, Missing(list_, list_, Gap.LIST if listing is None else Gap.MORE, members))
        return self._besides[key][1]

    def _deciding(self, list_: str, where: Condition, wanted: bool) -> tuple[str, ...]:
        """Return the fewest members of a list's identity of which it must be said that there are none; none where that decides nothing."""
        identity = self._dossier.identities.get(list_)
        if identity is None:
            return ()
        listing = self._dossier.lists.get(list_) or Listing(list_, (), False, any_of(list_, "").place, identity)
        said = {**listing.covers, **listing.lacks}
        asked = sorted(self._asked(where, identity.field) - said.keys())

        def decide(codes: list[str]) -> bool:
            return self._prover.prove(where, _without(listing, said, codes)).truth is wanted

        return tuple(_fewest(asked, decide)) if asked and decide(asked) else ()

    def _asked(self, where: Condition, identity: str) -> frozenset[str]:
        """Return the members of a list's identity that a condition names, in derived facts too."""
        found: frozenset[str] = frozenset()
        for node in walk(where):
            if isinstance(node, Holds) and node.entity:
                found |= self._asked_by(self._prover.derived[node.id].condition, identity)
            elif isinstance(node, Compare) and isinstance(node.left, FactRef) and node.left.entity and node.left.name == identity:
                found |= codes_of(node.right)
        return found

    def _asked_by(self, definition: Condition | None, identity: str) -> frozenset[str]:
        return self._asked(definition, identity) if definition is not None else frozenset()


def codes_of(expression: Expression) -> frozenset[str]:
    """Return the choices that a literal names; none where it is no literal of choices."""
    value = expression.value if isinstance(expression, Const) else None
    return value if isinstance(value, frozenset) else frozenset({value}) if isinstance(value, str) else frozenset()


def _without(listing: Listing, said: Mapping[str, Fact], codes: list[str]) -> Entity:
    """Return what may be there besides, if there were none of these members either, under a path of its own."""
    denied = {**said, **{code: Fact(listing.name, None, listing.place) for code in codes}}
    other = replace(listing, complete=False, lacks=denied, covers={}).other()
    assert other is not None
    return replace(other, path=entry_path(listing.name, f"{BLANK}{'-'.join(codes)}"))


def _fewest(codes: list[str], decide: Callable[[list[str]], bool]) -> list[str]:
    """Return the codes without those that are not needed to decide."""
    needed = list(codes)
    for code in codes:
        rest = [one for one in needed if one != code]
        if rest and decide(rest):
            needed = rest
    return needed
