"""What a dossier says is not there: sets, choices and lists that lack members, lists that name all of some, entries not done or put off."""

import pytest

from child_impact.dossier.facts import OpenSet, Strength, Unlike

OPEN = OpenSet({"under_3"}, {"from_3_to_6"})
SETS = [
    ("[0至3岁]", frozenset({"under_3"})),
    ("{值: [0至3岁]}", frozenset({"under_3"})),
    ("{值: [0至3岁], 列全: 否}", OpenSet({"under_3"})),
    ("{值: [0至3岁], 无: [3至6岁], 列全: 否}", OPEN),
    ("{有: [0至3岁], 无: [3至6岁]}", OPEN),
    ("{has: [under_3], lacks: [from_3_to_6]}", OPEN),
    ("{有: 0至3岁, 无: 3至6岁, 出处: survey}", OPEN),
    ("{有: [0至3岁], 无: [3至6岁], 列全: 是}", frozenset({"under_3"})),
    ("{有: [0至3岁]}", OpenSet({"under_3"})),
    ("{无: [3至6岁]}", OpenSet((), {"from_3_to_6"})),
    ("{有: [], 无: [3至6岁]}", OpenSet((), {"from_3_to_6"})),
]
HEARING = "{id: h, with: [guardians]}"


@pytest.mark.parametrize(("written", "value"), SETS, ids=[written for written, _ in SETS])
def test_a_set_says_what_it_has_and_what_it_lacks(dossier, written, value):
    """Each spelling of a set, complete or open, with what it is known not to have."""
    fact = dossier(f"documents: [{{id: survey}}]\nchildren: {{ages: {written}}}").facts["children.ages"]
    assert fact.value == value
    assert type(fact.value) is type(value)
    assert (fact.strength is Strength.EVIDENCED) == ("出处" in written)


def test_a_choice_may_be_known_not_to_be_one_of_several(dossier):
    """Of a choice it may be known only what it is not."""
    assert dossier("works: {nature: {无: [新建, 扩建]}}").facts["works.nature"].value == Unlike(frozenset({"new", "extension"}))


def test_a_null_denial_denies_nothing(dossier):
    """A key that is left blank is as if it were not there."""
    assert dossier("children: {ages: {值: [0至3岁], 无: }}").facts["children.ages"].value == frozenset({"under_3"})
    assert "children.ages" not in dossier("children: {ages: {无: }}").facts


LISTS = [
    (f"[{HEARING}]", 1, False, (), ()),
    ("[]", 0, True, (), ()),
    ("none", 0, True, (), ()),
    ("{无: [儿童]}", 0, False, ("children",), ()),
    ("{lacks: children}", 0, False, ("children",), ()),
    ("{items: [], lacks: [children]}", 0, False, ("children",), ()),
    ("{items: none, lacks: [children]}", 0, True, ("children",), ()),
    (f"{{items: [{HEARING}], lacks: [children, experts]}}", 1, False, ("children", "experts"), ()),
    (f"{{各项: [{HEARING}], 无: [儿童], 列全: [监护人]}}", 1, False, ("children",), ("guardians",)),
    (f"{{各项: [{HEARING}], 列全: 监护人}}", 1, False, (), ("guardians",)),
    (f"{{items: [{HEARING}], lacks: [children], complete: true}}", 1, True, ("children",), ()),
    (f"[{HEARING}, {{id: n, with: [children], standing: not_done, reason: no time}}]", 1, False, ("children",), ()),
    (f"[{HEARING}, {{编号: n, 对象: [儿童], 状态: 暂缓, 理由: 放假, 说明: 秋季补做}}]", 1, False, (), ()),
]


@pytest.mark.parametrize(("written", "entries", "complete", "lacks", "covers"), LISTS, ids=[one[0] for one in LISTS])
def test_a_list_says_what_it_lacks_and_what_it_names_in_full(dossier, written, entries, complete, lacks, covers):
    """Each spelling of a list: its entries, whether they are all, of whom there is none, and of whom all are named."""
    listing = dossier(f"consultations: {written}").lists["consultations"]
    assert (len(listing.entities), listing.complete) == (entries, complete)
    assert (tuple(sorted(listing.lacks)), tuple(sorted(listing.covers))) == (lacks, covers)


def test_an_entry_that_was_not_done_keeps_its_reason_its_evidence_and_its_line(dossier):
    """What was not done is known by the line that says so, on the evidence that it names; its number is its place in the file."""
    text = """\
documents: [{id: minutes, title: Minutes}]
consultations:
  - {id: n, with: [children, experts], standing: not_done, reason: no time, note: holidays, evidence: minutes}
  - {id: d, with: [residents], standing: deferred, reason: later}
  - {id: h, with: [guardians]}
"""
    read = dossier(text)
    listing = read.lists["consultations"]
    (gone,), (later,), (held,) = listing.not_done, listing.deferred, listing.entities
    denial = listing.lacks["children"]
    assert (denial.place.line, denial.strength, denial.evidence) == (gone.place.line, Strength.EVIDENCED, "Minutes")
    assert gone.facts["reason"].value.en == "no time"
    assert gone.facts["note"].value.en == "holidays"
    assert later.facts["reason"].value.en == "later"
    assert [read.entity_at(f"consultations[{index}]") for index in range(3)] == [gone, later, held]


def test_what_a_list_lacks_is_taken_out_of_its_entries(dossier):
    """An entry of unknown kind is none of those of which there is none; what it says of itself stands."""
    entries = "[{id: a}, {id: b, with: {has: [guardians]}}, {id: c, with: [experts]}]"
    text = f"consultations: {{items: {entries}, lacks: [children], complete: [experts]}}"
    first, second, third = (entity.facts["with"].value for entity in dossier(text).members("consultations"))
    assert first == OpenSet((), {"children"})
    assert second == OpenSet({"guardians"}, {"children"})
    assert third == frozenset({"experts"})
    assert dossier(text).other("consultations").facts["with"].value == OpenSet((), {"children", "experts"})
    assert dossier("consultations: none").other("consultations") is None


def test_an_empty_reason_says_nothing(dossier):
    """A placeholder for a reason is not stated, with a warning that names the line."""
    read = dossier("consultations: [{id: n, with: [children], standing: not_done, reason: 待定}]")
    assert "reason" not in read.lists["consultations"].not_done[0].facts
    assert "待定" in read.warnings[0].what.zh
