"""Words that say nothing where an answer should stand: 待定, 另行研究, 由有关部门负责, as required. All of them are data."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from msgspec import Struct

from ..reading.shape import STRICT
from ..reading.text import fold
from .bodies import SpellingsShape

_BETWEEN = re.compile(r"[、,;/。\n]")
_AND = re.compile(r"[和与及]|\band\b")


class EmptyWords(Struct, frozen=True):
    """What counts as no answer, folded to letters and figures.

    `joined`: alone and in a row of such words; `alone`: as the whole answer. `around`: words that change nothing about it.
    """

    joined: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    around: tuple[str, ...] = ()

    def are_all(self, said: str) -> bool:
        """Return whether all that is said is empty words, or marks without a letter or a figure. What is blank is no answer either way."""
        whole = _letters(said)
        if not whole:
            return bool(said.strip())
        if whole in self.alone or self._is_empty(whole):
            return True
        parts = [part for one in _BETWEEN.split(fold(said).lower()) for part in self._smallest(one)]
        return all(self._is_empty(part) for part in parts)

    def _smallest(self, part: str) -> list[str]:
        """Return the words of a part that has no marks in it."""
        letters = _letters(part)
        if not letters or self._is_empty(letters):
            return [letters] if letters else []
        return [letters for one in _AND.split(part) if (letters := _letters(one))]

    def _is_empty(self, letters: str) -> bool:
        return letters in self.joined or self._bare(letters) in self.joined

    def _bare(self, letters: str) -> str:
        before = ""
        while letters != before and letters not in self.joined:
            before = letters
            for word in self.around:
                letters = letters.removeprefix(word)
                letters = letters if letters in self.joined else letters.removesuffix(word)
        return letters


@dataclass(frozen=True, slots=True)
class EmptyWordsShape:
    """The section `empty_words` of a vocabulary file."""

    __pydantic_config__: ClassVar[Any] = STRICT
    joined: SpellingsShape
    alone: SpellingsShape
    around: SpellingsShape

    def words(self) -> EmptyWords:
        """Return what the section says."""
        joined, alone, around = ({_letters(word) for word in (*one.zh, *one.en)} for one in (self.joined, self.alone, self.around))
        return EmptyWords(frozenset(joined), frozenset(alone), tuple(sorted(around, key=lambda word: (-len(word), word))))


def _letters(said: str) -> str:
    return "".join(filter(str.isalnum, fold(said).lower()))
