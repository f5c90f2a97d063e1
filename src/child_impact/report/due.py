"""By when what is open is to be put right."""

from ..assessment.model import Finding
from ..vocabulary.values import PartialDate
from .ordering import applies
from .wording import Wording


def due_here(wording: Wording) -> str:
    """Return by when what applies here is to be put right: the day of decision where it lies ahead, else the step that comes next."""
    decided = wording.assessment.dossier.facts.get("decision_on")
    if decided is not None and isinstance(decided.value, PartialDate) and decided.value.first > wording.assessment.as_of:
        day = wording.day(decided.value)
        return f"{day}决策前" if wording.language == "zh" else f"before the decision on {day}"
    return wording.code_if_any("due", wording.assessment.dossier.code("stage"))


def due_of(finding: Finding, wording: Wording) -> str:
    """Return by when a point is to be put right: by the end of its waiver, else as what applies here."""
    if not applies(finding):
        return ""
    if finding.waiver is not None and finding.waiver.expires is not None:
        day = wording.day(PartialDate.of(finding.waiver.expires))
        return f"{day}前" if wording.language == "zh" else f"by {day}"
    return due_here(wording)
