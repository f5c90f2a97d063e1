"""Strict YAML: UTF-8, one document, no anchors, aliases or tags, no key twice, bounded in size, depth, number of values and their length.

PyYAML scans the text; what the scalars mean is decided by `nodes.Scalar` after the core schema of YAML 1.2, so that `NO` stays a word
and `012` is twelve.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from .kinds import kind_of
from .letters import CONTROL, RETYPE, unseen
from .nodes import Mapping, Node, Scalar, Sequence
from .privacy import masked
from .problems import InputRefused, Place, Problem, Problems
from .syntax import slip
from .text import Text, fold

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
MAX_TEXT = 20_000
"""Characters of one value."""
MAX_KEY = 200
BYTES_A_NODE = 40
"""A file may hold one value for so many bytes that it may have: 50,000 of a dossier, some ten times what the fullest holds."""

_TOO_DEEP = (Text(f"嵌套超过 {MAX_DEPTH} 层", f"nested more than {MAX_DEPTH} levels deep"), Text("请减少嵌套", "flatten it"))
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(data: bytes, file: str, max_bytes: int = MAX_BYTES) -> Node:
    """Read the bytes of one YAML document into a tree with positions.

    `file` is the name that problems and facts will show. Raises `InputRefused` with every problem that could be found: only broken YAML
    syntax ends the reading early.
    """
    return _Reader(file).read(data, max_bytes)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems = Problems()
        self.text = ""
        self.nodes_left = 0

    def read(self, data: bytes, max_bytes: int) -> Node:
        text = self.text = self._decode(data, max_bytes)
        self.nodes_left = max_bytes // BYTES_A_NODE
        try:
            node = self._document(yaml.parse(text, Loader=_Loader))
        except yaml.MarkedYAMLError as error:
            raise InputRefused([*self.problems, self._nested(text, error) or self._syntax(text, error)]) from None
        except yaml.reader.ReaderError:
            found = CONTROL.search(text)
            line = text.count("\n", 0, found.start()) + 1 if found else None
            raise InputRefused([self._problem(line, None, _CONTROL_SAID, RETYPE)]) from None
        if self.problems:
            raise InputRefused(self.problems)
        return node

    def _decode(self, data: bytes, max_bytes: int) -> str:
        if len(data) > max_bytes:
            what = Text(
                f"文件有 {len(data)} 字节，超过上限 {max_bytes}", f"the file has {len(data)} bytes, more than the limit of {max_bytes}"
            )
            raise InputRefused([self._problem(None, None, what, _SPLIT)])
        kind = kind_of(data)
        if kind is not None:
            raise InputRefused([self._problem(None, None, *kind)])
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            what = Text("文件不是 UTF-8 编码", "the file is not UTF-8")
            todo = Text("请另存为 UTF-8（不要用 GBK/ANSI）", "save it as UTF-8")
            raise InputRefused([self._problem(line, None, what, todo)]) from None
        return _PAIR.sub(_one_character, text) if text.lstrip().startswith("{") else text

    def _document(self, events: Iterator[Any]) -> Node:
        node: Node = Scalar(Place(self.file, 1, 1), "", plain=True)
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    what = Text("文件里有不止一个 YAML 文档", "the file holds more than one YAML document")
                    raise InputRefused(
                        [
                            *self.problems,
                            self._at(
                                event,
                                what,
                                Text("每份文件只写一份，删去“---”之后的内容", "one file, one document: remove what follows the ---"),
                            ),
                        ]
                    )
            elif isinstance(event, yaml.NodeEvent):
                node = self._node(event, events, 1)
        return node

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        self._refuse_indirection(event)
        if depth > MAX_DEPTH:
            raise InputRefused([*self.problems, self._at(event, *_TOO_DEEP)])
        self.nodes_left -= 1
        if self.nodes_left < 0:
            what = Text("文件里的键和值太多，读到这里为止", "the file holds too many keys and values; they were read up to here")
            raise InputRefused([*self.problems, self._at(event, what, _SPLIT)])
        place = self._place(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(place, tuple(self._items(events, depth)))
        if isinstance(event, yaml.MappingStartEvent):
            return Mapping(place, tuple(self._entries(events, depth)))
        text = getattr(event, "value", "")
        is_plain = isinstance(event, yaml.ScalarEvent) and not event.style
        wrong = self._unfit(text, is_plain=is_plain)
        if wrong is not None:
            self.problems.append(Problem(place, *wrong))
            text = ""
        return Scalar(place, text, plain=is_plain, is_cut=is_plain and _CUT.match(self.text, event.end_mark.index) is not None)

    def _unfit(self, text: str, *, is_plain: bool) -> tuple[Text, Text] | None:
        """Return what is wrong with a text whatever it stands for, and what to do; None if nothing is."""
        if len(text) > MAX_TEXT and is_plain and text[0].isdecimal():
            what = Text(f"数字有 {len(text)} 位，过长", f"the number has {len(text)} digits, which is too long")
            return what, Text("请核对位数和单位", "check digits and unit")
        if len(text) > MAX_TEXT:
            what = Text(
                f"文字有 {len(text)} 字，超过上限 {MAX_TEXT}", f"the text has {len(text)} characters, more than the limit of {MAX_TEXT}"
            )
            return what, Text("请写要点，其余放附件", "give the gist and attach the rest")
        if CONTROL.search(text):
            return _CONTROL_SAID, RETYPE
        hidden = unseen(text)
        return None if hidden is None else (hidden, RETYPE)

    def _items(self, events: Iterator[Any], depth: int) -> Iterator[Node]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, events, depth + 1)

    def _entries(self, events: Iterator[Any], depth: int) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, Place] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                what = Text("键不能是列表或映射", "a key cannot be a list or a mapping")
                self.problems.append(Problem(key.place, what, Text("键请写成一个词", "write one word as the key")))
                continue
            if not self._is_word(key):
                continue
            spelling = fold(key.text)
            if spelling in seen:
                first = seen[spelling].line
                shown = masked(key.text)
                what = Text(f"键“{shown}”重复，第 {first} 行已经写过", f"the key “{shown}” is given twice, first in line {first}")
                self.problems.append(Problem(key.place, what, Text("合并或删去其中一处", "merge the two or remove one")))
                continue
            seen[spelling] = key.place
            yield key, value

    def _is_word(self, key: Scalar) -> bool:
        """Return whether a key can be one; refuse it if not."""
        if len(key.text) > MAX_KEY:
            long = len(key.text)
            what = Text(f"键有 {long} 字，超过上限 {MAX_KEY}", f"the key has {long} characters, more than the limit of {MAX_KEY}")
            self.problems.append(Problem(key.place, what, Text("键请写成一个词", "write one word as the key")))
            return False
        hidden = unseen(key.text, is_key=True)
        if hidden is not None:
            self.problems.append(Problem(key.place, hidden, RETYPE))
        return hidden is None

    def _refuse_indirection(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            what = Text("不使用锚点（&）和别名（*）", "anchors (&) and aliases (*) are not used here")
            todo = Text("请把内容直接写出；若是文字，请加引号", "write the content out; if it is text, put it in quotes")
            self.problems.append(self._at(event, what, todo))
        elif getattr(event, "tag", None) and event.tag != "!":
            shown = masked(event.tag)
            what = Text(f"不使用标签（{shown}）", f"tags ({shown}) are not used here")
            self.problems.append(
                self._at(event, what, Text("请删去标签；若是文字，请加引号", "remove the tag; if it is text, put it in quotes"))
            )

    def _nested(self, text: str, error: yaml.MarkedYAMLError) -> Problem | None:
        """Return that brackets are nested too deep, where the scanner gave up on them before our own count came there."""
        mark = error.problem_mark or error.context_mark
        if mark is None:
            return None
        open_ = sum(sign * text.count(bracket, 0, mark.index) for bracket, sign in (("[", 1), ("{", 1), ("]", -1), ("}", -1)))
        return self._problem(mark.line + 1, None, *_TOO_DEEP) if open_ > MAX_DEPTH else None

    def _syntax(self, text: str, error: yaml.MarkedYAMLError) -> Problem:
        mark = error.problem_mark or error.context_mark
        return self._problem(*slip(text, mark.index if mark else None))

    def _place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _at(self, event: Any, what: Text, todo: Text) -> Problem:
        return Problem(self._place(event), what, todo)

    def _problem(self, line: int | None, column: int | None, what: Text, todo: Text) -> Problem:
        return Problem(Place(self.file, line, column), what, todo)


_CUT = re.compile(r"[ \t]+#[^\s#]")
_CONTROL_SAID = Text("文件含有 YAML 不允许的字符", "the file holds a character that YAML does not allow")
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_HIGH, _LOW, _FIRST_BEYOND = 0xD800, 0xDC00, 0x10000


def _one_character(pair: re.Match[str]) -> str:
    """Return the escape of YAML for two that JSON writes for a character beyond U+FFFF."""
    code = _FIRST_BEYOND + ((int(pair[2], 16) - _HIGH) << 10) + int(pair[3], 16) - _LOW
    return f"{pair[1]}\\U{code:08x}"


_SPLIT = Text("请拆分，或删去与评价无关的内容", "split it, or leave out what the assessment does not need")
