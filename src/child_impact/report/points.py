"""The parts of the report that say what is in place, what is not, what is asked, and what waits for a later stage."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from ..assessment.force import Standing
from ..assessment.model import Finding, Force, Obligation, Outcome, Reason, Verdict
from ..assessment.outcome import decide
from ..assessment.questions import OpenQuestion, Question, open_questions, question, to_ask
from ..conditions.syntax import Compare, Const, walk
from ..dossier.facts import Entity, Fact, Strength
from ..evaluator.proof import Gap as GapKind
from ..evaluator.proof import Missing, unique
from ..rulebook.model import Criterion, CriterionKind
from ..vocabulary.paths import parts
from ..vocabulary.values import PartialDate
from .record import RecordWords
from .rows import Asked, Carried, Cited, Credit, Domain, Gap, OpenPoint, Prospect, Row, Selection, Unchecked
from .titles import inline
from .wording import Wording

MAX_SOURCES = 3
MAX_FACTS = 4
MAX_STRENGTHS = 3
MAX_CREDITS = 12
MAX_WAITING = 4
MAX_CONTRARY = 8
MAX_ADVICE = 20
MIN_ALIKE = 5
MAX_PARTIAL = 5
MAX_NOTES = 3
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
        self._applicable = [finding for finding in self.assessment.findings if finding.verdict is not Verdict.NOT_APPLICABLE]
        self._numbers = {id(finding): number for number, group in enumerate(groups, start=1) for finding in group}
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
        about_entities = all(gap.gap is GapKind.FACT and self.assessment.dossier.entity_at(gap.path) for gap in gaps)
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
                domains.append(Domain(self.wording.of(title), credits_[:MAX_CREDITS], credits_[MAX_CREDITS:], gaps, advice))
        return domains

    def strengths(self) -> Selection[str]:
        """Return the titles of the demands that are met, the weightiest three, and how many more there are."""
        met = [one for one in self.assessment.findings if one.verdict is Verdict.MET and one.criterion.kind is CriterionKind.REVIEW]
        titles = dict.fromkeys(self.wording.of(finding.criterion.title) for finding in sorted(met, key=_urgency))
        return Selection.first(list(titles), MAX_STRENGTHS)

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
            entities=wording.shortened(self._called(group)),
            verdict=wording.verdict(first),
            code=first.verdict.value,
            element=wording.named("element", first.criterion.element),
            domain=first.criterion.domain,
            obligation=wording.code("obligation", first.obligation.value),
            required=_applies(first) and first.obligation is Obligation.REQUIRED,
            state=self._contrary(facts, first.criterion) if first.verdict is Verdict.NOT_MET else self._unstated(group, facts),
            spots=wording.spots(self._shown(group, facts)),
            basis=self._basis(first),
            remedy=wording.of(first.remedy),
            who=wording.named("roles", first.criterion.who),
            due=self._due(first),
            applies=_applies(first),
            mark=self.record.mark(group),
        )

    def _shown(self, group: list[Finding], facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """Return the facts whose places a point names: those against the demand, or the listed things of which too little is said."""
        if group[0].verdict is Verdict.NOT_MET:
            return _against(facts, group[0].criterion)
        entities = [self.assessment.dossier.entity_at(finding.entity.path) for finding in group if finding.entity]
        return tuple(Fact(one.path, None, one.place) for one in entities if one is not None) or _of_dossier(facts)

    def _called(self, group: list[Finding]) -> list[str]:
        """Return what the things are called that a demand is about; those that go by their id alone are left out."""
        entities = [self.assessment.dossier.entity_at(finding.entity.path) for finding in group if finding.entity]
        return list(dict.fromkeys(self.wording.entity(one) for one in entities if one is not None and self.wording.is_called(one)))

    def _due(self, finding: Finding) -> str:
        """Return by when a point is to be put right: by the end of its waiver, else as what applies here."""
        if not _applies(finding):
            return ""
        if finding.waiver is not None and finding.waiver.expires is not None:
            day = self.wording.day(PartialDate.of(finding.waiver.expires))
            return f"{day}前" if self.zh else f"by {day}"
        return self.due()

    def due(self) -> str:
        """Return by when what applies here is to be put right: the day of decision where it lies ahead, else the step that comes next."""
        decided = self.assessment.dossier.facts.get("decision_on")
        if decided is not None and isinstance(decided.value, PartialDate) and decided.value.first > self.assessment.as_of:
            day = self.wording.day(decided.value)
            return f"{day}决策前" if self.zh else f"before the decision on {day}"
        return self.wording.code_if_any("due", self.assessment.dossier.code("stage"))

    def _joint_gap(self, number: int, group: list[Finding]) -> Gap:
        """Return the one point that several demands come to: the same field of the same list is not stated."""
        first, wording = group[0], self.wording
        field = wording.vocabulary.field(first.missing[0].name)
        assert field is not None
        label = wording.of(field.label)
        titles = wording.series((inline(wording.of(finding.criterion.title)) for finding in group), MAX_WAITING)
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
            required=_applies(first) and first.obligation is Obligation.REQUIRED,
            state=f"有{count}项未写明" if self.zh else f"{wording.counted(count, 'entry lacks', 'entries lack')} it",
            spots=(),
            basis=unique(clause for finding in group for clause in self._basis(finding)),
            remedy=f"逐项补写{label}。" if self.zh else f"Add the {label} to each entry.",
            who=wording.named("roles", field.answered_by),
            due=self._due(first),
            applies=_applies(first),
        )

    def _facts(self, facts: tuple[Fact, ...], criterion: Criterion) -> str:
        return self.wording.facts([_narrowed(fact, criterion) for fact in facts], MAX_FACTS)

    def _contrary(self, facts: tuple[Fact, ...], criterion: Criterion) -> str:
        """Return the facts against a demand; of a long list that lacks something, only its length."""
        shown = _against(facts, criterion)
        if len(shown) == len(facts):
            return self._facts(facts, criterion)
        lists = dict.fromkeys(at.owner for fact in facts if (at := parts(fact.path)).entry is not None)
        return self.wording.series([*([self._facts(shown, criterion)] if shown else ()), *map(self._listed, lists)])

    def _unstated(self, group: list[Finding], facts: tuple[Fact, ...]) -> str:
        """Return what is stated of a demand and what is lacking; nothing where the dossier says nothing of it."""
        gaps = unique(gap for finding in group for gap in finding.missing)
        lists = [gap.name for gap in gaps if gap.gap is GapKind.MORE]
        if lists and len(lists) == len(gaps):
            return self.wording.series(self._listed(name) for name in lists)
        lacking = self._lacking(gaps)
        if lacking and group[0].criterion.over is None:
            return self._each_lacking(lacking)
        if lacking:
            labels = self.wording.listed(list(lacking))
            return f"未写明{labels}" if self.zh else f"nothing on {labels}"
        of_dossier = _of_dossier(facts)
        if not of_dossier:
            return ""
        stated = self._facts(of_dossier, group[0].criterion)
        return f"只写明{stated}" if self.zh else f"it gives only {stated}"

    def _lacking(self, gaps: tuple[Missing, ...]) -> dict[str, list[Entity]]:
        """Return, by the label of a field, the listed things for which it is not stated, or not stated in full."""
        lacking: dict[str, list[Entity]] = {}
        for gap in gaps:
            entity = self.assessment.dossier.entity_at(gap.path)
            field = self.wording.vocabulary.field(gap.name)
            if gap.gap is GapKind.FACT and entity is not None and field is not None:
                label = self.wording.of(field.label)
                whole = f"{label}是否列全" if self.zh else f"whether “{label}” is complete"
                lacking.setdefault(whole if field.name in entity.facts else label, []).append(entity)
        return lacking

    def _each_lacking(self, lacking: dict[str, list[Entity]]) -> str:
        """Return what is lacking, by the things that lack it."""
        by_names: dict[str, list[str]] = {}
        for label, entities in lacking.items():
            shown = self.wording.shortened(list(dict.fromkeys(self.wording.entity(entity) for entity in entities)))
            by_names.setdefault(shown, []).append(label)
        pairs = [(shown, self.wording.listed(labels)) for shown, labels in by_names.items()]
        return self.wording.series(f"{shown}：未写明{labels}" if self.zh else f"{shown}: nothing on {labels}" for shown, labels in pairs)

    def _listed(self, name: str) -> str:
        label = self.wording.of(self.assessment.rulebook.vocabulary.lists[name].label)
        count = len(self.assessment.dossier.lists[name].entities)
        return f"所列{label}{count}项中未见满足此项的" if self.zh else f"the entries under “{label}” ({count}) do not show it"

    def _basis(self, finding: Finding) -> tuple[Cited, ...]:
        """Return the clauses that bind, or else those that serve as a reference."""
        binding = [ground for ground in finding.grounds if ground.force is Force.BINDING]
        return tuple(self.wording.cited(ground) for ground in binding or finding.grounds)

    def undetermined(self) -> list[OpenPoint]:
        """Return the questions on which it depends whether demands apply, with those demands."""
        return self._open_points([one for one in self.assessment.findings if one.verdict is Verdict.UNDETERMINED and not one.is_moot])

    def _open_points(self, findings: list[Finding]) -> list[OpenPoint]:
        by_question: dict[str, tuple[Question, list[Finding]]] = {}
        for finding in sorted(findings, key=_urgency):
            asked = self._question(to_ask(finding)[0])
            by_question.setdefault(asked.path, (asked, []))[1].append(finding)
        points = []
        for asked, waiting in by_question.values():
            who = self.wording.named("roles", asked.answered_by)
            titles = self.wording.series((inline(self._marked_title(finding)) for finding in waiting), MAX_WAITING)
            points.append(OpenPoint(self._asked_text(asked), who, titles, self._due(waiting[0])))
        return points

    def _asked_text(self, asked: Question) -> str:
        """Return a question, after the name of the listed thing that it is about."""
        entity = self.assessment.dossier.entity_at(asked.path)
        text = self.wording.of(asked.text)
        if entity is None or not self.wording.is_called(entity):
            return text
        return f"{self.wording.entity(entity)}：{text}" if self.zh else f"{self.wording.entity(entity)}: {text}"

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
            mine = [one for one in questions if one.answered_by == role]
            weighty = [one.screening or any(_applies(finding) for finding in one.findings) for one in mine]
            if mine:
                first = [self._asked_row(one) for one, counts in zip(mine, weighty, strict=True) if counts]
                rest = [self._asked_row(one) for one, counts in zip(mine, weighty, strict=True) if not counts]
                asked.append(Asked(self.wording.named("roles", role), first, rest))
        return asked

    def _asked_row(self, asked: OpenQuestion) -> Row:
        found = self.wording.join([self.wording.named("found_in", code) for code in asked.found_in])
        numbered = [finding for finding in asked.findings if id(finding) in self._numbers]
        applying = [finding for finding in numbered if _applies(finding)] or numbered
        waiting = sorted({self._numbers[id(finding)] for finding in applying})
        return Row(self.wording.question(asked), found, note=self.wording.numbers(waiting) if waiting else "")

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
            binding = [ground for ground in grounds if ground.force is Force.BINDING]
            sources = unique(self.wording.titled(assessment.rulebook.source_of(ground.clause).short) for ground in binding or grounds)
            cited = self.wording.join(list(sources[:MAX_SOURCES]))
            worded = ("依据" if binding else "参照") if self.zh else "Basis: " if binding else "For reference: "
            rows.append((not binding, Row(self.wording.of(one.text), f"{worded}{cited}")))
        return Selection.first([row for _, row in sorted(rows, key=lambda ranked: ranked[0])], MAX_JUDGEMENTS)

    def carried(self) -> list[Carried]:
        """Return what waits for each later stage."""
        later = dict.fromkeys(finding.criterion for finding in self.assessment.findings if finding.reason is Reason.LATER_STAGE)
        rows = []
        for stage in self.assessment.rulebook.vocabulary.stages:
            mine = [criterion for criterion in later if self._first_stage(criterion) == stage]
            elements = list(dict.fromkeys(self.wording.named("element", criterion.element) for criterion in mine))
            titles = [self.wording.of(criterion.title) for criterion in mine]
            if mine:
                named, due = self.wording.named("stage", stage), self.wording.code_if_any("due", stage)
                rows.append(Carried(named, due, len(mine), self.wording.listed(elements), titles))
        return rows

    def _first_stage(self, criterion: Criterion) -> str:
        kind = self.assessment.dossier.code("kind")
        stages = self.assessment.rulebook.vocabulary.stages
        return next(code for code in criterion.from_stage if kind in stages[code].kinds)

    def steps(self) -> list[Row]:
        """Return what is to be done by when: what the outcome turns on, what may become a condition, what waits for later stages."""
        due, applying = self.due(), self.applying()
        required, expected = [gap for gap in applying if gap.required], [gap for gap in applying if not gap.required]
        later = self.carried()
        now = [self._step(required, "补齐必备事项", "settle what is required")] if required else []
        if self.deciding_questions():
            now.append("答复先决问题（见下）" if self.zh else "answer the questions below")
        rows = [Row(due, self.wording.series(now))] if now else []
        if expected:
            next_ = later[0].due if later else ""
            either = f"{due}；或列为条件，{next_}落实" if self.zh else f"{due}; or as a condition, {next_}"
            rows.append(Row(either if next_ else due, self._step(expected, "补齐应有事项", "settle what is expected")))
        for one in later:
            if self.zh:
                rows.append(Row(one.due, f"{one.stage}阶段另行核对{one.count}项要求：{one.elements}"))
            else:
                counted = self.wording.counted(one.count, "further demand", "further demands")
                rows.append(Row(one.due, f"check {counted} that cannot be judged yet: {one.elements}"))
        return rows

    def _step(self, gaps: list[Gap], zh: str, en: str) -> str:
        numbers = self.wording.numbers(gap.number for gap in gaps)
        return f"{zh}（{numbers}）" if self.zh else f"{en} ({numbers})"

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

    def prospect(self) -> Prospect:
        """Return what the conclusion would become if what is open were settled, and which open points would make it worse."""
        outcome = self.assessment.outcome
        settled = self._decided(Verdict.MET, outcome.findings)
        complete = self._decided(Verdict.MET, [finding for finding in self.assessment.findings if finding.is_gap])
        ranks = [rule.code for rule in self.assessment.profile.outcomes]
        worse = []
        for finding in self.assessment.findings:
            if finding.is_gap and finding.verdict is not Verdict.NOT_MET:
                then = self._decided(Verdict.NOT_MET, [finding])
                if ranks.index(then.code) < ranks.index(outcome.code):
                    worse.append(Row(self.wording.of(finding.criterion.title), self.wording.of(then.label)))
        return Prospect(
            settled=self.wording.of(settled.label) if outcome.findings else "",
            complete=self.wording.of(complete.label) if complete.code != settled.code else "",
            reversed=list(unique(worse)),
        )

    def _decided(self, verdict: Verdict, findings: Iterable[Finding]) -> Outcome:
        """Return the outcome if some findings had another verdict."""
        changed = {id(finding) for finding in findings}
        strength = Strength.EVIDENCED if verdict is Verdict.MET else None
        supposed = [
            replace(finding, verdict=verdict, strength=strength) if id(finding) in changed else finding for finding in self._applicable
        ]
        return decide(self.assessment.profile, self.assessment.screening.due, supposed)


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
    lists = {parts(fact.path).owner for fact in facts if parts(fact.path).entry is not None}
    return _of_dossier(facts) if len(facts) > MAX_CONTRARY and len(lists) == 1 and criterion.over is None else facts


def _of_dossier(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if parts(fact.path).entry is None)


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
