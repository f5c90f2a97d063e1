"""The words of a form: how each question is explained, and how answers are written, in one language."""

from collections.abc import Iterable
from decimal import Decimal

from ..assessment.needed import Need
from ..dossier.facts import Unlike, Value
from ..reading.text import Language, Text
from ..vocabulary.model import EntityList, Enumeration, Field, FieldType, Vocabulary
from ..vocabulary.values import PartialDate

MAX_TITLES = 2
NAMES = ("name", "title")
"""Fields that no criterion needs but a reader does: what an entry is called."""

NONE = Text("无", "none")
NOT_STATED = Text("未说明", "not stated")
YES, NO = Text("是", "yes"), Text("否", "no")
PLANNED, DONE = Text("计划", "planned"), Text("已完成", "done")
NOT_DONE, DEFERRED = Text("未开展", "not_done"), Text("暂缓", "deferred")
STANDINGS = {"not_done": NOT_DONE, "deferred": DEFERRED}

_DATE = Text("日期，如 2026-03-08、2026-03 或 2026", "a date such as 2026-03-08, 2026-03 or 2026")
_BOOLEAN = Text("是或否", "yes or no")
_ID = Text("代号，用文字、数字、点和短横线", "letters, digits, dots and hyphens")
_PLACE = Text("从省级写起的地名，或六位行政区划代码", "a name that begins with the province, or the six-digit code")
_TEXT = Text("文字", "text")
_BODY = Text("单位全称，如“某市教育局”", "the full name of a body, such as “city education bureau”")


class Guide:
    """Explains questions and writes answers in one language."""

    def __init__(self, vocabulary: Vocabulary, language: Language) -> None:
        self.vocabulary = vocabulary
        self.language: Language = language
        self.zh = language == "zh"

    def of(self, text: Text) -> str:
        """Return a text in the language."""
        return text.in_(self.language)

    def say(self, zh: str, en: str) -> str:
        """Return the one or the other."""
        return zh if self.zh else en

    def key(self, keyed: Field | EntityList) -> str:
        """Return the key of a field or a list as a dossier spells it."""
        return self.of(keyed.key)

    def named(self, enumeration: str, code: str) -> str:
        """Return the name of a code."""
        return self.of(self.vocabulary.enumerations[enumeration].values[code])

    def names(self, enumeration: Enumeration) -> list[str]:
        """Return the names of all values of a closed list."""
        return [self.of(name) for name in enumeration.values.values()]

    def join(self, parts: Iterable[str]) -> str:
        """Join parts of a list."""
        return ("、" if self.zh else ", ").join(parts)

    def allowed(self, field: Field) -> str:
        """Return what may be written: unit and bounds of a number, the values of a closed list, the form of a date."""
        match field.type:
            case FieldType.NUMBER | FieldType.INTEGER:
                return self._number(field)
            case FieldType.CHOICE | FieldType.CHOICES:
                return self.choices(field)
            case FieldType.BOOLEAN:
                return self.of(_BOOLEAN)
            case FieldType.DATE:
                return self.of(_DATE)
            case FieldType.IDENTIFIER:
                return self.of(_ID)
            case FieldType.PLACE:
                return self.of(_PLACE)
            case FieldType.BODY:
                return self.of(_BODY)
            case FieldType.REFERENCE:
                key = self.of(self.vocabulary.lists[field.to or ""].key)
                return self.say(f"“{key}”中一项的编号", f"the id of an entry of {key}")
            case FieldType.NOTE:
                return self.of(_TEXT)

    def choices(self, field: Field) -> str:
        """Return the values of a closed list, and whether several may be given."""
        assert field.enumeration is not None
        several = field.type is FieldType.CHOICES
        head = self.say("可多选：" if several else "选一项：", "any of: " if several else "one of: ")
        return head + ("、" if self.zh else "; ").join(self.names(field.enumeration))

    def _number(self, field: Field) -> str:
        whole = field.type is FieldType.INTEGER
        kind = self.say("整数" if whole else "数字", "a whole number" if whole else "a number")
        parts = [kind]
        if field.unit is not None:
            unit = self.of(self.vocabulary.units[field.unit])
            parts.append(self.say(f"单位：{unit}", f"in {unit}"))
        parts += self._bounds(field)
        return ("，" if self.zh else ", ").join(parts)

    def _bounds(self, field: Field) -> list[str]:
        low, high = field.minimum, field.maximum
        if low is not None and high is not None:
            return [self.say(f"{low}至{high}", f"from {low} to {high}")]
        if low:
            return [self.say(f"不小于{low}", f"at least {low}")]
        return [self.say(f"不大于{high}", f"at most {high}")] if high is not None else []

    def who(self, role: str) -> str:
        """Return who can answer."""
        return self.named("roles", role)

    def where(self, field: Field) -> str:
        """Return in which papers the answer stands; nothing where none is known."""
        return self.join(self.named("found_in", code) for code in field.found_in)

    def serves(self, need: Need | None) -> str:
        """Return which demands wait for an answer: the titles of the weightiest, and how many there are besides."""
        if need is None:
            return ""
        titles = list(dict.fromkeys(self.of(one.title) for one in need.criteria))
        if need.screening:
            titles.insert(0, self.say("是否应当评价", "whether an assessment is due"))
        more = len(titles) - MAX_TITLES
        shown = ("；" if self.zh else "; ").join(titles[:MAX_TITLES])
        return shown + (self.say(f"；另{more}项", f"; {more} more") if more > 0 else "")

    def source(self, role: str, field: Field | None, need: Need | None) -> str:
        """Return who can answer, where it is found and what it serves, in one line."""
        where, serves = self.where(field) if field is not None else "", self.serves(need)
        parts = [self.say(f"由{self.who(role)}回答", f"answered by the {self.who(role)}")]
        parts += [self.say(f"见{where}", f"see {where}")] if where else []
        parts += [self.say(f"用于：{serves}", f"serves: {serves}")] if serves else []
        return ("；" if self.zh else "; ").join(parts)

    def asked(self, field: Field) -> str:
        """Return a question with what may be written."""
        return f"{self.of(field.question)}（{self.allowed(field)}）" if self.zh else f"{self.of(field.question)} ({self.allowed(field)})"

    def value(self, value: Value | None, field: Field, written: str | None = None) -> str:
        """Return a value as an officer writes it, sets aside. `written` is used for places, whose address says more than their code."""
        if value is None:
            return self.of(NONE)
        if isinstance(value, bool):
            return self.of(YES if value else NO)
        if isinstance(value, Decimal):
            return f"{value:f}"
        if isinstance(value, PartialDate):
            return str(value)
        if isinstance(value, Text):
            return self.words(value)
        if isinstance(value, frozenset):
            return ("、" if self.zh else "; ").join(self.members(value, field)) or self.of(NONE)
        if isinstance(value, Unlike):
            return self.of(NOT_STATED)
        if field.type is FieldType.CHOICE:
            assert field.enumeration is not None
            return self.of(field.enumeration.values[value])
        return written or value

    def members(self, values: frozenset[str], field: Field) -> list[str]:
        """Return the names of the values of a set, in the order of the closed list."""
        assert field.enumeration is not None
        return [self.of(name) for code, name in field.enumeration.values.items() if code in values]

    def words(self, text: Text) -> str:
        """Return a text as a cell holds it."""
        return text.zh if text.zh == text.en else self.two_languages(text)

    def two_languages(self, text: Text) -> str:
        """Return a text that differs between the languages as a cell holds it."""
        return self.say(f"中文：{text.zh}\n英文：{text.en}", f"zh: {text.zh}\nen: {text.en}")
