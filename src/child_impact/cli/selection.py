"""Which of the criteria's own cases to run: by id, by rule file, or by what changed."""

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import click

from ..reading.shape import nearest
from ..rulebook.cases import Case
from ..rulebook.model import Rulebook
from ..rulebook.uses import changed_derived, resting_on
from . import options
from .changes import Change


def of_ids(cases: Iterable[Case], ids: Sequence[str], rulebook: Rulebook) -> list[Case]:
    """Return the cases of criteria by id, by the beginning of an id up to a dot, or by a pattern with `*`.

    Raises a usage error where one of `ids` fits no criterion, with the nearest one.
    """
    wanted: set[str] = set()
    for one in ids:
        found = {id_ for id_ in rulebook.criteria if id_ == one or (one.endswith(".") and id_.startswith(one)) or fnmatchcase(id_, one)}
        if not found:
            raise options.no_criterion(one, rulebook)
        wanted |= found
    return [case for case in cases if case.criterion in wanted]


def of_files(cases: Sequence[Case], paths: Iterable[Path], directory: Path, files: Mapping[str, bytes], rulebook: Rulebook) -> list[Case]:
    """Return the cases that a rule file holds, or whose criterion rests on it. Raises a usage error where a path is no rule file."""
    chosen: set[int] = set()
    for path in paths:
        file = _rule_file(path, directory, files)
        resting = resting_on(file, rulebook)
        chosen |= {number for number, case in enumerate(cases) if case.place.file == file or case.criterion in resting}
    return [case for number, case in enumerate(cases) if number in chosen]


def of_changes(cases: Iterable[Case], changed: Iterable[Change], files: Mapping[str, bytes], rulebook: Rulebook) -> list[Case]:
    """Return the cases that changed themselves (by file), or whose criterion rests on what changed: its file, or a derived fact."""
    changed = list(changed)
    of_criteria: set[str] = set()
    for one in changed:
        derived = changed_derived(one.old, files[one.file]) if one.old is not None and one.file in files else None
        of_criteria |= resting_on(one.file, rulebook, derived)
    names = {one.file for one in changed}
    return [case for case in cases if case.place.file in names or case.criterion in of_criteria]


def _rule_file(path: Path, directory: Path, files: Mapping[str, bytes]) -> str:
    inside = directory.resolve()
    for place in (path.resolve(), (directory / path).resolve()):
        if place.is_relative_to(inside) and (name := place.relative_to(inside).as_posix()) in files:
            return name
    guess = nearest(path.as_posix(), files)
    hint = f"did you mean “{guess}”?" if guess else f"name one below {directory}"
    raise click.BadParameter(f"“{path}” is no rule file; {hint}", param_hint="--file")
