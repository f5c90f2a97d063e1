"""The day of judgement, and what lies ahead of it: nothing that is still to come is told as done."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

PARK = Path("cases/examples/pocket-park.yaml")
TODAY = date.today()


@pytest.fixture
def park(pytestconfig, tmp_path):
    """The pocket park that is ready, with its day of decision, and the days of its hearings and of what the children were told."""

    def write(decision: date, heard: date, told: date) -> Path:
        text = (pytestconfig.rootpath / PARK).read_text("utf-8")
        for key, day in {"决策日期": decision, "结束日期": heard, "反馈日期": told}.items():
            text, found = re.subn(rf"({key}: )\d{{4}}-\d\d-\d\d", rf"\g<1>{day}", text)
            assert found
        path = tmp_path / "park.yaml"
        path.write_text(text, "utf-8")
        return path

    return write


def assessed(call, path, *options):
    return json.loads(call("assess", path, "--format", "json", "--fail-on", "never", "-q", *options).stdout)


def finding(assessment, criterion):
    return [one for one in assessment["findings"] if one["criterion"] == criterion]


def test_what_is_decided_later_is_judged_today(call, park):
    """The earlier of today and the day of decision; the law is that of the decision."""
    ahead = park(TODAY + timedelta(90), TODAY - timedelta(90), TODAY - timedelta(60))
    assert assessed(call, ahead)["rulebook"]["as_of"] == TODAY.isoformat()
    assert assessed(call, ahead)["rulebook"]["decision_horizon"] == (TODAY + timedelta(90)).isoformat()


def test_what_was_decided_is_judged_on_the_day_of_decision(call, park):
    """A file that was put to a decision is judged by what was known then."""
    decided = park(date(2026, 7, 1), date(2026, 3, 1), date(2026, 4, 1))
    assert assessed(call, decided)["rulebook"]["as_of"] == "2026-07-01"


def test_a_hearing_to_come_is_planned_and_makes_nothing_ready(call, park):
    """Written as if it had been: it is planned, in every document, and the file is no better off than one that says so."""
    to_come = park(TODAY + timedelta(90), TODAY + timedelta(30), TODAY + timedelta(60))
    assessment = assessed(call, to_come)
    assert assessment["outcome"]["code"] != "ready"
    assert [(one["verdict"], one["strength"]) for one in finding(assessment, "consultation.children-heard")] == [("met", "planned")]
    marked = "儿童（计划）"
    for document, said in {"children": "还没有。", "public": marked, "opinions": marked, "assessment": marked}.items():
        text = call("assess", to_come, "--document", document, "--lang", "zh", "--fail-on", "never", "-q").stdout
        assert said in text.replace("、监护人", ""), document
        assert "问过。" not in text
    past = park(TODAY + timedelta(90), TODAY - timedelta(30), TODAY - timedelta(10))
    assert [one["strength"] for one in finding(assessed(call, past), "consultation.children-heard")] != ["planned"]


def test_feedback_before_the_hearing_contradicts_itself(call, park):
    """Nobody can be told what became of views that were not yet heard."""
    assessment = assessed(call, park(TODAY + timedelta(90), TODAY + timedelta(60), TODAY + timedelta(30)))
    assert "not_met" in {one["verdict"] for one in finding(assessment, "consistency.feedback-order")}


def test_without_a_day_of_decision_it_is_asked_and_nothing_to_come_is_a_fault(call, park):
    """Where the day of decision is not stated, what is planned after today may still come before it."""
    path = park(TODAY + timedelta(90), TODAY + timedelta(30), TODAY + timedelta(60))
    path.write_text("\n".join(line for line in path.read_text("utf-8").splitlines() if not line.startswith("决策日期")), "utf-8")
    heard = finding(assessed(call, path), "consultation.children-heard")
    assert [one["verdict"] for one in heard] == ["not_stated"]
    assert "decision_on" in {gap["path"] for one in heard for gap in one["missing"]}
