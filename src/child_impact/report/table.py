"""Tables: sheets of headers and rows, and tables for a terminal, aligned although Chinese characters are two columns wide."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Cell = str | int | Decimal | date | None

_GAP = "  "
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Sheet:
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


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows under their headers, each column as wide as its widest cell, with a final newline."""
    lines = [list(headers), *map(list, rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(headers))]
    return "".join(
        _GAP.join(cell + " " * (wide - width(cell)) for cell, wide in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def _width(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
