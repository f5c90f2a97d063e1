"""Figures: what a picture shows, and the table that says the same. The drawing itself is a template."""

from dataclasses import dataclass
from decimal import Decimal

from ..assessment.model import Finding, Force, Obligation, Verdict
from ..dossier.facts import Fact
from ..vocabulary.values import PartialDate
from .rows import Spot
from .wording import Wording

WIDTH = 640
LABEL = 150
BAR = 380
STATES = ("met", "put_right", "verify", "advice")
EVENT_LISTS = ("consultations", "facilities", "mitigations")  # a plan's tasks and the papers of the file are no events of the proposal


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: its state, how many it stands for, where it begins and how wide it is."""

    state: str
    count: int
    x: Decimal
    width: Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    """One of the five friendlies, with how many demands stand how."""

    label: str
    counts: dict[str, int]
    segments: list[Segment]

    @property
    def total(self) -> int:
        """Return how many demands there are."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Balance:
    """How the demands of each of the five friendlies stand."""

    title: str
    states: dict[str, str]
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Moment:
    """One day of the timeline: when, what, and where the dossier says so. `now`: the day of the assessment."""

    day: str
    what: str
    spots: tuple[Spot, ...]
    now: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened and is to happen, in order."""

    title: str
    moments: list[Moment]


def balance(wording: Wording) -> Balance | None:
    """Return how the demands stand, by the five friendlies; None where none applies."""
    bars = []
    for code, title in wording.vocabulary.enumerations["domain"].values.items():
        mine = [state for finding in wording.assessment.findings if finding.criterion.domain == code and (state := _state(finding))]
        if mine:
            bars.append((wording.of(title), {state: mine.count(state) for state in STATES}))
    longest = max((sum(counts.values()) for _, counts in bars), default=0)
    states = {state: wording.code("balance", state) for state in STATES}
    return Balance(wording.code("balance", "title"), states, [_bar(*bar, longest) for bar in bars]) if bars else None


def _state(finding: Finding) -> str | None:
    if finding.verdict is Verdict.NOT_APPLICABLE or finding.is_moot:
        return None
    if finding.verdict is Verdict.MET:
        return "met"
    if finding.verdict is Verdict.UNDETERMINED:
        return "verify"
    applies = finding.force is Force.BINDING and finding.obligation is not Obligation.ENCOURAGED
    return "put_right" if applies else "advice"


def _bar(label: str, counts: dict[str, int], longest: int) -> Bar:
    segments, x = [], Decimal(LABEL)
    for state, count in counts.items():
        width = (Decimal(BAR) * count / longest).quantize(Decimal("0.1"))
        if count:
            segments.append(Segment(state, count, x, width))
        x += width
    return Bar(label, counts, segments)


def timeline(wording: Wording) -> Timeline | None:
    """Return the dated events of a dossier with the day of the assessment among them; None where fewer than two are stated."""
    dossier = wording.assessment.dossier
    dated = [(fact.value, wording.of(field.label), fact) for fact in dossier.facts.values() if _is_event(fact) and (field := wording.field(fact))]
    for name in EVENT_LISTS:
        for entity in dossier.lists[name].entities if name in dossier.lists else ():
            head = wording.entity(entity)
            dated += [
                (fact.value, f"{head}：{wording.of(field.label)}" if wording.language == "zh" else f"{head}: {wording.of(field.label)}", fact)
                for fact in entity.facts.values()
                if _is_event(fact) and (field := wording.field(fact))
            ]
    if len(dated) < 2:  # noqa: PLR2004: one day alone is no sequence
        return None
    moments = [(day, Moment(wording.day(day), what, wording.spots((fact,)), now=False)) for day, what, fact in dated if isinstance(day, PartialDate)]
    today = PartialDate.of(wording.assessment.as_of)
    moments.append((today, Moment(wording.day(today), wording.code("timeline", "now"), (), now=True)))
    moments.sort(key=lambda pair: (pair[0].first, pair[0].last, pair[1].now))
    return Timeline(wording.code("timeline", "title"), [moment for _, moment in moments])


def _is_event(fact: Fact) -> bool:
    return isinstance(fact.value, PartialDate)

