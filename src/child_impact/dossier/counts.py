"""Counts of nobody and of nothing: where none of a kind took part, or is there, the entry is not of that kind."""

from msgspec.structs import replace

from ..reading.problems import Problem
from ..reading.text import Text
from ..vocabulary.model import Field
from .facts import Fact, OpenSet


def without_uncounted(facts: dict[str, Fact], fields: dict[str, Field]) -> tuple[dict[str, Fact], list[Problem], bool]:
    """Return the facts of an entry without the members of a set that a count of 0 denies, a warning for each, and whether it is there.

    An entry is not there where the count is of the kind of thing that it is.
    """
    warnings: list[Problem] = []
    for name, fact in list(facts.items()):
        counts = fields[name].counts
        counted = facts.get(counts.field) if counts is not None and fact.value == 0 else None
        if counts is None or counted is None:
            continue
        if isinstance(counted.value, str):
            return facts, [_warning(fact, fields[name], fields[counts.field], frozenset((counted.value,)))], False
        if not isinstance(counted.value, frozenset):
            continue
        out = counted.value if counts.member is None else counted.value & {counts.member}
        if out:
            left = counted.value - out
            kept = OpenSet(left, counted.value.lacks | out) if isinstance(counted.value, OpenSet) else frozenset(left)
            facts = {**facts, counts.field: replace(counted, value=kept)}
            warnings.append(_warning(fact, fields[name], fields[counts.field], out))
    return facts, warnings, True


def _warning(fact: Fact, count: Field, of: Field, out: frozenset[str]) -> Problem:
    names = [of.enumeration.values[code] for code in sorted(out)] if of.enumeration else []
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    return Problem(
        fact.place,
        Text(f"“{count.key.zh}”为 0，“{of.key.zh}”中的“{zh}”不计", f"“{count.key.en}” is 0: {en} does not count in `{of.key.en}`"),
        Text("人数有误的请更正；确实没有的，从中删去", "correct the number, or take out what is not there"),
    )
