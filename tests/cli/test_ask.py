"""`child-impact ask`: the questions that the outcome waits for."""

import json

import pytest

DAY = ("--as-of", "2026-06-01")
SCHOOL = {"types": "[school]", "place": "'220000'"}


@pytest.fixture
def school(dossier_file):
    return dossier_file("school.yaml", "roads: [{id: r1, name: 幸福路}, {id: r2, name: 和平路}]", **SCHOOL)


def test_questions_come_by_who_can_answer_with_where_to_look(call, school):
    """Each role is a heading; below it its questions with the entities, the papers to look in, and the demands that wait."""
    done = call("ask", school, "--all", *DAY)
    assert done.exit_code == 0
    assert "设计单位\n  1. " in done.stdout
    assert "幸福路、和平路：" in done.stdout
    assert "（见" in done.stdout
    assert "关系到：" in done.stdout


def test_the_default_asks_less_than_all(call, school):
    """The default holds back what the outcome does not wait for."""
    few, all_ = (json.loads(call("ask", school, "--format", "json", *more, *DAY).stdout) for more in ((), ("--all",)))
    assert few["format"] == all_["format"] == "child-impact/questions/1"
    assert (few["all"], all_["all"]) == (False, True)
    paths = [{path for one in data["questions"] for path in one["paths"]} for data in (few, all_)]
    assert paths[0] < paths[1]
    for one in all_["questions"]:
        assert one.keys() == {"question", "answered_by", "found_in", "paths", "entities", "members", "screening", "findings"}


def test_english_is_english(call, school):
    """In English no Chinese is left but names that the dossier gives."""
    said = call("ask", school, "--all", "--lang", "en", *DAY).stdout.replace("幸福路", "").replace("和平路", "")
    assert "bears on: " in said
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in said)


def test_nothing_to_ask(call, dossier_file, small_rules):
    """Where nothing is open the command says so."""
    ready = dossier_file("ready.yaml", "听取意见: [{编号: c1, 对象: [儿童]}]", place="'100000'")
    for language, said in (("zh", "没有待答问题"), ("en", "No question is open")):
        done = call("ask", ready, "--rules", small_rules, "--lang", language, *DAY)
        assert done.exit_code == 0
        assert said in done.stdout


@pytest.mark.parametrize(("language", "said"), [("zh", "已写明不符合，要办的是："), ("en", "Stated and not met; to be done:")])
def test_what_no_answer_mends_is_to_be_done(call, language, said):
    """Where something binding is stated and falls short, `ask` names the step and who takes it; `--role` keeps only one's own."""
    given = ("cases/extremes/worst-closure.yaml", "--lang", language)
    text = call("ask", *given).stdout
    assert said in text
    steps = text.partition(said)[2].strip("\n").splitlines()
    own = call("ask", *given, "--role", "lead_department").stdout.partition(said)[2].strip("\n").splitlines()
    assert set() < set(own) < set(steps)


def test_the_same_bytes_every_time(command, school):
    """Two runs of the real command give the same bytes, from a file and from standard input but for its name."""
    first, second = (command("ask", school, "--all", "--format", "json", *DAY) for _ in range(2))
    assert first.returncode == 0
    assert first.stdout == second.stdout
    piped = json.loads(command("ask", "-", "--all", "--format", "json", *DAY, stdin=school.read_bytes()).stdout)
    assert piped["dossier"]["file"] == "<stdin>"
    assert piped["questions"] == json.loads(first.stdout)["questions"]


def test_bad_input_is_refused(call, dossier_file, tmp_path):
    """A dossier that is missing or wrong ends in 4, rules that are wrong in 3, wrong usage in 2; nothing is asked."""
    (tmp_path / "rules").mkdir()
    good = dossier_file("good.yaml")
    for arguments, code in (
        ((tmp_path / "missing.yaml",), 4),
        ((dossier_file("bad.yaml", "scale: big"),), 4),
        ((good, "--rules", tmp_path / "rules"), 3),
        ((good, "--profile", "unheard-of"), 2),
        ((), 2),
    ):
        done = call("ask", *arguments)
        assert done.exit_code == code, arguments
        assert done.stdout == ""
        assert done.stderr
