"""Every way to fill the gaps of a dossier, drawn at random: what is known of the dossier has to hold in each."""

from datetime import timedelta
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from child_impact.conditions.syntax import Condition, Stated, walk
from child_impact.dossier.facts import Dossier, Entity, Fact, Listing, OpenSet, Unlike
from child_impact.evaluator.evaluate import Evaluator
from child_impact.vocabulary.values import PartialDate

from .worlds import CODES, HERE, IDENTITIES, KINDS, LISTS, Author

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

    def listing(self, name, stated):
        """Return the list, complete: more things than are listed unless nothing can be, of which none is what the list rules out."""
        old = stated or Listing(name, (), complete=False, place=HERE, identity=IDENTITIES[name])
        lacks, covers = frozenset(old.lacks), frozenset(old.covers)
        more = 0 if old.complete else self.random.randint(0, MOST_MORE)
        fresh = [Entity(f"n{number}", f"{name}[{len(old.entities) + number}]", HERE, {}) for number in range(more)]
        entities = [self.entity(one, name, lacks) for one in old.entities] + [self.entity(one, name, lacks | covers) for one in fresh]
        return Listing(name, tuple(entities), complete=True, place=HERE, identity=old.identity)

    def entity(self, entity, list_, excluded):
        """Return the thing with every fact stated; it is none of what is excluded."""
        facts = self.facts(entity.facts, f"{entity.path}.", excluded, IDENTITIES[list_].field)
        return Entity(entity.id, entity.path, entity.place, facts)

    def facts(self, stated, prefix, excluded, identity):
        """Return every fact, those that are stated made exact."""
        names = [f"{kind}{number}" for kind in KINDS for number in (0, 1)]
        return {
            name: Fact(prefix + name, self.value(name[:-1], stated.get(name), excluded if name == identity else frozenset()), HERE)
            for name in names
        }

    def value(self, kind, fact, excluded):
        """Return a value that a fact may have."""
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
        """Return the days of the assessment, each known."""
        return {name: day if day is not None and day.is_exact() else self.exact(day) for name, day in context.items()}

    def exact(self, day):
        """Return a day that an inexact one may be."""
        return self.value("day", Fact("day", day or self.author.day(), HERE), frozenset())


class Tally(Struct):
    """How many conditions were tried, how many were known, and how many of these some way to fill the gaps contradicts."""

    tried: int = 0
    known: int = 0
    unsound: int = 0


def held_against_completions(conditions: int) -> Tally:
    """Hold at least so many random conditions against random ways to fill the gaps of a random dossier."""
    tally, seed = Tally(), 0
    while tally.tried < conditions:
        _one(Author(Random(seed)), tally)
        seed += 1
    return tally


def says_what_is_stated(conditions: list[Condition], author: Author) -> bool:
    """Return whether conditions ask what a dossier states, and not what is so: that changes with every word."""
    bodies = [*conditions, *(one.condition or one.value for one in author.derived)]
    return any(isinstance(node, Stated) for body in bodies for node in walk(body))


def _one(author: Author, tally: Tally) -> None:
    rules = [condition for condition, over in author.rules() if over is None]
    if says_what_is_stated(rules, author):
        return
    derived, dossier, context = {one.id: one for one in author.derived}, author.dossier(), author.context()
    evaluator, filler = Evaluator(dossier, derived, context), Filler(author)
    known = {number: truth for number, one in enumerate(rules) if (truth := evaluator.prove(one).truth) is not None}
    wrong: set[int] = set()
    for _ in range(COMPLETIONS):
        filled = Evaluator(filler.dossier(dossier), derived, filler.context(context))
        wrong |= {number for number, truth in known.items() if filled.prove(rules[number]).truth is (not truth)}
    tally.tried += len(rules)
    tally.known += len(known)
    tally.unsound += len(wrong)
