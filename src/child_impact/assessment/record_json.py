"""The reviewer's record as data: the part `review` of an assessment, and what of it stands beside a finding."""

from datetime import date
from typing import Any

from ..reading.text import Text
from .model import Review, Ruling
from .record import Dispute, Record, Waiver


def review_data(review: Review) -> dict[str, Any]:
    """Return a record and what became of it."""
    record = review.record
    return {
        "file": record.file,
        "sha256": record.sha256,
        "dossier": record.dossier,
        "dossier_sha256": record.dossier_sha256,
        "signer": _signer(record),
        "date": _day(record.signed_on),
        "answers": [
            {"question": one.question, "answer": _text(one.answer), "by": _text(one.by), "date": _day(one.on)} for one in record.answers
        ],
        "disputes": [{"criterion": one.criterion, "entity": one.entity, **dispute_data(one)} for one in record.disputes],
        "waivers": [_ruling(one) for one in review.rulings],
        "conditions": [
            {
                "text": _text(one.text),
                "owner": _text(one.owner),
                "due": None if one.due is None else str(one.due),
                "done": _day(one.done),
            }
            for one in record.conditions
        ],
        "warnings": [
            {"file": problem.place.file, "line": problem.place.line, **problem.what._asdict(), "todo": problem.todo._asdict()}
            for problem in review.warnings
        ],
    }


def waiver_data(waiver: Waiver) -> dict[str, Any]:
    """Return what a waiver says beside its finding."""
    return {
        "reason": _text(waiver.reason),
        "owner": _text(waiver.owner),
        "granted": _day(waiver.granted),
        "expires": _day(waiver.expires),
        "evidence": _text(waiver.evidence),
    }


def dispute_data(dispute: Dispute) -> dict[str, Any]:
    """Return what a dispute says beside its finding."""
    return {
        "view": _text(dispute.view),
        "reason": _text(dispute.reason),
        "by": _text(dispute.by),
        "date": _day(dispute.on),
    }


def _ruling(ruling: Ruling) -> dict[str, Any]:
    waiver = ruling.waiver
    return {
        "criterion": waiver.criterion,
        "entity": waiver.entity,
        **waiver_data(waiver),
        "state": ruling.state.value,
        "why": _text(ruling.why),
        "line": waiver.place.line,
    }


def _signer(record: Record) -> dict[str, Any] | None:
    signer = record.signer
    if signer is None:
        return None
    return {"name": _text(signer.name), "role": _text(signer.role), "body": _text(signer.body)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _text(text: Text | None) -> dict[str, str] | None:
    return None if text is None else text._asdict()
