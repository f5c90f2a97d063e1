"""What a dossier adds in words is printed wherever its fact is, and where no fact is stated, as what it is; never as more."""

import json

import pytest

TEXT = """
works: {nature: alteration, children_present: true, separation: {note: a rope to the east}, separation_by: Sunshine Property}
consultations:
  - id: talk
    with: [children]
    ended_on: 2026-03-20
    methods: {value: [workshop], note: in the hall}
    effect: {value: partly_adopted, note: the swing moved south}
    effect_by: Sunshine Property
changes: [{id: c1, class: play, how: reduced, answer: {note: something will be found}, answer_by: Sunshine Property}]
hazards: [{id: h1, kind: falls, measure: {value: [fence], note: along the pond}, owner: Sunshine Property}]
"""
ZH = """
施工: {建设性质: 改建, 施工期有儿童在场: 是, 施工隔离措施: {说明: 东侧拉绳}, 施工隔离责任单位: 阳光物业}
听取意见:
  - {编号: c1, 对象: [儿童], 结束日期: 2026-03-20, 采纳情况: {值: 部分采纳, 说明: 秋千移到南侧}, 采纳单位: 阳光物业}
得失: [{编号: g1, 类别: 游戏场地, 变化: 长期减少, 应对: {说明: 尽量补上}, 应对单位: 阳光物业}]
"""
UNKNOWN = "“Sunshine Property” (a body that the file does not list)"


@pytest.fixture
def printed(command, dossier_file):
    """A document of a dossier as text."""

    def printed(document, text=TEXT, language="en"):
        path = dossier_file("notes.yaml", text)
        done = command("assess", path, "--document", document, "--lang", language, "--fail-on", "never")
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().replace("\\", "")

    return printed


def lines(text, word):
    return [line for line in text.splitlines() if word in line]


def test_a_note_stands_behind_its_value_in_the_assessment(printed):
    """In the hearings, in the points and in the list of all that is stated."""
    text = printed("assessment")

    hearing, *_ = lines(text, "the swing moved south")
    assert "method: workshop (in the hall)" in hearing.lower()
    assert "partly adopted (the swing moved south)" in hearing
    assert len(lines(text, "partly adopted (the swing moved south)")) >= 2
    assert lines(text, "fence or barrier (along the pond)")


def test_words_that_state_no_fact_are_printed_as_what_they_are(printed):
    """A note alone is what the file says, an unknown body is one that the file does not list; both beside *not stated*, as no fact."""
    text = printed("assessment")

    assert lines(text, "Separation and access during the works | not stated; the file says “a rope to the east”")
    assert lines(text, f"Body that keeps the works apart | {UNKNOWN}")
    assert lines(text, f"body that decided on the views: {UNKNOWN}")
    point, *_ = lines(text, "Children are kept apart from works in a place still in use | not stated")
    assert "the file says “a rope to the east”" in point
    assert UNKNOWN in point
    change, *_ = lines(text, "Play ground (reduced for good)")
    assert f"not stated; the file says “something will be found” | {UNKNOWN}" in change


@pytest.mark.parametrize("document", ["opinions", "public"])
def test_other_documents_print_notes_too(printed, document):
    """The table of opinions and the public summary say what became of the views, in the words of the file."""
    assert "artly adopted (the swing moved south)" in printed(document)


def test_in_chinese(printed):
    """The marks are those of the language."""
    text = printed("assessment", ZH, "zh")

    assert lines(text, "意见采纳情况：部分采纳（秋千移到南侧）")
    assert lines(text, "未见说明；材料写的是“东侧拉绳”")
    assert lines(text, "“阳光物业”（档案未列明的单位）")
    assert "用什么补：未见说明；材料写的是“尽量补上”；由“阳光物业”（档案未列明的单位）负责" in printed("public", ZH, "zh")


def test_the_children_s_page_quotes_no_note(printed):
    """It says in its own words what changes; nobody's notes."""
    assert "swing moved" not in printed("children")


def test_a_long_note_is_cut_in_sentences_and_whole_in_the_list_of_what_is_stated(printed):
    """Of a note of 1,000 letters the beginning stands in tables, and all of it once, where everything is listed."""
    long = "moved south " * 80

    text = printed("assessment", TEXT.replace("the swing moved south", long + "at last"))

    assert len(lines(text, long + "at last")) == 1
    assert [line for line in lines(text, "moved south moved south") if "moved …" in line or "south …" in line]


def test_data_register_and_explanation(command, dossier_file):
    """JSON has the note of a fact and the remarks; the register and `explain` print them."""
    path = dossier_file("notes.yaml", TEXT)

    data = json.loads(command("assess", path, "--format", "json", "--fail-on", "never").stdout)
    register = command("follow-up", path, "--lang", "en").stdout.decode()
    explained = command("explain", path, "consultation.effect-recorded", "--lang", "en").stdout.decode()

    notes = {fact["path"]: fact["note"] for finding in data["findings"] for fact in finding["facts"]}
    assert notes["consultations[0].effect"]["en"] == "the swing moved south"
    assert notes["consultations[0].ended_on"] is None
    remarks = {one["path"]: one for one in data["remarks"]}
    assert remarks["works.separation"] | {"file": ""} == {
        "path": "works.separation",
        "value": None,
        "note": {"zh": "a rope to the east", "en": "a rope to the east"},
        "file": "",
        "line": 8,
    }
    assert remarks["hazards[0].owner"]["value"]["en"] == "Sunshine Property"
    assert "fence or barrier (along the pond)" in register
    assert "“Sunshine Property” (a body" in register
    assert "partly adopted (the swing moved south)" in explained
    assert f"consultations[0].effect_by: {UNKNOWN}" in explained


@pytest.mark.parametrize("format_", ["md", "html", "json", "sarif"])
def test_personal_data_in_notes_is_masked(command, dossier_file, format_):
    """A child's name and a telephone number in a note, of a fact or alone, are in no output."""
    note = "姓名：李小明，9岁，电话13812345678"
    text = TEXT.replace("the swing moved south", note).replace("a rope to the east", note).replace("something will be found", note)
    path = dossier_file("notes.yaml", text)

    for document in ("assessment", "opinions", "public") if format_ in ("md", "html") else ("assessment",):
        done = command("assess", path, "--format", format_, "--document", document, "--fail-on", "never")
        said = (done.stdout + done.stderr).decode()
        assert done.returncode == 0, said
        assert "13812345678" not in said
        assert "李小明" not in said
        assert "138" not in said or "13*" in said.replace("\\", "")
