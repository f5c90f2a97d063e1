"""Every clause has a home, and the rules keep clear of a list of ticks."""

from pathlib import Path

import pytest

from child_impact.report.matrix import clause_matrix
from child_impact.rulebook.coverage import clause_statuses, guards
from child_impact.rulebook.model import Rulebook

PAGE = Path(__file__).parent.parent / "docs" / "clauses.md"
SIX = {
    "opinions-2021": 118,
    "beijing-2023": 87,
    "outline-2011": 418,
    "jilin-2022": 327,
    "huozhou-children-2021": 749,
    "huozhou-women-2021": 399,
}


@pytest.mark.parametrize("source", SIX)
def test_no_clause_of_a_source_document_is_open(rulebook: Rulebook, source: str) -> None:
    """Each clause of the six documents is held by a criterion or a question, or is out of scope with a reason."""
    mine = [one for one in clause_statuses(rulebook) if one.clause.startswith(f"{source}:")]

    assert len(mine) == SIX[source]
    assert [one.clause for one in mine if one.status == "open"] == []


def test_reviewable_clauses_are_cited_or_explained(rulebook: Rulebook) -> None:
    """What is out of scope says why, in both languages; what is cited is not out of scope at the same time."""
    for one in clause_statuses(rulebook):
        reason = rulebook.clauses[one.clause].out_of_scope
        assert (one.status != "out_of_scope") or (reason is not None and reason.zh and reason.en)
        assert one.status == "out_of_scope" or reason is None, one.clause


def test_the_guards_hold(rulebook: Rulebook) -> None:
    """The figures of the design: ticks, clauses a criterion, questions, scalar facts, lists."""
    figures = guards(rulebook)

    assert figures["ticks"] <= figures["criteria"] / 3
    assert figures["most_clauses_of_a_criterion"] <= 25
    assert figures["questions"] <= 60
    assert figures["scalar_facts"] <= 250
    assert figures["lists"] <= 16
    assert figures["fields_of_largest_list"] <= 38
    assert figures["median_criteria_per_fact"] >= 2


def test_the_clause_matrix_is_current(rulebook: Rulebook) -> None:
    """docs/clauses.md is what `child-impact rules docs` prints."""
    assert PAGE.read_text(encoding="utf-8") == clause_matrix(rulebook, "en")
