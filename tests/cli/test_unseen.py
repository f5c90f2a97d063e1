"""What is not seen is in no text: marks of direction, characters without width, tags and stray selectors are refused in every input."""

import zipfile

import pytest
from tests.conftest import text_of_dossier
from tests.reading.workbooks import sheet, workbook

from child_impact.reading.letters import unseen, visible

UNSEEN = [
    *("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e", "\u200f", "\u061c"),
    *("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u3164", "\u180e", "\u2028", "\u2029", "\x85"),
    *("\U000e0041", "\U000e007f", "\ufe00", "\ufe0f", "\U000e0100"),
]
SEEN = ["👨‍👩‍👧", "☀️", "©️", "1️⃣", "👍🏽", "葛\U000e0100城", "齋︀", "é", "e\u0301", "　", "𠮷", "学校＃２"]
PLACES = {
    "text": lambda mark: (text_of_dossier(f'owner: "a{mark}b"'), 7),
    "text-as-escape": lambda mark: (text_of_dossier(f'owner: "a\\U{ord(mark):08x}b"'), 7),
    "key": lambda mark: (text_of_dossier(f'"own{mark}er": x'), 7),
    "choice": lambda mark: (text_of_dossier(types=f'["pa{mark}rk"]'), 4),
    "title": lambda mark: (text_of_dossier(title=f'"a{mark}b"'), 2),
    "id": lambda mark: (text_of_dossier(f'consultations: [{{id: "a{mark}"}}]'), 7),
    "page": lambda mark: (text_of_dossier(f'owner: {{value: x, page: "1{mark}"}}'), 7),
}


@pytest.mark.parametrize("where", PLACES)
def test_a_dossier_with_what_is_not_seen_is_refused_at_its_line(call, tmp_path, where):
    """In text, keys, choices and ids, typed or written as an escape; the message gives its number and does not contain it."""
    for mark in UNSEEN:
        text, line = PLACES[where](mark)
        file = tmp_path / "a.yaml"
        file.write_bytes(text.encode())
        done = call("assess", file, "--lang", "en")
        if mark in "\x85\u2028\u2029" and where != "text-as-escape":
            assert done.exit_code in (0, 1, 4)  # typed, these end a line of YAML: they are in no text
        else:
            assert done.exit_code == 4, f"U+{ord(mark):04X} {where}"
            assert f"{file}:{line}:" in done.stderr
            assert f"U+{ord(mark):04X}" in done.stderr
        assert mark not in done.output


def test_the_other_inputs_refuse_it_alike(call, dossier_file, small_rules, tmp_path):
    """A reviewer's record, words of templates, rules and the cells of a workbook."""
    sound = dossier_file("sound.yaml", place="'100000'")
    record = tmp_path / "record.yaml"
    record.write_text('dossier: d1\nconditions: [{text: "a\u202eb"}]\n', encoding="utf-8")
    (tmp_path / "words.yaml").write_text('verdict: {met: {zh: "a\u200bb", en: x}}\n', encoding="utf-8")
    book = tmp_path / "book.xlsx"
    cells = "".join(f'<c r="{at}2" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in (("A", "名称"), ("B", "a\u202eb")))
    book.write_bytes(workbook(sheet(f'<row r="2">{cells}</row>')))
    rules = tmp_path / "rules"
    (rules / "sources").mkdir(parents=True)
    (rules / "sources" / "a.yaml").write_text('id: "a\u2066b"\n', encoding="utf-8")
    for given, code, said in (
        (("assess", sound, "--rules", small_rules, "--review", record), 4, "record.yaml:2:"),
        (("assess", sound, "--rules", small_rules, "--templates", tmp_path), 2, "words.yaml:1:"),
        (("assess", book), 4, "book.xlsx:事实!B2"),
        (("assess", sound, "--rules", rules), 3, "sources/a.yaml:1:"),
    ):
        done = call(*given, "--lang", "en")
        assert done.exit_code == code, done.stderr
        assert said in done.stderr
        assert "a character that is not seen, U+20" in done.stderr


def test_what_belongs_to_an_emoji_or_a_character_stays(call, dossier_file, tmp_path):
    """Joiners and selectors in their place are text, and come out in every document; no document holds anything else unseen."""
    title = "".join(SEEN)
    file = dossier_file("a.yaml", title=f'"{title}"', id="a")
    formats = [word for format_ in ("md", "html", "docx", "json") for word in ("--format", format_)]
    done = call("assess", file, *formats, "--document", "request", "--fail-on", "never", "-o", f"{tmp_path}/out/")
    assert done.exit_code == 0, done.stderr
    made = list((tmp_path / "out").iterdir())
    assert {path.suffix for path in made} == {".md", ".html", ".docx", ".json"}
    for path in made:
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as archive:
                texts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
        else:
            texts = [path.read_text(encoding="utf-8")]
        assert not any(unseen(text) for text in texts), path
        assert any("葛\U000e0100城" in text for text in texts), path


@pytest.mark.parametrize("text", SEEN)
def test_it_is_seen(text):
    """Emoji, accents, full-width and rare characters are text."""
    assert unseen(text) is None
    assert visible(text) == text


def test_a_message_is_one_line_whatever_it_quotes(call, tmp_path):
    """A line break, a control character or a mark of direction in a name is shown as an escape."""
    file = tmp_path / "a\u202eb\x1b[2J.yaml"
    file.write_text(text_of_dossier('"x\\ny": 1'), encoding="utf-8")
    done = call("assess", file, "--lang", "en")
    assert done.exit_code == 4
    assert "a\\u202eb\\u001b[2J.yaml:7:1: unknown key “x\\ny”" in done.stderr
    assert len(done.stderr.splitlines()) == 1
