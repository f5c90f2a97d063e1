"""The open questions of an assessment as text for a terminal, by who can answer."""

from collections.abc import Iterator

from ..assessment.model import Force, Obligation, Verdict
from ..assessment.questions import OpenQuestion
from ..vocabulary.values import PartialDate
from .wording import Wording

MAX_TITLES = 3


class QuestionsText:
    """Words open questions in one language."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.zh = wording.language == "zh"

    def all(self, questions: list[OpenQuestion], role: str | None = None) -> str:
        """Return the questions under the role that can answer each, in the order in which they come; then what no answer mends.

        `role`: only what this one is to do.
        """
        blocks = [self._head(questions)]
        for answering in dict.fromkeys(one.answered_by for one in questions):
            mine = [one for one in questions if one.answered_by == answering]
            lines = [f"  {number}. {self._question(one)}" for number, one in enumerate(mine, start=1)]
            blocks.append("\n".join([self.wording.named("roles", answering), *lines]))
        if steps := list(dict.fromkeys(self._steps(role))):
            head = "已写明不符合，要办的是：" if self.zh else "Stated and not met; to be done:"
            blocks.append("\n".join([head, *(f"  - {step}" for step in steps)]))
        return "\n\n".join(blocks) + "\n"

    def _steps(self, role: str | None) -> Iterator[str]:
        """Yield what is to be done where something binding is stated and falls short: a question would not change it."""
        for finding in self.wording.assessment.findings:
            weighs = finding.force is Force.BINDING and finding.obligation is not Obligation.ENCOURAGED and finding.waiver is None
            if weighs and finding.verdict is Verdict.NOT_MET and role in (None, finding.criterion.who):
                title, remedy = self.wording.of(finding.criterion.title), self.wording.of(finding.remedy)
                who = self.wording.named("roles", finding.criterion.who)
                yield f"{title}：{remedy}（{who}）" if self.zh else f"{title}: {remedy} ({who})"

    def _head(self, questions: list[OpenQuestion]) -> str:
        assessment, wording = self.wording.assessment, self.wording
        title, outcome = wording.of(assessment.dossier.text("title")), wording.of(assessment.outcome.label)
        day = wording.day(PartialDate.of(assessment.as_of))
        head = f"{title}：{outcome}（{day}）" if self.zh else f"{title}: {outcome} ({day})"
        return f"{head}\n{self._introduction(len(questions))}"

    def _introduction(self, number: int) -> str:
        if not number:
            return "没有待答问题。" if self.zh else "No question is open."
        if self.zh:
            return f"待答问题{number}个，牵涉要求多、分量重的在前。写入档案后请再查一次：有的回答会引出下一个问题。"
        one = number == 1
        return (
            f"{number} question{'' if one else 's'}, those on which most and the weightiest demands wait first. "
            "Write the answers into the dossier and ask again: some bring up the next."
        )

    def _question(self, asked: OpenQuestion) -> str:
        places = self.wording.join([self.wording.named("found_in", code) for code in asked.found_in])
        found = "" if not places else f"（见{places}）" if self.zh else f" (see {places})"
        return f"{self.wording.question(asked)}{found}\n     {self._bearing(asked)}"

    def _bearing(self, asked: OpenQuestion) -> str:
        titles = list(dict.fromkeys(self.wording.of(finding.criterion.title) for finding in asked.findings))
        shown = titles[:MAX_TITLES]
        if asked.screening:
            shown.insert(0, "是否应当评价" if self.zh else "whether an assessment is due")
        more = len(titles) - MAX_TITLES
        if self.zh:
            return f"关系到：{'；'.join(shown)}{f'；另{more}项' if more > 0 else ''}"
        return f"bears on: {'; '.join(shown)}{f'; {more} more' if more > 0 else ''}"
