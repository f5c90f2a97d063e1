"""The reviewer's record: it is printed beside the findings, changes no verdict, and a waiver that holds leaves at best conditions."""

import json
import shutil
from typing import ClassVar

import pytest

HEARD, DATED, COUNTED = "consultation.heard", "consultation.each-dated", "children.counted"
CRITERIA = """
  - id: consultation.each-dated
    title: {zh: 每次听取意见写明日期, en: Each consultation is dated}
    element: consultation
    over: consultations
    require: {ended_on: {before: dossier.decision_horizon}}
    remedy: {zh: 补写日期。, en: Add the date.}
    remedy_after_decision: {zh: 补写日期。, en: Add the date.}
    who: proponent
    basis: [law:A1]
  - id: children.counted
    title: {zh: 写明受影响儿童人数, en: The children affected are counted}
    element: consultation
    require: {children.number: {ge: 1}}
    remedy: {zh: 补写人数。, en: Count them.}
    who: proponent
    bars: true
    basis: [law:A1]
"""
QUESTION = "  - {{id: {}, text: {{zh: {}, en: {}}}, domain: policy, element: consultation, clauses: ['law:A1']{}}}\n"
QUESTIONS = (
    "questions:\n"
    + QUESTION.format("best-interests", "对儿童是否最有利？", "Is it best for children?", "")
    + QUESTION.format("dignity", "是否顾及尊严？", "Is dignity kept?", "")
    + QUESTION.format("roads", "道路？", "Roads?", ", when: {types: {has_any: [road]}}")
)
CONDITIONS = """
  - code: conditions
    label: {zh: 有条件通过, en: Conditions}
    because: {zh: 其余可作条件。, en: The rest can be conditions.}
    because_waived: {zh: 有豁免。, en: A demand is waived.}
"""
NOT_HEARD = "children: {number: 5}\nconsultations: {complete: true, items: [{id: c1, with: [residents], ended_on: 2026-05-01}]}"
NO_DATES = "children: {number: 5}\nconsultations: {complete: true, items: [{id: c1, with: [children]}, {id: c2, with: [children]}]}"
DAY = "2026-06-01"
WAIVER = {
    "criterion": HEARD,
    "reason": "heard at the next step",
    "owner": "Planning Bureau",
    "granted": "2026-05-02",
    "expires": "2026-12-31",
}


