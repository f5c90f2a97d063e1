"""How wide the columns of a table are in a document on paper."""

import re

from ..reading.text import is_chinese

PADDING = 3.5  # mm
COMFORTABLE = 21.0
WHOLE_HEAD, WHOLE_CELL = 4, 3  # characters
CHINESE_WIDTH = 3.7
LATIN_WIDTH = 1.85
_WORDS = re.compile(r"[\u2e80-\uffff]|[^\s\u2e80-\uffff]+")


def widths(texts: list[list[str]], whole: float) -> list[float]:
    """Return how wide each column is, in mm: room for its longest word, and of what is left more for those with more to say."""
    columns = list(zip(*texts, strict=True))
    usual = [sum(_length(text) for text in column) / len(column) for column in columns]
    longest = [max(_longest(text, head=not row) for row, text in enumerate(column)) for column in columns]
    least = [max(long + PADDING, min(many, COMFORTABLE)) for long, many in zip(longest, usual, strict=True)]
    wanted = [many**0.7 for many in usual]
    left = max(0.0, whole - sum(least))
    found = [room + left * wish / max(sum(wanted), 1) for room, wish in zip(least, wanted, strict=True)]
    return [whole * width / sum(found) for width in found]


def _longest(text: str, *, head: bool) -> float:
    """Return how wide the longest part of a cell is that should stay on one line: a word, or a short name as a whole."""
    if len(text) <= (WHOLE_HEAD if head else WHOLE_CELL):
        return _length(text)
    return max(_length(word) for word in _WORDS.findall(text) or [""])


def _length(text: str) -> float:
    """Return about how long a text is in the type of tables, in mm."""
    return sum(CHINESE_WIDTH if is_chinese(letter) else LATIN_WIDTH for letter in text)
