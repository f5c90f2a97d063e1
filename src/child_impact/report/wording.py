"""How values and codes read in a document of one language."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from ..assessment.comparison import Held
from ..assessment.model import Assessment, Finding, Force, Ground, Obligation, Verdict
from ..assessment.questions import OpenQuestion
from ..dossier.facts import Entity, Fact, OpenSet, Value
from ..reading.text import Language, Text
from ..vocabulary.model import Enumeration, Field, FieldType
from ..vocabulary.values import PartialDate
from .rows import Cited, Spot

MAX_NAMES = 6
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def series(parts: Iterable[str], language: Language, most: int | None = None) -> str:
    """Join parts that may hold commas of their own, each once; of more than `most`, say how many there are beyond."""
    each = list(dict.fromkeys(parts))
    shown = ("；" if language == "zh" else "; ").join(each[:most])
    beyond = len(each) - most if most is not None else 0
    if beyond <= 0:
        return shown
    return f"{shown}；另有{beyond}项" if language == "zh" else f"{shown}; and {beyond} more"


def lines_phrase(lines: Sequence[str], language: Language, *, cells: bool) -> str:
    """Return lines (or cells) of the dossier as a phrase, or nothing."""
    if not lines:
        return ""
    if cells:
        return ("、" if language == "zh" else ", ").join(lines)
    if language == "zh":
        return f"第{'、'.join(lines)}行"
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(lines)}"


class Wording:
    """Words an assessment in one language. `words` are those of the templates, for codes."""

    def __init__(self, assessment: Assessment, words: dict[str, dict[str, Text]], language: Language) -> None:
        self.assessment = assessment
        self.vocabulary = assessment.rulebook.vocabulary
        self.words = words
        self.language: Language = language

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

    def join(self, parts: list[str]) -> str:
        """Join parts of a list."""
        return ("、" if self.language == "zh" else ", ").join(parts)

    def series(self, parts: Iterable[str], most: int | None = None) -> str:
        """Join parts that may hold commas of their own, each once; of more than `most`, say how many there are beyond."""
        return series(parts, self.language, most)

    def verdict(self, finding: Finding | Held) -> str:
        """Return the word for a verdict. “Not met” is said only where a binding demand is required."""
        if finding.verdict is not Verdict.NOT_MET:
            return self.code("verdict", finding.verdict.value)
        if finding.force is Force.REFERENCE:
            return self.code("verdict", "below_reference")
        return self.code("verdict", "not_met" if finding.obligation is Obligation.REQUIRED else "improve")

    def field(self, fact: Fact) -> Field | None:
        """Return the vocabulary's field of a fact."""
        head, bracket, tail = fact.path.partition("[")
        if bracket:
            return self.vocabulary.lists[head].fields[tail.partition("].")[2]]
        return self.vocabulary.fact(fact.path)

    def fact(self, fact: Fact) -> str:
        """Return a fact as “label: value”."""
        field = self.field(fact)
        derived = self.assessment.rulebook.derived.get(fact.path)
        label = self.of(field.label) if field else self.of(derived.label) if derived else fact.path
        colon = "：" if self.language == "zh" else ": "
        return f"{label}{colon}{self.value(fact.value, field)}"

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
        if field is not None and field.type is FieldType.PLACE:
            return self.join([self.division(code) for code in ([value] if isinstance(value, str) else sorted(value))])
        enumeration = field.enumeration if field else None
        codes = [value] if isinstance(value, str) else self._ordered(value, enumeration)
        shown = self.join([self.of(enumeration.values[code]) if enumeration else code for code in codes])
        return shown + ("等" if self.language == "zh" else " and maybe more") if isinstance(value, OpenSet) else shown

    def division(self, code: str) -> str:
        """Return the name of an administrative division, or its code where the vocabulary has no name for it."""
        return next((name for name, known in self.vocabulary.places.items() if known == code), code)

    def number(self, number: Decimal, unit: str | None) -> str:
        """Return a number with its unit."""
        whole = number == number.to_integral_value()
        shown = f"{int(number)}" if whole else f"{number.normalize():f}"
        if unit is None:
            return shown
        one = self.words["one"].get(unit) if number == 1 else None
        named = self.of(one or self.vocabulary.units[unit])
        return f"{shown}{named}" if self.language == "zh" or unit == "percent" else f"{shown} {named}"

    def day(self, day: PartialDate) -> str:
        """Return a date to the precision that it is known."""
        first, last = day.first, day.last
        if self.language == "en":
            month = f"{_MONTHS[first.month - 1]} {first.year}"
            return f"{first.day} {month}" if first == last else month if first.month == last.month else f"{first.year}"
        if first == last:
            return f"{first.year}年{first.month}月{first.day}日"
        return f"{first.year}年{first.month}月" if first.month == last.month else f"{first.year}年"

    def clause(self, ground: Ground) -> str:
        """Return a clause as a reader finds it: title and locator."""
        source = self.assessment.rulebook.source_of(ground.clause)
        clause = self.assessment.rulebook.clauses[ground.clause]
        comma = "" if self.language == "zh" else ", "
        return f"{self.titled(source.short)}{comma}{self.of(clause.locator)}"

    def cited(self, ground: Ground) -> Cited:
        """Return a clause as it is cited; one that is only a reference with how it stands."""
        practice = self.assessment.rulebook.source_of(ground.clause).level == "practice"
        if ground.force is Force.BINDING or practice:
            return Cited(ground.clause, self.clause(ground))
        standing = self.code("status", ground.status.value)
        return Cited(ground.clause, self.clause(ground), f"（{standing}）" if self.language == "zh" else f" ({standing})")

    def titled(self, title: Text) -> str:
        """Return a title, in the marks that Chinese puts around titles."""
        worded = self.of(title)
        return worded if self.language == "en" or "《" in worded else f"《{worded}》"

    def entity(self, entity: Entity) -> str:
        """Return what an entity is called: its name, else what kind of thing it is, else its id."""
        name = entity.name()
        if name is not None:
            return self.of(name)
        kind = next((entity.facts[key] for key in ("kind", "place", "area", "with", "topic") if key in entity.facts), None)
        return self.value(kind.value, self.field(kind)) if kind is not None and kind.value else entity.id

    def question(self, asked: OpenQuestion) -> str:
        """Return a question, after the names of the entities that it is asked about."""
        names = list(dict.fromkeys(self.entity(entity) for entity in asked.entities))
        colon = "：" if self.language == "zh" else ": "
        return f"{self.shortened(names)}{colon}{self.of(asked.text)}" if names else self.of(asked.text)

    def shortened(self, names: list[str]) -> str:
        """Return a few names, and how many more there are."""
        shown = self.join(names[:MAX_NAMES])
        if len(names) <= MAX_NAMES:
            return shown
        return f"{shown}等{len(names)}项" if self.language == "zh" else f"{shown} and {len(names) - MAX_NAMES} more"

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
