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

    `none` are fields stated as none, `open` sets that may have more members, `lacks` what sets and choices are said not to have, `keys`
    the places of all keys. `standing` is that of an entry that was not done or is put off (with the place where it says so, and `why`:
    reason and note), else None. `notes` is what is added to a value in words.
    """

    place: Place
    values: dict[str, Node] = field(default_factory=dict)
    none: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)
    lacks: dict[str, Node] = field(default_factory=dict)
    support: dict[str, Support] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)
    notes: dict[str, Node] = field(default_factory=dict)
    own: Support = field(default_factory=Support)
    id: Scalar | None = None
    standing: str | None = None
    why: dict[str, Node] = field(default_factory=dict)


class SpelledList(Struct):
    """One list: its entities, whether it is complete, and of which members it says that there are none or that it names all."""

    place: Place
    entities: list[Spelled]
    complete: bool
    lacks: Node | None = None
    covers: Node | None = None

    def says_what_is_not_there(self) -> bool:
        """Return whether the list says more than what there is and whether that is all."""
        return self.lacks is not None or self.covers is not None or any(one.standing is not None for one in self.entities)
