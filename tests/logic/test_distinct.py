"""`distinct`: how many different values a field has, held against every way to fill the gaps and by both evaluators."""

from random import Random

import pytest

from child_impact.conditions.syntax import Compare, Distinct, Number, Op, Stated, walk
from child_impact.dossier.facts import Dossier, Entity, Fact, Listing, Unlike
from child_impact.engine.compile import compile_program
from child_impact.engine.door import load
from child_impact.engine.inference import Inference, plan
from child_impact.evaluator import evaluate
from child_impact.evaluator.distinct import distinct
from child_impact.evaluator.evaluate import Evaluator
from child_impact.evaluator.proof import Gap
from child_impact.evaluator.values import Span, Valued

from .completions import COMPLETIONS, Filler
from .worlds import HERE, LISTS, NUMBER_OPS, Author

WORLDS = 700
RULE_SETS = 150


class Counting(Author):
    """Writes conditions that compare numbers of different values, by themselves and in arithmetic."""

    def rules(self):
        made = super().rules()
        return [(Compare(self.different(2), self.random.choice(NUMBER_OPS), self.number(None, 1)), None) for _ in range(4)] + made

    def different(self, depth):
        list_ = self.random.choice(LISTS)
        field = f"{self.random.choice(('number', 'choice'))}{self.random.randint(0, 1)}"
        return Distinct(list_, field, self.condition(list_, depth - 1))

    def number(self, over, depth):
        if depth and self.random.random() < 0.4:
            return self.different(depth)
        return super().number(over, depth)


def _worlds():
    for seed in range(WORLDS):
        author = Counting(Random(seed))
        rules = [(condition, over) for condition, over in author.rules() if over is None]
        bodies = [condition for condition, _ in rules] + [one.condition or one.value for one in author.derived]
        nodes = [node for body in bodies for node in walk(body)]
        if not any(isinstance(node, Stated) for node in nodes) and any(isinstance(node, Distinct) for node in nodes):
            yield author, [condition for condition, _ in rules], {one.id: one for one in author.derived}


def _against_completions():
    """Return how many conditions were tried, how many were known, and how many of these a completion contradicts."""
    tried = known = unsound = 0
    for author, conditions, derived in _worlds():
        dossier, context = author.dossier(), author.context()
        evaluator, filler = Evaluator(dossier, derived, context), Filler(author)
        truths = [evaluator.prove(condition).truth for condition in conditions]
        tried += len(truths)
        known += sum(truth is not None for truth in truths)
        reversed_ = set()
        for _ in range(COMPLETIONS):
            filled = Evaluator(filler.dossier(dossier), derived, filler.context(context))
            for number, condition in enumerate(conditions):
                if truths[number] is not None and filled.prove(condition).truth is (not truths[number]):
                    reversed_.add(number)
        unsound += len(reversed_)
    return tried, known, unsound


def test_what_is_known_holds_in_every_completion():
    """No comparison with a number of different values that is known is reversed by any way to fill the gaps."""
    tried, known, unsound = _against_completions()
    assert unsound == 0
    assert tried > WORLDS
    assert known >= 0.3 * tried


def test_mutant_open_values_add_nothing(monkeypatch):
    """To count only what is said, as if what is open could add no value, is unsound, and this test sees it."""

    def said_only(*read):
        counted = distinct(*read)
        return Valued(Span(counted.value.low, counted.value.low), counted.strength, counted.facts, ())

    monkeypatch.setattr(evaluate, "distinct", said_only)
    assert _against_completions()[2] > 0


@pytest.mark.parametrize("grow", ["filled", "appended"])
def test_stating_more_never_makes_the_known_unknown(grow):
    """One fact more, or one thing more in an open list, settles comparisons and never unsettles or reverses one."""
    compared = 0
    for author, conditions, derived in _worlds():
        dossier, context = author.dossier(), author.context()
        fuller = getattr(author, grow)(dossier)
        before, after = Evaluator(dossier, derived, context), Evaluator(fuller, derived, context)
        for condition in conditions:
            old = before.prove(condition).truth
            assert old is None or after.prove(condition).truth is old
            compared += fuller is not dossier
    assert compared > WORLDS


@pytest.mark.skipif(load() is None, reason="durable-rules cannot be loaded on this Python")
def test_the_engine_and_the_evaluator_agree():
    """durable-rules and the plain evaluator give the same truth to every condition that counts different values."""
    compared = 0
    for author, conditions, derived in list(_worlds())[:RULE_SETS]:
        program = compile_program(derived.values(), (), [(condition, None) for condition in conditions])
        inference = Inference(load(), program, plan(program))
        for _ in range(3):
            dossier, context = author.dossier(), author.context()
            inferred, evaluator = inference.infer(dossier, context), Evaluator(dossier, derived, context)
            for condition in conditions:
                assert inferred.of((condition, None), None) is evaluator.prove(condition).truth
                compared += 1
        inference.close()
    assert compared > RULE_SETS


TOILETS = Distinct("gates", "number0", Compare(Number(1), Op.EQ, Number(1)))


def _floors(*floors, complete=True):
    entities = []
    for index, floor in enumerate(floors):
        path = f"gates[{index}]"
        facts = {} if floor == "?" else {"number0": Fact(f"{path}.number0", floor, HERE)}
        entities.append(Entity(f"e{index}", path, HERE, facts))
    return Evaluator(Dossier("world.yaml", "0", {}, {"gates": Listing("gates", tuple(entities), complete, HERE)}), {}, {})


@pytest.mark.parametrize(
    ("evaluator", "low", "high"),
    [
        (_floors(1, 1, 1), 1, 1),
        (_floors(1, 2, "?"), 2, 3),
        (_floors(1, None), 1, 1),
        (_floors(), 0, 0),
        (_floors(1, 2, complete=False), 2, None),
        (_floors(1, Unlike(frozenset("1"))), 1, 2),
    ],
)
def test_how_many_different_values_there_are(evaluator, low, high):
    """Values that are alike count once, one that is not said may be new, one that is stated as none is none, an open list has no bound."""
    value = evaluator.value(TOILETS).value
    assert (value.low, value.high) == (low, high)


def test_only_what_can_add_a_value_is_missing():
    """The floor that is not said is asked for; of a list that may be longer, what else there is."""
    assert [gap.path for gap in _floors(1, "?").value(TOILETS).missing] == ["gates[1].number0"]
    assert [gap.gap for gap in _floors(1, complete=False).value(TOILETS).missing] == [Gap.MORE]
