"""The workbook of an assessment, as a spreadsheet program reads it."""

import io
import json

import openpyxl
import pytest

CASE = "cases/miyun-tanying.yaml"
OPTIONS = ("--as-of", "2023-08-14", "--fail-on", "never", "-q")


@pytest.fixture(scope="module")
def case(pytestconfig):
    return pytestconfig.rootpath / CASE


def book_of(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def rows_of(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_every_finding_stands_in_it_once(command, case):
    """The sheet of findings has the criteria of the JSON assessment, in its order, and the same number of each verdict."""
    findings = json.loads(command("assess", case, *OPTIONS, "--format", "json").stdout)["findings"]
    sheet = book_of(command("assess", case, *OPTIONS, "--format", "xlsx", "--lang", "en").stdout)["All findings"]

    assert [row[0] for row in rows_of(sheet)] == [finding["criterion"] for finding in findings]
    said = [row[3] for row in rows_of(sheet)]
    assert said.count("not stated") == sum(finding["verdict"] == "not_stated" for finding in findings)
    assert said.count("met") == sum(finding["verdict"] == "met" for finding in findings)


def test_it_says_what_it_was_made_from(command, case):
    """The last sheet has the rules with version and digest, the program, and the dossier with its digest."""
    data = json.loads(command("assess", case, *OPTIONS, "--format", "json").stdout)
    record = dict(rows_of(book_of(command("assess", case, *OPTIONS, "--format", "xlsx", "--lang", "en").stdout)["Record"]))

    assert record["Rules"] == f"{data['rulebook']['version']} / default"
    assert record["Rules SHA-256"] == data["rulebook"]["sha256"]
    assert record["Dossier SHA-256"] == data["dossier"]["sha256"]
    assert record["Program"] == f"child-impact {data['program']['version']}"


def test_the_ledger_has_room_for_what_was_done(command, case):
    """Each point has a remedy, someone to do it and a date to do it by; what was done is left to be filled in."""
    sheet = book_of(command("assess", case, *OPTIONS, "--format", "xlsx", "--lang", "en").stdout)["Points to put right"]
    headers = [cell.value for cell in sheet[1]]

    assert headers[-2:] == ["Done, and the paper that shows it", "Closed on, by"]
    assert rows_of(sheet)
    for row in rows_of(sheet):
        state = 4
        assert all(cell for column, cell in enumerate(row[:-2]) if column != state), row
        assert row[-2:] == [None, None]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref


def test_what_a_person_wrote_is_no_formula(command, dossier_file):
    """A name that begins like a formula stays text."""
    file = dossier_file("a.yaml", "facilities: [{id: f1, name: '=1+1', kind: toilet}]", place="'220000'")
    book = book_of(command("assess", file, *OPTIONS, "--format", "xlsx").stdout)

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if "=1+1" in str(cell.value or "")]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)


def test_the_same_assessment_gives_the_same_bytes(command, case):
    """Nothing of the clock is in it."""
    first, second = (command("assess", case, *OPTIONS, "--format", "xlsx").stdout for _ in range(2))

    assert first == second
