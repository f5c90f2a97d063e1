"""Strict workbooks: an .xlsx file of bounded size, read cell by cell, each with its place.

openpyxl parses, a row at a time; before that `workbook_parts` has looked at what the file unfolds to. What does not say plainly what it
says is refused: formulas without a stored result, errors, text that holds what is not seen.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from .kinds import kind_of_package
from .letters import CONTROL, RETYPE, unseen
from .problems import InputRefused, Place, Problem, Problems
from .text import Text
from .workbook_parts import BOOK, SheetMarks, Unreadable, scan

if TYPE_CHECKING:
    from zipfile import ZipFile

    from openpyxl import Workbook as Book

Value = bool | int | float | str | datetime | date | time | timedelta

MAX_BYTES = 5_000_000
MAX_UNPACKED = 20_000_000
MAX_PARTS = 1000
MAX_TEXT = 20_000
"""Characters of one cell."""
MAX_ALL_TEXT = 4_000_000

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SAVE_AS = Text("请用 Excel 或 WPS 打开，另存为 .xlsx 工作簿", "open it in a spreadsheet program and save it as an .xlsx workbook")
_INSTALL = Text(
    "请安装：pip install 'child-impact[xlsx]'，或改用 YAML 档案", "install it with: pip install 'child-impact[xlsx]', or use a YAML dossier"
)


class Cell(Struct, frozen=True):
    """A cell that holds something: its place, its value, the format that it is shown in, and whether it is hidden, merged or struck out."""

    place: Place
    value: Value
    shown_as: str = "General"
    is_hidden: bool = False
    is_merged: bool = False
    is_struck: bool = False


class Sheet:
    """One sheet: the cells that hold something, by row and column (from 1)."""

    def __init__(self, place: Place, name: str, cells: dict[tuple[int, int], Cell]) -> None:
        self.place = place
        self.name = name
        self.cells = cells
        self._rows: dict[int, list[Cell]] = {}
        for (row, _), cell in sorted(cells.items(), key=lambda one: one[0]):
            self._rows.setdefault(row, []).append(cell)

    def rows(self) -> list[int]:
        """Return the rows that hold something, from the top."""
        return list(self._rows)

    def at(self, row: int, column: int) -> Cell | None:
        """Return a cell, or None if it is empty."""
        return self.cells.get((row, column))

    def row(self, row: int) -> list[Cell]:
        """Return the cells of a row that hold something, from the left."""
        return self._rows.get(row, [])

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
        self.problems = Problems()
        self._text_left = MAX_ALL_TEXT
        self._marks = self._checked(data)
        self._book = self._opened(data)
        if not set(self.names()) <= self._marks.keys():
            raise self._no_workbook()

    def names(self) -> list[str]:
        """Return the names of the sheets, in their order."""
        return [sheet.title for sheet in self._book.worksheets]

    def sheet(self, name: str) -> Sheet:
        """Return a sheet. Cells that cannot be read are left out and are among the problems."""
        place = Place(self.file, sheet=name)
        marks = self._marks[name]
        for row, column in marks.without_result:
            what = Text("单元格是公式，文件里没有存它的结果", "the cell holds a formula whose result is not stored in the file")
            todo = Text("请用 Excel 打开并保存一次，或直接填写数值", "open and save the file in a spreadsheet program, or type the value")
            self.problems.append(Problem(place._replace(line=row, column=column), what, todo))
        try:
            return Sheet(place, name, {(cell.place.line or 0, cell.place.column or 0): cell for cell in self._cells(name, marks, place)})
        except (InputRefused, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - whatever openpyxl stumbles over, the file is no workbook that can be read
            raise self._no_workbook() from None

    def _cells(self, name: str, marks: SheetMarks, place: Place) -> Iterator[Cell]:
        sheet: Any = self._book[name]
        sheet.reset_dimensions()  # rows are as long as what stands in them, whatever the file says of the whole
        whole = sheet.sheet_state != "visible"
        for row in sheet.iter_rows(min_row=1, max_row=marks.last_row) if marks.last_row else ():
            for one in row:
                if one.value is None:
                    continue
                at = place._replace(line=one.row, column=one.column)
                value = self._text(at, one.value) if isinstance(one.value, str) else one.value
                if value is None or value == "":
                    continue
                if one.data_type == "e":
                    what = Text(f"单元格是错误值“{value}”", f"the cell holds the error {value}")
                    self.problems.append(Problem(at, what, Text("请改正公式，或直接填写", "mend the formula, or type the value")))
                    continue
                yield Cell(
                    at,
                    value if isinstance(value, Value) else str(value),
                    shown_as=one.number_format or "General",
                    is_hidden=whole or one.row in marks.hidden_rows or one.column in marks.hidden_columns,
                    is_merged=(one.row, one.column) in marks.merged,
                    is_struck=bool(one.font is not None and one.font.strike),
                )

    def _text(self, place: Place, text: str) -> str | None:
        """Return the text of a cell as it was typed, or None where it cannot be taken."""
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n").strip()
        self._text_left -= len(text)
        if self._text_left < 0:
            what = Text("工作簿里的文字太多", "the workbook holds too much text")
            raise self._refused(what, Text("请删去与评价无关的内容", "remove what the assessment does not need"))
        wrong = unseen(text)
        if len(text) > MAX_TEXT:
            wrong = Text(
                f"文字有 {len(text)} 字，超过上限 {MAX_TEXT}", f"the text has {len(text)} characters, more than the limit of {MAX_TEXT}"
            )
        elif CONTROL.search(text):
            wrong = Text("单元格含有控制字符", "the cell holds a control character")
        if wrong is None:
            return text
        self.problems.append(Problem(place, wrong, RETYPE))
        return None

    def _checked(self, data: bytes) -> dict[str, SheetMarks]:
        """Refuse what is no workbook or too large before openpyxl unpacks anything. Return the marks of each sheet by its name."""
        import zipfile
        import zlib

        if data.startswith(_OLE):
            if _ENCRYPTED in data:
                what = Text("工作簿设有打开密码", "the workbook is protected with a password")
                raise self._refused(what, Text("请取消打开密码后另存", "save it without the password"))
            raise self._refused(Text("这是旧版 .xls 工作簿或 .doc 文件", "this is a file of the old .xls or .doc kind"), _SAVE_AS)
        if len(data) > MAX_BYTES:
            raise self._too_large(len(data), MAX_BYTES)
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                self._check_parts(archive)
                return scan(archive, self.file)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, RuntimeError, EOFError, ValueError, Unreadable):
            raise self._no_workbook() from None

    def _check_parts(self, archive: "ZipFile") -> None:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
            raise self._too_large(unpacked, MAX_UNPACKED)
        names = archive.namelist()
        if BOOK not in names:
            kind = kind_of_package(names)
            raise self._no_workbook() if kind is None else self._refused(*kind)
        if len(set(names)) < len(names):
            raise self._no_workbook()

    def _opened(self, data: bytes) -> "Book":
        import warnings

        try:
            import openpyxl
        except ImportError:
            raise self._refused(Text("读取工作簿需要 openpyxl", "reading a workbook needs openpyxl"), _INSTALL) from None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of drop-downs and pictures that it does not keep: nothing is written back
                return openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - whatever openpyxl stumbles over, the file is no workbook that can be read
            raise self._no_workbook() from None

    def _no_workbook(self) -> InputRefused:
        return self._refused(Text("这不是能读的 .xlsx 工作簿", "this is no .xlsx workbook that can be read"), _SAVE_AS)

    def _too_large(self, size: int, limit: int) -> InputRefused:
        what = Text(f"工作簿有 {size} 字节，超过上限 {limit}", f"the workbook has {size} bytes, more than the limit of {limit}")
        return self._refused(what, Text("请删去图片和与评价无关的内容", "remove pictures and what the assessment does not need"))

    def _refused(self, what: Text, todo: Text) -> InputRefused:
        return InputRefused([Problem(Place(self.file), what, todo)])
