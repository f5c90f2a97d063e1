"""The machine-readable comparison of two assessments, format `child-impact/diff/1`."""

from typing import Any

from .comparison import Change, Held, Pair, compare, held
from .model import Assessment
from .to_json import head, text_data

FORMAT = "child-impact/diff/1"


def comparison_data(old: Assessment, new: Assessment) -> dict[str, Any]:
    """Return what changed from one assessment to another as data: `findings` by change, the weightiest first."""
    pairs = compare(map(held, old.findings), map(held, new.findings))
    by_change = {change.value: [_pair(pair) for pair in pairs if pair.change is change] for change in Change}
    return {
        "format": FORMAT,
        "old": head(old),
        "new": head(new),
        "counts": {change: len(listed) for change, listed in by_change.items()},
        "findings": by_change,
    }


def _pair(pair: Pair) -> dict[str, Any]:
    shown = pair.shown
    return {
        "criterion": shown.criterion,
        "entity": {"id": shown.entity, "name": text_data(shown.name)} if shown.entity is not None else None,
        "title": text_data(shown.title),
        "old": _held(pair.old),
        "new": _held(pair.new),
    }


def _held(one: Held | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "verdict": one.verdict.value,
        "strength": one.strength.name.lower() if one.strength else None,
        "obligation": one.obligation.value,
        "force": one.force.value,
        "moot": one.is_moot,
    }
