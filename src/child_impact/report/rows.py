"""The rows of the report: what its template loops over."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A label and what stands beside it."""

    label: str
    text: str


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


@dataclass(frozen=True, slots=True)
class Credit:
    """A demand that is met, with what shows it."""

    title: str
    state: str
    planned: bool


@dataclass(frozen=True, slots=True)
class Domain:
    """One of the five friendlies: what is met, and which points stand against it."""

    title: str
    credits: list[Credit]
    gaps: list[Gap]


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
    advice: list[Gap]
    advice_left_out: int
    undetermined: list[OpenPoint]
    asked: list[Asked]
    judgements: list[Row]
    carried: list[Row]
    partial: list[Row]
    warnings: list[str]
    counts: list[Row]
    record: list[Row]
    cross_checked: bool
    due_unknown: bool
