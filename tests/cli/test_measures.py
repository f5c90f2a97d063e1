"""What a finding is measured by: norms, of which the strictest that applies judges, and the exception that a clause allows."""

import json
import shutil

import pytest

NORMS = """
quantities:
  - id: children
    label: {zh: 儿童人数, en: number of children}
    of: children.number
    norms:
"""
NORM = """
      - id: %s
        comparison: ge
        value: %s
        unit: persons
        subject: {zh: 场所, en: places}
        when: %s
        clause: law:A1
        wording: %s
        read: {zh: 原文, en: the text}
"""
SEVERAL = (
    ("ten", 10, "{kind: project}", "must"),
    ("twenty", 20, "{children.use_the_place: true}", "must"),
    ("fifty", 50, "{kind: project}", "reference"),
)
REQUIRE = "require: {some: consultations, where: {with: {has_any: [children]}}}"
UNLESS = "\n    unless: {condition: {claimed: true}, says: {zh: 紧急的除外, en: save in urgency}, clause: law:A1}"
CLAIMED = "\n      claimed: {key: 紧急, type: boolean, answered_by: proponent, question: {zh: 是否紧急？, en: 'Is it urgent?'}}\n  claims:"
DAY = ("--as-of", "2026-06-01")


@pytest.fixture
def rules(small_rules, tmp_path):
    """The small rules, with norms on the number of children, and a criterion that asks that they be met unless it is urgent."""
    rules = shutil.copytree(small_rules, tmp_path / "rules")
    (rules / "norms" / "norms.yaml").write_text(NORMS + "".join(NORM % one for one in SEVERAL), encoding="utf-8")
    vocabulary, criteria = rules / "vocabulary" / "vocabulary.yaml", rules / "criteria" / "policy" / "consultation.yaml"
    vocabulary.write_text(vocabulary.read_text(encoding="utf-8").replace("\n  claims:", CLAIMED), encoding="utf-8")
    unless = UNLESS.replace("claimed", "children.claimed")
    text = criteria.read_text(encoding="utf-8").replace(REQUIRE, "require: {meets: children}" + unless)
    criteria.write_text(text, encoding="utf-8")
    return rules


@pytest.fixture
def finding(command, rules, dossier_file):
    """What the assessment says of the criterion for a dossier with some facts of children."""

    def find(children: str):
        file = dossier_file("d.yaml", f"children: {{{children}}}", id="d", place="'100000'")
        done = command("assess", file, "--rules", rules, "--format", "json", "--fail-on", "never", *DAY)
        findings = json.loads(done.stdout)["findings"]
        return next(one for one in findings if one["criterion"] == "consultation.heard")

    return find


@pytest.mark.parametrize(
    ("children", "verdict", "judged"),
    [
        ("number: 9, use_the_place: true", "not_met", ["twenty"]),
        ("number: 19, use_the_place: true", "not_met", ["twenty"]),
        ("number: 20, use_the_place: true", "met", ["twenty"]),
        ("number: 10, use_the_place: false", "met", ["ten"]),
        ("number: 9, use_the_place: false", "not_met", ["ten"]),
        ("number: 20", "met", ["ten"]),
        ("number: 15", "not_stated", ["ten"]),
        ("number: 9", "not_met", ["ten"]),
        ("use_the_place: true", "not_stated", ["twenty"]),
    ],
)
def test_the_strictest_norm_that_applies_judges(finding, children, verdict, judged):
    """Which norm applies may be open: it is met where all are kept, not met where one is broken that applies, else not stated."""
    found = finding(children)
    assert found["verdict"] == verdict
    assert [one["id"] for one in found["norms"] if one["judged"]] == judged
    assert [one["id"] for one in found["norms"]] == ["ten", "twenty", "fifty"]


def test_a_norm_that_binds_nobody_is_shown_and_never_judges(finding):
    """Fifty is a reference: 20 children are enough, and it says that they are fewer than fifty."""
    fifty = finding("number: 20, use_the_place: true")["norms"][2]
    assert (fifty["applies"], fifty["holds"], fifty["judged"], fifty["wording"]) == (True, False, False, "reference")


@pytest.mark.parametrize(
    ("children", "verdict", "exception", "asked"),
    [
        ("number: 30, use_the_place: true", "met", None, []),
        ("number: 5, claimed: true", "met", True, []),
        ("number: 5, claimed: false", "not_met", False, []),
        ("number: 5", "not_met", None, ["children.claimed"]),
        ("claimed: true", "met", True, []),
        ("claimed: false, use_the_place: true", "not_stated", False, ["children.number"]),
        ("use_the_place: true", "not_stated", None, ["children.number", "children.claimed"]),
    ],
)
def test_what_is_not_met_stays_so_until_the_exception_is_shown(finding, children, verdict, exception, asked):
    """The truth table of `unless`: an exception that nobody has claimed excuses nothing, and it is asked."""
    found = finding(children)
    assert found["verdict"] == verdict
    assert (found["exception"]["holds"] if found["exception"] else None) is exception
    assert [gap["path"] for gap in found["missing"]] == asked


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", ("紧急的除外", "据此判断", "仅供参考")), ("en", ("save in urgency", "judged by", "for reference only"))]
)
def test_explain_says_what_judged_and_what_excuses(command, rules, dossier_file, lang, said):
    """The proof names the norm that judged, the reference, and the exception, in both languages; `ask` puts the question."""
    file = dossier_file("d.yaml", "children: {number: 5, use_the_place: true}", id="d", place="'100000'")
    told = command("explain", file, "consultation.heard", "--rules", rules, "--lang", lang, *DAY).stdout.decode()
    assert all(words in told for words in said)
    asked = command("ask", file, "--rules", rules, "--lang", lang, *DAY).stdout.decode()
    assert {"zh": "是否紧急？", "en": "Is it urgent?"}[lang] in asked
