"""How values and codes read in a document of one language."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..assessment.comparison import Held
from ..assessment.model import Assessment, Finding, Force, Ground, Obligation, Verdict
from ..assessment.questions import OpenQuestion
from ..dossier.facts import Entity, Fact, OpenSet, Strength, Unlike, Value
from ..reading.text import Language, Text
from ..vocabulary.model import Enumeration, Field, FieldType
from ..vocabulary.paths import parts
from ..vocabulary.values import PartialDate
from .phrases import Phrases, lines_phrase, wide_brackets
from .rows import Cited, Spot

MAX_CALLED = 3
MAX_ALIKE = 2
WAN = 10_000
NAMES = ("name", "title", "where", "road", "description")
KINDS = ("kind", "place", "with", "topic", "metric", "class", "relation")
NAMING = ("name", "title", "where", "road", "description", "kind", "topic", "with")


class Wording(Phrases):
    """Words an assessment in one language. `words` are those of the templates, for codes."""

    def __init__(self, assessment: Assessment, words: dict[str, dict[str, Text]], language: Language) -> None:
        super().__init__(language)
        self.assessment = assessment
        self.vocabulary = assessment.rulebook.vocabulary
        self.words = words

    def of(self, text: Text | None) -> str:
        """Return a text in the language, or nothing."""
        return text.in_(self.language) if text is not None else ""

    def code(self, kind: str, code: str) -> str:
        """Return the word for a code of the templates."""
        return self.words[kind][code].in_(self.language)

    def code_if_any(self, kind: str, code: str) -> str:
        """Return the word for a code, or nothing: a bureau's own rules may have codes that the templates do not know."""
        return self.of(self.words[kind].get(code))

    def named(self, enumeration: str, code: str) -> str:
        """Return the name of a code of the vocabulary."""
        return self.vocabulary.enumerations[enumeration].values[code].in_(self.language)

    def verdict(self, finding: Finding | Held) -> str:
        """Return the word for a verdict. “Not met” is said only where a binding demand is required."""
        if finding.verdict is not Verdict.NOT_MET:
            return self.code("verdict", finding.verdict.value)
        if finding.force is Force.REFERENCE:
            return self.code("verdict", "below_reference")
        return self.code("verdict", "not_met" if finding.obligation is Obligation.REQUIRED else "improve")

    def field(self, fact: Fact) -> Field | None:
        """Return the vocabulary's field of a fact."""
        return self.vocabulary.field(fact.path)

    def fact(self, fact: Fact, *, whole: bool = False) -> str:
        """Return a fact as “label: value”; one of a list, with what it says of its members. `whole`: with its note in full."""
        colon = "：" if self.language == "zh" else ": "
        listed = self.vocabulary.lists.get(fact.path)
        if listed is not None and isinstance(fact.value, frozenset):
            said = listed.of_kind(listed.lacks, fact.denies()) if fact.denies() else listed.of_kind(listed.covers, fact.value)
            return f"{self.of(listed.label)}{colon}{self.of(said)}"
        return f"{self._label_of(fact)}{colon}{self.of_fact(fact, whole=whole)}"

    def of_fact(self, fact: Fact, *, whole: bool = False) -> str:
        """Return the value of a fact with its unit, and its note in brackets: in full where it is `whole`, else no longer than fits."""
        note = self.of(fact.note)
        return self.bracketed(self.bare(fact), note if whole else self.cut(note))

    def bare(self, fact: Fact) -> str:
        """Return the value of a fact with its unit, without its note; also of one that follows from others."""
        derived = self.assessment.rulebook.derived.get(fact.path)
        if derived is not None and isinstance(fact.value, Decimal):
            return self.number(fact.value, derived.unit)
        field = self.field(fact)
        if field is not None and field.to is not None:
            return self._referred(field.to, fact)
        if field is not None and field.unit_of is not None and isinstance(fact.value, Decimal):
            return self.number(fact.value, self._unit_of(fact, field.unit_of))
        return self.value(fact.value, field)

    def _referred(self, list_: str, fact: Fact) -> str:
        """Return what the entry is called that a fact refers to; an officer knows it by that, and not by its id."""
        listing = self.assessment.dossier.lists.get(list_)
        entity = next((one for one in listing.entities if one.id == fact.value), None) if listing is not None else None
        return self.entity(entity) if entity is not None else self.value(fact.value, None)

    def _unit_of(self, fact: Fact, kind: str) -> str | None:
        """Return the unit in which a figure of an entry is measured, by what kind of thing the entry is about."""
        entity = self.assessment.dossier.entity_at(fact.path)
        of = entity.facts.get(kind) if entity is not None else None
        field = self.field(of) if of is not None else None
        if of is None or field is None or field.enumeration is None or not isinstance(of.value, str):
            return None
        return field.enumeration.units.get(of.value)

    def value(self, value: Value | None, field: Field | None) -> str:
        """Return a value with its unit, in the words of the language."""
        if value is None or value == frozenset():
            return "无" if self.language == "zh" else "none"
        if isinstance(value, bool):
            return ("是" if value else "否") if self.language == "zh" else ("yes" if value else "no")
        if isinstance(value, Text):
            return self.of(value)
        if isinstance(value, PartialDate):
            return self.day(value)
        if isinstance(value, Decimal):
            return self.number(value, field.unit if field else None)
        enumeration = field.enumeration if field else None
        if isinstance(value, Unlike):
            return self._denied(value.codes, enumeration)
        if field is not None and field.type is FieldType.PLACE:
            return self.join([self.division(code) for code in ([value] if isinstance(value, str) else sorted(value))])
        codes = [value] if isinstance(value, str) else self._ordered(value, enumeration)
        shown = self.join([self.of(enumeration.values[code]) if enumeration else code for code in codes])
        if not isinstance(value, OpenSet):
            return shown
        shown += ("等" if self.language == "zh" else " and possibly others") if shown else ""
        comma = "，" if self.language == "zh" else ", "
        return comma.join(part for part in (shown, self._denied(value.lacks, enumeration)) if part)

    def _denied(self, codes: frozenset[str], enumeration: Enumeration | None) -> str:
        named = self.join([self.of(enumeration.values[code]) if enumeration else code for code in self._ordered(codes, enumeration)])
        return named and (f"没有{named}" if self.language == "zh" else f"not {named}")

    def division(self, code: str) -> str:
        """Return the name of an administrative division, or its code where the vocabulary has no name for it."""
        return next((name for name, known in self.vocabulary.places.items() if known == code), code)

    def number(self, number: Decimal, unit: str | None) -> str:
        """Return a number with its unit. In English a label says already what is counted, and sums of money are in yuan."""
        if self.language == "en" and unit == "wan_yuan":
            return self.yuan(number * WAN)
        shown = self.figures(number)
        if unit is None:
            return shown
        exact = self.words["one"].get(unit) if number == 1 else None
        named = self.of(self.words["counted"].get(unit) or exact or self.vocabulary.units[unit])
        return f"{shown}{named}" if self.language == "zh" or unit == "percent" else f"{shown}\u00a0{named}" if named else shown

    def clause(self, ground: Ground) -> str:
        """Return a clause as a reader finds it: title and locator."""
        return self.clause_of(ground.clause)

    def clause_of(self, id_: str) -> str:
        """Return the clause of an id as a reader finds it."""
        source = self.assessment.rulebook.source_of(id_)
        clause = self.assessment.rulebook.clauses[id_]
        comma = "" if self.language == "zh" else ", "
        return f"{self.titled(source.short)}{comma}{self.locator(clause.locator)}"

    def locator(self, locator: Text) -> str:
        """Return where in a source a clause stands."""
        return wide_brackets(locator.zh) if self.language == "zh" else locator.en

    def cited(self, ground: Ground) -> Cited:
        """Return a clause as it is cited; one that is only a reference with how it stands."""
        practice = self.assessment.rulebook.source_of(ground.clause).level == "practice"
        if ground.force is Force.BINDING or practice:
            return Cited(ground.clause, self.clause(ground))
        standing = self.code("status", ground.status.value)
        return Cited(ground.clause, self.clause(ground), f"（{standing}）" if self.language == "zh" else f" ({standing})")

    def titled(self, title: Text) -> str:
        """Return a title, in the marks that Chinese puts around titles."""
        if self.language == "en":
            return title.en
        worded = wide_brackets(title.zh)
        return worded if "《" in worded else f"《{worded}》"

    def entity(self, entity: Entity) -> str:
        """Return what an entity is called: its name, else what kind of thing it is, else its id."""
        name = entity.name()
        if name is not None:
            return self.of(name)
        kind = next((entity.facts[key] for key in KINDS if key in entity.facts), None)
        if kind is None or not kind.value:
            return entity.id
        if isinstance(kind.value, frozenset) and len(kind.value) > MAX_CALLED:
            field = self.field(kind)
            codes = self._ordered(kind.value, field.enumeration if field else None)[:MAX_CALLED]
            return self.value(OpenSet(codes), field)
        return self.value(kind.value, self.field(kind))

    def is_called(self, entity: Entity) -> Fact | None:
        """Return the fact that an entity is called by, or None where it goes by its id."""
        keys = (*NAMES, *KINDS)
        return next((entity.facts[key] for key in keys if key in entity.facts and entity.facts[key].value), None)

    def question(self, asked: OpenQuestion) -> str:
        """Return a question, after the names of the entities that it is asked about."""
        names = list(dict.fromkeys(self.entity(entity) for entity in asked.entities))
        colon = "：" if self.language == "zh" else ": "
        if not names:
            return self.of(asked.text)
        shown = self.shortened(names)
        return f"{shown[:1].upper()}{shown[1:]}{colon}{self.of(asked.text)}"

    def facts(self, facts: Sequence[Fact], most: int | None = None) -> str:
        """Return facts in a row; those of listed things after what each is called, and what only names a thing not twice."""
        heads: dict[str, dict[str, list[str]]] = {}
        for fact in facts:
            entity = self.assessment.dossier.entity_at(fact.path)
            if entity is None:
                heads.setdefault(self.fact(fact), {})
                continue
            head = self.entity(entity)
            of = heads.setdefault(head, {})
            called, value = self.is_called(entity), self.of_fact(fact)
            if called is not None and called.path == fact.path:
                continue
            if parts(fact.path).name not in NAMING:
                of.setdefault(self._measured(fact, entity) or self._label_of(fact), []).append(value)
            elif head.casefold() not in value.casefold() and value.casefold() not in head.casefold():
                of.setdefault("", []).append(value)
        comma = "，" if self.language == "zh" else ", "
        return self.series((comma.join([head, *self._said(of)]) for head, of in heads.items()), most)

    def _measured(self, fact: Fact, entity: Entity) -> str:
        """Return what the target of a task measures, with the unit; nothing for other facts."""
        metric = entity.facts.get("metric")
        if metric is None or parts(fact.path).name != "value":
            return ""
        return self.value(metric.value, self.field(metric))

    def _label_of(self, fact: Fact) -> str:
        field = self.field(fact)
        derived = self.assessment.rulebook.derived.get(fact.path)
        listed = self.vocabulary.lists.get(fact.path)
        return self.of(next((one.label for one in (field, derived, listed) if one is not None), None)) or fact.path

    def _said(self, values: Mapping[str, list[str]]) -> list[str]:
        """Return what is said of things of one name, under each label once."""
        colon, slash = ("：", "／") if self.language == "zh" else (": ", " / ")
        said = []
        for label, each in values.items():
            distinct = list(dict.fromkeys(each))
            shown = slash.join(distinct[:MAX_ALIKE])
            if len(distinct) > MAX_ALIKE:
                shown += f"等{len(distinct)}种" if self.language == "zh" else f" and {len(distinct) - MAX_ALIKE} more"
            said.append(f"{label}{colon}{shown}" if label else shown)
        return said

    def evidence(self, fact: Fact) -> str:
        """Return the paper that a fact rests on, by its title in the language, and the page; nothing where it names none."""
        if fact.evidence is None:
            return ""
        papers = self.assessment.dossier.lists.get("documents")
        for paper in papers.entities if papers else ():
            title = paper.facts["title"].value if "title" in paper.facts else None
            if isinstance(title, Text) and (fact.evidence == title.zh or fact.evidence.startswith(f"{title.zh}, ")):
                return self.of(title) + self._page(fact.evidence.removeprefix(title.zh).removeprefix(", "))
        return fact.evidence

    def standing(self, said: str, fact: Fact) -> str:
        """Return what a document says of a fact, marked as planned where that is all it is."""
        if fact.strength is not Strength.PLANNED:
            return said
        planned = self.code("strength", "planned")
        return f"{said}（{planned}）" if self.language == "zh" else f"{said} ({planned})"

    def _page(self, page: str) -> str:
        if not page:
            return ""
        if self.language == "zh":
            return f"第{page}页" if page[0].isdigit() else page
        return f", page {page}" if page[0].isdigit() else f", {page}"

    def lines(self, facts: tuple[Fact, ...]) -> str:
        """Return the lines of the dossier that facts stand in, or the sheets and cells."""
        spots = self.spots(facts)
        return lines_phrase([spot.shown for spot in spots], self.language, cells=any(spot.cell for spot in spots))

    def spots(self, facts: Iterable[Fact]) -> tuple[Spot, ...]:
        """Return the places of the dossier that facts stand in, in their order: lines, or cells of a workbook."""
        places = [fact.place for fact in facts]
        cells = sorted({place for place in places if place.sheet is not None})
        if cells:
            return tuple(Spot(place.said().in_(self.language), order, cell=True) for order, place in enumerate(cells))
        return tuple(Spot(str(line), line) for line in sorted({place.line for place in places if place.line is not None}))

    @staticmethod
    def _ordered(codes: Any, enumeration: Enumeration | None) -> list[str]:
        return [code for code in enumeration.values if code in codes] if enumeration else sorted(codes)
