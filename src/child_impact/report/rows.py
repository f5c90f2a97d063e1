"""The rows of the report: what its template loops over."""

from dataclasses import dataclass
from typing import Generic, Self, TypeVar

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Row:
    """A label and what stands beside it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Selection(Generic[Shown]):
    """The first of many rows, and how many more there are: no report leaves something out without saying so."""

    rows: list[Shown]
    left_out: int

    @classmethod
    def first(cls, rows: list[Shown], most: int) -> Self:
        """Return at most that many rows."""
        return cls(rows[:most], max(0, len(rows) - most))


@dataclass(frozen=True, slots=True)
class Gap:
    """One point to put right: what is demanded, what the dossier says, on what basis, what to do, and who does it."""

    number: int
    title: str
    entities: str
    verdict: str
    obligation: str
    state: str
    basis: str
    remedy: str
    who: str
    applies: bool
    """Whether the demand binds here and is more than an encouragement."""
    mark: str = ""
    """What the reviewer's record says of it: waived until when, or seen otherwise."""


@dataclass(frozen=True, slots=True)
class Credit:
    """A demand that is met, with what shows it."""

    title: str
    state: str
    planned: bool


@dataclass(frozen=True, slots=True)
class Domain:
    """One of the five friendlies: what is met, what is to be put right, and the advice that the report lists."""

    title: str
    credits: list[Credit]
    gaps: list[Gap]
    advice: list[Gap]


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A question on which it depends whether demands apply, and those demands."""

    question: str
    who: str
    titles: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions that one role can answer."""

    who: str
    questions: list[Row]


@dataclass(frozen=True, slots=True)
class BasisGroup:
    """Sources that stand alike, each with the clauses applied."""

    label: str
    sources: list[Row]


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A finding that the reviewer sees otherwise."""

    title: str
    verdict: str
    view: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """A waiver: for what, until when, whether it holds, why and on whose answer."""

    title: str
    until: str
    state: str
    reason: str
    owner: str
    evidence: str


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition of the reviewer."""

    text: str
    owner: str
    due: str
    done: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """What the report prints of a reviewer's record."""

    answers: list[Row]
    disputes: list[DisputeRow]
    waivers: list[WaiverRow]
    conditions: list[ConditionRow]
    warnings: list[str]
    signer: str
    signed_on: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class ReportView:
    """What the report's template prints."""

    title: str
    exercise: str
    meta: list[Row]
    outcome: str
    outcome_because: str
    code: str
    holding: list[Gap]
    holding_questions: list[Row]
    holding_planned: list[str]
    overview: list[Row]
    bases: list[BasisGroup]
    children: list[Row]
    hearings: list[Row]
    hearings_open: str
    domains: list[Domain]
    gaps: list[Gap]
    advice: Selection[Gap]
    undetermined: list[OpenPoint]
    asked: list[Asked]
    judgements: Selection[Row]
    carried: list[Row]
    partial: Selection[Row]
    warnings: list[str]
    counts: list[Row]
    record: list[Row]
    cross_checked: bool
    due_unknown: bool
    review: RecordView | None