@pytest.fixture(scope="module")
def rules(small_rules, tmp_path_factory):
    """The small rules with an outcome “conditions”, a criterion for each consultation, one that bars, and questions for the reviewer."""
    rules = shutil.copytree(small_rules, tmp_path_factory.mktemp("review") / "rules")
    with (rules / "criteria" / "policy" / "consultation.yaml").open("a", encoding="utf-8") as file:
        file.write(CRITERIA.removeprefix("\n"))
    (rules / "questions").mkdir()
    (rules / "questions" / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    profile = rules / "profiles" / "default.yaml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace("  - code: ready", CONDITIONS.removeprefix("\n") + "  - code: ready"), encoding="utf-8")
    return rules


@pytest.fixture
def park(dossier_file):
    """A writer of a park's dossier: children were not heard, unless told otherwise."""
    return lambda text=NOT_HEARD, **header: dossier_file("park.yaml", text, **({"id": "park", "place": "'100000'"} | header))


@pytest.fixture
def record(tmp_path):
    """A writer of records: `record(waivers=[…])` is about the park."""

    def write(name="review.yaml", **parts):
        file = tmp_path / name
        file.write_text(json.dumps({"dossier": "park", **parts}, ensure_ascii=False), encoding="utf-8")
        return file

    return write


@pytest.fixture
def assess(call, rules):
    """The assessment of a dossier with a record, as data; the exit code and what was said on standard error beside it."""

    def run(dossier, *reviews, as_of=DAY, options=()):
        given = [part for review in reviews for part in ("--review", review)]
        done = call("assess", dossier, "--rules", rules, "--format", "json", "--lang", "en", "--as-of", as_of, *given, *options)
        return (json.loads(done.stdout) if done.stdout else None), done

    return run


def findings(data):
    return {(one["criterion"], one["entity"] and one["entity"]["id"]): one for one in data["findings"]}


def judged(data):
    return {key: {name: value for name, value in one.items() if name not in ("waived", "disputed")} for key, one in findings(data).items()}


class TestWaivers:
    """A waiver takes its finding out of the outcome until its last day."""

    def test_it_changes_no_verdict_and_no_count_and_leaves_conditions(self, assess, park, record):
        """The finding stands as it was and shows the waiver; the outcome is computed without it, at best to conditions."""
        plain, done = assess(park())
        assert (plain["outcome"]["code"], done.exit_code) == ("send_back", 1)
        assert plain["review"] is None
        waived, done = assess(park(), record(waivers=[WAIVER | {"evidence": "minutes 7"}]))
        assert (waived["outcome"]["code"], done.exit_code) == ("conditions", 0)
        assert waived["outcome"]["because"] == [HEARD]
        assert judged(waived) == judged(plain)
        assert waived["counts"] == plain["counts"]
        shown = findings(waived)[HEARD, None]["waived"]
        assert (shown["expires"], shown["owner"]["en"], shown["evidence"]["en"]) == ("2026-12-31", "Planning Bureau", "minutes 7")
        assert waived["review"]["waivers"][0]["state"] == "in_effect"
        assert waived["review"]["warnings"] == []

    @pytest.mark.parametrize(
        ("as_of", "state", "outcome"),
        [("2026-12-30", "in_effect", "conditions"), ("2026-12-31", "in_effect", "conditions"), ("2027-01-01", "expired", "send_back")],
    )
    def test_the_day_before_on_and_after_its_expiry(self, assess, park, record, as_of, state, outcome):
        """The day of expiry is included; the day after, the finding is back and that is said."""
        data, done = assess(park(), record(waivers=[WAIVER]), as_of=as_of)
        assert data["review"]["waivers"][0]["state"] == state
        assert data["outcome"]["code"] == outcome
        assert (findings(data)[HEARD, None]["waived"] is None) == (state == "expired")
        assert ("expired on 2026-12-31; the finding counts as ever" in done.stderr) == (state == "expired")

    def test_it_does_not_hold_before_it_is_granted(self, assess, park, record):
        """The day of judgement is the day before, and the day itself."""
        for as_of, state in (("2026-05-01", "not_yet"), ("2026-05-02", "in_effect")):
            data, _ = assess(park(), record(waivers=[WAIVER]), as_of=as_of)
            assert data["review"]["waivers"][0]["state"] == state

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"expires": None}, "“expires” is missing"),
            ({"expires": "2026-13-45"}, "“2026-13-45” is not a date"),
            ({"expires": "2026"}, "“2026” is not a day"),
            ({"expires": "never"}, "“never” is not a date"),
            ({"reason": None}, "“reason” is missing"),
            ({"reason": ""}, "“reason”: the text is empty"),
            ({"owner": "none"}, "“owner” is missing"),
            ({"granted": "2027-01-01"}, "it expires on 2026-12-31, before it was granted on 2027-01-01"),
            ({"entity": "c1"}, "is about the proposal as a whole and has no entity “c1”"),
        ],
    )
    def test_one_that_is_malformed_brings_the_finding_back(self, assess, park, record, change, said):
        """What is wrong with it is said with file and line; nothing is waived."""
        file = record(waivers=[WAIVER | change])
        data, done = assess(park(), file)
        assert data["outcome"]["code"] == "send_back"
        assert data["review"]["waivers"][0]["state"] == "malformed"
        assert f"{file}:1:" in done.stderr
        assert "the waiver does not hold: " in done.stderr
        assert said in done.stderr
        assert "; the finding counts as ever → " in done.stderr

    def test_what_bars_approval_cannot_be_waived(self, assess, park, record):
        """The waiver is named as not allowed and the finding counts."""
        uncounted = NOT_HEARD.replace("number: 5", "number: 0").replace("residents", "children")
        data, done = assess(park(uncounted), record(waivers=[WAIVER | {"criterion": COUNTED}]))
        assert data["review"]["waivers"][0]["state"] == "not_allowed"
        assert data["outcome"]["because"] == [COUNTED]
        assert "this demand cannot be waived; the finding counts as ever" in done.stderr

    def test_a_profile_without_conditions_grants_none(self, call, small_rules, park, record):
        """Where an office knows no outcome with conditions, a waiver has nothing to lead to."""
        done = call("assess", park(), "--rules", small_rules, "--as-of", DAY, "--lang", "en", "--review", record(waivers=[WAIVER]))
        assert done.exit_code == 1
        assert "the profile “default” has no outcome “conditions” and so grants no waivers" in done.stderr

    def test_for_an_entity_it_holds_for_that_one_only(self, assess, park, record):
        """Two consultations without a date: one is waived, the other still counts; both waived leaves conditions."""
        one, two = (WAIVER | {"criterion": DATED, "entity": id_} for id_ in ("c1", "c2"))
        data, _ = assess(park(NO_DATES), record(waivers=[one]))
        assert data["outcome"]["code"] == "send_back"
        assert findings(data)[DATED, "c1"]["waived"] is not None
        assert findings(data)[DATED, "c2"]["waived"] is None
        data, _ = assess(park(NO_DATES), record(waivers=[one, two]))
        assert data["outcome"]["code"] == "conditions"

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"criterion": DATED}, "this criterion judges each of consultations: name the entity (there are: c1)"),
            ({"criterion": DATED, "entity": "c9"}, "there is no “c9” among consultations (there are: c1)"),
            ({"criterion": DATED, "entity": "c1"}, "the finding asks for nothing, so there is nothing to waive"),
            ({"criterion": "consultation.dated", "entity": "c1"}, "the finding asks for nothing"),
        ],
    )
    def test_one_that_is_not_used_is_reported(self, assess, park, record, change, said):
        """No finding, or none that asks for anything: the outcome is as without the record."""
        data, done = assess(park(), record(waivers=[WAIVER | change]))
        assert data["review"]["waivers"][0]["state"] == "unused"
        assert data["outcome"]["code"] == "send_back"
        assert "is not used: " in done.stderr
        assert said in done.stderr

    def test_of_two_for_one_finding_the_longer_holds(self, assess, park, record):
        """An expired one and its successor: the successor holds. Two that hold: the longer, and the other is reported."""
        longer, expired = WAIVER | {"expires": "2027-06-30"}, WAIVER | {"expires": "2026-05-31"}
        for waivers, states in (
            ([expired, longer], ["expired", "in_effect"]),
            ([WAIVER, longer], ["unused", "in_effect"]),
            ([longer, WAIVER], ["in_effect", "unused"]),
            ([WAIVER, WAIVER], ["in_effect", "unused"]),
        ):
            data, done = assess(park(), record(waivers=waivers))
            assert [one["state"] for one in data["review"]["waivers"]] == states
            assert data["outcome"]["code"] == "conditions"
            assert findings(data)[HEARD, None]["waived"]["expires"] == max(one["expires"] for one in waivers)
            assert "counts as ever" not in done.stderr

    def test_nothing_is_waived_where_no_assessment_is_due(self, assess, park, record):
        """The outcome stays what it is."""
        data, done = assess(park("children: {use_the_place: false}", types="[road]"), record(waivers=[WAIVER]))
        assert data["outcome"]["code"] == "not_due"
        assert "no assessment is due, so there is nothing to waive" in done.stderr

    def test_a_ready_proposal_stays_ready(self, assess, park, record):
        """A record without a waiver that holds changes no outcome."""
        data, _ = assess(park(NOT_HEARD.replace("residents", "children")), record(waivers=[WAIVER], conditions=[{"text": "plant trees"}]))
        assert data["outcome"]["code"] == "ready"


