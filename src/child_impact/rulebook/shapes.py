"""The shapes of the rule files, as pydantic checks them."""

from dataclasses import dataclass
from datetime import date as Day
from typing import Any, ClassVar, Literal

from ..reading.shape import STRICT
from ..reading.text import Text
from .model import CriterionKind, Wording


@dataclass(frozen=True, slots=True)
class RulebookShape:
    """The file `rulebook.yaml`: the version of the rules and what they are called."""

    __pydantic_config__: ClassVar[Any] = STRICT
    version: str
    title: Text


@dataclass(frozen=True, slots=True)
class ClauseShape:
    """A clause as written in a source file."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    locator: Text
    wording: Wording
    kind: Literal["principle", "goal", "target", "measure", "safeguard"]
    domain: str
    element: str
    reviewable: Literal["case", "indicator", "none"]
    applies_to: tuple[Literal["project", "policy", "plan"], ...]
    text: Text
    out_of_scope: Text | None = None


@dataclass(frozen=True, slots=True)
class SourceShape:
    """A source file; `jurisdiction` is the GB/T 2260 code of the division in which the source applies."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    title: Text
    issuer: Text
    number: str | None
    date: Day | None
    level: Literal["law", "regulation", "standard", "national", "province", "city", "practice"]
    jurisdiction: str
    in_force: dict[Literal["from", "to"], Day | None]
    superseded_by: Text | None
    clauses: tuple[ClauseShape, ...]
    dates_are_our_reading: bool = False
    note: Text | None = None
    short: Text | None = None


@dataclass(frozen=True, slots=True)
class BasisShape:
    """A basis with the part of the clause that is not checked."""

    __pydantic_config__: ClassVar[Any] = STRICT
    clause: str
    partial: Text


@dataclass(frozen=True, slots=True)
class AllowanceShape:
    """An exception that a clause allows; `condition` is left as a node for the condition parser."""

    __pydantic_config__: ClassVar[Any] = STRICT
    condition: Any
    says: Text
    clause: str


@dataclass(frozen=True, slots=True)
class CriterionShape:
    """A criterion as written in a criteria file; `when` and `require` are left as nodes for the condition parser."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    title: Text
    element: str
    require: Any
    remedy: Text
    who: str
    basis: tuple[str | BasisShape, ...]
    remedy_after_decision: Text | None = None
    when: Any = None
    over: str | None = None
    unless: AllowanceShape | None = None
    from_stage: str | tuple[str, ...] = ()
    kind: CriterionKind = CriterionKind.REVIEW
    bars: bool = False
    waivable: bool | None = None


@dataclass(frozen=True, slots=True)
class CriteriaFileShape:
    """A criteria file. The domain is the folder that it lies in."""

    __pydantic_config__: ClassVar[Any] = STRICT
    criteria: tuple[CriterionShape, ...]


@dataclass(frozen=True, slots=True)
class QuestionShape:
    """A question for the reviewer, as written in a questions file."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    text: Text
    domain: str
    element: str
    clauses: tuple[str, ...]
    when: Any = None


@dataclass(frozen=True, slots=True)
class QuestionsFileShape:
    """A questions file."""

    __pydantic_config__: ClassVar[Any] = STRICT
    questions: tuple[QuestionShape, ...]


@dataclass(frozen=True, slots=True)
class DerivedShape:
    """A derived fact; either a condition or a value. `unit` is that of a value, `print` when documents show it among the figures."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    label: Text
    over: str | None = None
    condition: Any = None
    value: Any = None
    unit: str | None = None
    print: Any = None


@dataclass(frozen=True, slots=True)
class DerivedFileShape:
    """A file of derived facts."""

    __pydantic_config__: ClassVar[Any] = STRICT
    derived: tuple[DerivedShape, ...]


@dataclass(frozen=True, slots=True)
class PatternShape:
    """Which findings lead to an outcome: for each attribute named, the values that fit."""

    __pydantic_config__: ClassVar[Any] = STRICT
    verdict: tuple[Literal["met", "not_met", "not_stated", "undetermined", "not_applicable"], ...] | None = None
    force: tuple[Literal["binding", "reference"], ...] | None = None
    obligation: tuple[Literal["required", "expected", "encouraged"], ...] | None = None
    bars: tuple[Literal["yes", "no"], ...] | None = None
    strength: tuple[Literal["planned", "asserted", "evidenced", "none"], ...] | None = None
    kind: tuple[Literal["review", "screening", "consistency"], ...] | None = None

    def attributes(self) -> dict[str, tuple[str, ...]]:
        """Return the attributes that are named."""
        return {name: allowed for name in self.__slots__ if (allowed := getattr(self, name)) is not None}


@dataclass(frozen=True, slots=True)
class OutcomeShape:
    """A row of a profile's outcome table."""

    __pydantic_config__: ClassVar[Any] = STRICT
    code: Literal["not_due", "not_recommended", "send_back", "conditions", "ready"]
    label: Text
    because: Text
    findings: tuple[PatternShape, ...] = ()
    because_waived: Text | None = None


@dataclass(frozen=True, slots=True)
class ProfileShape:
    """A profile file."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    title: Text
    screening: str
    outcomes: tuple[OutcomeShape, ...]
    adopts: tuple[str, ...] = ()
