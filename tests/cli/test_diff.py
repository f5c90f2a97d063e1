"""`child-impact diff`: what two versions or options of a dossier change."""

import json

import pytest

DAY = ("--as-of", "2026-06-01")
HEARD = "consultations: {complete: true, items: [{id: c1, with: [children], ended_on: 2026-03-20}]}"
CHANGES = ["closed", "new", "better", "worse", "other", "unchanged"]


@pytest.fixture
def old(dossier_file):
    return dossier_file("old.yaml", id="park", place="'100000'")


@pytest.fixture
def new(dossier_file):
    return dossier_file("new.yaml", HEARD, id="park", place="'100000'")


@pytest.fixture
def diff(call, small_rules):
    return lambda *arguments: call("diff", *arguments, "--rules", small_rules, *DAY)


def test_what_was_closed_is_told_with_title_and_verdicts(diff, old, new):
    """The text names the outcomes of both and each change with its verdicts, in both languages."""
    said = diff(old, new).stdout
    assert "退回补充" in said
    assert "可以提请决策" in said
    assert "已解决（1）\n  - 听取儿童意见：未见说明（本地适用、必备） → 符合" in said
    assert "Closed (1)\n  - Children are heard: not stated (applies here, required) → met" in diff(old, new, "--lang", "en").stdout


def test_the_other_way_round_it_is_new(diff, old, new):
    """What a later version no longer shows is a new finding."""
    assert "新出现（1）\n  - 听取儿童意见：符合 → 未见说明（本地适用、必备）" in diff(new, old).stdout


def test_the_gate_is_only_there_if_asked_for(diff, old, new):
    """Exit code 1 needs `--fail-on worse` and something new or worse."""
    assert diff(new, old).exit_code == 0
    assert diff(new, old, "--fail-on", "worse").exit_code == 1
    assert diff(old, new, "--fail-on", "worse").exit_code == 0
    assert diff(old, old, "--fail-on", "worse").exit_code == 0


def test_the_same_dossier_has_nothing_but_unchanged(diff, old):
    """A dossier compared with itself shows what is still open."""
    said = diff(old, old).stdout
    assert "未变（2）\n  - 听取儿童意见：未见说明（本地适用、必备）" in said
    assert "已解决" not in said


def test_the_comparison_as_data(diff, old, new):
    """The data has both heads, counts that add up, and each finding under its change with both sides."""
    data = json.loads(diff(old, new, "--format", "json").stdout)
    assert data["format"] == "child-impact/diff/1"
    assert [data[side]["outcome"]["code"] for side in ("old", "new")] == ["send_back", "ready"]
    assert list(data["findings"]) == list(data["counts"]) == CHANGES
    assert data["counts"] == {change: len(found) for change, found in data["findings"].items()}
    (closed,) = data["findings"]["closed"]
    assert closed["criterion"] == "consultation.heard"
    assert (closed["old"]["verdict"], closed["new"]["verdict"]) == ("not_stated", "met")
    (listed,) = data["findings"]["other"] + data["findings"]["unchanged"]
    assert listed["entity"]["id"] == "c1"


def test_real_rules_in_both_languages(call, pytestconfig):
    """Two shipped cases as options: every group is worded, and English has no Chinese left but what the dossiers quote."""
    cases = pytestconfig.rootpath / "cases"
    pair = (cases / "xicheng-guangnei.yaml", cases / "longgang-huilongpu.yaml")
    said = call("diff", *pair, "--lang", "en", *DAY)
    assert said.exit_code == 0
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in said.stdout)
    assert "None" not in said.stdout + call("diff", *pair, *DAY).stdout


def test_one_dossier_may_come_from_standard_input(command, old, new, small_rules):
    """`-` stands for standard input once; through the real command."""
    done = command("diff", old, "-", "--rules", small_rules, *DAY, stdin=new.read_bytes())
    assert done.returncode == 0
    assert "<stdin>" in done.stdout.decode()
    assert command("diff", "-", "-", stdin=b"").returncode == 2


def test_bad_input_is_refused(diff, old, dossier_file, tmp_path):
    """Every problem of both dossiers is told before the exit with 4, and nothing is compared."""
    bad = dossier_file("bad.yaml", "children: many", id="bad")
    done = diff(tmp_path / "missing.yaml", bad)
    assert done.exit_code == 4
    assert done.stdout == ""
    assert "missing.yaml" in done.stderr
    assert "bad.yaml" in done.stderr
    assert diff(old).exit_code == 2


