"""Whether people were heard before or after a decision, as a table."""

import pytest

from child_impact.dossier.timing import Decided, Timed, timing
from child_impact.vocabulary.values import PartialDate, read_date


def day(written: str | None) -> PartialDate | None:
    return read_date(written) if written else None


def decided(*pairs: tuple[str, str | None]) -> list[Decided]:
    return [Decided(frozenset(fixes.split()), day(on)) for fixes, on in pairs]


ROUTE_THEN_WORKS = decided(("whether where", "2019-05-01"), ("scheme money start", "2026-03-01"))
BEFORE, AFTER = Timed("before"), Timed("after")


@pytest.mark.parametrize(
    ("heard", "step", "about", "decisions", "header", "expected"),
    [
        # one decision, that of the header: what it was about makes no difference
        ("2026-06-30", None, None, [], "2026-07-01", BEFORE),
        ("2026-07-01", None, None, [], "2026-07-01", AFTER),
        ("2026-07-02", None, "where", [], "2026-07-01", AFTER),
        ("2026-07", None, None, [], "2026-07-15", Timed(None, ("ended_on",))),
        ("2026-06-30", None, None, [], "2026", Timed(None, ("decision_on",))),
        ("2026-06-30", None, None, [], None, Timed(None, ("decision_on",))),
        # several: before all is before, after all is after, between them it depends on what it was about
        ("2018-01-10", None, None, ROUTE_THEN_WORKS, "2026-03-01", BEFORE),
        ("2026-04-01", None, None, ROUTE_THEN_WORKS, "2026-03-01", AFTER),
        ("2024-01-10", None, None, ROUTE_THEN_WORKS, "2026-03-01", Timed(None, ("about",))),
        ("2024-01-10", None, "where", ROUTE_THEN_WORKS, "2026-03-01", AFTER),
        ("2024-01-10", None, "scheme", ROUTE_THEN_WORKS, "2026-03-01", BEFORE),
        ("2024-01-10", None, "where scheme", ROUTE_THEN_WORKS, "2026-03-01", BEFORE),
        # a matter that no decision of the list fixes is fixed by that of the header
        ("2024-01-10", None, "money", decided(("where", "2019-05-01")), "2026-03-01", BEFORE),
        # a decision that does not say what it fixes may fix anything or nothing of it; one without a day leaves it open
        ("2024-01-10", None, "scheme", decided(("", "2019-05-01")), "2026-03-01", Timed(None, ("fixes",))),
        ("2026-04-10", None, "where", decided(("", "2019-05-01")), "2026-03-01", AFTER),
        ("2024-01-10", None, "where", decided(("where", "2019-05-01"), ("", "2026-03-01")), "2026-03-01", Timed(None, ("fixes",))),
        ("2024-01-10", None, "where", decided(("where", None)), "2026-03-01", Timed(None, ("decided_on",))),
        # no day, but an order
        (None, "before_scheme", None, [], "2026-07-01", BEFORE),
        (None, "scheme_options", "scheme", ROUTE_THEN_WORKS, "2026-03-01", BEFORE),
        (None, "scheme_options", "where", ROUTE_THEN_WORKS, "2026-03-01", Timed(None, ("ended_on",))),
        (None, "scheme_options", None, ROUTE_THEN_WORKS, "2026-03-01", Timed(None, ("about",))),
        (None, "environment_assessment", None, [], "2026-07-01", Timed(None, ("ended_on",))),
        (None, "construction", None, ROUTE_THEN_WORKS, "2026-03-01", AFTER),
        (None, "after_opening", "where", [], None, AFTER),
        (None, None, "where", ROUTE_THEN_WORKS, "2026-03-01", Timed(None, ("ended_on",))),
    ],
)
def test_a_hearing_lies_before_or_after_what_it_was_about(heard, step, about, decisions, header, expected):
    """The timing of a hearing, and what is asked where it cannot be told."""
    matters = frozenset(about.split()) if about else None
    assert timing(day(heard), step, matters, decisions, day(header)) == expected
