"""The words of a dossier's own form, in both languages: not stated, none, yes, no, and the keys that wrap a value."""

from ..reading.nodes import Node, Scalar
from ..reading.text import fold

NOT_STATED = frozenset({"未说明", "不详", "未载明", "not stated", "not_stated"})
PLACEHOLDERS = frozenset(
    {
        *(
            "待定",
            "暂无",
            "待补充",
            "待填",
            "待填写",
            "待确定",
            "待明确",
            "待核实",
            "未定",
            "暂缺",
            "暂未确定",
            "尚未确定",
            "略",
            "无法确定",
        ),
        *("tbd", "tba", "tbc", "n/a", "na", "n.a.", "to be determined", "to be confirmed", "pending", "todo", "unknown"),
    }
)
"""Words that stand where an answer is to come: they say nothing, and neither do marks without a letter or a figure."""
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


def says_nothing(node: Node) -> bool:
    """Return whether a text is only a placeholder such as 待定 or /."""
    if not isinstance(node, Scalar):
        return False
    word = fold(node.text).strip("()[]【】 ").lower()
    return word in PLACEHOLDERS or (bool(node.text.strip()) and not any(letter.isalnum() for letter in word))


def yes_or_no(node: Scalar) -> bool | None:
    """Return the boolean that a scalar says, or None if it says neither."""
    word = fold(node.text)
    if word in YES or word in NO:
        return word in YES
    return node.boolean()
