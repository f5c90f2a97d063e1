"""What the parts of a workbook unfold to, counted in the XML before a library unfolds them, and what a sheet says beside its values.

An .xlsx file of a thousand bytes may name a merged range of billions of cells. Here every part is scanned once, without keeping it:
document types (and so entities) are refused, and cells, ranges, columns, elements, attributes and text are bounded. The same scan notes
which rows and columns are hidden, which cells are merged, and which hold a formula without a stored result.
"""

import posixpath
import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from msgspec import Struct, field

from .problems import InputRefused, Place, Problem
from .text import Text

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

MAX_ROWS = 5000
MAX_COLUMNS = 200
MAX_CELLS = 50_000
"""Cells of all sheets; a form filled in to the full has some 9,000."""
MAX_MERGED = 20_000
"""Cells that the merged ranges of a sheet cover."""
MAX_SHEETS = 200
MAX_LIGHT = 400_000
MAX_OTHER = 40_000
"""Elements of all parts: those that hold cells and their text, and all others, which cost a library more."""
MAX_DEPTH = 60
MAX_ATTRIBUTES = 20_000
MAX_ALL_ATTRIBUTES = 2_000_000
MAX_RUN = 200_000
"""Characters between two tags; above, in the attributes of one element, and of all: a range is written with three and costs far more."""

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_XML = (".xml", ".rels", ".vml")
_LIGHT = frozenset({"row", "c", "v", "f", "is", "t", "si", "r"})
_CHUNK = 1 << 20
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?\Z")
_TRUE = ("1", "true", "on")


class Unreadable(Exception):
    """The XML is not what a workbook holds."""


class SheetMarks(Struct):
    """What the XML of a sheet says beside its values: hidden rows and columns (from 1), and cells that are merged or lack a result."""

    last_row: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: set[tuple[int, int]] = field(default_factory=set)
    without_result: list[tuple[int, int]] = field(default_factory=list)


def scan(archive: "ZipFile", file: str) -> dict[str, SheetMarks]:
    """Return the marks of each sheet by its name.

    Raises `InputRefused` where the workbook unfolds to more than it may, `Unreadable` where it is none.
    """
    scanner = _Scanner(file)
    parts = {part.filename: part for part in archive.infolist()}
    for name in sorted(parts, key=lambda name: name not in (BOOK, RELATIONS)):
        if name.lower().endswith(_XML):
            scanner.part(archive, parts[name])
    return scanner.by_name()


