"""Strict workbooks: an .xlsx file of bounded size, read cell by cell, each with its place.

openpyxl parses; this module guards its size, and refuses what does not say plainly what it says: formulas without a stored result, errors.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from .problems import InputRefused, Place, Problem
from .text import Text

if TYPE_CHECKING:
    from zipfile import ZipFile

    from openpyxl import Workbook as Book
    from openpyxl.worksheet.worksheet import Worksheet

Value = bool | int | float | str | datetime | date | time | timedelta

MAX_BYTES = 5_000_000
MAX_UNPACKED = 50_000_000
MAX_PARTS = 1000
MAX_ROWS = 5000
MAX_COLUMNS = 200

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOK, _SHEETS = "xl/workbook.xml", "xl/worksheets/"
_FORMULA = re.compile(rb"<(\w+:)?f[ />]")
_SAVE_AS = Text("请用 Excel 或 WPS 打开，另存为 .xlsx 工作簿", "open it in a spreadsheet program and save it as an .xlsx workbook")
_INSTALL = Text(
    "请安装：pip install 'child-impact[xlsx]'，或改用 YAML 档案", "install it with: pip install 'child-impact[xlsx]', or use a YAML dossier"
)


class Cell(Struct, frozen=True):
    """A cell that holds something: its place, its value, whether it is shown as a percentage, and whether it is hidden or merged."""

    place: Place
    value: Value
    is_percentage: bool = False
    is_hidden: bool = False
    is_merged: bool = False


class Sheet:
    """One sheet: the cells that hold something, by row and column (from 1)."""

    def __init__(self, place: Place, name: str, cells: dict[tuple[int, int], Cell]) -> None:
        self.place = place
        self.name = name
        self.cells = cells

    def rows(self) -> list[int]:
        """Return the rows that hold something, from the top."""
        return sorted({row for row, _ in self.cells})

    def at(self, row: int, column: int) -> Cell | None:
        """Return a cell, or None if it is empty."""
        return self.cells.get((row, column))

    def row(self, row: int) -> list[Cell]:
        """Return the cells of a row that hold something, from the left."""
        return [cell for (at, _), cell in sorted(self.cells.items()) if at == row]

    def place_of(self, row: int, column: int) -> Place:
        """Return the place of a cell, empty or not."""
        return self.place._replace(line=row, column=column)


def is_workbook(data: bytes, file: str) -> bool:
    """Return whether a file means to be a workbook: by its first bytes, or by its name where the bytes are no text of ours."""
    return data.startswith((_ZIP, _OLE)) or file.lower().endswith((".xlsx", ".xlsm", ".xls"))


class Workbook:
    """A workbook whose sheets are read when they are asked for; `problems` collects what is wrong with their cells."""

    def __init__(self, data: bytes, file: str) -> None:
        """Open a workbook. Raises `InputRefused` where the bytes are none, it is locked or too large, or openpyxl is not installed."""
        self.file = file
        self.problems: list[Problem] = []
        has_formulas = self._checked(data)
        self._values = self._opened(data, values=True)
        self._formulas = self._opened(data, values=False) if has_formulas else None

    def names(self) -> list[str]:
        """Return the names of the sheets, in their order."""
        return [sheet.title for sheet in self._values.worksheets]

    def sheet(self, name: str) -> Sheet:
        """Return a sheet. Cells that cannot be read are left out and are among the problems."""
        sheet = self._values[name]
        place = Place(self.file, sheet=name)
        if sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS:
            what = Text(
                f"表有 {sheet.max_row} 行 {sheet.max_column} 列，超过上限（{MAX_ROWS} 行 {MAX_COLUMNS} 列）",
                f"the sheet has {sheet.max_row} rows and {sheet.max_column} columns, more than {MAX_ROWS} and {MAX_COLUMNS}",
            )
            todo = Text("请删去填写区以外的行和列（选中后“删除”，而不只是清空）", "delete the rows and columns beyond what is filled in")
            self.problems.append(Problem(place, what, todo))
            return Sheet(place, name, {})
        return Sheet(place, name, {(cell.place.line or 0, cell.place.column or 0): cell for cell in self._cells(sheet, place)})

    def _cells(self, sheet: "Worksheet", place: Place) -> Iterator[Cell]:
        hidden_rows = {row for row, one in sheet.row_dimensions.items() if one.hidden}
        spans = [range(one.min or 0, (one.max or 0) + 1) for one in sheet.column_dimensions.values() if one.hidden]
        hidden_columns = {column for span in spans for column in span}
        whole = sheet.sheet_state != "visible"
        merged = {at for span in sheet.merged_cells.ranges for at in span.cells}
        for row in sheet.iter_rows():
            for one in row:
                at = place._replace(line=one.row, column=one.column)
                value = one.value
                if isinstance(value, str):
                    value = value.strip()
                if value is None or value == "":
                    self._without_result(sheet.title, at)
                    continue
                if one.data_type == "e":
                    what = Text(f"单元格是错误值“{value}”", f"the cell holds the error {value}")
                    self.problems.append(Problem(at, what, Text("请改正公式，或直接填写", "mend the formula, or type the value")))
                    continue
                yield Cell(
                    at,
                    value if isinstance(value, Value) else str(value),
                    is_percentage="%" in (one.number_format or ""),
                    is_hidden=whole or one.row in hidden_rows or one.column in hidden_columns,
                    is_merged=(one.row, one.column) in merged,
                )

    def _without_result(self, sheet: str, at: Place) -> None:
        if self._formulas is None or self._formulas[sheet].cell(at.line or 1, at.column or 1).value is None:
            return
        what = Text("单元格是公式，文件里没有存它的结果", "the cell holds a formula whose result is not stored in the file")
        todo = Text("请用 Excel 打开并保存一次，或直接填写数值", "open and save the file in a spreadsheet program, or type the value")
        self.problems.append(Problem(at, what, todo))

    def _checked(self, data: bytes) -> bool:
        """Refuse what is no workbook or too large before anything is unpacked. Return whether there are formulas."""
        import zipfile

        if data.startswith(_OLE):
            if _ENCRYPTED in data:
                what = Text("工作簿设有打开密码", "the workbook is protected with a password")
                raise self._refused(what, Text("请取消打开密码后另存", "save it without the password"))
            raise self._refused(Text("这是旧版 .xls 工作簿", "this is a workbook of the old .xls kind"), _SAVE_AS)
        if len(data) > MAX_BYTES:
            raise self._too_large(len(data), MAX_BYTES)
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                return self._checked_parts(archive)
        except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, EOFError, ValueError):
            raise self._no_workbook() from None

    def _checked_parts(self, archive: "ZipFile") -> bool:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
            raise self._too_large(unpacked, MAX_UNPACKED)
        if _BOOK not in archive.namelist():
            raise self._no_workbook()
        has_formulas = False
        for part in parts:
            with archive.open(part) as unpacking:
                content = unpacking.read(part.file_size + 1)  # no more than is declared: a part that lies about its size is refused
            if len(content) > part.file_size:
                raise self._no_workbook()
            has_formulas |= part.filename.startswith(_SHEETS) and _FORMULA.search(content) is not None
        return has_formulas

    def _opened(self, data: bytes, *, values: bool) -> "Book":
        import warnings

        try:
            import openpyxl
        except ImportError:
            raise self._refused(Text("读取工作簿需要 openpyxl", "reading a workbook needs openpyxl"), _INSTALL) from None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of drop-downs and pictures that it does not keep: nothing is written back
                return openpyxl.load_workbook(BytesIO(data), data_only=values)
        except Exception:  # noqa: BLE001 - whatever openpyxl stumbles over, the file is no workbook that can be read
            raise self._no_workbook() from None

    def _no_workbook(self) -> InputRefused:
        return self._refused(Text("这不是能读的 .xlsx 工作簿", "this is no .xlsx workbook that can be read"), _SAVE_AS)

    def _too_large(self, size: int, limit: int) -> InputRefused:
        what = Text(f"工作簿有 {size} 字节，超过上限 {limit}", f"the workbook has {size} bytes, more than the limit of {limit}")
        return self._refused(what, Text("请删去图片和与评价无关的内容", "remove pictures and what the assessment does not need"))

    def _refused(self, what: Text, todo: Text) -> InputRefused:
        return InputRefused([Problem(Place(self.file), what, todo)])
