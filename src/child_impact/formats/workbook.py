"""Spreadsheets: sheets of headers and rows as the bytes of an .xlsx file.

XlsxWriter is an optional extra and is imported only here. What a person wrote is always text: no cell begins a formula or becomes a link.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ..reading.extras import need
from ..report.table import Cell, Sheet, width

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MAX_TEXT = 32_000
MAX_NAME = 31
WIDEST, NARROWEST = 60, 8
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CREATED = datetime(2000, 1, 1)  # of no meaning: the same input gives the same bytes


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return sheets as an .xlsx file, headers frozen and with filters. Raises `FormatUnavailable` where XlsxWriter is not installed."""
    xlsxwriter = need("xlsxwriter", "xlsx")
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": _CREATED})
        top = {"valign": "top", "text_wrap": True}
        formats = {
            "header": book.add_format({**top, "bold": True, "bottom": 1}),
            "text": book.add_format(top),
            "literal": book.add_format({**top, "quote_prefix": True}),
            "number": book.add_format({"valign": "top"}),
            "day": book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"}),
        }
        taken: list[str] = []
        for sheet in sheets:
            taken.append(_name(sheet.name, taken))
            _fill(book.add_worksheet(taken[-1]), sheet, formats)
    return buffer.getvalue()


def _fill(page: "Worksheet", sheet: Sheet, formats: dict[str, Any]) -> None:
    for column, header in enumerate(sheet.headers):
        page.write_string(0, column, header, formats["header"])
        cells = (_shown(row[column]) for row in sheet.rows)
        widest = max((width(line) for text in (header, *cells) for line in text.splitlines()), default=0)
        page.set_column(column, column, min(max(widest + 2, NARROWEST), WIDEST))
    for number, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            _write(page, number, column, cell, formats)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.headers) - 1)


def _write(page: "Worksheet", row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        style = "literal" if cell.startswith(_STARTS_FORMULA) else "text"
        page.write_string(row, column, cell[:MAX_TEXT], formats[style])
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, formats["day"])
    else:
        page.write_number(row, column, float(cell), formats["number"])


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _name(name: str, taken: Sequence[str]) -> str:
    """Return a name that Excel takes for a sheet and that no other sheet has."""
    plain = _NOT_IN_NAMES.sub(" ", name).strip("' ")[:MAX_NAME] or "1"
    known = {one.casefold() for one in taken}
    return next(one for one in (plain, *(f"{plain[: MAX_NAME - 4]} {number}" for number in range(2, 100))) if one.casefold() not in known)
