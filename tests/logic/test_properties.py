"""What must hold of the logic for any rules and any dossier."""

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from child_impact.conditions.syntax import Condition, Stated, walk
from child_impact.dossier.facts import Dossier, Entity, OpenSet, Unlike
from child_impact.engine.compile import compile_program
from child_impact.engine.door import load
from child_impact.engine.inference import Inference, plan
from child_impact.evaluator.evaluate import Evaluator
from child_impact.evaluator.proof import Gap, Truth
from child_impact.rulebook.model import Derived
from child_impact.vocabulary.paths import BLANK, parts
from child_impact.vocabulary.values import PartialDate

from .worlds import LISTS, Author

Rules = list[tuple[Condition, str | None]]

SEEDS = st.integers(0, 2**48)
RULE_SETS = 1500
DOSSIERS_EACH = 3


def _entities(dossier: Dossier, over: str | None) -> tuple[Entity | None, ...]:
    return (None,) if over is None else dossier.subjects(over)


def _truths(rules: Rules, derived: list[Derived], dossier: Dossier, context: dict) -> Iterator[tuple[int, str | None, Truth]]:
    evaluator = Evaluator(dossier, {one.id: one for one in derived}, context)
    for number, (condition, over) in enumerate(rules):
        for entity in _entities(dossier, over):
            yield number, entity.path if entity else None, evaluator.prove(condition, entity).truth


def _speaks_of_statement(rules: Rules, derived: list[Derived]) -> bool:
    bodies = [condition for condition, _ in rules] + [one.condition or one.value for one in derived]
    return any(isinstance(node, Stated) for body in bodies for node in walk(body))


@pytest.mark.skipif(load() is None, reason="durable-rules cannot be loaded on this Python")
@pytest.mark.parametrize("block", range(10))
def test_the_engine_and_the_evaluator_agree(block: int) -> None:
    """On random rule sets and dossiers, durable-rules and the plain evaluator give the same truth to every condition and entity."""
    compared = 0
    for seed in range(block * RULE_SETS // 10, (block + 1) * RULE_SETS // 10):
        author = Author(Random(seed))
        rules = author.rules()
        program = compile_program(author.derived, (), rules)
        inference = Inference(load(), program, plan(program))
        for _ in range(DOSSIERS_EACH):
            dossier, context = author.dossier(), author.context()
            inferred = inference.infer(dossier, context)
            evaluator = Evaluator(dossier, {one.id: one for one in author.derived}, context)
            for condition, over in rules:
                for entity in _entities(dossier, over):
                    proved = evaluator.prove(condition, entity).truth
                    assert inferred.of((condition, over), entity) is proved, (seed, condition, entity)
                    compared += 1
        inference.close()
    assert compared > RULE_SETS


@given(SEEDS)
@settings(max_examples=600)
def test_stating_one_more_fact_never_makes_the_known_unknown(seed: int) -> None:
    """Filling a fact that was not stated can settle a truth value but never unsettle or reverse one."""
    author = Author(Random(seed))
    rules = author.rules()
    if _speaks_of_statement(rules, author.derived):
        return
    dossier, context = author.dossier(), author.context()
    before = list(_truths(rules, author.derived, dossier, context))
    after = list(_truths(rules, author.derived, author.filled(dossier), context))
    for (number, path, old), (_, _, new) in zip(before, after, strict=True):
        assert old is None or new is old, (seed, number, path)


@given(SEEDS)
@settings(max_examples=600)
def test_listing_one_more_thing_never_makes_the_known_unknown(seed: int) -> None:
    """Appending to an open list can settle a truth value but never unsettle or reverse one."""
    author = Author(Random(seed))
    rules = author.rules()
    if _speaks_of_statement(rules, author.derived):
        return
    dossier, context = author.dossier(), author.context()
    longer = author.appended(dossier)
    after = {(number, path): truth for number, path, truth in _truths(rules, author.derived, longer, context)}
    for number, path, old in _truths(rules, author.derived, dossier, context):
        if path is not None and parts(path).entry == BLANK and (number, path) not in after:
            continue  # what stood for any thing of the list has a thing of the list in its place
        assert old is None or after[(number, path)] is old, (seed, number, path)


@given(SEEDS)
@settings(max_examples=400)
def test_order_does_not_matter(seed: int) -> None:
    """Shuffling facts, entities, rules or the parts of a list changes no truth value."""
    author = Author(Random(seed))
    rules = author.rules()
    dossier, context = author.dossier(), author.context()
    shuffled_lists = {}
    for name in reversed(LISTS):
        if name in dossier.lists:
            entities = list(dossier.lists[name].entities)
            author.random.shuffle(entities)
            shuffled_lists[name] = replace(dossier.lists[name], entities=tuple(entities))
    shuffled = replace(dossier, facts=dict(reversed(dossier.facts.items())), lists=shuffled_lists)
    order = list(range(len(rules)))
    author.random.shuffle(order)
    before = {(number, path): truth for number, path, truth in _truths(rules, author.derived, dossier, context)}
    for place, path, truth in _truths([rules[number] for number in order], author.derived, shuffled, context):
        assert before[(order[place], path)] is truth, seed


@given(SEEDS)
@settings(max_examples=400)
def test_what_is_missing_is_not_stated(seed: int) -> None:
    """What a proof calls missing is not stated, or is known too vaguely; a known condition misses nothing."""
    author = Author(Random(seed))
    rules = author.rules()
    dossier, context = author.dossier(), author.context()
    stated = dossier.facts | {
        fact.path: fact for listing in dossier.lists.values() for one in listing.entities for fact in one.facts.values()
    }
    evaluator = Evaluator(dossier, {one.id: one for one in author.derived}, context)
    for condition, over in rules:
        for entity in _entities(dossier, over):
            proof = evaluator.prove(condition, entity)
            assert proof.truth is None or not proof.missing
            for gap in proof.missing:
                fact = stated.get(gap.path)
                vague = fact is not None and (
                    isinstance(fact.value, OpenSet | Unlike) or (isinstance(fact.value, PartialDate) and not fact.value.is_exact())
                )
                assert fact is None or vague
                assert gap.gap is not Gap.MORE or not dossier.lists[gap.path].complete
                assert gap.gap is not Gap.LIST or gap.path not in dossier.lists