def test_the_contract_of_the_record(assess, park, record):
    """Every key of the record is there, whether or not the record says anything under it."""
    for parts in ({}, {"waivers": [WAIVER], "conditions": [{"text": "plant trees"}], "disputes": [TestDisputes.DISPUTE]}):
        review = assess(park(), record(**parts))[0]["review"]
        head = ["file", "sha256", "dossier", "dossier_sha256", "signer", "date"]
        assert list(review) == [*head, "answers", "disputes", "waivers", "conditions", "warnings"]
        assert review["dossier"] == "park"
        for one in review["waivers"]:
            assert list(one) == [*("criterion", "entity", "reason", "owner", "granted", "expires", "evidence"), "state", "why", "line"]


class TestDisputes:
    """A disputed finding stays as it is, with the reviewer's view beside it."""

    DISPUTE: ClassVar[dict[str, str]] = {
        "criterion": HEARD,
        "view": "met in substance",
        "reason": "a school was asked",
        "by": "Li",
        "date": "2026-05-20",
    }

    def test_it_is_beside_its_finding_and_changes_no_outcome(self, assess, park, record):
        """Verdict, counts and outcome are as without the record."""
        plain, _ = assess(park())
        data, _ = assess(park(), record(disputes=[self.DISPUTE]))
        assert judged(data) == judged(plain)
        assert data["outcome"] == plain["outcome"]
        (shown,) = findings(data)[HEARD, None]["disputed"]
        assert (shown["view"]["en"], shown["reason"]["en"], shown["date"]) == ("met in substance", "a school was asked", "2026-05-20")
        assert findings(data)[DATED, "c1"]["disputed"] == []

    def test_one_without_its_finding_is_reported(self, assess, park, record):
        """The entity is not there."""
        _, done = assess(park(), record(disputes=[self.DISPUTE | {"criterion": DATED, "entity": "c9"}]))
        assert "the dispute about “consultation.each-dated” has no finding: there is no “c9” among consultations" in done.stderr


