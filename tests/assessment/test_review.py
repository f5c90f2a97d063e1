"""What holds of every record: it is read or refused, and no waiver changes a verdict, makes the outcome worse than it was, or ready."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from child_impact.assessment.assess import Assessor
from child_impact.assessment.model import Assessment, WaiverState
from child_impact.assessment.outcome import decide
from child_impact.assessment.record import RecordRefused
from child_impact.assessment.record_read import read_record
from child_impact.assessment.review import Judged, reviewed
from child_impact.dossier.read import read_dossier
from child_impact.reading.problems import Problem
from child_impact.rulebook.model import Rulebook

CASE = Path(__file__).parent.parent.parent / "cases" / "miyun-tanying.yaml"
DAY = date(2023, 8, 14)
WORST_LAST = ("not_due", "ready", "conditions", "send_back", "not_recommended")
KEYS = ["dossier", "档案", "dossier_sha256", "answers", "异议", "waivers", "豁免", "conditions", "signer", "date"]
KEYS += ["criterion", "entity", "reason", "owner", "granted", "expires", "question", "answer", "view", "text", "due", "name", "zh", "en"]
WORDS = [
    "park",
    "consultation.children-heard",
    "protection.best-interests",
    "2026-01-01",
    "2026",
    "无",
    "未说明",
    "",
    "x" * 90,
    7,
    True,
    None,
]
VALUES = st.recursive(
    st.sampled_from(WORDS) | st.text(max_size=8),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), below, max_size=5),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def assessment(rulebook: Rulebook) -> Assessment:
    dossier = read_dossier(CASE.read_bytes(), "case.yaml", rulebook.vocabulary)
    return Assessor(rulebook, rulebook.profiles["default"]).assess(dossier, DAY, DAY)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6), dossier=st.booleans())
def test_a_record_is_read_or_refused(rulebook: Rulebook, data: dict[str, object], dossier: bool) -> None:
    """Whatever stands in the file: a record, or problems that each have a place and something to do."""
    text = json.dumps(data | ({"dossier": "park"} if dossier else {}), ensure_ascii=False)
    problems: tuple[Problem, ...] = ()
    try:
        record = read_record(text.encode(errors="replace"), "r.yaml", rulebook)
    except RecordRefused as refused:
        record, problems = None, refused.problems
    assert (record is None) == bool(problems)
    for problem in (*problems, *(found for one in (record.waivers if record else ()) for found in one.problems)):
        assert problem.place.file == "r.yaml"
        assert all((*problem.what, *problem.todo))
    if record is not None:
        assert record.dossier
        assert all(one.expires is not None or one.problems for one in record.waivers)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_waiver_changes_a_verdict_or_makes_ready(assessment: Assessment, data: st.DataObject) -> None:
    """For any findings waived: verdicts and order as before, the outcome never worse than before or than conditions, and never ready."""
    keys = [(one.criterion.id, one.entity.id if one.entity else None) for one in assessment.findings]
    chosen = data.draw(st.lists(st.sampled_from(keys), max_size=len(keys)))
    expires = data.draw(st.lists(st.dates(date(2023, 8, 1), date(2023, 8, 31)), min_size=len(chosen), max_size=len(chosen)))
    waivers = [
        {"criterion": criterion, "reason": "r", "owner": "o", "expires": day.isoformat()} | ({"entity": entity} if entity else {})
        for (criterion, entity), day in zip(chosen, expires, strict=True)
    ]
    rulebook, profile = assessment.rulebook, assessment.profile
    record = read_record(json.dumps({"dossier": "miyun-tanying", "waivers": waivers}).encode(), "r.yaml", rulebook)
    judged = Judged(rulebook, profile, assessment.dossier, True, assessment.findings, assessment.questions, DAY)
    review, findings = reviewed(record, judged)
    after = decide(profile, assessment.screening.due, findings)

    assert [(one.criterion.id, one.entity, one.verdict, one.strength) for one in findings] == [
        (one.criterion.id, one.entity, one.verdict, one.strength) for one in assessment.findings
    ]
    waived = [one for one in findings if one.waiver is not None]
    assert len(waived) == sum(ruling.state is WaiverState.IN_EFFECT for ruling in review.rulings)
    assert all(one.is_gap and one.waiver is not None and one.waiver.expires is not None and one.waiver.expires >= DAY for one in waived)
    before = WORST_LAST.index(assessment.outcome.code)
    assert WORST_LAST.index(after.code) <= max(before, WORST_LAST.index("conditions"))
    if waived:
        assert WORST_LAST.index(after.code) >= WORST_LAST.index("conditions")
    else:
        assert after == assessment.outcome
