"""Sections and lists of a dossier under canonical names, before their values are read."""

from msgspec import Struct, field

from ..reading.nodes import Node, Scalar
from ..reading.problems import Place


class Support(Struct):
    """What a value or an entity rests on: id of a document, page, standing; None where not said."""

    evidence: Scalar | None = None
    page: Scalar | None = None
    planned: bool | None = None


class Spelled(Struct):
    """One section under canonical names.

    `none` are fields stated as none, `open` sets that may have more members, `keys` the places of all keys,
    `notes` what is added to a value in words.
    """

    place: Place
    values: dict[str, Node] = field(default_factory=dict)
    none: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)
    support: dict[str, Support] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)
    notes: dict[str, Node] = field(default_factory=dict)
    own: Support = field(default_factory=Support)
    id: Scalar | None = None


class SpelledList(Struct):
    """One list: its entities and whether it is complete."""

    place: Place
    entities: list[Spelled]
    complete: bool
