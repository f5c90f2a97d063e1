"""What is written where an answer should stand and is none: empty words, a note without a value, a cut line, more than can be meant."""

from ..reading.nodes import Node, Scalar
from ..reading.problems import Problem
from ..reading.text import Text
from ..vocabulary.empty_words import EmptyWords
from ..vocabulary.model import Field, FieldType
from .words import says_none, says_nothing

_MAY_BE_EMPTY = (FieldType.NOTE, FieldType.BODY, FieldType.REFERENCE, FieldType.CHOICE, FieldType.CHOICES)


def is_no_answer(node: Node, field: Field, empty: EmptyWords) -> bool:
    """Return whether empty words stand where words of the writer's own, the name of a body, an id or a choice should."""
    if field.type not in _MAY_BE_EMPTY or says_none(node) or not says_nothing(node, empty):
        return False
    return field.enumeration is None or (isinstance(node, Scalar) and field.enumeration.code(node.text) is None)


def no_answer(key: Text, node: Node, field: Field | None = None) -> Problem:
    """Return the warning that what stands under a key is no answer."""
    shown = node.text if isinstance(node, Scalar) else ""
    what = Text(f"“{key.zh}”写的是“{shown}”，按未说明处理", f"“{key.en}” says “{shown}”, which is no answer: it counts as not stated")
    todo = Text("有了答案再填；没有的写“无”", "fill it in when there is an answer, or write none if there is none")
    if field is not None and field.type is FieldType.BODY:
        todo = Text("请写明单位全称，如“某市教育局”；没有的写“无”", "give the full name of the body, or write none if there is none")
    return Problem(node.place, what, todo)


def empty_note(key: Text, node: Node) -> Problem:
    """Return the warning that the note of a value says nothing; the value itself stands."""
    shown = node.text if isinstance(node, Scalar) else ""
    what = Text(
        f"“{key.zh}”的说明写的是“{shown}”，没有说明什么，略去", f"the note of “{key.en}” says “{shown}”, which says nothing: it is left out"
    )
    todo = Text("请写具体内容，或删去这条说明", "say what there is, or remove the note")
    return Problem(node.place, what, todo)


def only_a_note(field: Field, key: Scalar) -> Problem:
    """Return the warning that a note stands where its value is missing."""
    what = Text(f"“{field.key.zh}”只写了说明，没有写值，按未说明处理", f"“{field.key.en}” has a note and no value: it counts as not stated")
    todo = Text("请补上“值”；说明只供阅读，不作判断", "add its `value`; a note is for reading and decides nothing")
    return Problem(key.place, what, todo)


def cut_off(node: Scalar) -> Problem:
    """Return the warning that what follows a value on its line was taken for a comment."""
    what = Text(
        f"“{node.text}”后面的 # 及其后文字被当作注释，没有读入", f"the # after “{node.text}” and what follows are a comment and not read"
    )
    return Problem(node.place, what, Text("若是正文，请把整个值加引号", "if it is text, put the whole value in quotes"))


def too_many(key: Scalar, items: int, most: int) -> Problem:
    """Return the mistake that a set has more members than any can have."""
    what = Text(f"“{key.text}”下有 {items} 项，超过上限 {most}", f"“{key.text}” has {items} items, more than {most}")
    return Problem(key.place, what, Text("每个选项只写一次", "write each choice once"))
