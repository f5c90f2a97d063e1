"""Random conditions, derived facts and dossiers over a small vocabulary, for property tests."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from msgspec.structs import replace

from child_impact.conditions.syntax import (
    All,
    AnyOf,
    Arithmetic,
    Compare,
    Condition,
    Const,
    ContextRef,
    Count,
    DerivedRef,
    Every,
    Expression,
    FactRef,
    Given,
    Holds,
    Not,
    Number,
    Op,
    Some,
    Stated,
    Step,
    Sum,
)
from child_impact.dossier.facts import Dossier, Entity, Fact, Identity, Listing, OpenSet, Strength, Unlike, Value
from child_impact.reading.problems import Place
from child_impact.reading.text import Text
from child_impact.rulebook.model import Derived
from child_impact.vocabulary.values import PartialDate

HERE = Place("world.yaml", 1, 1)
CODES = ("red", "green", "blue")
LISTS = ("gates", "roads")
IDENTITIES = {"gates": Identity("choices0", is_set=True), "roads": Identity("choice0", is_set=False)}
KINDS = ("flag", "number", "day", "choice", "choices", "text", "place")
DIVISIONS = ("100000", "110000", "110100", "110102", "220000", "220100")
NUMBER_OPS = (Op.EQ, Op.LT, Op.LE, Op.GT, Op.GE)
DATE_OPS = (Op.BEFORE, Op.AFTER, Op.ON_OR_BEFORE, Op.ON_OR_AFTER)
SET_OPS = (Op.HAS_ANY, Op.HAS_ALL, Op.HAS_NONE)
FIRST_DAY = date(2026, 1, 1)


def denial(list_: str, code: str) -> Fact:
    """Return the fact that a list has nothing of one kind."""
    return Fact(list_, OpenSet((), {code}), HERE)


def cover(list_: str, code: str) -> Fact:
    """Return the fact that a list names all of one kind."""
    return Fact(list_, frozenset({code}), HERE)


def _fits(value: Value, listing: Listing) -> bool:
    held = value if isinstance(value, frozenset) else {value}
    return held.isdisjoint(listing.lacks)


class Author:
    """Writes random conditions. Facts are named by kind and number: `flag0`, `number1` …, alike in the dossier and in entities."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.derived: list[Derived] = []

    def rules(self) -> list[tuple[Condition, str | None]]:
        """Return some conditions about the dossier or about entities, over some derived facts."""
        for number in range(self.random.randint(0, 4)):
            over = self.random.choice((None, None, *LISTS))
            id_ = f"{over}.d{number}" if over else f"d{number}"
            if self.random.random() < 0.7:
                self.derived.append(Derived(id_, Text(id_, id_), over, self.condition(over, 2), None, HERE))
            else:
                self.derived.append(Derived(id_, Text(id_, id_), over, None, self.number(over, 2), HERE))
        return [(self.condition(over, self.random.randint(1, 4)), over) for over in self.random.choices((None, *LISTS), k=4)]

    def condition(self, over: str | None, depth: int) -> Condition:
        if depth == 0 or self.random.random() < 0.25:
            return self.leaf(over)
        match self.random.randint(0, 5):
            case 0 | 1:
                kind = self.random.choice((All, AnyOf))
                width = self.random.choice((0, 1, 2, 3, 5, 14)) if depth < 3 else self.random.randint(1, 4)
                return kind(tuple(self.condition(over, depth - 1) for _ in range(width)))
            case 2:
                return Not(self.condition(over, depth - 1))
            case 3:
                list_ = self.random.choice(LISTS)
                return self.random.choice((Some, Every))(list_, self.condition(list_, depth - 1))
            case 4:
                return Compare(self.number(over, depth), self.random.choice(NUMBER_OPS), self.number(over, 1))
            case _:
                return self.leaf(over)

    def leaf(self, over: str | None) -> Condition:
        booleans = [one for one in self.derived if one.condition is not None and one.over in (None, over)]
        if booleans and self.random.random() < 0.3:
            one = self.random.choice(booleans)
            return Holds(one.id, entity=one.over is not None)
        kind = self.random.choice(KINDS)
        fact = self.fact(kind, over)
        if over is not None and self.random.random() < 0.2:  # what a thing is, of which a list may say that there is none
            fact = FactRef(IDENTITIES[over].field, entity=True)
            kind = fact.name[:-1]
        match kind:
            case "flag":
                return Compare(fact, Op.EQ, Const(self.random.random() < 0.5))
            case "number":
                return Compare(fact, self.random.choice(NUMBER_OPS), self.number(over, 1))
            case "day":
                other: Expression = self.random.choice(
                    (Const(self.day()), self.fact("day", over), ContextRef("decision_horizon"), ContextRef("as_of"))
                )
                return Compare(fact, self.random.choice(DATE_OPS), other)
            case "choice":
                if self.random.random() < 0.5:
                    return Compare(fact, Op.EQ, Const(self.random.choice(CODES)))
                return Compare(fact, Op.IN, Const(self.codes()))
            case "choices":
                return Compare(fact, self.random.choice(SET_OPS), Const(self.codes()))
            case "place":
                return Compare(fact, Op.WITHIN, Const(frozenset(self.random.sample(DIVISIONS, self.random.randint(1, 2)))))
            case _:
                return Given(fact) if self.random.random() < 0.7 else Stated(fact, is_list=False)

    def number(self, over: str | None, depth: int) -> Expression:
        numbers = [one for one in self.derived if one.value is not None and one.over in (None, over)]
        if numbers and self.random.random() < 0.2:
            one = self.random.choice(numbers)
            return DerivedRef(one.id, entity=one.over is not None)
        match self.random.randint(0, 5) if depth else self.random.randint(0, 1):
            case 0:
                return Number(Decimal(self.random.randint(-2, 6)))
            case 1:
                return self.fact("number", over)
            case 2:
                step = self.random.choice((Step.ADD, Step.SUBTRACT, Step.MULTIPLY, Step.DIVIDE))
                return Arithmetic(step, self.number(over, depth - 1), self.number(over, depth - 1))
            case 3:
                return Arithmetic(Step.DAYS, self.fact("day", over), self.fact("day", over))
            case 4:
                list_ = self.random.choice(LISTS)
                return Count(list_, self.condition(list_, depth - 1))
            case _:
                list_ = self.random.choice(LISTS)
                return Sum(list_, f"number{self.random.randint(0, 1)}", self.condition(list_, depth - 1))

    def fact(self, kind: str, over: str | None) -> FactRef:
        return FactRef(f"{kind}{self.random.randint(0, 1)}", entity=over is not None and self.random.random() < 0.7)

    def codes(self) -> frozenset[str]:
        return frozenset(self.random.sample(CODES, self.random.randint(1, 3)))

    def day(self) -> PartialDate:
        day = FIRST_DAY + timedelta(days=self.random.randint(0, 40))
        if self.random.random() < 0.7:
            return PartialDate.of(day)
        return PartialDate(date(2026, 1, 1), date(2026, 1, 31))

    def dossier(self) -> Dossier:
        """Return a random dossier: facts stated, stated as none or absent; lists absent, open, complete or empty, lacking members."""
        lists = {}
        for name in LISTS:
            if self.random.random() < 0.8:
                lacks = {code: denial(name, code) for code in self.random.sample(CODES, self.random.choice((0, 0, 1, 2)))}
                covers = {code: cover(name, code) for code in self.random.sample(CODES, self.random.choice((0, 0, 0, 1, 2)))}
                entities = tuple(self.entity(name, index, frozenset(lacks)) for index in range(self.random.randint(0, 3)))
                complete = self.random.random() < (0.4 if entities or lacks or covers else 0.9)
                lists[name] = Listing(name, entities, complete, HERE, IDENTITIES[name], lacks, covers)
        return Dossier("world.yaml", "0", self.facts(""), lists, identities=IDENTITIES)

    def entity(self, list_: str, index: int, lacks: frozenset[str] = frozenset()) -> Entity:
        """Return a random thing of a list, which is nothing that the list lacks."""
        path = f"{list_}[{index}]"
        facts, identity = self.facts(f"{path}."), IDENTITIES[list_]
        fact = facts.get(identity.field)
        if fact is not None and not lacks.isdisjoint(fact.value if identity.is_set else {fact.value}):
            del facts[identity.field]
        return Entity(f"e{index}", path, HERE, facts)

    def facts(self, prefix: str) -> dict[str, Fact]:
        facts = {}
        for kind in KINDS:
            for number in (0, 1):
                if self.random.random() < 0.65:
                    name = f"{kind}{number}"
                    facts[name] = Fact(prefix + name, self.value(kind), HERE, self.random.choice(list(Strength)))
        return facts

    def value(self, kind: str) -> Value | None:
        match kind:
            case "flag":
                return self.random.random() < 0.5
            case "number":
                return Decimal(self.random.randint(-2, 6)) / self.random.choice((1, 1, 2))
            case "day":
                return None if self.random.random() < 0.1 else self.day()
            case "choice":
                if self.random.random() < 0.1:
                    return None
                return self.random.choice(CODES) if self.random.random() < 0.9 else Unlike(self.codes())
            case "place":
                return self.random.choice(DIVISIONS)
            case "choices":
                has = self.random.sample(CODES, self.random.randint(0, 3))
                lacks = [code for code in CODES if code not in has and self.random.random() < 0.3]
                return OpenSet(has, lacks) if self.random.random() < 0.5 else frozenset(has)
            case _:
                return None if self.random.random() < 0.2 else Text("x", "x")

    def context(self) -> dict[str, PartialDate | None]:
        return {"as_of": PartialDate.of(FIRST_DAY), "decision_horizon": self.day() if self.random.random() < 0.8 else None}

    def filled(self, dossier: Dossier) -> Dossier:
        """Return the dossier with one fact more, of its own or of an entity; the same dossier where nothing is left to state."""
        holders: list[tuple[str | None, int, str, str]] = []
        for kind in KINDS:
            for number in (0, 1):
                name = f"{kind}{number}"
                if name not in dossier.facts:
                    holders.append((None, 0, kind, name))
                holders += [
                    (list_, index, kind, name)
                    for list_, one in dossier.lists.items()
                    for index, e in enumerate(one.entities)
                    if name not in e.facts
                ]
        if not holders:
            return dossier
        list_, index, kind, name = self.random.choice(holders)
        if list_ is None:
            return replace(dossier, facts={**dossier.facts, name: Fact(name, self.value(kind), HERE)})
        listing = dossier.lists[list_]
        entity = listing.entities[index]
        fact = Fact(f"{entity.path}.{name}", self.value(kind), HERE)
        if listing.identity is not None and name == listing.identity.field and fact.value is not None and not _fits(fact.value, listing):
            return dossier  # the list says that there is none of these
        fuller = replace(entity, facts={**entity.facts, name: fact})
        entities = tuple(fuller if one is entity else one for one in listing.entities)
        return replace(dossier, lists={**dossier.lists, list_: replace(listing, entities=entities)})

    def appended(self, dossier: Dossier) -> Dossier:
        """Return the dossier with one entity more in an open list, or the same where no list is open."""
        open_ = [name for name, listing in dossier.lists.items() if not listing.complete]
        if not open_:
            return dossier
        name = self.random.choice(open_)
        listing = dossier.lists[name]
        entity = self.entity(name, len(listing.entities), frozenset({**listing.lacks, **listing.covers}))
        fact = entity.facts.get(IDENTITIES[name].field)
        if listing.covers and (fact is None or isinstance(fact.value, OpenSet | Unlike)):
            return dossier  # it might be one more of those of which all are named
        entities = (*listing.entities, entity)
        return replace(dossier, lists={**dossier.lists, name: replace(listing, entities=entities)})
