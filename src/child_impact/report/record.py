"""The reviewer's record in the report: answers beside their questions, disputes, waivers with their state, conditions, signer and day."""

from collections.abc import Sequence
from datetime import date

from ..assessment.model import Finding, Review, Ruling, WaiverState
from ..assessment.record import Dispute
from ..reading.text import Text
from ..vocabulary.values import PartialDate
from .rows import ConditionRow, DisputeRow, RecordView, Row, WaiverRow
from .wording import Wording

_STATES = {
    WaiverState.IN_EFFECT: Text("有效", "in effect"),
    WaiverState.NOT_YET: Text("尚未生效", "not yet in effect"),
    WaiverState.EXPIRED: Text("已到期，不生效", "expired, does not hold"),
    WaiverState.MALFORMED: Text("填写不全，不生效", "incomplete, does not hold"),
    WaiverState.NOT_ALLOWED: Text("不得豁免，不生效", "not allowed, does not hold"),
    WaiverState.UNUSED: Text("未用到", "not used"),
}


class RecordWords:
    """Words the reviewer's record of an assessment."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.assessment = wording.assessment
        self.zh = wording.language == "zh"

    def mark(self, findings: Sequence[Finding]) -> str:
        """Return what the record says of a point that joins findings: waived until when, and how the reviewer sees it."""
        parts = [self._waived_until(one.waiver.expires) for one in findings if one.waiver is not None]
        for finding in findings:
            about = self._entity(finding) if finding.entity and len(findings) > 1 else ""
            parts += [self._disputed(dispute, about) for dispute in finding.disputes]
        return self.wording.series(parts)

    def answered(self) -> set[str]:
        """Return the ids of the questions that the record answers."""
        review = self.assessment.review
        return {one.question for one in review.record.answers if one.answer is not None} if review else set()

    def view(self) -> RecordView | None:
        """Return what the report prints of the record, or None where there is none."""
        review = self.assessment.review
        if review is None:
            return None
        record, colon = review.record, "：" if self.zh else ": "
        return RecordView(
            answers=self._answers(review),
            disputes=[self._dispute(one) for one in record.disputes],
            waivers=[self._waiver(one) for one in review.rulings],
            conditions=[
                ConditionRow(
                    self.wording.of(one.text),
                    self.wording.of(one.owner),
                    self.wording.day(one.due) if one.due else "",
                    self._day(one.done),
                )
                for one in record.conditions
            ],
            warnings=[f"{one.place}{colon}{self.wording.of(one.what)}" for one in review.warnings],
            signer=self._signed(review),
            signed_on=self._day(record.signed_on),
            rows=[
                Row("审查记录" if self.zh else "Reviewer's record", record.file),
                Row("审查记录 SHA-256" if self.zh else "Reviewer's record SHA-256", record.sha256),
            ],
        )

    def _answers(self, review: Review) -> list[Row]:
        asked = {one.id: one for one in self.assessment.questions}
        rows = []
        for one in review.record.answers:
            if one.question in asked and one.answer is not None:
                said = self._signed_by(self.wording.of(one.answer), one.by, one.on)
                rows.append(Row(self.wording.of(asked[one.question].text), said))
        return rows

    def _dispute(self, one: Dispute) -> DisputeRow:
        finding = self._finding(one.criterion, one.entity)
        return DisputeRow(
            self._title(one.criterion, one.entity),
            self.wording.verdict(finding) if finding else "",
            self.wording.of(one.view),
            self.wording.of(one.reason),
            self._signed_by("", one.by, one.on),
        )

    def _waiver(self, ruling: Ruling) -> WaiverRow:
        waiver = ruling.waiver
        return WaiverRow(
            self._title(waiver.criterion, waiver.entity),
            self._day(waiver.expires),
            self.wording.of(_STATES[ruling.state]),
            self.wording.of(waiver.reason),
            self.wording.of(waiver.owner),
            self.wording.of(waiver.evidence),
        )

    def _title(self, criterion: str, entity: str | None) -> str:
        title = self.wording.of(self.assessment.rulebook.criteria[criterion].title)
        if entity is None:
            return title
        finding = self._finding(criterion, entity)
        name = self._entity(finding) if finding else entity
        return f"{title}（{name}）" if self.zh else f"{title} ({name})"

    def _finding(self, criterion: str, entity: str | None) -> Finding | None:
        keyed = ((one.criterion.id, one.entity.id if one.entity else None, one) for one in self.assessment.findings)
        return next((one for id_, of, one in keyed if (id_, of) == (criterion, entity)), None)

    def _entity(self, finding: Finding) -> str:
        return (self.wording.of(finding.entity.name) or finding.entity.id) if finding.entity else ""

    def _waived_until(self, day: date | None) -> str:
        return f"已豁免，至{self._day(day)}" if self.zh else f"waived until {self._day(day)}"

    def _disputed(self, dispute: Dispute, about: str) -> str:
        view = self.wording.of(dispute.view)
        if self.zh:
            return f"审查人意见{f'（{about}）' if about else ''}：{view}"
        return f"the reviewer{f' ({about})' if about else ''}: {view}"

    def _signed_by(self, text: str, by: Text | None, on: date | None) -> str:
        notes = self.wording.join([one for one in (self.wording.of(by), self._day(on)) if one])
        if not (text and notes):
            return text or notes
        return f"{text}（{notes}）" if self.zh else f"{text} ({notes})"

    def _signed(self, review: Review) -> str:
        signer = review.record.signer
        if signer is None:
            return ""
        post = self.wording.join([self.wording.of(one) for one in (signer.body, signer.role) if one is not None])
        name = self.wording.of(signer.name)
        if not post:
            return name
        return f"{name}（{post}）" if self.zh else f"{name} ({post})"

    def _day(self, day: date | None) -> str:
        return self.wording.day(PartialDate.of(day)) if day else ""
