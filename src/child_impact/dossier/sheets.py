"""A dossier filled in as a workbook, turned into the tree that YAML gives, so that everything after reading is the same.

One sheet holds the single facts, a row each; every list has a sheet of its own, a row for each entry. Cells that are empty are left out.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from ..reading.nodes import Mapping, Node, Scalar, Sequence
from ..reading.problems import InputRefused, Place, Problem
from ..reading.shape import did_you_mean
from ..reading.text import Text, fold, is_chinese
from ..reading.workbook import Cell, Sheet, Workbook
from ..vocabulary.model import EntityList, Field, FieldType, Vocabulary
from . import form_words as words
from .words import TEXT_KEYS, says_none, says_not_stated, yes_or_no

_NUMBERS = (FieldType.NUMBER, FieldType.INTEGER)
_ANY_TEXT = Field("", Text("", ""), Text("", ""), FieldType.TEXT, Text("", ""), "")
_UNIT = re.compile(r"\s*\([^()]*\)\Z")
_STRONG, _WEAK = re.compile(r"[;、\n]"), re.compile(r"[,;、\n]")
_LANGUAGE = f"({'|'.join(TEXT_KEYS)})[:：]"
_TWO_LANGUAGES = re.compile(rf"{_LANGUAGE}\s*(.+?)\s*\n{_LANGUAGE}\s*(.+)\Z", re.DOTALL)

_RETYPE = Text("请把单元格格式改为“常规”后重新填写", "set the format of the cell to General and type it again")
_SEPARATE = Text("请取消合并，每格填一项", "unmerge the cells: one answer a cell")
_UNHIDE = Text("请取消隐藏，或删去内容", "unhide it, or remove what it holds")
_EITHER = Text("请改正其中一处", "correct the one or the other")


def read_sheets(data: bytes, file: str, vocabulary: Vocabulary) -> tuple[Node, list[Problem]]:
    """Return the tree of a dossier's workbook, and what is wrong with its cells; cells that are wrong are not in the tree.

    Raises `InputRefused` where the bytes are no workbook of this form.
    """
    workbook = Workbook(data, file)
    reader = _Reader(workbook, vocabulary)
    root = reader.read()
    return root, [*workbook.problems, *reader.problems]


class _Reader:
    def __init__(self, workbook: Workbook, vocabulary: Vocabulary) -> None:
        self.workbook = workbook
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []
        self.top: list[tuple[Scalar, Node]] = []
        self.groups: dict[str, list[tuple[Scalar, Node]]] = {}

    def read(self) -> Mapping:
        lists = {fold(spelling): one for one in self.vocabulary.lists.values() for spelling in one.key}
        names = self.workbook.names()
        root = Place(self.workbook.file)
        if not any(words.is_(name, words.FACTS) for name in names):
            what = Text(f"工作簿里没有“{words.FACTS.zh}”表", f"the workbook has no sheet “{words.FACTS.en}”")
            todo = Text(
                "请用 `child-impact new --format xlsx` 写出的表格填写", "fill in a form that `child-impact new --format xlsx` wrote"
            )
            raise InputRefused([*self.workbook.problems, Problem(root, what, todo)])
        for name in names:
            if words.is_(name, words.HELP) or words.is_(name, words.CHOICES):
                continue
            sheet = self.workbook.sheet(name)
            if words.is_(name, words.FACTS):
                self._facts(sheet)
            elif fold(name) in lists:
                self._list(sheet, lists[fold(name)])
            elif sheet.cells:
                self._unknown_sheet(sheet, [words.FACTS, *(one.key for one in self.vocabulary.lists.values())])
        groups = ((Scalar(entries[0][0].place, name, plain=True), entries) for name, entries in self.groups.items())
        return Mapping(root, (*self.top, *((key, Mapping(key.place, tuple(entries))) for key, entries in groups)))

    def _unknown_sheet(self, sheet: Sheet, known: list[Text]) -> None:
        what = Text(f"不认识的表“{sheet.name}”", f"unknown sheet “{sheet.name}”")
        guess = did_you_mean(sheet.name, [one.zh if is_chinese(sheet.name) else one.en for one in known])
        todo = Text(
            f"{guess.zh}自己的笔记请写在“{words.HELP.zh}”表，其余请删去",
            f"{guess.en} Keep notes on the sheet “{words.HELP.en}”, else remove it",
        )
        self._refuse(sheet.place, what, todo)

    def _facts(self, sheet: Sheet) -> None:
        columns = _FactColumns()
        head = next((row for row in sheet.rows() if any(columns.is_item(cell) for cell in sheet.row(row))), None)
        if head is None:
            what = Text(f"找不到表头“{words.ITEM.zh}”", f"the column “{words.ITEM.en}” is missing")
            self._refuse(sheet.place, what, Text("请恢复表头一行", "put the row of headings back"))
            return
        for cell in sheet.row(head):
            if not columns.take(cell):
                self._unknown_heading(cell, columns.known)
        fields = self._items()
        for row in sheet.rows():
            if row > head:
                self._fact(sheet, row, columns.at, fields)

    def _items(self) -> dict[str, tuple[str, Field]]:
        """Return the fields of the dossier by how the form names them, each with its group."""
        named: dict[str, tuple[str, Field]] = {}
        for group in self.vocabulary.groups.values():
            for field in group.fields.values():
                for above, key in zip(group.key, field.key, strict=True):
                    named[fold(f"{above}{words.DOT}{key}" if group.name else key)] = (group.name, field)
        return named

    def _fact(self, sheet: Sheet, row: int, columns: dict[str, int], fields: dict[str, tuple[str, Field]]) -> None:
        given = {name: cell for name, column in columns.items() if name != "item" and (cell := sheet.at(row, column)) is not None}
        item = sheet.at(row, columns["item"])
        if item is None:
            for cell in given.values():
                what = Text(f"这一行没有“{words.ITEM.zh}”", f"this row has no “{words.ITEM.en}”")
                self._refuse(cell.place, what, Text("请补上项目，或删去这一行", "add the item, or remove the row"))
            return
        found = fields.get(fold(str(item.value)))
        if found is None:
            chinese = is_chinese(str(item.value))
            known = [name for name in fields if is_chinese(name) == chinese]
            what = Text(f"不认识的项目“{item.value}”", f"unknown item “{item.value}”")
            self._refuse(item.place, what, did_you_mean(str(item.value), known))
            return
        group, field = found
        place = sheet.place_of(row, columns.get("value", columns["item"]))
        node = self._supported(field, place, given)
        if node is not None:
            entries = self.groups.setdefault(group, []) if group else self.top
            entries.append((Scalar(place, field.name, plain=True), node))

    def _list(self, sheet: Sheet, entities: EntityList) -> None:
        if not sheet.cells:
            return
        head = next((row for row in sheet.rows() if (cell := sheet.at(row, 1)) and words.is_(str(cell.value), words.ID)), None)
        if head is None:
            what = Text(f"找不到表头“{words.ID.zh}”（应在第一列）", f"the column “{words.ID.en}” is missing (it comes first)")
            self._refuse(sheet.place, what, Text("请恢复表头一行", "put the row of headings back"))
            return
        columns = _EntityColumns(entities)
        for cell in sheet.row(head):
            if not columns.take(cell):
                self._unknown_heading(cell, columns.known)
        complete = self._completeness(sheet, head)
        rows = [row for row in sheet.rows() if row > head]
        items: list[Node] = [one for row in rows if (one := self._entity(sheet, row, columns)) is not None]
        self._put_list(sheet, entities, items, complete)

    def _put_list(self, sheet: Sheet, entities: EntityList, items: list[Node], complete: Scalar | None) -> None:
        key = Scalar(sheet.place, entities.name, plain=True)
        if complete is None or says_not_stated(complete):
            if items:
                self.top.append((key, Sequence(sheet.place, tuple(items))))
            return
        said = yes_or_no(complete)
        mark = Text(f"“{words.LIST_COMPLETE.zh}”", f"“{words.LIST_COMPLETE.en}”")
        if says_none(complete):
            if items:
                self._refuse(complete.place, Text("写了“无”，下面却列有内容", "it says none, but entries follow"), _EITHER)
            self.top.append((key, Scalar(complete.place, "none", plain=True)))
        elif said is None:
            what = Text(f"{mark.zh}不能写“{complete.text}”", f"{mark.en} cannot be “{complete.text}”")
            self._refuse(complete.place, what, Text("请写是、否、无或未说明", "write yes, no, none or not stated"))
        elif said and not items:
            what = Text(f"{mark.zh}写了“是”，下面却没有内容", f"{mark.en} says yes, but no entry follows")
            self._refuse(complete.place, what, Text("没有的写“无”；不清楚的写“未说明”", "write none if there is none, else not stated"))
        elif items:
            listed = Sequence(sheet.place, tuple(items))
            wrapped = ((self._key("items", sheet.place), listed), (self._key("complete", complete.place), complete))
            self.top.append((key, Mapping(sheet.place, wrapped)))

    def _completeness(self, sheet: Sheet, head: int) -> Scalar | None:
        for row in range(1, head):
            label = sheet.at(row, 1)
            if label is not None and words.is_(str(label.value), words.LIST_COMPLETE):
                cell = sheet.at(row, 2)
                return self._scalar(cell, _ANY_TEXT) if cell is not None else None
        return None

    def _entity(self, sheet: Sheet, row: int, columns: "_EntityColumns") -> Mapping | None:
        cells = {column: cell for column in columns.all if (cell := sheet.at(row, column)) is not None}
        if not cells:
            return None
        place = sheet.place_of(row, 1)
        entries: list[tuple[Scalar, Node]] = []
        for column, (name, support) in columns.own.items():
            if column in cells and (own := self._scalar(cells[column], _ANY_TEXT)) is not None:
                entries.append((self._key(support or name, own.place), own))
        for name, at in columns.fields.items():
            field = columns.entities.fields[name]
            given = {part: cells[column] for part, column in at.items() if column in cells}
            node = self._supported(field, sheet.place_of(row, at.get("value", 1)), given)
            if node is not None:
                entries.append((Scalar(node.place, name, plain=True), node))
        return Mapping(place, tuple(entries))

    def _supported(self, field: Field, place: Place, given: dict[str, Cell]) -> Node | None:
        """Return the node of an answer with what supports it, or None where nothing is given."""
        value = self._value(given["value"], field) if "value" in given else None
        support = [
            (self._key(name, one.place), one)
            for name in words.SUPPORT
            if name in given and (one := self._scalar(given[name], _ANY_TEXT)) is not None
        ]
        if not support:
            return value
        return Mapping(place, ((self._key("value", place), value or Scalar(place, "", plain=True)), *support))

    def _value(self, cell: Cell, field: Field) -> Node | None:
        written = self._scalar(cell, field)
        if written is None or says_none(written) or says_not_stated(written):
            return written
        if field.type is FieldType.CHOICES:
            return self._set(written, field)
        if field.type is FieldType.TEXT:
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

    def _scalar(self, cell: Cell, field: Field) -> Scalar | None:
        """Return what a cell says as a scalar, or None where it cannot be taken at its word."""
        self._in_plain_sight(cell)
        wrong = _wrong_kind(cell, field)
        if wrong is not None:
            self._refuse(cell.place, *wrong)
            return None
        text = _text(cell.value)
        return Scalar(cell.place, text, plain=not isinstance(cell.value, str) or field.type is FieldType.BOOLEAN)

    def _in_plain_sight(self, cell: Cell) -> None:
        if cell.is_hidden:
            self._refuse(cell.place, Text("填写内容在隐藏的行、列或表里", "the answer stands in a hidden row, column or sheet"), _UNHIDE)
        if cell.is_merged:
            self._refuse(cell.place, Text("填写内容在合并的单元格里", "the answer stands in merged cells"), _SEPARATE)

    def _unknown_heading(self, cell: Cell, known: Iterable[str]) -> None:
        spelled = str(cell.value)
        what = Text(f"不认识的表头“{spelled}”", f"unknown heading “{spelled}”")
        self._refuse(cell.place, what, did_you_mean(spelled, [one for one in known if is_chinese(one) == is_chinese(spelled)]))

    def _key(self, name: str, place: Place) -> Scalar:
        return Scalar(place, name, plain=True)

    def _refuse(self, place: Place, what: Text, todo: Text) -> None:
        self.problems.append(Problem(place, what, todo))


class _FactColumns:
    """Where the columns of the facts stand: `item`, `value`, and what supports an answer. Columns that only explain are passed over."""

    def __init__(self) -> None:
        self.at: dict[str, int] = {}
        self.read = {"item": words.ITEM, "value": words.ANSWER, **words.SUPPORT}
        self.told = (words.QUESTION, words.ALLOWED, words.WHO, words.WHERE, words.SERVES)
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


class _EntityColumns:
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

    def take(self, cell: Cell) -> bool:
        """Take a heading such as “距离（米）” or “距离.出处”; return whether it is known and new."""
        column = cell.place.column or 0
        spelled = _UNIT.sub("", fold(str(cell.value)))
        key, _, part = spelled.partition(words.DOT)
        field = next((one for one in self.entities.fields.values() if key in map(fold, one.key)), None)
        if field is not None:
            support = _named(part, words.SUPPORT) if part else "value"
            at = self.fields.setdefault(field.name, {})
            if support is None or support in at:
                return False
            at[support] = column
            return True
        own = _named(spelled, {"id": words.ID, **words.SUPPORT})
        if own is None or own == "complete" or any(name == own for name, _ in self.own.values()):
            return False
        self.own[column] = (own, "")
        return True


def _named(spelled: str, known: dict[str, Text]) -> str | None:
    return next((name for name, heading in known.items() if words.is_(spelled, heading)), None)


def _split(text: str, separators: re.Pattern[str]) -> list[str]:
    return [part.strip() for part in separators.split(fold(text)) if part.strip()]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{Decimal(format(value, '.15g')):f}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _wrong_kind(cell: Cell, field: Field) -> tuple[Text, Text] | None:
    """Return what is wrong where a spreadsheet holds another kind of value than the answer's."""
    value = cell.value
    if isinstance(value, time | timedelta) or (isinstance(value, date) and field.type is not FieldType.DATE):
        shown = _text(value)
        return Text(f"单元格被当成了日期或时间（{shown}）", f"the cell was turned into a date or time ({shown})"), _RETYPE
    if field.type not in _NUMBERS:
        return None
    if isinstance(value, bool):
        return Text("单元格是逻辑值，不是数字", "the cell holds true or false, not a number"), _RETYPE
    if cell.is_percentage and isinstance(value, int | float):
        shown = f"{_text(round(value * 100, 10))}%"
        what = Text(f"单元格是百分比格式，显示 {shown}，值却是 {_text(value)}", f"the cell shows {shown} and holds {_text(value)}")
        return what, Text(
            "请把单元格格式改为“常规”，按所示单位填写", "set its format to General and type the figure in the unit that is shown"
        )
    if isinstance(value, str) and _is_number(value):
        return Text(f"“{value}”存成了文字，不是数字", f"“{value}” is stored as text, not as a number"), _RETYPE
    return None


def _is_number(text: str) -> bool:
    try:
        return Decimal(fold(text)).is_finite()
    except InvalidOperation:
        return False


def _in_two_languages(written: Scalar) -> Mapping | None:
    """Return text in two languages, written as 中文: and 英文: (zh: and en:), each beginning a line."""
    match = _TWO_LANGUAGES.match(written.text)
    if match is None or {TEXT_KEYS[match[1]], TEXT_KEYS[match[3]]} != {"zh", "en"}:
        return None
    parts = [Scalar(written.place, part, plain=False) for part in match.groups()]
    return Mapping(written.place, ((parts[0], parts[1]), (parts[2], parts[3])))
