"""`rules test --without-notes`: no note and no name that nobody knows may decide anything, and the command tells where one does."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from child_impact.assessment import without_words
from child_impact.assessment.without_words import Trial, Trier, trials
from child_impact.dossier.bodies import KnownBodies
from child_impact.dossier.read import read_tree
from child_impact.reading.yaml12 import read_yaml
from child_impact.rulebook.cases import load_cases
from child_impact.rulebook.store import packaged, rule_files

FIELDS = """\
      held_by: {key: 组织单位, type: body, answered_by: proponent, question: {zh: 哪个单位？, en: 'Which body?'}}
      said: {key: 意见, type: note, answered_by: proponent, question: {zh: 说了什么？, en: 'What was said?'}}
"""
CRITERION = """\
  - id: consultation.held
    title: {zh: 写明组织单位, en: A body holds it}
    element: consultation
    over: consultations
    require: {all: [{given: held_by}, {with: {has_any: [children]}}]}
    remedy: {zh: 写明单位。, en: Name the body.}
    who: proponent
    basis: [law:A1]
"""
CASES = """\
assume: {kind: project, types: [park], place: '100000', stage: scheme, decision_on: 2026-07-01}
cases:
  consultation.held:
    - name: nobody knows this body
      given: {consultations: [{id: a, with: [children], held_by: 阳光物业, said: 多种树}]}
      expect: {a: not_stated}
  consultation.heard:
    - {name: with a note, given: {consultations: [{id: a, with: {value: [children], note: 三年级}}]}, expect: met}
"""


@pytest.fixture
def rules(small_rules, tmp_path):
    """The small rules with a body, a note, a criterion that asks for the body, and two cases."""
    rules = shutil.copytree(small_rules, tmp_path / "rules")
    vocabulary = rules / "vocabulary/vocabulary.yaml"
    text = vocabulary.read_text(encoding="utf-8")
    before, stages, after = text.partition("stages:\n  scheme")
    vocabulary.write_text(before + FIELDS + stages + after, encoding="utf-8")
    criteria = rules / "criteria/policy/consultation.yaml"
    criteria.write_text(criteria.read_text(encoding="utf-8") + CRITERION, encoding="utf-8")
    (rules / "criteria/policy/consultation.cases.yaml").write_text(CASES, encoding="utf-8")
    return rules


def test_words_that_decide_nothing_are_replaced_and_nothing_is_wrong(call, rules):
    """Two notes are replaced in three ways and a body in two; no verdict changes, and the counts are printed."""
    done = call("rules", "test", "--without-notes", "--rules", rules)

    assert (done.exit_code, done.stdout) == (0, "2 cases and 0 dossiers, 8 words replaced, 0 wrong\n"), done.output


def test_where_any_word_passes_for_a_body_the_command_fails_and_says_where(call, rules, monkeypatch):
    """With a program that takes any word for a body, 有关部门 and a made-up name both have the demand met, and both are told."""
    monkeypatch.setattr(KnownBodies, "knows", lambda *_: True)

    done = call("rules", "test", "--without-notes", "--rules", rules)

    told = done.stderr.splitlines()
    assert done.exit_code == 3
    assert [line.partition("bodies ")[2].partition(":")[0] for line in told] == ["有关部门", "any word"], told
    assert all("consultation.cases.yaml:4" in line and "met, not_stated with a blank" in line for line in told)
    assert done.stdout.endswith(" 2 wrong\n")


def test_where_a_note_decides_the_command_fails_and_says_where(call, rules, monkeypatch):
    """With a reader that passes over what has no note, erasing the note changes a verdict, and the command tells which."""

    def misreading(*given):
        read = read_tree(*given)
        listing = read.lists["consultations"]
        noted = tuple(replace(one, facts=one.facts if one.facts["with"].note else {}) for one in listing.entities)
        return replace(read, lists={"consultations": replace(listing, entities=noted)})

    monkeypatch.setattr(without_words, "read_tree", misreading)

    done = call("rules", "test", "--without-notes", "--rules", rules)

    assert done.exit_code == 3
    assert "with a note: notes erased: ('consultation.heard', '') met → not_stated" in done.stderr


def test_a_sample_of_the_shipped_rules_and_dossiers_holds(rulebook):
    """Some packs of criteria and some dossiers, words replaced in every way: nothing is wrong, and much was replaced."""
    root = packaged("rules")
    cases = [one for one in load_cases(rule_files(root)) if one.criterion.startswith(("consultation.", "works.", "loss.", "safety."))]
    names = ("examples/pocket-park", "extremes/best-closure", "extremes/worst-works")
    files = [Path("cases", f"{name}.yaml") for name in names]
    shipped = [Trial(path.name, read_yaml(path.read_bytes(), path.name), None) for path in files]

    tried = Trier(rulebook, rulebook.profiles["default"], date(2026, 12, 1))([*shipped, *trials(cases)])

    assert tried.wrong == []
    assert tried.dossiers == len(cases) + len(files)
    assert tried.words > 100
