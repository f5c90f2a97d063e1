"""The words of a dossier's own form, in both languages: not stated, none, yes, no, and the keys that wrap a value."""

from ..reading.nodes import Mapping, Node, Scalar
from ..reading.text import fold
from ..vocabulary.empty_words import EmptyWords

NOT_STATED = frozenset({"未说明", "不详", "未载明", "not stated", "not_stated"})
NONE = frozenset({"无", "没有", "none"})
YES = frozenset({"是", "yes"})
NO = frozenset({"否", "no"})

VALUE_KEYS = {
    "value": "value",
    "值": "value",
    "evidence": "evidence",
    "出处": "evidence",
    "page": "page",
    "页码": "page",
    "standing": "standing",
    "状态": "standing",
    "complete": "complete",
    "列全": "complete",
    "has": "has",
    "有": "has",
    "lacks": "lacks",
    "无": "lacks",
    "note": "note",
    "说明": "note",
}
ENTITY_KEYS = {
    "id": "id",
    "编号": "id",
    "evidence": "evidence",
    "出处": "evidence",
    "page": "page",
    "页码": "page",
    "standing": "standing",
    "状态": "standing",
}
WRAPPING = ("value", "has", "lacks", "note")
"""The keys by which a value with what supports it is known."""
SUPPORT = ("evidence", "page", "standing")
REASON_KEYS = {"reason": "reason", "理由": "reason", "note": "note", "说明": "note"}
"""Keys of an entry that was not done or is put off: why, and what else there is to say."""
LIST_KEYS = {"items": "items", "各项": "items", "complete": "complete", "列全": "complete", "lacks": "lacks", "无": "lacks"}
TEXT_KEYS = {"zh": "zh", "中文": "zh", "en": "en", "英文": "en"}
STANDINGS = {
    "done": "done",
    "已完成": "done",
    "planned": "planned",
    "计划": "planned",
    "not_done": "not_done",
    "未开展": "not_done",
    "deferred": "deferred",
    "暂缓": "deferred",
}
OF_ENTRIES = frozenset({"not_done", "deferred"})
"""Standings that only an entry of a list can have: there is no such thing, or it is put off."""


def says_not_stated(node: Node) -> bool:
    """Return whether a node says that the dossier does not state this."""
    return isinstance(node, Scalar) and (node.is_null() or fold(node.text) in NOT_STATED)


def says_none(node: Node) -> bool:
    """Return whether a node says that there is none."""
    return isinstance(node, Scalar) and fold(node.text) in NONE


def says_nothing(node: Node, empty: EmptyWords) -> bool:
    """Return whether a text consists of empty words only, such as 待定, 由有关部门负责 or /, in both languages where it has two."""
    if isinstance(node, Mapping):
        return bool(node.entries) and all(isinstance(value, Scalar) and empty.are_all(value.text) for _, value in node)
    return isinstance(node, Scalar) and empty.are_all(node.text)


def yes_or_no(node: Scalar) -> bool | None:
    """Return the boolean that a scalar says, or None if it says neither."""
    word = fold(node.text)
    if word in YES or word in NO:
        return word in YES
    return node.boolean()
