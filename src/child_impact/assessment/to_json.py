"""The machine-readable assessment, format `child-impact/assessment/1`."""

import json
from pathlib import Path
from typing import Any

from .. import __version__
from ..dossier.facts import Fact, OpenSet, Remark, Unlike, Value
from ..evaluator.proof import Missing
from ..reading.problems import Place
from ..reading.text import Text
from ..rulebook.store import templates_digest
from ..vocabulary.values import PartialDate
from .measured import Measured
from .model import Assessment, Finding
from .questions import question
from .record_json import dispute_data, review_data, waiver_data

FORMAT = "child-impact/assessment/1"
SEVERAL = "child-impact/assessments/1"
LEVELS_OF_SEVERAL = 4
"""What `as_json` has to lay out so that, where documents stand in a list, each finding of each is a line."""

_encoded = json.JSONEncoder(ensure_ascii=False).encode


def as_data(assessment: Assessment, templates: Path | None = None) -> dict[str, Any]:
    """Return an assessment as data that JSON can hold. Equal inputs give equal data, in equal order.

    `templates`: a bureau's directory of templates over those of the program.
    """
    return {
        "format": FORMAT,
        **head(assessment),
        "templates": {"directory": str(templates) if templates else None, "sha256": templates_digest(templates)},
        "review": review_data(assessment.review) if assessment.review else None,
        "counts": {verdict.value: count for verdict, count in assessment.counts().items()},
        "remarks": [_remark(one) for one in assessment.dossier.remarks.values()],
        "warnings": [{**_place(problem.place), **problem.what._asdict()} for problem in assessment.dossier.warnings],
        "findings": [_finding(finding, assessment) for finding in assessment.findings],
        "questions": [{"id": one.id, "text": text_data(one.text), "clauses": list(one.clauses)} for one in assessment.questions],
    }


def head(assessment: Assessment) -> dict[str, Any]:
    """Return what identifies an assessment, and its outcome: the part that all formats share."""
    dossier = assessment.dossier
    return {
        "dossier": {
            "id": dossier.code("id"),
            "title": text_data(dossier.text("title")),
            "kind": dossier.code("kind"),
            "types": _value(dossier.facts["types"].value),
            "place": dossier.code("place"),
            "stage": dossier.code("stage"),
            "file": dossier.file,
            "sha256": dossier.sha256,
        },
        "rulebook": {
            "version": assessment.rulebook.version,
            "sha256": assessment.rulebook.sha256,
            "profile": assessment.profile.id,
            "as_of": assessment.as_of.isoformat(),
            "decision_horizon": assessment.horizon.isoformat() if assessment.horizon else None,
        },
        "program": {"version": __version__},
        "engine": {"inference": assessment.inference, "cross_checked": assessment.cross_checked},
        "screening": {"due": assessment.screening.due},
        "outcome": {
            "code": assessment.outcome.code,
            "label": text_data(assessment.outcome.label),
            "because": list(dict.fromkeys(finding.criterion.id for finding in assessment.outcome.findings)),
            "steps": _steps(assessment),
        },
    }


def as_json(data: Any, levels: int = 2) -> str:
    """Return data as JSON text with a final newline: the outermost levels on lines of their own, what is below them one line each.

    So a finding, a criterion or a clause is one line; and the text is made by json's encoder in C, which lays nothing out.
    """
    return f"{_laid_out(data, levels, '')}\n"


def _laid_out(value: Any, levels: int, indent: str) -> str:
    if not levels or not value or not isinstance(value, dict | list):
        return _encoded(value)
    inner = f"{indent}  "
    if isinstance(value, dict):
        parts = [f"{_encoded(key)}: {_laid_out(below, levels - 1, inner)}" for key, below in value.items()]
        opening, closing = "{}"
    else:
        parts = [_laid_out(below, levels - 1, inner) for below in value]
        opening, closing = "[]"
    return f"{opening}\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}{closing}"


def _steps(assessment: Assessment) -> list[dict[str, Any]]:
    steps = {finding.criterion.id: finding.remedy for finding in assessment.outcome.findings}
    return [{"criterion": id_, **remedy._asdict()} for id_, remedy in steps.items()]


