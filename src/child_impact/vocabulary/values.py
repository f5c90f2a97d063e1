"""Values that facts take beyond Python's own: dates that may be known only to the month or the year."""

import re
from datetime import date, timedelta

from msgspec import Struct

NATIONAL = "100000"
_WRITTEN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z")
_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?\Z")


class PartialDate(Struct, frozen=True, order=True):
    """A date known to the day, the month or the year: the closed interval of days that it may be."""

    first: date
    last: date

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """Return a date known to the day."""
        return cls(day, day)

    def is_exact(self) -> bool:
        """Return whether the date is known to the day."""
        return self.first == self.last

    def __str__(self) -> str:
        if self.first == self.last:
            return self.first.isoformat()
        if (self.first.month, self.last.month) == (1, 12):
            return f"{self.first.year:04d}"
        return f"{self.first.year:04d}-{self.first.month:02d}"


def lies_within(place: str, division: str) -> bool:
    """Return whether a place is an administrative division or part of it, both by GB/T 2260 codes. All lie within 100000, the country."""
    if division == NATIONAL:
        return True
    return place.startswith(division.removesuffix("0000") if division.endswith("0000") else division.removesuffix("00"))


def read_date(written: str) -> PartialDate | None:
    """Read 2026, 2026-03, 2026-03-08 or their Chinese forms (2026年3月8日); None if it is no date of the calendar."""
    match = _WRITTEN.match(written) or _CHINESE.match(written)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is not None and month is not None and day is not None:
            return PartialDate.of(date(year, month, day))
        if year is not None and month is not None:
            following = date(year + month // 12, month % 12 + 1, 1)
            return PartialDate(date(year, month, 1), following - timedelta(days=1))
        return PartialDate(date(year or 0, 1, 1), date(year or 0, 12, 31))
    except ValueError:
        return None
