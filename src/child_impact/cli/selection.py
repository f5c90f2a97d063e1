"""Which of the criteria's own cases to run: by id, by rule file, or by what changed."""

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import click
from msgspec import Struct

from ..reading.shape import nearest
from ..rulebook.cases import Case, load_cases
from ..rulebook.model import Rulebook
from ..rulebook.uses import changed_derived, resting_on
from . import options
from .changes import Change


class Wanted(Struct, frozen=True):
    """The cases of some criteria, and all cases that some files hold (posix paths in the rules directory)."""

    criteria: frozenset[str]
    files: frozenset[str] = frozenset()

    def takes(self, case: Case) -> bool:
        """Return whether a case is wanted."""
        return case.criterion in self.criteria or case.place.file in self.files

    def may_stand_in(self, file: str, text: bytes) -> bool:
        """Return whether a file may hold such a case: it need not be read where no id stands in it, nor anything that may spell one."""
        return file in self.files or b"\\" in text or any(id_.encode() in text for id_ in self.criteria)


def load_wanted(files: Mapping[str, bytes], wanted: Iterable[Wanted]) -> list[Case]:
    """Read the cases that are wanted in every respect (with none: all). Raises `RulesRefused` where a file is not of the form."""
    wanted = list(wanted)
    near = {name: text for name, text in files.items() if all(one.may_stand_in(name, text) for one in wanted)}
    return [case for case in load_cases(near) if all(one.takes(case) for one in wanted)]


def of_ids(ids: Sequence[str], rulebook: Rulebook) -> Wanted:
    """Return the cases of criteria by id, by the beginning of an id up to a dot, or by a pattern with `*`.

    Raises a usage error where one of `ids` fits no criterion, with the nearest one.
    """
    criteria: set[str] = set()
    for one in ids:
        found = {id_ for id_ in rulebook.criteria if id_ == one or (one.endswith(".") and id_.startswith(one)) or fnmatchcase(id_, one)}
        if not found:
            raise options.no_criterion(one, rulebook)
        criteria |= found
    return Wanted(frozenset(criteria))


def of_files(paths: Iterable[Path], directory: Path, files: Mapping[str, bytes], rulebook: Rulebook) -> Wanted:
    """Return the cases that rule files hold, or whose criterion rests on them. Raises a usage error where a path is no rule file."""
    names = frozenset(_rule_file(path, directory, files) for path in paths)
    return Wanted(frozenset[str]().union(*(resting_on(name, rulebook) for name in names)), names)


def of_changes(changed: Iterable[Change], files: Mapping[str, bytes], rulebook: Rulebook) -> Wanted:
    """Return the cases that changed themselves (by file), or whose criterion rests on what changed: its file, or a derived fact."""
    criteria: set[str] = set()
    names: set[str] = set()
    for one in changed:
        derived = changed_derived(one.old, files[one.file]) if one.old is not None and one.file in files else None
        criteria |= resting_on(one.file, rulebook, derived)
        names.add(one.file)
    return Wanted(frozenset(criteria), frozenset(names))


def _rule_file(path: Path, directory: Path, files: Mapping[str, bytes]) -> str:
    inside = directory.resolve()
    for place in (path.resolve(), (directory / path).resolve()):
        if place.is_relative_to(inside) and (name := place.relative_to(inside).as_posix()) in files:
            return name
    guess = nearest(path.as_posix(), files)
    hint = f"did you mean “{guess}”?" if guess else f"name one below {directory}"
    raise click.BadParameter(f"“{path}” is no rule file; {hint}", param_hint="--file")