class _Scanner:
    """Scans part after part; what is counted is counted over all of them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.cells = self.light = self.other = self.attributes = 0
        self.sheets: list[tuple[str, str]] = []
        self.targets: dict[str, str] = {}
        self.marks: dict[str, SheetMarks] = {}

    def part(self, archive: "ZipFile", part: "ZipInfo") -> None:
        one = _Part(self, part.filename)
        left = part.file_size
        try:
            with archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:  # a part that lies about its size
                        raise Unreadable
                    one.parser.Parse(chunk, False)
                one.parser.Parse(b"", True)
        except expat.ExpatError:
            raise Unreadable from None
        if one.marks is not None:
            self.marks[part.filename] = one.marks

    def by_name(self) -> dict[str, SheetMarks]:
        found = {}
        targets = [self.targets.get(id_) for _, id_ in self.sheets]
        if len(set(targets)) < len(targets) or len({name for name, _ in self.sheets}) < len(targets):
            raise Unreadable  # two sheets of one name or of one part
        for (name, _), target in zip(self.sheets, targets, strict=True):
            if target in self.marks:
                found[name] = self.marks[target]
        return found

    def called(self, part: str) -> str:
        """Return the name of the sheet that a part holds, as far as it is known."""
        return next((name for name, id_ in self.sheets if self.targets.get(id_) == part), part)

    def too_large(self, part: str, what: Text, todo: Text) -> InputRefused:
        return InputRefused([Problem(Place(self.file, sheet=self.called(part)), what, todo)])


class _Part:
    """One part: expat calls, this counts."""

    def __init__(self, scanner: _Scanner, name: str) -> None:
        self.scanner = scanner
        self.name = name
        self.marks: SheetMarks | None = None
        self.path: list[str] = []
        self.row = self.column = self.run = 0
        self.formula = self.result = False
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction

    def _doctype(self, *_: object) -> None:
        what = Text("工作簿里有文档类型声明或实体声明", "the workbook declares a document type or entities")
        raise self.scanner.too_large(
            self.name, what, Text("请用 Excel 或 WPS 打开，另存为 .xlsx", "open it in a spreadsheet program and save it again")
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        self._count(tag, attributes)
        above = self.path[-1] if self.path else ""
        self.path.append(tag)
        if not above and tag == "worksheet":
            self.marks = SheetMarks()
        if self.marks is not None:
            self._in_sheet(self.marks, tag, above, attributes)
        elif self.name == BOOK and tag == "sheet":
            self._sheet(attributes)
        elif self.name == RELATIONS and tag == "Relationship":
            target = attributes.get("Target", "")
            self.scanner.targets[attributes.get("Id", "")] = posixpath.normpath(target[1:] if target.startswith("/") else f"xl/{target}")

    def _count(self, tag: str, attributes: dict[str, str]) -> None:
        scanner = self.scanner
        self.run = 0
        if tag in _LIGHT:
            scanner.light += 1
        else:
            scanner.other += 1
        if attributes:
            length = sum(map(len, attributes.values()))
            scanner.attributes += length if tag not in _LIGHT else 0
            if length > MAX_ATTRIBUTES or scanner.attributes > MAX_ALL_ATTRIBUTES:
                raise self._too_much()
        if scanner.light > MAX_LIGHT or scanner.other > MAX_OTHER or len(self.path) > MAX_DEPTH:
            raise self._too_much()

    def _sheet(self, attributes: dict[str, str]) -> None:
        id_ = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
        self.scanner.sheets.append((attributes.get("name", ""), id_))
        if len(self.scanner.sheets) > MAX_SHEETS:
            raise self._too_much()

    def _in_sheet(self, marks: SheetMarks, tag: str, above: str, attributes: dict[str, str]) -> None:
        if above == "row":  # whatever stands in a row is taken for a cell
            self._cell(marks, attributes)
        elif tag == "row":
            row = _number(attributes.get("r"), self.row + 1)
            if row <= self.row:
                raise Unreadable
            self.row, self.column = row, 0
            if attributes.get("hidden") in _TRUE:
                marks.hidden_rows.add(row)
        elif tag == "f":
            self.formula = True
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            first, last = (_number(attributes.get(end), 1) for end in ("min", "max"))
            marks.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))
        elif tag == "mergeCell":
            self._merged(marks, attributes.get("ref", ""))

    def _cell(self, marks: SheetMarks, attributes: dict[str, str]) -> None:
        self.formula = self.result = False
        if "r" in attributes:
            at = _CELL.match(attributes["r"])
            if at is None or int(at[2]) != self.row:
                raise Unreadable
            column = _column(at[1])
        else:
            column = self.column + 1
        if column <= self.column:
            raise Unreadable
        self.column = column
        marks.last_row = self.row
        self.scanner.cells += 1
        if self.row > MAX_ROWS or column > MAX_COLUMNS:
            raise self.scanner.too_large(
                self.name,
                Text(
                    f"第 {self.row} 行第 {column} 列有单元格，超过上限（{MAX_ROWS} 行 {MAX_COLUMNS} 列）",
                    f"there is a cell in row {self.row}, column {column}, beyond the limit of {MAX_ROWS} rows and {MAX_COLUMNS} columns",
                ),
                Text("请删去填写区以外的行和列（选中后“删除”，而不只是清空）", "delete the rows and columns beyond what is filled in"),
            )
        if self.scanner.cells > MAX_CELLS:
            raise self._too_much()

    def _merged(self, marks: SheetMarks, ref: str) -> None:
        span = _RANGE.match(ref)
        if span is None:
            raise Unreadable
        left, top = _column(span[1]), int(span[2])
        right, bottom = _column(span[3] or span[1]), int(span[4] or span[2])
        covered = max(0, right - left + 1) * max(0, bottom - top + 1)
        if covered + len(marks.merged) > MAX_MERGED:
            what = Text(f"合并的单元格 {ref} 等超过 {MAX_MERGED} 格", f"merged ranges such as {ref} cover more than {MAX_MERGED} cells")
            raise self.scanner.too_large(self.name, what, Text("请取消合并", "unmerge the cells"))
        marks.merged |= {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}

    def _end(self, _: str) -> None:
        tag = self.path.pop()
        self.run = 0
        if self.marks is not None and tag == "c" and self.formula and not self.result:
            self.marks.without_result.append((self.row, self.column))

    def _text(self, text: str) -> None:
        self.run += len(text)
        if self.run > MAX_RUN:
            raise self._too_much()
        if not self.result and self.path and self.path[-1] in ("v", "t") and text.strip():
            self.result = True

    def _comment(self, text: str) -> None:
        if len(text) > MAX_RUN:
            raise self._too_much()

    def _instruction(self, _: str, text: str) -> None:
        self._comment(text)

    def _too_much(self) -> InputRefused:
        what = Text(f"工作簿内容太多（上限 {MAX_CELLS} 个单元格）", f"the workbook holds too much (limit: {MAX_CELLS} cells)")
        todo = Text("请删去与评价无关的表、行、列和格式", "delete sheets, rows, columns and formats that the assessment does not need")
        return self.scanner.too_large(self.name, what, todo)


def _number(written: str | None, default: int) -> int:
    if written is None:
        return default
    if not (written.isascii() and written.isdecimal() and len(written) <= 10):  # noqa: PLR2004 - what fits in any counter
        raise Unreadable
    return int(written)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
