"""The keys of a dossier: how they may be spelled, and what to say of one that is not known."""

import re
from collections.abc import Iterable

from ..reading.nodes import Node, Scalar
from ..reading.shape import did_you_mean
from ..reading.text import Text, fold, is_chinese
from ..vocabulary.model import Field, Vocabulary

_THOUSANDS = re.compile(r"[0-9]{3}(\.[0-9]+)?\Z")


def names_of(fields: Iterable[Field]) -> dict[str, str]:
    """Return the names of fields by their spellings, folded."""
    return {fold(spelling): field.name for field in fields for spelling in field.key}


def own_names(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the names of groups and lists by their spellings, folded."""
    keyed = [(group.name, group.key) for group in vocabulary.groups.values() if group.name] + [
        (one.name, one.key) for one in vocabulary.lists.values()
    ]
    return {fold(spelling): name for name, key in keyed for spelling in key}


def unknown(key: Scalar, value: Node, names: dict[str, str]) -> tuple[Text, Text]:
    """Return what is wrong with a key that is not known, and what to do."""
    if _THOUSANDS.match(key.text) and isinstance(value, Scalar) and value.is_null():
        what = Text(f"“{key.text}”前面的逗号把数字断开了", f"the comma before “{key.text}” cuts a number in two")
        return what, Text("数字里不写千分位逗号", "write figures without commas")
    if key.text.startswith("\u3000"):
        what = Text(f"“{key.text.strip()}”前面的缩进用了全角空格", f"“{key.text.strip()}” is indented with full-width spaces")
        return what, Text("请改用半角空格缩进", "indent it with ordinary spaces")
    return Text(f"不认识的键“{key.text}”", f"unknown key “{key.text}”"), _suggest(key.text, names)


def _suggest(key: str, names: dict[str, str]) -> Text:
    return did_you_mean(key, [name for name in names if is_chinese(name) == is_chinese(key)])


def list_of(fields: Iterable[Field]) -> Text:
    """Return advice to use one of the keys of these fields."""
    known = list(fields)
    return Text("可写：" + "、".join(one.key.zh for one in known), "known keys: " + ", ".join(one.key.en for one in known))
