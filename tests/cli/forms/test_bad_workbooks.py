"""Workbooks with mistakes are refused with exit code 4: each problem names sheet and cell, all at once; never a traceback."""

import zipfile
from io import BytesIO

import openpyxl
import pytest

DAY = ("--as-of", "2026-06-01")
PARK = ("--kind", "project", "--type", "park", "--stage", "scheme", "--place", "吉林省长春市")


@pytest.fixture(scope="session")
def form(call, tmp_path_factory):
    """A park's form, untouched."""
    path = tmp_path_factory.mktemp("form") / "form.xlsx"
    assert call("new", *PARK, "--format", "xlsx", "-o", path, *DAY).exit_code == 0
    return path.read_bytes()


@pytest.fixture
def spoilt(form, tmp_path):
    """A form that was changed: `spoilt(change)` gives its path; `change` takes the workbook."""

    def write(change):
        book = openpyxl.load_workbook(BytesIO(form))
        change(book)
        path = tmp_path / "park.xlsx"
        book.save(path)
        return path

    return write


def row_of(book, item):
    return next(row for row in range(1, 200) if book["事实"].cell(row, 1).value == item)


def put(item, value, number_format=None, column=3):
    def change(book):
        cell = book["事实"].cell(row_of(book, item), column)
        cell.value = value
        if number_format:
            cell.number_format = number_format

    return change


def at(sheet, cell, value, number_format=None):
    def change(book):
        book[sheet][cell] = value
        if number_format:
            book[sheet][cell].number_format = number_format

    return change


def entry(sheet, heading, value, row=6):
    def change(book):
        column = next(cell.column for cell in book[sheet][5] if str(cell.value).startswith(heading))
        book[sheet].cell(row, column).value = value

    return change


def several(*changes):
    def change(book):
        for one in changes:
            one(book)

    return change


def hide_row(book):
    at("道路", "A6", "a")(book)
    book["道路"].row_dimensions[6].hidden = True


def hide_column(book):
    several(at("道路", "A6", "a"), at("道路", "B6", "幸福路"))(book)
    book["道路"].column_dimensions["B"].hidden = True


def merge_cells(book):
    at("道路", "A6", "a")(book)
    book["道路"].merge_cells("A6:A7")


def rename(book):
    book["道路"].title = "道璐"
    book["道璐"]["A6"] = "a"


def remove_facts(book):
    del book["事实"]


def from_sheet(book, item):
    return f"事实!C{row_of(book, item)}"


