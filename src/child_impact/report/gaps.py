"""The points to put right: findings that are told as one, what is to be done about them, by whom and by when."""

from ..assessment.model import Finding, Force, Obligation, Verdict
from ..dossier.facts import Fact
from ..evaluator.proof import Gap as GapKind
from ..evaluator.proof import unique
from .due import due_of
from .measures import Measures
from .ordering import applies, grouped, urgency
from .record import RecordWords
from .rows import Cited, Gap
from .state import State, against, of_dossier
from .titles import inline
from .wording import Wording

MIN_ALIKE = 5
MAX_JOINED = 4


class Gaps:
    """Makes points of the findings that are not met or not stated."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.assessment = wording.assessment
        self.zh = wording.language == "zh"
        self.record = RecordWords(wording)
        self.state = State(wording)
        self.measures = Measures(wording)

    def groups(self) -> list[list[Finding]]:
        """Return the findings of each point, the weightiest point first."""
        judged = [one for one in self.assessment.findings if one.verdict in (Verdict.NOT_MET, Verdict.NOT_STATED)]
        elements = list(self.assessment.rulebook.vocabulary.enumerations["element"].values)
        judged.sort(key=lambda finding: (*urgency(finding), self._is_ours(finding), elements.index(finding.criterion.element)))
        return self._merged(grouped(judged, lambda finding: (finding.criterion.id, finding.verdict, finding.waiver)))

    def _merged(self, groups: list[list[Finding]]) -> list[list[Finding]]:
        """Return the groups, those that many demands make about one field of a list (no body named, say) joined into one."""
        alike: dict[tuple[object, ...], list[list[Finding]]] = {}
        for group in groups:
            field = self._lacking_field(group)
            if field is not None:
                alike.setdefault((group[0].force, group[0].obligation, field), []).append(group)
        joined = {id(many[0]): [finding for group in many for finding in group] for many in alike.values() if len(many) >= MIN_ALIKE}
        swallowed = {id(group) for many in alike.values() if len(many) >= MIN_ALIKE for group in many[1:]}
        return [joined.get(id(group), group) for group in groups if id(group) not in swallowed]

    def _lacking_field(self, group: list[Finding]) -> str | None:
        """Return the field of listed things whose statement is all that a demand lacks, or None, as where it is waived or disputed."""
        if any(finding.waiver is not None or finding.disputes for finding in group):
            return None
        gaps = [gap for finding in group for gap in finding.missing]
        names = {gap.name for gap in gaps}
        about_entities = all(gap.gap is GapKind.FACT and self.assessment.dossier.entity_at(gap.path) for gap in gaps)
        if group[0].verdict is not Verdict.NOT_STATED or group[0].criterion.over is not None or len(names) != 1 or not about_entities:
            return None
        return names.pop()

    def _is_ours(self, finding: Finding) -> bool:
        """Return whether a demand rests on the good practice of this tool alone."""
        return all(self.assessment.rulebook.source_of(ground.clause).level == "practice" for ground in finding.grounds)

    def gap(self, number: int, group: list[Finding]) -> Gap:
        """Return the point that a group of `groups` comes to."""
        first, wording = group[0], self.wording
        if first.criterion != group[-1].criterion:
            return self._joint_gap(number, group)
        facts = unique(fact for finding in group for fact in finding.facts)
        return Gap(
            number=number,
            title=wording.of(first.criterion.title),
            entities=wording.shortened(self._called(group)),
            verdict=wording.verdict(first),
            code=first.verdict.value,
            element=wording.named("element", first.criterion.element),
            domain=first.criterion.domain,
            obligation=wording.code("obligation", first.obligation.value),
            required=applies(first) and first.obligation is Obligation.REQUIRED,
            state=self.measures.beside(
                self.state.contrary(facts, first.criterion) if first.verdict is Verdict.NOT_MET else self.state.unstated(group, facts),
                group,
            ),
            spots=wording.spots(self._shown(group, facts)),
            basis=self._basis(first),
            remedy=wording.of(first.remedy),
            who=wording.named("roles", first.criterion.who),
            due=due_of(first, wording),
            applies=applies(first),
            mark=self.record.mark(group),
        )

    def _shown(self, group: list[Finding], facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """Return the facts whose places a point names: those against the demand, or the listed things of which too little is said."""
        if group[0].verdict is Verdict.NOT_MET:
            return against(facts, group[0].criterion)
        entities = [self.assessment.dossier.entity_at(finding.entity.path) for finding in group if finding.entity]
        return tuple(Fact(one.path, None, one.place) for one in entities if one is not None) or of_dossier(facts)

    def _called(self, group: list[Finding]) -> list[str]:
        """Return what the things are called that a demand is about; those that go by their id alone are left out."""
        entities = [self.assessment.dossier.entity_at(finding.entity.path) for finding in group if finding.entity]
        return list(dict.fromkeys(self.wording.entity(one) for one in entities if one is not None and self.wording.is_called(one)))

    def _joint_gap(self, number: int, group: list[Finding]) -> Gap:
        """Return the one point that several demands come to: the same field of the same list is not stated."""
        first, wording = group[0], self.wording
        field = wording.vocabulary.field(first.missing[0].name)
        assert field is not None
        label = wording.of(field.label)
        titles = wording.series((inline(wording.of(finding.criterion.title)) for finding in group), MAX_JOINED)
        count = len({gap.path for finding in group for gap in finding.missing})
        return Gap(
            number=number,
            title=f"逐项写明{label}" if self.zh else f"Each entry states its {label}",
            entities=titles,
            verdict=wording.verdict(first),
            code=first.verdict.value,
            element=wording.named("element", first.criterion.element),
            domain=first.criterion.domain,
            obligation=wording.code("obligation", first.obligation.value),
            required=applies(first) and first.obligation is Obligation.REQUIRED,
            state=f"有{count}项未写明" if self.zh else f"{wording.counted(count, 'entry lacks', 'entries lack')} it",
            spots=(),
            basis=unique(clause for finding in group for clause in self._basis(finding)),
            remedy=f"逐项补写{label}。" if self.zh else f"Add the {label} to each entry.",
            who=wording.named("roles", field.answered_by),
            due=due_of(first, wording),
            applies=applies(first),
        )

    def _basis(self, finding: Finding) -> tuple[Cited, ...]:
        """Return the clauses that bind, or else those that serve as a reference."""
        binding = [ground for ground in finding.grounds if ground.force is Force.BINDING]
        return tuple(self.wording.cited(ground) for ground in binding or finding.grounds)
