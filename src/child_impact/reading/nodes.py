"""The tree that a YAML file is read into: scalars, sequences and mappings, each with its position."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from .problems import Place

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL = re.compile(r"0o[0-7]+\Z")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_NOT_FINITE = re.compile(r"([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\Z")


class Scalar(Struct, frozen=True):
    """A single value. `plain` is true where it was written without quotes, and only then is it more than a string."""

    place: Place
    text: str
    plain: bool

    def is_null(self) -> bool:
        """Return whether this is YAML's null (an empty value among them)."""
        return self.plain and self.text in _NULL

    def boolean(self) -> bool | None:
        """Return the boolean written here, or None if it is not one."""
        if not self.plain or self.text not in _TRUE | _FALSE:
            return None
        return self.text in _TRUE

    def is_not_finite(self) -> bool:
        """Return whether this is YAML's infinity or not-a-number."""
        return self.plain and _NOT_FINITE.match(self.text) is not None

    def number(self) -> Decimal | None:
        """Return the exact number written here (YAML 1.2 core schema), or None if it is not a finite one."""
        if not self.plain:
            return None
        if _OCTAL.match(self.text):
            return Decimal(int(self.text, 0))
        if _HEXADECIMAL.match(self.text):
            return Decimal(int(self.text, 0))
        if _INTEGER.match(self.text) or _FLOAT.match(self.text):
            try:
                return Decimal(self.text)
            except InvalidOperation:
                return None  # an exponent beyond any number
        return None


class Sequence(Struct, frozen=True):
    """A list of nodes."""

    place: Place
    items: "tuple[Node, ...]"


class Mapping(Struct, frozen=True):
    """Keys with their nodes, in the order of the file. No two keys are spelled alike."""

    place: Place
    entries: "tuple[tuple[Scalar, Node], ...]"

    def __iter__(self) -> "Iterator[tuple[Scalar, Node]]":
        return iter(self.entries)

    def get(self, key: str) -> "Node | None":
        """Return the node under `key`, or None."""
        for name, node in self.entries:
            if name.text == key:
                return node
        return None


Node = Scalar | Sequence | Mapping


def plain_data(node: Node) -> object:
    """Return a node as Python data: dict, list, str, bool, int, Decimal or None (YAML 1.2 core schema)."""
    if isinstance(node, Mapping):
        return {key.text: plain_data(value) for key, value in node}
    if isinstance(node, Sequence):
        return [plain_data(item) for item in node.items]
    if node.is_null():
        return None
    boolean = node.boolean()
    if boolean is not None:
        return boolean
    number = node.number()
    if number is None:
        return node.text
    return int(number) if number == number.to_integral_value() else number
