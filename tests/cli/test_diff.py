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
