"""Reading dossiers and writing documents safely."""

import contextlib
import errno
import hashlib
import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..reading.letters import visible
from ..reading.privacy import masked
from ..reading.problems import DossierRefused, Place, Problem
from ..reading.text import Text

STDIN = "-"
DOSSIER = Text("档案", "the dossier")
_NO_LETTER = re.compile(r"[\ud800-\udfff]")  # bytes of a file name that are no text come as these
MOST_READ = 6_000_000
"""Bytes of an input, whatever its kind; the reader of each knows a limit of its own below that."""
MOST_BYTES = 120  # of a name; 255 is what file systems take, and the kind of document and its format follow
_UNSAFE = re.compile(r"[^\w.-]+")
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(10))}  # by Windows


class IsInput(FileExistsError):
    """A document would take the place of what it is made from."""


def read_bytes(name: str, noun: Text = DOSSIER, most: int = MOST_READ) -> bytes:
    """Return the bytes of a dossier (or another input, by its `noun`), from a file or (`-`) standard input.

    Raises `DossierRefused` if it cannot be read, or has more than `most` bytes.
    """
    try:
        if name != STDIN:
            with Path(name).open("rb") as file:
                data = file.read(most + 1)
        else:
            data = sys.stdin.buffer.read(most + 1) if sys.stdin is not None else b""
    except (OSError, ValueError) as error:  # a path that no system can have is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        what = Text(f"无法读取{noun.zh}（{reason}）", f"{noun.en} cannot be read ({reason})")
        raise DossierRefused([Problem(Place(shown_name(name)), what, Text("请检查路径和权限", "check path and permissions"))]) from None
    if len(data) > most:
        what = Text(f"{noun.zh}超过上限 {most} 字节", f"{noun.en} has more than the limit of {most} bytes")
        todo = Text("请拆分，或删去与评价无关的内容", "split it, or leave out what the assessment does not need")
        raise DossierRefused([Problem(Place(shown_name(name)), what, todo)])
    return data


def shown_name(name: str) -> str:
    """Return the name of an input as documents and messages show it: printable, and without personal data."""
    return "<stdin>" if name == STDIN else visible(masked(_NO_LETTER.sub("\ufffd", name)))


def emit(data: bytes) -> None:
    """Write a document to standard output, whatever the terminal's locale.

    A reader that has seen enough (`| head`) is no error. Raises `OSError` where the output cannot be written.
    """
    if sys.stdout is None:
        raise OSError("standard output is closed")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        discard_output()
    except OSError:
        discard_output()
        raise


def discard_output() -> None:
    """Let go of what could not be written, or the interpreter would try once more as it ends."""
    with contextlib.suppress(OSError, AttributeError):  # a stream that is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def safe_name(identifier: str) -> str:
    """Return an identifier as the beginning of a file name that no system minds."""
    name = _UNSAFE.sub("-", identifier).strip(".-") or "dossier"
    if name.partition(".")[0].upper() in _RESERVED:
        name = f"dossier-{name}"
    if len(name.encode()) > MOST_BYTES:  # cut, and told from others that begin alike
        digest = hashlib.sha256(identifier.encode()).hexdigest()[:8]
        name = f"{name.encode()[:MOST_BYTES].decode(errors='ignore')}-{digest}"
    return name


def write_all(files: Mapping[Path, bytes], inputs: Sequence[Path], directory: Path | None = None) -> None:
    """Write documents, each in one step, so that no half file is ever seen; where one cannot be written, none is.

    `directory` is made if it is not there. Raises `IsInput` where that would overwrite an input (a file, or anything below a
    directory), `OSError` where something cannot be written.
    """
    for path in files:
        _refuse(path, inputs)
        if directory is None and not path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, f"there is no directory {path.parent}")
    made_here = directory is not None and not directory.exists()
    if directory is not None:
        directory.mkdir(exist_ok=True)
    written: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            if path.exists() and not path.is_file():  # a device or a pipe
                path.write_bytes(data)
            else:
                target = path.resolve()  # a link is written through
                written[target] = _beside(target, data)
        for target, new in written.items():
            new.replace(target)
    except OSError:
        for new in written.values():
            new.unlink(missing_ok=True)
        if made_here and directory is not None and not any(directory.iterdir()):
            directory.rmdir()
        raise


def write_whole(path: Path, data: bytes, inputs: Sequence[str]) -> None:
    """Write one document, as `write_all` does."""
    write_all({path: data}, [Path(name) for name in inputs])


def _refuse(path: Path, inputs: Sequence[Path]) -> None:
    if path.exists() and any(_is_in(path, one) for one in inputs if str(one) != STDIN and one.exists()):
        raise IsInput(f"{path} is an input and is not overwritten")
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))


def _is_in(path: Path, given: Path) -> bool:
    return path.resolve().is_relative_to(given.resolve()) if given.is_dir() else path.samefile(given)


def _beside(target: Path, data: bytes) -> Path:
    """Return a new file beside the target with the data, and with the rights of a new file."""
    import tempfile  # slow to import, and needed only where something is written

    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".child-impact-", delete=False) as handle:
        new = Path(handle.name)
        try:
            handle.write(data)
            handle.flush()
            new.chmod(0o666 & ~_umask())
        except OSError:
            new.unlink(missing_ok=True)
            raise
    return new


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
