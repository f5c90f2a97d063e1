"""The view model of the screening record: whether an assessment is due, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..conditions.syntax import AnyOf, Holds
from ..evaluator.proof import Proof
from .background import Background
from .points import Points
from .proof_text import ProofText
from .rows import Row
from .wording import Wording


@dataclass(frozen=True, slots=True)
class ScreeningView:
    """What the template of the screening record prints. `due` is yes, no or open (which counts as due)."""

    title: str
    exercise: str
    meta: list[Row]
    due: str
    contradiction: bool
    reasons: list[Row]
    unanswered: list[Row]
    record: list[Row]


def screening_view(wording: Wording) -> ScreeningView:
    """Return what the screening record says of an assessment."""
    assessment, background = wording.assessment, Background(wording)
    proof, due = assessment.screening.proof, assessment.screening.due
    reasons = [_reason(one, wording) for one in _triggers(proof) if one.truth is due is not None]
    return ScreeningView(
        title=wording.of(assessment.dossier.text("title")),
        exercise=wording.of(assessment.dossier.text("exercise_note")),
        meta=background.meta(),
        due="open" if due is None else "yes" if due else "no",
        contradiction=due is False and assessment.outcome.code != "not_due",
        reasons=reasons,
        unanswered=Points(wording).screening_questions(),
        record=background.record(),
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
    return Row(ProofText(wording).condition(proof.condition, proof), wording.lines(proof.facts))
