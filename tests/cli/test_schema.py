"""`child-impact schema`: what the reader accepts the schema accepts, and a mistake that a schema can see is seen."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from child_impact.dossier.read import read_tree
from child_impact.dossier.schema import dossier_schema
from child_impact.reading.nodes import plain_data
from child_impact.reading.problems import DossierRefused, InputRefused
from child_impact.reading.yaml12 import read_yaml
from child_impact.rulebook.cases import load_cases
from child_impact.rulebook.rule_files import MAX_RULE_FILE
from child_impact.rulebook.schema import SHAPES, rule_schema
from child_impact.rulebook.store import rule_files

ROOT = Path(__file__).parent.parent.parent
DOSSIERS = sorted(path for path in (ROOT / "cases").rglob("*.yaml") if "expected" not in path.parts)
BAD = sorted((ROOT / "tests" / "bad" / "dossiers").iterdir())
NOT_SEEN = {
    "date-not-in-calendar.yaml",  # the calendar
    "entity-id-twice.yaml",  # two values at once
    "denied-and-done.yaml",
    "denied-and-listed.yaml",
    "set-has-and-lacks.yaml",
    "not-done-with-more.yaml",  # what one value of an entry means for its other keys
    "not-done-without-what.yaml",
    "reference-to-nothing.yaml",
    "reason-of-what-was-done.yaml",
    "set-lacks-all-complete.yaml",
    "number-too-fine.yaml",  # exact decimals
}
FOLDERS = {"criteria": "criteria", "derived": "derived", "sources": "sources", "profile": "profiles", "questions": "questions"}
HEAD = "编号: d1\n名称: 公园\n类别: 项目\n类型: [公园]\n地点: 吉林省长春市\n阶段: 方案\n"


def as_json(data):
    """The data as an editor has it: exact decimals are JSON numbers."""
    if isinstance(data, dict):
        return {key: as_json(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_json(value) for value in data]
    return float(data) if isinstance(data, Decimal) else data


def data_of(text, file="test.yaml"):
    return as_json(plain_data(read_yaml(text if isinstance(text, bytes) else text.encode(), str(file), MAX_RULE_FILE)))


@pytest.fixture(scope="module")
def validator(vocabulary):
    return Draft202012Validator(dossier_schema(vocabulary))


@pytest.mark.parametrize("path", DOSSIERS, ids=lambda path: path.stem)
def test_every_shipped_dossier_is_valid(validator, path):
    """No shipped dossier is marked in an editor."""
    assert [error.message for error in validator.iter_errors(data_of(path.read_bytes(), path))] == []


def test_what_the_criteria_s_own_cases_state_is_valid(validator, vocabulary):
    """Of thousands of small dossiers every eighth is tried: each that the reader accepts is valid."""
    read = 0
    for case in load_cases(rule_files(ROOT / "rules"))[::8]:
        try:
            read_tree(case.dossier, "case", "", vocabulary)
        except DossierRefused:
            continue  # what a rule author has yet to put right
        read += 1
        assert validator.is_valid(as_json(plain_data(case.dossier))), (case.place, case.name)
    assert read > 100


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_mistake_that_a_schema_can_see_is_seen(validator, path):
    """A bad dossier that is YAML at all is not valid, but for the few whose mistake is beyond a schema."""
    try:
        data = data_of(path.read_bytes(), path)
    except InputRefused:
        pytest.skip("no YAML that an editor could check")
    assert validator.is_valid(data) == (path.name in NOT_SEEN)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "规模: {用地面积: 5}",
        "scale: {site_area: {value: 5, evidence: a, page: 3}}",
        "规模: {用地面积: {值: 无}, 班级数: 未说明, 学生数: }",
        "规模: 未说明",
        "受影响儿童: {年龄段: 6至12岁, 儿童使用: 否, 特殊群体: []}",
        "受影响儿童: {年龄段: {值: [6至12岁], 列全: 否, 页码: 3}}",
        "decision_on: 2026\nworks: {starts_on: 2026-07, ends_on: 2026年8月1日}",
        "设施: 无",
        "设施: 不详",
        "设施: {各项: [{编号: 1, 种类: 教室}], 列全: 是}",
        "设施: {items: none, complete: yes}",
        "facilities: [{id: a, 种类: classroom, evidence: null, 状态: 未说明}]",
        "概要: {中文: 一, en: one}\nsummary_: 1",
    ],
)
def test_the_schema_agrees_with_the_reader(validator, vocabulary, text):
    """Every form that a dossier may take: both spellings, wrapped and plain, none and not stated."""
    root = read_yaml((HEAD + text).encode(), "test.yaml")
    try:
        read_tree(root, "test.yaml", "", vocabulary)
        read = True
    except DossierRefused:
        read = False
    assert validator.is_valid(as_json(plain_data(root))) == read
    assert read == ("summary_" not in text)


@pytest.mark.parametrize("given", ["kind", "title", "types", "place", "stage", "id"])
def test_the_header_takes_each_key_in_one_spelling(validator, given):
    """A required key may be Chinese or English, must be there, and may not be not stated, none, or there twice."""
    english = {"id": "d1", "title": "Park", "kind": "project", "types": ["park"], "place": 220000, "stage": "scheme"}
    chinese = {"id": "编号", "title": "名称", "kind": "类别", "types": "类型", "place": "地点", "stage": "阶段"}[given]
    rest = {key: value for key, value in english.items() if key != given}
    assert validator.is_valid(english)
    assert validator.is_valid(rest | {chinese: english[given]})
    assert not validator.is_valid(rest)
    assert not validator.is_valid(english | {chinese: english[given]})
    assert not validator.is_valid(rest | {given: None})


def test_names_and_questions_come_from_the_vocabulary(validator, vocabulary):
    """A fact is described by its question in the language of its key; choices are offered by code and both names."""
    field = vocabulary.fact("works.nature")
    group = validator.schema["$defs"]["group.works"]["anyOf"][0]["properties"]
    assert group["nature"]["description"] == field.question.en
    assert group[field.key.zh]["description"] == field.question.zh
    offered = validator.schema["$defs"]["choice.nature"]["enum"]
    for code, name in field.enumeration.values.items():
        assert {code, name.zh, name.en} <= set(offered)


@pytest.mark.parametrize("kind", FOLDERS)
def test_every_rule_file_is_valid(kind):
    """All files of a folder of rules are valid against the schema of their kind, and against no other."""
    validators = {one: Draft202012Validator(rule_schema(one)) for one in SHAPES}
    paths = [path for path in (ROOT / "rules" / FOLDERS[kind]).rglob("*.yaml") if not path.name.endswith(".cases.yaml")]
    assert paths
    for path in paths:
        data = data_of(path.read_bytes(), path)
        assert [one for one, validator in validators.items() if validator.is_valid(data)] == [kind], path


def test_every_cases_file_is_valid():
    """The criteria's own cases have a schema too."""
    validator = Draft202012Validator(rule_schema("cases"))
    for path in (ROOT / "rules").rglob("*.cases.yaml"):
        assert [error.message for error in validator.iter_errors(data_of(path.read_bytes(), path))] == [], path


