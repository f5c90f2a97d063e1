"""Two assessments compared: what was closed, what is new, better, worse or unchanged, matched by criterion and entity id."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from ..dossier.facts import Strength
from ..reading.text import Text
from .model import Finding, Force, Obligation, Verdict

_Key = tuple[str, str | None]
_GAPS = (Verdict.NOT_MET, Verdict.NOT_STATED, Verdict.UNDETERMINED)


class Change(StrEnum):
    """What became of a finding.

    *Closed*: it asked for something and no longer does (met, not applicable, moot or gone). *New*: the other way round. *Better*, *worse*:
    it asks for something in both, with less or more weight (force, then obligation, then not met before not stated before undetermined),
    or it is met in both, with more or less strength. *Other*: it asks for nothing in either, and yet is not the same.
    """

    CLOSED = "closed"
    NEW = "new"
    BETTER = "better"
    WORSE = "worse"
    OTHER = "other"
    UNCHANGED = "unchanged"


class Held(Struct, frozen=True):
    """As much of a finding as a comparison needs. `name` is the entity's own, if it has one."""

    criterion: str
    entity: str | None
    name: Text | None
    title: Text
    verdict: Verdict
    strength: Strength | None
    force: Force
    obligation: Obligation
    is_moot: bool

    @property
    def is_gap(self) -> bool:
        """Return whether the finding asks for something."""
        return self.verdict in _GAPS and not self.is_moot

    @property
    def key(self) -> _Key:
        """Return what the finding is matched by."""
        return self.criterion, self.entity


class Pair(Struct, frozen=True):
    """A finding as it was and as it is; None where it is not there. At least one is."""

    old: Held | None
    new: Held | None
    change: Change

    @property
    def shown(self) -> Held:
        """Return the finding that says what the pair is about: an entity's rather than that of a list not stated."""
        pair = [held for held in (self.new, self.old) if held is not None]
        return next((held for held in pair if held.entity is not None), pair[0])


def held(finding: Finding) -> Held:
    """Return what a comparison needs of a finding."""
    entity = finding.entity
    return Held(
        finding.criterion.id,
        entity.id if entity else None,
        entity.name if entity else None,
        finding.criterion.title,
        finding.verdict,
        finding.strength,
        finding.force,
        finding.obligation,
        finding.is_moot,
    )


def compare(old: Iterable[Held], new: Iterable[Held]) -> list[Pair]:
    """Return every finding of two assessments with its change, the weightiest first.

    Where only one of the two states a list, the one finding of the other on that list stands for its entities: for each where the list is
    stated now, and for each that asked for something where it no longer is, for leaving a list out closes nothing.
    """
    before, after = {one.key: one for one in old}, {one.key: one for one in new}
    pairs = [_pair(key, before, after) for key in dict.fromkeys((*after, *before))]
    stand_ins = {id(one) for pair in pairs if pair.shown.entity is not None for one in (pair.old, pair.new) if one and one.entity is None}
    return sorted((pair for pair in pairs if id(pair.shown) not in stand_ins), key=_weight)


def _pair(key: _Key, before: Mapping[_Key, Held], after: Mapping[_Key, Held]) -> Pair:
    of_list = (key[0], None)
    old, new = before.get(key), after.get(key)
    if old is None and new is not None:
        old = before.get(of_list)
    elif old is not None and old.is_gap and new is None:
        new = after.get(of_list)
    change = _change(old, new)
    left_out = old is not None and new is not None and old.entity is not None and new.entity is None and new.is_gap
    return Pair(old, new, Change.UNCHANGED if left_out and change is Change.BETTER else change)


def _change(old: Held | None, new: Held | None) -> Change:
    if old is not None and old.is_gap:
        return Change.CLOSED if new is None or not new.is_gap else _step(_urgency(old), _urgency(new))
    if new is not None and new.is_gap:
        return Change.NEW
    if old is None or new is None or old.verdict is not new.verdict:
        return Change.OTHER
    return _step((old.strength or 0,), (new.strength or 0,))


def _step(low: tuple[int, ...], high: tuple[int, ...]) -> Change:
    return Change.UNCHANGED if low == high else Change.BETTER if low < high else Change.WORSE


def _urgency(one: Held) -> tuple[int, ...]:
    """Return the place of a finding in the order of weight: the weightiest first."""
    rank = _GAPS.index(one.verdict) if one.is_gap else len(_GAPS)
    return (list(Force).index(one.force), list(Obligation).index(one.obligation), rank)


def _weight(pair: Pair) -> tuple[int, ...]:
    return min(_urgency(one) for one in (pair.old, pair.new) if one is not None)
