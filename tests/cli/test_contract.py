"""The machine-readable assessment, format `child-impact/assessment/1`: users' scripts rely on every key named here."""

import json

import pytest

VERDICTS = {"met", "not_met", "not_stated", "undetermined", "not_applicable"}
STATUSES = {"in_force", "not_yet", "expired", "superseded", "elsewhere", "adopted"}
FINDING = {"criterion", "entity", "verdict", "strength", "obligation", "force", "domain", "element", "title", "remedy"}
FINDING |= {"if_applicable", "reason", "waived", "disputed", "basis", "grounds", "facts", "missing"}
ONLY_WITH = (
    ("strength", "met", {"evidenced", "asserted", "planned"}),
    ("if_applicable", "undetermined", {"met", "not_met", "not_stated"}),
    ("reason", "not_applicable", {"condition", "later_stage", "no_entities"}),
)
SPOKEN = """
documents: [{id: minutes, title: {zh: 会议记录, en: Minutes}}]
consultations: [{id: c1, with: [children], ended_on: 2026-03-20, evidence: minutes, page: 4}]
facilities: [{id: toilet, kind: family_toilet}, {id: room, kind: nursing_room, area: 8}]
roads: [{id: r1, class: arterial}]
"""
DOSSIERS = {
    "blank": ("", {}),
    "spoken": (SPOKEN, {"title": "{zh: 公园, en: Park}"}),
    "empty-lists": ("facilities: none\nroads: none\nnearby: none\nconsultations: none\n", {"types": "[school]"}),
    "policy": ("decision_on: 2026-12-01", {"kind": "policy", "types": "[education_policy]", "stage": "for_comment", "place": "'110000'"}),
    "not-due": (
        "works: {nature: new}\nchildren: {use_the_place: false, ages: []}\nchanges: none\nnearby: none\n",
        {"types": "[industrial]"},
    ),
}


@pytest.fixture(scope="module", params=DOSSIERS)
def assessment(request, command, dossier_text, tmp_path_factory):
    """The assessment of one dossier, as a script reads it."""
    text, header = DOSSIERS[request.param]
    file = tmp_path_factory.mktemp("contract") / f"{request.param}.yaml"
    file.write_text(dossier_text(text, id=request.param, **header), encoding="utf-8")
    return json.loads(command("assess", file, "--format", "json", "--fail-on", "never", "--as-of", "2026-06-01").stdout)


def is_bilingual(text: object) -> bool:
    return isinstance(text, dict) and set(text) == {"zh", "en"} and all(isinstance(part, str) and part for part in text.values())


def test_every_key_of_the_head_is_there(assessment):
    """Dossier, rulebook, engine, outcome and counts have the keys that the contract names."""
    assert assessment["format"] == "child-impact/assessment/1"
    assert {"id", "title", "kind", "file", "sha256"} <= assessment["dossier"].keys()
    assert is_bilingual(assessment["dossier"]["title"])
    assert len(assessment["dossier"]["sha256"]) == len(assessment["rulebook"]["sha256"]) == 64
    assert {"version", "sha256", "profile", "as_of"} <= assessment["rulebook"].keys()
    assert assessment["program"].keys() == {"version"}
    assert assessment["rulebook"]["as_of"] == "2026-06-01"
    assert assessment["engine"].keys() == {"inference", "cross_checked"}
    assert {"code", "because", "steps"} <= assessment["outcome"].keys()
    assert assessment["outcome"]["code"] in {"not_due", "ready", "conditions", "send_back", "not_recommended"}
    assert assessment["counts"].keys() == VERDICTS
    assert assessment["templates"].keys() == {"directory", "sha256"}
    assert len(assessment["templates"]["sha256"]) == 64
    assert assessment["review"] is None


@pytest.mark.durable_rules
def test_durable_rules_made_the_inference_and_was_checked(assessment):
    """The engine block names the package and its version, and says that the second evaluator agreed."""
    assert assessment["engine"] == {"inference": "durable-rules 2.0.28", "cross_checked": True}


def test_the_counts_add_up(assessment):
    """Each count is the number of findings with that verdict, and together they are all findings."""
    verdicts = [finding["verdict"] for finding in assessment["findings"]]
    assert assessment["counts"] == {verdict: verdicts.count(verdict) for verdict in VERDICTS}
    assert sum(assessment["counts"].values()) == len(verdicts)


def test_every_selected_criterion_appears(assessment, rulebook):
    """Each criterion stands once for the proposal, or once for each entity; where none is due, reviews are left out altogether."""
    due = assessment["outcome"]["code"] != "not_due"
    selected = {one.id for one in rulebook.criteria.values() if due or one.kind != "review"}
    assert {finding["criterion"] for finding in assessment["findings"]} == selected
    seen = [(finding["criterion"], finding["entity"] and finding["entity"]["id"]) for finding in assessment["findings"]]
    assert len(seen) == len(set(seen))
    for criterion, entity in seen:
        assert entity is None or rulebook.criteria[criterion].over is not None


