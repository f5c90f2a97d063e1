"""`child-impact follow-up`: what was promised, by whom and until when, overdue ones first as of a day."""

import io
import json
import sys
import zipfile

import openpyxl
import pytest

SCHOOL = """
得失:
  - {编号: noise, 类别: 噪声, 应对: {值: 已减轻, 说明: 夜间停工}, 应对单位: 区住建局, 应对日期: 2026-05-31, 应对资金: 12.5, 状态: 计划}
  - {编号: path, 应对: {值: 过渡安排, 说明: 设临时通道}, 应对日期: 2026-04, 状态: 已完成}
  - {编号: trees, 应对: 同类补足, 应对日期: 2026-04}
  - {编号: light, 应对: 已减轻}
  - {编号: dust, 应对: 未作安排, 应对日期: 2026-04-01}
  - {编号: air, 类别: 空气与扬尘}
危险源: [{编号: pit, 部位: 基坑, 防范措施: {值: 消除或移除, 说明: 回填}, 责任单位: 区住建局}]
跟踪评估: {复评日期: 2027-09, 复评单位: 教育局, 监测内容: 事故和伤害}
"""
PLAN = """
commitments:
  - {id: t1, text: build ten nursery schools, lead: Education Bureau, due_on: 2025-12-31, money: own_budget}
  - {id: t2, metric: child_traffic_mortality, value: 3, year: 2030}
"""
RECORD = """
dossier: school
conditions:
  - {text: hear the pupils again, owner: Planning Bureau, due: 2026-05-30}
  - {text: fence the site, owner: the proponent, due: 2026-05-01, done: 2026-04-30}
"""


@pytest.fixture
def school(dossier_file):
    return dossier_file("school.yaml", SCHOOL, id="school", types="[school]", title="{zh: 小学, en: School}")


@pytest.fixture
def record(tmp_path):
    file = tmp_path / "school.review.yaml"
    file.write_text(RECORD, encoding="utf-8")
    return file


@pytest.fixture
def register(call):
    """The register as data."""
    return lambda *given, as_of="2026-06-01": json.loads(call("follow-up", *given, "--as-of", as_of, "--format", "json").stdout)


def brief(data):
    return [(one["state"], one["due"], one["what"]["zh"]) for one in data["entries"]]


def test_overdue_ones_come_first(register, school, record):
    """The longest overdue at the top, then what falls due soonest, then what has no day, then what is done."""
    data = register(school, "--review", record)
    assert data["format"] == "child-impact/follow-up/1"
    assert brief(data) == [
        ("overdue", "2026-04", "同类补足"),
        ("overdue", "2026-05-30", "hear the pupils again"),
        ("overdue", "2026-05-31", "已减轻：夜间停工"),
        ("open", "2027-09", "实施效果复评日期"),
        ("undated", None, "已减轻"),
        ("undated", None, "消除或移除：回填"),
        ("done", "2026-04", "过渡安排：设临时通道"),
        ("done", "2026-05-01", "fence the site"),
    ]
    assert data["counts"] == {"overdue": 3, "open": 1, "undated": 2, "done": 2}
    assert [one["days_overdue"] for one in data["entries"]] == [32, 2, 1, None, None, None, None, None]


def test_an_entry_says_all_that_is_stated(register, school):
    """Owner, money with its unit, what is monitored, and the line; what is not stated is null."""
    noise, review = (
        next(one for one in register(school)["entries"] if one["what"]["zh"] == what) for what in ("已减轻：夜间停工", "实施效果复评日期")
    )
    assert noise["owner"]["zh"] == "区住建局"
    assert noise["money"] == {"zh": "12.5万元", "en": "12.5 × 10,000 yuan"}
    assert noise["indicator"] is None
    assert (noise["dossier"], noise["id"], noise["line"]) == ("school", "noise", 9)
    assert review["indicator"]["zh"] == "事故和伤害"
    assert review["kind"]["en"] == "review of effects"


@pytest.mark.parametrize(("as_of", "state"), [("2026-05-30", "open"), ("2026-05-31", "open"), ("2026-06-01", "overdue")])
def test_the_day_before_on_and_after(register, school, as_of, state):
    """What is due on a day is overdue from the next; what is due in a month, from the end of the month."""
    states = {one["id"]: one["state"] for one in register(school, as_of=as_of)["entries"]}
    assert states["noise"] == state
    (trees,) = [one["state"] for one in register(school, as_of="2026-04-30")["entries"] if one["id"] == "trees"]
    assert trees == "open"


def test_the_tasks_of_a_plan(register, dossier_file):
    """A target counts by its year, with its metric and figure."""
    plan = dossier_file("plan.yaml", PLAN, id="plan", kind="plan", types="[development_plan]", stage="drafting")
    first, second = register(plan)["entries"]
    assert (first["state"], first["owner"]["en"], first["money"]["en"]) == ("overdue", "Education Bureau", "budget of this level")
    assert (second["state"], second["due"]) == ("open", "2030")
    assert second["indicator"]["en"].endswith(": 3")


