"""The rows of the report: what its template loops over."""

from dataclasses import dataclass
from typing import Generic, Self, TypeVar

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the dossier as a reader finds it: a line, or a `cell` of a workbook. `order` is that of the file."""

    shown: str
    order: int
    cell: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A label, what stands beside it, where the dossier says so, and on what evidence."""

    label: str
    text: str
    spots: tuple[Spot, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause as it is cited: its id, title and locator, and how it stands where that has to be said."""

    clause: str
    shown: str
    standing: str = ""


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
    code: str
    """The code of the verdict."""
    element: str
    domain: str
    obligation: str
    state: str
    spots: tuple[Spot, ...]
    basis: tuple[Cited, ...]
    remedy: str
    who: str
    due: str
    """By when it is to be done; empty where it is advice."""
    applies: bool
    """Whether the demand binds here and is more than an encouragement."""
    mark: str = ""
    """What the reviewer's record says of it: waived until when, or seen otherwise."""


@dataclass(frozen=True, slots=True)
class Credit:
    """A demand that is met, with what shows it."""

    title: str
    state: str
    spots: tuple[Spot, ...]
    planned: bool
    element: str


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
class Clause:
    """A clause as the annex lists it: where it stands, how it is worded, what it says in our own words."""

    id: str
    locator: str
    wording: str
    text: str


@dataclass(frozen=True, slots=True)
class ClauseGroup:
    """The clauses of one source that were applied, and how the source stands."""

    source: str
    standing: str
    note: str
    clauses: list[Clause]


@dataclass(frozen=True, slots=True)
class Stated:
    """What the dossier states in one place: a fact, or a listed thing with all that is said of it."""

    spots: tuple[Spot, ...]
    label: str
    text: str
    evidence: str


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
