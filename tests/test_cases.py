"""The shipped dossiers: real cases, and the two examples that are ready."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from child_impact.assessment.assess import Assessor
from child_impact.assessment.model import Assessment, Force, Status, Verdict
from child_impact.dossier.facts import Dossier
from child_impact.dossier.read import read_dossier
from child_impact.report.points import Points
from child_impact.report.render import wording
from child_impact.rulebook.model import Rulebook

CASES = Path(__file__).parent.parent / "cases"
DAY = date(2026, 6, 20)
REAL = sorted(path.stem for path in CASES.glob("*.yaml"))


@pytest.fixture(scope="module")
def assessor(rulebook: Rulebook) -> Iterator[Assessor]:
    made = Assessor(rulebook, rulebook.profiles["default"])
    yield made
    made.close()


@pytest.fixture(scope="module")
def assessed(assessor: Assessor) -> Callable[[str, date], Assessment]:
    """A real case, assessed on a day: `assessed(name, day)`."""

    def one(name: str, day: date) -> Assessment:
        return assessor.assess(read(CASES / f"{name}.yaml", assessor.rulebook), day, day)

    return cache(one)


def read(path: Path, rulebook: Rulebook) -> Dossier:
    return read_dossier(path.read_bytes(), path.name, rulebook.vocabulary)


def stated(dossier: Dossier, rulebook: Rulebook) -> int:
    """Count the facts beyond the header: scalars, fields of entities, and lists stated as none."""
    header = rulebook.vocabulary.groups[""].fields
    lists = [listing for name, listing in dossier.lists.items() if name != "documents"]
    fields = sum(len(entity.facts) for listing in lists for entity in listing.entities)
    return sum(path not in header for path in dossier.facts) + fields + sum(not listing.entities for listing in lists)


def without_what_is_not_needed(dossier: Dossier, assessor: Assessor) -> Dossier:
    """Leave out every fact without which the dossier is still ready."""
    header = assessor.rulebook.vocabulary.groups[""].fields

    def is_ready(shorter: Dossier) -> bool:
        return assessor.assess(shorter, DAY, DAY).outcome.code == "ready"

    for path in [path for path in dossier.facts if path not in header]:
        shorter = replace(dossier, facts={key: fact for key, fact in dossier.facts.items() if key != path})
        dossier = shorter if is_ready(shorter) else dossier
    for name in list(dossier.lists):
        shorter = replace(dossier, lists={key: listing for key, listing in dossier.lists.items() if key != name})
        dossier = shorter if is_ready(shorter) else dossier
    return dossier


@pytest.mark.parametrize("name", REAL)
def test_a_real_case_is_assessed_and_labelled(assessed: Callable[[str, date], Assessment], name: str) -> None:
    """Each real case is read without warnings, says that it is an exercise, and gets an outcome."""
    assessment = assessed(name, DAY)

    assert assessment.dossier.warnings == ()
    assert assessment.dossier.text("exercise_note") is not None
    assert assessment.outcome.code == "send_back"
    assert sum(assessment.counts().values()) == len(assessment.findings)


@pytest.mark.parametrize(("name", "most"), [("pocket-park", 60), ("large-school", 170)])
def test_an_example_is_ready(assessor: Assessor, name: str, most: int) -> None:
    """The examples are ready, with a number of facts that an officer can write down."""
    dossier = read(CASES / "examples" / f"{name}.yaml", assessor.rulebook)

    assert assessor.assess(dossier, DAY, DAY).outcome.code == "ready"
    assert stated(dossier, assessor.rulebook) <= most


def test_a_pocket_park_needs_about_forty_facts(assessor: Assessor) -> None:
    """A pocket park at scheme stage is ready with no more than about forty facts."""
    dossier = read(CASES / "examples" / "pocket-park.yaml", assessor.rulebook)

    assert stated(without_what_is_not_needed(dossier, assessor), assessor.rulebook) <= 50


def test_a_text_is_not_bound_by_itself(assessed: Callable[[str, date], Assessment]) -> None:
    """Where a plan is itself a source of the rules, its clauses do not bind it."""
    assessment = assessed("huozhou-children-plan", date(2023, 1, 1))
    own = [ground for finding in assessment.findings for ground in finding.grounds if ground.clause.startswith("huozhou-children-2021:")]

    assert own
    assert {(ground.status, ground.force) for ground in own} == {(Status.OWN, Force.REFERENCE)}


def test_many_alike_gaps_become_one_point(assessed: Callable[[str, date], Assessment]) -> None:
    """That no body is named for a hundred tasks is one point of the report, not a hundred."""
    assessment = assessed("huozhou-children-plan", date(2023, 1, 1))
    gaps = Points(wording(assessment, "zh")).gaps
    judged = {finding.criterion.id for finding in assessment.findings if finding.verdict in (Verdict.NOT_MET, Verdict.NOT_STATED)}

    assert len(gaps) < len(judged) / 2
    assert any(gap.title == "逐项写明责任单位" for gap, _ in gaps)
