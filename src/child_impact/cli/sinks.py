"""Where documents go: standard output, one file, or a directory."""

import errno
import os
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from ..output.files import NewFile, Target, clear, may_write, reason, write_all
from ..output.inputs import Inputs
from ..reading.problems import Place, Problem
from ..reading.text import Text
from .streams import emit

_ALL_OVER = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.ESTALE}  # what the next dossier would meet too
Files = Iterable[tuple[str, bytes]]


class CannotWrite(Exception):
    """Nothing more can be written to where documents were to go."""

    def __init__(self, where: Text, error: OSError) -> None:
        why = reason(error)
        self.text = Text(f"无法写入{where.zh}：{why.zh}", f"cannot write {where.en}: {why.en}")
        super().__init__(self.text.en)


class NotPlaced(Exception):
    """The documents of one dossier cannot be written where they belong; those of others can. `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.say("en"))


class Sink(ExitStack):
    """Takes the documents of one dossier after the other, or one file that all share. As a context it takes back what is not finished."""

    def put(self, _owner: str, files: Files) -> None:
        """Write the documents of a dossier, of the file `_owner`. Raises `CannotWrite` or `NotPlaced`."""
        for name, data in files:
            self.stream(name, (data,))

    @abstractmethod
    def stream(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write one file, under this name where there is a choice, piece by piece as they are made. Raises `CannotWrite`."""


class StandardOutput(Sink):
    """Standard output."""

    def stream(self, _name: str, pieces: Iterable[bytes]) -> None:
        """Write a document."""
        for data in pieces:
            with _or_nothing(Text("标准输出", "to standard output")):
                emit(data)


class OneFile(Sink):
    """One file, which stays as it is until all of the new content is written. Raises `CannotWrite` where that cannot begin."""

    def __init__(self, path: Path, inputs: Inputs) -> None:
        super().__init__()
        self._shown = named(path)
        try:
            target = Target(path, inputs)
            if target.is_file:
                clear(target.path.parent)
            self._new = self.enter_context(NewFile(target))
        except OSError as error:
            raise CannotWrite(self._shown, error) from None

    def stream(self, _name: str, pieces: Iterable[bytes]) -> None:
        """Write a document."""
        for data in pieces:
            with _or_nothing(self._shown):
                self._new.write(data)
        with _or_nothing(self._shown):
            self._new.place()


class Directory(Sink):
    """A directory, made if it is not there; each file in it is whole. Raises `CannotWrite` where nothing can be written there."""

    def __init__(self, path: Path, inputs: Inputs) -> None:
        super().__init__()
        self._path = path
        self._inputs = inputs
        self._owners: dict[str, str] = {}
        with _or_nothing(named(path)):
            if not os.path.isdir(path):  # noqa: PTH112 - where a path is too long, Path.is_dir raises
                path.mkdir()
                self.callback(self._remove_empty)
            if not may_write(path):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            clear(path)

    def put(self, owner: str, files: Files) -> None:
        """Write all documents of a dossier, or none."""
        made = dict(files)
        alike = {name.casefold(): name for name in made}  # as some file systems see them
        taken = next((name for name in alike if name in self._owners), None)
        if taken is not None:
            other = self._owners[taken]
            what = Text(
                f"文书未写出：{alike[taken]} 已是 {other} 的文书",
                f"its documents are not written: {alike[taken]} is one of {other} already",
            )
            raise NotPlaced(Problem(Place(owner), what, Text("请给两份档案不同的编号", "give the two dossiers ids that differ")))
        self._owners |= dict.fromkeys(alike, owner)
        try:
            write_all({self._path / name: data for name, data in made.items()}, self._inputs)
        except OSError as error:
            if error.errno in _ALL_OVER:
                raise CannotWrite(named(self._path), error) from None
            why, where = reason(error), error.filename or self._path
            what = Text(f"文书未写出，无法写入 {where}：{why.zh}", f"its documents are not written: cannot write {where}: {why.en}")
            raise NotPlaced(Problem(Place(owner), what, Text("请换一个目录", "choose another directory"))) from None

    def stream(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write one file for all dossiers."""
        with OneFile(self._path / name, self._inputs) as file:
            file.stream(name, pieces)

    def _remove_empty(self) -> None:
        with suppress(OSError):
            self._path.rmdir()


def named(path: Path) -> Text:
    """Return a path as messages name it."""
    return Text(f" {path}", str(path))


@contextmanager
def _or_nothing(where: Text) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotWrite(where, error) from None
