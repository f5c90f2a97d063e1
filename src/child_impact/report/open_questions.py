"""The questions that are open: on which a conclusion waits, whose answers would close points, and what the reviewer judges."""

from ..assessment.force import Standing
from ..assessment.model import Finding, Force, Verdict
from ..assessment.questions import OpenQuestion, Question, open_questions, question, to_ask
from ..evaluator.proof import Missing, unique
from .due import due_of
from .ordering import applies, urgency
from .points import Points
from .record import RecordWords
from .rows import Asked, OpenPoint, Row, Selection
from .titles import inline
from .wording import Wording

MAX_SOURCES = 3
MAX_WAITING = 4
MAX_JUDGEMENTS = 8


class OpenQuestions:
    """Words the open questions of an assessment. `points`: those that wait for answers, by their numbers."""

    def __init__(self, wording: Wording, points: Points) -> None:
        self.wording = wording
        self.assessment = wording.assessment
        self.zh = wording.language == "zh"
        self.points = points
        self.record = RecordWords(wording)

    def deciding(self) -> list[Row]:
        """Return the questions left open by findings that led to the outcome without being judged."""
        led = self.assessment.outcome.findings
        open_ = [finding for finding in led if finding.verdict is Verdict.UNDETERMINED and finding.waiver is None]
        return [Row(one.question, one.who) for one in self._open_points(open_)]

    def undetermined(self) -> list[OpenPoint]:
        """Return the questions on which it depends whether demands apply, with those demands."""
        return self._open_points([one for one in self.assessment.findings if one.verdict is Verdict.UNDETERMINED and not one.is_moot])

    def _open_points(self, findings: list[Finding]) -> list[OpenPoint]:
        by_question: dict[str, tuple[Question, list[Finding]]] = {}
        for finding in sorted(findings, key=urgency):
            asked = self._question(to_ask(finding)[0])
            by_question.setdefault(asked.path, (asked, []))[1].append(finding)
        points = []
        for asked, waiting in by_question.values():
            who = self.wording.named("roles", asked.answered_by)
            titles = self.wording.series((inline(self._marked_title(finding)) for finding in waiting), MAX_WAITING)
            points.append(OpenPoint(self._asked_text(asked), who, titles, due_of(waiting[0], self.wording)))
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
            weighty = [one.screening or any(applies(finding) for finding in one.findings) for one in mine]
            if mine:
                first = [self._asked_row(one) for one, counts in zip(mine, weighty, strict=True) if counts]
                rest = [self._asked_row(one) for one, counts in zip(mine, weighty, strict=True) if not counts]
                asked.append(Asked(self.wording.named("roles", role), first, rest))
        return asked

    def _asked_row(self, asked: OpenQuestion) -> Row:
        found = self.wording.join([self.wording.named("found_in", code) for code in asked.found_in])
        numbered = [finding for finding in asked.findings if id(finding) in self.points.numbers]
        applying = [finding for finding in numbered if applies(finding)] or numbered
        waiting = sorted({self.points.numbers[id(finding)] for finding in applying})
        return Row(self.wording.question(asked), found, note=self.wording.numbers(waiting) if waiting else "")

    def _question(self, gap: Missing) -> Question:
        return question(gap, self.assessment.rulebook.vocabulary)

    def screening(self) -> list[Row]:
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
