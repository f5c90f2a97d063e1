"""Which clauses bind a proposal: by its kind, its place, and the day of the decision."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from ..dossier.facts import Dossier
from ..reading.text import Text
from ..rulebook.model import Criterion, Profile, Rulebook, Source
from ..vocabulary.values import lies_within
from .model import Force, Ground, Obligation, Status

_STRONGEST_FIRST = tuple(Obligation)


class Weight(Struct, frozen=True):
    """What a criterion weighs for a dossier: the clauses of its basis, those that bind first, and the strongest of them."""

    grounds: tuple[Ground, ...]
    force: Force
    obligation: Obligation


Weights = dict[tuple[str, ...], Weight]
"""Weights by criterion, kind of proposal and the status of each of the criterion's clauses, which is all that they depend on."""


class Standing:
    """How the clauses of a rulebook stand for a dossier on one day. `weights` keeps what was found for other dossiers."""

    def __init__(self, rulebook: Rulebook, profile: Profile, dossier: Dossier, day: date, weights: Weights | None = None) -> None:
        self.rulebook = rulebook
        self._weights = {} if weights is None else weights
        self.kind = dossier.code("kind")
        place = dossier.code("place")
        self._statuses = {source.id: status(source, profile, place, day) for source in rulebook.sources.values()}
        own = dossier.facts.get("own_source")
        if own is not None and str(own.value) in self._statuses:
            self._statuses[str(own.value)] = Status.OWN

    def of_criterion(self, criterion: Criterion) -> Weight:
        """Return what a criterion weighs.

        Clauses that do not speak of proposals of this kind are left out; where no clause does, all are given as reference.
        """
        key = (criterion.id, self.kind, *(self._statuses[basis.clause.partition(":")[0]] for basis in criterion.basis))
        found = self._weights.get(key)
        if found is None:
            grounds = self._grounds(criterion)
            found = self._weights[key] = Weight(grounds, *force_of(grounds))
        return found

    def _grounds(self, criterion: Criterion) -> tuple[Ground, ...]:
        found = [self._ground(basis.clause, basis.partial) for basis in criterion.basis]
        speaking = [ground for ground in found if self.kind in self.rulebook.clauses[ground.clause].applies_to]
        return _ordered(speaking or [replace(ground, force=Force.REFERENCE) for ground in found])

    def of_clauses(self, clauses: Iterable[str]) -> tuple[Ground, ...]:
        """Return clauses, those that bind first."""
        return _ordered(self._ground(clause, None) for clause in clauses)

    def _ground(self, clause_id: str, partial: Text | None) -> Ground:
        source = self.rulebook.source_of(clause_id)
        standing = self._statuses[source.id]
        binds = standing in (Status.IN_FORCE, Status.ADOPTED) and source.level != "practice"
        obligation = Obligation.of(self.rulebook.clauses[clause_id].wording)
        return Ground(clause_id, standing, Force.BINDING if binds else Force.REFERENCE, obligation, partial)


def force_of(found: tuple[Ground, ...]) -> tuple[Force, Obligation]:
    """Return a finding's force and obligation: the strongest of the binding clauses, else of the reference ones."""
    binding = [ground for ground in found if ground.force is Force.BINDING]
    strongest = min((ground.obligation for ground in binding or found), key=_STRONGEST_FIRST.index)
    return (Force.BINDING if binding else Force.REFERENCE), strongest


def status(source: Source, profile: Profile, place: str, day: date) -> Status:
    """Return how a source stands in a place on a day."""
    if source.in_force_from is not None and day < source.in_force_from:
        standing = Status.NOT_YET
    elif source.in_force_to is not None and day > source.in_force_to:
        standing = Status.SUPERSEDED if source.superseded_by else Status.EXPIRED
    elif not lies_within(place, source.jurisdiction):
        standing = Status.ELSEWHERE
    else:
        return Status.IN_FORCE
    return Status.ADOPTED if source.id in profile.adopts else standing


def _ordered(found: Iterable[Ground]) -> tuple[Ground, ...]:
    return tuple(sorted(found, key=lambda ground: (ground.force is not Force.BINDING, _STRONGEST_FIRST.index(ground.obligation))))
