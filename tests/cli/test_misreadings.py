"""What a person plainly did not mean is not taken at its word: it is refused, read as meant, or warned of, with its place."""

import io
from datetime import datetime

import openpyxl
import pytest
from tests.conftest import text_of_dossier

from child_impact.dossier.read import read_dossier
from child_impact.reading.problems import DossierRefused


def said(vocabulary, data: bytes, file: str = "a.yaml") -> str:
    with pytest.raises(DossierRefused) as found:
        read_dossier(data, file, vocabulary)
    return "\n".join(found.value.lines("en"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("scale: {site_area: 5亩}", "the unit is m²: convert it"),
        ("scale: {site_area: 1,200}", "the comma before “200” cuts a number in two → write figures without commas"),
        ("scale:\n  pupils: 1\n　　site_area: 2", "indented with full-width spaces"),
        ("scale: {site_area: 3000，pupils: 3}", "full-width comma “，”"),
        ("owner: *重点* 工程", "begins with a special character; text like that goes in quotes"),
        ("consultations: [{id: a, ages: [12岁以上]}]", "known here: under_3"),
        ("consultations: [{id: a, with: 儿童、家长和监护人}]", "is not in the list"),
        ("consultations: [{id: a, ended_on: 2026-00-15}]", "“2026-00-15” is not a date"),
        ("consultations: [{id: a, ended_on: 2026-05-00}]", "“2026-05-00” is not a date"),
        ("consultations: [{id: '填表人：某某　日期：2026-03-01'}]", "cannot be an id"),
    ],
)
def test_a_message_says_what_is_wrong(vocabulary, text, message):
    """The unit asked for, the comma, the indent, the mark in front, the choices: not the nearest word or the scanner's."""
    assert message in said(vocabulary, text_of_dossier(text).encode())


def test_several_choices_in_one_are_shown_as_a_list(vocabulary):
    """No guess that would lose one of them."""
    message = said(vocabulary, text_of_dossier(types="公园、游戏场地").encode())
    assert "write several as a list: [公园, 游戏场地]" in message


@pytest.mark.parametrize("magic", [b"%PDF-1.7\n%", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"{\\rtf1 x", b"\x1f\x8b\x08"])
def test_a_file_of_another_kind_is_named(vocabulary, magic):
    """A PDF, a picture or an archive is said to be that."""
    assert "this is a" in said(vocabulary, magic + b"\x00\xff" * 50)


def test_full_width_figures_and_pairs_of_json_are_read(dossier, vocabulary):
    """As dates and choices take full-width figures, numbers do; JSON writes 𠮷 as two escapes."""
    assert dossier("scale: {site_area: ３０００}").facts["scale.site_area"].value == 3000
    text = '{"id": "a", "title": "\\ud842\\udfb7", "kind": "project", "types": ["park"], "place": "220000", "stage": "scheme"}'
    assert read_dossier(text.encode(), "a.json", vocabulary).text("title").zh == "𠮷"


@pytest.mark.parametrize("word", ["待定", "暂无", "/", "——", "（待补充）", "TBD", "n/a", "-"])
def test_a_placeholder_is_no_answer(dossier, word):
    """It counts as not stated, and a warning names the line; a reason that is one is missing."""
    read = dossier(f'operation: {{safety_responsible: "{word}"}}')
    assert "operation.safety_responsible" not in read.facts
    (warning,) = read.warnings
    assert warning.place.line == 7
    assert "counts as not stated" in warning.what.en


def test_text_that_a_comment_cuts_is_told(dossier):
    """A # with text right behind it; a comment set off by a space is one."""
    (warning,) = dossier(title="幸福路 #2 地块").warnings
    assert "the # after “幸福路”" in warning.what.en
    assert not dossier(title="幸福路 # seen").warnings


def test_a_decision_years_before_all_else_is_told(dossier):
    """The sources in force then are hardly meant."""
    heard = "consultations: [{id: a, ended_on: 2026-03-20}]"
    (warning,) = dossier(heard, decision_on="2006-07-01").warnings
    assert "before every other date" in warning.what.en
    assert not dossier(heard, decision_on="2026-07-01").warnings


