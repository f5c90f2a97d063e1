"""What a dossier denies: findings cite the line, what was not done has no findings of its own, what is put off is followed up."""

import json

import pytest

DAY = ("--as-of", "2026-06-01", "--fail-on", "never")
PARK = {"types": "[park]", "place": "'110102'", "stage": "scheme"}
HEARD = "consultation.children-heard"


@pytest.fixture
def findings(call, dossier_file):
    """The findings of a dossier by criterion."""

    def of(text):
        data = json.loads(call("assess", dossier_file("park.yaml", text, **PARK), "--format", "json", *DAY).stdout)
        by_criterion = {}
        for one in data["findings"]:
            by_criterion.setdefault(one["criterion"], []).append(one)
        return by_criterion

    return of


@pytest.mark.parametrize(
    "written",
    [
        "{items: [{id: h, with: [guardians]}], lacks: [children]}",
        "{lacks: [children]}",
        "[{id: h, with: [guardians]}, {id: n, with: [children], standing: not_done, reason: no time}]",
    ],
)
def test_a_denial_is_a_breach_and_its_line_is_cited(findings, written):
    """Where a file says that children were not heard, the demand is not met, and the finding names the line."""
    (found,) = findings(f"consultations: {written}")[HEARD]
    assert found["verdict"] == "not_met"
    (denial,) = found["denied_by"]
    assert (denial["path"], denial["value"], denial["line"]) == ("consultations", {"has": [], "lacks": ["children"]}, 7)


@pytest.mark.parametrize(
    ("written", "verdict"),
    [
        ("[{id: h, with: [guardians]}]", "not_stated"),
        ("{items: [{id: h, with: [guardians]}], complete: [children]}", "not_met"),
        ("{items: [{id: h, with: [guardians]}], lacks: [experts], complete: [guardians]}", "not_stated"),
        ("[{id: n, with: [children], standing: deferred}]", "not_stated"),
        ("{items: [{id: h, with: [guardians]}], complete: true}", "not_met"),
        ("none", "not_met"),
    ],
)
def test_what_is_not_denied_is_not_stated(findings, written, verdict):
    """Of children who are neither listed nor denied nothing is known; what is put off denies nothing."""
    assert findings(f"consultations: {written}")[HEARD][0]["verdict"] == verdict


def test_what_was_not_done_or_is_put_off_has_no_findings_of_its_own(findings):
    """Demands on each entry are made of what there is, and only of that."""
    text = """\
nearby:
  - {id: a, kind: railway, distance: 40}
  - {id: b, kind: park, standing: not_done}
  - {id: c, kind: kindergarten, standing: deferred}
"""
    entities = {one["entity"]["id"] for of in findings(text).values() for one in of if one["entity"] is not None}
    assert entities == {"a"}


@pytest.mark.parametrize(
    ("written", "verdict", "asked"),
    [
        ("", "undetermined", ["kindergarten", "primary_school", "secondary_school"]),
        ("nearby: {lacks: [railway]}", "undetermined", ["kindergarten", "primary_school", "secondary_school"]),
        ("nearby: {lacks: [primary_school, kindergarten]}", "undetermined", ["secondary_school"]),
        ("nearby: {lacks: [primary_school, secondary_school, kindergarten]}", "not_applicable", None),
        ("nearby: none", "not_applicable", None),
    ],
)
def test_a_demand_on_each_entry_of_an_open_list_without_entries_is_asked_once(call, dossier_file, written, verdict, asked):
    """It does not apply where all that it is about is denied; else it is open, and asks which of them there are."""
    club = dossier_file("club.yaml", written, **PARK | {"types": "[entertainment, park]"})
    data = json.loads(call("assess", club, "--format", "json", *DAY).stdout)
    (found,) = [one for one in data["findings"] if one["criterion"] == "unfit-venues.beijing-distance"]
    assert (found["verdict"], found["entity"]) == (verdict, None)
    assert [gap["members"] for gap in found["missing"]] == ([asked] if asked else [])


def test_questions_name_the_member_that_decides(call, dossier_file):
    """The question is whether children were heard at any time, not whether the list is complete."""
    park = dossier_file("park.yaml", "consultations: [{id: h, with: [guardians]}]", **PARK)
    data = json.loads(call("ask", park, "--format", "json", "--all", "--as-of", "2026-06-01").stdout)
    (asked,) = [one for one in data["questions"] if "children" in one["members"]]
    assert asked["question"]["en"].startswith("Were children")
    assert asked["question"]["zh"].startswith("有没有听取过儿童")
    assert not any("complete" in one["question"]["en"] for one in data["questions"] if one["paths"] == ["consultations"])


def test_what_is_put_off_is_followed_up_with_its_reason(call, dossier_file):
    """The register names what is put off, why, and where the dossier says so."""
    park = dossier_file("park.yaml", "consultations: [{id: n, with: [children], standing: deferred, reason: school is closed}]", **PARK)
    (entry,) = json.loads(call("follow-up", park, "--format", "json", "--as-of", "2026-06-01").stdout)["entries"]
    assert entry["kind"]["en"] == "put off"
    assert entry["what"]["en"] == "consultation: children (school is closed)"
    assert entry["line"] == 7


def test_the_report_and_the_proof_say_it_in_words(call, dossier_file):
    """Reports list what is denied, not done and put off; the proof names the line of the denial."""
    text = "consultations:\n  items: [{id: g, with: [guardians], standing: deferred, reason: 等家长会}]\n  lacks: [children]"
    park = dossier_file("park.yaml", text, **PARK)
    report = call("assess", park, "--document", "assessment", "--lang", "zh", *DAY).stdout
    assert "儿童：一次也没有听取（第9行）" in report
    assert "监护人：暂缓（等家长会）" in report
    proof = call("explain", park, HEARD, "--lang", "en", *DAY[:2]).stdout
    assert "What the dossier says is not there\n  consultations: children were not heard at any time" in proof
    log = json.loads(call("assess", park, "--format", "sarif", *DAY).stdout)
    (result,) = [one for one in log["runs"][0]["results"] if one["ruleId"] == HEARD]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 9
    assert result["properties"]["denied_by"] == [{"path": "consultations", "line": 9}]
