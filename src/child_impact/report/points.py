"""The parts of the report that say what is in place, what is not, what is asked, and what waits for a later stage."""

from collections.abc import Callable
from dataclasses import replace

from ..assessment.force import Standing
from ..assessment.model import Finding, Force, Obligation, Reason, Verdict
from ..assessment.questions import OpenQuestion, Question, entity_at, open_questions, question, to_ask
from ..conditions.syntax import Compare, Const, walk
from ..dossier.facts import Fact, Strength
from ..evaluator.proof import Gap as GapKind
from ..evaluator.proof import Missing, unique
from ..rulebook.model import Criterion, CriterionKind
from ..vocabulary.values import PartialDate
from .record import RecordWords
from .rows import Asked, Cited, Credit, Domain, Gap, OpenPoint, Row, Selection
from .wording import Wording

MAX_SOURCES = 3
MAX_FACTS = 4
MAX_CONTRARY = 8
MAX_ADVICE = 20
MIN_ALIKE = 5
MAX_PARTIAL = 15
MAX_JUDGEMENTS = 8


class Points:
    """Words the findings of an assessment."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.assessment = wording.assessment
        self.zh = wording.language == "zh"
        self.record = RecordWords(wording)
        judged = [one for one in self.assessment.findings if one.verdict in (Verdict.NOT_MET, Verdict.NOT_STATED)]
        elements = list(self.assessment.rulebook.vocabulary.enumerations["element"].values)
        judged.sort(key=lambda finding: (*_urgency(finding), self._is_ours(finding), elements.index(finding.criterion.element)))
        groups = self._merged(_grouped(judged, lambda finding: (finding.criterion.id, finding.verdict, finding.waiver)))
        self.gaps = [(self._gap(number, group), group[0]) for number, group in enumerate(groups, start=1)]

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
        about_entities = all(gap.gap is GapKind.FACT and entity_at(gap.path, self.assessment.dossier) for gap in gaps)
        if group[0].verdict is not Verdict.NOT_STATED or group[0].criterion.over is not None or len(names) != 1 or not about_entities:
            return None
        return names.pop()

    def _is_ours(self, finding: Finding) -> bool:
        """Return whether a demand rests on the good practice of this tool alone."""
        return all(self.assessment.rulebook.source_of(ground.clause).level == "practice" for ground in finding.grounds)

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

    def deciding_questions(self) -> list[Row]:
        """Return the questions left open by findings that led to the outcome without being judged."""
        led = self.assessment.outcome.findings
        open_ = [finding for finding in led if finding.verdict is Verdict.UNDETERMINED and finding.waiver is None]
        return [Row(one.question, one.who) for one in self._open_points(open_)]

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
                domains.append(Domain(self.wording.of(title), credits_, gaps, advice))
        return domains

    def _credits(self, domain: str) -> list[Credit]:
        met = [one for one in self.assessment.findings if one.verdict is Verdict.MET and one.criterion.domain == domain]
        review = [one for one in met if one.criterion.kind is CriterionKind.REVIEW]
        rows = []
        for group in _grouped(review, lambda finding: (finding.criterion.id,)):
            facts = unique(fact for finding in group for fact in finding.facts)
            planned = any(finding.strength is Strength.PLANNED for finding in group)
            criterion = group[0].criterion
            element = self.wording.named("element", criterion.element)
            rows.append(
                Credit(self.wording.of(criterion.title), self._facts(facts, criterion), self.wording.spots(facts), planned, element)
            )
        return rows

    def _gap(self, number: int, group: list[Finding]) -> Gap:
        first, wording = group[0], self.wording
        if first.criterion != group[-1].criterion:
            return self._joint_gap(number, group)
        facts = unique(fact for finding in group for fact in finding.facts)
        return Gap(
            number=number,
            title=wording.of(first.criterion.title),
            entities=wording.join([wording.of(finding.entity.name) or finding.entity.id for finding in group if finding.entity]),
            verdict=wording.verdict(first),
            code=first.verdict.value,
            element=wording.named("element", first.criterion.element),
            domain=first.criterion.domain,
            obligation=wording.code("obligation", first.obligation.value),
            state=self._contrary(facts, first.criterion) if first.verdict is Verdict.NOT_MET else self._unstated(group, facts),
            spots=wording.spots(_against(facts, first.criterion) if first.verdict is Verdict.NOT_MET else _of_dossier(facts)),
            basis=self._basis(first),
            remedy=wording.of(first.remedy),
            who=wording.named("roles", first.criterion.who),
            due=self._due(first),
            applies=_applies(first),
            mark=self.record.mark(group),
        )

    def _due(self, finding: Finding) -> str:
        """Return by when a point is to be put right: by the end of its waiver, by the decision if it lies ahead, else by the next step."""
        if not _applies(finding):
            return ""
        if finding.waiver is not None and finding.waiver.expires is not None:
            day = self.wording.day(PartialDate.of(finding.waiver.expires))
            return f"{day}前" if self.zh else f"by {day}"
        decided = self.assessment.dossier.facts.get("decision_on")
        if decided is not None and isinstance(decided.value, PartialDate) and decided.value.first > self.assessment.as_of:
            day = self.wording.day(decided.value)
            return f"{day}决策前" if self.zh else f"before the decision on {day}"
        return self.wording.code_if_any("due", self.assessment.dossier.code("stage"))

    def _joint_gap(self, number: int, group: list[Finding]) -> Gap:
        """Return the one point that several demands come to: the same field of the same list is not stated."""
        first, wording = group[0], self.wording
        list_, _, name = first.missing[0].name.partition(".")
        field = self.assessment.rulebook.vocabulary.lists[list_].fields[name]
        label = wording.of(field.label)
        titles = wording.series(wording.of(finding.criterion.title) for finding in group)
        count = len({gap.path for finding in group for gap in finding.missing})
        return Gap(
            number=number,
            title=f"逐项写明{label}" if self.zh else f"State for each: {label}",
            entities=titles,
            verdict=wording.verdict(first),
            code=first.verdict.value,
            element=wording.named("element", first.criterion.element),
            domain=first.criterion.domain,
            obligation=wording.code("obligation", first.obligation.value),
            state=f"所列{count}项未写明{label}" if self.zh else f"{count} entries do not state: {label}",
            spots=(),
            basis=unique(clause for finding in group for clause in self._basis(finding)),
            remedy=f"逐项补写{label}。" if self.zh else f"Add to each entry: {label}.",
            who=wording.named("roles", field.answered_by),
            due=self._due(first),
            applies=_applies(first),
        )

    def _facts(self, facts: tuple[Fact, ...], criterion: Criterion) -> str:
        return self.wording.series((self.wording.fact(_narrowed(fact, criterion)) for fact in facts), MAX_FACTS)

    def _contrary(self, facts: tuple[Fact, ...], criterion: Criterion) -> str:
        """Return the facts against a demand; of a long list that lacks something, only its length."""
        if facts and not _against(facts, criterion):
            return self._listed(facts[0].path.partition("[")[0])
        return self._facts(facts, criterion)

    def _unstated(self, group: list[Finding], facts: tuple[Fact, ...]) -> str:
        gaps = unique(gap for finding in group for gap in finding.missing)
        lists = [gap.name for gap in gaps if gap.gap is GapKind.MORE]
        if lists and len(lists) == len(gaps):
            return self.wording.join([self._listed(name) for name in lists])
        lacking = self._lacking(gaps)
        if lacking and group[0].criterion.over is None:
            return self._each_lacking(lacking)
        if lacking:
            return f"未写明{self.wording.join(list(lacking))}" if self.zh else f"not stated: {self.wording.join(list(lacking))}"
        of_dossier = _of_dossier(facts)
        if not of_dossier:
            return "材料未载" if self.zh else "the file does not say"
        stated = self._facts(of_dossier, group[0].criterion)
        return f"已载{stated}，其余未载" if self.zh else f"{stated}; the rest is not stated"

    def _lacking(self, gaps: tuple[Missing, ...]) -> dict[str, list[str]]:
        """Return, by the label of a field, the names of the listed things for which it is not stated."""
        lacking: dict[str, list[str]] = {}
        for gap in gaps:
            entity = entity_at(gap.path, self.assessment.dossier)
            if gap.gap is GapKind.FACT and entity is not None:
                list_, _, name = gap.name.partition(".")
                label = self.wording.of(self.assessment.rulebook.vocabulary.lists[list_].fields[name].label)
                lacking.setdefault(label, []).append(self.wording.entity(entity))
        return lacking

    def _each_lacking(self, lacking: dict[str, list[str]]) -> str:
        parts = []
        for label, names in lacking.items():
            shown = self.wording.shortened(list(dict.fromkeys(names)))
            parts.append(f"{shown}未写明{label}" if self.zh else f"{label} not stated for {shown}")
        return self.wording.series(parts)

    def _listed(self, name: str) -> str:
        label = self.wording.of(self.assessment.rulebook.vocabulary.lists[name].label)
        count = len(self.assessment.dossier.lists[name].entities)
        return f"{label}列有{count}项，其中没有" if self.zh else f"{count} listed under {label}, none of them this"

    def _basis(self, finding: Finding) -> tuple[Cited, ...]:
        """Return the clauses that bind, or else those that serve as a reference."""
        binding = [ground for ground in finding.grounds if ground.force is Force.BINDING]
        return tuple(self.wording.cited(ground) for ground in binding or finding.grounds)

    def undetermined(self) -> list[OpenPoint]:
        """Return the questions on which it depends whether demands apply, with those demands."""
        return self._open_points([one for one in self.assessment.findings if one.verdict is Verdict.UNDETERMINED and not one.is_moot])

    def _open_points(self, findings: list[Finding]) -> list[OpenPoint]:
        by_question: dict[str, tuple[Question, list[str]]] = {}
        for finding in findings:
            asked = self._question(to_ask(finding)[0])
            by_question.setdefault(asked.path, (asked, []))[1].append(self._marked_title(finding))
        points = []
        for asked, titles in by_question.values():
            who = self.wording.named("roles", asked.answered_by)
            points.append(OpenPoint(self.wording.of(asked.text), who, self.wording.series(titles)))
        return points

    def _marked_title(self, finding: Finding) -> str:
        title, mark = self.wording.of(finding.criterion.title), self.record.mark([finding])
        if not mark:
            return title
        return f"{title}（{mark}）" if self.zh else f"{title} ({mark})"

    def asked(self) -> list[Asked]:
        """Return the questions whose answers would close gaps, by who can answer; the same question about several things once."""
        questions = open_questions(self.assessment, every=True)
        asked = []
        for role in self.assessment.rulebook.vocabulary.enumerations["roles"].values:
            rows = [self._asked_row(one) for one in questions if one.answered_by == role]
            if rows:
                asked.append(Asked(self.wording.named("roles", role), rows))
        return asked

    def _asked_row(self, asked: OpenQuestion) -> Row:
        return Row(self.wording.question(asked), self.wording.join([self.wording.named("found_in", code) for code in asked.found_in]))

    def _question(self, gap: Missing) -> Question:
        return question(gap, self.assessment.rulebook.vocabulary)

    def screening_questions(self) -> list[Row]:
        """Return the questions whose answers would settle whether an assessment is due, with who can answer."""
        asked = unique(self._question(gap) for gap in self.assessment.screening.proof.missing)
        return [Row(self.wording.of(one.text), self.wording.named("roles", one.answered_by)) for one in asked]

    def judgements(self) -> Selection[Row]:
        """Return the questions that are left to the reviewer's own judgement and not yet answered, those with a binding clause first."""
        assessment = self.assessment
        standing = Standing(assessment.rulebook, assessment.profile, assessment.dossier, assessment.horizon or assessment.as_of)
        rows, answered = [], self.record.answered()
        for one in assessment.questions:
            if one.id in answered:
                continue
            grounds = standing.of_clauses(one.clauses)
            sources = unique(self.wording.titled(assessment.rulebook.source_of(ground.clause).short) for ground in grounds)
            rows.append(
                (grounds[0].force is not Force.BINDING, Row(self.wording.of(one.text), self.wording.join(list(sources[:MAX_SOURCES]))))
            )
        return Selection.first([row for _, row in sorted(rows, key=lambda ranked: ranked[0])], MAX_JUDGEMENTS)

    def carried(self) -> list[Row]:
        """Return how many demands wait for each later stage, by element."""
        later = dict.fromkeys(finding.criterion for finding in self.assessment.findings if finding.reason is Reason.LATER_STAGE)
        rows = []
        for stage in self.assessment.rulebook.vocabulary.stages:
            mine = [criterion for criterion in later if self._first_stage(criterion) == stage]
            elements = dict.fromkeys(criterion.element for criterion in mine)
            counted = [(self.wording.named("element", one), sum(criterion.element == one for criterion in mine)) for one in elements]
            if counted:
                shown = [f"{name}{count}项" if self.zh else f"{name} {count}" for name, count in counted]
                rows.append(Row(self.wording.named("stage", stage), self.wording.join(shown)))
        return rows

    def _first_stage(self, criterion: Criterion) -> str:
        kind = self.assessment.dossier.code("kind")
        stages = self.assessment.rulebook.vocabulary.stages
        return next(code for code in criterion.from_stage if kind in stages[code].kinds)

    def partial(self) -> Selection[Row]:
        """Return which part of a binding clause was not checked for demands that are met: the note, and the demands that it limits."""
        notes: dict[str, list[str]] = {}
        for finding in self.assessment.findings:
            if finding.verdict is Verdict.MET:
                for ground in finding.grounds:
                    if ground.partial is not None and ground.force is Force.BINDING:
                        notes.setdefault(self.wording.of(ground.partial), []).append(self.wording.of(finding.criterion.title))
        return Selection.first([Row(note, self.wording.series(titles)) for note, titles in notes.items()], MAX_PARTIAL)


