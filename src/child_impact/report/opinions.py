"""Who was heard, and what became of what they said: the rows of the opinion table."""

from decimal import Decimal

from msgspec import Struct

from ..dossier.facts import Entity
from . import remarks
from .rows import Spot
from .wording import Wording


class Opinion(Struct, frozen=True):
    """One consultation. A field that the dossier does not state is None; one that it states as none says so."""

    who: str | None
    when: str | None
    how: str | None
    ages: str | None
    children: str | None
    people: str | None
    heard: str
    """How many were heard, as a phrase; empty where it is not stated."""
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
        return remarks.said(entity, name, wording)

    group = entity.facts.get("with")
    return Opinion(
        who=wording.standing(said("with") or "", group) if group else None,
        when=said("ended_on"),
        how=said("methods"),
        ages=said("ages"),
        children=said("children_heard"),
        people=said("people_heard"),
        heard=_heard(entity, wording),
        groups=said("groups"),
        effect=_effect(said("effect"), said("refusal_reason"), wording),
        feedback=said("feedback_on"),
        spots=wording.spots(entity.facts.values()),
    )


def _effect(effect: str | None, reason: str | None, wording: Wording) -> str | None:
    """Return what became of the views, with the reason why they were not adopted."""
    return wording.series([one for one in (effect, reason) if one]) or None


def _heard(entity: Entity, wording: Wording) -> str:
    numbers = [(name, fact.value) for name in ("children_heard", "people_heard") if (fact := entity.facts.get(name))]
    phrases = [wording.people(value, children=name == "children_heard") for name, value in numbers if isinstance(value, Decimal)]
    if wording.language == "zh":
        return "，".join(phrases)
    return f"{' among '.join(phrases)} heard" if phrases else ""