class TestDossier:
    """A record is about one dossier."""

    def test_one_for_another_dossier_is_refused(self, assess, park, record):
        """Nothing is written."""
        data, done = assess(park(id="other"), record(waivers=[WAIVER]))
        assert done.exit_code == 4
        assert data is None
        assert "this record is about the dossier “park”, not “other”" in done.stderr

    def test_a_dossier_that_changed_since_is_a_warning(self, assess, park, record):
        """The sha256 of the record is not that of the dossier; the outcome is not touched by it."""
        sha256 = assess(park())[0]["dossier"]["sha256"]
        for digest, changed in ((sha256, False), (sha256.upper(), False), ("0" * 64, True)):
            data, done = assess(park(), record(dossier_sha256=digest, waivers=[WAIVER]))
            assert ("has changed since the review" in done.stderr) == changed
            assert len(data["review"]["warnings"]) == changed
            assert data["outcome"]["code"] == "conditions"

    def test_several_dossiers_each_with_its_own(self, call, rules, dossier_file, record):
        """Each record is used for the dossier that it names; two for one are refused, and so is one for none."""
        park = dossier_file("park.yaml", NOT_HEARD, id="park", place="'100000'")
        other = dossier_file("other.yaml", NOT_HEARD, id="other", place="'100000'")
        mine, its = record("a.yaml", waivers=[WAIVER]), record("b.yaml", dossier="other", conditions=[{"text": "plant trees"}])
        common = ("--rules", rules, "--format", "json", "--lang", "en", "--as-of", DAY)
        done = call("assess", park, other, *common, "--review", its, "--review", mine)
        first, second = json.loads(done.stdout)["assessments"]
        assert (first["outcome"]["code"], second["outcome"]["code"]) == ("conditions", "send_back")
        assert (first["review"]["file"], second["review"]["file"]) == (str(mine), str(its))
        done = call("assess", park, other, *common, "--review", mine, "--review", record("c.yaml"))
        assert (done.exit_code, done.stdout) == (4, "")
        assert "has a record already" in done.stderr
        done = call("assess", park, *common, "--review", its)
        assert (done.exit_code, done.stdout) == (4, "")
        assert "about the dossier “other”" in done.stderr

    def test_a_record_comes_from_a_file(self, assess, park):
        """Standard input is for a dossier."""
        _, done = assess(park(), "-")
        assert done.exit_code == 2
        assert "a record is read from a file" in done.stderr

    def test_a_record_is_never_overwritten(self, assess, park, record):
        """The output is an input: wrong usage, and the record is as it was."""
        file = record(waivers=[WAIVER])
        before = file.read_bytes()
        _, done = assess(park(), file, options=("-o", file))
        assert done.exit_code == 2
        assert file.read_bytes() == before


