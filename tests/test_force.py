"""Which clauses bind: the day before and after, here and elsewhere, and what a profile adopts."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from child_impact.assessment.force import status
from child_impact.assessment.model import Status
from child_impact.rulebook.model import Rulebook, Source

BEIJING, CHANGCHUN, HUOZHOU, LINFEN = "110102", "220102", "141082", "141002"


def source(rulebook: Rulebook, id_: str) -> Source:
    return rulebook.sources[id_]


@pytest.mark.parametrize(
    ("id_", "place", "last_day_before", "before", "after"),
    [
        ("law-minors-protection", BEIJING, date(2021, 5, 31), Status.NOT_YET, Status.IN_FORCE),
        ("law-accessibility", BEIJING, date(2023, 8, 31), Status.NOT_YET, Status.IN_FORCE),
        ("beijing-2023", BEIJING, date(2023, 12, 31), Status.IN_FORCE, Status.EXPIRED),
        ("outline-2011", BEIJING, date(2020, 12, 31), Status.IN_FORCE, Status.SUPERSEDED),
        ("jilin-2022", CHANGCHUN, date(2022, 6, 30), Status.NOT_YET, Status.IN_FORCE),
        ("huozhou-children-2021", HUOZHOU, date(2025, 12, 31), Status.IN_FORCE, Status.EXPIRED),
    ],
)
def test_a_source_changes_its_status_from_one_day_to_the_next(
    rulebook: Rulebook, id_: str, place: str, last_day_before: date, before: Status, after: Status
) -> None:
    """The day before and the day after a source comes into force, or ends, are told apart."""
    profile = rulebook.profiles["default"]
    found = source(rulebook, id_)

    assert status(found, profile, place, last_day_before) is before
    assert status(found, profile, place, last_day_before + timedelta(days=1)) is after


@pytest.mark.parametrize(
    ("id_", "place", "expected"),
    [
        ("jilin-2022", CHANGCHUN, Status.IN_FORCE),
        ("jilin-2022", BEIJING, Status.ELSEWHERE),
        ("huozhou-children-2021", HUOZHOU, Status.IN_FORCE),
        ("huozhou-children-2021", LINFEN, Status.ELSEWHERE),
        ("changzhou-2024", "320402", Status.IN_FORCE),
        ("changzhou-2024", "320102", Status.ELSEWHERE),
    ],
)
def test_a_local_source_binds_in_its_own_place_only(rulebook: Rulebook, id_: str, place: str, expected: Status) -> None:
    """Provinces, cities and counties are told apart by the division codes."""
    assert status(source(rulebook, id_), rulebook.profiles["default"], place, date(2025, 6, 1)) is expected


def test_a_profile_can_adopt_a_source_from_elsewhere(rulebook: Rulebook) -> None:
    """An office may take over a source that does not apply to it; it then binds there."""
    adopting = replace(rulebook.profiles["default"], adopts=("jilin-2022",))

    assert status(source(rulebook, "jilin-2022"), adopting, BEIJING, date(2025, 6, 1)) is Status.ADOPTED
