"""What a finding asks for can still be done: before the decision one thing, after it another."""

import json
from typing import Any

import pytest

SCHOOL = """\
id: closing
title: Closing of a village school
kind: project
types: [school]
place: '130000'
stage: {stage}
decision_on: 2026-03-01
works: {{nature: removal}}
decision: {{in_major_catalogue: true}}
"""


def remedies(command: Any, tmp_path: Any, stage: str, as_of: str) -> dict[str, str]:
    """Return the remedies of the gaps of a school's closing, by criterion, and check that the steps of the outcome say the same."""
    file = tmp_path / f"{stage}.yaml"
    file.write_text(SCHOOL.format(stage=stage), encoding="utf-8")
    done = command("assess", file, "--format", "json", "--as-of", as_of, "--fail-on", "never")
    assert done.returncode == 0, done.stderr.decode()
    data = json.loads(done.stdout)
    found = {one["criterion"]: one["remedy"]["en"] for one in data["findings"] if one["verdict"] in ("not_met", "not_stated")}
    for step in data["outcome"]["steps"]:
        assert step["en"] == found.get(step["criterion"], step["en"])
    return found


@pytest.mark.parametrize("criterion", ["consultation.school-parents-heard", "decision.risk-assessed", "decision.legality-reviewed"])
def test_a_remedy_that_comes_too_late_is_replaced(command, tmp_path, criterion):
    """Once the works are accepted, nobody is asked to hear or review “before the decision”."""
    before = remedies(command, tmp_path, "detailed_design", "2026-02-01")
    after = remedies(command, tmp_path, "post_evaluation", "2027-02-01")

    assert before[criterion] != after[criterion]
    assert "before the decision" not in after[criterion].lower()


def test_the_day_of_the_decision_counts_too(command, tmp_path):
    """A project whose day of decision has passed is asked for what is still possible, at whatever stage it stands; on the day it is not."""
    on_the_day = remedies(command, tmp_path, "detailed_design", "2026-03-01")
    a_day_later = remedies(command, tmp_path, "detailed_design", "2026-03-02")

    assert on_the_day["decision.legality-reviewed"].startswith("Send the draft")
    assert a_day_later["decision.legality-reviewed"].startswith("Look for")
