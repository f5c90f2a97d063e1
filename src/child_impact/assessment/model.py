"""The assessment as plain data."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from ..dossier.facts import Dossier, Fact, Strength
from ..evaluator.proof import Missing, Proof, Truth
from ..reading.problems import Problem
from ..reading.text import Text
from ..rulebook.model import Criterion, Profile, Question, Rulebook, Wording
from .measured import Measured
from .record import Dispute, Record, Waiver


class Verdict(StrEnum):
    """What a criterion comes to. *Not stated* is no breach; *undetermined* means that it is open whether the criterion applies."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_STATED = "not_stated"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


class Reason(StrEnum):
    """Why a criterion does not apply."""

    CONDITION = "condition"
    LATER_STAGE = "later_stage"
    NO_ENTITIES = "no_entities"


class Status(StrEnum):
    """How a source stands at the decision horizon in the place of the proposal."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    ELSEWHERE = "elsewhere"
    ADOPTED = "adopted"
    OWN = "own"


class Force(StrEnum):
    """Whether a demand binds here and now, or serves as a reference."""

    BINDING = "binding"
    REFERENCE = "reference"


class Obligation(StrEnum):
    """How strong a demand is, strongest first."""

    REQUIRED = "required"
    EXPECTED = "expected"
    ENCOURAGED = "encouraged"

    @classmethod
    def of(cls, wording: Wording) -> "Obligation":
        """Return the obligation that a clause's wording carries."""
        return {Wording.MUST: cls.REQUIRED, Wording.SHOULD: cls.EXPECTED, Wording.ENCOURAGE: cls.ENCOURAGED}[wording]


class Ground(Struct, frozen=True):
    """A clause of a finding's basis, with its status, force and obligation here."""

    clause: str
    status: Status
    force: Force
    obligation: Obligation
    partial: Text | None


class EntityRef(Struct, frozen=True):
    """The entity that a finding is about: id, path as shown, and its own name if it has one."""

    id: str
    path: str
    name: Text | None


class Finding(Struct, frozen=True):
    """One criterion held against the proposal or one entity of it. `require` is not proved where the criterion does not apply.

    `unless` is the proof of the exception that its clause allows, where it has one and its requirement is not shown to be met.
    `norms` are those on the quantities that it is measured by.
    `waiver` is the one that holds for it, `disputes` what the reviewer says against it; neither changes the verdict.
    `remedy` is one that can still be carried out: the criterion's own, or the one that it has for after the decision.
    """

    criterion: Criterion
    entity: EntityRef | None
    verdict: Verdict
    strength: Strength | None
    if_applicable: Verdict | None
    reason: Reason | None
    force: Force
    obligation: Obligation
    grounds: tuple[Ground, ...]
    facts: tuple[Fact, ...]
    missing: tuple[Missing, ...]
    when: Proof
    require: Proof | None
    remedy: Text
    unless: Proof | None = None
    norms: tuple[Measured, ...] = ()
    waiver: Waiver | None = None
    disputes: tuple[Dispute, ...] = ()

    @property
    def denied_by(self) -> tuple[Fact, ...]:
        """Return the facts that say of something that it is not there, where the verdict rests on that."""
        if self.verdict in (Verdict.NOT_STATED, Verdict.UNDETERMINED):
            return ()
        return tuple(fact for fact in self.facts if fact.denies())

    @property
    def is_moot(self) -> bool:
        """Return whether it is open if the criterion applies, and would not matter: it would be met."""
        return self.verdict is Verdict.UNDETERMINED and self.if_applicable is Verdict.MET

    @property
    def is_gap(self) -> bool:
        """Return whether the finding asks for something."""
        return self.verdict in (Verdict.NOT_MET, Verdict.NOT_STATED, Verdict.UNDETERMINED) and not self.is_moot


class Outcome(Struct, frozen=True):
    """What the profile's table makes of the findings, and the findings that led to it."""

    code: str
    label: Text
    because: Text
    findings: tuple[Finding, ...]


class Screening(Struct, frozen=True):
    """Whether an assessment is due (None: open, which counts as due), and the proof."""

    due: Truth
    proof: Proof


class WaiverState(StrEnum):
    """What becomes of a waiver: only one *in effect* takes its finding out of the outcome."""

    IN_EFFECT = "in_effect"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    MALFORMED = "malformed"
    NOT_ALLOWED = "not_allowed"
    UNUSED = "unused"


class Ruling(Struct, frozen=True):
    """A waiver with its state, and why it does not hold where it does not."""

    waiver: Waiver
    state: WaiverState
    why: Text | None


class Review(Struct, frozen=True):
    """A reviewer's record held against the findings. `warnings` say what of it does not hold or has nothing to be about."""

    record: Record
    rulings: tuple[Ruling, ...]
    warnings: tuple[Problem, ...]


class Assessment(Struct, frozen=True):
    """The whole result for one dossier. `dossier` is as it counts on `as_of`."""

    dossier: Dossier
    rulebook: Rulebook
    profile: Profile
    as_of: date
    horizon: date | None
    inference: str
    cross_checked: bool
    screening: Screening
    outcome: Outcome
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    derived: Mapping[str, Proof]
    review: Review | None = None

    def counts(self) -> dict[Verdict, int]:
        """Return how many findings have each verdict; they add up to the number of findings."""
        return {verdict: sum(finding.verdict is verdict for finding in self.findings) for verdict in Verdict}