class TestDocument:
    """The comparison of two versions as Markdown."""

    def test_both_languages(self, diff, old, new):
        """The document has both dossiers with outcome, a table for what was closed, and says how many are not listed."""
        zh, en = diff(old, new, "--format", "md").stdout, diff(old, new, "--format", "md", "--lang", "en").stdout
        assert "| 旧 | Test（" in zh
        assert "## 已解决（1项）" in zh
        assert "| 听取儿童意见 | 未见说明（本地适用、必备） | 符合 |" in zh
        assert "## Closed (1)" in en
        assert "| Children are heard | not stated (applies here, required) | met |" in en

    def test_it_tells_what_the_data_tells(self, call, pytestconfig):
        """On real rules each count of the document is that of the data, and English quotes no Chinese but the dossiers'."""
        cases = pytestconfig.rootpath / "cases"
        pair = (cases / "xicheng-guangnei.yaml", cases / "longgang-huilongpu.yaml")
        counts = json.loads(call("diff", *pair, "--format", "json", *DAY).stdout)["counts"]
        said = call("diff", *pair, "--format", "md", "--lang", "en", *DAY).stdout
        for change, label in (("new", "New"), ("closed", "Closed"), ("unchanged", "Unchanged")):
            assert f"## {label} ({counts[change]})" in said or not counts[change]
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in said)
        assert "None" not in said.replace("None.", "")


class TestOptions:
    """Two options: in which criteria each is better for children, without a score."""

    @pytest.fixture
    def nobody(self, dossier_file):
        return dossier_file("nobody.yaml", "consultations: none", id="nobody", place="'100000'")

    def test_the_option_that_falls_short_is_the_worse_one(self, diff, new, nobody):
        """Heard in the one, nobody heard in the other: better in the first, or in the second if they change places."""
        for pair, leaning in (((new, nobody), "first_better"), ((nobody, new), "second_better")):
            weighed = json.loads(diff(*pair, "--options", "--format", "json").stdout)["options"]
            assert "consultation.heard" in [one["criterion"] for one in weighed["criteria"][leaning]]

    def test_blank_decides_nothing(self, diff, old, new, nobody):
        """Where one option does not say, neither is better: not against one that meets the demand, nor against one that falls short."""
        for pair in ((old, new), (new, old), (old, nobody), (nobody, old)):
            weighed = json.loads(diff(*pair, "--options", "--format", "json").stdout)["options"]
            assert "consultation.heard" in [one["criterion"] for one in weighed["criteria"]["undecided"]]
            assert weighed["counts"]["first_better"] == weighed["counts"]["second_better"] == 0

    def test_both_short_is_said_and_both_in_order_is_counted(self, diff, new, nobody):
        """An option against itself: neither better."""
        assert json.loads(diff(nobody, nobody, "--options", "--format", "json").stdout)["options"]["counts"]["both_short"] > 0
        assert json.loads(diff(new, new, "--options", "--format", "json").stdout)["options"]["counts"]["both_short"] == 0

    def test_text_and_document_in_both_languages(self, diff, new, nobody):
        """Text and document name both options, each group, and say that there is no score."""
        for form in ("text", "md"):
            zh = diff(new, nobody, "--options", "--format", form).stdout
            en = diff(new, nobody, "--options", "--format", form, "--lang", "en").stdout
            assert "方案一较好" in zh
            assert "不计分" in zh
            assert "听取儿童意见" in zh
            assert "Undecided (0)" in en
            assert "score" in en

    def test_every_criterion_of_review_is_weighed_once(self, call, pytestconfig, rulebook):
        """On real rules the groups hold each criterion of review once, whatever the number of entities."""
        cases = pytestconfig.rootpath / "cases"
        pair = (cases / "examples" / "large-school.yaml", cases / "shunyi-36-schools.yaml")
        weighed = json.loads(call("diff", *pair, "--options", "--format", "json", *DAY).stdout)["options"]
        listed = [one["criterion"] for group in weighed["criteria"].values() for one in group]
        assert sorted(listed) == sorted(one.id for one in rulebook.criteria.values() if one.kind == "review")
        assert weighed["counts"] == {leaning: len(found) for leaning, found in weighed["criteria"].items()}

    def test_options_have_no_gate(self, diff, old, new):
        """Neither option is the earlier one: `--fail-on worse` is wrong usage."""
        assert diff(old, new, "--options", "--fail-on", "worse").exit_code == 2
