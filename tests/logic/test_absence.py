"""What is known of a dossier holds however its gaps are filled: lists with members that they lack or name in full, sets, choices, dates."""

from datetime import timedelta
from random import Random

import pytest
from msgspec.structs import replace

from child_impact.conditions.syntax import Stated, walk
from child_impact.dossier.facts import Dossier, Entity, Fact, Listing, OpenSet, Unlike
from child_impact.evaluator.evaluate import Evaluator
from child_impact.vocabulary.values import PartialDate

from .worlds import CODES, HERE, IDENTITIES, KINDS, LISTS, Author

WORLDS = 1500
COMPLETIONS = 12
MOST_MORE = 2


class Filler:
    """Fills every gap of a dossier at random, with nothing that the dossier rules out."""

    def __init__(self, author: Author) -> None:
        self.author = author
        self.random = author.random

    def dossier(self, dossier: Dossier) -> Dossier:
        """Return the dossier with nothing left open."""
        lists = {name: self.listing(name, dossier.lists.get(name)) for name in LISTS}
        return replace(dossier, facts=self.facts(dossier.facts, "", frozenset(), None), lists=lists)

    def listing(self, name: str, stated: Listing | None) -> Listing:
        old = stated or Listing(name, (), complete=False, place=HERE, identity=IDENTITIES[name])
        lacks, covers = frozenset(old.lacks), old.covers
        more = 0 if old.complete else self.random.randint(0, MOST_MORE)
        fresh = [Entity(f"n{number}", f"{name}[{len(old.entities) + number}]", HERE, {}) for number in range(more)]
        entities = [self.entity(one, name, lacks) for one in old.entities] + [self.entity(one, name, lacks | covers) for one in fresh]
        return Listing(name, tuple(entities), complete=True, place=HERE, identity=old.identity)

    def entity(self, entity: Entity, list_: str, excluded: frozenset[str]) -> Entity:
        facts = self.facts(entity.facts, f"{entity.path}.", excluded, IDENTITIES[list_].field)
        return Entity(entity.id, entity.path, entity.place, facts)

    def facts(self, stated, prefix, excluded, identity):
        names = [f"{kind}{number}" for kind in KINDS for number in (0, 1)]
        return {
            name: Fact(prefix + name, self.value(name[:-1], stated.get(name), excluded if name == identity else frozenset()), HERE)
            for name in names
        }

    def value(self, kind, fact, excluded):
        old = fact.value if fact is not None else None
        if kind == "choices" and (fact is None or isinstance(old, OpenSet)):
            lacks = excluded | (old.lacks if fact is not None else frozenset())
            return frozenset(old or ()) | {code for code in CODES if code not in lacks and self.random.random() < 0.5}
        if kind == "choice" and (fact is None or isinstance(old, Unlike)):
            rest = [code for code in CODES if code not in excluded | (old.codes if fact is not None else frozenset())]
            return self.random.choice([*rest, None])
        if isinstance(old, PartialDate):
            return PartialDate.of(old.first + timedelta(days=self.random.randint(0, (old.last - old.first).days)))
        if fact is not None:
            return old
        value = self.author.value(kind)
        return PartialDate.of(value.first) if isinstance(value, PartialDate) else value

    def context(self, context):
        return {name: day if day is not None and day.is_exact() else self.exact(day) for name, day in context.items()}

    def exact(self, day):
        return self.value("day", Fact("day", day or self.author.day(), HERE), frozenset())


def held_against_completions(worlds):
    """Return how many conditions were tried, how many were known, and how many of these a completion contradicts."""
    tried = known = unsound = 0
    for seed in range(worlds):
        author = Author(Random(seed))
        rules = [(condition, over) for condition, over in author.rules() if over is None]
        bodies = [condition for condition, _ in rules] + [one.condition or one.value for one in author.derived]
        if any(isinstance(node, Stated) for body in bodies for node in walk(body)):
            continue
        derived, dossier, context = {one.id: one for one in author.derived}, author.dossier(), author.context()
        evaluator, filler = Evaluator(dossier, derived, context), Filler(author)
        truths = [evaluator.prove(condition).truth for condition, _ in rules]
        tried += len(rules)
        known += sum(truth is not None for truth in truths)
        wrong = set()
        for _ in range(COMPLETIONS):
            filled = Evaluator(filler.dossier(dossier), derived, filler.context(context))
            wrong |= {
                number
                for number, (condition, _) in enumerate(rules)
                if truths[number] is not None and filled.prove(condition).truth is (not truths[number])
            }
        unsound += len(wrong)
    return tried, known, unsound


def test_what_is_known_holds_in_every_completion():
    """No truth value that is known is reversed by any way to fill the gaps; a third or so is known."""
    tried, known, unsound = held_against_completions(WORLDS)
    assert unsound == 0
    assert tried > WORLDS // 2
    assert known >= 0.3 * tried


def test_mutant_the_other_as_a_plain_member(monkeypatch):
    """Crediting what may be there besides as if it were there is unsound, and this test sees it."""

    def members(self, list_):
        other = Dossier.other(self, list_)
        listed = self.lists[list_].members() if list_ in self.lists else ()
        return listed if other is None else (*listed, other)

    monkeypatch.setattr(Dossier, "members", members)
    assert held_against_completions(WORLDS)[2] > 0


def test_mutant_no_subtraction(monkeypatch):
    """Without taking out what a list lacks, less is known."""
    before = held_against_completions(WORLDS)[1]
    monkeypatch.setattr(Listing, "_without", lambda self, entity, codes: entity)
    assert held_against_completions(WORLDS)[1] < before


@pytest.mark.parametrize("field", ["lacks", "covers"])
def test_one_denial_more_never_makes_the_known_unknown(field):
    """To deny one member more, or to name one more in full, settles truth values and never unsettles or reverses one."""
    compared = 0
    for seed in range(WORLDS):
        author = Author(Random(seed))
        rules = [(condition, over) for condition, over in author.rules() if over is None]
        derived, dossier, context = {one.id: one for one in author.derived}, author.dossier(), author.context()
        if not dossier.lists:
            continue
        name = author.random.choice(list(dossier.lists))
        listing, code = dossier.lists[name], author.random.choice(CODES)
        held = [entity.facts.get(IDENTITIES[name].field) for entity in listing.entities]
        if field == "lacks" and any(
            fact is not None and code in (fact.value if IDENTITIES[name].is_set else {fact.value}) for fact in held
        ):
            continue
        more = {"lacks": {**listing.lacks, code: HERE}} if field == "lacks" else {"covers": listing.covers | {code}}
        denied = replace(dossier, lists={**dossier.lists, name: replace(listing, **more)})
        before, after = Evaluator(dossier, derived, context), Evaluator(denied, derived, context)
        for condition, _ in rules:
            old, new = before.prove(condition).truth, after.prove(condition).truth
            assert old is None or new is old or any(isinstance(node, Stated) for node in walk(condition)), (seed, condition)
            compared += 1
    assert compared > WORLDS // 2
