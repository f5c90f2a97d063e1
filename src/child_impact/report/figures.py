"""Figures: what a picture shows, and the table that says the same. The drawing itself is a template."""

from decimal import Decimal

from msgspec import Struct

from ..assessment.model import Finding, Force, Obligation, Verdict
from ..dossier.facts import Fact
from ..rulebook.model import CriterionKind
from ..vocabulary.values import PartialDate
from .rows import Spot
from .table import shortened
from .wording import Wording

LABEL = 190  # widths in the picture's own units, of which it is 640 wide
BAR = 440
KEY = 112
ROOM = 68  # columns, of which a Chinese character takes two
FEWEST = 2  # one day alone is no sequence
STATES = ("met", "put_right", "verify", "advice")
EVENT_LISTS = ("consultations", "facilities", "changes")  # a plan's tasks and the papers of the file are no events of the proposal


class Segment(Struct, frozen=True):
    """A part of a bar: its state, how many it stands for, where it begins and how wide it is."""

    state: str
    count: int
    x: Decimal
    width: Decimal


class Bar(Struct, frozen=True):
    """One of the five friendlies, with how many demands stand how."""

    row: int
    label: str
    counts: dict[str, int]
    segments: list[Segment]

    @property
    def total(self) -> int:
        """Return how many demands there are."""
        return sum(self.counts.values())


class Balance(Struct, frozen=True):
    """How the demands of each of the five friendlies stand."""

    title: str
    states: dict[str, str]
    keys: dict[str, int]
    """Where the key to each state begins."""
    bars: list[Bar]


class Moment(Struct, frozen=True):
    """One day of the timeline: when, what, and where the dossier says so. `now`: the day of the assessment."""

    day: str
    what: str
    short: str
    """What, as short as the picture has room for."""
    spots: tuple[Spot, ...]
    now: bool


class Timeline(Struct, frozen=True):
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
    if not bars:
        return None
    states = {state: wording.code("balance", state) for state in STATES}
    keys = {state: LABEL + index * KEY for index, state in enumerate(STATES)}
    return Balance(wording.code("balance", "title"), states, keys, [_bar(row, *bar, longest) for row, bar in enumerate(bars)])


def _state(finding: Finding) -> str | None:
    if finding.verdict is Verdict.NOT_APPLICABLE or finding.is_moot:
        return None
    if finding.verdict is Verdict.MET:
        return "met" if finding.criterion.kind is CriterionKind.REVIEW else None  # a dossier that does not contradict itself earns nothing
    if finding.verdict is Verdict.UNDETERMINED:
        return "verify"
    applies = finding.force is Force.BINDING and finding.obligation is not Obligation.ENCOURAGED
    return "put_right" if applies else "advice"


def _bar(row: int, label: str, counts: dict[str, int], longest: int) -> Bar:
    segments, x = [], Decimal(LABEL)
    for state, count in counts.items():
        width = (Decimal(BAR) * count / longest).quantize(Decimal("0.1"))
        if count:
            segments.append(Segment(state, count, x, width))
        x += width
    return Bar(row, label, counts, segments)


def timeline(wording: Wording) -> Timeline | None:
    """Return the dated events of a dossier with the day of the assessment; None where fewer than two are stated."""
    dossier = wording.assessment.dossier
    dated = [(day, _event(fact, "", wording)) for fact in dossier.facts.values() if (day := _day(fact))]
    for name in EVENT_LISTS:
        for entity in dossier.lists[name].entities if name in dossier.lists else ():
            dated += [(day, _event(fact, wording.entity(entity), wording)) for fact in entity.facts.values() if (day := _day(fact))]
    if len(dated) < FEWEST:
        return None
    today = PartialDate.of(wording.assessment.as_of)
    dated.append((today, _moment(wording.day(today), wording.code("timeline", "now"), (), now=True)))
    dated.sort(key=lambda pair: (pair[0].first, pair[0].last, pair[1].now))
    return Timeline(wording.code("timeline", "title"), [moment for _, moment in dated])


def _day(fact: Fact) -> PartialDate | None:
    return fact.value if isinstance(fact.value, PartialDate) else None


def _event(fact: Fact, of: str, wording: Wording) -> Moment:
    field = wording.field(fact)
    label = wording.of(field.label) if field else fact.path
    named = label if not of else f"{of}：{label}" if wording.language == "zh" else f"{of}: {label}"
    said = wording.standing(named[:1].upper() + named[1:], fact)
    return _moment(wording.value(fact.value, field), said, wording.spots((fact,)), now=False)


def _moment(day: str, what: str, spots: tuple[Spot, ...], *, now: bool) -> Moment:
    return Moment(day, what, shortened(what, ROOM), spots, now)