def test_a_mistake_in_a_rule_is_seen():
    """A key that is not foreseen, a text in one language and a word of no list are marked."""
    validator = Draft202012Validator(rule_schema("questions"))
    good = {"id": "q", "text": {"zh": "问", "en": "asked"}, "domain": "policy", "element": "consultation", "clauses": ["a:B"]}
    assert validator.is_valid({"questions": [good]})
    for bad in ({"who": "me"}, {"text": {"zh": "问"}}, {"text": "问"}, {"clauses": "a:B"}, {"id": None}):
        assert not validator.is_valid({"questions": [good | bad]})


@pytest.mark.parametrize("what", [None, "dossier", *SHAPES])
def test_the_command_prints_a_valid_schema(call, what):
    """Each is JSON, a schema of 2020-12, and the same bytes every time; the dossier's is the default."""
    done = call("schema", *([what] if what else []))
    assert done.exit_code == 0
    schema = json.loads(done.stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    assert done.stdout == call("schema", *([what] if what else [])).stdout


def test_other_rules_have_another_vocabulary(call, small_rules):
    """With `--rules` the dossier's schema knows what that vocabulary knows."""
    schema = json.loads(call("schema", "--rules", small_rules).stdout)
    assert "roads" not in schema["properties"]
    assert Draft202012Validator(schema).is_valid(data_of(HEAD.replace("吉林省长春市", "全国")))


def test_bad_input_is_refused(call, tmp_path):
    """An unknown kind is wrong usage; rules that are not there are no rules."""
    assert call("schema", "novel").exit_code == 2
    done = call("schema", "--rules", tmp_path)
    assert done.exit_code == 3
    assert done.stdout == ""


def test_through_the_real_command(command):
    """The real command writes UTF-8, keys in both spellings."""
    done = command("schema")
    assert done.returncode == 0
    assert {"编号", "id"} <= json.loads(done.stdout.decode())["properties"].keys()
