"""What children gain and lose, and what answers each loss: the rows of a table, one for each entry of the dossier."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from ..dossier.facts import Entity, Fact
from . import remarks
from .rows import Spot
from .wording import Wording

GAINS = ("gained", "better")
REPLACED = (
    "replaced_class",
    "replaced_amount",
    "replaced_ages",
    "replaced_from",
    "receiver",
    "room",
    "way_before",
    "way",
    "minutes_before",
    "minutes",
)
INTERIM = ("interim", "interim_from", "interim_until")
MANY = 1


class Change(Struct, frozen=True):
    """One gain or loss. What the dossier does not state is None.

    `amount` is how much, from before to after where it says both, and how many children use it. `gain`: None where it is not said how it
    changes. `answer` is what answers a loss, with its note and what replaces or bridges it.
    """

    what: str
    how: str | None
    gain: bool | None
    amount: str | None
    ages: str | None
    when: str | None
    answer: str | None
    by: str | None
    on: str | None
    spots: tuple[Spot, ...]


def changes(wording: Wording) -> list[Change]:
    """Return the gains and losses that a dossier lists, losses first."""
    listing = wording.assessment.dossier.lists.get("changes")
    found = [_change(entity, wording) for entity in listing.entities] if listing else []
    return sorted(found, key=lambda one: one.gain is True)


def changes_open(wording: Wording) -> str:
    """Return whether gains and losses are listed, stated as none, or not stated."""
    listing = wording.assessment.dossier.lists.get("changes")
    if listing is None:
        return "not_stated"
    return "listed" if listing.entities else "none"


def sentences(wording: Wording) -> Iterator[str]:
    """Yield what is said to children on each gain and loss of which the dossier says how much: that, and what answers a loss."""
    listing = wording.assessment.dossier.lists.get("changes")
    for entity in listing.entities if listing else ():
        class_, how = (_code(entity, name) for name in ("class", "how"))
        figure = _amount(entity)
        if class_ is None or how is None or figure is None or figure <= MANY:
            continue
        sentence = wording.code_if_any("child_gain" if how in GAINS else "child_loss", class_)
        if sentence:
            said = [sentence.replace("{number}", wording.number(figure, None))]
            if how not in GAINS:
                said = [_for_a_time(said[0], how, wording), wording.code("child_answer", _code(entity, "answer") or "not_stated")]
            yield ("" if wording.language == "zh" else " ").join(said)


def _for_a_time(sentence: str, how: str, wording: Wording) -> str:
    """Return a sentence for children on a loss; what comes back is said to be gone for a time."""
    if how != "interrupted":
        return sentence
    return f"有一段时间，{sentence}" if wording.language == "zh" else f"For a time, {sentence[0].lower()}{sentence[1:]}"


def _change(entity: Entity, wording: Wording) -> Change:
    def said(name: str) -> str | None:
        return remarks.said(entity, name, wording)

    used = wording.fact(entity.facts["enrolled"]) if "enrolled" in entity.facts else None
    class_, name, how = said("class"), said("name"), _code(entity, "how")
    colon = "：" if wording.language == "zh" else ": "
    return Change(
        what=colon.join(one for one in (class_, name) if one) or wording.entity(entity),
        how=said("how"),
        gain=how in GAINS if how is not None else None,
        amount=wording.series([one for one in (_from_to(said("before"), said("after")) or said("amount"), used) if one]) or None,
        ages=said("ages"),
        when=_days(said("from_on"), said("until_on"), wording),
        answer=_answer(entity, wording),
        by=said("answer_by"),
        on=said("answer_on") or said("replaced_from"),
        spots=wording.spots((Fact(entity.path, None, entity.place),)),
    )


def _answer(entity: Entity, wording: Wording) -> str | None:
    """Return what answers a loss (with its note), then what replaces it and what is there in the meantime."""
    answer = remarks.said(entity, "answer", wording)
    if answer is None:
        return None
    same = _code(entity, "replaced_class") == _code(entity, "class")
    named = [name for name in (*REPLACED, *INTERIM) if name in entity.facts and not (same and name == "replaced_class")]
    more = [wording.fact(entity.facts[name]) for name in named]
    return wording.series([answer, *more])


def _from_to(first: str | None, last: str | None) -> str | None:
    if first is None or last is None:
        return first or last
    return f"{first} → {last}"


def _days(first: str | None, last: str | None, wording: Wording) -> str | None:
    """Return from when to when it lasts; a day alone says which of the two it is."""
    if first is not None and last is not None:
        return _from_to(first, last)
    if first is not None:
        return f"{first}起" if wording.language == "zh" else f"from {first}"
    if last is not None:
        return f"至{last}" if wording.language == "zh" else f"until {last}"
    return None


def _amount(entity: Entity) -> Decimal | None:
    before, after, amount = (fact.value if (fact := entity.facts.get(name)) else None for name in ("before", "after", "amount"))
    if isinstance(amount, Decimal):
        return amount
    return abs(before - after) if isinstance(before, Decimal) and isinstance(after, Decimal) else None


def _code(entity: Entity, name: str) -> str | None:
    fact = entity.facts.get(name)
    return fact.value if fact is not None and isinstance(fact.value, str) else None
