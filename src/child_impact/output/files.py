"""Files that are written whole or not at all.

What is written goes into a hidden file beside its target, reaches the disk, and then takes the target's place in one step: whoever looks
sees the old file or the new one, also after a crash. A hidden file that a killed process left behind is removed by the next run that
writes to the same directory.
"""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from ..reading.text import Text
from .inputs import Inputs, IsInput

try:
    import fcntl
except ImportError:  # Windows, where a file that is open cannot be removed anyway
    fcntl = None  # type: ignore[assignment]

_PREFIX, _SUFFIX = ".child-impact-", ".tmp"
_NO_SYNC = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}  # what file systems answer that have nothing to bring to a disk


class Target:
    """One place to write to: a file, or a device or pipe, which is written to and never replaced.

    Raises `IsInput` where that would overwrite one of the `inputs`, and another `OSError` where nothing can be written there: no such
    directory, a directory, a link that leads to itself, a file that may not be changed.
    """

    def __init__(self, path: Path, inputs: Inputs) -> None:
        there = _there(path)
        if there is not None:
            inputs.refuse(path, there)
            if stat.S_ISDIR(there.st_mode):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
            if not may_write(path):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        self.is_file = there is None or stat.S_ISREG(there.st_mode)
        self.path = Path(os.path.realpath(path)) if self.is_file else path  # a link is written through
        if not self.path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, f"there is no directory {self.path.parent if path.is_symlink() else path.parent}")
        if self.is_file and not may_write(self.path.parent):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path.parent))


class NewFile:
    """The new content of a target. As a context it is taken back unless it was put in place; every method raises `OSError`.

    Of a device or pipe nothing can be taken back. A reader of a pipe that has seen enough is no error, as it is none of standard output.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._scratch: Path | None = None
        self._stream: BinaryIO | None = None
        self._is_read = True

    def __enter__(self) -> Self:
        try:
            if self._target.is_file:
                self._stream = self._opened()
        except BaseException:
            self._take_back()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._take_back()

    def write(self, data: bytes) -> None:
        """Write all of the data."""
        if self._stream is None and self._is_read:
            self._stream = self._target.path.open("wb")  # a pipe opens when somebody reads
        if self._stream is None:
            return
        try:
            self._stream.write(data)
            if not self._target.is_file:
                self._stream.flush()
        except BrokenPipeError:
            self._is_read = False
            self._take_back()

    def place(self) -> None:
        """Put what was written in the place of the target."""
        stream, self._stream = self._stream, None
        if stream is None:
            return
        with contextlib.closing(stream):  # open, and so locked, until it is in place
            stream.flush()
            if self._scratch is None:
                return
            try:
                os.fsync(stream.fileno())  # a disk behind a network says only now that it is full
            except OSError as error:
                if error.errno not in _NO_SYNC:
                    raise
            if fcntl is None:
                stream.close()
            self._scratch.replace(self._target.path)
            self._scratch = None

    def _take_back(self) -> None:
        stream, self._stream = self._stream, None
        with contextlib.suppress(OSError):  # the second word about a disk that is full, or about a reader that left
            if stream is not None:
                stream.close()
        if self._scratch is not None:
            self._scratch.unlink(missing_ok=True)

    def _opened(self) -> BinaryIO:
        """Open a hidden file beside the target, with the rights that new files have, and hold it against being cleared away."""
        while True:
            self._scratch = self._target.path.parent / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"
            stream = os.fdopen(os.open(self._scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666), "wb")
            if fcntl is None:
                return stream
            with contextlib.suppress(OSError):  # a file system without locks
                fcntl.flock(stream, fcntl.LOCK_EX)
            if os.fstat(stream.fileno()).st_nlink:
                return stream
            stream.close()  # cleared away between opening and locking


def write_all(files: Mapping[Path, bytes], inputs: Inputs) -> None:
    """Write documents, each in one step; where one cannot be written, none is.

    Raises `IsInput` where that would overwrite an input, another `OSError` where something cannot be written.
    """
    targets = [(Target(path, inputs), data) for path, data in files.items()]
    with contextlib.ExitStack() as stack:
        written = []
        for target, data in targets:
            new = stack.enter_context(NewFile(target))
            new.write(data)
            written.append(new)
        for new in written:
            new.place()


def write_whole(path: Path, data: bytes, inputs: Inputs) -> None:
    """Write one document, as `write_all` does."""
    clear(Target(path, inputs).path.parent)
    write_all({path: data}, inputs)


def clear(directory: Path) -> None:
    """Remove what runs that were killed left behind in a directory, and nothing that is being written now."""
    for path in _left(directory):
        with contextlib.suppress(OSError), path.open("rb") as stream:
            if fcntl is not None:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()


def _left(directory: Path) -> Iterator[Path]:
    try:
        with os.scandir(directory) as entries:
            names = [entry.name for entry in entries if entry.name.startswith(_PREFIX) and entry.name.endswith(_SUFFIX)]
    except OSError:  # said when something is written there
        return
    yield from (directory / name for name in names)


def may_write(path: Path) -> bool:
    """Return whether this process may change a file, or what is in a directory."""
    mode = os.W_OK | os.X_OK if path.is_dir() else os.W_OK
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def reason(error: OSError) -> Text:
    """Return why something cannot be written, as messages say it."""
    if isinstance(error, IsInput):
        return error.text
    said = error.strerror or str(error)
    return Text(said, said)


def _there(path: Path) -> os.stat_result | None:
    """Return what is known of the file at a path, None where there is none. Raises `OSError` where there cannot be one."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None
