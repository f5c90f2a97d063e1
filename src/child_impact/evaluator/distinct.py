"""How many different values a field has over the things of a list that satisfy a condition."""

from collections.abc import Callable
from fractions import Fraction

from msgspec import Struct

from ..conditions.syntax import Condition
from ..dossier.facts import Entity, Strength, Unlike
from .lists import Lists
from .proof import Missing, Proof, unique
from .values import Known, Nothing, Span, Valued


class _Read(Struct, frozen=True):
    """A thing of a list: whether it satisfies the condition, and the value of its field."""

    proof: Proof
    field: Valued


def distinct(lists: Lists, list_: str, where: Condition, field: Callable[[Entity], Valued]) -> Valued:
    """Return the number of different values as a span: from those that are sure to those that can be.

    A thing that does not satisfy the condition, or whose field is stated as none, has no value. The number is bounded only where what may
    be there and is not listed could not satisfy the condition.
    """
    pairs = zip(lists.entities(list_), lists.members(list_, where), strict=True)
    other = lists.other(list_, where)
    closed = other is None or other.truth is False
    things = [_Read(proof, field(entity)) for entity, proof in pairs if proof.truth is not False]
    return _counted(things, None if closed else lists.besides(list_, where, wanted=False))


def _counted(things: list[_Read], besides: Missing | None) -> Valued:
    counting = [one for one in things if not isinstance(one.field.value, Nothing)]
    sure = {_key(one.field.value) for one in counting if one.proof.truth is True and _is_said(one.field)}
    perhaps = {_key(one.field.value) for one in counting if _is_said(one.field)}
    unsaid = sum(not _is_said(one.field) for one in counting)
    missing: list[Missing] = []
    for one in counting:
        if not _is_said(one.field) or _key(one.field.value) not in sure:
            missing += [*one.proof.missing, *one.field.missing]
    if besides is not None:
        missing.append(besides)
    facts = unique(fact for one in counting for fact in (*one.field.facts, *one.proof.facts))
    strengths = [min(one.field.strength, one.proof.strength) for one in counting if one.proof.truth is True and _is_said(one.field)]
    high = Fraction(len(perhaps) + unsaid) if besides is None else None
    return Valued(Span(Fraction(len(sure)), high), min(strengths, default=Strength.ASSERTED), facts, unique(missing))


def _is_said(field: Valued) -> bool:
    return field.value is not None and not isinstance(field.value, Unlike)


def _key(value: Known | None) -> object:
    return value.low if isinstance(value, Span) else value