def _finding(finding: Finding, assessment: Assessment) -> dict[str, Any]:
    criterion = finding.criterion
    return {
        "criterion": criterion.id,
        "entity": {"id": finding.entity.id, "path": finding.entity.path} if finding.entity else None,
        "verdict": finding.verdict.value,
        "strength": finding.strength.name.lower() if finding.strength else None,
        "obligation": finding.obligation.value,
        "force": finding.force.value,
        "domain": criterion.domain,
        "element": criterion.element,
        "kind": criterion.kind.value,
        "title": text_data(criterion.title),
        "remedy": text_data(finding.remedy),
        "who": criterion.who,
        "if_applicable": finding.if_applicable.value if finding.if_applicable else None,
        "moot": finding.is_moot,
        "reason": finding.reason.value if finding.reason else None,
        "norms": [_norm(one) for one in finding.norms],
        "exception": _exception(finding),
        "waived": waiver_data(finding.waiver) if finding.waiver else None,
        "disputed": [dispute_data(one) for one in finding.disputes],
        "basis": [ground.clause for ground in finding.grounds],
        "grounds": [
            {
                "clause": ground.clause,
                "force": ground.force.value,
                "obligation": ground.obligation.value,
                "status": ground.status.value,
                "partial": text_data(ground.partial),
            }
            for ground in finding.grounds
        ],
        "facts": [_fact(fact) for fact in finding.facts],
        "denied_by": [_fact(fact) for fact in finding.denied_by],
        "missing": [_missing(gap, assessment) for gap in finding.missing],
    }


def _norm(one: Measured) -> dict[str, Any]:
    """Return a norm that was considered, whether it applies and is kept (null: open), and whether it judged."""
    norm = one.norm
    figure = {"comparison": norm.comparison.value, "value": _value(norm.value), "unit": norm.unit}
    stands = {"applies": one.applies, "holds": one.holds, "judged": one.judged}
    return {"id": norm.id, "quantity": one.quantity.id, **figure, "clause": norm.clause, "wording": norm.wording, **stands}


def _exception(finding: Finding) -> dict[str, Any] | None:
    """Return the exception that the clause allows, whether it holds (null: not stated); None where it is not needed."""
    allowed = finding.criterion.unless
    if allowed is None or finding.unless is None:
        return None
    return {**allowed.says._asdict(), "clause": allowed.clause, "holds": finding.unless.truth}


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "path": fact.path,
        "value": _value(fact.value),
        **_place(fact.place),
        "evidence": fact.evidence,
        "strength": fact.strength.name.lower(),
        "note": text_data(fact.note),
    }


def _remark(remark: Remark) -> dict[str, Any]:
    """Return words that state no fact: an unknown body (`value`), a note alone."""
    return {"path": remark.path, "value": text_data(remark.value), "note": text_data(remark.note), **_place(remark.place)}


def _place(place: Place) -> dict[str, Any]:
    """Return a place: file and line, or, in a workbook, file, sheet and cell."""
    if place.sheet is not None:
        return {"file": place.file, "line": None, "cell": place.cell()}
    return {"file": place.file, "line": place.line}


def _missing(gap: Missing, assessment: Assessment) -> dict[str, Any]:
    asked = text_data(question(gap, assessment.rulebook.vocabulary).text)
    return {"path": gap.path, "gap": gap.gap.value, "members": list(gap.members), "question": asked}


def _value(value: Value | None) -> Any:
    if isinstance(value, Text):
        return value.zh if value.zh == value.en else text_data(value)
    if isinstance(value, OpenSet) and value.lacks:
        return {"has": sorted(value), "lacks": sorted(value.lacks)}
    if isinstance(value, Unlike):
        return {"lacks": sorted(value.codes)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, PartialDate):
        return str(value)
    if value is None or isinstance(value, bool | str):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def text_data(text: Text | None) -> dict[str, str] | None:
    """Return a text in both languages as data."""
    return None if text is None else text._asdict()
