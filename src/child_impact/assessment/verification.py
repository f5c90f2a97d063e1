"""A saved assessment held against a new run: what its inputs were and are, and what became of its findings."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from .assess import BUILT_IN
from .comparison import Change, Held, Pair, compare, held
from .model import Assessment
from .saved import Saved
from .to_json import as_data, as_json

_INPUTS = (
    "dossier.sha256",
    "rulebook.sha256",
    "rulebook.version",
    "rulebook.profile",
    "program.version",
    "templates.directory",
    "templates.sha256",
    "review.file",
    "review.sha256",
    "engine.inference",
    "engine.cross_checked",
)
_OUTCOME = "outcome.code"
_ENGINE = ("engine.inference", "engine.cross_checked")
_EVALUATORS = re.compile(rf"{BUILT_IN}|durable-rules \S+")


class Difference(Struct, frozen=True):
    """A value of the assessment that is not what it was, by its path in the JSON."""

    path: str
    old: Any
    new: Any


class Verification(Struct, frozen=True):
    """What a new run gave otherwise: `inputs`, the `outcome` code, `pairs` of findings that stand otherwise.

    `details` are findings that stand as they did on other facts, clauses or words, `rest` the paths of all else that differs although the
    inputs are the same.
    """

    inputs: tuple[Difference, ...]
    outcome: Difference | None
    pairs: tuple[Pair, ...]
    details: tuple[Held, ...]
    rest: tuple[str, ...]

    @property
    def only_engine(self) -> bool:
        """Return whether nothing differs but which evaluator served, as it does between machines with durable-rules and without."""
        engine = bool(self.inputs) and all(one.path in _ENGINE for one in self.inputs)
        return engine and not (self.outcome or self.pairs or self.details or self.rest)

    @property
    def same(self) -> bool:
        """Return whether the new run gave the very same assessment."""
        return not (self.inputs or self.outcome or self.pairs or self.details or self.rest)


def verify(saved: Saved, fresh: Assessment, templates: Path | None = None) -> Verification:
    """Return how a new run differs from a saved assessment. `templates`: a bureau's, over the program's."""
    old, new = saved.data, json.loads(as_json(as_data(fresh, templates)))
    pairs = compare(saved.findings, map(held, fresh.findings))
    changed = tuple(pair for pair in pairs if pair.change is not Change.UNCHANGED)
    differing = [Difference(path, *_values(path, old, new)) for path in _differing(old, new)]
    inputs = tuple(one for one in differing if one.path in _INPUTS)
    outcome = next((one for one in differing if one.path == _OUTCOME), None)
    details = tuple(_otherwise(saved, new, {pair.shown.key for pair in changed}))
    told = (_OUTCOME, "findings") if changed or details else (_OUTCOME,)
    other_inputs = any(one.path not in _ENGINE for one in inputs)
    rest = () if other_inputs else tuple(one.path for one in differing if one.path not in (*told, *_ENGINE))
    if inputs and not other_inputs and not _is_of_an_evaluator(old["engine"]):
        rest = (*rest, "engine")
    return Verification(inputs, outcome, changed, details, rest)


def _is_of_an_evaluator(engine: Any) -> bool:
    """Return whether some evaluator of this program calls itself so: durable-rules is always cross-checked, the built-in one never."""
    inference, cross_checked = (engine.get(key) for key in ("inference", "cross_checked"))
    known = isinstance(inference, str) and _EVALUATORS.fullmatch(inference) is not None
    return known and cross_checked is (inference != BUILT_IN)


def _differing(old: dict[str, Any], new: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """Yield the paths that differ, of the parts of the assessment and of the values in each.

    Compared is what is written: true is not 1, 3 is not 3.0, and keys in another order are not the same.
    """
    if list(old) != list(new) and old.keys() == new.keys():
        yield f"{prefix}*"  # all keys are there, in another order
    for key in dict.fromkeys((*new, *old)):
        before, after = old.get(key), new.get(key)
        if (key in old) == (key in new) and as_json(before) == as_json(after):
            continue
        below: list[str] = []
        if not prefix and isinstance(before or {}, dict) and isinstance(after or {}, dict):
            below = list(_differing(before or {}, after or {}, f"{key}."))
        yield from below or [f"{prefix}{key}"]


def _values(path: str, *data: dict[str, Any]) -> Iterator[Any]:
    head, _, tail = path.partition(".")
    for one in data:
        yield (one.get(head) or {}).get(tail) if tail else one.get(head)


def _otherwise(saved: Saved, new: dict[str, Any], told: set[tuple[str, str | None]]) -> Iterator[Held]:
    """Yield the findings that stand as they did, but whose facts, clauses or words differ."""
    after = {(one["criterion"], one["entity"]["id"] if one["entity"] else None): one for one in new["findings"]}
    for one, data in zip(saved.findings, saved.data["findings"], strict=True):
        found = after.get(one.key)
        if one.key not in told and found is not None and as_json(found) != as_json(data):
            yield one
