"""The text of a YAML dossier that is added to and keeps every byte that its author wrote: comments, order, spacing."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

import yaml

from ..dossier.words import LIST_KEYS
from ..reading.text import fold
from ..vocabulary.model import Field, Vocabulary

_PLAIN = re.compile(r"[^\W\d_][\w-]*\Z")
_RESERVED = frozenset({"true", "false", "null", "yes", "no", "on", "off"})
_COMMENT = re.compile(r"#[^\n]*")
_STEP = 2

Node = yaml.Node


def scalar(text: str) -> str:
    """Return a text as YAML, plain where it cannot be taken for anything else, within braces too."""
    if _PLAIN.match(text) and text.lower() not in _RESERVED:
        return text
    return json.dumps(text, ensure_ascii=False)


class YamlText:
    """A text to which lines are added at places of its tree; `result` gives the whole."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        """Take the text of a dossier that was read and is valid."""
        self.text = text
        self.vocabulary = vocabulary
        self.newline = "\r\n" if "\r\n" in text else "\n"
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        assert isinstance(root, yaml.MappingNode)
        self.root = root
        self._changes: list[tuple[int, int, str]] = []

    @property
    def is_in_braces(self) -> bool:
        """Return whether the whole dossier is one flow mapping, as JSON is: such a text has no lines to add to."""
        return bool(self.root.flow_style)

    def holds(self, line: str) -> bool:
        """Return whether the text has a line that says this."""
        return line.strip() in {one.strip() for one in self.text.splitlines()}

    def section(self, name: str) -> Node | None:
        """Return the node of a group or a list (or, with an empty name, of the dossier), or None."""
        if not name:
            return self.root
        keyed = self.vocabulary.groups.get(name) or self.vocabulary.lists[name]
        return self.child(self.root, {fold(spelling): name for spelling in keyed.key}, name)

    def field(self, mapping: Node, field: Field) -> Node | None:
        """Return the node of a field in the mapping of its group or entry, or None."""
        return self.child(mapping, {fold(spelling): field.name for spelling in field.key}, field.name)

    def entries(self, list_: Node) -> list[Node]:
        """Return the nodes of the entries of a list."""
        sequence = self.sequence(list_)
        return list(sequence.value) if sequence is not None else []

    def sequence(self, list_: Node) -> yaml.SequenceNode | None:
        """Return the sequence of a list, which may stand beside a mark of completeness."""
        if isinstance(list_, yaml.MappingNode):
            items = self.child(list_, LIST_KEYS, "items")
            return items if isinstance(items, yaml.SequenceNode) else None
        return list_ if isinstance(list_, yaml.SequenceNode) else None

    def completeness(self, list_: Node) -> Node | None:
        """Return the node that says whether a list is complete, or None."""
        return self.child(list_, LIST_KEYS, "complete")

    def child(self, mapping: Node, names: Mapping[str, str], name: str) -> Node | None:
        """Return the node under the key that has a name, in any of its spellings."""
        if not isinstance(mapping, yaml.MappingNode):
            return None
        for key, value in mapping.value:
            if names.get(fold(key.value)) == name:
                found: Node = value
                return found
        return None

    @staticmethod
    def is_empty(node: Node) -> bool:
        """Return whether nothing stands behind a key."""
        return isinstance(node, yaml.ScalarNode) and not node.style and node.start_mark.index == node.end_mark.index

    def replace(self, node: Node, written: str) -> None:
        """Write a value in the place of another, or behind a key that has none."""
        written = f" {written}" if self.is_empty(node) else written
        self._changes.append((node.start_mark.index, self._end(node), written))

    def add_to_root(self, lines: Iterable[str]) -> None:
        """Add lines at the end of the text."""
        self._at(len(self.text), lines)

    def add_below(self, node: Node, lines: Iterable[str], indent: int) -> None:
        """Add lines below a key behind which nothing stands."""
        self._at(self._line_end(node.end_mark.index), _indented(lines, indent))

    def add_to_mapping(self, mapping: Node, lines: Iterable[str]) -> None:
        """Add the lines of keys (`key: value`, with comments before them) to a mapping, in lines or in braces."""
        assert isinstance(mapping, yaml.MappingNode)
        if mapping.flow_style:
            self._in_braces(mapping, [f"{line}," if not line.lstrip().startswith("#") else line for line in map(_spaced, lines)])
        else:
            self._at(self._line_end(self._end(mapping)), _indented(lines, mapping.start_mark.column))

    def add_entry(self, sequence: Node, block: list[str], flow: str) -> None:
        """Add an entry to a sequence: its lines, or, where the sequence stands in brackets, what stands in braces."""
        assert isinstance(sequence, yaml.SequenceNode)
        if sequence.flow_style:
            self._in_braces(sequence, [f"{flow},"])
        else:
            self._at(self._line_end(self._end(sequence)), _indented(_dashed(block), sequence.start_mark.column))

    def wrap(self, sequence: Node, key: str, mark: str) -> None:
        """Put a sequence below a key of its own, with a line beside it."""
        start, end = sequence.start_mark.index, self._end(sequence)
        assert isinstance(sequence, yaml.SequenceNode)
        if sequence.flow_style:
            self._changes += [(start, start, f"{{{key}: "), (end, end, f", {mark}}}")]
            return
        start, end = self.text.rfind("\n", 0, start) + 1, self._line_end(end)
        lines = self.text[start:end].splitlines()
        wrapped = [f"  {key}:", *_indented(lines, _STEP), f"  {mark}"]
        self._changes.append((start, end, self.newline.join(wrapped)))

    def comment_after(self, node: Node, line: str) -> None:
        """Add a comment below a node at the left margin, unless the text has it already."""
        if not self.holds(line):
            self._at(self._line_end(self._end(node)), [line])

    def result(self) -> str:
        """Return the whole text with everything that was added."""
        text = self.text
        # at one place what belongs in the line comes before whole lines, and these in the order in which they were added
        ordered = sorted(enumerate(self._changes), key=lambda one: (one[1][0], "\n" in one[1][2], one[0]), reverse=True)
        for _, (start, end, written) in ordered:
            text = text[:start] + written + text[end:]
        return text if text.endswith("\n") else text + self.newline

    def _at(self, offset: int, lines: Iterable[str]) -> None:
        """Add whole lines before the end of the line at an offset."""
        added = self.newline.join(line.rstrip() for line in lines)
        if not added:
            return
        if offset == len(self.text) and (not self.text or self.text.endswith("\n")):
            self._changes.append((offset, offset, added + self.newline))
        else:
            self._changes.append((offset, offset, self.newline + added))

    def _in_braces(self, node: Node, lines: list[str]) -> None:
        close = node.end_mark.index - 1
        indent = self._indent_of_line(node.start_mark.index) + 2 * _STEP
        if node.value:
            last = self._end(node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1])
            if "," not in _COMMENT.sub("", self.text[last:close]):
                self._changes.append((last, last, ","))
        before = len(self.text[:close].rstrip(" "))
        start, tail = (before - 1, "") if self.text[:before].endswith("\n") else (close, self.newline + " " * (indent - _STEP))
        added = self.newline.join(_indented(lines, indent))
        self._changes.append((start, start, self.newline + added + tail))

    def _indent_of_line(self, offset: int) -> int:
        start = self.text.rfind("\n", 0, offset) + 1
        line = self.text[start:]
        return len(line) - len(line.lstrip(" "))

    def _end(self, node: Node) -> int:
        """Return where the text of a node ends: of a block, where its last value ends."""
        if isinstance(node, yaml.ScalarNode):
            if node.style in ("|", ">"):
                return len(self.text[: node.end_mark.index].rstrip())
            return int(node.end_mark.index)
        assert isinstance(node, yaml.CollectionNode)
        if node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self._end(last[1] if isinstance(node, yaml.MappingNode) else last)

    def _line_end(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        if end < 0:
            return len(self.text)
        return end - 1 if self.text[end - 1 : end] == "\r" else end


def _spaced(line: str) -> str:
    """Return a line whose key has no value so that a comma may follow."""
    return f"{line} " if line.endswith(":") else line


def _indented(lines: Iterable[str], indent: int) -> Iterator[str]:
    for line in lines:
        yield " " * indent + line if line else line


def _dashed(lines: list[str]) -> list[str]:
    return [("- " if number == 0 else "  ") + line for number, line in enumerate(lines)]
