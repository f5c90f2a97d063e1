"""What the screening record says: whether an assessment is due, and why."""

from collections.abc import Iterator

from msgspec import Struct

from ..conditions.syntax import AnyOf, Holds
from ..evaluator.proof import Proof
from .proof_text import ProofText
from .rows import Row
from .wording import Wording


class Screened(Struct, frozen=True):
    """The result. `due`: yes, no or open (which counts as due). `contradiction`: it is no, but the facts contradict each other."""

    due: str
    contradiction: bool
    reasons: list[Row]


def screened(wording: Wording) -> Screened:
    """Return what screening came to."""
    assessment = wording.assessment
    proof, due = assessment.screening.proof, assessment.screening.due
    return Screened(
        due="open" if due is None else "yes" if due else "no",
        contradiction=due is False and assessment.outcome.code != "not_due",
        reasons=[_reason(one, wording) for one in _triggers(proof) if one.truth is due is not None],
    )


def _triggers(proof: Proof) -> Iterator[Proof]:
    """Yield the proofs of what makes an assessment due, each a derived fact; those that only gather others are opened."""
    for child in proof.children:
        parts = child.children[0].children if isinstance(child.condition, Holds) and child.children else child.children
        if isinstance(child.condition, AnyOf) or (parts and all(isinstance(part.condition, Holds) for part in parts)):
            yield from _triggers(child)
        else:
            yield child


def _reason(proof: Proof, wording: Wording) -> Row:
    return Row(ProofText(wording).condition(proof.condition, proof), "", wording.spots(proof.facts))
