"""What the version for children says: short sentences, each from a fact or a theme, for readers of about ten."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec import Struct

from ..assessment.model import Verdict
from ..dossier.facts import Entity, Strength
from ..vocabulary.paths import parts
from ..vocabulary.values import PartialDate
from . import changes
from .points import Points
from .wording import Wording

MOST_GOOD = 3
MOST_OPEN = 4
MOST_THINGS = 6
ON_A_LINE = {"zh": 6, "en": 3}
SAID_APART = "consultation"  # whether children were asked has a section of its own
FACTS = ("scale.added_places",)
LISTS = ("play_items", "facilities")


class Topics(Struct, frozen=True):
    """Sentences for children: what is taken care of, and what is not written down yet, the weightiest first.

    `facts`: what changes for them in figures; `things`: what is to be there, a few on a line; `heard`: whether children were heard,
    None where the dossier does not say; `to_be_heard`: when they are going to be, or that they are, if they were not; `answered`: whether
    it says what became of what was said; `decided`: whether it is decided.
    """

    good: list[str]
    open: list[str]
    facts: list[str]
    things: list[str]
    heard: bool | None
    to_be_heard: str
    answered: bool
    decided: bool


def topics(wording: Wording, points: Points) -> Topics:
    """Return the sentences for children. A theme with anything still open is never said to be taken care of."""
    dossier = wording.assessment.dossier
    applying = {finding.criterion.element: None for gap, finding in points.gaps if gap.applies}
    open_ = applying | {finding.criterion.element: None for gap, finding in points.gaps if finding.verdict is Verdict.NOT_MET}
    met = [finding.criterion.element for finding in wording.assessment.findings if finding.verdict is Verdict.MET]
    good = sorted((element for element in dict.fromkeys(met) if element not in open_), key=lambda element: -met.count(element))
    things = list(dict.fromkeys(_things(wording)))[:MOST_THINGS]
    some = ON_A_LINE[wording.language]
    hearings = [entity for entity in dossier.subjects("consultations") if _of_children(entity)]
    planned = [entity for entity in hearings if entity.facts["with"].strength is Strength.PLANNED]
    done = [entity for entity in hearings if entity not in planned]
    return Topics(
        good=_sentences("child_good", good, wording)[:MOST_GOOD],
        open=_sentences("child_open", open_, wording)[:MOST_OPEN],
        facts=list(_facts(wording)),
        things=[wording.listed(things[start : start + some]) for start in range(0, len(things), some)],
        heard=bool(done) or (None if planned else _not_heard(wording)),
        to_be_heard=_when(planned, wording) if planned and not done else "",
        answered=any("effect" in entity.facts for entity in done),
        decided=not wording.vocabulary.stages[dossier.code("stage")].before_decision,
    )


def _sentences(kind: str, elements: Iterable[str], wording: Wording) -> list[str]:
    said = dict.fromkeys(wording.code_if_any(kind, element) for element in elements if element != SAID_APART)
    return [sentence for sentence in said if sentence]


def _facts(wording: Wording) -> Iterator[str]:
    for path in FACTS:
        fact = wording.assessment.dossier.facts.get(path)
        if fact is not None and isinstance(fact.value, Decimal) and fact.value > 1:
            yield wording.code("child_fact", parts(path).name).replace("{number}", wording.number(fact.value, None))
    yield from changes.sentences(wording)


def _things(wording: Wording) -> Iterator[str]:
    for name in LISTS:
        listing = wording.assessment.dossier.lists.get(name)
        for entity in listing.entities if listing else ():
            kind = entity.facts.get("kind")
            thing = wording.code_if_any("child_thing", kind.value) if kind is not None and isinstance(kind.value, str) else ""
            if thing:
                yield thing


def _of_children(entity: Entity) -> bool:
    group = entity.facts.get("with")
    return group is not None and isinstance(group.value, frozenset) and "children" in group.value


def _not_heard(wording: Wording) -> bool | None:
    """Return False where the dossier lists all that was heard and no child is among them, None where it leaves that open."""
    listing = wording.assessment.dossier.lists.get("consultations")
    return False if listing is not None and (listing.complete or "children" in listing.lacks) else None


def _when(planned: list[Entity], wording: Wording) -> str:
    days = sorted(fact.value for entity in planned if (fact := entity.facts.get("ended_on")) and isinstance(fact.value, PartialDate))
    return wording.day(days[0]) if days else wording.code("shown", "later")
