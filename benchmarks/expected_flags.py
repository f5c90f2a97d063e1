"""How the findings compare with the flags that a reader of the public text expected, by element.

For each case in `cases/expected/`: recall is the share of the reader's flags whose element the assessment raises (as a gap or as an open
question), precision the share of the assessment's gap elements that the reader raised, and the reader's first three flags are looked
for among the elements of the first five gaps. Run: `python benchmarks/expected_flags.py`.
"""

from datetime import date
from pathlib import Path

from child_impact.assessment.assess import Assessor
from child_impact.assessment.model import Verdict
from child_impact.dossier.read import read_dossier
from child_impact.reading.nodes import plain_data
from child_impact.reading.yaml12 import read_yaml
from child_impact.report.points import Points
from child_impact.report.render import wording
from child_impact.rulebook.store import open_rulebook

CASES = Path(__file__).resolve().parent.parent / "cases"
FIRST_FLAGS, FIRST_GAPS = 3, 5


def compare(case: str, as_of: date) -> dict[str, object]:
    """Return the comparison of one case."""
    rulebook = open_rulebook()
    file = CASES / f"{case}.yaml"
    dossier = read_dossier(file.read_bytes(), f"cases/{case}.yaml", rulebook.vocabulary)
    assessment = Assessor(rulebook, rulebook.profiles["default"]).assess(dossier, as_of, as_of)
    expected = plain_data(read_yaml((CASES / "expected" / f"{case}.yaml").read_bytes(), case))
    assert isinstance(expected, dict)
    flags = [flag["element"] for flag in expected["flags"] if flag["kind"] != "credit"]
    first = [finding.criterion.element for _, finding in Points(wording(assessment, "zh")).gaps][:FIRST_GAPS]
    gaps = {one.criterion.element for one in assessment.findings if one.verdict in (Verdict.NOT_MET, Verdict.NOT_STATED)}
    raised = {finding.criterion.element for finding in assessment.findings if finding.is_gap}
    return {
        "flags": len(flags),
        "recall": sum(flag in raised for flag in flags) / len(flags),
        "precision": len(gaps & set(flags)) / len(gaps),
        "not raised": sorted(set(flags) - raised),
        "raised beyond the reader": sorted(gaps - set(flags)),
        "first flags": flags[:FIRST_FLAGS],
        "first gaps": first,
        "first flags found": all(flag in first for flag in flags[:FIRST_FLAGS]),
    }


DAYS = {"xicheng-guangnei": date(2022, 3, 28), "longgang-huilongpu": date(2020, 4, 20), "miyun-tanying": date(2023, 8, 14)}

if __name__ == "__main__":
    for name, day in DAYS.items():
        print(name)
        for key, value in compare(name, day).items():
            print(f"  {key}: {value:.2f}" if isinstance(value, float) else f"  {key}: {value}")
