"""The machine-readable comparison of two assessments, format `child-impact/diff/1`."""

from typing import Any

from .balance import Leaning, Side, Weighed, weigh
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


def balance_data(first: Assessment, second: Assessment) -> dict[str, Any]:
    """Return two options weighed, as the `options` of a comparison: criteria by what they say, the weightiest first."""
    weighed = weigh(first, second)
    by_leaning = {leaning.value: [_weighed(one) for one in weighed if one.leaning is leaning] for leaning in Leaning}
    return {"counts": {leaning: len(listed) for leaning, listed in by_leaning.items()}, "criteria": by_leaning}


def _weighed(one: Weighed) -> dict[str, Any]:
    shown = one.shown
    return {"criterion": shown.criterion, "title": text_data(shown.title), "first": _side(one.first), "second": _side(one.second)}


def _side(side: Side | None) -> dict[str, Any] | None:
    return None if side is None else {**(_held(side.worst) or {}), "short": side.short, "findings": side.findings}


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
