"""Check the shape of a YAML tree with pydantic, and say what is wrong in the places of the file.

pydantic decides; this module only hands it plain data and turns each of its errors into a `Problem` with line, column and remedy.
"""

import difflib
import re
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from .nodes import Mapping, Node, Sequence, plain_data
from .problems import MAX_FOUND, InputRefused, Place, Problem
from .text import Text, is_chinese

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

T = TypeVar("T")

STRICT: Any = {"extra": "forbid"}
"""The pydantic configuration of every shape: a key that is not foreseen is an error, never ignored."""

_SAYINGS = {
    "missing": Text("缺少“{key}”", "“{key}” is missing"),
    "extra_forbidden": Text("不认识的键“{key}”", "unknown key “{key}”"),
    "unexpected_keyword_argument": Text("不认识的键“{key}”", "unknown key “{key}”"),
    "string_type": Text("“{key}”应为文字", "“{key}” should be text"),
    "bool_type": Text("“{key}”应为 true 或 false", "“{key}” should be true or false"),
    "int_type": Text("“{key}”应为整数", "“{key}” should be a whole number"),
    "decimal_type": Text("“{key}”应为数字", "“{key}” should be a number"),
    "date_from_datetime_parsing": Text("“{key}”应为日期，如 2026-03-08", "“{key}” should be a day such as 2026-03-08"),
    "list_type": Text("“{key}”应为列表", "“{key}” should be a list"),
    "tuple_type": Text("“{key}”应为列表", "“{key}” should be a list"),
    "dict_type": Text("“{key}”应为一组“键: 值”", "“{key}” should be a mapping"),
    "dataclass_type": Text("“{key}”应为一组“键: 值”", "“{key}” should be a mapping"),
    "enum": Text("“{key}”的取值应为 {known} 之一", "“{key}” should be one of {known}"),
    "literal_error": Text("“{key}”的取值应为 {known} 之一", "“{key}” should be one of {known}"),
}
_UNFIT = Text("“{key}”的写法不对", "“{key}” is not written as it should be")
_QUOTED = re.compile(r"'([^']*)'")
_SHOWN = 12
_MAX_WORD = 60
_MAX_KNOWN = 5000
_SUPPLY = Text("请补上", "add it")
_CORRECT = Text("请改正", "correct it")


def shaped(node: Node, adapter: "TypeAdapter[T]", raw: Iterable[str] = ()) -> T:
    """Return the tree as the adapter's type.

    `raw`: keys whose nodes are handed on as they are, to be read by another module (conditions, say). Raises `InputRefused` with every
    problem that pydantic finds.
    """
    from pydantic import ValidationError

    try:
        return adapter.validate_python(_data(node, frozenset(raw)))
    except ValidationError as error:
        raise InputRefused(_problem(node, details) for details in islice(error.errors(include_url=False), MAX_FOUND)) from None


def _data(node: Node, raw: frozenset[str]) -> Any:
    if isinstance(node, Mapping):
        return {key.text: value if key.text in raw else _data(value, raw) for key, value in node}
    if isinstance(node, Sequence):
        return tuple(_data(item, raw) for item in node.items)
    return plain_data(node)


def _problem(root: Node, details: "ErrorDetails") -> Problem:
    location = details["loc"]
    kind = details["type"]
    node, place = root, root.place
    for step in location:
        below = _step(node, step)
        if below is None:
            break
        node, place = below
    if location and location[-1] == "[key]":
        location, kind = location[:-1], "extra_forbidden"
    key = next((step for step in reversed(location) if isinstance(step, str)), root.place.file)
    known = _QUOTED.findall(str(details.get("ctx", {}).get("expected", "")))
    saying = _SAYINGS.get(kind, _UNFIT)
    what = Text(saying.zh.format(key=key, known="、".join(known)), saying.en.format(key=key, known=", ".join(known)))
    return Problem(place, what, _SUPPLY if kind == "missing" else _CORRECT)


def _step(node: Node, step: int | str) -> tuple[Node, Place] | None:
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step], node.items[step].place
    if isinstance(node, Mapping):
        for key, value in node:
            if key.text == str(step):
                return value, key.place
    return None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` most likely stands for, or None. What is longer than any word of ours is not compared."""
    if len(word) > _MAX_WORD:
        return None
    known = [one for one in islice(known, _MAX_KNOWN) if len(one) <= _MAX_WORD]
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if not found and is_chinese(word):  # one wrong character of two is half the word
        found = difflib.get_close_matches(word, [one for one in known if one[:1] == word[:1]], n=1, cutoff=0.5)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> Text:
    """Return advice for an unknown word: the nearest known one if there is one, else the list to look at."""
    known = list(known)
    guess = nearest(word, known)
    if guess is not None:
        return Text(f"是否想写“{guess}”？", f"did you mean “{guess}”?")
    return one_of(known)


def one_of(known: Iterable[str]) -> Text:
    """Return advice to choose among known words."""
    known = list(known)
    shown, more = known[:_SHOWN], len(known) > _SHOWN
    return Text("可用的有：" + "、".join(shown) + "等" * more, "known here: " + ", ".join(shown) + " …" * more)
