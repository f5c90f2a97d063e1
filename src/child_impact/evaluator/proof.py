"""The proof of a truth value: what was read, what is missing, and the proofs that it rests on."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct

from ..conditions.syntax import Condition
from ..dossier.facts import Fact, Strength

T = TypeVar("T")
Truth = bool | None


class Gap(StrEnum):
    """What kind of statement is missing."""

    FACT = "fact"
    LIST = "list"
    MORE = "more"


class Missing(Struct, frozen=True):
    """Something that the dossier does not state: a fact, a list, or whether a list is complete (`more`).

    `path` is how it is shown, `name` the path in the vocabulary (`consultations.with`). `members` are those of a list's identity that
    decide: if it is said that there are none of them, the list need not be complete.
    """

    path: str
    name: str
    gap: Gap
    members: tuple[str, ...] = ()


class Proof(Struct, frozen=True):
    """Why a condition is true, false or unknown (None).

    `strength` is that of the facts that decide it; `facts` are the stated facts that decide it or, where it is unknown, those that were
    read; `missing` names only what can still change the truth value.
    """

    condition: Condition
    truth: Truth
    strength: Strength
    facts: tuple[Fact, ...] = ()
    missing: tuple[Missing, ...] = ()
    children: "tuple[Proof, ...]" = ()
    about: str | None = None


def gather(condition: Condition, truth: Truth, deciding: Iterable[Proof], children: Iterable[Proof], *, strongest: bool) -> Proof:
    """Return the proof of a condition from the proofs that decide it.

    `strongest`: one deciding proof is enough, so the best supported counts; otherwise all are needed and the weakest counts.
    """
    deciding = tuple(deciding)
    strengths = [proof.strength for proof in deciding]
    strength = (max(strengths) if strongest else min(strengths)) if strengths else Strength.EVIDENCED
    facts = unique(fact for proof in deciding for fact in proof.facts)
    missing = unique(gap for proof in deciding for gap in proof.missing) if truth is None else ()
    return Proof(condition, truth, strength, facts, missing, tuple(children))


def unique(items: Iterable[T]) -> tuple[T, ...]:
    """Return the items in order, each once."""
    return tuple(dict.fromkeys(items))


def given(proof: Proof | None) -> tuple[Proof, ...]:
    """Return a proof if there is one."""
    return () if proof is None else (proof,)