class TestReport:
    """The report shows the record in both languages."""

    RECORD = """
档案: park
问题答复:
  - {问题: best-interests, 答复: 是，见方案比选, 填写人: 李工, 日期: 2026-05-20}
  - {问题: dignity, 答复: }
  - {问题: roads, 答复: 无}
异议:
  - {准则: consultation.each-dated, 对象: c1, 审查意见: 日期有误, 理由: 会议记录载为5月2日}
豁免:
  - {准则: consultation.heard, 理由: 施工图阶段补听, 责任人: 规划局, 准予日期: 2026-05-02, 到期日期: 2026-12-31, 依据: 会议纪要7号}
条件:
  - {内容: 开工前补听儿童意见, 责任单位: 建设单位, 完成日期: 2026-09}
审查人: {姓名: 李工, 职务: 审查员, 单位: 规划局}
日期: 2026-05-21
"""

    @pytest.fixture
    def report(self, call, rules, park, tmp_path):
        file = tmp_path / "review.yaml"
        file.write_text(self.RECORD, encoding="utf-8")
        return lambda lang: call("assess", park(), "--rules", rules, "--as-of", DAY, "--lang", lang, "-q", "--review", file).stdout

    def test_in_chinese(self, report):
        """Answers beside their questions, disputes, waivers, conditions, the signature; what is open stays a question."""
        said = report("zh")
        assert "## 十、审查意见" in said
        assert "| 对儿童是否最有利？ | 是，见方案比选（李工、2026年5月20日） |" in said
        assert "1. 是否顾及尊严？" in said
        assert "1. 对儿童是否最有利？" not in said
        assert "| 每次听取意见写明日期（c1） | 符合 | 日期有误 | 会议记录载为5月2日 | — |" in said
        assert "| 听取儿童意见 | 2026年12月31日 | 有效 | 施工图阶段补听 | 规划局 | 会议纪要7号 |" in said
        assert "不符合（必备）；已豁免，至2026年12月31日" in said
        assert "| 开工前补听儿童意见 | 建设单位 | 2026年9月 | — |" in said
        assert "审查人：李工（规划局、审查员）　　日期：2026年5月21日" in said
        assert "**评价结论：有条件通过。**" in said
        assert "有豁免。" in said
        assert "本次没有提出问题“roads”" in said

    def test_in_english(self, report):
        """The same with English words around what the reviewer wrote."""
        said = report("en")
        assert "## 10. The reviewer's record" in said
        assert "; waived until 31 December 2026" in said
        assert "Reviewer: 李工 (规划局, 审查员)　　Date: 21 May 2026" in said
        assert "A demand is waived." in said

    @pytest.mark.parametrize("document", ["assessment", "ledger", "request"])
    def test_a_waived_point_is_marked_wherever_it_is_listed(self, call, rules, park, record, document):
        """In the report, the ledger and the letter: waived until when, and due by that day."""
        waivers = record(waivers=[WAIVER])
        said = call("assess", park(), "--rules", rules, "--as-of", DAY, "-q", "--document", document, "--review", waivers).stdout
        (row,) = [line for line in said.splitlines() if line.startswith("|") and "听取儿童的意见。" in line and "听取儿童意见" in line]
        assert "已豁免，至2026年12月31日" in row
        assert "2026年12月31日前" in row

    def test_without_a_record_there_is_a_line_to_sign(self, call, rules, park):
        """The report is as it was."""
        said = call("assess", park(), "--rules", rules, "--as-of", DAY, "-q").stdout
        assert "审查意见" not in said
        assert "审查人：＿＿＿＿＿＿　　日期：＿＿＿＿年＿＿月＿＿日" in said

    def test_what_a_reviewer_writes_is_shown_as_it_is(self, call, rules, park, record):
        """Marks of Markdown and line breaks in a record do not break the report."""
        file = record(disputes=[{"criterion": HEARD, "view": "a | b\n# c", "reason": "*d*"}], signer={"name": "_L_"})
        said = call("assess", park(), "--rules", rules, "--as-of", DAY, "-q", "--review", file).stdout
        assert r"a \| b \# c" in said
        assert r"审查人：\_L\_" in said


def test_every_gap_of_a_real_case_waived(call, tmp_path, pytestconfig):
    """With the rules that come with the program: all gaps waived leave conditions, with every verdict and count as it was."""
    case = pytestconfig.rootpath / "cases" / "miyun-tanying.yaml"
    common = ("assess", case, "--as-of", "2023-08-14", "--format", "json", "-q", "--fail-on", "never")
    plain = json.loads(call(*common).stdout)
    gaps = [one for one in plain["findings"] if one["verdict"] in ("not_met", "not_stated", "undetermined") and not one["moot"]]
    waivers = [
        {"criterion": one["criterion"], "reason": "r", "owner": "o", "expires": "2023-12-31"}
        | ({"entity": one["entity"]["id"]} if one["entity"] else {})
        for one in gaps
    ]
    file = tmp_path / "review.yaml"
    file.write_text(json.dumps({"dossier": "miyun-tanying", "waivers": waivers}), encoding="utf-8")
    waived = json.loads(call(*common, "--review", file).stdout)
    assert plain["outcome"]["code"] == "send_back"
    assert waived["outcome"]["code"] == "conditions"
    assert judged(waived) == judged(plain)
    assert waived["counts"] == plain["counts"]
    assert {one["state"] for one in waived["review"]["waivers"]} == {"in_effect"}


def test_rules_show_says_what_cannot_be_waived(call):
    """So that nobody asks for it."""
    for criterion, said in (("kindergarten.rooms-above-ground", True), ("kindergarten.winter-sun", False)):
        assert ("cannot be waived" in call("rules", "show", criterion, "--lang", "en").stdout) == said
