"""A dossier filled in as a workbook, turned into the tree that YAML gives, so that everything after reading is the same.

One sheet holds the single facts, a row each; every list has a sheet of its own, a row for each entry. Cells that are empty are left out.
"""

import re
from collections.abc import Iterable

from ..reading.nodes import Mapping, Node, Scalar
from ..reading.problems import InputRefused, Place, Problem, Problems
from ..reading.shape import did_you_mean
from ..reading.text import Text, fold, is_chinese
from ..reading.workbook import Cell, Sheet, Workbook
from ..vocabulary.model import EntityList, Field, Vocabulary
from . import form_words as words
from .headings import EntityColumns, FactColumns
from .list_marks import ListMarks, strayed
from .old_vocabulary import with_old_keys
from .sheet_answers import ANY_TEXT, SheetAnswers, key_at

_HEADING = Text("请恢复表头，并按该单位填写", "put the heading back, and give the figures in that unit")
_MARK, _ABOUT = 2, 3
_TOTALS = frozenset({"合计", "小计", "总计", "共计", "累计", "total", "subtotal", "sum", "grandtotal"})
_EITHER = Text("请改正其中一处", "correct the one or the other")


def read_sheets(data: bytes, file: str, vocabulary: Vocabulary) -> tuple[Node, list[Problem]]:
    """Return the tree of a dossier's workbook, and what is wrong with its cells; cells that are wrong are not in the tree.

    Raises `InputRefused` where the bytes are no workbook of this form.
    """
    workbook = Workbook(data, file)
    reader = _Reader(workbook, with_old_keys(vocabulary, ANY_TEXT.type))  # that an old key moved is said of it as it is of one in YAML
    root = reader.read()
    return root, [*workbook.problems, *reader.problems]


class _Reader:
    def __init__(self, workbook: Workbook, vocabulary: Vocabulary) -> None:
        self.workbook = workbook
        self.vocabulary = vocabulary
        self.problems = Problems()
        self.answers = SheetAnswers(vocabulary, self.problems)
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
        columns = FactColumns()
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
            elif row < head:
                self._refuse_stray(sheet.row(row), head)
        self._refuse_unheaded(sheet, head)

    def _items(self) -> dict[str, tuple[str, Field]]:
        """Return the fields of the dossier by how the form names them, each with its group."""
        named: dict[str, tuple[str, Field]] = {}
        for group in self.vocabulary.groups.values():
            for field in group.fields.values():
                for above, key in zip(group.key, field.key, strict=True):
                    named[fold(f"{above}{words.DOT}{key}" if group.name else key)] = (group.name, field)
        return named

    def _fact(self, sheet: Sheet, row: int, columns: dict[str, int], fields: dict[str, tuple[str, Field]]) -> None:
        given = {
            name: cell
            for name, column in columns.items()
            if name not in ("item", "allowed") and (cell := sheet.at(row, column)) is not None
        }
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
        self._unit_stands(sheet.at(row, columns.get("allowed", 0)), field)
        place = sheet.place_of(row, columns.get("value", columns["item"]))
        node = self.answers.supported(field, place, given)
        if node is not None:
            entries = self.groups.setdefault(group, []) if group else self.top
            entries.append((Scalar(place, field.name, plain=True), node))

    def _unit_stands(self, cell: Cell | None, field: Field) -> None:
        """Refuse a row whose column of units says another one than the answer's."""
        unit = self.answers.unit(field)
        if cell is None or unit is None:
            return
        said = fold(str(cell.value))
        if not any(re.search(rf"(?<!\w){re.escape(fold(one))}(?!\w)", said) for one in unit):
            what = Text(f"这一列写的是“{cell.value}”，这里的单位是{unit.zh}", f"this says “{cell.value}”; the unit here is {unit.en}")
            self._refuse(cell.place, what, Text("请恢复原文，并按该单位填写", "put back what it said, and give the figure in that unit"))

    def _list(self, sheet: Sheet, entities: EntityList) -> None:
        if not sheet.cells:
            return
        head = next((row for row in sheet.rows() if (cell := sheet.at(row, 1)) and words.is_(str(cell.value), words.ID)), None)
        if head is None:
            what = Text(f"找不到表头“{words.ID.zh}”（应在第一列）", f"the column “{words.ID.en}” is missing (it comes first)")
            self._refuse(sheet.place, what, Text("请恢复表头一行", "put the row of headings back"))
            return
        columns = EntityColumns(entities)
        for cell in sheet.row(head):
            if not columns.take(cell):
                self._unknown_heading(cell, columns.known)
            unit = columns.unit_that_differs(cell, self.vocabulary.units)
            if unit is not None:
                what = Text(
                    f"表头“{cell.value}”的单位不对，这里要填的是{unit.zh}", f"the heading “{cell.value}” has another unit than {unit.en}"
                )
                self._refuse(cell.place, what, _HEADING)
        marks = ListMarks(sheet, entities, self.answers, self.problems)
        self._refuse_stray(marks.read(head), head)
        self._refuse_unheaded(sheet, head)
        rows = [row for row in sheet.rows() if row > head]
        items: list[Node] = [one for row in rows if (one := self._entity(sheet, row, columns)) is not None]
        node = marks.node(items)
        if node is not None:
            self.top.append((Scalar(sheet.place, entities.name, plain=True), node))

    def _refuse_stray(self, cells: Iterable[Cell], head: int) -> None:
        self.problems += strayed(cells, head)

    def _refuse_unheaded(self, sheet: Sheet, head: int) -> None:
        headed = {cell.place.column for cell in sheet.row(head)}
        for cell in sheet.cells.values():
            if (cell.place.line or 0) > head and cell.place.column not in headed:
                what = Text("这一列没有表头，内容不会被读取", "the column has no heading: it is not read")
                self._refuse(cell.place, what, Text("请删去，或移到有表头的列", "remove it, or move it under a heading"))

    def _entity(self, sheet: Sheet, row: int, columns: EntityColumns) -> Mapping | None:
        cells = {column: cell for column in columns.all if (cell := sheet.at(row, column)) is not None}
        if not cells:
            return None
        place = sheet.place_of(row, 1)
        first = cells.get(1)
        if first is not None and fold(str(first.value)).replace(" ", "").lower() in _TOTALS:
            what = Text(f"“{first.value}”一行不是本表的一项", f"the row “{first.value}” is no entry")
            self._refuse(first.place, what, Text("请删去合计行", "remove the row of totals"))
            return None
        entries: list[tuple[Scalar, Node]] = []
        for column, (name, support) in columns.own.items():
            if column in cells and (own := self.answers.scalar(cells[column], ANY_TEXT)) is not None:
                entries.append((key_at(support or name, own.place), own))
        for name, at in columns.fields.items():
            field = columns.entities.fields[name]
            given = {part: cells[column] for part, column in at.items() if column in cells}
            node = self.answers.supported(field, sheet.place_of(row, at.get("value", 1)), given)
            if node is not None:
                entries.append((Scalar(node.place, name, plain=True), node))
        return Mapping(place, tuple(entries))

    def _unknown_heading(self, cell: Cell, known: Iterable[str]) -> None:
        spelled = str(cell.value)
        what = Text(f"不认识的表头“{spelled}”", f"unknown heading “{spelled}”")
        self._refuse(cell.place, what, did_you_mean(spelled, [one for one in known if is_chinese(one) == is_chinese(spelled)]))

    def _refuse(self, place: Place, what: Text, todo: Text) -> None:
        self.problems.append(Problem(place, what, todo))
