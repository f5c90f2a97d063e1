"""How parts, numbers, days and titles are put into the sentences of one language, whatever they are about."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ..reading.text import Language
from ..vocabulary.values import PartialDate

MAX_NAMES = 6
FEWEST_IN_RANGE = 3
FEWEST_GROUPED = 5  # figures of fewer digits are not grouped
MILLION = 1_000_000
LONGEST_NOTE = {"zh": 60, "en": 160}
"""How many characters of a note are printed in a sentence; the list of all that is stated prints it whole."""
_NARROW_BRACKETS = re.compile(r"\(([^()]*[\u3400-\u9fff][^()]*)\)")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def series(parts: Iterable[str], language: Language, most: int | None = None) -> str:
    """Join parts that may hold commas of their own, each once; of more than `most`, say how many there are beyond."""
    each = list(dict.fromkeys(parts))
    shown = ("；" if language == "zh" else "; ").join(each[:most])
    beyond = len(each) - most if most is not None else 0
    if beyond <= 0:
        return shown
    return f"{shown}；另有{beyond}项" if language == "zh" else f"{shown}; and {beyond} more"


def lines_phrase(lines: Sequence[str], language: Language, *, cells: bool) -> str:
    """Return lines (or cells) of the dossier as a phrase, or nothing."""
    if not lines:
        return ""
    if cells:
        return ("、" if language == "zh" else ", ").join(lines)
    if language == "zh":
        return f"第{'、'.join(lines)}行"
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(lines)}"


def wide_brackets(text: str) -> str:
    """Return Chinese text with the brackets of Chinese around what is Chinese in it."""
    return _NARROW_BRACKETS.sub(r"（\1）", text)


class Phrases:
    """Makes the phrases of one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def join(self, parts: list[str]) -> str:
        """Join parts of a list."""
        return ("、" if self.language == "zh" else ", ").join(parts)

    def series(self, parts: Iterable[str], most: int | None = None) -> str:
        """Join parts that may hold commas of their own, each once; of more than `most`, say how many there are beyond."""
        return series(parts, self.language, most)

    def bracketed(self, said: str, more: str) -> str:
        """Return what is said, and what is added to it in brackets, or after a dash where it has brackets of its own."""
        if not more:
            return said
        if self.language == "zh":
            return f"{said}——{more}" if "（" in more else f"{said}（{more}）"
        return f"{said} – {more}" if "(" in more else f"{said} ({more})"

    def cut(self, text: str) -> str:
        """Return a text that fits into a sentence; of a longer one its beginning, marked as such."""
        most = LONGEST_NOTE[self.language]
        if len(text) <= most:
            return text
        return f"{text[:most]}……" if self.language == "zh" else f"{text[:most].rsplit(' ', 1)[0]} …"

    def people(self, number: Decimal, *, children: bool) -> str:
        """Return how many people, or children, as a phrase."""
        if self.language == "zh":
            return f"{'儿童' if children else '共'}{self.figures(number)}人"
        one, many = ("child", "children") if children else ("person", "people")
        return f"{self.figures(number)} {one if number == 1 else many}"

    def counted(self, number: int, one: str, many: str) -> str:
        """Return a number and the English word for what is counted, in singular or plural."""
        return f"{number} {one if number == 1 else many}"

    def numbers(self, numbers: Iterable[int]) -> str:
        """Return numbers of points as a phrase, neighbours as a range: “items 1 to 3 and 5”."""
        each = sorted(set(numbers))
        runs: list[list[int]] = []
        for number in each:
            if runs and runs[-1][-1] == number - 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        to = "至" if self.language == "zh" else " to "
        parts = []
        for run in runs:
            parts += [f"{run[0]}{to}{run[-1]}"] if len(run) >= FEWEST_IN_RANGE else [str(number) for number in run]
        if self.language == "zh":
            return f"第{'、'.join(parts)}项"
        return f"item{'s' if len(each) > 1 else ''} {self.listed(parts)}"

    def listed(self, parts: list[str]) -> str:
        """Return a list of words in a sentence: “a, b and c”."""
        if self.language == "zh":
            return "、".join(parts)
        return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"

    def day(self, day: PartialDate) -> str:
        """Return a date to the precision that it is known."""
        first, last = day.first, day.last
        if self.language == "en":
            month = f"{_MONTHS[first.month - 1]} {first.year}"
            return f"{first.day} {month}" if first == last else month if first.month == last.month else f"{first.year}"
        if first == last:
            return f"{first.year}年{first.month}月{first.day}日"
        return f"{first.year}年{first.month}月" if first.month == last.month else f"{first.year}年"

    def shortened(self, names: list[str]) -> str:
        """Return a few names, and how many more there are."""
        shown = self.join(names[:MAX_NAMES])
        if len(names) <= MAX_NAMES:
            return shown
        return f"{shown}等{len(names)}项" if self.language == "zh" else f"{shown} and {len(names) - MAX_NAMES} more"

    def figures(self, number: Decimal) -> str:
        """Return the figures of a number; in English, many of them in groups of three."""
        shown = f"{int(number)}" if number == number.to_integral_value() else f"{number.normalize():f}"
        if self.language == "zh" or len(shown.partition(".")[0]) < FEWEST_GROUPED:
            return shown
        whole, point, rest = shown.partition(".")
        return f"{int(whole):,}".replace(",", "\u00a0") + point + rest

    def yuan(self, yuan: Decimal) -> str:
        """Return a sum of money in English."""
        if abs(yuan) < MILLION:
            return f"{self.figures(yuan)} yuan"
        return f"{self.figures(yuan / MILLION)} million yuan"
