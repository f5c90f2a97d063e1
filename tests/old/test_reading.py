"""A dossier whose keys moved is refused once, with all of them: where each stands now, and how the whole is rewritten."""

import openpyxl
import pytest
from openpyxl.comments import Comment

from child_impact.assessment.needed import Needed
from child_impact.dossier.old_vocabulary import with_old_keys
from child_impact.dossier.read import read_dossier
from child_impact.forms.answers import read_answers
from child_impact.forms.xlsx_form import XlsxForm
from child_impact.vocabulary.model import FieldType

HEADER = "编号: d1\n名称: 公园\n类别: 项目\n类型: [公园]\n地点: 全国\n阶段: 方案\n"
OLD = HEADER + (
    "管养单位: 区公园处\n"
    "受影响儿童: {人数: 30, 减少的儿童场地: 500, 颜色: 红}\n"
    "意见:\n- {编号: h1, 采纳情况: 秋千移出水边, 主办: 区教育局}\n"
    "影响:\n- {编号: i1, 方面: 噪声, 性质: 负面, 缓解措施: 隔声窗}\n"
)


@pytest.fixture
def workbook(today, tmp_path):
    """The old dossier as a workbook, with a comment on a cell."""
    old = with_old_keys(today, FieldType.NOTE, as_it_was=True)
    path = tmp_path / "old.xlsx"
    path.write_bytes(XlsxForm(old, "zh").written(read_answers(OLD.encode(), "old.yaml", old), Needed((), {})))
    book = openpyxl.load_workbook(path)
    next(cell for row in book["事实"].iter_rows() for cell in row if cell.value == 500).comment = Comment("按测绘图", "王")
    book.save(path)
    return path


def test_every_key_that_moved_is_named_with_its_new_place(command, moved_rules, tmp_path):
    """In either language: the line, the new place in the language of the dossier, what to do; and first how the whole is rewritten."""
    path = tmp_path / "old.yaml"
    path.write_text(OLD, encoding="utf-8")
    for language, wanted in (
        (
            "zh",
            (
                f"{path}：档案按旧版的键填写（6 处） → 可整份改写：child-impact new --from {path} -o 新文件.yaml",
                f"{path}:7:1：“管养单位”已改到“管护.维护单位” → 请改用新的键，写出单位名称",
                f"{path}:8:17：“减少的儿童场地”已改到“得失.数量” → 请在该列表中写成一项",
                f"{path}:8:31：档案不再用“颜色”这一键 → 不再问颜色",
                f"{path}:10:18：“采纳情况”现在不写成文字，“秋千移出水边”请放进说明 → 写成 {{值: …, 说明: …}}；值可用的有：采纳、部分采纳",
                f"{path}:10:26：“主办”已改到“意见.主持单位” → 请改用新的键，写出单位名称",
                f"{path}:11:1：“影响”已改到“得失” → 每项写明类别和变化，缓解措施写进应对的说明",
            ),
        ),
        ("en", (f"{path}: the dossier uses keys of an older version (6 places)", f"{path}:7:1: “管养单位” has moved to “管护.维护单位” →")),
    ):
        done = command("assess", path, "--rules", moved_rules, "--lang", language)
        assert done.returncode == 4
        lines = done.stderr.decode().splitlines()
        assert [line[: len(one)] for line, one in zip(lines, wanted, strict=False)] == list(wanted)
        assert len(lines) == 7


def test_keys_in_english_are_answered_in_english_keys(command, moved_rules, tmp_path):
    """The new place is called as the dossier calls things, whatever the language of the message."""
    path = tmp_path / "old.yaml"
    path.write_text(HEADER + "children: {lost_area: 500}\n", encoding="utf-8")
    said = command("assess", path, "--rules", moved_rules).stderr.decode()
    assert "“lost_area”已改到“changes.amount”" in said


def test_other_mistakes_are_told_beside(command, moved_rules, tmp_path):
    """Keys that moved hide no other mistake, and without one of them nothing is said of rewriting."""
    path = tmp_path / "old.yaml"
    path.write_text(HEADER + "受影响儿童: {人数: 三十, 颜色: 红, 人头: 3}\n", encoding="utf-8")
    said = command("assess", path, "--rules", moved_rules).stderr.decode()
    assert [word for word in ("三十", "不再问颜色", "人头", "可整份改写") if word not in said] == []
    path.write_text(HEADER + "受影响儿童: {人数: 三十}\n", encoding="utf-8")
    assert "可整份改写" not in command("assess", path, "--rules", moved_rules).stderr.decode()


def test_a_workbook_is_told_by_its_cells(command, moved_rules, workbook):
    """Rows, columns and sheets that moved are named by cell, in the words of the sheet."""
    done = command("assess", workbook, "--rules", moved_rules)
    said = done.stderr.decode()
    assert done.returncode == 4
    for words in ("“管养单位”已改到“管护.维护单位”", "“减少的儿童场地”已改到“得失.数量”", "“主办”已改到“意见.主持单位”"):
        assert words in said
    assert f"{workbook}:影响：“影响”已改到“得失”" in said
    assert f"{workbook}:意见!C4：“采纳情况”现在不写成文字" in said


def test_a_workbook_becomes_a_dossier_in_yaml(command, moved_rules, today, workbook, tmp_path):
    """All its facts are in the YAML dossier, the comments of their cells too; what is left is named by cell."""
    new = tmp_path / "new.yaml"
    done = command("new", "--from", workbook, "--rules", moved_rules, "-o", new)
    assert done.returncode == 0, done.stderr.decode()
    assert f"{workbook}:事实!C11：没有带入，留作注释：“颜色: 红”" in done.stderr.decode()
    dossier = read_dossier(new.read_bytes(), "new.yaml", today)
    losses = {one.id: {name: fact.value for name, fact in one.facts.items()} for one in dossier.lists["changes"].entities}
    assert losses["lost-area"] == {"class": "play", "how": "reduced", "amount": 500}
    assert (losses["i1"]["class"], losses["i1"]["how"]) == ("noise", "worse")
    assert dossier.remarks["changes[0].answer"].note.zh == "隔声窗"
    assert dossier.text("upkeep.maintainer").zh == "区公园处"
    assert "# 按测绘图" in new.read_text(encoding="utf-8")


def test_mistakes_besides_are_told_of_what_was_written(command, moved_rules, tmp_path):
    """A dossier with other mistakes is rewritten too; they are named in the new file, and the exit code is that of a bad dossier."""
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(HEADER + "管养单位: 处\n受影响儿童: {人数: 三十}\n", encoding="utf-8")
    done = command("new", "--from", old, "--rules", moved_rules, "-o", new)
    assert done.returncode == 4
    assert f"{new}:7:13：“人数”" in done.stderr.decode()
    assert "  维护单位: 处" in new.read_text(encoding="utf-8")


def test_no_form_is_made_of_an_old_dossier_in_one_step(command, moved_rules, tmp_path):
    """A workbook or an interview would hide what could not be carried over: the dossier is rewritten first."""
    old = tmp_path / "old.yaml"
    old.write_text(OLD, encoding="utf-8")
    for arguments in (("--format", "xlsx", "-o", tmp_path / "new.xlsx"), ("--interview",)):
        done = command("new", "--from", old, "--rules", moved_rules, *arguments)
        assert done.returncode == 2
        assert b"rewrite it first" in done.stderr
        assert not (tmp_path / "new.xlsx").exists()