@pytest.fixture(scope="module")
def form(call, tmp_path_factory):
    """Change a filled-in form and read it: `form(lambda book: …)` gives the bytes."""
    folder = tmp_path_factory.mktemp("form")
    (folder / "a.yaml").write_text(
        text_of_dossier("scale: {site_area: 3000}\nconsultations: [{id: c1, ended_on: 2026-05-02}]\n"), encoding="utf-8"
    )
    assert call("new", "--from", folder / "a.yaml", "--format", "xlsx", "-o", folder / "a.xlsx").exit_code == 0
    data = (folder / "a.xlsx").read_bytes()

    def changed(change) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(data))
        change(book)
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    return changed


def area(book):
    sheet = book["事实"]
    return next(sheet.cell(row, 3) for row in range(2, 200) if sheet.cell(row, 1).value == "规模.用地面积")


def heading(book, text):
    sheet = book["听取意见"]
    return next(cell for row in sheet.iter_rows(max_row=6) for cell in row if str(cell.value).startswith(text))


def ended(book):
    top = heading(book, "结束日期")
    return book["听取意见"].cell(top.row + 1, top.column)


def put(cell, value=None, format_=None, **style):
    if value is not None:
        cell.value = value
    if format_ is not None:
        cell.number_format = format_
    if style:
        cell.font = openpyxl.styles.Font(**style)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda book: put(area(book), 5, '0"亩"'), "the cell shows the unit “亩”; what is asked for is m²"),
        (lambda book: put(area(book), 5, "0亩"), "the cell shows the unit “亩”"),
        (lambda book: put(area(book), 9_000_000, '0!.0,"平方米"'), "and holds 9000000"),
        (lambda book: put(area(book), 9_000_000, "#,##0,"), "and holds 9000000"),
        (lambda book: put(area(book), strike=True), "the answer is struck out"),
        (lambda book: put(area(book).offset(0, 1), "数字，单位：亩"), "the unit here is m²"),
        (lambda book: put(heading(book, "编号").offset(2, 0), "合计"), "is no entry"),
        (lambda book: put(heading(book, "编号").offset(2, 0), "填表人：某某　日期：2026-03-01"), "cannot be an id"),
        (lambda book: put(heading(book, "编号").offset(-1, 5), "x"), "above the headings is not read"),
        (lambda book: put(heading(book, "编号").offset(1, 40), "x"), "the column has no heading"),
    ],
)
def test_a_workbook_means_what_it_shows(vocabulary, form, change, message):
    """Units and scales of formats, struck-out answers, rows and cells that are no entry: refused with their cell."""
    found = said(vocabulary, form(change), "a.xlsx")
    assert message in found
    assert "a.xlsx:" in found


@pytest.mark.parametrize("format_", ["General", "0.00", "#,##0", "#,##0.00_ ;[Red]\\-#,##0.00\\ ", '0"平方米"', "0.0E+00"])
def test_formats_that_show_what_is_stored_are_read(vocabulary, form, format_):
    """Thousands, decimals, colours and the unit that is asked for."""
    read = read_dossier(form(lambda book: put(area(book), 3000, format_)), "a.xlsx", vocabulary)
    assert read.facts["scale.site_area"].value == 3000


@pytest.mark.parametrize(
    ("format_", "meant"), [('yyyy"年"m"月"', "2026-06"), ("mmm-yy", "2026-06"), ("yyyy", "2026"), ("yyyy-mm-dd", "2026-06-01")]
)
def test_a_date_is_as_exact_as_it_is_shown(vocabulary, form, format_, meant):
    """Excel keeps the first of June where June was typed."""
    read = read_dossier(form(lambda book: put(ended(book), datetime(2026, 6, 1), format_)), "a.xlsx", vocabulary)
    assert str(read.lists["consultations"].entities[0].facts["ended_on"].value) == meant


def test_an_escaped_line_break_is_one(vocabulary, form):
    """Excel stores a carriage return as _x000D_."""
    data = form(lambda book: put(next(cell for row in book["事实"].iter_rows() for cell in row if cell.value == "Test"), "a_x000D_\nb"))
    assert read_dossier(data, "a.xlsx", vocabulary).text("title").zh == "a\nb"
