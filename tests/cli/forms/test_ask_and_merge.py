"""Questions as forms, and answers brought back: by role, without loss, and with every conflict named in both places."""

import json

import openpyxl
import pytest

from child_impact.dossier.read import read_dossier

DAY = ("--as-of", "2026-06-01")
SCHOOL = {"types": "[school]", "place": "'220000'"}
CONTENT = "roads: [{id: r1, name: 幸福路}, {id: r2, name: 和平路}]\nworks: {nature: alteration}   # 见批复\n"


@pytest.fixture
def school(dossier_file):
    return dossier_file("school.yaml", CONTENT, **SCHOOL)


@pytest.mark.parametrize("format_", ["yaml", "xlsx"])
def test_a_form_asks_what_ask_asks(call, school, tmp_path, vocabulary, format_):
    """The form has the header and the entries that are asked about; it is valid, says nothing new, and holds every question."""
    form = tmp_path / f"form.{format_}"
    assert call("ask", school, "--all", "--format", format_, "-o", form, *DAY).exit_code == 0
    dossier = read_dossier(form.read_bytes(), form.name, vocabulary)
    assert set(dossier.facts) == {"id", "title", "kind", "types", "place", "stage"}
    assert {entity.id: set(entity.facts) for entity in dossier.lists["roads"].entities} == {"r1": {"name"}, "r2": {"name"}}
    if format_ == "yaml":
        asked = json.loads(call("ask", school, "--all", "--format", "json", *DAY).stdout)["questions"]
        text = form.read_text(encoding="utf-8")
        missing = [
            part
            for one in asked
            for part in one["question"]["zh"].split("？")  # the question of a list, and whether there is any of those that decide
            if part not in text and "是否已列全" not in one["question"]["zh"]
        ]
        assert not missing


@pytest.mark.parametrize("format_", ["yaml", "xlsx"])
def test_what_is_denied_in_a_form_is_merged(call, dossier_file, tmp_path, vocabulary, format_):
    """A form asks whether children were heard at any time; *no* written into it comes back as a denial, and nothing else is lost."""
    later = "{id: d, with: [experts], standing: deferred, reason: 放假}"
    text = f"consultations:\n  items: [{{id: h, with: [guardians]}}, {later}]\n  lacks: [residents]\n"
    park = dossier_file("park.yaml", text, types="[park]", place="'110102'", stage="scheme")
    form, merged = tmp_path / f"form.{format_}", tmp_path / "merged.yaml"
    assert call("ask", park, "--all", "--format", format_, "-o", form, *DAY).exit_code == 0
    if format_ == "yaml":
        filled = form.read_text(encoding="utf-8")
        assert "有没有听取过儿童" in filled
        form.write_text(filled.replace("\n  无:\n", "\n  无: [儿童]\n"), encoding="utf-8")
    else:
        book = openpyxl.load_workbook(form)
        row = next(row for row in book["听取意见"].iter_rows(max_row=5) if row[0].value == "其中没有")
        assert "有没有听取过儿童" in row[2].value
        row[1].value = "儿童"
        book.save(form)
    assert call("merge", park, form, "-o", merged).exit_code == 0
    listing = read_dossier(merged.read_bytes(), "a", vocabulary).lists["consultations"]
    assert set(listing.lacks) == {"children", "residents"}
    assert ([one.id for one in listing.entities], [one.id for one in listing.deferred]) == (["h"], ["d"])


def test_a_form_for_one_role_asks_only_what_that_one_can_answer(call, school):
    """With --role the text, the data and the form hold the questions of that role and no others."""
    for role in ("designer", "设计单位"):
        data = json.loads(call("ask", school, "--all", "--role", role, "--format", "json", *DAY).stdout)
        assert {one["answered_by"] for one in data["questions"]} == {"designer"}
        form = call("ask", school, "--all", "--role", role, "--format", "yaml", *DAY).stdout
        assert "由设计单位回答" in form
        assert "列入重大决策目录" not in form
    wrong = call("ask", school, "--role", "desinger", *DAY)
    assert wrong.exit_code == 2
    assert "did you mean “designer”?" in wrong.stderr


def test_several_dossiers_are_asked_about_at_once(call, school, dossier_file):
    """Several dossiers give a block each, or one piece of data; one that cannot be read is named and the rest still come."""
    other, bad = dossier_file("park.yaml", id="p2", title="Park"), dossier_file("bad.yaml", "scale: big")
    done = call("ask", school, other, bad, "--format", "json", *DAY)
    data = json.loads(done.stdout)
    assert done.exit_code == 4
    assert data["format"] == "child-impact/questions-of-several/1"
    assert [one["dossier"]["id"] for one in data["dossiers"]] == ["d1", "p2"]
    assert [one["file"] for one in data["failed"]] == [str(bad)]
    text = call("ask", school, other, *DAY).stdout
    assert text.count("待答问题") == 2


