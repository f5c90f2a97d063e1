"""What an officer is told where something is written that is no answer."""

from ..reading.nodes import Node, Scalar
from ..reading.problems import Place, Problem
from ..reading.text import Text
from ..vocabulary.model import Field


def no_answer(key: Text, node: Node) -> Problem:
    """Return the warning that a word such as 待定 says nothing. `key`: the key before it, as it is spelled in each language."""
    shown = node.text if isinstance(node, Scalar) else ""
    what = Text(f"“{key.zh}”写的是“{shown}”，按未说明处理", f"“{key.en}” says “{shown}”, which is no answer: it counts as not stated")
    todo = Text("有了答案再填；没有的写“无”", "fill it in when there is an answer, or write none if there is none")
    return Problem(node.place, what, todo)


def only_a_note(field: Field, place: Place) -> Problem:
    """Return the warning that a note stands without a value."""
    what = Text(
        f"“{field.key.zh}”只写了说明，没有写值，按未说明处理",
        f"“{field.key.en}” has a note and no value: it counts as not stated",
    )
    todo = Text("请补上“值”；说明只供阅读，不作判断", "add its `value`; a note is for reading and decides nothing")
    return Problem(place, what, todo)
