"""What the version for children says: a sentence for each theme, whether it is taken care of or still open."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..assessment.model import Verdict
from .points import Points
from .wording import Wording

MOST = 5


@dataclass(frozen=True, slots=True)
class Topics:
    """Sentences for readers of about ten: what is taken care of, and what is not written down yet, the weightiest first."""

    good: list[str]
    open: list[str]
    heard: bool | None
    """Whether children were heard; None where the dossier does not say."""


def topics(wording: Wording, points: Points) -> Topics:
    """Return the sentences for children. A theme with anything still open is never said to be taken care of."""
    applying = {finding.criterion.element: None for gap, finding in points.gaps if gap.applies}
    open_ = applying | {finding.criterion.element: None for gap, finding in points.gaps if finding.verdict is Verdict.NOT_MET}
    met = [finding.criterion.element for finding in wording.assessment.findings if finding.verdict is Verdict.MET]
    good = sorted((element for element in dict.fromkeys(met) if element not in open_), key=lambda element: -met.count(element))
    return Topics(_sentences("child_good", good, wording), _sentences("child_open", open_, wording), _heard(wording))


def _sentences(kind: str, elements: Iterable[str], wording: Wording) -> list[str]:
    said = dict.fromkeys(wording.code_if_any(kind, element) for element in elements)
    return [sentence for sentence in said if sentence][:MOST]


def _heard(wording: Wording) -> bool | None:
    listing = wording.assessment.dossier.lists.get("consultations")
    if listing is None:
        return None
    groups = [fact.value for entity in listing.entities if (fact := entity.facts.get("with")) is not None]
    if any(isinstance(group, frozenset) and "children" in group for group in groups):
        return True
    return False if listing.complete or not listing.entities else None
