"""By which names a body is known: kinds of public bodies by what their names end in, and words for the proponent itself. All of it is data.

A name says which body is meant only where the file knows it. 有关部门 fits every town and names nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from msgspec import Struct

from ..reading.shape import STRICT
from ..reading.text import fold


class Spellings(Struct, frozen=True):
    """Words in Chinese and in English, as they are compared."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Return the words of both languages."""
        return self.zh + self.en


class Bodies(Struct, frozen=True):
    """How the names of bodies are read.

    `kinds`: by the code of a kind, what names of that kind end in. `proponent`: words by which a file calls its own proponent, and offices
    held there. `vague`: words that keep a name from saying which body is meant. `around`: words that stand around a name (由…负责).
    `sections`: what the name of a part of a body ends in (教育局基教科). `roles`: codes of the roles that name one body of a place.
    """

    kinds: dict[str, Spellings] = {}
    proponent: Spellings = Spellings()
    vague: Spellings = Spellings()
    around: Spellings = Spellings()
    sections: Spellings = Spellings()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpellingsShape:
    """Words in Chinese and in English, as a file writes them."""

    __pydantic_config__: ClassVar[Any] = STRICT
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def spellings(self) -> Spellings:
        """Return the words as they are compared."""
        return Spellings(compared(self.zh), compared(self.en))


@dataclass(frozen=True, slots=True)
class BodiesShape:
    """The section `bodies` of a vocabulary file."""

    __pydantic_config__: ClassVar[Any] = STRICT
    kinds: dict[str, SpellingsShape]
    proponent: SpellingsShape
    vague: SpellingsShape
    around: SpellingsShape
    sections: SpellingsShape
    roles: tuple[str, ...]

    def bodies(self) -> Bodies:
        """Return what the section says."""
        return Bodies(
            {code: words.spellings() for code, words in self.kinds.items()},
            self.proponent.spellings(),
            self.vague.spellings(),
            self.around.spellings(),
            self.sections.spellings(),
            self.roles,
        )


def compared(words: Iterable[str]) -> tuple[str, ...]:
    """Return words as names are compared, the longest first, so that a word is not taken for its beginning."""
    return tuple(sorted({same(word) for word in words}, key=lambda word: (-len(word), word)))


def same(word: str) -> str:
    """Fold what makes no difference between names: width, case, apostrophes, and spaces where they are more than one."""
    return " ".join(fold(word).lower().replace("’", "'").split())
