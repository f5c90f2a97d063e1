"""What is wrong with an input, where, and what to do about it."""

from collections.abc import Iterable
from typing import NamedTuple

from .text import Language, Text

_LETTERS = 26


class Place(NamedTuple):
    """A position in a file as its reader counts it: lines and columns from 1; None where no one place is meant.

    In a workbook `sheet` is the name of the sheet, `line` the row and `column` the column, which readers know as in `C4`.
    """

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None

    def __str__(self) -> str:
        if self.sheet is not None:
            return f"{self.file}:{self.cell()}"
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)

    def cell(self) -> str | None:
        """Return sheet and cell as spreadsheets write them, as in `道路!C4`; None where the place is in no sheet."""
        if self.sheet is None:
            return None
        return self.sheet if self.line is None else f"{self.sheet}!{self._address()}"

    def said(self) -> Text:
        """Return line, or sheet and cell, as a sentence names it; nothing where there is none."""
        if self.sheet is not None:
            address = self._address()
            return Text(f"表“{self.sheet}”{address}", f"sheet “{self.sheet}” {address}".rstrip())
        return Text(f"第 {self.line} 行", f"line {self.line}") if self.line is not None else Text("", "")

    def _address(self) -> str:
        return f"{column_letters(self.column) if self.column else ''}{self.line or ''}"


def column_letters(column: int) -> str:
    """Return the letters of a column, counted from 1, as spreadsheets show them: A, B … Z, AA."""
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return letters


class Problem(NamedTuple):
    """One thing that is wrong, its place, and what its author can do."""

    place: Place
    what: Text
    todo: Text

    def say(self, language: Language) -> str:
        """Return the problem as one line for a person."""
        arrow = "：" if language == "zh" else ": "
        return f"{self.place}{arrow}{self.what.in_(language)} → {self.todo.in_(language)}"


class InputRefused(Exception):
    """An input with problems; all that were found, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=_by_place))
        super().__init__("\n".join(problem.say("en") for problem in self.problems))


class DossierRefused(InputRefused):
    """A dossier that cannot be read or is not valid (exit code 4)."""


class RulesRefused(InputRefused):
    """Rules, vocabulary, sources or profiles that are not valid (exit code 3)."""


class TemplatesRefused(InputRefused):
    """Templates that are not valid (exit code 2: they are named by an option)."""


def _by_place(problem: Problem) -> tuple[str, str, int, int, Text]:
    place = problem.place
    return (place.file, place.sheet or "", place.line or 0, place.column or 0, problem.what)
