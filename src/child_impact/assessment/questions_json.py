"""The machine-readable questions, format `child-impact/questions/1`."""

from typing import Any

from .model import Assessment, Finding
from .questions import OpenQuestion, open_questions
from .to_json import head, text_data

FORMAT = "child-impact/questions/1"


def questions_data(assessment: Assessment, *, every: bool) -> dict[str, Any]:
    """Return the open questions of an assessment as data, in the order of `open_questions`.

    `every`: those of all findings, not only of those that led to the outcome.
    """
    questions = open_questions(assessment, every=every)
    return {"format": FORMAT, **head(assessment), "all": every, "questions": [_question(one) for one in questions]}


def _question(one: OpenQuestion) -> dict[str, Any]:
    return {
        "question": text_data(one.text),
        "answered_by": one.answered_by,
        "found_in": list(one.found_in),
        "paths": one.paths,
        "entities": [{"id": entity.id, "path": entity.path, "name": text_data(entity.name())} for entity in one.entities],
        "members": one.members,
        "screening": one.screening,
        "findings": [_finding(finding) for finding in one.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "criterion": finding.criterion.id,
        "entity": {"id": finding.entity.id, "path": finding.entity.path} if finding.entity else None,
        "title": text_data(finding.criterion.title),
        "verdict": finding.verdict.value,
        "obligation": finding.obligation.value,
        "force": finding.force.value,
    }
