"""`rules test`: which cases are run, what is said of those that fail, and that a part of the rules is never taken for the whole."""

import os
import shutil
import subprocess

import pytest

CASES = """\
assume: {kind: project, types: [park], place: '100000', stage: scheme, decision_on: 2026-07-01}
cases:
  consultation.heard:
    - {name: children were heard, given: {consultations: [{id: a, with: [children]}]}, expect: met}
    - {name: nothing is said, expect: not_stated}
    - {name: a road that no child uses, given: {types: [road], children: {use_the_place: false}}, expect: not_applicable}
"""
DATED = """\
cases:
  consultation.dated:
    - name: one of two comes late
      given:
        kind: project
        types: [park]
        place: '100000'
        stage: acceptance
        decision_on: 2026-07-01
        children: {number: 5}
        consultations: [{id: a, ended_on: 2026-06-01}, {id: b, ended_on: 2026-08-01}]
      expect: {a: met, b: not_met}
"""
HEARD, DATE = 3, 1


@pytest.fixture
def rules(small_rules, tmp_path):
    """The small rules with a file of cases for each of the two criteria."""
    rules = shutil.copytree(small_rules, tmp_path / "rules")
    (rules / "criteria/policy/consultation.cases.yaml").write_text(CASES, encoding="utf-8")
    (rules / "criteria/policy/dated.cases.yaml").write_text(DATED, encoding="utf-8")
    return rules


@pytest.fixture
def run(call, rules):
    """`run("consultation.", …)`: the number of cases that were run, where none failed."""

    def run(*arguments):
        done = call("rules", "test", *arguments, "--rules", rules, "--lang", "en")
        assert done.exit_code == 0, done.output
        count, said = done.stdout.split(" ", 1)
        assert said == "cases, 0 failed\n"
        return int(count)

    return run


