"""Assessing a dossier: both evaluators, compared cell by cell, then findings and outcome."""

from datetime import date
from types import ModuleType

from ..conditions.syntax import Condition, Holds
from ..dossier.facts import Dossier, Entity
from ..dossier.reckoned import reckoned
from ..engine.compile import Program
from ..engine.door import DOOR, load, name
from ..engine.inference import Inference, Plan, Truths, prepared
from ..evaluator.evaluate import Evaluator
from ..evaluator.proof import Truth
from ..rulebook.model import Criterion, CriterionKind, Profile, Question, Rulebook
from ..rulebook.store import kept_of
from ..vocabulary.values import PartialDate
from .findings import Findings, subjects
from .force import Standing, Weights
from .model import Assessment, Finding, Screening
from .outcome import decide, has_contradiction
from .record import Record
from .review import Judged, reviewed

BUILT_IN = "built-in evaluator"
_LAST_DAY = date(2200, 12, 31)
"""The last day that a dossier can state."""


class EvaluatorsDiffer(Exception):
    """durable-rules and the plain evaluator disagree (exit code 5): a defect of the program, and no verdict may be shown."""


class Assessor:
    """Assesses dossiers against one rulebook and profile. Close it after use.

    Threads may share it, and may have several: what durable-rules does for them is done one dossier after the other.
    """

    def __init__(self, rulebook: Rulebook, profile: Profile, *, compared: bool = True) -> None:
        """Make an assessor. `compared` false: by the plain evaluator alone, where what it says is not shown as an assessment."""
        self.rulebook = rulebook
        self.profile = profile
        self._module = load() if compared else None
        self._inferences: dict[str, Inference] = {}
        self._weights: Weights = {}

    def assess(self, dossier: Dossier, today: date, as_of: date | None = None, record: Record | None = None) -> Assessment:
        """Return the assessment of a dossier, with the reviewer's `record` of it if there is one.

        `as_of` is the day on which it is judged; by default that of `day`. Raises `EvaluatorsDiffer`, or `EngineFailure`, rather than return a verdict that is
        not sure.
        """
        day = as_of or self.day(dossier, today)
        counted, evaluator = self._evaluated(dossier, day)
        screened = evaluator.prove(Holds(self.profile.screening, entity=False))
        selected = _selected(self._findings(counted, evaluator, day), screened.truth)
        decided = decide(self.profile, screened.truth, selected)
        is_due = decided.code != "not_due"
        questions = self._questions(evaluator) if is_due else ()
        review = None
        if record is not None:
            review, selected = reviewed(record, Judged(self.rulebook, self.profile, counted, is_due, selected, questions, day))
            decided = decide(self.profile, screened.truth, selected)
        derived = [one for one in self.rulebook.derived.values() if one.over is None and one.condition is not None]
        return Assessment(
            dossier=counted,
            rulebook=self.rulebook,
            profile=self.profile,
            as_of=day,
            horizon=_decision_day(dossier) or (day if self._lies_before_decision(dossier) else None),
            inference=name(self._module) if self._module is not None else BUILT_IN,
            cross_checked=self._module is not None,
            screening=Screening(screened.truth, screened),
            outcome=decided,
            findings=tuple(selected),
            questions=questions,
            derived={one.id: evaluator.prove(Holds(one.id, entity=False)) for one in derived},
            review=review,
        )

    def judge(self, dossier: Dossier, day: date) -> list[Finding]:
        """Return the findings of every criterion on a day, whether or not an assessment is due."""
        counted, evaluator = self._evaluated(dossier, day)
        return self._findings(counted, evaluator, day)

    def day(self, dossier: Dossier, today: date) -> date:
        """Return the day on which a dossier is judged: today, or the stated day of decision if that is earlier and still ahead of the file."""
        decision = _decision_day(dossier)
        return min(decision, today) if decision is not None and self._lies_before_decision(dossier) else today

    def _evaluated(self, dossier: Dossier, day: date) -> tuple[Dossier, Evaluator]:
        counted = dossier.as_of(day, self.rulebook.vocabulary)
        horizon = self._horizon(counted, day)
        counted = reckoned(counted, horizon)
        context = {"as_of": PartialDate.of(day), "decision_horizon": horizon}
        evaluator = Evaluator(counted, self.rulebook.derived, context)
        if self._module is not None:
            with DOOR:
                truths = self._inference(self._module, counted.code("kind")).infer(counted, context)
            self._compare(counted, evaluator, truths)
        return counted, evaluator

    def _inference(self, module: ModuleType, kind: str) -> Inference:
        """Return the rules for proposals of a kind, made once."""
        if kind not in self._inferences:
            kept = kept_of(self.rulebook, f"plan {kind}", tuple[Program, Plan], lambda: prepared(self.rulebook, kind))
            self._inferences[kind] = Inference(module, *kept)
        return self._inferences[kind]

    def _findings(self, dossier: Dossier, evaluator: Evaluator, day: date) -> list[Finding]:
        decision = _decision_day(dossier) or day
        standing = Standing(self.rulebook, self.profile, dossier, decision, self._weights)
        decided = not self._lies_before_decision(dossier) or decision < day
        findings = Findings(self.rulebook, dossier, evaluator, standing, decided=decided)
        return [finding for criterion in self._ordered() for finding in findings.of(criterion)]

    def _questions(self, evaluator: Evaluator) -> tuple[Question, ...]:
        return tuple(one for one in self.rulebook.questions.values() if evaluator.prove_once(one.when).truth is True)

    def _horizon(self, dossier: Dossier, day: date) -> PartialDate | None:
        """Return when the decision is: as stated; where it lies ahead and its day is not stated, any day from now on; else unknown."""
        fact = dossier.facts.get("decision_on")
        if fact is not None and isinstance(fact.value, PartialDate):
            return fact.value
        return PartialDate(day, _LAST_DAY) if self._lies_before_decision(dossier) else None

    def _lies_before_decision(self, dossier: Dossier) -> bool:
        return self.rulebook.vocabulary.stages[dossier.code("stage")].before_decision

    def _ordered(self) -> list[Criterion]:
        enumerations = self.rulebook.vocabulary.enumerations
        domains, elements = list(enumerations["domain"].values), list(enumerations["element"].values)
        return sorted(self.rulebook.criteria.values(), key=lambda one: (domains.index(one.domain), elements.index(one.element), one.id))

    def _compare(self, dossier: Dossier, evaluator: Evaluator, truths: Truths) -> None:
        for criterion in self.rulebook.criteria.values():
            for subject in subjects(criterion, dossier):
                applies = _same(f"{criterion.id} when", criterion.when, criterion.over, subject.entity, evaluator, truths)
                if applies is not False:
                    _same(f"{criterion.id} require", criterion.require, criterion.over, subject.entity, evaluator, truths)
                    if criterion.unless is not None:
                        _same(f"{criterion.id} unless", criterion.unless.condition, criterion.over, subject.entity, evaluator, truths)
        for question in self.rulebook.questions.values():
            _same(question.id, question.when, None, None, evaluator, truths)
        for one in self.rulebook.derived.values():
            if one.condition is None:
                continue
            for entity in _judged(dossier, one.over):
                _same(one.id, one.condition, one.over, entity, evaluator, truths)

    def close(self) -> None:
        """Release the rules that durable-rules holds."""
        with DOOR:
            for inference in self._inferences.values():
                inference.close()
            self._inferences.clear()


