"""The answers on the sheets of a workbook, each turned into the node that YAML gives."""

import re

from ..reading.nodes import Mapping, Node, Scalar, Sequence
from ..reading.problems import Place, Problem, Problems
from ..reading.text import Text, fold
from ..reading.workbook import Cell
from ..vocabulary.model import Field, FieldType, Vocabulary
from . import form_words as words
from .cells import text_of, wrong_kind
from .words import TEXT_KEYS, says_none, says_not_stated

ANY_TEXT = Field("", Text("", ""), Text("", ""), FieldType.NOTE, Text("", ""), "")
"""The field of what is no answer of the vocabulary: ids, papers and marks."""

_STRONG, _WEAK = re.compile(r"[;、\n]"), re.compile(r"[,;、\n]")
_LANGUAGE = f"({'|'.join(TEXT_KEYS)})[:：]"
_TWO_LANGUAGES = re.compile(rf"{_LANGUAGE}\s*(.+?)\s*\n{_LANGUAGE}\s*(.+)\Z", re.DOTALL)

_SEPARATE = Text("请取消合并，每格填一项", "unmerge the cells: one answer a cell")
_UNHIDE = Text("请取消隐藏，或删去内容", "unhide it, or remove what it holds")


class SheetAnswers:
    """Reads the answers of one workbook. What is wrong with a cell is added to `problems`."""

    def __init__(self, vocabulary: Vocabulary, problems: Problems) -> None:
        self.vocabulary = vocabulary
        self.problems = problems

    def supported(self, field: Field, place: Place, given: dict[str, Cell]) -> Node | None:
        """Return the node of an answer with what supports it, or None where nothing is given."""
        value = self._value(given["value"], field) if "value" in given else None
        support = [
            (key_at(name, one.place), (_in_two_languages(one) or one) if name == "note" else one)
            for name in words.SUPPORT
            if name in given and name != "lacks" and (one := self.scalar(given[name], ANY_TEXT)) is not None
        ]
        lacks = self.members(given["lacks"], field) if "lacks" in given else None
        if lacks is not None:
            is_open_set = field.type is FieldType.CHOICES and "complete" not in given
            has = ((key_at("has" if is_open_set else "value", place), value),) if value is not None else ()
            return Mapping(place, (*has, (key_at("lacks", lacks.place), lacks), *support))
        if not support:
            return value
        return Mapping(place, ((key_at("value", place), value or Scalar(place, "", plain=True)), *support))

    def members(self, cell: Cell, field: Field) -> Node | None:
        """Return the choices that a cell names, or None where it says nothing."""
        written = self.scalar(cell, field)
        if written is None or says_not_stated(written):
            return None
        return self._set(written, field) if field.enumeration is not None and not says_none(written) else written

    def _value(self, cell: Cell, field: Field) -> Node | None:
        written = self.scalar(cell, field)
        if written is None or says_none(written) or says_not_stated(written):
            return written
        if field.type is FieldType.CHOICES:
            return self._set(written, field)
        if field.type in (FieldType.NOTE, FieldType.BODY):
            return _in_two_languages(written) or written
        return written

    def _set(self, written: Scalar, field: Field) -> Node:
        assert field.enumeration is not None
        if field.enumeration.code(written.text) is not None:
            return written
        parts: list[str] = []
        for part in _split(written.text, _STRONG):
            parts += [part] if field.enumeration.code(part) is not None else _split(part, _WEAK)
        return Sequence(written.place, tuple(Scalar(written.place, part, plain=False) for part in parts))

    def scalar(self, cell: Cell, field: Field) -> Scalar | None:
        """Return what a cell says as a scalar, or None where it cannot be taken at its word."""
        self._in_plain_sight(cell)
        wrong = wrong_kind(cell, field, self.unit(field))
        if wrong is not None:
            self.problems.append(Problem(cell.place, *wrong))
            return None
        return Scalar(cell.place, text_of(cell, field), plain=not isinstance(cell.value, str) or field.type is FieldType.BOOLEAN)

    def unit(self, field: Field) -> Text | None:
        """Return the unit of an answer, or None where it has none."""
        return self.vocabulary.units[field.unit] if field.unit is not None else None

    def _in_plain_sight(self, cell: Cell) -> None:
        if cell.is_hidden:
            what = Text("填写内容在隐藏的行、列或表里", "the answer stands in a hidden row, column or sheet")
            self.problems.append(Problem(cell.place, what, _UNHIDE))
        if cell.is_merged:
            self.problems.append(Problem(cell.place, Text("填写内容在合并的单元格里", "the answer stands in merged cells"), _SEPARATE))


def key_at(name: str, place: Place) -> Scalar:
    """Return a key as YAML has it before a value."""
    return Scalar(place, name, plain=True)


def _split(text: str, separators: re.Pattern[str]) -> list[str]:
    return [part.strip() for part in separators.split(fold(text)) if part.strip()]


def _in_two_languages(written: Scalar) -> Mapping | None:
    """Return text in two languages, written as 中文: and 英文: (zh: and en:), each beginning a line."""
    match = _TWO_LANGUAGES.match(written.text)
    if match is None or {TEXT_KEYS[match[1]], TEXT_KEYS[match[3]]} != {"zh", "en"}:
        return None
    parts = [Scalar(written.place, part, plain=False) for part in match.groups()]
    return Mapping(written.place, ((parts[0], parts[1]), (parts[2], parts[3])))
