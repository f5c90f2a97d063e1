"""The parts of the report that say what is proposed, for whom, who was heard, and what the dossier states."""

from decimal import Decimal

from msgspec.structs import replace

from ..dossier.facts import Entity, Fact
from ..reading.text import Text
from ..vocabulary.values import PartialDate
from . import remarks
from .denials import Denials
from .ratios import ratios
from .rows import Row, Stated, Table
from .titles import inline
from .wording import Wording

MAX_SIZES = 6
GROWING = ("alteration", "extension", "alteration_extension")
MAX_THINGS = 12
SIZES = ("number", "area", "places", "distance")
LISTED_ELSEWHERE = ("consultations", "documents", "commitments")
IN_A_TABLE = ("changes",)


class Background:
    """Words the background of an assessment."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.denials = Denials(wording)
        self.assessment = wording.assessment
        self.zh = wording.language == "zh"

    def meta(self) -> list[Row]:
        """Return what the head of a document says."""
        dossier, wording = self.assessment.dossier, self.wording
        rows = []
        owner = wording.of(dossier.text("owner"))
        if owner:
            rows.append(Row(self._label("owner"), owner))
        place, note = self._place(), wording.of(dossier.text("site_note"))
        comma = "，" if self.zh else ", "
        rows.append(Row("地点" if self.zh else "Place", f"{place}{comma}{note}" if note else place))
        for name, label in (("kind", Text("类别", "Kind")), ("types", Text("类型", "Type")), ("stage", Text("阶段", "Stage"))):
            rows.append(Row(wording.of(label), self._labelled(dossier.facts[name])[1]))
        rows.append(Row("评价时点" if self.zh else "Assessed as of", self.as_of()))
        return rows

    def as_of(self) -> str:
        """Return the day on which the proposal is judged."""
        return self.wording.day(PartialDate.of(self.assessment.as_of))

    def _place(self) -> str:
        return self.wording.of(self.assessment.rulebook.vocabulary.place(self.assessment.dossier.code("place")))

    def brief(self) -> list[Row]:
        """Return what is proposed, how large it is and for whom, each in one line."""
        rows = []
        summary = self.wording.of(self.assessment.dossier.text("summary"))
        if summary:
            rows.append(Row("内容" if self.zh else "Contents", summary.rstrip("。.")))
        rows.append(Row("规模" if self.zh else "Size", self._size() or self._unstated()))
        rows.append(Row("受影响儿童" if self.zh else "Children affected", self._whom()))
        return rows

    def _size(self) -> str:
        facts = self.assessment.dossier.facts
        parts = [self._labelled(facts["works.nature"])[1]] if "works.nature" in facts else []
        for fact in self.assessment.dossier.of_group("scale")[:MAX_SIZES]:
            label, value = self._labelled(fact)
            parts.append(f"{label}{value}" if self.zh else f"{inline(label)} {value}")
        commitments = self.assessment.dossier.lists.get("commitments")
        if commitments is not None and commitments.entities:
            parts.append(self._counted(commitments.entities))
        return ("，" if self.zh else ", ").join(parts)

    def _whom(self) -> str:
        facts = self.assessment.dossier.facts
        ages, number = facts.get("children.ages"), facts.get("children.number")
        if ages is None and number is None:
            return "年龄段和人数未见说明" if self.zh else "ages and number not stated"
        field = self.assessment.rulebook.vocabulary.fact("children.number")
        aged = self._labelled(ages)[1] if ages else "年龄段未见说明" if self.zh else "ages not stated"
        if number is None or not isinstance(number.value, Decimal):
            counted = "人数未见说明" if self.zh else "number not stated"
        elif self.zh:
            counted = self.wording.value(number.value, field)
        else:
            counted = self.wording.people(number.value, children=True)
        if self.zh:
            return f"{aged}，{counted}"
        return f"ages {aged}; {counted}" if ages else f"{aged}; {counted}"

    def _unstated(self) -> str:
        return self.wording.code("shown", "not_stated")

    def _label(self, path: str) -> str:
        field = self.assessment.rulebook.vocabulary.fact(path)
        label = self.wording.of(field.label) if field else path
        return label[:1].upper() + label[1:]

    def _labelled(self, fact: Fact) -> tuple[str, str]:
        if fact.path == "place":
            return self._label(fact.path), self._place()
        field = self.wording.field(fact)
        return self._label(fact.path), self.wording.value(fact.value, field)

    def _noted(self, fact: Fact, *, whole: bool = False) -> tuple[str, str]:
        """Return a fact as label and value, with its note."""
        label, value = self._labelled(fact)
        note = self.wording.of(fact.note)
        return label, self.wording.bracketed(self.wording.standing(value, fact), note if whole else self.wording.cut(note))

    def _remarked(self, owner: str, *, whole: bool = False) -> list[Row]:
        """Return what a group says under keys where it states no fact."""
        wording, found = self.wording, remarks.of_place(owner, self.wording)
        spots = [wording.spots((Fact(one.path, None, one.place),)) for one in found]
        texts = [remarks.remark(one, wording, whole=whole) for one in found]
        return [Row(self._label(one.path), text, spot) for one, text, spot in zip(found, texts, spots, strict=True)]

    def overview(self) -> Table:
        """Return what is proposed, and how large it is."""
        rows = [row for group in ("works", "scale", "housing", "money", "plan", "site") for row in self.group_rows(group)]
        rows += ratios(self.wording)
        features = self.assessment.dossier.facts.get("design.features")
        if features is not None:
            rows.append(self._with_notes(features))
        for name, listing in self.assessment.dossier.lists.items():
            if name in LISTED_ELSEWHERE:
                continue
            if listing.entities and name not in IN_A_TABLE:
                shown = [self._entity_phrase(entity) for entity in listing.entities[:MAX_THINGS]]
                rows.append(self._list_row(name, shown, listing.entities))
            rows += self.denials.rows(listing)
        return _shared(rows)

    def _list_row(self, name: str, shown: list[str], entities: tuple[Entity, ...]) -> Row:
        label = self.wording.of(self.assessment.rulebook.vocabulary.lists[name].label)
        facts = [fact for entity in entities for fact in entity.facts.values()]
        spots = self.wording.spots(Fact(entity.path, None, entity.place) for entity in entities)
        beyond = len(entities) - len(shown)
        text = self.wording.join(shown)
        if beyond > 0:
            text += f"等{len(entities)}项" if self.zh else f" and {beyond} more"
        evidence = dict.fromkeys(self.wording.evidence(fact) for fact in facts if fact.evidence)
        return Row(label[:1].upper() + label[1:], text, spots, self.wording.join(list(evidence)))

    def _counted(self, commitments: tuple[Entity, ...]) -> str:
        """Return how many tasks and targets a text sets, and how many of them have a body responsible."""
        led = sum(entity.facts.get("lead") is not None for entity in commitments)
        figures = sum(entity.facts.get("value") is not None for entity in commitments)
        if self.zh:
            return f"任务和指标共{len(commitments)}项，其中写明责任单位的{led}项，有目标值的{figures}项"
        tasks = self.wording.counted(len(commitments), "task or target", "tasks and targets")
        return f"{tasks}, {led or 'none'} with a body responsible, {figures or 'none'} with a figure"

    def _entity_phrase(self, entity: Entity) -> str:
        head = self.wording.entity(entity)
        sizes = []
        for key in SIZES:
            fact = entity.facts.get(key)
            field = self.wording.field(fact) if fact else None
            if fact is not None and field is not None:
                value = self.wording.value(fact.value, field)
                sizes.append(value if field.name != "places" else f"{self.wording.of(field.label)}{'' if self.zh else ': '}{value}")
        inner = self.wording.join(sizes)
        return head if not inner else f"{head}（{inner}）" if self.zh else f"{head} ({inner})"

    def group_rows(self, group: str) -> list[Row]:
        """Return the stated facts of a group, each with its line."""
        return [self._with_notes(fact) for fact in self.assessment.dossier.of_group(group)] + self._remarked(group)

    def children(self) -> Table:
        """Return which children are affected: who, how many, and what is not stated about them."""
        facts = self.assessment.dossier.facts
        first = ("children.ages", "children.number", "children.groups")
        words = {row.label: row for row in self._remarked("children")}
        unsaid = {path: words.pop(self._label(path), Row(self._label(path), self._unstated())) for path in first if path not in facts}
        rows = [self._with_notes(facts[path]) if path in facts else unsaid[path] for path in first]
        rows += [*words.values(), *self._pupils()]
        rows += [self._with_notes(fact) for fact in self.assessment.dossier.of_group("children") if fact.path not in first]
        return _shared(rows)

    def _pupils(self) -> list[Row]:
        """Return the pupils that a school has now and those that it gains, where a school in use grows: they are not affected alike."""
        facts = self.assessment.dossier.facts
        if "scale.pupils_before" in facts:  # then it is among the figures of the proposal, and need not be guessed
            return []
        nature, pupils, added = (facts.get(path) for path in ("works.nature", "scale.pupils", "scale.added_places"))
        if nature is None or pupils is None or added is None or nature.value not in GROWING:
            return []
        if not isinstance(pupils.value, Decimal) or not isinstance(added.value, Decimal) or not 0 < added.value < pupils.value:
            return []
        now, all_, more = (self.wording.number(one, None) for one in (pupils.value - added.value, pupils.value, added.value))
        spots, rests = self.wording.spots((pupils, added)), self.wording.evidence(pupils)
        present = facts.get("works.children_present")
        stay = present is not None and present.value is True
        if self.zh:
            shown = f"约{now}人（{all_}－{more}，推算数，不是在册数）" + ("；施工期间仍在校，直接受施工影响" if stay else "")
            return [Row("现有学生", shown, spots, rests), Row("新增学生", f"{more}人；建成后入学", self.wording.spots((added,)), rests)]
        exposed = "; at school during the works and exposed to them" if stay else ""
        shown = f"about {now} ({all_} − {more}; derived, not the roll){exposed}"
        new = Row("New pupils", f"{more}; come once it is built", self.wording.spots((added,)), rests)
        return [Row("Present pupils", shown, spots, rests), new]

    def _with_notes(self, fact: Fact) -> Row:
        label, value = self._noted(fact)
        return Row(label, value, self.wording.spots((fact,)), self.wording.evidence(fact))

    def papers(self) -> list[str]:
        """Return the papers that a dossier rests on, each with its kind and date."""
        listing = self.assessment.dossier.lists.get("documents")
        return [self._paper(entity) for entity in listing.entities] if listing else []

    def _paper(self, entity: Entity) -> str:
        kind = entity.facts.get("kind")
        named = self.wording.entity(entity)
        if kind is None or self.wording.is_called(entity) is kind:
            return named
        worded = self.wording.value(kind.value, self.wording.field(kind))
        return f"{named}（{worded}）" if self.zh else f"{named} ({worded})"

    def hearings(self) -> list[Row]:
        """Return who was heard, and how."""
        listing = self.assessment.dossier.lists.get("consultations")
        if listing is None:
            return []
        rows = []
        for entity in listing.entities:
            parts = [self.wording.fact(fact) for name, fact in entity.facts.items() if name != "with"]
            parts += [remarks.labelled(one, self.wording) for one in remarks.of_place(entity.path, self.wording)]
            who = entity.facts.get("with")
            label = self.wording.value(who.value, self.wording.field(who)) if who else entity.id
            if who is not None:
                label = self.wording.standing(label, who)
            rows.append(Row(label, self.wording.series(parts), self.wording.spots((Fact(entity.path, None, entity.place),))))
        also = "另载" if self.zh else "Also stated"
        return rows + [replace(row, label=also) for row in self.denials.rows(listing)]

    def hearings_open(self) -> str:
        """Return whether hearings are listed, stated as none, or not stated."""
        listing = self.assessment.dossier.lists.get("consultations")
        if listing is None:
            return "not_stated"
        return "none" if listing.complete and not (listing.entities or listing.not_done or listing.deferred) else "listed"

    def stated(self) -> list[Stated]:
        """Return all that the dossier states, in the order of its lines."""
        dossier, wording = self.assessment.dossier, self.wording
        rows = []
        for fact in dossier.facts.values():
            label, value = self._noted(fact, whole=True)
            rows.append(Stated(wording.spots((fact,)), label, value, self.wording.evidence(fact)))
        said = [row for owner in wording.vocabulary.groups for row in self._remarked(owner, whole=True)]
        rows += [Stated(row.spots, row.label, row.text, "") for row in said]
        for name, listing in dossier.lists.items():
            label = wording.of(self.assessment.rulebook.vocabulary.lists[name].one)
            label = label[:1].upper() + label[1:]
            for entity in listing.entities:
                facts = tuple(entity.facts.values())
                evidence = dict.fromkeys(self.wording.evidence(fact) for fact in facts if fact.evidence)
                spots = wording.spots((*facts, Fact(entity.path, None, entity.place)))
                words = [remarks.labelled(one, wording, whole=True) for one in remarks.of_place(entity.path, wording)]
                said = wording.series([*(wording.standing(wording.fact(fact, whole=True), fact) for fact in facts), *words])
                rows.append(Stated(spots, label, said, wording.join(list(evidence))))
            rows += self.denials.stated(listing)
            if listing.complete and not listing.entities:
                rows.append(Stated(wording.spots((Fact(name, None, listing.place),)), label, wording.value(None, None), ""))
        return sorted(rows, key=lambda row: row.spots[0].order if row.spots else 0)


def _shared(rows: list[Row]) -> Table:
    """Return a table of rows; the evidence that all of them name is named once."""
    evidence = {row.note for row in rows if row.spots}
    if len(evidence) != 1 or not all(evidence):
        return Table(rows, "")
    return Table([replace(row, note="") for row in rows], evidence.pop())
