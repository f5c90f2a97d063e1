"""An assessment as sheets: points to put right, every finding, open questions, who was heard, clauses, and what it was made from."""

from ..assessment.model import Finding
from .rows import Gap
from .table import Cell, Sheet
from .view import View
from .wording import Wording

POINTS = "number title verdict obligation state basis remedy who due done closed"
ADVICE = "number title verdict basis remedy who"
FINDINGS = "criterion title entity verdict obligation force domain element basis lines"
QUESTIONS = "who question found_in"
OPINIONS = "whom date method ages children people effect feedback lines"
RECORD = "item content"
CLAUSES = "source standing locator wording text"


def sheets(wording: Wording, view: View) -> list[Sheet]:
    """Return the sheets of an assessment's workbook, in the order in which an office works through them."""
    return _Ledger(wording, view).all()


class _Ledger:
    def __init__(self, wording: Wording, view: View) -> None:
        self.wording = wording
        self.view = view

    def all(self) -> list[Sheet]:
        """Return all sheets; each has its headers even where it is empty."""
        view = self.view
        asked: list[list[Cell]] = [[by.who, row.label, row.text] for by in view.asked for row in by.questions]
        return [
            self._sheet("points", POINTS, [_point(gap) for gap in view.gaps]),
            self._sheet("advice", ADVICE, [_advice(gap) for gap in view.every_advice]),
            self._sheet("findings", FINDINGS, [self._finding(finding) for finding in self.wording.assessment.findings]),
            self._sheet("questions", QUESTIONS, asked),
            self._sheet("opinions", OPINIONS, self._opinions()),
            self._sheet("clauses", CLAUSES, self._clauses()),
            self._sheet("record", RECORD, [[row.label, row.text] for row in view.record]),
        ]

    def _sheet(self, name: str, headers: str, rows: list[list[Cell]]) -> Sheet:
        return Sheet(self.wording.code("sheets", name), [self.wording.code("columns", header) for header in headers.split()], rows)

    def _finding(self, finding: Finding) -> list[Cell]:
        wording, criterion = self.wording, finding.criterion
        return [
            criterion.id,
            wording.of(criterion.title),
            (wording.of(finding.entity.name) or finding.entity.id) if finding.entity else None,
            wording.verdict(finding),
            wording.code("obligation", finding.obligation.value),
            wording.code("force", finding.force.value),
            wording.named("domain", criterion.domain),
            wording.named("element", criterion.element),
            wording.series(wording.clause(ground) for ground in finding.grounds),
            wording.lines(finding.facts),
        ]

    def _opinions(self) -> list[list[Cell]]:
        unsaid = self.wording.code("shown", "not_stated")
        return [
            [
                *(said or unsaid for said in (one.who, one.when, one.how, one.ages, one.children, one.people, one.effect, one.feedback)),
                ", ".join(spot.shown for spot in one.spots),
            ]
            for one in self.view.opinions
        ]

    def _clauses(self) -> list[list[Cell]]:
        return [
            [group.source, group.standing, clause.locator, clause.wording, clause.text]
            for group in self.view.clauses
            for clause in group.clauses
        ]


def _point(gap: Gap) -> list[Cell]:
    return [gap.number, _named(gap), gap.verdict, gap.obligation, gap.state, _basis(gap), gap.remedy, gap.who, gap.due, None, None]


def _advice(gap: Gap) -> list[Cell]:
    return [gap.number, _named(gap), gap.verdict, _basis(gap), gap.remedy, gap.who]


def _named(gap: Gap) -> str:
    return f"{gap.title}（{gap.entities}）" if gap.entities else gap.title


def _basis(gap: Gap) -> str:
    return "\n".join(dict.fromkeys(f"{one.shown}{one.standing}" for one in gap.basis))
