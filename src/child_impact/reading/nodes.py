"""The tree that a YAML file is read into: scalars, sequences and mappings, each with its position."""

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from .problems import Place

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_NUMBER = re.compile(
    r"0o(?P<octal>[0-7]+)|0x(?P<hexadecimal>[0-9a-fA-F]+)|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE](?P<exponent>[-+]?[0-9]+))?"
)
_NOT_FINITE = re.compile(r"([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\Z")

MAX_NUMERAL = 60
"""How many characters a number may be written with: what is longer is not computed."""
MAX_EXPONENT = 99


class Scalar(Struct, frozen=True):
    """A single value. `plain` is true where it was written without quotes, and only then is it more than a string.

    `is_cut`: a # with something right behind it follows on the line, which may have been meant as text and is a comment.
    """

    place: Place
    text: str
    plain: bool
    is_cut: bool = False

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

    def is_beyond(self) -> bool:
        """Return whether this has the form of a number, but more digits or a larger exponent than any figure of use."""
        if not self.plain:
            return False
        if len(self.text) <= MAX_NUMERAL:
            numeral = _NUMBER.fullmatch(self.text)
            return numeral is not None and _has_large_exponent(numeral)
        return _NUMBER.fullmatch(self.text) is not None

    def number(self) -> Decimal | None:
        """Return the exact number written here (YAML 1.2 core schema), or None if it is not a finite one of bounded length."""
        if not self.plain or len(self.text) > MAX_NUMERAL:
            return None
        numeral = _NUMBER.fullmatch(self.text)
        if numeral is None or _has_large_exponent(numeral):
            return None
        return Decimal(int(self.text, 0)) if numeral["octal"] or numeral["hexadecimal"] else Decimal(self.text)


def _has_large_exponent(numeral: re.Match[str]) -> bool:
    return numeral["exponent"] is not None and abs(int(numeral["exponent"])) > MAX_EXPONENT


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
