"""The open questions of an assessment: each once, none that could be left out, the weightiest first."""

from datetime import date

import pytest

from child_impact.assessment.assess import Assessor
from child_impact.assessment.model import Force, Obligation, Verdict
from child_impact.assessment.questions import open_questions, question
from child_impact.assessment.questions_json import questions_data
from child_impact.evaluator.proof import Gap

DAY = date(2026, 6, 1)
ROADS = "roads: [{id: r1, name: 幸福路}, {id: r2}]\nfacilities: [{id: toilet, kind: family_toilet}]\n"
SCHOOL = {"types": "[school]", "place": "'220000'"}


@pytest.fixture(scope="module")
def assess(rulebook, dossier):
    assessor = Assessor(rulebook, rulebook.profiles["default"])
    return lambda text="", **header: assessor.assess(dossier(text, **header), DAY, DAY)


@pytest.fixture(scope="module")
def school(assess):
    return assess(ROADS, **SCHOOL)


def test_each_question_is_asked_once(school):
    """No two questions have the same words, addressee and place to look."""
    asked = [(one.text, one.answered_by, one.found_in) for one in open_questions(school, every=True)]
    assert len(asked) == len(set(asked))
    assert asked


def test_what_the_outcome_waits_for_is_asked_by_default(school):
    """By default only findings that led to the outcome have their questions asked; `every` asks those of all gaps."""
    few, all_ = open_questions(school, every=False), open_questions(school, every=True)
    led = {id(finding) for finding in school.outcome.findings}
    assert {id(finding) for one in few for finding in one.findings} <= led
    assert {one.text for one in few} < {one.text for one in all_}
    waiting = {id(finding) for one in all_ for finding in one.findings}
    assert waiting == {id(finding) for finding in school.findings if finding.is_gap and finding.missing}


def test_every_question_bears_on_something(school):
    """A question that no finding and no screening waits for is left out, and a moot or settled finding waits for none."""
    for one in open_questions(school, every=True):
        assert one.findings or one.screening
        assert all(finding.is_gap and finding.verdict is not Verdict.NOT_MET for finding in one.findings)


def test_where_it_is_open_if_a_demand_applies_only_that_is_asked(school, vocabulary):
    """Of an undetermined finding one question is asked, and it decides whether the demand applies, not whether it is met."""
    open_ = [finding for finding in school.findings if finding.verdict is Verdict.UNDETERMINED and finding.is_gap]
    asked = open_questions(school, every=True)
    assert open_
    for finding in open_:
        mine = [one for one in asked if any(waiting is finding for waiting in one.findings)]
        assert len(mine) == 1
        deciding = {question(gap, vocabulary).path for gap in finding.when.missing or finding.missing}
        assert deciding & set(mine[0].paths)


def test_the_same_question_about_several_entities_names_them(school):
    """Two roads whose class is not stated make one question about both."""
    (one,) = [one for one in open_questions(school, every=True) if "roads[0].class" in one.paths]
    assert [entity.id for entity in one.entities] == ["r1", "r2"]
    assert one.paths == ["roads[0].class", "roads[1].class"]


def test_weight_comes_before_number(school):
    """Binding and required findings count first, then the next weight, so that the first question settles most."""
    asked = open_questions(school, every=True)
    weights = [
        [sum((finding.force, finding.obligation) == weight for finding in one.findings) for weight in _weights()]
        for one in asked
        if not one.screening
    ]
    assert weights == sorted(weights, reverse=True)


def _weights():
    return [(force, obligation) for force in Force for obligation in Obligation]


def test_an_open_screening_is_asked_about_first(assess):
    """Where it is unknown whether an assessment is due, the question that may settle it leads."""
    assessment = assess("", types="[industrial]")
    assert assessment.screening.due is None
    first, *others = open_questions(assessment, every=False)
    assert first.screening
    assert not any(one.screening for one in others)


def test_nothing_is_asked_where_no_assessment_is_due(assess):
    """A factory far from children has no open question."""
    far = "works: {nature: new}\nchildren: {use_the_place: false, ages: none}\nchanges: none\nnearby: none"
    assert open_questions(assess(far, types="[industrial]"), every=False) == []


def test_answering_a_question_takes_it_off_the_list(assess):
    """Once the class of one road is stated, only the other is asked about; once both are, none is."""
    one = assess(ROADS.replace("name: 幸福路", "class: arterial"), **SCHOOL)
    assert [asked.paths for asked in open_questions(one, every=True) if "roads[1].class" in asked.paths] == [["roads[1].class"]]
    both = assess("roads: [{id: r1, class: arterial}, {id: r2, class: local}]", **SCHOOL)
    assert not any(path.endswith(".class") for asked in open_questions(both, every=True) for path in asked.paths)


def test_a_list_that_may_go_on_is_asked_about_as_a_list(school, vocabulary):
    """Whether a list is complete is a question about the list, not about an entity."""
    gaps = [gap for finding in school.findings if finding.is_gap for gap in finding.missing if gap.gap is not Gap.FACT]
    assert gaps
    assert all("[" not in question(gap, vocabulary).path for gap in gaps)


def test_the_questions_as_data_say_the_same(school):
    """The data has the shared head, says which questions it holds, and lists them in the same order."""
    data = questions_data(school, every=False)
    assert data["format"] == "child-impact/questions/1"
    assert data["outcome"]["code"] == school.outcome.code
    assert data["all"] is False
    asked = open_questions(school, every=False)
    assert [one["question"]["zh"] for one in data["questions"]] == [one.text.zh for one in asked]
    assert [len(one["findings"]) for one in data["questions"]] == [len(one.findings) for one in asked]
