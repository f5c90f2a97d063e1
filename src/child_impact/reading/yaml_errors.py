"""Broken YAML explained: the likeliest slip of who typed it, and where to look for it."""

import re
from typing import Any

from .problems import Place, Problem
from .text import Text

MAX_DEPTH = 20
TOO_DEEP = (Text(f"嵌套超过 {MAX_DEPTH} 层", f"nested more than {MAX_DEPTH} levels deep"), Text("请减少嵌套", "flatten it"))
_SLIPS = (
    (
        re.compile(r"^[\s-]*[^\s#\"'：:{}\[\],]{1,20}："),
        Text("键后是全角冒号“：”", "the key is followed by a full-width colon “：”"),
        Text("请改为半角冒号加一个空格", "write an ordinary colon and a space"),
    ),
    (
        re.compile(r"^[\s-]*[^\s#\"'：:{}\[\],]{1,20}:(?=[^\s:/])"),
        Text("冒号后没有空格", "there is no space after the colon"),
        Text("请在冒号后加一个空格", "put a space after the colon"),
    ),
)
_SYNTAX_HINTS = (
    ("cannot start any token", Text("可能用了制表符或以特殊符号开头", "a tab, or a value that begins with a special character")),
    ("found a tab", Text("用了制表符", "a tab character")),
    ("mapping values are not allowed", Text("同一行出现了两个冒号，或缩进不对", "two colons on one line, or wrong indentation")),
    ("did not find expected key", Text("缩进不对，或引号未配对", "wrong indentation, or an unpaired quote")),
    (
        "did not find expected ',' or",
        Text("方括号或花括号没有收尾，或项目之间缺少逗号", "a bracket is never closed, or a comma is missing"),
    ),
    (
        "did not find expected node content",
        Text("方括号或花括号没有收尾，或多了一个逗号", "a bracket is never closed, or there is a comma too many"),
    ),
    ("unknown escape character", Text("双引号内的反斜杠用错了，可改用单引号", "a backslash within double quotes; use single quotes")),
    ("block sequence entries are not allowed", Text("“- ”不能写在键的同一行", "a list item cannot begin in the line of its key")),
    ("did not find expected '-'", Text("列表项缩进不一致", "list items are not indented alike")),
    ("could not find expected ':'", Text("键后缺少半角冒号加空格", "a key lacks its colon and space")),
    (
        "did not find expected alphabetic or numeric character",
        Text("以 *、& 或 ! 开头的文字要加引号", "text that begins with *, & or ! goes in quotes"),
    ),
    ("unexpected end of stream", Text("引号或括号没有收尾", "a quote or bracket is never closed")),
    ("control characters", Text("含有控制字符", "it holds a control character")),
    ("Unicode", Text("含有无效的 Unicode 字符", "it holds an invalid Unicode character")),
    ("special characters", Text("含有控制字符", "it holds a control character")),
)
_CHECK = Text("检查本行与上一行的缩进、冒号、引号和括号", "check indentation, colons, quotes and brackets in this line and the one before")


def explained(text: str, error: Any, file: str) -> Problem:
    """Return what is wrong with a text that the scanner stumbled over. `error` is PyYAML's, with its marks."""
    mark = error.problem_mark or error.context_mark
    return _nested(text, mark, file) or _slip(text, mark, file) or _full_width_comma(text, error, file) or _syntax(error, file)


def _nested(text: str, mark: Any, file: str) -> Problem | None:
    """Return that brackets are nested too deep, where the scanner gave up on them before the reader's own count came there."""
    if mark is None:
        return None
    open_ = sum(sign * text.count(bracket, 0, mark.index) for bracket, sign in (("[", 1), ("{", 1), ("]", -1), ("}", -1)))
    return Problem(Place(file, mark.line + 1), *TOO_DEEP) if open_ > MAX_DEPTH else None


def _slip(text: str, mark: Any, file: str) -> Problem | None:
    """Return the likeliest cause of a syntax error in Chinese typing, which lies in an earlier line than the parser stumbles in."""
    for number, line in enumerate(text.splitlines()[: mark.line + 1 if mark else None], start=1):
        for pattern, what, todo in _SLIPS:
            found = pattern.match(line)
            if found:
                return Problem(Place(file, number, found.end()), what, todo)
    return None


def _full_width_comma(text: str, error: Any, file: str) -> Problem | None:
    """Return that a full-width comma stands where a bracket that was opened and not closed wants an ordinary one."""
    opened, stopped = error.context_mark, error.problem_mark
    if opened is None or stopped is None or text[opened.index : opened.index + 1] not in ("[", "{"):
        return None
    at = text.find("，", opened.index, stopped.index)
    if at < 0:
        return None
    place = Place(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    what = Text("括号里用了全角逗号“，”", "there is a full-width comma “，” within brackets")
    return Problem(place, what, Text("请改为半角逗号“,”；文字里的逗号请加引号", "write an ordinary comma; put text with commas in quotes"))


def _syntax(error: Any, file: str) -> Problem:
    unclosed = any(part in (error.problem or "") for part in ("expected ',' or", "unexpected end of stream"))
    mark = (unclosed and error.context_mark) or error.problem_mark or error.context_mark
    said = error.problem or error.context or "?"
    hint = next((hint for part, hint in _SYNTAX_HINTS if part in said), Text(said, said))
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    return Problem(place, Text(f"YAML 语法有误：{hint.zh}", f"YAML syntax: {hint.en}"), _CHECK)
