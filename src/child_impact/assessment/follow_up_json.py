"""The machine-readable register, format `child-impact/follow-up/1`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from .follow_up import Entry, State, register
from .to_json import text_data

FORMAT = "child-impact/follow-up/1"


def follow_up_data(entries: Iterable[Entry], day: date, failed: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the register as of a day. `failed`: the dossiers that could not be read, each with its problems."""
    ordered = register(entries, day)
    return {
        "format": FORMAT,
        "as_of": day.isoformat(),
        "counts": {state.value: sum(one.state(day) is state for one in ordered) for state in State},
        "entries": [_entry(one, day) for one in ordered],
        "failed": failed,
    }


def _entry(one: Entry, day: date) -> dict[str, Any]:
    return {
        "state": one.state(day).value,
        "days_overdue": one.days_overdue(day),
        "due": None if one.due is None else str(one.due),
        "kind": text_data(one.kind),
        "what": text_data(one.what),
        "owner": text_data(one.owner),
        "money": text_data(one.money),
        "indicator": text_data(one.indicator),
        "dossier": one.dossier,
        "title": text_data(one.title),
        "id": one.id,
        "file": one.place.file,
        "line": one.place.line,
    }