def test_every_finding_has_every_key_with_a_value_of_its_list(assessment):
    """Verdict, strength, obligation, force and reason are words of closed lists, and are null where they say nothing."""
    for finding in assessment["findings"]:
        assert finding.keys() >= FINDING
        assert finding["verdict"] in VERDICTS
        assert finding["obligation"] in {"required", "expected", "encouraged"}
        assert finding["force"] in {"binding", "reference"}
        assert is_bilingual(finding["title"])
        assert is_bilingual(finding["remedy"])
        for key, verdict, allowed in ONLY_WITH:
            assert finding[key] in (allowed if finding["verdict"] == verdict else {None})
        assert finding["entity"] is None or finding["entity"].keys() >= {"id", "path"}


def test_grounds_explain_the_basis(assessment, rulebook):
    """Each clause of the basis has its ground; a binding finding has one in force or adopted, and takes the obligation of one."""
    for finding in assessment["findings"]:
        grounds = finding["grounds"]
        assert [ground["clause"] for ground in grounds] == finding["basis"]
        assert grounds
        for ground in grounds:
            assert {"clause", "force", "obligation", "status"} <= ground.keys()
            assert ground["clause"] in rulebook.clauses
            assert ground["status"] in STATUSES
            assert ground["force"] == "reference" or ground["status"] in {"in_force", "adopted"}
        forces = [ground["force"] for ground in grounds]
        assert finding["force"] == ("binding" if "binding" in forces else "reference")
        assert finding["obligation"] in {ground["obligation"] for ground in grounds if ground["force"] == finding["force"]}


def test_good_practice_of_our_own_never_binds(assessment):
    """Clauses of the source `practice` are reference in every dossier."""
    grounds = [ground for finding in assessment["findings"] for ground in finding["grounds"] if ground["clause"].startswith("practice:")]
    assert all(ground["force"] == "reference" for ground in grounds)


def test_facts_have_path_value_and_place(assessment):
    """A fact that decided a finding can be found in the file."""
    for fact in (fact for finding in assessment["findings"] for fact in finding["facts"]):
        assert {"path", "value", "file", "line", "evidence"} <= fact.keys()
        assert fact["file"] == assessment["dossier"]["file"]
        assert fact["line"] >= 1


def test_what_is_missing_comes_as_a_question(assessment):
    """Each missing statement has a path and a question in both languages, and a finding that is not open misses nothing."""
    for finding in assessment["findings"]:
        for gap in finding["missing"]:
            assert gap["path"]
            assert is_bilingual(gap["question"])
        if finding["verdict"] in {"met", "not_met", "not_applicable"}:
            assert finding["missing"] == []


def test_not_stated_always_names_what_is_missing(assessment):
    """A verdict of not_stated tells what to state."""
    assert all(finding["missing"] for finding in assessment["findings"] if finding["verdict"] == "not_stated")


def test_the_outcome_rests_on_findings_and_names_the_steps(assessment):
    """`because` names criteria that were found, and there is a step in both languages for each of them."""
    because = assessment["outcome"]["because"]
    assert set(because) <= {finding["criterion"] for finding in assessment["findings"]}
    assert [step["criterion"] for step in assessment["outcome"]["steps"]] == because
    assert all(step["zh"] and step["en"] for step in assessment["outcome"]["steps"])
    assert bool(because) == (assessment["outcome"]["code"] not in {"not_due", "ready"})


def test_evidence_is_cited_with_title_and_page(command, dossier_file):
    """The fact that children were heard cites the minutes and the page, on its own line of the file."""
    text, header = DOSSIERS["spoken"]
    found = json.loads(command("assess", dossier_file("a.yaml", text, **header), "--format", "json", "--as-of", "2026-06-01").stdout)
    (finding,) = [one for one in found["findings"] if one["criterion"] == "consultation.children-heard"]
    assert finding["verdict"] == "met"
    assert finding["strength"] == "evidenced"
    heard = next(fact for fact in finding["facts"] if fact["path"] == "consultations[0].with")
    assert heard["value"] == ["children"]
    assert heard["line"] == 9
    assert heard["evidence"] == "会议记录, 4"


def test_each_finding_is_a_line(command, dossier_file):
    """For tools that go by lines: a finding of a JSON assessment is one line, of one dossier as of several, and a result of SARIF too."""
    one, other = dossier_file("a.yaml", id="a"), dossier_file("b.yaml", id="b")
    for dossiers, format_ in (((one,), "json"), ((one, other), "json"), ((one,), "sarif")):
        text = command("assess", *dossiers, "--format", format_, "--fail-on", "never", "--as-of", "2026-06-01").stdout.decode()
        data = json.loads(text)
        parts = data.get("assessments") or data.get("runs") or [data]
        findings = [finding for part in parts for finding in part.get("findings") or part["results"]]
        lines = [line.strip().rstrip(",") for line in text.splitlines()]
        assert findings
        assert [json.loads(line) for line in lines if line.startswith(('{"criterion": ', '{"ruleId": '))] == findings
