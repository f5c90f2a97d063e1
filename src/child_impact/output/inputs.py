"""What nothing may overwrite: the files that a run reads."""

import os
import stat
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from ..reading.text import Text
from ..rulebook.store import packaged

Identity = tuple[int, int]  # device and inode: the same for every name that a file has


class IsInput(FileExistsError):
    """A document would take the place of what it is made from. `text` says of what."""

    def __init__(self, path: Path) -> None:
        self.text = Text(f"{path} 是输入文件，不会被覆盖", f"{path} is an input and is not overwritten")
        super().__init__(self.text.en)


class Inputs:
    """Files by what they are, not by how they are called: links and other spellings are seen through.

    `files` are dossiers, records and the like; of a directory in `directories` (rules, templates) every file below it counts, and so do
    the rules and templates of the program. `streams` are descriptors, of standard input for instance, which may be a file too.
    """

    def __init__(self, files: Iterable[str | Path] = (), directories: Iterable[Path | None] = (), streams: Iterable[int] = ()) -> None:
        self._files = tuple(files)
        self._directories = tuple(directory for directory in directories if directory is not None)
        self._streams = tuple(streams)

    def refuse(self, path: Path, there: os.stat_result) -> None:
        """Raise `IsInput` if the file at `path`, of which `there` is known, is one of the inputs."""
        if (there.st_dev, there.st_ino) in self._known:
            raise IsInput(path)

    @cached_property
    def _known(self) -> frozenset[Identity]:
        """Return what the inputs are, looked up once however many documents there are."""
        return frozenset((*self._of(self._files), *self._of(self._below()), *self._of(self._streams)))

    def _below(self) -> Iterator[Path]:
        for directory in (*self._directories, packaged("rules"), packaged("templates")):
            for folder, _, names in os.walk(directory):
                yield from (Path(folder, name) for name in names)

    @staticmethod
    def _of(names: Iterable[str | Path | int]) -> Iterator[Identity]:
        for name in names:
            try:
                found = os.stat(name)  # noqa: PTH116 - of a descriptor too
            except (OSError, ValueError):  # what is not there cannot be overwritten
                continue
            if stat.S_ISREG(found.st_mode):
                yield found.st_dev, found.st_ino
