"""Whether an assessment is due: yes, no or open; and what is selected where it is not."""

from collections.abc import Callable
from datetime import date

import pytest

from child_impact.assessment.assess import Assessor
from child_impact.assessment.model import Verdict
from child_impact.dossier.facts import Dossier
from child_impact.report.render import Writer
from child_impact.report.templates import Templates
from child_impact.rulebook.coverage import facts_read
from child_impact.rulebook.model import CriterionKind, Rulebook

DAY = date(2026, 6, 1)
FAR = """
works: {nature: new}
children: {use_the_place: false, ages: none}
changes: none
nearby: none
"""


@pytest.fixture(scope="module")
def assessor(rulebook: Rulebook) -> Assessor:
    return Assessor(rulebook, rulebook.profiles["default"])


def test_a_works_far_from_children_is_not_due(assessor: Assessor, dossier: Callable[..., Dossier]) -> None:
    """Nothing but screening and consistency criteria is selected, and the record gives reasons."""
    assessment = assessor.assess(dossier(FAR, types="[industrial]"), DAY, DAY)

    assert assessment.outcome.code == "not_due"
    assert {finding.criterion.kind for finding in assessment.findings} <= {CriterionKind.CONSISTENCY, CriterionKind.SCREENING}
    assert "无需开展儿童影响评价" in Writer(assessment, "zh", Templates()).plain("screening")


def test_an_open_screening_counts_as_due_and_asks(assessor: Assessor, dossier: Callable[..., Dossier]) -> None:
    """Where the surroundings are not stated, the assessment goes on and the record asks for them."""
    assessment = assessor.assess(dossier(FAR.replace("nearby: none", ""), types="[industrial]"), DAY, DAY)

    assert assessment.screening.due is None
    assert assessment.outcome.code != "not_due"
    assert "Is there any primary school" in (record := Writer(assessment, "en", Templates()).plain("screening"))
    assert "nearby?" in record


def test_a_contradiction_cancels_not_due(assessor: Assessor, dossier: Callable[..., Dossier]) -> None:
    """A dossier that contradicts itself is not let through by the screening."""
    both = FAR + "scale: {site_area: 100, changed_area: 200}\n"
    assessment = assessor.assess(dossier(both, types="[industrial]"), DAY, DAY)

    assert any(finding.verdict is Verdict.NOT_MET for finding in assessment.findings)
    assert assessment.screening.due is False
    assert assessment.outcome.code != "not_due"


def test_screening_needs_at_most_fifteen_facts(rulebook: Rulebook) -> None:
    """The whole screening can be answered from a handful of facts."""
    condition = rulebook.derived[rulebook.profiles["default"].screening].condition
    assert condition is not None

    assert len(facts_read(condition, None, rulebook)) <= 15
