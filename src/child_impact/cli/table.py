"""Tables for a terminal, in which wide (Chinese) letters take two columns."""

import unicodedata
from collections.abc import Sequence

GAP = "  "


def width(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def table(rows: Sequence[Sequence[str]], figures: Sequence[int] = ()) -> str:
    """Return rows in aligned columns, one a line; the columns `figures` (from 0) to the right. Empty without rows."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = []
        for index, (cell, wide) in enumerate(zip(row, widths, strict=True)):
            blank = " " * (wide - width(cell))
            cells.append(f"{blank}{cell}" if index in figures else f"{cell}{blank}")
        lines.append(GAP.join(cells).rstrip() + "\n")
    return "".join(lines)
