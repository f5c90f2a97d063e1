"""The parts of the report that say what is in place and what is not."""

from ..assessment.model import Force, Verdict
from ..dossier.facts import Strength
from ..evaluator.proof import unique
from ..rulebook.model import CriterionKind
from .gaps import Gaps
from .measures import Measures
from .ordering import grouped, urgency
from .rows import Credit, Domain, Gap, Selection, Unchecked
from .state import State
from .titles import inline
from .wording import Wording

MAX_STRENGTHS = 3
MAX_CREDITS = 12
MAX_ADVICE = 20
MAX_PARTIAL = 5
MAX_NOTES = 3


class Points:
    """Words the findings of an assessment."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.assessment = wording.assessment
        self.zh = wording.language == "zh"
        self.state = State(wording)
        self.measures = Measures(wording)
        gaps = Gaps(wording)
        groups = gaps.groups()
        self.numbers = {id(finding): number for number, group in enumerate(groups, start=1) for finding in group}
        self.gaps = [(gaps.gap(number, group), group[0]) for number, group in enumerate(groups, start=1)]

    def applying(self) -> list[Gap]:
        """Return the points that apply here, the weightiest first."""
        return [gap for gap, _ in self.gaps if gap.applies]

    def every_advice(self) -> list[Gap]:
        """Return the points that are reference or encouragement only, the weightiest first."""
        return [gap for gap, _ in self.gaps if not gap.applies]

    def advice(self) -> Selection[Gap]:
        """Return the weightiest twenty of the points that are reference or encouragement only."""
        return Selection.first(self.every_advice(), MAX_ADVICE)

    def holding(self) -> list[Gap]:
        """Return the points that led to the outcome."""
        held = {finding.criterion.id for finding in self.assessment.outcome.findings}
        return [gap for gap, finding in self.gaps if finding.criterion.id in held and finding in self.assessment.outcome.findings]

    def planned(self) -> list[str]:
        """Return the titles of required demands that are met by plans alone and so led to the outcome."""
        met = [finding for finding in self.assessment.outcome.findings if finding.verdict is Verdict.MET]
        return list(dict.fromkeys(self.wording.of(finding.criterion.title) for finding in met))

    def domains(self) -> list[Domain]:
        """Return, for each of the five friendlies, what is in place, what is to be put right, and the advice that is listed."""
        applying, listed = self.applying(), self.advice().rows
        domains = []
        for code, title in self.assessment.rulebook.vocabulary.enumerations["domain"].values.items():
            gaps = [gap for gap in applying if gap.domain == code]
            advice = [gap for gap in listed if gap.domain == code]
            credits_ = self._credits(code)
            if credits_ or gaps or advice:
                domains.append(Domain(self.wording.of(title), credits_[:MAX_CREDITS], credits_[MAX_CREDITS:], gaps, advice))
        return domains

    def strengths(self) -> Selection[str]:
        """Return the titles of the demands that are met, the weightiest three, and how many more there are."""
        met = [one for one in self.assessment.findings if one.verdict is Verdict.MET and one.criterion.kind is CriterionKind.REVIEW]
        titles = dict.fromkeys(self.wording.of(finding.criterion.title) for finding in sorted(met, key=urgency))
        return Selection.first(list(titles), MAX_STRENGTHS)

    def _credits(self, domain: str) -> list[Credit]:
        met = [one for one in self.assessment.findings if one.verdict is Verdict.MET and one.criterion.domain == domain]
        review = [one for one in met if one.criterion.kind is CriterionKind.REVIEW]
        rows = []
        for group in grouped(review, lambda finding: (finding.criterion.id,)):
            facts = unique(fact for finding in group for fact in finding.facts)
            planned = any(finding.strength is Strength.PLANNED for finding in group)
            criterion = group[0].criterion
            element = self.wording.named("element", criterion.element)
            rows.append(
                Credit(
                    self.wording.of(criterion.title),
                    self.measures.beside(self.state.facts(facts, criterion), group),
                    self.wording.spots(facts),
                    planned,
                    element,
                )
            )
        return rows

    def unchecked(self) -> Selection[Unchecked]:
        """Return the demands that are met, of whose binding clauses only a part was checked, and which part was not."""
        notes: dict[str, list[str]] = {}
        for finding in self.assessment.findings:
            if finding.verdict is Verdict.MET:
                for ground in finding.grounds:
                    if ground.partial is not None and ground.force is Force.BINDING:
                        note = self.wording.of(ground.partial).rstrip("。.")
                        notes.setdefault(self.wording.of(finding.criterion.title), []).append(note)
        return Selection.first(
            [Unchecked(title, self.wording.series(map(inline, said), MAX_NOTES)) for title, said in notes.items()], MAX_PARTIAL
        )
