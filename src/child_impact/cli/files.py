"""Reading dossiers and writing documents safely."""

import os
import re
import sys
import tempfile
from pathlib import Path

from ..reading.problems import DossierRefused, Place, Problem
from ..reading.text import Text

STDIN = "-"
DOSSIER = Text("档案", "the dossier")
_UNSAFE = re.compile(r"[^\w.-]+")


def read_bytes(name: str, noun: Text = DOSSIER) -> bytes:
    """Return the bytes of a dossier (or another input, by its `noun`), from a file or (`-`) standard input.

    Raises `DossierRefused` if it cannot be read.
    """
    if name == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:  # a path that no system can have is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        what = Text(f"无法读取{noun.zh}（{reason}）", f"{noun.en} cannot be read ({reason})")
        raise DossierRefused([Problem(Place(name), what, Text("请检查路径和权限", "check path and permissions"))]) from None


def safe_name(identifier: str) -> str:
    """Return an identifier as a file name that no system minds."""
    return _UNSAFE.sub("-", identifier).strip(".-") or "dossier"


def write_whole(path: Path, content: str | bytes, inputs: tuple[str, ...]) -> None:
    """Write a document in one step, so that no half file is ever seen.

    Raises `FileExistsError` where that would overwrite an input, `OSError` where it cannot be written.
    """
    if any(name != STDIN and path.exists() and path.samefile(name) for name in inputs if Path(name).exists()):
        raise FileExistsError(f"{path} is an input and is not overwritten")
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as handle:
        handle.write(content if isinstance(content, bytes) else content.encode())
    written = Path(handle.name)
    try:
        written.chmod(0o666 & ~_umask())
        written.replace(path)
    except OSError:
        written.unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