def test_several_dossiers_and_saved_assessments(call, register, school, record, dossier_file, tmp_path):
    """A saved assessment names its dossier and its record, which are read as they now are; what cannot be read is named."""
    saved = tmp_path / "school.json"
    common = ("--as-of", "2026-06-01", "--fail-on", "never")
    assert call("assess", school, "--format", "json", "--review", record, "-o", saved, *common).exit_code == 0
    assert brief(register(saved)) == brief(register(school, "--review", record))
    other = dossier_file("other.yaml", "changes: [{id: i1, answer: reduced, answer_on: 2020-01-01}]", id="other")
    broken = dossier_file("broken.yaml", "scale: big", id="broken")
    done = call("follow-up", saved, other, broken, "--as-of", "2026-06-01", "--format", "json")
    data = json.loads(done.stdout)
    assert done.exit_code == 4
    assert data["entries"][0]["dossier"] == "other"
    assert [one["file"] for one in data["failed"]] == [str(broken)]
    assert "broken.yaml:7" in done.stderr


def test_the_table_is_aligned(call, school):
    """Each column begins in the same place of the terminal, Chinese characters being two wide."""
    said = call("follow-up", school, "--as-of", "2026-06-01").stdout
    head, _, header, *rows = said.splitlines()
    assert head == "截至 2026-06-01，跟踪事项6项：已逾期 2，未到期 1，未定期限 2，已完成 1"
    assert header.split() == ["状态", "期限", "逾期天数", "类别", "内容", "责任单位", "资金", "指标", "档案", "出处"]

    def columns(line, word):
        return sum(2 if "\u2e80" <= letter <= "\uffef" else 1 for letter in line[: line.index(word)])

    starts = {columns(row, word) for row, word in zip(rows, ["同类补足", "已减轻", "实施", "已减轻", "消除", "过渡"], strict=True)}
    assert starts == {columns(header, "内容")}


def test_nothing_to_follow_up(call, dossier_file):
    """Said in a line."""
    done = call("follow-up", dossier_file("park.yaml"), "--as-of", "2026-06-01", "--lang", "en")
    assert (done.exit_code, done.stdout) == (0, "As of 2026-06-01: 0 to follow up\n")


def test_bad_input(call, school, record, tmp_path):
    """Nothing is printed where nothing could be read; a record for another dossier, and an input as output, are refused."""
    other = tmp_path / "other.review.yaml"
    other.write_text("dossier: other", encoding="utf-8")
    (tmp_path / "no.json").write_text("{}", encoding="utf-8")
    before = record.read_bytes()
    for arguments, code in (
        ((tmp_path / "missing.yaml",), 4),
        ((tmp_path / "no.json",), 4),
        ((school, "--review", other), 4),
        ((school, "--review", tmp_path / "missing.yaml"), 4),
        ((school, "--review", record, "-o", record), 2),
        ((school, "-o", tmp_path / "none" / "a.txt"), 2),
        ((school, "--rules", tmp_path / "nothing"), 2),
        ((), 2),
    ):
        done = call("follow-up", *arguments, "--as-of", "2026-06-01")
        assert (done.exit_code, done.stdout) == (code, ""), arguments
        assert done.stderr
    assert record.read_bytes() == before


class TestWorkbook:
    """The register as a spreadsheet."""

    def written(self, call, *given):
        done = call("follow-up", *given, "--as-of", "2026-06-01", "--format", "xlsx")
        assert done.exit_code == 0, done.stderr
        return done.stdout_bytes

    def test_it_reads_back(self, call, school, record):
        """Days are days and counts are numbers; the header is frozen and has filters."""
        sheet = openpyxl.load_workbook(io.BytesIO(self.written(call, school, "--review", record))).active
        header, first, *rest = sheet.values
        assert header[:5] == ("状态", "期限", "逾期天数", "类别", "内容")
        assert first[:5] == ("已逾期", "2026-04", 32, "损失应对", "同类补足")
        assert rest[0][1].date().isoformat() == "2026-05-30"
        assert len(rest) == 7
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == "A1:J9"

    def test_no_text_becomes_a_formula_or_a_link(self, call, dossier_file):
        """What begins like a formula stays text, also when it is edited in Excel."""
        nasty = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://example.org", "{=1}", "' =2", "1e5"]
        listed = ", ".join(json.dumps({"id": f"i{n}", "text": one, "lead": "Education Bureau"}) for n, one in enumerate(nasty))
        data = self.written(call, dossier_file("park.yaml", f"commitments: [{listed}]", title=json.dumps("=cmd()")))
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}
        assert {cell.value for cell in cells} >= set(nasty)
        assert all(cell.quotePrefix for cell in cells if cell.value[0] in "=+-@")
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
            assert b"hyperlink" not in parts.read("xl/worksheets/sheet1.xml")

    def test_the_same_bytes_every_time(self, command, school):
        """Two runs of the real command, to a file and to standard output."""
        line = ("follow-up", school.name, "--as-of", "2026-06-01", "--format", "xlsx")
        first = command(*line, cwd=school.parent)
        assert command(*line, "-o", "a.xlsx", cwd=school.parent).returncode == 0
        assert first.stdout == (school.parent / "a.xlsx").read_bytes()

    def test_without_the_extra_the_message_names_the_command(self, call, school, monkeypatch):
        """XlsxWriter is optional: where it is missing, wrong usage, and how to install it."""
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)
        done = call("follow-up", school, "--format", "xlsx", "--lang", "en")
        assert (done.exit_code, done.stdout) == (2, "")
        assert "pip install 'child-impact[xlsx]'" in done.stderr