@pytest.fixture
def committed(rules):
    """The rules in a git repository with one commit. Without git there is no history to look at."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    nobody = ("-c", "user.name=nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    for line in (("init", "-q"), ("add", "."), (*nobody, "commit", "-qm", "the rules")):
        subprocess.run(("git", "-C", str(rules), *line), check=True)
    return rules


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("how", [(), ("--all",)])
def test_all_cases_are_run(run, how):
    """Without a word of which, every case is run, by its own criterion or (`--all`) with all of them."""
    assert run(*how) == HEARD + DATE


@pytest.mark.parametrize("how", [(), ("--all",)])
def test_a_case_that_fails_is_named(call, rules, how):
    """A wrong verdict ends in 3 with the place of the case, what it expects and what came."""
    change(rules / "criteria/policy/consultation.cases.yaml", "children]}]}, expect: met", "residents]}]}, expect: met")
    change(rules / "criteria/policy/dated.cases.yaml", "b: not_met", "b: met")
    done = call("rules", "test", *how, "--rules", rules, "--lang", "en")
    assert (done.exit_code, done.stdout) == (3, "4 cases, 2 failed\n")
    heard, dated = done.stderr.splitlines()
    assert heard.startswith("criteria/policy/consultation.cases.yaml:4:")
    assert heard.endswith("consultation.heard, “children were heard”: expected met, got not_stated")
    assert dated.endswith("expected a: met, b: met, got a: met, b: not_met")


def test_ids_narrow(run):
    """An id, the beginning of one up to a dot, and a pattern."""
    assert run("consultation.heard") == HEARD
    assert run("consultation.heard", "consultation.dated") == HEARD + DATE
    assert run("consultation.") == HEARD + DATE
    assert run("*.dated") == DATE


def test_an_id_may_be_written_in_any_way_that_yaml_has(run, rules):
    """Files that cannot hold a case are passed over unread; one that spells the id in escapes is not among them."""
    escaped = CASES.replace("  consultation.heard:", '  "consultation\\x2eheard":')
    (rules / "criteria/policy/escaped.cases.yaml").write_text(escaped, encoding="utf-8")
    (rules / "criteria/policy/other.cases.yaml").write_text("no cases: [", encoding="utf-8")
    assert run("consultation.heard") == 2 * HEARD


@pytest.mark.parametrize(
    ("id_", "hint"), [("consultation.herd", "did you mean “consultation.heard”?"), ("none.", "see `child-impact rules list`")]
)
def test_an_id_that_is_none_is_wrong_usage(call, rules, id_, hint):
    """An id that fits no criterion ends in 2, with the nearest one."""
    done = call("rules", "test", "consultation.dated", id_, "--rules", rules)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"there is no criterion “{id_}”; {hint}" in done.stderr


def test_files_narrow(run, rules):
    """A file of cases stands for these, one of criteria or of derived facts for the criteria that rest on it, the vocabulary for all."""
    policy = rules / "criteria/policy"
    assert run("--file", policy / "dated.cases.yaml") == DATE
    assert run("--file", policy / "consultation.yaml") == HEARD + DATE
    assert run("--file", rules / "derived/derived.yaml") == HEARD
    assert run("--file", "derived/derived.yaml", "--file", policy / "dated.cases.yaml") == HEARD + DATE
    assert run("--file", "vocabulary/vocabulary.yaml") == HEARD + DATE
    assert run("--file", "sources/law.yaml") == 0
    assert run("--file", "criteria/policy/consultation.yaml", "consultation.dated") == DATE


def test_a_path_that_is_no_rule_file_is_wrong_usage(call, rules):
    """It ends in 2, with the nearest file that there is."""
    done = call("rules", "test", "--file", "derived/deriveds.yaml", "--rules", rules)
    assert done.exit_code == 2
    assert "did you mean “derived/derived.yaml”?" in done.stderr


class TestChanged:
    """`--changed [REV]`."""

    def test_nothing_changed(self, call, committed):
        """Where nothing changed, or only words that say nothing, no case is run, and that is said."""
        (committed / "derived/derived.yaml").open("a", encoding="utf-8").write("# a remark\n")
        done = call("rules", "test", "--rules", committed, "--lang", "en", "--changed")
        assert (done.exit_code, done.stdout) == (0, "0 cases, 0 failed\n")
        assert "no case rests on" in done.stderr

    def test_a_derived_fact(self, run, committed):
        """The criteria that use what changed are run, those that do not are not."""
        change(committed / "derived/derived.yaml", "has_any: [park]", "has_any: [park, road]")
        change(committed / "criteria/policy/consultation.cases.yaml", "expect: not_applicable", "expect: not_stated")
        assert run("--changed") == HEARD

    def test_cases_and_new_files(self, run, committed):
        """Cases that changed are run, those of a file that git does not know yet too."""
        change(committed / "criteria/policy/dated.cases.yaml", "one of two", "one of the two")
        assert run("--changed") == DATE
        (committed / "criteria/policy/new.cases.yaml").write_text(CASES, encoding="utf-8")
        assert run("--changed") == DATE + HEARD

    def test_criteria(self, run, committed):
        """All criteria of a file that changed."""
        change(committed / "criteria/policy/consultation.yaml", "Hear the children.", "Hear children.")
        assert run("--changed", "HEAD") == HEARD + DATE
        assert run("consultation.dated", "--changed") == DATE

    def test_a_revision_that_is_none(self, call, committed):
        """What git does not know ends in 2 and is named: an id behind the option is taken for a revision."""
        done = call("rules", "test", "--rules", committed, "--lang", "en", "--changed", "consultation.dated")
        assert done.exit_code == 2
        assert "git knows no revision “consultation.dated”" in done.stderr

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_where_there_is_no_history(self, call, rules, monkeypatch, lang):
        """Outside a repository, and without git, it ends in 2 and says what else there is."""
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", os.fspath(rules.parent))
        done = call("rules", "test", "--rules", rules, "--lang", lang, "--changed")
        assert done.exit_code == 2
        assert "--file" in done.stderr
        monkeypatch.setenv("PATH", "")
        done = call("rules", "test", "--rules", rules, "--lang", lang, "--changed")
        assert done.exit_code == 2
        assert {"zh": "没有安装 git", "en": "git is not installed"}[lang] in done.stderr


def test_a_part_of_the_rules_is_not_kept_as_the_whole(call, rules, dossier_file, tmp_path, monkeypatch):
    """What a narrowed run prepares is not found by an assessment after it: with an empty cache before both, all criteria are judged."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert call("rules", "test", "consultation.heard", "--rules", rules).exit_code == 0
    park = dossier_file("park.yaml", id="park", place="'100000'", stage="acceptance")
    done = call("assess", park, "--rules", rules, "--format", "json", "-q")
    assert done.exit_code == 1
    assert {"consultation.heard", "consultation.dated"} == {word for word in done.stdout.split('"') if word.startswith("consultation.")}


def test_narrowed_and_whole_agree_on_the_shipped_rules(call):
    """The verdict of a criterion is the same with its own rules alone and with all of them."""
    for how in ((), ("--all",)):
        done = call("rules", "test", "consistency.no-effect-claim", *how)
        assert done.exit_code == 0, done.stderr
        assert int(done.stdout.split()[0]) > 5
