"""The basis on which a proposal was judged: the sources and their clauses, by how they stand."""

from ..assessment.model import Ground, Status, Verdict
from ..evaluator.proof import unique
from ..rulebook.model import Source
from .phrases import MAX_NAMES
from .rows import BasisGroup, Clause, ClauseGroup, Row
from .wording import Wording

_BINDING = (Status.IN_FORCE, Status.ADOPTED)


class Bases:
    """Words the sources and clauses that the demands of an assessment rest on."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.assessment = wording.assessment
        self.zh = wording.language == "zh"
        self._unchecked: dict[str, list[str]] = {}
        for finding in self.assessment.findings:
            for ground in finding.grounds if finding.verdict is Verdict.MET else ():
                if ground.partial is not None:
                    self._unchecked.setdefault(ground.clause, []).append(wording.of(ground.partial).rstrip("。."))

    def groups(self) -> list[BasisGroup]:
        """Return the sources applied, grouped by how they stand; those that bind with the clauses."""
        rulebook = self.assessment.rulebook
        grounds = self._grounds()
        groups: dict[str, list[Row]] = {}
        for source in rulebook.sources.values():
            mine = [ground for ground in grounds if rulebook.source_of(ground.clause) is source]
            if mine:
                standing = "practice" if source.level == "practice" else mine[0].status.value
                groups.setdefault(standing, []).append(self._source(source, mine, with_clauses=standing in _BINDING))
        order = [*(status.value for status in Status), "practice"]
        binding = {status.value for status in _BINDING}
        return [
            BasisGroup(self.wording.code("status", code), groups[code], code in binding, code == "practice")
            for code in order
            if code in groups
        ]

    def _grounds(self) -> tuple[Ground, ...]:
        """Return the clauses that the demands rest on which apply or may apply, in the order of their sources."""
        applied = [one for one in self.assessment.findings if one.verdict is not Verdict.NOT_APPLICABLE and not one.is_moot]
        order = {id_: place for place, id_ in enumerate(self.assessment.rulebook.clauses)}
        return tuple(sorted(unique(ground for finding in applied for ground in finding.grounds), key=lambda one: order[one.clause]))

    def _source(self, source: Source, grounds: list[Ground], *, with_clauses: bool) -> Row:
        if source.level == "practice":
            ours = self.wording.of(source.title)
            return Row(f"{ours}，不是法律、政策或标准的要求" if self.zh else f"{ours}; no law, policy or standard asks for it", "")
        title, number = self.wording.titled(source.title), source.number
        if number and number not in title:
            title += f"（{number}）" if self.zh else f" ({number})"
        clauses = self.assessment.rulebook.clauses
        places = dict.fromkeys(self.wording.locator(clauses[ground.clause].locator) for ground in grounds) if with_clauses else {}
        return Row(title, self.wording.shortened(list(places)) if self.zh else self.wording.series(places, MAX_NAMES))

    def clauses(self) -> list[ClauseGroup]:
        """Return every clause that was applied, by source, those that bind first."""
        rulebook, wording = self.assessment.rulebook, self.wording
        grounds = {ground.clause: ground for ground in self._grounds()}
        groups: list[tuple[int, ClauseGroup]] = []
        order = list(Status)
        for source in rulebook.sources.values():
            mine = [ground for ground in grounds.values() if rulebook.source_of(ground.clause) is source]
            if mine:
                practice = source.level == "practice"
                standing = wording.code("status", "practice" if practice else mine[0].status.value)
                clauses = [self._clause(ground) for ground in mine]
                title = wording.of(source.title) if practice else wording.titled(source.title)
                groups.append(
                    (
                        len(order) if practice else order.index(mine[0].status),
                        ClauseGroup(title, standing, wording.of(source.note), clauses),
                    )
                )
        return [group for _, group in sorted(groups, key=lambda ranked: ranked[0])]

    def _clause(self, ground: Ground) -> Clause:
        clause = self.assessment.rulebook.clauses[ground.clause]
        worded = self.wording.code("wording", clause.wording.value)
        unchecked = self.wording.series(self._unchecked.get(ground.clause, ()))
        return Clause(clause.id, self.wording.locator(clause.locator), worded, self.wording.of(clause.text), unchecked)
