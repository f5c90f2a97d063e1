"""The questions whose answers would close what is not stated."""

from dataclasses import dataclass

from ..evaluator.proof import Gap, Missing
from ..reading.text import Text
from ..vocabulary.model import Vocabulary


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the dossier's author: who can answer it, and where in a real file the answer stands."""

    path: str
    text: Text
    answered_by: str
    found_in: tuple[str, ...]


def question(gap: Missing, vocabulary: Vocabulary) -> Question:
    """Return the question that closes a gap."""
    head, _, tail = gap.name.partition(".")
    if gap.gap is not Gap.FACT or gap.path.startswith(f"{head}[?]"):
        listed = vocabulary.lists[head]
        if gap.gap is not Gap.MORE:
            return Question(head, listed.question, listed.answered_by, ())
        text = Text(f"“{listed.label.zh}”是否已列全？还有的请补列。", f"Is the list of {listed.label.en} complete? Add what is missing.")
        return Question(gap.path, text, listed.answered_by, ())
    field = vocabulary.lists[head].fields.get(tail) if head in vocabulary.lists else vocabulary.fact(gap.name)
    assert field is not None
    return Question(gap.path, field.question, field.answered_by, field.found_in)
