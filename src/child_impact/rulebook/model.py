"""What a rulebook consists of."""

from collections.abc import Mapping
from datetime import date as Day
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from ..conditions.syntax import Condition, Expression
from ..reading.problems import Place
from ..reading.text import Text
from ..vocabulary.model import Vocabulary
from .quantities import Quantity


class Wording(StrEnum):
    """How strongly a clause puts its demand."""

    MUST = "must"
    SHOULD = "should"
    ENCOURAGE = "encourage"


class CriterionKind(StrEnum):
    """What a criterion is for. Screening and consistency criteria stay selected where no assessment is due."""

    REVIEW = "review"
    SCREENING = "screening"
    CONSISTENCY = "consistency"


class Clause(Struct, frozen=True):
    """One clause of a source, in our own words. `id` is unique in the rulebook, as in `jilin-2022:T02j`."""

    id: str
    locator: Text
    wording: Wording
    kind: str
    domain: str
    element: str
    reviewable: Literal["case", "indicator", "none"]
    applies_to: tuple[str, ...]
    text: Text
    out_of_scope: Text | None = None


class Source(Struct, frozen=True):
    """A source document: what it is, where and when it is in force. Dates are days; None is open. `short` is its title in tables."""

    id: str
    title: Text
    short: Text
    issuer: Text
    number: str | None
    date: Day | None
    level: str
    jurisdiction: str
    in_force_from: Day | None
    in_force_to: Day | None
    superseded_by: Text | None
    dates_are_our_reading: bool
    note: Text | None


class Basis(Struct, frozen=True):
    """A clause that a criterion rests on; `partial` says which part of the clause is not checked."""

    clause: str
    partial: Text | None = None


class Allowance(Struct, frozen=True):
    """An exception that a clause allows from what a criterion requires: when it holds, what it is, and the clause that allows it."""

    condition: Condition
    says: Text
    clause: str


class Derived(Struct, frozen=True):
    """A fact that follows from others: a condition or a number, of the dossier or of each entity of the list `over`.

    `unit` is that of a number; documents print a number of the dossier among its figures where `printed` holds (None: nowhere).
    """

    id: str
    label: Text
    over: str | None
    condition: Condition | None
    value: Expression | None
    place: Place
    unit: str | None = None
    printed: Condition | None = None


class Criterion(Struct, frozen=True):
    """A demand that a proposal is held against, in the whole or entity by entity (`over`).

    One that `bars` approval while it is not met is never `waivable`; nor is one that says so itself.
    What it requires is excused where its exception (`unless`) holds; as long as that is not shown, what is not met stays not met.
    `meets` are the quantities whose norms it requires to be met.
    `remedy_after_decision` is what can still be done once the decision has been taken, where `remedy` comes too late for that.
    """

    id: str
    title: Text
    domain: str
    element: str
    kind: CriterionKind
    over: str | None
    from_stage: tuple[str, ...]
    when: Condition
    require: Condition
    remedy: Text
    who: str
    basis: tuple[Basis, ...]
    bars: bool
    waivable: bool
    place: Place
    remedy_after_decision: Text | None = None
    unless: Allowance | None = None
    meets: tuple[str, ...] = ()

    def conditions(self) -> tuple[Condition, ...]:
        """Return the conditions that decide its verdict: when it applies, what it requires, and the exception."""
        return (self.when, self.require) if self.unless is None else (self.when, self.require, self.unless.condition)


class Question(Struct, frozen=True):
    """A question for the reviewer's own judgement, where clauses support no criterion. It has no verdict."""

    id: str
    text: Text
    domain: str
    element: str
    when: Condition
    clauses: tuple[str, ...]
    place: Place


class OutcomeRule(Struct, frozen=True):
    """One row of a profile's table: the outcome, and the findings that lead to it (each a set of allowed attribute values).

    `because_waived` stands for `because` where a waived finding is among those that led to it.
    """

    code: str
    label: Text
    because: Text
    findings: tuple[Mapping[str, tuple[str, ...]], ...]
    because_waived: Text | None = None


class Profile(Struct, frozen=True):
    """How an office uses the rulebook: what it adopts, what makes an assessment due, and the table from findings to outcome."""

    id: str
    title: Text
    adopts: tuple[str, ...]
    screening: str
    outcomes: tuple[OutcomeRule, ...]


class Rulebook(Struct, frozen=True, weakref=True):
    """All rules, checked. `version` and `title` are those that the rules give themselves, `sha256` is over the rule files.

    `derived` stands in an order in which each uses only earlier ones.
    """

    version: str
    title: Text
    sha256: str
    vocabulary: Vocabulary
    sources: Mapping[str, Source]
    clauses: Mapping[str, Clause]
    derived: Mapping[str, Derived]
    criteria: Mapping[str, Criterion]
    questions: Mapping[str, Question]
    profiles: Mapping[str, Profile]
    quantities: Mapping[str, Quantity]

    def source_of(self, clause: str) -> Source:
        """Return the source that a clause id belongs to."""
        return self.sources[clause.partition(":")[0]]
