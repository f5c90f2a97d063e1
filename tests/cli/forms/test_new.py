"""`child-impact new`: forms that ask what matters, are valid untouched, and keep what a person wrote."""

import shutil
import subprocess
from itertools import product

import pytest

from child_impact.dossier.read import read_dossier

DAY = ("--as-of", "2026-06-01")
SCHOOL = ("--kind", "project", "--type", "school", "--stage", "scheme", "--place", "北京市西城区")
PARK = ("--kind", "项目", "--type", "公园", "--stage", "方案", "--place", "吉林省长春市")
HEADER = {"id", "title", "kind", "types", "place", "stage"}
STAGES = {
    "project": ("feasibility", "scheme", "detailed_design", "acceptance", "post_evaluation"),
    "policy": ("drafting", "for_comment", "for_decision", "in_force"),
    "plan": ("drafting", "for_comment", "for_decision", "in_force"),
}
TYPES = {
    "project": (("park",), ("school",), ("kindergarten", "childcare"), ("road",), ("housing",), ("utility",)),
    "policy": (("education_policy",), ("general_policy",)),
    "plan": (("development_plan",), ("spatial_plan",)),
}
EVERY = [(kind, types, stage) for kind in STAGES for types, stage in product(TYPES[kind], STAGES[kind])]


def header(kind, types, stage):
    return ("--kind", kind, *(part for one in types for part in ("--type", one)), "--stage", stage, "--place", "吉林省长春市")


@pytest.mark.parametrize(("kind", "types", "stage"), EVERY)
def test_a_form_is_valid_untouched_and_states_nothing(call, vocabulary, tmp_path, kind, types, stage):
    """Of every kind and stage, in both formats and languages: `assess` takes the form, and nothing but the header is stated."""
    for format_, lang in (("yaml", "zh"), ("yaml", "en"), ("xlsx", "zh")) if stage == STAGES[kind][1] else (("yaml", "zh"),):
        form = tmp_path / f"form-{lang}.{format_}"
        done = call("new", *header(kind, types, stage), "--format", format_, "--lang", lang, "-o", form, *DAY)
        assert done.exit_code == 0, done.stderr
        dossier = read_dossier(form.read_bytes(), form.name, vocabulary)
        assert set(dossier.facts) == HEADER
        assert not dossier.lists
        assert dossier.code("stage") == stage
        if stage == STAGES[kind][1]:
            assert call("assess", form, "--fail-on", "never", *DAY).exit_code == 0


def test_a_pocket_park_is_asked_about_no_school(call):
    """Proportion: a park is not asked for classes, dormitories, lessons or school buses, and a school is."""
    park, school = (call("new", *given, *DAY).stdout for given in (PARK, SCHOOL))
    for word in ("校车", "过渡期教学安排", "教室窗距", "班级数"):
        assert f"  {word}" not in park
    assert "  过渡期教学安排:" in school
    assert len(park) < len(school)


def test_each_question_is_explained_in_place_and_the_most_decisive_comes_first(call):
    """Above each key stand the question, what may be written, who can answer, where it is found and which demand it serves."""
    form = call("new", *PARK, *DAY).stdout
    lines = form.splitlines()
    at = lines.index("  建设性质:")
    assert lines[at - 2] == "  # 属新建、改建、扩建还是撤并拆除？（选一项：新建、改建、扩建、改扩建、迁建、撤并或拆除、设施设备提升）"
    assert lines[at - 1].startswith("  #   由建设（承办）单位回答；见立项或批复文件、可行性研究报告；用于：")
    english = call("new", *PARK, "--lang", "en", *DAY).stdout
    assert "  nature:" in english
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in english.replace("吉林省长春市", ""))
    first = form.index("决策程序:")
    assert first < form.index("场地:")


