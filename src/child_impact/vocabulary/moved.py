"""Keys of older dossiers: where each stood, how it was spelled, and where what it said stands now.

The data stand in `rules/vocabulary/moved.yaml`. Whoever moves a key, or lets it become something else, adds a line there: readers then name
the new place, and `child-impact new --from` rewrites a dossier. No line needs a program.
"""

from enum import StrEnum

from msgspec import Struct

from ..reading.text import Text, fold
from .paths import parts


class How(StrEnum):
    """What becomes of what an old key says."""

    SECTION = "section"
    """A group or a list has another name; its keys have lines of their own where they moved too."""
    VALUE = "value"
    """The value stands under the new key, as it is or as `words` translate it."""
    BODY = "body"
    """The same, where the new key asks for a body."""
    NOTE = "note"
    """The new key is no text: the words become its note, unless they are one of its values or among `words`."""
    ENTRY = "entry"
    """The fact becomes an entry of a list, with the further facts of `set`."""
    TABLE = "table"
    """Rows of the section say what follows from it, together with other keys."""
    DROP = "drop"
    """Nothing asks for it any more."""


class Row(Struct, frozen=True):
    """A row of a section's table: where the old keys of an entry have one of these codes each, it has these facts (field to code)."""

    when: dict[str, tuple[str, ...]]
    sets: dict[str, str]


class Move(Struct, frozen=True):
    """One key that moved, by its old path. `to` is the new path; None where there is none.

    `key` is how it was spelled, `values` what it could be, `words` old codes or words with the codes that they stand for now, `said` what
    its author is told to do besides. An entry that a fact becomes has the `id`; with `join` the fact goes into the one entry that has the
    facts of `set` and lacks it, if there is one.
    """

    path: str
    key: Text
    to: str | None
    how: How
    said: Text | None = None
    values: dict[str, Text] = {}
    words: dict[str, str] = {}
    sets: dict[str, str] = {}
    rows: tuple[Row, ...] = ()
    id: str = ""
    join: bool = False

    @property
    def name(self) -> str:
        """Return the last part of the old path."""
        return parts(self.path).name

    @property
    def is_retyped(self) -> bool:
        """Return whether the key stands where it stood, and only what it takes is another."""
        return self.path == self.to

    def code(self, spelling: str) -> str | None:
        """Return the code that a value or word of the old key stands for now, or None."""
        wanted = self.old_code(spelling) or fold(spelling)
        return next((code for word, code in self.words.items() if fold(word) == wanted), None)

    def old_code(self, spelling: str) -> str | None:
        """Return the code of a value that the old key could have, spelled by its code or by its name in either language."""
        wanted = fold(spelling)
        return next((code for code, name in self.values.items() if wanted in (code, fold(name.zh), fold(name.en))), None)


class Moves(Struct, frozen=True):
    """All keys that moved, by their old paths."""

    all: dict[str, Move] = {}

    def at(self, owner: str, spelling: str) -> Move | None:
        """Return the move of a key as it is spelled in a group or list by its old name (empty: at the top); None if it did not move."""
        wanted = fold(spelling)
        for move in self.of(owner):
            if wanted in map(fold, move.key):
                return move
        return None

    def of(self, owner: str) -> list[Move]:
        """Return the moves of the keys of a group or list (empty: of the top), those that are only retyped left out."""
        return [move for path, move in self.all.items() if parts(path).owner == owner and not move.is_retyped]

    def retyped(self, path: str) -> Move | None:
        """Return the move of a key of today that takes something else than it did, or None."""
        move = self.all.get(path)
        return move if move is not None and move.is_retyped else None
