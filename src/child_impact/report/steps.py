"""What is to be done by when, now and at later stages."""

from ..assessment.model import Reason
from ..rulebook.model import Criterion
from .due import due_here
from .open_questions import OpenQuestions
from .points import Points
from .rows import Carried, Gap, Row
from .wording import Wording


class Steps:
    """Words the steps that follow from an assessment."""

    def __init__(self, wording: Wording, points: Points, questions: OpenQuestions) -> None:
        self.wording = wording
        self.assessment = wording.assessment
        self.zh = wording.language == "zh"
        self.points = points
        self.questions = questions

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
        due, applying = due_here(self.wording), self.points.applying()
        required, expected = [gap for gap in applying if gap.required], [gap for gap in applying if not gap.required]
        later = self.carried()
        now = [self._step(required, "补齐必备事项", "settle what is required")] if required else []
        if self.questions.deciding():
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
