"""What is wrong with an input, where, and what to do about it."""

from collections.abc import Iterable
from typing import NamedTuple

from .text import Language, Text


class Place(NamedTuple):
    """A position in a file as its reader counts it: lines and columns from 1; None where no one place is meant."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in self if part is not None)


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


def _by_place(problem: Problem) -> tuple[str, int, int, Text]:
    place = problem.place
    return (place.file, place.line or 0, place.column or 0, problem.what)
