"""Which clauses the rules hold, and the guards against a list of ticks."""

import statistics
from collections import Counter
from itertools import combinations, pairwise
from typing import Any, Literal

from msgspec import Struct

from ..conditions.syntax import (
    All,
    Compare,
    Condition,
    Const,
    Count,
    DerivedRef,
    Distinct,
    Every,
    Expression,
    FactRef,
    Given,
    Holds,
    Some,
    Sum,
    children,
)
from ..reading.text import Text
from ..vocabulary.paths import field_path
from .model import Criterion, Rulebook

FORMAT = "child-impact/coverage/1"
ALIKE = 0.8
"""From which share of common letter pairs on two titles or two remedies count as nearly alike."""
ClauseState = Literal["criterion", "question", "out_of_scope", "open"]


class Limit(Struct, frozen=True):
    """What a guard's figure may be at most (or at least); `why` says what keeps the rules from it, where something does."""

    guard: str
    figure: float
    most: float | None
    least: float | None
    why: Text | None

    @property
    def holds(self) -> bool:
        """Return whether the figure keeps to the limit."""
        return (self.most is None or self.figure <= self.most) and (self.least is None or self.figure >= self.least)


class ClauseStatus(Struct, frozen=True):
    """Where a clause has its home: criteria, questions for the reviewer, or a reason why no proposal can be held against it."""

    clause: str
    status: ClauseState
    criteria: tuple[str, ...]
    questions: tuple[str, ...]
    partial: bool


def clause_statuses(rulebook: Rulebook) -> list[ClauseStatus]:
    """Return the status of every clause of every source, in the order of the sources."""
    criteria: dict[str, list[str]] = {}
    questions: dict[str, list[str]] = {}
    partly: dict[str, bool] = {}
    for criterion in rulebook.criteria.values():
        for basis in criterion.basis:
            criteria.setdefault(basis.clause, []).append(criterion.id)
            partly[basis.clause] = partly.get(basis.clause, True) and basis.partial is not None
    for question in rulebook.questions.values():
        for cited in question.clauses:
            questions.setdefault(cited, []).append(question.id)
    found = []
    for clause in rulebook.clauses.values():
        held, asked = criteria.get(clause.id, []), questions.get(clause.id, [])
        status: ClauseState = "criterion" if held else "question" if asked else "out_of_scope" if clause.out_of_scope else "open"
        found.append(ClauseStatus(clause.id, status, tuple(held), tuple(asked), partly.get(clause.id, False)))
    return found


def guards(rulebook: Rulebook) -> dict[str, int | float]:
    """Return the figures that guard the rules against becoming a checklist."""
    criteria = list(rulebook.criteria.values())
    reads = {one.id: set().union(*(facts_read(part, one.over, rulebook) for part in one.conditions())) for one in criteria}
    required = Counter(fact for one in criteria for fact in facts_read(one.require, one.over, rulebook))
    readers = Counter(fact for facts in reads.values() for fact in facts)
    lists = rulebook.vocabulary.lists.values()
    scalars = rulebook.vocabulary.paths()
    every = [*scalars, *(field_path(one.name, field) for one in lists for field in one.fields)]
    return {
        "criteria": len(criteria),
        "ticks": sum(is_tick(one, required, rulebook) for one in criteria),
        "questions": len(rulebook.questions),
        "scalar_facts": len(scalars),
        "lists": len(lists),
        "fields_of_largest_list": max(len(one.fields) for one in lists),
        "facts": len(every),
        "facts_read": sum(readers[fact] > 0 for fact in every),
        "facts_read_once": sum(readers[fact] == 1 for fact in every),
        "median_criteria_per_fact": statistics.median(readers[fact] for fact in every if readers[fact]) if readers else 0,
        "most_clauses_of_a_criterion": max((len(one.basis) for one in criteria), default=0),
        "alike_titles": len(alike(rulebook, "title")),
        "alike_remedies": len(alike(rulebook, "remedy")),
    }


_ONCE = Text(
    "多数是规范和法律各有一条专门规定的数值和安排（栏杆、窗台、梯井、跌落高度、校车、施工、决策日期等），条文没有第二处用到；为凑数另设准则就成了重复提问",
    "most are figures and arrangements on which a code or law has one clause of its own (rails, sills, stairwells, fall heights, buses, "
    "works, days of procedure); no second clause uses them, and another criterion for their sake would ask the same thing twice",
)


