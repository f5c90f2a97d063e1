"""How many things of a list satisfy a condition, what a field of theirs comes to in all, and how often a text says the same."""

from collections.abc import Callable, Iterable
from fractions import Fraction

from ..conditions.syntax import Condition
from ..dossier.facts import Dossier, Entity, Fact, Strength
from ..reading.text import Text
from .lists import Lists
from .proof import unique
from .values import Nothing, Span, Valued


def count(lists: Lists, list_: str, where: Condition) -> Valued:
    """Return how many things satisfy a condition: from those that surely do to those that may."""
    proofs, other = lists.members(list_, where), lists.other(list_, where)
    sure = sum(proof.truth is True for proof in proofs)
    maybe = sum(proof.truth is None for proof in proofs)
    bounded = other is None or other.truth is False
    more = () if bounded else (lists.besides(list_, where, wanted=False),)
    missing = (*(gap for proof in proofs if proof.truth is None for gap in proof.missing), *more)
    told = [*proofs, other] if bounded and other is not None else proofs
    strength = min((proof.strength for proof in told if proof.truth is not None), default=Strength.ASSERTED)
    facts = unique(fact for proof in told for fact in proof.facts)
    return Valued(Span(Fraction(sure), Fraction(sure + maybe) if bounded else None), strength, facts, unique(missing))


def total(lists: Lists, list_: str, where: Condition, field: Callable[[Entity], Valued]) -> Valued:
    """Return the sum of a field over the things that satisfy a condition; known only where no thing and no part of it is open."""
    read: list[Valued] = []
    whole: Fraction | None = Fraction(0)
    for entity, proof in zip(lists.entities(list_), lists.members(list_, where), strict=True):
        if proof.truth is False:
            continue
        part = field(entity)
        read += [part, Valued(None, proof.strength, proof.facts, proof.missing)]
        exact = isinstance(part.value, Span) and proof.truth is True
        whole = whole + part.value.low if exact and whole is not None and isinstance(part.value, Span) else None
    other = lists.other(list_, where)
    if other is not None and other.truth is not False:
        whole = None
        read.append(Valued(None, missing=(lists.besides(list_, where, wanted=False),)))
    return joined(read, None if whole is None else Span(whole, whole))


def repeats(dossier: Dossier, list_: str, field: str) -> Valued:
    """Return in how many of the things that are listed a text says the same, at most."""
    listing = dossier.lists.get(list_)
    said: dict[str, list[Fact]] = {}
    for entity in listing.entities if listing is not None else ():
        fact = entity.facts.get(field)
        if fact is not None and isinstance(fact.value, Text):
            said.setdefault("".join(fact.value.zh.split()), []).append(fact)
    most = max(said.values(), key=len, default=[])
    return Valued(Span(Fraction(len(most)), Fraction(len(most))), Strength.ASSERTED, tuple(most))


def joined(read: Iterable[Valued], value: Span | Nothing | None) -> Valued:
    """Return a value that follows from others, with all that these rest on and lack."""
    read = list(read)
    strength = min((valued.strength for valued in read), default=Strength.ASSERTED)
    facts = unique(fact for valued in read for fact in valued.facts)
    missing = unique(gap for valued in read for gap in valued.missing)
    return Valued(value, strength, facts, missing)
