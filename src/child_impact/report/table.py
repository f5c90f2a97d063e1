"""Tables: sheets of headers and rows, and tables for a terminal, aligned although Chinese characters are two columns wide."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

Cell = str | int | Decimal | date | None

_GAP = "  "
_ELLIPSIS = "…"


class Sheet(Struct, frozen=True):
    """One sheet: its name, the headers of its columns, and rows of as many cells (None: empty)."""

    name: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(_width(letter) for letter in text)


def shortened(text: str, columns: int) -> str:
    """Return a text on one line, cut to that many columns with an ellipsis where it is longer."""
    line = " ".join(text.split())
    if width(line) <= columns:
        return line
    kept, room = "", columns - width(_ELLIPSIS)
    for letter in line:
        room -= _width(letter)
        if room < 0:
            break
        kept += letter
    return kept + _ELLIPSIS


def table(rows: Sequence[Sequence[str]], figures: Sequence[int] = ()) -> str:
    """Return rows in aligned columns, one a line; the columns `figures` (from 0) to the right. Empty without rows."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        padded = [(cell, " " * (wide - width(cell))) for cell, wide in zip(row, widths, strict=True)]
        cells = [blank + cell if index in figures else cell + blank for index, (cell, blank) in enumerate(padded)]
        lines.append(_GAP.join(cells).rstrip() + "\n")
    return "".join(lines)


def _width(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