def limits(figures: dict[str, int | float]) -> list[Limit]:
    """Return the guards that have a limit, each with its figure. `figures`: what `guards` returned."""
    shares = {
        "ticks_share": figures["ticks"] / max(figures["criteria"], 1),
        "facts_read_once_share": figures["facts_read_once"] / max(figures["facts"], 1),
    }
    most: dict[str, tuple[float, Text | None]] = {
        "ticks_share": (1 / 3, None),
        "facts_read_once_share": (0.3, _ONCE),
        "scalar_facts": (250, None),
        "lists": (16, None),
        "fields_of_largest_list": (38, None),  # a loss with what answers it is one entry, so that nobody has to piece it together
        "questions": (60, None),
        "most_clauses_of_a_criterion": (25, None),
    }
    found = [Limit(name, (figures | shares)[name], bound, None, why) for name, (bound, why) in most.items()]
    return [*found, Limit("median_criteria_per_fact", figures["median_criteria_per_fact"], None, 2, None)]


def alike(rulebook: Rulebook, part: Literal["title", "remedy"]) -> list[tuple[str, str]]:
    """Return the pairs of criteria whose titles (or remedies) share most of their letter pairs, in Chinese or in English."""
    found: dict[tuple[str, str], None] = {}
    for language in ("zh", "en"):
        pairs = {one.id: _letter_pairs(getattr(getattr(one, part), language)) for one in rulebook.criteria.values()}
        for (one, mine), (other, theirs) in combinations(pairs.items(), 2):
            few, many = sorted((len(mine), len(theirs)))
            if few < ALIKE * many:  # what they share is no more than the smaller, what they have no less than the larger
                continue
            common = len(mine & theirs)
            if common >= ALIKE * (few + many - common):
                found[one, other] = None
    return list(found)


def _letter_pairs(text: str) -> frozenset[str]:
    letters = "".join(letter for letter in text if letter.isalnum())
    return frozenset(map("".join, pairwise(letters)))


def as_data(rulebook: Rulebook) -> dict[str, Any]:
    """Return the coverage in the format `child-impact/coverage/1`."""
    statuses = clause_statuses(rulebook)
    states: tuple[ClauseState, ...] = ("criterion", "question", "out_of_scope", "open")
    sources = []
    for source in rulebook.sources.values():
        counted = Counter(one.status for one in statuses if rulebook.source_of(one.clause) is source)
        by_state: dict[str, int] = {state: counted[state] for state in states}
        sources.append({"id": source.id, "clauses": counted.total(), **by_state})
    clauses = [_clause(one, rulebook.clauses[one.clause].out_of_scope) for one in statuses]
    figures = guards(rulebook)
    pairs = {part: [list(pair) for pair in alike(rulebook, part)] for part in ("title", "remedy")}
    return {
        "format": FORMAT,
        "sources": sources,
        "clauses": clauses,
        "guards": figures,
        "limits": [_limit(one) for one in limits(figures)],
        "alike": pairs,
    }


def _limit(one: Limit) -> dict[str, Any]:
    why = one.why._asdict() if one.why is not None and not one.holds else None
    return {"guard": one.guard, "figure": one.figure, "most": one.most, "least": one.least, "holds": one.holds, "why": why}


def _clause(one: ClauseStatus, reason: Text | None) -> dict[str, Any]:
    shown = reason._asdict() if reason is not None and one.status == "out_of_scope" else None
    held = {"criteria": list(one.criteria), "questions": list(one.questions)}
    return {"id": one.clause, "status": one.status, **held, "partial": one.partial, "reason": shown}


def is_tick(criterion: Criterion, required: Counter[str], rulebook: Rulebook) -> bool:
    """Return whether a criterion comes down to one boolean, membership or existence that no other criterion uses."""
    if not _is_plain(criterion.require):
        return False
    return all(required[fact] == 1 for fact in facts_read(criterion.require, criterion.over, rulebook))


def facts_read(node: Condition | Expression, over: str | None, rulebook: Rulebook) -> set[str]:
    """Return the facts that a condition reads, through derived facts too; those of entities as `list.field`."""
    match node:
        case FactRef(name, entity):
            return {field_path(over, name) if entity and over is not None else name}
        case Holds(id_) | DerivedRef(id_):
            derived = rulebook.derived[id_]
            body = derived.condition if derived.condition is not None else derived.value
            assert body is not None
            return facts_read(body, derived.over, rulebook)
        case Some(list_, where) | Every(list_, where) | Count(list_, where):
            return facts_read(where, list_, rulebook)
        case Sum(list_, field, where) | Distinct(list_, field, where):
            return facts_read(where, list_, rulebook) | {field_path(list_, field)}
        case _:
            return set().union(*(facts_read(child, over, rulebook) for child in children(node)))


def _is_plain(condition: Condition) -> bool:
    match condition:
        case All((only,)):
            return _is_plain(only)
        case Given():
            return True
        case Compare(FactRef(), _, Const(value)):
            return isinstance(value, bool | str | frozenset)
        case Some(_, where):
            return where == All(()) or _is_plain(where)
        case _:
            return False
