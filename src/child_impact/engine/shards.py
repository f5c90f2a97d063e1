"""Packing gates into rule sets that durable-rules can hold, and checking that it can.

The bounds are a good margin below what was measured: 64 tests that match at once, 255 rules on one test, names told apart by a 32-bit hash.
"""

import json
import re
from collections.abc import Iterable

from msgspec import Struct

from .compile import Gate
from .formulas import as_rule, tests

MAX_TESTS = 56
MAX_RULES_PER_TEST = 200
SENTINEL_RULE = "s"
SENTINEL_FACT = "z"
_NAME = re.compile(r"[a-z0-9:]+\Z")


class ShardTooLarge(Exception):
    """A rule set would pass a limit of the package. A defect of the compiler, never of an input."""


class Shard(Struct, frozen=True):
    """A rule set: its JSON, the atoms that it tests, and how many gates it decides."""

    rules: str
    atoms: tuple[str, ...]


def pack(gates: Iterable[Gate]) -> list[Shard]:
    """Pack gates of one stratum and one scope into shards, each with a sentinel rule that must always fire."""
    shards: list[Shard] = []
    rules: dict[str, dict[str, object]] = {}
    used: set[tuple[str, int]] = set()
    for gate in gates:
        new, new_tests = _rules(gate)
        if rules and len(used | new_tests) > MAX_TESTS - 1:
            shards.append(_shard(rules, used))
            rules, used = {}, set()
        rules |= new
        used |= new_tests
    if rules:
        shards.append(_shard(rules, used))
    return shards


def _rules(gate: Gate) -> tuple[dict[str, dict[str, object]], set[tuple[str, int]]]:
    rules: dict[str, dict[str, object]] = {}
    used: set[tuple[str, int]] = set()
    for polarity, one in (("t", gate.true), ("f", gate.false)):
        if isinstance(one, bool):
            continue
        rules[f"{gate.number}:{polarity}"] = {"all": [{"m": as_rule(one)}]}
        used |= {(test.atom, test.value) for test in tests(one)}
    return rules, used


def _shard(rules: dict[str, dict[str, object]], used: set[tuple[str, int]]) -> Shard:
    every = {SENTINEL_RULE: {"all": [{"m": {SENTINEL_FACT: 1}}]}, **rules}
    atoms = tuple(sorted({atom for atom, _ in used}))
    if len(used) + 1 > MAX_TESTS or len(every) > MAX_RULES_PER_TEST:
        raise ShardTooLarge(f"{len(used) + 1} tests, {len(every)} rules")
    names = [*every, *atoms, SENTINEL_FACT, "id", "sid", "m"]
    if any(_NAME.match(name) is None for name in names) or len({_fnv1a(name) for name in names}) < len(set(names)):
        raise ShardTooLarge("names that the package cannot tell apart")
    return Shard(json.dumps(every), atoms)


def _fnv1a(name: str) -> int:
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value
