"""What a place in a dossier is called. Paths are put together and taken apart here and nowhere else.

`title` is a fact of the header and `children.groups` one of a group; `facilities` is a list, `facilities[2]` an entry of it (counted from
0) and `facilities[2].area` a fact of that entry. An entry of which nothing is stated is `facilities[?]`. Where no entry is meant, a field
of a list is called `facilities.area`.
"""

from dataclasses import dataclass

BLANK = "?"


@dataclass(frozen=True, slots=True)
class Parts:
    """A path taken apart: the group or list (`owner`, empty for the header), the entry of the list as it is written, and the `name`.

    `entry` is None where the path is about no entry, `name` is empty where it is about the entry as a whole. Whether `facilities` is a
    list or a fact of the header is for the vocabulary to say: both have a name and no owner.
    """

    owner: str
    entry: str | None
    name: str

    @property
    def index(self) -> int | None:
        """Return the number of the entry, or None where there is none or it is not in the dossier."""
        return int(self.entry) if self.entry is not None and self.entry.isdecimal() else None


def parts(path: str) -> Parts:
    """Take a path apart."""
    owner, bracket, rest = path.partition("[")
    if bracket:
        entry, _, name = rest.partition("]")
        return Parts(owner, entry, name.removeprefix("."))
    owner, _, name = path.rpartition(".")
    return Parts(owner, None, name)


def entry_path(list_: str, entry: int | str = BLANK) -> str:
    """Return the path of an entry of a list."""
    return f"{list_}[{entry}]"


def field_path(owner: str, name: str) -> str:
    """Return the path of a field: of a group, of a list, of an entry (by its path), or of the header (an empty `owner`)."""
    return f"{owner}.{name}" if owner else name


def vocabulary_name(path: str) -> str:
    """Return what a place is called where no entry is meant: `facilities.area` for `facilities[2].area`."""
    at = parts(path)
    if at.entry is None:
        return path
    return field_path(at.owner, at.name) if at.name else at.owner
