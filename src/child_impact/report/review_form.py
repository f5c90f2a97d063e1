"""The form of a reviewer's record for one dossier: YAML with its questions in place, to be filled in and given to `assess --review`."""

import json
from collections.abc import Iterable

from ..assessment import record_form as form
from ..assessment.model import Finding
from ..reading.text import Text
from .wording import Wording

_HEAD = Text("审查记录", "The reviewer's record")
_USE = Text(
    "填好后运行 child-impact assess <档案> --review <本文件>。空着的一项视为未填；本记录不改变任何判定。",
    "When filled in: child-impact assess DOSSIER --review THIS-FILE. What is left blank counts as not said; the record changes no finding.",
)
_ANSWERS = Text("须由审查人判断的问题，逐条答复。", "Questions for the reviewer's own judgement.")
_NO_QUESTIONS = Text("本次没有须由审查人判断的问题。", "No question is left to the reviewer's own judgement here.")
_DISPUTES = Text(
    "不同意某项判定的，去掉行首“# ”填写，可写多条。",
    "Where the reviewer sees a finding otherwise: remove the leading “# ”; repeat as needed.",
)
_WAIVERS = Text(
    "暂不具备而准予先行的，去掉行首“# ”，只留要豁免的几条；到期当日仍有效。下列判定关系到结论：",
    "Leave to go on without a demand until a day, that day included: remove the leading “# ”, keep what is waived. The outcome rests on:",
)
_NOTHING_HELD = Text("没有影响结论的判定。", "nothing: no finding holds the conclusion.")
_NOT_WAIVABLE = Text("不得豁免：", "Cannot be waived: ")
_CONDITIONS = Text(
    "随批复所附的条件，去掉行首“# ”填写，可写多条。", "Conditions of the approval: remove the leading “# ”; repeat as needed."
)


class ReviewForm:
    """Writes the form in one language."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.assessment = wording.assessment

    def text(self) -> str:
        """Return the form as YAML that can be read as it stands."""
        dossier, colon = self.assessment.dossier, self._say(Text("：", ": "))
        title = f"{self._say(_HEAD)}{colon}{self.wording.of(dossier.text('title'))}"
        parts = [
            [self._note(title), self._note(self._say(_USE))],
            [self._line("dossier", form.RECORD, dossier.code("id")), self._line("dossier_sha256", form.RECORD, dossier.sha256)],
            self._answers(),
            [self._note(self._say(_DISPUTES)), *self._commented([self._line("disputes", form.RECORD), *self._entry(form.DISPUTE)])],
            self._waivers(),
            [self._note(self._say(_CONDITIONS)), *self._commented([self._line("conditions", form.RECORD), *self._entry(form.CONDITION)])],
            [self._line("signer", form.RECORD), *(f"  {self._line(key.name, form.SIGNER)}" for key in form.SIGNER)],
            [self._line("date", form.RECORD)],
        ]
        return "\n\n".join("\n".join(part) for part in parts) + "\n"

    def _answers(self) -> list[str]:
        if not self.assessment.questions:
            return [self._note(self._say(_NO_QUESTIONS))]
        lines = [self._note(self._say(_ANSWERS)), self._line("answers", form.RECORD)]
        for one in self.assessment.questions:
            lines += [f"  {self._note(self.wording.of(one.text))}", *self._entry(form.ANSWER, question=one.id)]
        return lines

    def _waivers(self) -> list[str]:
        held = [finding for finding in self.assessment.outcome.findings if finding.is_gap]
        waivable = [finding for finding in held if finding.criterion.waivable]
        lines = [self._note(self._say(_WAIVERS))]
        if not held:
            lines.append(self._note(self._say(_NOTHING_HELD)))
        barred = [finding for finding in held if not finding.criterion.waivable]
        lines += [self._note(self._say(_NOT_WAIVABLE) + self._finding(finding)) for finding in barred]
        entries = [self._line("waivers", form.RECORD)]
        for finding in waivable:
            given = {"criterion": finding.criterion.id, "entity": finding.entity.id if finding.entity else None}
            entries += [f"  {self._note(self._finding(finding))}", *self._entry(form.WAIVER, **given)]
        return [*lines, *self._commented(entries if waivable else [*entries, *self._entry(form.WAIVER)])]

    def _finding(self, finding: Finding) -> str:
        name = (self.wording.of(finding.entity.name) or finding.entity.id) if finding.entity else ""
        parts = [self.wording.of(finding.criterion.title), name, self.wording.verdict(finding)]
        return self.wording.series(part for part in parts if part)

    def _entry(self, keys: form.Form, **given: str | None) -> list[str]:
        """Return one entry of a list, a line a key; a key that is given as None is left out."""
        lines = [self._line(key.name, keys, given.get(key.name)) for key in keys if given.get(key.name, "") is not None]
        return [f"{'  - ' if index == 0 else '    '}{line}" for index, line in enumerate(lines)]

    def _line(self, name: str, keys: form.Form, value: str | None = None) -> str:
        key = next(one for one in keys if one.name == name)
        return f"{self._say(key.label)}:" + (f" {json.dumps(value, ensure_ascii=False)}" if value else "")

    def _note(self, text: str) -> str:
        return "# " + " ".join(text.split())

    def _commented(self, lines: Iterable[str]) -> list[str]:
        return [f"# {line}" for line in lines]

    def _say(self, text: Text) -> str:
        return text.in_(self.wording.language)
