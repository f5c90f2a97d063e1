"""How the findings compare with the flags that a reader of the public text expected.

`cases/expected/<case>.yaml` holds the reader's flags, written from the text before the criteria. By element: recall is the share of the
flags whose element the assessment raises (as a gap or as an open question), precision the share of the elements of its gaps that the
reader raised. By content (`cases/expected/answers.yaml`): whether a criterion that answers the flag raises it now, carries it forward to
a later stage, or misses it; and whether the reader's first three flags are answered among the first five gaps.
Run: `python benchmarks/expected_flags.py`.
"""

from datetime import date
from pathlib import Path
from typing import Any

from child_impact.assessment.assess import Assessor
from child_impact.assessment.model import Assessment, Finding, Reason, Verdict
from child_impact.dossier.read import read_dossier
from child_impact.reading.nodes import plain_data
from child_impact.reading.yaml12 import read_yaml
from child_impact.report.points import Points
from child_impact.report.render import wording
from child_impact.rulebook.store import open_rulebook

CASES = Path(__file__).resolve().parent.parent / "cases"
DAYS = {
    "xicheng-guangnei": date(2022, 3, 28),
    "longgang-huilongpu": date(2020, 4, 20),
    "miyun-tanying": date(2023, 8, 14),
    "hebei-rural-schools": date(2026, 6, 1),  # the digest has no date
    "jilin-plan-2022": date(2022, 7, 1),
}
FIRST_FLAGS, FIRST_GAPS = 3, 5


def assessed(case: str) -> Assessment:
    """Return the assessment of a case on the day of its text."""
    rulebook = open_rulebook()
    dossier = read_dossier((CASES / f"{case}.yaml").read_bytes(), f"cases/{case}.yaml", rulebook.vocabulary)
    return Assessor(rulebook, rulebook.profiles["default"]).assess(dossier, DAYS[case], DAYS[case])


def data(name: str) -> dict[str, Any]:
    """Return a file of `cases/expected/` as data."""
    read = plain_data(read_yaml((CASES / "expected" / f"{name}.yaml").read_bytes(), name))
    assert isinstance(read, dict)
    return read


def fate(criteria: list[str], findings: tuple[Finding, ...]) -> str:
    """Return what becomes of a flag that these criteria answer."""
    mine = [finding for finding in findings if finding.criterion.id in criteria]
    if any(finding.is_gap for finding in mine):
        return "raised"
    return "carried forward" if any(finding.reason is Reason.LATER_STAGE for finding in mine) else "missed"


def compare(case: str) -> dict[str, Any]:
    """Return the comparison of one case."""
    assessment = assessed(case)
    flags = [flag["element"] for flag in data(case)["flags"] if flag["kind"] != "credit"]
    answers = data("answers")[case]
    gaps = {one.criterion.element for one in assessment.findings if one.verdict in (Verdict.NOT_MET, Verdict.NOT_STATED)}
    raised = {one.criterion.element for one in assessment.findings if one.is_gap}
    first = [finding.criterion.id for _, finding in Points(wording(assessment, "zh")).gaps][:FIRST_GAPS]
    fates = [fate(criteria, assessment.findings) for criteria in answers]
    return {
        "flags": len(flags),
        "recall by element": sum(flag in raised for flag in flags) / len(flags),
        "precision by element": len(gaps & set(flags)) / len(gaps),
        "by content": {word: fates.count(word) for word in ("raised", "carried forward", "missed")},
        "first five gaps": first,
        "first three flags answered there": [bool(set(criteria) & set(first)) for criteria in answers[:FIRST_FLAGS]],
    }


if __name__ == "__main__":
    for name in DAYS:
        print(name)
        for key, value in compare(name).items():
            print(f"  {key}: {value:.2f}" if isinstance(value, float) else f"  {key}: {value}")
