"""What is wrong with YAML that cannot be parsed, found in the text itself.

A parser says where it gave up, in words that change from one version of it to the next, and often far from the slip. So only that place is
taken from it: what its author got wrong, and where she must look, is read off the text up to there.
"""

import re
from typing import NamedTuple

from msgspec import Struct, field

from .text import Text

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
_OPEN_QUOTE = Text("引号或括号没有收尾", "a quote or bracket is never closed")
_OPEN_BRACKET = Text("方括号或花括号没有收尾，或项目之间缺少逗号", "a bracket is never closed, or a comma is missing")
_FULL_WIDTH_COMMA = Text(
    "括号里用了全角逗号“，”，请改为半角逗号；文字里的逗号请加引号",
    "there is a full-width comma “，” within brackets: write an ordinary one, and put text with commas in quotes",
)
_ESCAPE = Text("双引号内的反斜杠用错了，可改用单引号", "a backslash within double quotes; use single quotes")
_SPECIAL = Text("以特殊符号开头，文字请加引号", "a value that begins with a special character; text like that goes in quotes")
_MARKS = ("*", "&", "!")
_AT_THE_PLACE = (
    (re.compile(r"\t"), Text("用了制表符", "a tab character")),
    (re.compile(r"[@`%&*!|>]"), _SPECIAL),
    (re.compile(r"[\]}]"), Text("多了一个右括号", "a closing bracket too many")),
    (re.compile(r","), Text("多了一个逗号", "a comma too many")),
    (re.compile(r":"), Text("同一行出现了两个冒号，或缩进不对", "two colons on one line, or wrong indentation")),
    (re.compile(r"-\s"), Text("列表项缩进不一致，或写在了键的同一行", "list items not indented alike, or one in the line of its key")),
)
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_TAB_BEFORE = re.compile(r"[ ]*\t")
_NO_COLON = re.compile(r"[^\s#\-\[\]{}'\":][^:]*$")
_LACKS_COLON = Text("键后缺少半角冒号加空格", "a key lacks its colon and space")
_INDENTED = Text("缩进不对，或引号未配对", "wrong indentation, or an unpaired quote")
_LOOK = Text("检查本行与上一行的缩进、冒号、引号和括号", "check indentation, colons, quotes and brackets in this line and the one before")


class Slip(NamedTuple):
    """What is wrong, what to do, and where: line and column from 1, None where no one place is meant."""

    line: int | None
    column: int | None
    what: Text
    todo: Text


def slip(text: str, index: int | None) -> Slip:
    """Return what is wrong with a text that a YAML parser gave up on at a character (counted from 0; None: it did not say where)."""
    end = len(text) if index is None else min(index, len(text))
    return _typed(text, end) or _syntax(text, None if index is None else end)


def _typed(text: str, end: int) -> Slip | None:
    """Return a slip of Chinese typing, which lies in an earlier line than the parser stumbles in, if there is one."""
    for number, line in enumerate(text[: _end_of_line(text, end)].splitlines(), start=1):
        for pattern, what, todo in _SLIPS:
            found = pattern.match(line)
            if found:
                return Slip(number, found.end(), what, todo)
    return None


def _syntax(text: str, index: int | None) -> Slip:
    place, what = _cause(text, index)
    said = Text(f"YAML 语法有误：{what.zh}", f"YAML syntax: {what.en}")
    if place is None:
        return Slip(None, None, said, _LOOK)
    before = _BREAK.split(text[:place])
    return Slip(len(before), len(before[-1]) + 1, said, _LOOK)


def _cause(text: str, index: int | None) -> tuple[int | None, Text]:
    """Return the place of what is wrong, and what it is."""
    scan = _Scan(text)
    quote = scan.to(len(text) if index is None else index)
    if quote is not None:
        return (quote, _OPEN_QUOTE) if scan.closing(quote) is None else (index, _ESCAPE)
    if scan.brackets:
        stopped = len(text) if index is None else index
        comma = text.find("，", max(scan.brackets[-1], text.rfind("\n", 0, stopped)), stopped)
        return (scan.brackets[-1], _OPEN_BRACKET) if comma < 0 else (comma, _FULL_WIDTH_COMMA)
    if index is None:
        return None, _INDENTED
    start = text.rfind("\n", 0, index) + 1
    if _TAB_BEFORE.match(text, start, index + 1):
        return index, _AT_THE_PLACE[0][1]
    if text[max(index - 1, 0) : index] in _MARKS:  # a parser may stop behind the mark
        return index - 1, _SPECIAL
    for pattern, what in _AT_THE_PLACE:
        if pattern.match(text, index):
            return index, what
    lines = [line for line in text[:start].splitlines() if line.strip()]
    return index, _LACKS_COLON if lines and _NO_COLON.match(lines[-1].strip()) else _INDENTED


def _end_of_line(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end


class _Scan(Struct):
    """A walk through YAML text that knows quotes, brackets, comments and blocks of text, and nothing else."""

    text: str
    brackets: list[int] = field(default_factory=list)

    def to(self, end: int) -> int | None:
        """Walk to a character. Return the quote that it lies in, if it does; the open brackets are kept."""
        text, at, fresh = self.text, 0, True  # fresh: a value may begin here
        while at < end:
            sign = text[at]
            if sign in "\"'" and fresh:
                closing = self.closing(at)
                if closing is None or closing >= end:
                    return at
                at, fresh = closing, False
            elif sign == "#" and (at == 0 or text[at - 1].isspace()):
                at = _end_of_line(text, at) - 1
            elif sign in "|>" and fresh and not self.brackets:
                at = self._block(at) - 1
            else:
                fresh = self._step(at, fresh=fresh)
            at += 1
        return None

    def _step(self, at: int, *, fresh: bool) -> bool:
        """Take one character; return whether a value may begin after it."""
        sign = self.text[at]
        if sign in "[{" and (fresh or self.brackets):
            self.brackets.append(at)
            return True
        if sign in "]}" and self.brackets:
            self.brackets.pop()
            return False
        if sign == "\n" or (sign == "," and self.brackets):
            return True
        if sign == ":" or (sign in "-?" and fresh):
            return bool(self.brackets) or not self.text[at + 1 : at + 2].strip()
        return fresh and sign.isspace()

    def closing(self, quote: int) -> int | None:
        """Return where a quote ends; None if it never does."""
        escaped = r'"(?:[^"\\]|\\.)*+"' if self.text[quote] == '"' else r"'(?:[^']|'')*+'"
        found = re.compile(escaped, re.DOTALL).match(self.text, quote)
        return found.end() - 1 if found else None

    def _block(self, at: int) -> int:
        """Return where a block of text ends, which is indented deeper than the line that announces it."""
        start = self.text.rfind("\n", 0, at) + 1
        line = self.text[start:at]
        indent = len(line) - len(line.lstrip(" "))
        deeper = re.compile(rf"(?:[^\n]*\n)(?:[ ]{{{indent + 1}}}[^\n]*\n?|[ ]*\n)*+").match(self.text, start)
        return deeper.end() if deeper else len(self.text)
