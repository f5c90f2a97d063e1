"""Text in the two languages of the project, and folding of spellings."""

import unicodedata
from typing import Literal, NamedTuple

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, Language] = ("zh", "en")


class Text(NamedTuple):
    """One statement in Chinese and in English."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the statement in `language`."""
        return self.zh if language == "zh" else self.en


_FIRST_CJK = 0x2E80


def is_chinese(word: str) -> bool:
    """Return whether a word holds a Chinese character."""
    return any(ord(letter) >= _FIRST_CJK for letter in word)


def fold(spelling: str) -> str:
    """Fold a key or an enumerated value to one spelling: NFC, full-width forms narrowed, no outer space."""
    return unicodedata.normalize("NFKC", spelling).strip()