def test_answers_come_back_and_all_else_stays(call, school, tmp_path, vocabulary):
    """What was asked and answered is in the whole afterwards, in its group and entry; comments and spelling stay."""
    answers = tmp_path / "answers.yaml"
    assert call("ask", school, "--all", "--format", "yaml", "-o", answers, *DAY).exit_code == 0
    form = answers.read_text(encoding="utf-8")
    assert "施工:" in form
    form = (
        form.replace("  安全责任人:", "  安全责任人: {值: 市教育局, 状态: 计划}")
        .replace("  施工期有儿童在场:", "  施工期有儿童在场: 是")
        .replace("      等级:", "      等级: 支路", 1)
    )
    answers.write_text(form.replace("\n水体:\n", "\n水体: 无\n").replace("  列全:", "  列全: 是", 1), encoding="utf-8")
    whole = tmp_path / "whole.yaml"
    done = call("merge", school, answers, "-o", whole)
    assert done.exit_code == 0, done.stderr
    dossier = read_dossier(whole.read_bytes(), "whole.yaml", vocabulary)
    assert dossier.facts["operation.safety_responsible"].value.zh == "市教育局"
    assert dossier.facts["works.children_present"].value is True
    assert dossier.lists["water_bodies"].complete
    assert dossier.lists["roads"].entities[0].facts["class"].value == "local"
    assert dossier.lists["roads"].complete
    text = whole.read_text(encoding="utf-8")
    assert "# 见批复" in text
    assert "nature: alteration" in text


def test_conflicts_are_all_named_and_nothing_is_written(call, school, dossier_file, tmp_path, vocabulary):
    """Where dossier and answers differ both places are named; with --replace the answer is taken."""
    answers = dossier_file("answers.yaml", "works: {nature: new}\nroads: [{id: r1, name: 光明路}]\n", **SCHOOL)
    whole = tmp_path / "whole.yaml"
    done = call("merge", school, answers, "-o", whole, "--lang", "en")
    assert done.exit_code == 4
    assert [line.partition(" ")[0] for line in done.stderr.splitlines()] == [f"{answers}:7:17:", f"{answers}:8:24:"]
    assert f"see {school}:8:17" in done.stderr
    assert not whole.exists()
    assert call("merge", school, answers, "-o", whole, "--replace").exit_code == 0
    dossier = read_dossier(whole.read_bytes(), "whole.yaml", vocabulary)
    assert dossier.facts["works.nature"].value == "new"
    assert [one.facts["name"].value.zh for one in dossier.lists["roads"].entities] == ["光明路", "和平路"]


def test_a_more_exact_answer_is_no_conflict(call, dossier_file, vocabulary):
    """A day within the month that the dossier gives, or evidence for what it says, is taken."""
    old = dossier_file("old.yaml", "decision_on: 2026-03\nscale: {classes: 30}\n")
    new = dossier_file("new.yaml", "decision_on: 2026-03-08\nscale: {classes: {value: 30, evidence: m1}}\n")
    done = call("merge", old, new)
    dossier = read_dossier(done.stdout.encode(), "a", vocabulary)
    assert str(dossier.facts["decision_on"].value) == "2026-03-08"
    assert "evidence: m1" in done.stdout or "出处: m1" in done.stdout


def test_answers_to_another_dossier_are_refused(call, school, dossier_file, tmp_path):
    """Another id, an unreadable file, an output that is there, too many standard inputs: each is said, and nothing is written."""
    other = dossier_file("other.yaml", id="x9")
    out = tmp_path / "out.yaml"
    for arguments, code, said in (
        ((school, other, "-o", out), 4, "x9"),
        ((school, tmp_path / "none.yaml", "-o", out), 4, "none.yaml"),
        ((school, school, "-o", school), 2, "is not overwritten"),
        (("-", "-"), 2, "standard input"),
    ):
        done = call("merge", *arguments)
        assert done.exit_code == code, arguments
        assert said in done.stderr
    assert not out.exists()


def test_a_workbook_gives_a_workbook(call, school, dossier_file, tmp_path, vocabulary):
    """Answers are merged into a form as into a text."""
    book, whole = tmp_path / "book.xlsx", tmp_path / "whole.xlsx"
    assert call("new", "--from", school, "--format", "xlsx", "-o", book, *DAY).exit_code == 0
    answers = dossier_file("answers.yaml", "scale: {classes: 30}\nroads: [{id: r3, name: 新路}]\n", **SCHOOL)
    done = call("merge", book, answers, "-o", whole)
    assert done.exit_code == 0, done.stderr
    dossier = read_dossier(whole.read_bytes(), "whole.xlsx", vocabulary)
    assert dossier.facts["scale.classes"].value == 30
    assert dossier.facts["scale.classes"].place.sheet == "事实"
    assert [one.id for one in dossier.lists["roads"].entities] == ["r1", "r2", "r3"]
