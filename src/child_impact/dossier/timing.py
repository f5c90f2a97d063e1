"""Whether people were heard before or after a decision, worked out from the day, the step, what it was about, and the decisions.

A hearing counts against the decision that fixed what it was about: to be heard about a route two years after the route was fixed is too
late, however much of the works is still to be decided. Where the dossier lists no decision on a matter, the day of decision in its header
stands for it.
"""

from collections.abc import Iterable

from msgspec import Struct

from ..vocabulary.values import PartialDate

BEFORE = "before"
AFTER = "after"

MATTERS = frozenset({"whether", "where", "scheme", "money", "start"})
"""What a decision can fix, in the order in which it is usually fixed."""

_UNTIL_SCHEME = frozenset({"scheme", "money", "start"})
_STEPS: dict[str, tuple[str, frozenset[str]]] = {
    "before_scheme": (BEFORE, _UNTIL_SCHEME),
    "scheme_options": (BEFORE, _UNTIL_SCHEME),
    "environment_assessment": (BEFORE, frozenset({"start"})),
    "construction": (AFTER, MATTERS),
    "after_opening": (AFTER, MATTERS),
}
"""For each step of a proposal on which side of the decisions on which matters it lies, whatever the day."""


class Decided(Struct, frozen=True):
    """A decision: what it fixes (empty: not stated, so it may be anything) and its day (None: not stated)."""

    fixes: frozenset[str]
    on: PartialDate | None


class Timed(Struct, frozen=True):
    """When a hearing was, as far as it can be told: `timing` None is unknown, and `missing` names what would tell.

    `missing` are fields of the hearing (`ended_on`, `about`), `fixes` or `decided_on` of a decision that is listed, or `decision_on`.
    """

    timing: str | None
    missing: tuple[str, ...] = ()


def timing(
    day: PartialDate | None, step: str | None, about: frozenset[str] | None, decisions: Iterable[Decided], header: PartialDate | None
) -> Timed:
    """Return on which side of the decisions a hearing lies.

    `day`: its last day; `about`: what it was about, None where that is not stated; `decisions`: those that the dossier lists; `header`:
    the day of decision in the dossier's header, or the day of the assessment where that lies before the decision.
    """
    listed = list(decisions)
    if day is None:
        return _by_step(step, about, listed)
    known = [one for one in listed if one.fixes]
    unclear = [one for one in listed if not one.fixes]  # each may fix anything, or nothing that this was about
    found = [_timed(day, about, each, header) for each in (known, listed, *([*known, one] for one in unclear))]
    return found[0] if len({one.timing for one in found}) == 1 else Timed(None, ("fixes",))


def _timed(day: PartialDate, about: frozenset[str] | None, decisions: list[Decided], header: PartialDate | None) -> Timed:
    """Return the side of these decisions; one that does not say what it fixes is taken to fix everything."""
    sides = {_side(day, on) for matter in sorted(about or MATTERS) for on in _days(matter, decisions, header)}
    if about and BEFORE in sides:
        return Timed(BEFORE)  # it could still change something that it was about
    if len(sides) == 1 and None not in sides:
        return Timed(sides.pop())
    if None not in sides:
        return Timed(None, ("about",))
    if not day.is_exact():
        return Timed(None, ("ended_on",))
    return Timed(None, ("decided_on",) if any(one.on is None or not one.on.is_exact() for one in decisions) else ("decision_on",))


def _days(matter: str, decisions: list[Decided], header: PartialDate | None) -> list[PartialDate | None]:
    """Return the days of the decisions on a matter."""
    return [one.on for one in decisions if not one.fixes or matter in one.fixes] or [header]


def _side(day: PartialDate, decided: PartialDate | None) -> str | None:
    """Return the side of a decision on which a day lies; the day of the decision itself is no longer before it."""
    if decided is None:
        return None
    if day.last < decided.first:
        return BEFORE
    return AFTER if day.first >= decided.last else None


def _by_step(step: str | None, about: frozenset[str] | None, decisions: list[Decided]) -> Timed:
    """Return the side where no day is stated, by the step that is.

    Where the dossier does not part the decision in several, the step is held against the scheme.
    """
    side, matters = _STEPS.get(step or "", (None, frozenset()))
    if side is None:
        return Timed(None, ("ended_on",))
    relevant = (about or MATTERS) if decisions else frozenset({"scheme"})
    if side == AFTER or relevant <= matters:
        return Timed(side)
    return Timed(None, ("about",) if decisions and not about else ("ended_on",))