def test_an_entry_of_a_list_is_filled_in_by_removing_the_marks_of_comment(call, vocabulary):
    """The lines below a blank list, without their #, are an entry that can be filled in."""
    form = call("new", *PARK, *DAY).stdout
    lines = form.splitlines()
    at = lines.index("道路:") + 1
    entry = []
    while at < len(lines) and lines[at].startswith("#   "):
        entry.append(lines[at][1:])
        at += 1
    filled = (
        "\n".join(["道路:", *entry])
        .replace("编号:   #", "编号: 幸福路   #")
        .replace("等级:", "等级: 支路")
        .replace("列全:   #", "列全: 是   #")
    )
    text = form.replace("\n".join(["道路:", *(f"#{line}" for line in entry)]), filled)
    roads = read_dossier(text.encode(), "form.yaml", vocabulary).lists["roads"]
    assert roads.complete
    assert roads.entities[0].id == "幸福路"
    assert set(roads.entities[0].facts) == {"class"}


def test_the_same_inputs_give_the_same_bytes(command, tmp_path):
    """Two runs of the real command give the same form, text or workbook."""
    for format_ in ("yaml", "xlsx"):
        files = [tmp_path / f"{number}.{format_}" for number in (1, 2)]
        for file in files:
            assert command("new", *SCHOOL, "--format", format_, "-o", file, *DAY).returncode == 0
        assert files[0].read_bytes() == files[1].read_bytes()


def test_what_a_person_wrote_is_kept(call, tmp_path):
    """Comments, order, spelling and Windows line ends stay; keys are added where their group and entry stand."""
    mine = tmp_path / "mine.yaml"
    text = (
        "# 我的档案\r\nid: p1   # 编号\r\n名称: 公园\r\nkind: project\r\n类型: [公园]\r\n地点: 吉林省\r\n阶段: 方案\r\n"
        "施工:   # 见批复\r\n  建设性质: 改建   # 第3页\r\n\r\n"
        "设施:\r\n- 编号: a\r\n  # 六张长凳\r\n  种类: 休憩设施\r\n- {编号: b, 种类: 儿童游戏场地}\r\n"
        "概要: |\r\n  一段\r\n\r\n  两段\r\n"
    )
    mine.write_bytes(text.encode())
    form = call("new", "--from", mine, *DAY).stdout_bytes.decode()
    assert "\n" not in form.replace("\r\n", "")
    kept = iter(form.split("\r\n"))
    for line in text.split("\r\n"):
        assert any(line.rstrip("}") in one for one in kept), line
    assert form.index("施工隔离措施:") < form.index("设施:")
    assert form.index("  无障碍可达:") < form.index("- {编号: b")
    assert form.count("方案配建哪些与儿童有关的设施") == 1


def test_nothing_is_overwritten(call, tmp_path):
    """An output that is there is not touched; the dossier that is read stays as it is."""
    form = tmp_path / "form.yaml"
    assert call("new", *PARK, "-o", form, *DAY).exit_code == 0
    before = form.read_bytes()
    for arguments in ((*PARK, "-o", form), ("--from", form, "-o", form)):
        done = call("new", *arguments, *DAY)
        assert done.exit_code == 2
        assert "is not overwritten" in done.stderr
    assert form.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--kind", "projekt", "--type", "park", "--stage", "scheme", "--place", "吉林省"), 2, "did you mean “project”?"),
        (("--kind", "项目", "--type", "公圆", "--stage", "方案", "--place", "吉林省"), 2, "did you mean “公园”?"),
        (("--kind", "project", "--type", "park", "--stage", "drafting", "--place", "吉林省"), 2, "choose from: feasibility"),
        (("--kind", "project", "--type", "park", "--stage", "scheme", "--place", "长春"), 2, "is not known"),
        (("--kind", "project", "--type", "park"), 2, "missing --stage, --place"),
        ((*PARK, "--format", "xlsx"), 2, "needs a file"),
        ((*PARK, "--id", "a b"), 2, "cannot be an identifier"),
        (("--from", "nowhere.yaml"), 4, "nowhere.yaml"),
        (("--from", "nowhere.yaml", "--kind", "project"), 2, "--from takes"),
        ((*PARK, "-o", "nowhere/form.yaml"), 2, "there is no directory"),
    ],
)
def test_wrong_usage_is_explained(call, arguments, code, said):
    """What is wrong with an option is said with what could have been meant; nothing is written."""
    done = call("new", *arguments, "--lang", "en")
    assert done.exit_code == code
    assert said in done.stderr
    assert done.stdout == ""


