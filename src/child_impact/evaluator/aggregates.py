"""How many things of a list satisfy a condition, what a field of theirs adds up to, and how often a text is repeated among them."""

from collections.abc import Callable
from fractions import Fraction

from ..conditions.syntax import Condition
from ..dossier.facts import Entity, Strength
from .lists import Lists
from .proof import given, unique
from .values import Span, Valued, joined


def count(lists: Lists, list_: str, where: Condition) -> Valued:
    """Return the number of things as a span; it is bounded only where what may be there besides could not satisfy the condition."""
    proofs, other = lists.members(list_, where), lists.other(list_, where)
    sure = sum(proof.truth is True for proof in proofs)
    maybe = sum(proof.truth is None for proof in proofs)
    bounded = other is None or other.truth is False
    more = () if bounded else (lists.besides(list_, where, wanted=False),)
    missing = (*(gap for proof in proofs if proof.truth is None for gap in proof.missing), *more)
    told = [*proofs, *given(other)] if bounded else proofs
    strength = min((proof.strength for proof in told if proof.truth is not None), default=Strength.ASSERTED)
    facts = unique(fact for proof in told for fact in proof.facts)
    high = Fraction(sure + maybe) if bounded else None
    return Valued(Span(Fraction(sure), high), strength, facts, unique(missing))


def total(lists: Lists, list_: str, where: Condition, field: Callable[[Entity], Valued]) -> Valued:
    """Return the sum of a field: known only where no part is unknown and what may be there besides could add nothing."""
    read: list[Valued] = []
    added: Fraction | None = Fraction(0)
    for entity, proof in zip(lists.entities(list_), lists.members(list_, where), strict=True):
        if proof.truth is False:
            continue
        part = field(entity)
        read += [part, Valued(None, proof.strength, proof.facts, proof.missing)]
        exact = isinstance(part.value, Span) and proof.truth is True
        added = added + part.value.low if exact and added is not None and isinstance(part.value, Span) else None
    other = lists.other(list_, where)
    if other is not None and other.truth is not False:
        added = None
        read.append(Valued(None, missing=(lists.besides(list_, where, wanted=False),)))
    return joined(read, None if added is None else Span(added, added))
