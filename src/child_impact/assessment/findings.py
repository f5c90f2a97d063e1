"""From criteria and proofs to findings."""

from collections.abc import Iterator

from msgspec import Struct

from ..dossier.facts import Dossier, Entity, Fact
from ..evaluator.evaluate import Evaluator
from ..evaluator.proof import Missing, Proof, unique
from ..rulebook.model import Criterion, Rulebook
from ..vocabulary.model import Vocabulary
from .force import Standing, Weight
from .measured import measured
from .model import EntityRef, Finding, Reason, Verdict


class Subject(Struct, frozen=True):
    """What a criterion is held against: the dossier, an entity, or a list without any to hold it against.

    Of the latter, an `empty` list has nothing, and of an `absent` one it is open whether there is anything, and what.
    """

    entity: Entity | None = None
    absent: bool = False
    empty: bool = False


def subjects(criterion: Criterion, dossier: Dossier) -> Iterator[Subject]:
    """Yield what a criterion is held against in a dossier."""
    if criterion.over is None:
        yield Subject()
        return
    complete = dossier.other(criterion.over) is None
    for entity in dossier.subjects(criterion.over):
        listed = not entity.is_any()
        yield Subject(entity, absent=not listed and not complete, empty=not listed and complete)


class Findings:
    """Makes the findings of one dossier. `decided`: the decision has been taken, so that remedies must still be possible after it."""

    def __init__(self, rulebook: Rulebook, dossier: Dossier, evaluator: Evaluator, standing: Standing, *, decided: bool) -> None:
        self.rulebook = rulebook
        self.dossier = dossier
        self.evaluator = evaluator
        self.standing = standing
        self.decided = decided

    def of(self, criterion: Criterion) -> list[Finding]:
        """Return the findings of one criterion."""
        weight = self.standing.of_criterion(criterion)
        return [self._finding(criterion, subject, weight) for subject in subjects(criterion, self.dossier)]

    def _finding(self, criterion: Criterion, subject: Subject, weight: Weight) -> Finding:
        when = self.evaluator.prove_once(criterion.when, subject.entity)
        require = self.evaluator.prove_once(criterion.require, subject.entity) if when.truth is not False else None
        unless = self._exception(criterion, subject, require)
        reason = self._why_not(criterion, subject, when)
        verdict, if_applicable = Verdict.NOT_APPLICABLE, None
        if require is not None and reason is None:
            verdict, if_applicable = _judged(subject, when, require, unless)
        named = subject.entity if subject.entity and not subject.absent and not subject.empty else None
        return Finding(
            criterion=criterion,
            entity=EntityRef(named.id, named.path, named.name()) if named else None,
            verdict=verdict,
            strength=_shown_by(require, unless).strength if require is not None and verdict is Verdict.MET else None,
            if_applicable=if_applicable,
            reason=reason,
            force=weight.force,
            obligation=weight.obligation,
            grounds=weight.grounds,
            facts=_facts(verdict, when, require, unless),
            missing=self._missing(verdict, if_applicable, subject, criterion, (when, require, unless)),
            when=when,
            require=require,
            unless=unless,
            norms=measured(criterion, self.rulebook, self.evaluator, subject.entity) if require is not None else (),
            remedy=(criterion.remedy_after_decision if self.decided else None) or criterion.remedy,
        )

    def _exception(self, criterion: Criterion, subject: Subject, require: Proof | None) -> Proof | None:
        """Return the proof of the exception, where there is one and what is required is not shown."""
        if criterion.unless is None or require is None or require.truth is True:
            return None
        return self.evaluator.prove_once(criterion.unless.condition, subject.entity)

    def _missing(
        self,
        verdict: Verdict,
        if_applicable: Verdict | None,
        subject: Subject,
        criterion: Criterion,
        proofs: tuple[Proof, Proof | None, Proof | None],
    ) -> tuple[Missing, ...]:
        """Return what is lacking for another verdict; `proofs` are those of when it applies, what it requires, and its exception."""
        when, require, unless = proofs
        if subject.absent and verdict is Verdict.UNDETERMINED and criterion.over is not None:
            return (self.evaluator.besides(criterion.over, criterion.when),)
        if require is None or verdict in (Verdict.MET, Verdict.NOT_APPLICABLE) or if_applicable is Verdict.MET:
            return ()
        lacking = unique((*require.missing, *(unless.missing if unless is not None else ())))
        return unique((*when.missing, *lacking)) if verdict is Verdict.UNDETERMINED else lacking

    def _why_not(self, criterion: Criterion, subject: Subject, when: Proof) -> Reason | None:
        if when.truth is False:
            return Reason.CONDITION
        if lies_ahead(criterion, self.dossier, self.rulebook.vocabulary):
            return Reason.LATER_STAGE
        return Reason.NO_ENTITIES if subject.empty else None


def _judged(subject: Subject, when: Proof, require: Proof, unless: Proof | None) -> tuple[Verdict, Verdict | None]:
    if subject.absent:
        return Verdict.UNDETERMINED, Verdict.NOT_STATED
    judged = {True: Verdict.MET, False: Verdict.NOT_MET, None: Verdict.NOT_STATED}[_shown_by(require, unless).truth]
    return (judged, None) if when.truth else (Verdict.UNDETERMINED, judged)


def _shown_by(require: Proof, unless: Proof | None) -> Proof:
    """Return the proof that decides: that of the exception where it holds, else that of what is required."""
    return unless if unless is not None and unless.truth is True else require


def lies_ahead(criterion: Criterion, dossier: Dossier, vocabulary: Vocabulary) -> bool:
    """Return whether a criterion can be judged only at a later stage of the proposal."""
    kind, stage = dossier.code("kind"), vocabulary.stages[dossier.code("stage")]
    from_stages = [vocabulary.stages[code] for code in criterion.from_stage]
    return any(kind in one.kinds and stage.rank < one.rank for one in from_stages)


def _facts(verdict: Verdict, when: Proof, require: Proof | None, unless: Proof | None) -> tuple[Fact, ...]:
    if require is None or verdict is Verdict.NOT_APPLICABLE:
        return when.facts
    deciding = unique((*require.facts, *(unless.facts if unless is not None else ())))
    return unique((*when.facts, *deciding)) if verdict is Verdict.UNDETERMINED else deciding