NUMBER, DATE, CHOICE = "资金.无障碍投资", "决策程序.合法性审查日期", "施工.建设性质"
CASES = {
    "number as text": (put(NUMBER, "1800"), [("事实!C{money}", "“1800”存成了文字，不是数字", "stored as text")]),
    "number with unit": (put(NUMBER, "1800万元"), [("事实!C{money}", "“1800万元”不是数字", "is not a number")]),
    "number in percent": (put(NUMBER, 0.85, "0%"), [("事实!C{money}", "显示 85%，值却是 0.85", "shows 85% and holds 0.85")]),
    "number as date": (put(NUMBER, __import__("datetime").datetime(2026, 3, 8)), [("事实!C{money}", "被当成了日期", "turned into a date")]),
    "number negative": (put(NUMBER, -3), [("事实!C{money}", "不能小于 0", "cannot be less than 0")]),
    "date in words": (put(DATE, "明年"), [("事实!C{date}", "“明年”不是日期", "is not a date")]),
    "date as bare number": (put(DATE, 46000), [("事实!C{date}", "“46000”不是日期", "is not a date")]),
    "unknown choice": (put(CHOICE, "翻建"), [("事实!C{choice}", "没有“翻建”这个选项", "is not in the list")]),
    "unknown item": (put(NUMBER, "资金.无障碍投次", column=1), [("事实!A{money}", "是否想写“资金.无障碍投资”", "did you mean")]),
    "an answer without an item": (at("事实", "C90", "5"), [("事实!C90", "这一行没有“项目”", "has no “item”")]),
    "the same item twice": (
        several(at("事实", "A90", DATE), at("事实", "C90", "2026"), put(DATE, "2026")),
        [("事实!C90", "是同一项", "is the same as")],
    ),
    "unknown heading": (at("道路", "B5", "名程"), [("道路!B5", "不认识的表头“名程” → 是否想写“名称”", "unknown heading")]),
    "heading twice": (at("道路", "C5", "名称"), [("道路!C5", "不认识的表头“名称”", "unknown heading")]),
    "no headings": (at("道路", "A5", "序号"), [("道路", "找不到表头“编号”", "is missing")]),
    "entry without id": (at("道路", "B6", "幸福路"), [("道路!A6", "缺少编号", "has no id")]),
    "id twice": (several(at("道路", "A6", "a"), at("道路", "A8", "a")), [("道路!A8", "编号“a”与表“道路”A6重复", "sheet “道路” A6")]),
    "complete and nothing listed": (at("道路", "B2", "是"), [("道路!B2", "下面却没有内容", "no entry follows")]),
    "none and yet listed": (several(at("道路", "B2", "无"), at("道路", "A6", "a")), [("道路!B2", "下面却列有内容", "but entries follow")]),
    "complete maybe": (several(at("道路", "B2", "也许"), at("道路", "A6", "a")), [("道路!B2", "不能写“也许”", "cannot be")]),
    "lacks what is no kind": (at("道路", "B3", "小路"), [("道路!B3", "没有“小路”这个选项", "is not in the list")]),
    "lacks said with yes": (at("道路", "B3", "是"), [("道路!B3", "没有“是”这个选项", "is not in the list")]),
    "lacks none": (at("道路", "B3", "无"), [("道路!B3", "没有说明没有的是什么", "does not say what there is none of")]),
    "lacks what is listed": (
        several(at("道路", "B3", "支路"), at("道路", "A6", "a"), entry("道路", "等级", "支路")),
        [("道路!", "写的是没有“支路”", "says that there is no")],
    ),
    "complete and complete of some": (
        several(at("道路", "B2", "是"), at("道路", "B4", "支路"), at("道路", "A6", "a")),
        [("道路!B4", "就是多余的", "says nothing more")],
    ),
    "formula without result": (put(NUMBER, "=1+2"), [("事实!C{money}", "公式", "formula")]),
    "error value": (put(NUMBER, "#DIV/0!"), [("事实!C{money}", "错误值“#DIV/0!”", "the error #DIV/0!")]),
    "hidden row": (hide_row, [("道路!A6", "隐藏的行", "hidden row")]),
    "hidden column": (hide_column, [("道路!B6", "隐藏的行", "hidden row")]),
    "merged cells": (merge_cells, [("道路!A6", "合并的单元格", "merged cells")]),
    "sheet renamed": (rename, [("道璐", "不认识的表“道璐” → 是否想写“道路”", "unknown sheet")]),
    "sheet of another kind": (lambda book: book.create_sheet("草稿").append(["x"]), [("草稿", "不认识的表“草稿”", "unknown sheet")]),
    "facts removed": (remove_facts, [("", "工作簿里没有“事实”表", "has no sheet “facts”")]),
    "header emptied": (put("地点", None), [("", "缺少“地点”", "“place” is missing")]),
    "sheet too long": (at("道路", "A9000", "a"), [("道路", "超过上限", "beyond the limit")]),
    "several at once": (
        several(put(NUMBER, "1800"), put(DATE, "明年"), at("道路", "A6", "a"), entry("道路", "等级", "快速公路")),
        [
            ("事实!C{date}", "不是日期", "is not a date"),
            ("事实!C{money}", "存成了文字", "stored as text"),
            ("道路!", "没有“快速公路”这个选项", "not in the list"),
        ],
    ),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", CASES)
def test_a_bad_workbook_is_refused_with_every_problem_in_its_cell(call, spoilt, name, language):
    """Each mistake is one line with sheet and cell, what is wrong and what to do; nothing is assessed."""
    change, expected = CASES[name]
    rows = {}

    def changed(book):
        rows.update(money=row_of(book, NUMBER), date=row_of(book, DATE), choice=row_of(book, CHOICE))
        change(book)

    path = spoilt(changed)
    done = call("assess", path, "--lang", language, *DAY)
    assert done.exit_code == 4
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == len(expected), done.stderr
    for line, (where, zh, en) in zip(lines, expected, strict=True):
        assert line.startswith(f"{path}:{where.format(**rows)}" if where else f"{path}"), line
        assert (zh if language == "zh" else en) in line, line
        assert line.partition(" → ")[2], "a problem comes with what to do about it"


GENTLE = {
    "blanks around": several(put(CHOICE, "  新建 "), at("道路", "A6", " a ")),
    "empty rows between": several(put(CHOICE, "新建"), at("道路", "A20", "a"), at("道路", "B10", "   ")),
    "an empty sheet more": several(put(CHOICE, "new"), lambda book: book.create_sheet("Sheet9"), at("道路", "A6", "a")),
    "notes on the help sheet": several(put(CHOICE, "新建"), at("填写说明", "A40", "自己的笔记"), at("道路", "A6", "a")),
    "sheets in another order": several(put(CHOICE, "新建"), lambda book: book.move_sheet("道路", -5), at("道路", "A6", "a")),
}


@pytest.mark.parametrize("name", GENTLE)
def test_what_does_no_harm_is_taken(spoilt, name, vocabulary):
    """Blanks, empty rows, empty sheets, notes and another order change nothing."""
    from child_impact.dossier.read import read_dossier

    dossier = read_dossier(spoilt(GENTLE[name]).read_bytes(), "park.xlsx", vocabulary)
    assert dossier.facts["works.nature"].value == "new"
    assert [one.id for one in dossier.lists["roads"].entities] == ["a"]


def test_dates_typed_in_a_spreadsheet_are_dates(spoilt, vocabulary):
    """A cell that the spreadsheet turned into a date is that day; a year or a month stays a year or a month."""
    from datetime import datetime

    from child_impact.dossier.read import read_dossier

    for typed, read in ((datetime(2026, 3, 8), "2026-03-08"), ("2026-03", "2026-03"), (2026, "2026"), ("2026年3月8日", "2026-03-08")):
        dossier = read_dossier(spoilt(put(DATE, typed)).read_bytes(), "park.xlsx", vocabulary)
        assert str(dossier.facts["decision.legality_reviewed_on"].value) == read


def packed(parts):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
FILES = {
    "text.xlsx": (b"id: a", "这不是能读的 .xlsx 工作簿"),
    "empty.xlsx": (b"", "这不是能读的 .xlsx 工作簿"),
    "cut.xlsx": (b"PK\x03\x04 and no more", "这不是能读的 .xlsx 工作簿"),
    "letter.xlsx": (packed({"word/document.xml": "<a/>"}), "这是 Word 文件"),
    "broken.xlsx": (packed({"xl/workbook.xml": "<a/>"}), "这不是能读的 .xlsx 工作簿"),
    "locked.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "工作簿设有打开密码"),
    "old.xls": (OLE, "这是旧版 .xls 工作簿"),
    "bomb.xlsx": (packed({"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000}), "超过上限 20000000"),
    "huge.xlsx": (b"PK\x03\x04" + b"x" * 5_100_000, "超过上限 5000000"),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_workbook_is_refused(call, tmp_path, name):
    """Another file, a cut one, a locked one, an old one and one that unpacks beyond the limit are each refused in one line."""
    content, said = FILES[name]
    (tmp_path / name).write_bytes(content)
    done = call("assess", tmp_path / name)
    assert done.exit_code == 4
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr


def test_reports_name_sheet_and_cell(call, spoilt):
    """Where a report of a YAML dossier names the line, that of a workbook names sheet and cell; so do proof and JSON."""
    import json

    filled = several(put(CHOICE, "改建"), at("道路", "A6", "a"), at("道路", "B6", "幸福路"), entry("道路", "等级", "支路"))
    path = spoilt(filled)
    report = call("assess", path, "--fail-on", "never", *DAY).stdout
    assert "表“事实”C" in report
    written = call("assess", path, "--format", "json", "--fail-on", "never", *DAY).stdout
    data = json.loads(written)
    places = {(fact["path"], fact["line"], fact.get("cell", "")[:4]) for finding in data["findings"] for fact in finding["facts"]}
    assert ("works.nature", None, "事实!C") in places
    for arguments in (("ask",), ("screen",), ("verify",)):
        if arguments == ("verify",):
            saved = path.with_suffix(".json")
            saved.write_text(written, encoding="utf-8")
            assert call("verify", saved).exit_code == 0
        else:
            assert call(*arguments, path, *DAY).exit_code == 0
    reading = next(one["criterion"] for one in data["findings"] if any(fact["path"] == "works.nature" for fact in one["facts"]))
    assert "park.xlsx:事实!C" in call("explain", path, reading, *DAY).stdout
