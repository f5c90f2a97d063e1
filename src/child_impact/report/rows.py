"""The rows of the report: what its template loops over."""

from typing import Generic, Self, TypeVar

from msgspec import Struct

from .titles import inline

Shown = TypeVar("Shown")


class Spot(Struct, frozen=True):
    """A place of the dossier as a reader finds it: a line, or a `cell` of a workbook. `order` is that of the file."""

    shown: str
    order: int
    cell: bool = False


class Row(Struct, frozen=True):
    """A label, what stands beside it, where the dossier says so, and on what evidence."""

    label: str
    text: str
    spots: tuple[Spot, ...] = ()
    note: str = ""


class Cited(Struct, frozen=True):
    """A clause as it is cited: its id, title and locator, and how it stands where that has to be said."""

    clause: str
    shown: str
    standing: str = ""


class Selection(Struct, Generic[Shown], frozen=True):
    """The first of many rows, and how many more there are: no report leaves something out without saying so."""

    rows: list[Shown]
    left_out: int

    @classmethod
    def first(cls, rows: list[Shown], most: int) -> Self:
        """Return at most that many rows."""
        return cls(rows[:most], max(0, len(rows) - most))


class Gap(Struct, frozen=True):
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
    required: bool
    """Whether the demand is required here, so that the outcome turns on it."""
    state: str
    """What the dossier says; empty where it says nothing."""
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

    @property
    def name(self) -> str:
        """Return the title as it stands in a sentence."""
        return inline(self.title)


class Credit(Struct, frozen=True):
    """A demand that is met, with what shows it."""

    title: str
    state: str
    spots: tuple[Spot, ...]
    planned: bool
    element: str

    @property
    def name(self) -> str:
        """Return the title as it stands in a sentence."""
        return inline(self.title)


class Domain(Struct, frozen=True):
    """One of the five friendlies: what is met, what is to be put right, and the advice that the report lists."""

    title: str
    credits: list[Credit]
    more: list[Credit]
    """What is met beyond that; an annex lists it."""
    gaps: list[Gap]
    advice: list[Gap]


class OpenPoint(Struct, frozen=True):
    """A question on which it depends whether demands apply, and those demands; `when`: by when it is to be answered."""

    question: str
    who: str
    titles: str
    when: str


class Asked(Struct, frozen=True):
    """Questions that one role can answer: those that bear on what is required or expected here, and those that serve as advice.

    The note of a row names the points that wait for the answer.
    """

    who: str
    questions: list[Row]
    optional: list[Row]


class Table(Struct, frozen=True):
    """Rows of facts. `source`: the evidence that all of them rest on, or nothing where each names its own."""

    rows: list[Row]
    source: str


class Carried(Struct, frozen=True):
    """What waits for a later stage: how many demands, on what, and their titles."""

    stage: str
    due: str
    count: int
    elements: str
    titles: list[str]


class Unchecked(Struct, frozen=True):
    """A demand that is met, of whose clauses only a part was checked."""

    title: str
    notes: str


class Prospect(Struct, frozen=True):
    """What the conclusion would become: once what it turns on is settled, and the expected points too; and what would make it worse."""

    settled: str
    """The conclusion once the points that it turns on are met; empty where nothing is open."""
    complete: str
    """The conclusion once the points that could be conditions are met too; empty where it is the same."""
    reversed: list[Row]
    """Points that would make the conclusion worse if they turned out not to be met, each with that conclusion."""


class BasisGroup(Struct, frozen=True):
    """Sources that stand alike, each with the clauses applied. `practice`: the good practice of this tool."""

    label: str
    sources: list[Row]
    binding: bool
    practice: bool


class Clause(Struct, frozen=True):
    """A clause as the annex lists it: where it stands, how it is worded, what it says in our own words, what of it was not checked."""

    id: str
    locator: str
    wording: str
    text: str
    unchecked: str


class ClauseGroup(Struct, frozen=True):
    """The clauses of one source that were applied, and how the source stands."""

    source: str
    standing: str
    note: str
    clauses: list[Clause]


class Stated(Struct, frozen=True):
    """What the dossier states in one place: a fact, or a listed thing with all that is said of it."""

    spots: tuple[Spot, ...]
    label: str
    text: str
    evidence: str


class DisputeRow(Struct, frozen=True):
    """A finding that the reviewer sees otherwise."""

    title: str
    verdict: str
    view: str
    reason: str
    by: str


class WaiverRow(Struct, frozen=True):
    """A waiver: for what, until when, whether it holds, why and on whose answer."""

    title: str
    until: str
    state: str
    reason: str
    owner: str
    evidence: str


class ConditionRow(Struct, frozen=True):
    """A condition of the reviewer."""

    text: str
    owner: str
    due: str
    done: str


class RecordView(Struct, frozen=True):
    """What the report prints of a reviewer's record."""

    answers: list[Row]
    disputes: list[DisputeRow]
    waivers: list[WaiverRow]
    conditions: list[ConditionRow]
    warnings: list[str]
    signer: str
    signed_on: str
    rows: list[Row]
