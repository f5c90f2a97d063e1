"""Who was heard, and what became of what they said: the rows of the opinion table."""

from dataclasses import dataclass

from ..dossier.facts import Entity
from .rows import Spot
from .wording import Wording


@dataclass(frozen=True, slots=True)
class Opinion:
    """One consultation. A field that the dossier does not state is None; one that it states as none says so."""

    who: str | None
    when: str | None
    how: str | None
    ages: str | None
    children: str | None
    people: str | None
    groups: str | None
    effect: str | None
    feedback: str | None
    spots: tuple[Spot, ...]


def opinions(wording: Wording) -> list[Opinion]:
    """Return the consultations that a dossier lists, in its order."""
    listing = wording.assessment.dossier.lists.get("consultations")
    return [_opinion(entity, wording) for entity in listing.entities] if listing else []


def _opinion(entity: Entity, wording: Wording) -> Opinion:
    def said(name: str) -> str | None:
        fact = entity.facts.get(name)
        return wording.value(fact.value, wording.field(fact)) if fact else None

    return Opinion(
        who=said("with"),
        when=said("ended_on"),
        how=said("methods"),
        ages=said("ages"),
        children=said("children_heard"),
        people=said("people_heard"),
        groups=said("groups"),
        effect=said("effect"),
        feedback=said("feedback_on"),
        spots=wording.spots(entity.facts.values()),
    )
