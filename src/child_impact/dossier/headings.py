"""The headings of a workbook's sheets: which column holds which answer, and what supports it."""

import re

from ..reading.text import Text, fold
from ..reading.workbook import Cell
from ..vocabulary.model import EntityList, Field
from . import form_words as words

_UNIT = re.compile(r"\s*\(((?:[^()]|\([^()]*\))*)\)\Z")
"""The unit behind a heading; it may have brackets of its own, as in dB(A)."""


class FactColumns:
    """Where the columns of the facts stand: `item`, `value`, and what supports an answer. Columns that only explain are passed over."""

    def __init__(self) -> None:
        self.at: dict[str, int] = {}
        self.read = {"item": words.ITEM, "value": words.ANSWER, "allowed": words.ALLOWED, **words.SUPPORT}
        self.told = (words.QUESTION, words.WHO, words.WHERE, words.SERVES)
        self.known = [spelling for one in (*self.read.values(), *self.told) for spelling in one]

    def is_item(self, cell: Cell) -> bool:
        """Return whether a cell is the heading of the items."""
        return words.is_(str(cell.value), words.ITEM)

    def take(self, cell: Cell) -> bool:
        """Take a heading; return whether it is known."""
        for name, heading in self.read.items():
            if words.is_(str(cell.value), heading) and name not in self.at:
                self.at[name] = cell.place.column or 0
                return True
        return any(words.is_(str(cell.value), heading) for heading in self.told)


class EntityColumns:
    """Where the columns of a list stand: those of each field (`value` and what supports it) and those of the entry itself."""

    def __init__(self, entities: EntityList) -> None:
        self.entities = entities
        self.own: dict[int, tuple[str, str]] = {}
        self.fields: dict[str, dict[str, int]] = {}
        self.known = [spelling for field in entities.fields.values() for spelling in field.key]

    @property
    def all(self) -> list[int]:
        """Return all columns that are read."""
        return [*self.own, *(column for at in self.fields.values() for column in at.values())]

    def unit_that_differs(self, cell: Cell, units: dict[str, Text]) -> Text | None:
        """Return the unit of a field where its heading names another one."""
        spelled = fold(str(cell.value))
        named = _UNIT.search(spelled)
        field = self._field(_UNIT.sub("", spelled))
        if named is None or field is None or field.unit is None:
            return None
        unit = units[field.unit]
        return None if named[1].strip() in map(fold, unit) else unit

    def _field(self, key: str) -> Field | None:
        return next((one for one in self.entities.fields.values() if key in map(fold, one.key)), None)

    def take(self, cell: Cell) -> bool:
        """Take a heading such as “距离（米）” or “距离.出处”; return whether it is known and new."""
        column = cell.place.column or 0
        spelled = _UNIT.sub("", fold(str(cell.value)))
        key, _, part = spelled.partition(words.DOT)
        field = self._field(key)
        if field is not None:
            support = _named(part, words.SUPPORT) if part else "value"
            at = self.fields.setdefault(field.name, {})
            if support is None or support in at:
                return False
            at[support] = column
            return True
        own = _named(spelled, words.OF_AN_ENTRY)
        if own is None or any(name == own for name, _ in self.own.values()):
            return False
        self.own[column] = (own, "")
        return True


def _named(spelled: str, known: dict[str, Text]) -> str | None:
    return next((name for name, heading in known.items() if words.is_(spelled, heading)), None)