def test_a_missing_package_is_named_with_the_command_that_installs_it(call, monkeypatch, tmp_path):
    """Without the optional packages a workbook is neither written nor read, and the user is told what to install."""
    book = tmp_path / "form.xlsx"
    assert call("new", *PARK, "--format", "xlsx", "-o", book, *DAY).exit_code == 0
    for package in ("xlsxwriter", "openpyxl"):
        monkeypatch.setitem(__import__("sys").modules, package, None)
    for arguments, code in ((("new", *PARK, "--format", "xlsx", "-o", tmp_path / "b.xlsx"), 2), (("assess", book), 4)):
        done = call(*arguments)
        assert done.exit_code == code
        assert "pip install 'child-impact[xlsx]'" in done.stderr


def test_a_workbook_goes_through_another_spreadsheet_program(call, vocabulary, tmp_path):
    """Filled in, opened and saved by LibreOffice, a form says the same as before, and as the YAML that it was made of."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed, so no other program can open and save the workbook")
    source = "cases/examples/large-school.yaml"
    book, out = tmp_path / "form.xlsx", tmp_path / "out"
    assert call("new", "--from", source, "--format", "xlsx", "-o", book, *DAY).exit_code == 0
    command = [office, f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless", "--convert-to", "xlsx", "--outdir", out, book]
    done = subprocess.run(command, capture_output=True, check=False, timeout=180)
    assert (out / "form.xlsx").exists(), done.stderr.decode()
    compared = call("diff", source, out / "form.xlsx", "--format", "json", "--fail-on", "worse", *DAY)
    assert compared.exit_code == 0, compared.stderr
    first, second = (read_dossier(path.read_bytes(), "a", vocabulary) for path in (book, out / "form.xlsx"))
    assert {path: fact.value for path, fact in first.facts.items()} == {path: fact.value for path, fact in second.facts.items()}
    assert first.lists.keys() == second.lists.keys()
    for name, listing in first.lists.items():
        other = second.lists[name]
        assert listing.complete == other.complete
        assert [(e.id, e.facts.keys()) for e in listing.entities] == [(e.id, e.facts.keys()) for e in other.entities]
        for entity, its in zip(listing.entities, other.entities, strict=True):
            assert {key: (fact.value, fact.evidence) for key, fact in entity.facts.items()} == {
                key: (fact.value, fact.evidence) for key, fact in its.facts.items()
            }


def test_words_are_completed_in_the_shell(monkeypatch):
    """The shell is given ids of criteria, kinds, types, stages, places and profiles that begin as typed."""
    for line, word, expected in (
        ("explain a.yaml consultation.ch", "3", "consultation.children-heard"),
        ("new --type kinder", "3", "kindergarten"),
        ("new --type 幼", "3", "幼儿园"),
        ("new --kind pro", "3", "project"),
        ("new --place 吉林省", "3", "吉林省长春市"),
        ("assess --profile def", "3", "default"),
        ("ask a.yaml --role des", "4", "designer"),
    ):
        monkeypatch.setenv("_CHILD_IMPACT_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", f"child-impact {line}")
        monkeypatch.setenv("COMP_CWORD", word)
        done = subprocess.run([shutil.which("child-impact") or ".venv/bin/child-impact"], capture_output=True, check=False, timeout=60)
        assert f"plain,{expected}" in done.stdout.decode().splitlines(), line
