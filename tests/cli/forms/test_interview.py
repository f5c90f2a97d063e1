"""`child-impact new --interview`: any question may be left, mistakes are explained and asked again, nothing that was answered is lost."""

import os
import signal
import subprocess
import sys

import pytest

from child_impact.dossier.read import read_dossier

DAY = ("--as-of", "2026-06-01")
PARK = ("--kind", "project", "--type", "park", "--stage", "scheme", "--place", "吉林省长春市")


@pytest.fixture
def talk(call, tmp_path, vocabulary):
    """An interview: `talk("无", "", …)` gives what was said and the dossier that was written."""

    def run(*lines, arguments=PARK, more=()):
        form = tmp_path / "form.yaml"
        done = call("new", "--interview", *arguments, *more, "-o", form, *DAY, stdin="".join(f"{line}\n" for line in lines))
        assert done.exit_code == 0, done.stderr
        return done.stderr, read_dossier(form.read_bytes(), "form.yaml", vocabulary)

    return run


def test_what_is_answered_is_stated_and_what_is_skipped_is_not(talk):
    """An empty answer leaves the question open; none, a number of the list and a word of it are answers."""
    said, dossier = talk("", "2", "无")
    assert "decision.in_major_catalogue" not in dossier.facts
    assert dossier.facts["works.nature"].value == "alteration"
    assert dossier.lists["facilities"].complete
    assert "已结束，已答内容保留" in said


def test_a_wrong_answer_is_explained_and_asked_again(talk):
    """What cannot be read is explained; the question comes again, and the right answer is taken."""
    said, dossier = talk("也许", "否", "翻建", "新建")
    assert "“也许”不是是或否" in said
    assert "没有“翻建”这个选项" in said
    assert dossier.facts["decision.in_major_catalogue"].value is False
    assert dossier.facts["works.nature"].value == "new"


def test_help_says_who_can_answer_and_where_to_look(talk):
    """A question mark brings the explanation, and the question stays."""
    said, dossier = talk("?", "否")
    assert "由牵头部门回答；见决策程序材料" in said
    assert dossier.facts["decision.in_major_catalogue"].value is False


def test_entries_of_a_list_are_asked_about_one_by_one(talk):
    """A list is answered with short names; the questions about each entry follow, and whether there are more."""
    said, dossier = talk("否", "新建", "沙坑、长凳", *[""] * 40)
    assert [one.id for one in dossier.lists["facilities"].entities] == ["沙坑", "长凳"]
    assert "设施“沙坑”：" in said
    assert "设施“长凳”：" in said


def test_questions_stop_where_nothing_can_change_the_outcome(talk):
    """When a binding demand is not met the questions end, and say so; --all goes on."""
    said, dossier = talk("", "", "否", *[""] * 3)
    assert "有没有听取过儿童的意见？" in said
    assert set(dossier.lists["consultations"].lacks) == {"children"}
    assert "再答也不会改变结论了" in said


@pytest.mark.parametrize(("answer", "ids"), [("是", ["children"]), ("三月、四月", ["三月", "四月"])])
def test_yes_to_a_member_makes_an_entry_of_it(talk, answer, ids):
    """Where children were heard, the list has an entry of theirs, which is then asked about; names make as many entries."""
    _, dossier = talk("", "", answer, *[""] * 40)
    entries = dossier.lists["consultations"].entities
    assert [one.id for one in entries] == ids
    assert all(one.facts["with"].value == {"children"} for one in entries)


def test_all_goes_on(talk):
    """With --all the questions go on to the last."""
    said, _ = talk("", "", "无", *[""] * 200, more=("--all",))
    assert "再答也不会改变结论了" not in said
    assert "没有别的问题了" in said


def test_the_header_is_asked_where_it_is_not_given(talk):
    """Without options kind, types, stage, place, title and id are asked; numbers and names are taken, mistakes explained."""
    said, dossier = talk("工程", "1", "公园、6", "起草", "方案", "长春", "吉林省长春市", "幸福路公园", "p-9", arguments=())
    assert "没有“工程”这个选项" in said
    assert "这个阶段与类别不符" in said
    assert "不认识地点“长春”" in said
    assert dossier.facts["types"].value == {"park", "play_area"}
    assert (dossier.code("id"), dossier.text("title").zh, dossier.code("stage")) == ("p-9", "幸福路公园", "scheme")


def test_a_dossier_is_taken_up_again(talk, dossier_file):
    """With --from the interview goes on where the dossier stops, and keeps its text."""
    old = dossier_file("old.yaml", "works: {nature: new}   # 见批复\n")
    said, dossier = talk("是", arguments=("--from", old))
    assert "属新建、改建" not in said
    assert dossier.facts["decision.in_major_catalogue"].value is True
    assert dossier.facts["works.nature"].value == "new"


def test_standard_output_gets_the_dossier_and_nothing_else(call, vocabulary):
    """Without -o the dossier goes to standard output at the end; all talk goes to standard error."""
    done = call("new", "--interview", *PARK, *DAY, stdin="是\n")
    assert read_dossier(done.stdout_bytes, "a", vocabulary).facts["decision.in_major_catalogue"].value is True


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_ctrl_c_keeps_what_was_answered(tmp_path, vocabulary):
    """An interrupt in the middle of a question ends the interview; the file holds what was answered, and is whole."""
    form = tmp_path / "form.yaml"
    line = [sys.executable, "-m", "child_impact", "new", "--interview", *PARK, "-o", form, *DAY]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdin.write("是\n".encode())
        process.stdin.flush()
        said = b""
        while said.count(b"> ") < 2:
            said += process.stderr.read1()
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=60)
    assert process.returncode == 0, rest.decode()
    assert b"Traceback" not in rest
    assert read_dossier(form.read_bytes(), "form.yaml", vocabulary).facts["decision.in_major_catalogue"].value is True
    assert [one.name for one in tmp_path.iterdir()] == ["form.yaml"]
