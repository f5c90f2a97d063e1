"""Names of administrative divisions as files write them: which one a name is, and which part of it is not known."""

import re
from collections.abc import Iterable

from ..reading.nodes import Node, Scalar
from ..reading.problems import Problem
from ..reading.text import Text, fold

_DIVISION = re.compile(r"[^市区县旗州盟\W\d]{1,12}[市区县旗州盟](?![场政民街路])")
"""A further division after a known one, as far as its name tells; a market or a street is none."""


def longest(text: str, places: Iterable[str]) -> str | None:
    """Return the longest name of a division that a place begins with, or None."""
    return max((name for name in places if text.startswith(name)), key=len, default=None)


def beyond(node: Node, places: Iterable[str]) -> Problem | None:
    """Return the warning that a place names a division which is not known, and stands for the one above it; None if it does not."""
    text = fold(node.text) if isinstance(node, Scalar) else ""
    name = longest(text, places)
    unknown = _DIVISION.match(text.removeprefix(name).strip()) if name else None
    if name is None or unknown is None:
        return None
    what = Text(
        f"不认识“{unknown[0]}”，按“{name}”评价",
        f"“{unknown[0]}” is not known: the proposal is assessed as one in {name}",
    )
    todo = Text(
        "请核对地名；写得没有错，又要按当地文件评价的，改写六位行政区划代码",
        "check the name; if it is right, and its own rules are to be applied, write the six-digit code",
    )
    return Problem(node.place, what, todo)
