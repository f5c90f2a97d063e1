"""The view model of the assessment report: everything that its template prints, worded, grouped and ordered."""

from collections.abc import Callable
from dataclasses import dataclass

from ..assessment.model import Assessment, Finding, Force, Obligation, Reason, Status, Verdict
from ..assessment.questions import Question, question
from ..dossier.facts import Entity, Fact, Strength
from ..evaluator.proof import Missing, unique
from ..rulebook.model import Criterion, CriterionKind
from ..vocabulary.values import PartialDate
from .wording import Wording

MAX_CLAUSES = 3


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
    basis: str
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
    overview: list[Row]
    bases: list[BasisGroup]
    children: list[Row]
    hearings: list[Row]
    hearings_open: str
    domains: list[Domain]
    gaps: list[Gap]
    advice: list[Gap]
    undetermined: list[OpenPoint]
    asked: list[Asked]
    carried: list[Row]
    partial: list[Row]
    warnings: list[str]
    counts: list[Row]
    record: list[Row]
    cross_checked: bool
    due_unknown: bool


class ViewBuilder:
    """Builds the view of one assessment in one language."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.assessment: Assessment = wording.assessment
        self.zh = wording.language == "zh"

    def view(self) -> ReportView:
        """Return the view of the report."""
        assessment, wording = self.assessment, self.wording
        gaps = self._gaps([finding for finding in assessment.findings if finding.is_gap and finding.verdict is not Verdict.UNDETERMINED])
        held = {finding.criterion.id for finding in assessment.outcome.findings}
        main = [gap for gap, finding in gaps if self._is_main(finding)]
        return ReportView(
            title=wording.of(assessment.dossier.text("title")),
            exercise=wording.of(assessment.dossier.text("exercise_note")),
            meta=self._meta(),
            outcome=wording.of(assessment.outcome.label),
            outcome_because=wording.of(assessment.outcome.because),
            code=assessment.outcome.code,
            holding=[gap for gap, finding in gaps if finding.criterion.id in held],
            overview=self._overview(),
            bases=self._bases(),
            children=self._group_rows("children"),
            hearings=self._hearings(),
            hearings_open=self._hearings_open(),
            domains=self._domains(gaps),
            gaps=main,
            advice=[gap for gap, finding in gaps if not self._is_main(finding)],
            undetermined=self._undetermined(),
            asked=self._asked(),
            carried=self._carried(),
            partial=self._partial(),
            warnings=[
                f"{problem.place}{'：' if self.zh else ': '}{problem.what.in_(wording.language)}" for problem in assessment.dossier.warnings
            ],
            counts=[Row(wording.code("verdict", verdict.value), str(count)) for verdict, count in assessment.counts().items()],
            record=self._record(),
            cross_checked=assessment.cross_checked,
            due_unknown=assessment.screening.due is None,
        )

    @staticmethod
    def _is_main(finding: Finding) -> bool:
        return finding.force is Force.BINDING and finding.obligation is not Obligation.ENCOURAGED

    def _meta(self) -> list[Row]:
        dossier, wording = self.assessment.dossier, self.wording
        enumerations = ("kind", "types", "stage")
        rows = [Row(*self._labelled(dossier.facts[name])) for name in enumerations]
        place = wording.of(dossier.text("site_note")) or self._place_name(dossier.code("place"))
        rows.insert(0, Row("地点" if self.zh else "Place", place))
        owner = wording.of(dossier.text("owner"))
        if owner:
            rows.insert(0, Row(self._label("owner"), owner))
        day = wording.day(PartialDate.of(self.assessment.as_of))
        rows.append(Row("评价时点" if self.zh else "Judged as of", day))
        return rows

    def _place_name(self, code: str) -> str:
        names = [name for name, known in self.assessment.rulebook.vocabulary.places.items() if known == code]
        return names[0] if names else code

    def _label(self, path: str) -> str:
        field = self.assessment.rulebook.vocabulary.fact(path)
        label = self.wording.of(field.label) if field else path
        return label[:1].upper() + label[1:]

    def _labelled(self, fact: Fact) -> tuple[str, str]:
        field = self.wording.field(fact)
        return self._label(fact.path), self.wording.value(fact.value, field)

    def _overview(self) -> list[Row]:
        rows = [Row(*self._labelled(fact)) for path, fact in self.assessment.dossier.facts.items() if path == "summary"]
        for group in ("works", "scale", "housing", "money"):
            rows += self._group_rows(group)
        facilities = self.assessment.dossier.lists.get("facilities")
        if facilities is not None and facilities.entities:
            shown = [self._entity_phrase(entity) for entity in facilities.entities]
            rows.append(Row("配建设施" if self.zh else "Facilities", self.wording.join(shown)))
        return rows

    def _entity_phrase(self, entity: Entity) -> str:
        name = entity.facts.get("name") or entity.facts.get("kind")
        head = self.wording.value(name.value, self.wording.field(name)) if name else entity.id
        sizes = [
            self.wording.value(fact.value, self.wording.field(fact))
            for key in ("number", "area", "places")
            if (fact := entity.facts.get(key))
        ]
        inner = self.wording.join(sizes)
        return head if not inner else f"{head}（{inner}）" if self.zh else f"{head} ({inner})"

    def _group_rows(self, group: str) -> list[Row]:
        facts = [fact for path, fact in self.assessment.dossier.facts.items() if path.startswith(f"{group}.")]
        return [Row(*self._with_line(fact)) for fact in facts]

    def _with_line(self, fact: Fact) -> tuple[str, str]:
        label, value = self._labelled(fact)
        planned = self.wording.code("strength", "planned") if fact.strength is Strength.PLANNED else ""
        notes = [note for note in (planned, fact.evidence or "", self.wording.lines((fact,))) if note]
        inner = ("，" if self.zh else ", ").join(notes)
        return label, f"{value}（{inner}）" if self.zh else f"{value} ({inner})"

    def _hearings(self) -> list[Row]:
        listing = self.assessment.dossier.lists.get("consultations")
        if listing is None:
            return []
        rows = []
        for entity in listing.entities:
            parts = [self.wording.fact(fact) for name, fact in entity.facts.items() if name != "with"]
            who = entity.facts.get("with")
            label = self.wording.value(who.value, self.wording.field(who)) if who else entity.id
            place = self.wording.lines((Fact(entity.path, None, entity.place),))
            rows.append(Row(label, ("；" if self.zh else "; ").join([*parts, place])))
        return rows

    def _hearings_open(self) -> str:
        listing = self.assessment.dossier.lists.get("consultations")
        if listing is None:
            return "not_stated"
        return "none" if not listing.entities else "listed"

    def _bases(self) -> list[BasisGroup]:
        rulebook = self.assessment.rulebook
        applied = [finding for finding in self.assessment.findings if finding.verdict is not Verdict.NOT_APPLICABLE and not finding.is_moot]
        grounds = unique(ground for finding in applied for ground in finding.grounds)
        groups: list[BasisGroup] = []
        for standing in (Status.IN_FORCE, Status.ADOPTED, Status.NOT_YET, Status.ELSEWHERE, Status.EXPIRED, Status.SUPERSEDED, "practice"):
            rows = []
            for source in rulebook.sources.values():
                mine = [ground for ground in grounds if rulebook.source_of(ground.clause) is source]
                here = [ground for ground in mine if ("practice" if source.level == "practice" else ground.status) == standing]
                if here:
                    number = f"（{source.number}）" if source.number and self.zh else f" ({source.number})" if source.number else ""
                    where = self.wording.join(
                        list(dict.fromkeys(self.wording.of(rulebook.clauses[ground.clause].locator) for ground in here))
                    )
                    rows.append(Row(self.wording.of(source.title) + number, where))
            if rows:
                groups.append(BasisGroup(self.wording.code("status", str(standing)), rows))
        return groups

    def _domains(self, gaps: list[tuple[Gap, Finding]]) -> list[Domain]:
        domains = []
        for code, title in self.assessment.rulebook.vocabulary.enumerations["domain"].values.items():
            met = [finding for finding in self.assessment.findings if finding.verdict is Verdict.MET and finding.criterion.domain == code]
            against = [gap for gap, finding in gaps if finding.criterion.domain == code]
            credits_ = self._credits([finding for finding in met if finding.criterion.kind is CriterionKind.REVIEW])
            if credits_ or against:
                domains.append(Domain(self.wording.of(title), credits_, against))
        return domains

    def _credits(self, met: list[Finding]) -> list[Credit]:
        rows = []
        for group in _grouped(met, lambda finding: (finding.criterion.id,)):
            facts = unique(fact for finding in group for fact in finding.facts)
            planned = any(finding.strength is Strength.PLANNED for finding in group)
            rows.append(Credit(self.wording.of(group[0].criterion.title), self._state(facts), self._basis(group[0]), planned))
        return rows

    def _gaps(self, findings: list[Finding]) -> list[tuple[Gap, Finding]]:
        ordered = sorted(findings, key=_urgency)
        groups = _grouped(ordered, lambda finding: (finding.criterion.id, finding.verdict))
        return [(self._gap(number, group), group[0]) for number, group in enumerate(groups, start=1)]

    def _gap(self, number: int, group: list[Finding]) -> Gap:
        first, wording = group[0], self.wording
        facts = unique(fact for finding in group for fact in finding.facts)
        return Gap(
            number=number,
            title=wording.of(first.criterion.title),
            entities=wording.join([self._entity_name(finding) for finding in group if finding.entity]),
            verdict=wording.verdict(first),
            obligation=wording.code("obligation", first.obligation.value),
            state=self._state(facts) if first.verdict is Verdict.NOT_MET else self._unstated(group),
            basis=self._basis(first),
            remedy=wording.of(first.criterion.remedy),
            who=wording.named("roles", first.criterion.who),
        )

    def _entity_name(self, finding: Finding) -> str:
        assert finding.entity is not None
        return self.wording.of(finding.entity.name) or finding.entity.id

    def _state(self, facts: tuple[Fact, ...]) -> str:
        shown = facts[:4]
        said = ("；" if self.zh else "; ").join(self.wording.fact(fact) for fact in shown)
        more = ("等" if self.zh else " …") if len(facts) > len(shown) else ""
        lines = self.wording.lines(facts)
        if not said:
            return lines
        return f"{said}{more}（{lines}）" if self.zh else f"{said}{more} ({lines})"

    def _unstated(self, group: list[Finding]) -> str:
        facts = unique(fact for finding in group for fact in finding.facts)
        if not facts:
            return "材料未载" if self.zh else "the file does not say"
        stated = self._state(facts)
        return f"已载：{stated}；其余未载" if self.zh else f"stated: {stated}; the rest is not"

    def _basis(self, finding: Finding) -> str:
        binding = [ground for ground in finding.grounds if ground.force is Force.BINDING]
        shown = unique(self.wording.clause(ground) for ground in (binding or finding.grounds))[:MAX_CLAUSES]
        return ("；" if self.zh else "; ").join(shown)

    def _undetermined(self) -> list[OpenPoint]:
        by_question: dict[str, tuple[Question, list[str]]] = {}
        for finding in self.assessment.findings:
            if finding.verdict is Verdict.UNDETERMINED and not finding.is_moot:
                opening = finding.when.missing or finding.missing
                asked = self._question(opening[0])
                by_question.setdefault(asked.path, (asked, []))[1].append(self.wording.of(finding.criterion.title))
        rows = by_question.values()
        return [
            OpenPoint(
                self.wording.of(asked.text), self.wording.named("roles", asked.answered_by), self.wording.join(list(dict.fromkeys(titles)))
            )
            for asked, titles in rows
        ]

    def _asked(self) -> list[Asked]:
        gaps = [gap for finding in sorted(self.assessment.findings, key=_urgency) if finding.is_gap for gap in finding.missing]
        questions = unique(self._question(gap) for gap in unique(gaps))
        roles = self.assessment.rulebook.vocabulary.enumerations["roles"].values
        asked = []
        for role in roles:
            rows = []
            mine = {self.wording.of(one.text): one.found_in for one in questions if one.answered_by == role}
            for text, found_in in mine.items():
                rows.append(Row(text, self.wording.join([self.wording.named("found_in", code) for code in found_in])))
            if rows:
                asked.append(Asked(self.wording.named("roles", role), rows))
        return asked

    def _question(self, gap: Missing) -> Question:
        return question(gap, self.assessment.rulebook.vocabulary)

    def _carried(self) -> list[Row]:
        later = [finding.criterion for finding in self.assessment.findings if finding.reason is Reason.LATER_STAGE]
        stages = self.assessment.rulebook.vocabulary.stages
        rows = []
        for stage in stages.values():
            titles = [self.wording.of(one.title) for one in dict.fromkeys(later) if self._first_stage(one) == stage.code]
            if titles:
                rows.append(Row(self.wording.named("stage", stage.code), ("；" if self.zh else "; ").join(titles)))
        return rows

    def _first_stage(self, criterion: Criterion) -> str:
        kind = self.assessment.dossier.code("kind")
        stages = self.assessment.rulebook.vocabulary.stages
        return next(code for code in criterion.from_stage if kind in stages[code].kinds)

    def _partial(self) -> list[Row]:
        rows = []
        for finding in self.assessment.findings:
            if finding.verdict is Verdict.MET:
                notes = [self.wording.of(ground.partial) for ground in finding.grounds if ground.partial and ground.force is Force.BINDING]
                rows += [Row(self.wording.of(finding.criterion.title), note) for note in notes]
        return list(unique(rows))

    def _record(self) -> list[Row]:
        assessment = self.assessment
        labels = (
            ("档案", "档案 SHA-256", "规则", "规则 SHA-256", "推理")
            if self.zh
            else ("Dossier", "Dossier SHA-256", "Rules", "Rules SHA-256", "Inference")
        )
        rules = f"{assessment.rulebook.version} / {assessment.profile.id}"
        values = (assessment.dossier.file, assessment.dossier.sha256, rules, assessment.rulebook.sha256, assessment.inference)
        return [Row(label, value) for label, value in zip(labels, values, strict=True)]


def _urgency(finding: Finding) -> tuple[int, int, int]:
    verdicts = (Verdict.NOT_MET, Verdict.NOT_STATED, Verdict.UNDETERMINED)
    rank = verdicts.index(finding.verdict) if finding.verdict in verdicts else len(verdicts)
    return (list(Force).index(finding.force), list(Obligation).index(finding.obligation), rank)


def _grouped(findings: list[Finding], key: Callable[[Finding], tuple[object, ...]]) -> list[list[Finding]]:
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault(key(finding), []).append(finding)
    return list(groups.values())