def _narrowed(fact: Fact, criterion: Criterion) -> Fact:
    """Return a fact with those members of a set that the criterion looks for, if it has any of them."""
    if not isinstance(fact.value, frozenset):
        return fact
    wanted: set[str] = set()
    for node in (*walk(criterion.when), *walk(criterion.require)):
        if isinstance(node, Compare) and isinstance(node.right, Const) and isinstance(node.right.value, frozenset):
            wanted |= node.right.value
    found = frozenset(fact.value & wanted)
    return replace(fact, value=found) if found else fact


def _against(facts: tuple[Fact, ...], criterion: Criterion) -> tuple[Fact, ...]:
    """Return the facts against a demand that are worth showing: those of one long list are not."""
    lists = {fact.path.partition("[")[0] for fact in facts if "[" in fact.path}
    return () if len(facts) > MAX_CONTRARY and len(lists) == 1 and criterion.over is None else facts


def _of_dossier(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if "[" not in fact.path)


def _applies(finding: Finding) -> bool:
    return finding.force is Force.BINDING and finding.obligation is not Obligation.ENCOURAGED


def _urgency(finding: Finding) -> tuple[int, ...]:
    verdicts = (Verdict.NOT_MET, Verdict.NOT_STATED, Verdict.UNDETERMINED)
    rank = verdicts.index(finding.verdict) if finding.verdict in verdicts else len(verdicts)
    return (list(Force).index(finding.force), list(Obligation).index(finding.obligation), rank)


def _grouped(findings: list[Finding], key: Callable[[Finding], tuple[object, ...]]) -> list[list[Finding]]:
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault(key(finding), []).append(finding)
    return list(groups.values())
