"""What a new run of a saved assessment gave otherwise, as text for a terminal."""

from typing import Any

from ..assessment.verification import Difference, Verification
from ..reading.text import Text
from .comparison_text import ComparisonText
from .imprint import SHOWN_OF_DIGEST
from .wording import Wording

MAX_DETAILS = 12
_INPUTS = {
    "dossier.sha256": Text("档案内容", "dossier"),
    "rulebook.sha256": Text("规则", "rules"),
    "rulebook.version": Text("规则版本", "version of the rules"),
    "program.version": Text("程序版本", "program version"),
    "rulebook.profile": Text("规则配置", "profile"),
    "templates.directory": Text("模板目录", "directory of templates"),
    "templates.sha256": Text("模板", "templates"),
    "review.file": Text("审查记录文件", "file of the reviewer's record"),
    "review.sha256": Text("审查记录", "reviewer's record"),
    "engine.inference": Text("推理引擎", "inference"),
    "engine.cross_checked": Text("两路核对", "cross-checked"),
}


class VerificationText:
    """Words verifications in one language."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.zh = wording.language == "zh"

    def blocks(self, verification: Verification) -> list[str]:
        """Return what differs: the inputs, the outcome, the findings, and all else."""
        blocks = []
        if verification.inputs:
            lines = [self._line(self.wording.of(_INPUTS[one.path]), one) for one in verification.inputs]
            blocks.append("\n".join(["输入的变化" if self.zh else "Inputs that changed", *lines]))
        if verification.outcome is not None:
            blocks.append(self._line("结论" if self.zh else "outcome", verification.outcome).strip(" -"))
        blocks += ComparisonText(self.wording).groups(list(verification.pairs))
        if not verification.pairs and not verification.details:
            blocks.append("判定没有变化。" if self.zh else "The findings are the same.")
        if verification.details:
            blocks.append(self._details(verification))
        if verification.rest:
            head = (
                "输入相同而内容不同（文件可能被改过）："
                if self.zh
                else "Different although the inputs are the same (was the file edited?): "
            )
            blocks.append(head + self.wording.join(list(verification.rest)))
        return blocks

    def _line(self, label: str, one: Difference) -> str:
        said = f"{self._value(one, one.old)} → {self._value(one, one.new)}"
        return f"  - {label}：{said}" if self.zh else f"  - {label}: {said}"

    def _value(self, one: Difference, value: Any) -> str:
        if value is None:
            return "无" if self.zh else "none"
        if one.path.endswith("sha256"):
            return str(value)[:SHOWN_OF_DIGEST]
        if isinstance(value, bool):
            return ("是" if value else "否") if self.zh else ("yes" if value else "no")
        labels = {rule.code: rule.label for rule in self.wording.assessment.profile.outcomes} if one.path == "outcome.code" else {}
        return self.wording.of(labels[value]) if isinstance(value, str) and value in labels else str(value)

    def _details(self, verification: Verification) -> str:
        shown = [self.wording.of(one.title) + (f" ({one.entity})" if one.entity else "") for one in verification.details]
        number, listed = len(shown), self.wording.series(shown, MAX_DETAILS)
        if self.zh:
            return f"判定相同，但所据事实、条款或文字有变化（{number}）：{listed}"
        return f"Same verdict on other facts, clauses or words ({number}): {listed}"
