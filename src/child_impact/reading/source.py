"""Where inputs come from: a file, or standard input."""

import re
import sys
from pathlib import Path

from .privacy import masked
from .problems import DossierRefused, Place, Problem
from .text import Text

STDIN = "-"
DOSSIER = Text("档案", "the dossier")
_NO_LETTER = re.compile(r"[\ud800-\udfff]")  # bytes of a file name that are no text come as these


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
