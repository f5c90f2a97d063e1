"""What a dossier denies is known, and what is known holds however its gaps are filled: lists that lack members, sets, choices.

`pytest tests/logic/test_absence.py --conditions=20000` tries as many random conditions; a test run tries a sample.
"""

from random import Random

import pytest
from msgspec.structs import replace

from child_impact.dossier.facts import Dossier, Listing
from child_impact.engine.compile import compile_program
from child_impact.engine.door import load
from child_impact.engine.inference import Inference, plan
from child_impact.evaluator.evaluate import Evaluator

from .completions import held_against_completions, says_what_is_stated
from .worlds import CODES, IDENTITIES, Author, cover, denial

FEW = 1200
"""Conditions that kill a mutant."""


@pytest.fixture
def conditions(request):
    """How many random conditions are tried."""
    return request.config.getoption("--conditions")


def test_what_is_known_holds_in_every_completion(conditions):
    """No truth value that is known is reversed by any way to fill the gaps; a third or so is known."""
    tally = held_against_completions(conditions)
    assert tally.unsound == 0
    assert tally.tried >= conditions
    assert tally.known >= 0.3 * tally.tried


def test_mutant_the_other_as_a_plain_member(monkeypatch):
    """Crediting what may be there besides as if it were there is unsound, and the test above sees it."""

    def members(self, list_):
        other = Dossier.other(self, list_)
        listed = self.lists[list_].members() if list_ in self.lists else ()
        return listed if other is None else (*listed, other)

    monkeypatch.setattr(Dossier, "members", members)
    assert held_against_completions(FEW).unsound > 0


def test_mutant_no_subtraction(monkeypatch):
    """Without taking out what a list lacks, less is known."""
    before = held_against_completions(FEW).known
    monkeypatch.setattr(Listing, "_without", lambda *given: given[1])
    assert held_against_completions(FEW).known < before


@pytest.mark.parametrize("field", ["lacks", "covers"])
def test_one_denial_more_never_makes_the_known_unknown(field, conditions):
    """To deny one member more, or to name one more in full, settles truth values and never unsettles or reverses one."""
    compared = settled = seed = 0
    while compared < conditions:
        author = Author(Random(seed))
        seed += 1
        rules = [condition for condition, over in author.rules() if over is None]
        derived, dossier, context = {one.id: one for one in author.derived}, author.dossier(), author.context()
        denied = _with_one_more(dossier, author, field)
        if denied is None or says_what_is_stated(rules, author):
            continue
        before, after = Evaluator(dossier, derived, context), Evaluator(denied, derived, context)
        for condition in rules:
            old, new = before.prove(condition).truth, after.prove(condition).truth
            assert old is None or new is old, (seed, condition)
            settled += old is None and new is not None
            compared += 1
    assert settled


@pytest.mark.skipif(load() is None, reason="durable-rules cannot be loaded on this Python")
def test_what_is_missing_of_a_list_decides(conditions):
    """The members that a proof misses in a list settle it when all are denied, in both evaluators alike."""
    decided = seed = 0
    while decided < conditions // 100:
        author = Author(Random(seed))
        seed += 1
        rules = [(condition, over) for condition, over in author.rules() if over is None]
        derived, dossier, context = {one.id: one for one in author.derived}, author.dossier(), author.context()
        evaluator = Evaluator(dossier, derived, context)
        for condition, _ in rules:
            proof = evaluator.prove(condition)
            for gap in proof.missing if len(proof.missing) == 1 and proof.missing[0].members else ():
                denied = _denying(dossier, gap.path, gap.members)
                if denied is None:
                    continue
                again = Evaluator(denied, derived, context).prove(condition)
                assert gap not in again.missing, (seed, condition)
                program = compile_program(author.derived, (), rules)
                inference = Inference(load(), program, plan(program))
                assert inference.infer(denied, context).of((condition, None), None) is again.truth
                inference.close()
                decided += 1


def _with_one_more(dossier, author, field):
    """Return the dossier with one denial more, or None where it would contradict an entry."""
    if not dossier.lists:
        return None
    name, code = author.random.choice(list(dossier.lists)), author.random.choice(CODES)
    listing = dossier.lists[name]
    if field == "covers":
        return replace(dossier, lists={**dossier.lists, name: replace(listing, covers={**listing.covers, code: cover(name, code)})})
    return _denying(dossier, name, (code,))


def _denying(dossier, name, codes):
    """Return the dossier with a list that lacks these members too, or None where an entry is one of them."""
    listing = dossier.lists.get(name) or Listing(name, (), complete=False, place=denial(name, "").place, identity=IDENTITIES[name])
    held = [entity.facts.get(listing.identity.field) for entity in listing.entities]
    values = [fact.value for fact in held if fact is not None]
    if any(code in (value if isinstance(value, frozenset) else {value}) for value in values for code in codes):
        return None
    lacks = {**listing.lacks, **{code: denial(name, code) for code in codes}}
    return replace(dossier, lists={**dossier.lists, name: replace(listing, lacks=lacks)})
