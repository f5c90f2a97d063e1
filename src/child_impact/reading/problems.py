"""What is wrong with an input, where, and what to do about it."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, Self

from .letters import visible
from .text import Language, Text

MAX_SHOWN = 50
"""How many problems of one input are said; of the others only their number."""
MAX_FOUND = 100
"""How many problems are looked for in one input before its reading stops."""
_MAX_QUOTED = 80
_MAX_SAID = 600
_MAX_SHEET = 60
_LETTERS = 26
_QUOTED = re.compile("“([^”]*)”")
_UNFORESEEN = (ArithmeticError, MemoryError, RecursionError)


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
            return f"{self.file}:{_cut(self.cell() or '', _MAX_SHEET)}"
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
        """Return the problem as one line for a person: what it quotes is cut where it is long, and shown where it is not seen."""
        arrow = "：" if language == "zh" else ": "
        what, todo = (_sayable(one.in_(language)) for one in (self.what, self.todo))
        return f"{visible(str(self.place))}{arrow}{what} → {todo}"


class Problems(list[Problem]):
    """Problems as they are found. Where there are `MAX_FOUND` of them, the reading ends: adding one raises `InputRefused` with all."""

    def append(self, problem: Problem) -> None:
        """Add one."""
        self.extend((problem,))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add several."""
        super().extend(problems)
        if len(self) >= MAX_FOUND:
            raise InputRefused(self)

    def __iadd__(self, problems: Iterable[Problem]) -> Self:  # type: ignore[override,misc]
        self.extend(problems)
        return self


class InputRefused(Exception):
    """An input with problems; all that were found, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=_by_place))
        super().__init__("\n".join(self.lines("en")))

    def lines(self, language: Language) -> list[str]:
        """Return the problems for a person, one a line: the first `MAX_SHOWN`, and how many there are besides."""
        return shown(self.problems, language)


class DossierRefused(InputRefused):
    """A dossier that cannot be read or is not valid (exit code 4)."""


class RulesRefused(InputRefused):
    """Rules, vocabulary, sources or profiles that are not valid (exit code 3)."""


class TemplatesRefused(InputRefused):
    """Templates that are not valid (exit code 2: they are named by an option)."""


def shown(problems: Iterable[Problem], language: Language) -> list[str]:
    """Return problems for a person, one a line: the first `MAX_SHOWN`, and how many there are besides."""
    problems = tuple(problems)
    lines = [problem.say(language) for problem in problems[:MAX_SHOWN]]
    more = len(problems) - MAX_SHOWN
    if more > 0:
        file, at_least = visible(problems[-1].place.file), len(problems) >= MAX_FOUND
        zh = f"{file}：另有{'至少' * at_least} {more} 处问题没有列出 → 请先改正以上各处，再运行一次"
        en = f"{file}: and {'at least ' * at_least}{more} more → mend the ones above first, then run it again"
        lines.append(zh if language == "zh" else en)
    return lines


@contextmanager
def refusing(type_: type[InputRefused], file: str) -> Iterator[None]:
    """Let whatever is wrong with an input come out as `type_`, with the file's name.

    The readers bound what they unfold; should an input still exhaust the machine or its arithmetic, this input is refused and no other.
    """
    try:
        yield
    except type_:
        raise
    except InputRefused as refused:
        raise type_(refused.problems) from None
    except _UNFORESEEN as error:
        what = Text(f"内容超出本程序的处理能力（{type(error).__name__}）", f"it holds more than can be processed ({type(error).__name__})")
        todo = Text("请精简：去掉过长的数字、过深的嵌套和过大的表", "simplify it: no very long numbers, deep nesting or huge tables")
        raise type_([Problem(Place(file), what, todo)]) from None


def _sayable(text: str) -> str:
    return _cut(_QUOTED.sub(lambda found: f"“{_cut(found[1], _MAX_QUOTED)}”", visible(text[: _MAX_SAID * 10])), _MAX_SAID)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _by_place(problem: Problem) -> tuple[str, str, int, int, Text]:
    place = problem.place
    return (place.file, place.sheet or "", place.line or 0, place.column or 0, problem.what)