def _same(where: str, condition: Condition, over: str | None, entity: Entity | None, evaluator: Evaluator, truths: Truths) -> Truth:
    """Return the truth that both evaluators give to a condition. Raises `EvaluatorsDiffer` if they do not agree."""
    inferred, proved = truths.of((condition, over), entity), evaluator.prove_once(condition, entity).truth
    if inferred is not proved:
        about = f" for {entity.path}" if entity else ""
        raise EvaluatorsDiffer(f"{where}{about}: durable-rules says {inferred}, the plain evaluator says {proved}")
    return proved


def _judged(dossier: Dossier, over: str | None) -> tuple[Entity | None, ...]:
    """Return what a derived fact is about: the dossier, or the things of a list and whatever may be there besides."""
    if over is None:
        return (None,)
    other = dossier.other(over)
    return (*dossier.members(over), *((other,) if other is not None else ()))


def _selected(findings: list[Finding], due: bool | None) -> list[Finding]:
    if due is not False or has_contradiction(findings):
        return findings
    return [finding for finding in findings if finding.criterion.kind is not CriterionKind.REVIEW]


def _decision_day(dossier: Dossier) -> date | None:
    fact = dossier.facts.get("decision_on")
    return fact.value.last if fact is not None and isinstance(fact.value, PartialDate) else None
