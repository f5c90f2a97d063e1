"""The text of a dossier whose keys moved: keys renamed, values put into other words, and what has no place any more kept as comments."""

import json
import re
from collections.abc import Iterable, Iterator

import yaml

from ..reading.text import Text, is_chinese
from ..vocabulary.model import Vocabulary
from .yaml_text import YamlText, scalar

_FLOW_SAFE = re.compile(r"(?:-(?=[\d.])|[^\s,\[\]{}#&*!|>'\"%@`?:-])[^,\[\]{}#\n]*\Z")
_COMMENT = re.compile(r"(?:(?<=\s)|^)#[^\r\n]*", re.MULTILINE)
_STEP = 2
NOT_CARRIED = Text("未带入（旧键）：", "not carried over (old key): ")

Pair = tuple[yaml.ScalarNode, yaml.Node]


class OldText(YamlText):
    """A text in which pairs of keys and values are renamed, rewritten or taken out. Nothing changes before `flush` and `result`."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        """Take the text of a YAML mapping."""
        super().__init__(text, vocabulary)
        self._parents: dict[int, yaml.Node] = {}
        self._out: dict[int, tuple[yaml.MappingNode, dict[int, str | None]]] = {}
        self._link(self.root)

    @property
    def is_changed(self) -> bool:
        """Return whether anything is to be changed."""
        return bool(self._changes or self._out)

    def line(self, node: yaml.Node) -> int:
        """Return the line in which a node begins, counted from 1."""
        return int(node.start_mark.line) + 1

    def raw(self, first: yaml.Node, last: yaml.Node) -> str:
        """Return the text from one node to the end of another as it is written."""
        return self.text[first.start_mark.index : self._end(last)]

    def rename(self, key: yaml.ScalarNode, new: Text) -> None:
        """Write another key in the place of one, in its language and with its quotes."""
        self.replace(key, in_quotes_of(key, new.zh if is_chinese(key.value) else new.en))

    def flow(self, node: yaml.Node) -> str:
        """Return a value as it can stand in braces: as it is written where that can, else the same in quotes or braces."""
        if isinstance(node, yaml.ScalarNode):
            written = self.raw(node, node)
            if not node.style:
                return written if not written or _FLOW_SAFE.match(written) else scalar(node.value)
            return written if node.style in ("'", '"') and "\n" not in written else json.dumps(node.value, ensure_ascii=False)
        if isinstance(node, yaml.CollectionNode) and node.flow_style and "\n" not in (written := self.raw(node, node)):
            return written
        if isinstance(node, yaml.SequenceNode):
            return "[" + ", ".join(map(self.flow, node.value)) + "]"
        assert isinstance(node, yaml.MappingNode)
        return "{" + ", ".join(f"{self.flow(key)}: {self.flow(value)}" for key, value in node.value) + "}"

    def into(self, key: yaml.ScalarNode, value: yaml.Node, name: str) -> None:
        """Put a value into a mapping of its own, under a key."""
        if isinstance(value, yaml.ScalarNode) and value.style in ("|", ">"):
            head, *body = self.raw(value, value).splitlines()
            indent = " " * (int(key.start_mark.column) + _STEP)
            lines = ["", f"{indent}{name}: {head}", *(" " * _STEP + line if line else line for line in body)]
            self._changes.append((self._end(key) + 1, self._end(value), self.newline.join(lines)))
            return
        if isinstance(value, yaml.CollectionNode) and not value.flow_style:
            start = self.text.rfind("\n", 0, value.start_mark.index) + 1
            if not self.text[start : value.start_mark.index].strip() and value.start_mark.line > key.start_mark.line:
                end, indent = self._line_end(self._end(value)), " " * int(value.start_mark.column)
                lines = [f"{indent}{name}:", *(f"  {line}" if line else line for line in self.text[start:end].splitlines())]
                self._changes.append((start, end, self.newline.join(lines)))
                return
        self.replace(value, f"{{{name}: {self.flow(value)}}}")

    def add_beside(self, mapping: yaml.MappingNode, last: yaml.Node, pairs: Iterable[str]) -> None:
        """Add pairs behind a value of a mapping."""
        at = self._end(last)
        if mapping.flow_style:
            self._changes.append((at, at, "".join(f", {pair}" for pair in pairs)))
        else:
            at, indent = self._line_end(at), " " * int(mapping.start_mark.column)
            self._changes.append((at, at, "".join(f"{self.newline}{indent}{pair}" for pair in pairs)))

    def take_out(self, mapping: yaml.MappingNode, pair: Pair, *, kept: bool) -> str:
        """Take a pair out of its mapping; `kept`: leave it there as a comment. Return the comments that went with it, one a line."""
        index = next(number for number, one in enumerate(mapping.value) if one[0] is pair[0])
        written = self._whole(mapping, pair)
        self._out.setdefault(id(mapping), (mapping, {}))[1][index] = written if kept else None
        return "" if mapping.flow_style else "\n".join(self._comments(written, pair))

    def flush(self) -> None:
        """Turn what was taken out into changes of the text."""
        for mapping, out in self._out.values():
            if mapping.flow_style:
                self._out_of_braces(mapping, out)
            else:
                self._out_of_lines(mapping, out)
        self._out = {}

    def _out_of_braces(self, mapping: yaml.MappingNode, out: dict[int, str | None]) -> None:
        pairs, root = mapping.value, self._outermost(mapping)
        for first, last in _runs(out):
            before, after = first > 0, last + 1 < len(pairs)
            start = self._end(pairs[first - 1][1]) if before and not after else pairs[first][0].start_mark.index
            end = pairs[last + 1][0].start_mark.index if after else self._end(pairs[last][1])
            if not before and not after:
                start, end = mapping.start_mark.index + 1, mapping.end_mark.index - 1
            lost = self._comments(self.text[start:end], *pairs[first : last + 1])
            self._changes.append((start, end, ""))
            kept = [line for number in range(first, last + 1) if (line := out[number]) is not None]
            self._comment_below(root, [*_as_comments(kept, mapping), *lost])

    def _out_of_lines(self, mapping: yaml.MappingNode, out: dict[int, str | None]) -> None:
        pairs, indent = mapping.value, " " * int(mapping.start_mark.column)
        for first, last in _runs(out):
            start = self.text.rfind("\n", 0, pairs[first][0].start_mark.index) + 1
            if self.text[start : pairs[first][0].start_mark.index].strip():  # behind the dash of an entry
                self._behind_dash(mapping, out, first, last)
                continue
            for number in range(first, last + 1):
                key, value = pairs[number]
                start, end = self.text.rfind("\n", 0, key.start_mark.index) + 1, self._line_end(self._end(value))
                said = out[number]
                if said is None:
                    end += len(self.newline) if self.text[end:].startswith(self.newline) else 0
                    self._changes.append((start, end, ""))
                else:
                    lines = [indent + line for line in _as_comments([said], mapping)]
                    self._changes.append((start, end, self.newline.join(lines)))

    def _behind_dash(self, mapping: yaml.MappingNode, out: dict[int, str | None], first: int, last: int) -> None:
        pairs = mapping.value
        start = pairs[first][0].start_mark.index
        end = pairs[last + 1][0].start_mark.index if last + 1 < len(pairs) else self._end(pairs[last][1])
        lost = self._comments(self.text[start:end], *pairs[first : last + 1])
        kept = [line for number in range(first, last + 1) if (line := out[number]) is not None]
        above = self.text.rfind("\n", 0, start) + 1
        indent = " " * self._indent_of_line(above)
        lines = [*_as_comments(kept, mapping), *(one for one in lost if not any(one in line for line in kept))]
        self._changes.append((above, above, "".join(f"{indent}{line}{self.newline}" for line in lines)))
        self._changes.append((start, end, "" if last + 1 < len(pairs) else "{}"))

    def _comment_below(self, root: yaml.Node, lines: list[str]) -> None:
        if lines:
            at, indent = self._line_end(self._end(root)), " " * self._indent_of_line(root.start_mark.index)
            self._changes.append((at, at, "".join(f"{self.newline}{indent}{line}" for line in lines)))

    def _whole(self, mapping: yaml.MappingNode, pair: Pair) -> str:
        """Return a pair as it is written: in lines, with the comment behind it and without the indent of its mapping."""
        if mapping.flow_style:
            return self.raw(*pair)
        column, end = int(mapping.start_mark.column), self._line_end(self._end(pair[1]))
        first, *more = self.text[pair[0].start_mark.index : end].splitlines()
        return "\n".join([first, *(line[column:] if not line[:column].strip() else line.lstrip() for line in more)])

    def _comments(self, written: str, *pairs: Pair) -> list[str]:
        """Return the comments in a piece of text that holds pairs, one a line; a # within a value is none."""
        for pair in pairs:
            for one in self._scalars(*pair):
                written = written.replace(self.raw(one, one), "", 1) if "#" in self.raw(one, one) else written
        return [found[0].rstrip() for found in _COMMENT.finditer(written)]

    def _scalars(self, *nodes: yaml.Node) -> Iterator[yaml.Node]:
        for node in nodes:
            if isinstance(node, yaml.MappingNode):
                for pair in node.value:
                    yield from self._scalars(*pair)
            elif isinstance(node, yaml.SequenceNode):
                yield from self._scalars(*node.value)
            else:
                yield node

    def _outermost(self, node: yaml.Node) -> yaml.Node:
        """Return the outermost value in braces or brackets around a node in such."""
        around = self._parents.get(id(node))
        while isinstance(around, yaml.CollectionNode) and around.flow_style:
            node, around = around, self._parents.get(id(around))
        return node

    def _link(self, node: yaml.Node) -> None:
        below = [one for pair in node.value for one in pair] if isinstance(node, yaml.MappingNode) else node.value
        for one in below if isinstance(node, yaml.CollectionNode) else ():
            self._parents[id(one)] = node
            self._link(one)


def in_quotes_of(node: yaml.ScalarNode, text: str) -> str:
    """Return a text quoted as a node is."""
    if node.style == '"':
        return json.dumps(text, ensure_ascii=False)
    return "'" + text.replace("'", "''") + "'" if node.style == "'" else scalar(text)


def _as_comments(kept: Iterable[str], mapping: yaml.MappingNode) -> list[str]:
    """Return what was taken out as comments, in the language of its key."""
    lines = []
    for said in kept:
        key = said.partition(":")[0]
        marker = NOT_CARRIED.zh if is_chinese(key) or any(is_chinese(one.value) for one, _ in mapping.value) else NOT_CARRIED.en
        first, *more = said.splitlines()
        lines += [f"# {marker}{first}", *(f"# {line}".rstrip() for line in more)]
    return lines


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Return the runs of numbers that follow each other, each by its first and last."""
    ordered = sorted(numbers)
    start = 0
    for at in range(1, len(ordered) + 1):
        if at == len(ordered) or ordered[at] != ordered[at - 1] + 1:
            yield ordered[start], ordered[at - 1]
            start = at
