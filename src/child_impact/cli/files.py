"""Reading dossiers and writing documents safely."""

import os
import re
import stat
import sys
import tempfile
from pathlib import Path

from ..reading.privacy import masked
from ..reading.problems import DossierRefused, Place, Problem
from ..reading.text import Text

STDIN = "-"
DOSSIER = Text("档案", "the dossier")
_NO_LETTER = re.compile(r"[\ud800-\udfff]")  # bytes of a file name that are no text come as these
_UNSAFE = re.compile(r"[^\w.-]+")


def read_bytes(name: str, noun: Text = DOSSIER) -> bytes:
    """Return the bytes of a dossier (or another input, by its `noun`), from a file or (`-`) standard input.

    Raises `DossierRefused` if it cannot be read.
    """
    try:
        if name != STDIN:
            return Path(name).read_bytes()
        return sys.stdin.buffer.read() if sys.stdin is not None else b""
    except (OSError, ValueError) as error:  # a path that no system can have is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        what = Text(f"无法读取{noun.zh}（{reason}）", f"{noun.en} cannot be read ({reason})")
        raise DossierRefused([Problem(Place(shown_name(name)), what, Text("请检查路径和权限", "check path and permissions"))]) from None


def shown_name(name: str) -> str:
    """Return the name of an input as documents and messages show it: printable, and without personal data."""
    return "<stdin>" if name == STDIN else masked(_NO_LETTER.sub("\ufffd", name))


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
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def safe_name(identifier: str) -> str:
    """Return an identifier as a file name that no system minds."""
    return _UNSAFE.sub("-", identifier).strip(".-") or "dossier"


def write_whole(path: Path, data: bytes, inputs: tuple[str, ...]) -> None:
    """Write a document in one step, so that no half file is ever seen.

    Raises `FileExistsError` where that would overwrite an input, `OSError` where it cannot be written.
    """
    if any(name != STDIN and path.exists() and path.samefile(name) for name in inputs if Path(name).exists()):
        raise FileExistsError(f"{path} is an input and is not overwritten")
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):  # a device or a pipe is written to, never replaced
        path.write_bytes(data)
        return
    if not path.parent.is_dir():
        raise FileNotFoundError(f"there is no directory {path.parent}")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
        written.chmod(0o666 & ~_umask())
        written.replace(path)
    except OSError:
        written.unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
