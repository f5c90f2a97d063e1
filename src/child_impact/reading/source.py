"""Where inputs come from: a file, or standard input."""

import re
import sys
from pathlib import Path

from .letters import visible
from .privacy import masked
from .problems import DossierRefused, Place, Problem
from .text import Text

STDIN = "-"
DOSSIER = Text("档案", "the dossier")
MOST_READ = 6_000_000
"""Bytes of an input, whatever its kind; the reader of each knows a limit of its own below that."""
_NO_LETTER = re.compile(r"[\ud800-\udfff]")  # bytes of a file name that are no text come as these


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
