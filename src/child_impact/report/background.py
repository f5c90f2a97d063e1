"""The parts of the report that say what was proposed, for whom, who was heard, and on what basis it was judged."""

from ..assessment.model import Ground, Status, Verdict
from ..dossier.facts import Entity, Fact, Strength
from ..evaluator.proof import unique
from ..rulebook.model import Source
from ..vocabulary.values import PartialDate
from .rows import BasisGroup, Clause, ClauseGroup, Row, Stated
from .wording import Wording

_BINDING = (Status.IN_FORCE, Status.ADOPTED)


class Background:
    """Words the background of an assessment."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.assessment = wording.assessment
        self.zh = wording.language == "zh"

    def meta(self) -> list[Row]:
        """Return what the head of the report says."""
        dossier, wording = self.assessment.dossier, self.wording
        enumerations = ("kind", "types", "stage")
        rows = [Row(*self._labelled(dossier.facts[name])) for name in enumerations]
        place = wording.of(dossier.text("site_note")) or wording.division(dossier.code("place"))
        rows.insert(0, Row("地点" if self.zh else "Place", place))
        owner = wording.of(dossier.text("owner"))
        if owner:
            rows.insert(0, Row(self._label("owner"), owner))
        rows.append(Row("评价时点" if self.zh else "Judged as of", self.as_of()))
        return rows

    def as_of(self) -> str:
        """Return the day on which the proposal is judged."""
        return self.wording.day(PartialDate.of(self.assessment.as_of))

    def _label(self, path: str) -> str:
        field = self.assessment.rulebook.vocabulary.fact(path)
        label = self.wording.of(field.label) if field else path
        return label[:1].upper() + label[1:]

    def _labelled(self, fact: Fact) -> tuple[str, str]:
        field = self.wording.field(fact)
        return self._label(fact.path), self.wording.value(fact.value, field)

    def overview(self) -> list[Row]:
        """Return what is proposed, and how large it is."""
        rows = [Row(*self._labelled(fact)) for path, fact in self.assessment.dossier.facts.items() if path == "summary"]
        for group in ("works", "scale", "housing", "money", "plan"):
            rows += self.group_rows(group)
        facilities = self.assessment.dossier.lists.get("facilities")
        if facilities is not None and facilities.entities:
            shown = [self._entity_phrase(entity) for entity in facilities.entities]
            rows.append(Row("配建设施" if self.zh else "Facilities", self.wording.join(shown)))
        commitments = self.assessment.dossier.lists.get("commitments")
        if commitments is not None and commitments.entities:
            rows.append(
                Row(self.wording.of(self.assessment.rulebook.vocabulary.lists["commitments"].label), self._counted(commitments.entities))
            )
        return rows

    def _counted(self, commitments: tuple[Entity, ...]) -> str:
        """Return how many tasks and targets a text sets, and how many of them have a body responsible."""
        led = sum(entity.facts.get("lead") is not None for entity in commitments)
        figures = sum(entity.facts.get("value") is not None for entity in commitments)
        if self.zh:
            return f"共{len(commitments)}项，其中写明责任单位的{led}项，有目标值的{figures}项"
        return f"{len(commitments)} in all, {led} with a body responsible, {figures} with a figure"

    def _entity_phrase(self, entity: Entity) -> str:
        name = entity.facts.get("name") or entity.facts.get("kind")
        head = self.wording.value(name.value, self.wording.field(name)) if name else entity.id
        sizes = [
            self.wording.value(fact.value, self.wording.field(fact))
            for key in ("number", "area", "places")
            if (fact := entity.facts.get(key))
        ]
        inner = self.wording.join(sizes)
        return head if not inner else f"{head}（{inner}）" if self.zh else f"{head} ({inner})"

    def group_rows(self, group: str) -> list[Row]:
        """Return the stated facts of a group, each with its line."""
        facts = [fact for path, fact in self.assessment.dossier.facts.items() if path.startswith(f"{group}.")]
        return [self._with_notes(fact) for fact in facts]

    def _with_notes(self, fact: Fact) -> Row:
        label, value = self._labelled(fact)
        return Row(label, self._planned(value, fact), self.wording.spots((fact,)), fact.evidence or "")

    def hearings(self) -> list[Row]:
        """Return who was heard, and how."""
        listing = self.assessment.dossier.lists.get("consultations")
        if listing is None:
            return []
        rows = []
        for entity in listing.entities:
            parts = [self.wording.fact(fact) for name, fact in entity.facts.items() if name != "with"]
            who = entity.facts.get("with")
            label = self.wording.value(who.value, self.wording.field(who)) if who else entity.id
            rows.append(Row(label, self.wording.series(parts), self.wording.spots((Fact(entity.path, None, entity.place),))))
        return rows

    def hearings_open(self) -> str:
        """Return whether hearings are listed, stated as none, or not stated."""
        listing = self.assessment.dossier.lists.get("consultations")
        if listing is None:
            return "not_stated"
        return "none" if not listing.entities else "listed"

    def bases(self) -> list[BasisGroup]:
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
        return [BasisGroup(self.wording.code("status", code), groups[code]) for code in order if code in groups]

    def _grounds(self) -> tuple[Ground, ...]:
        """Return the clauses that the demands rest on which apply or may apply."""
        applied = [one for one in self.assessment.findings if one.verdict is not Verdict.NOT_APPLICABLE and not one.is_moot]
        return unique(ground for finding in applied for ground in finding.grounds)

    def _source(self, source: Source, grounds: list[Ground], *, with_clauses: bool) -> Row:
        title, number = self.wording.titled(source.title), source.number
        if number and number not in title:
            title += f"（{number}）" if self.zh else f" ({number})"
        clauses = self.assessment.rulebook.clauses
        places = dict.fromkeys(self.wording.of(clauses[ground.clause].locator) for ground in grounds) if with_clauses else {}
        return Row(title, self.wording.shortened(list(places)))

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
                title = wording.titled(source.title)
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
        return Clause(clause.id, self.wording.of(clause.locator), worded, self.wording.of(clause.text))

    def stated(self) -> list[Stated]:
        """Return all that the dossier states, in the order of its lines."""
        dossier, wording = self.assessment.dossier, self.wording
        rows = []
        for fact in dossier.facts.values():
            label, value = self._labelled(fact)
            rows.append(Stated(wording.spots((fact,)), label, self._planned(value, fact), fact.evidence or ""))
        for name, listing in dossier.lists.items():
            label = wording.of(self.assessment.rulebook.vocabulary.lists[name].one)
            label = label[:1].upper() + label[1:]
            for entity in listing.entities:
                facts = tuple(entity.facts.values())
                evidence = dict.fromkeys(fact.evidence for fact in facts if fact.evidence)
                spots = wording.spots((*facts, Fact(entity.path, None, entity.place)))
                said = wording.series(self._planned(wording.fact(fact), fact) for fact in facts)
                rows.append(Stated(spots, label, said, wording.join(list(evidence))))
            if not listing.entities:
                rows.append(Stated(wording.spots((Fact(name, None, listing.place),)), label, wording.value(None, None), ""))
        return sorted(rows, key=lambda row: row.spots[0].order if row.spots else 0)

    def _planned(self, said: str, fact: Fact) -> str:
        if fact.strength is not Strength.PLANNED:
            return said
        planned = self.wording.code("strength", "planned")
        return f"{said}（{planned}）" if self.zh else f"{said} ({planned})"

    def record(self) -> list[Row]:
        """Return what identifies the inputs."""
        assessment = self.assessment
        labels = (
            ("档案", "档案 SHA-256", "规则", "规则 SHA-256", "推理")
            if self.zh
            else ("Dossier", "Dossier SHA-256", "Rules", "Rules SHA-256", "Inference")
        )
        rules = f"{assessment.rulebook.version} / {assessment.profile.id}"
        values = (assessment.dossier.file, assessment.dossier.sha256, rules, assessment.rulebook.sha256, assessment.inference)
        return [Row(label, value) for label, value in zip(labels, values, strict=True)]
