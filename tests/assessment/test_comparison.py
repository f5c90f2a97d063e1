"""Two assessments compared: what each change is called, and how findings are matched."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from child_impact.assessment.assess import Assessor
from child_impact.assessment.comparison import Change, Held, compare, held
from child_impact.assessment.model import Force, Obligation, Verdict
from child_impact.dossier.facts import Strength
from child_impact.reading.text import Text

DAY = date(2026, 6, 1)
MET = Held("c", None, None, Text("甲", "A"), Verdict.MET, Strength.ASSERTED, Force.BINDING, Obligation.REQUIRED, is_moot=False)
NOT_MET = replace(MET, verdict=Verdict.NOT_MET, strength=None)
NOT_STATED = replace(NOT_MET, verdict=Verdict.NOT_STATED)
OPEN = replace(NOT_MET, verdict=Verdict.UNDETERMINED)
MOOT = replace(OPEN, is_moot=True)
NOT_APPLICABLE = replace(NOT_MET, verdict=Verdict.NOT_APPLICABLE)


def change(old, new):
    (pair,) = compare([old] if old else [], [new] if new else [])
    return pair.change


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (NOT_STATED, MET, Change.CLOSED),
        (NOT_MET, NOT_APPLICABLE, Change.CLOSED),
        (OPEN, MOOT, Change.CLOSED),
        (NOT_STATED, None, Change.CLOSED),
        (MET, NOT_MET, Change.NEW),
        (NOT_APPLICABLE, NOT_STATED, Change.NEW),
        (MOOT, OPEN, Change.NEW),
        (None, NOT_STATED, Change.NEW),
        (NOT_MET, NOT_STATED, Change.BETTER),
        (NOT_STATED, OPEN, Change.BETTER),
        (OPEN, NOT_STATED, Change.WORSE),
        (NOT_STATED, NOT_MET, Change.WORSE),
        (NOT_MET, replace(NOT_MET, force=Force.REFERENCE), Change.BETTER),
        (NOT_MET, replace(NOT_MET, obligation=Obligation.EXPECTED), Change.BETTER),
        (replace(NOT_MET, force=Force.REFERENCE), NOT_STATED, Change.WORSE),
        (MET, replace(MET, strength=Strength.EVIDENCED), Change.BETTER),
        (MET, replace(MET, strength=Strength.PLANNED), Change.WORSE),
        (MET, MET, Change.UNCHANGED),
        (NOT_STATED, NOT_STATED, Change.UNCHANGED),
        (MOOT, MOOT, Change.UNCHANGED),
        (MET, NOT_APPLICABLE, Change.OTHER),
        (NOT_APPLICABLE, MET, Change.OTHER),
        (MET, None, Change.OTHER),
        (None, NOT_APPLICABLE, Change.OTHER),
    ],
)
def test_what_each_change_is_called(old, new, expected):
    """Closed and new are about whether something is asked for, better and worse about how much."""
    assert change(old, new) is expected


def test_entities_are_matched_by_id_whatever_their_order():
    """Two entities that changed places in the list are the same entities."""
    a, b = replace(MET, entity="a"), replace(NOT_MET, entity="b")
    assert [pair.change for pair in compare([a, b], [b, a])] == [Change.UNCHANGED] * 2


def test_a_list_that_is_stated_now_is_compared_entity_by_entity():
    """The one finding on a list that was not stated stands for each entity."""
    pairs = compare([OPEN], [replace(MET, entity="a"), replace(NOT_STATED, entity="b"), replace(NOT_APPLICABLE, entity="c")])
    assert {pair.shown.entity: pair.change for pair in pairs} == {"a": Change.CLOSED, "b": Change.WORSE, "c": Change.CLOSED}


def test_leaving_a_list_out_closes_nothing():
    """Where a list is no longer stated, what was asked about its entities is open again; what was not is told once."""
    pairs = compare([replace(NOT_STATED, entity="a"), replace(MET, entity="b")], [OPEN])
    assert {pair.shown.entity: pair.change for pair in pairs} == {"a": Change.UNCHANGED, "b": Change.OTHER}
    pairs = compare([replace(MET, entity="a"), replace(MET, entity="b")], [OPEN])
    assert {pair.shown.entity: pair.change for pair in pairs} == {None: Change.NEW, "a": Change.OTHER, "b": Change.OTHER}


def test_an_emptied_list_closes_what_was_asked():
    """A list stated as empty leaves nothing to ask about the entities that were in it."""
    (pair,) = compare([replace(NOT_STATED, entity="a")], [NOT_APPLICABLE])
    assert pair.change is Change.CLOSED


def test_the_weightiest_comes_first():
    """Binding before reference, required before expected, gaps before what asks for nothing."""
    findings = [MET, replace(NOT_MET, criterion="d", force=Force.REFERENCE), replace(NOT_STATED, criterion="e")]
    assert [pair.shown.criterion for pair in compare(findings, findings)] == ["e", "c", "d"]


SIDES = st.dictionaries(
    st.tuples(st.sampled_from("xyz"), st.sampled_from([None, "a", "b"])),
    st.sampled_from([MET, NOT_MET, NOT_STATED, OPEN, MOOT, NOT_APPLICABLE]),
)
MIRROR = {Change.CLOSED: Change.NEW, Change.NEW: Change.CLOSED, Change.BETTER: Change.WORSE, Change.WORSE: Change.BETTER}


def _held(side):
    """One side as an assessor gives it: a criterion has either one finding or one for each entity."""
    with_entities = {criterion for criterion, entity in side if entity}
    kept = {key: one for key, one in side.items() if key[1] is not None or key[0] not in with_entities}
    return [replace(one, criterion=criterion, entity=entity) for (criterion, entity), one in kept.items()]


@given(SIDES, SIDES)
def test_no_finding_is_lost(old, new):
    """Every gap of the new side is told, each entity once, and equal sides differ in nothing."""
    before, after = _held(old), _held(new)
    pairs = compare(before, after)
    assert {one.key for one in after if one.is_gap} <= {pair.new.key for pair in pairs if pair.new}
    assert {one.key for one in before} <= {pair.old.key for pair in pairs if pair.old}
    assert len({pair.shown.key for pair in pairs}) == len(pairs)
    assert all(pair.change is Change.UNCHANGED for pair in compare(after, after))


@given(st.sampled_from([MET, NOT_MET, NOT_STATED, OPEN, MOOT, NOT_APPLICABLE]), st.sampled_from([MET, NOT_MET, NOT_STATED, OPEN, MOOT]))
def test_a_change_mirrors_its_reverse(old, new):
    """What is closed one way is new the other way, what is better is worse."""
    there, back = change(old, new), change(new, old)
    assert back is MIRROR.get(there, there)


def test_real_assessments_compare(rulebook, dossier):
    """Hearing children closes the demand that they are heard, and nothing that was unchanged is called so wrongly."""
    assessor = Assessor(rulebook, rulebook.profiles["default"])
    heard = "consultations: [{id: c1, with: [children], ended_on: 2026-03-20}]"
    old, new = (assessor.assess(dossier(text), DAY, DAY) for text in ("", heard))
    pairs = compare(map(held, old.findings), map(held, new.findings))
    changes = {pair.shown.key: pair.change for pair in pairs}
    assert changes["consultation.children-heard", None] is Change.CLOSED
    assert sum(change is Change.UNCHANGED for change in changes.values()) > len(changes) / 2
