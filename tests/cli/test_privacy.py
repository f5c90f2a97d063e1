"""Personal data of children through the whole program: no output shows it, and --strict-privacy refuses it."""

import json
import re

import pytest

DAY = ("--as-of", "2026-06-01", "--fail-on", "never")
IDENTITY = "220102201503021234"
SECRETS = (IDENTITY, IDENTITY[4:], "13812345678", "12345678", "20230115", "小明", "wxm_2015", "2015年3月")
TEXT = f"""summary: 王小明，2015年3月2日生，身份证 220102 20150302 1234，学籍号 G{IDENTITY}
site_note: 王小明家门口，电话13812345678
documents: [{{id: minutes, title: '家长 138-1234-5678，微信号：wxm_2015'}}]
consultations: [{{id: '学号：20230115', with: [children], ended_on: 2026-03-20, evidence: minutes, page: 电话13812345678}}]
"""
COMMANDS = [
    ("assess", "{file}"),
    ("assess", "{file}", "--lang", "en"),
    ("assess", "{file}", "--format", "json"),
    ("assess", "{file}", "--format", "sarif"),
    ("assess", "{file}", "--format", "none"),
    ("screen", "{file}"),
    ("ask", "{file}", "--all"),
    ("ask", "{file}", "--all", "--format", "json"),
    ("explain", "{file}", "consultation.children-heard"),
    ("diff", "{file}", "{other}"),
    ("diff", "{file}", "{other}", "--format", "json"),
    ("diff", "{file}", "{other}", "--format", "md"),
    ("diff", "{file}", "{other}", "--options", "--format", "md"),
]
BAD = {
    "unknown key": "联系人13812345678: a",
    "key twice": "电话13812345678: a\n电话13812345678: b",
    "tag": f"summary: !G{IDENTITY} a",
    "no date": "decision_on: 13812345678, 2026",
    "no choice": "works: {{nature: 王小明（8岁）}}",
    "id twice": f"consultations: [{{id: '{IDENTITY}', with: [children]}}, {{id: '{IDENTITY}', with: [children]}}]",
    "no number": "scale: {site_area: 约13812345678处}",
    "evidence of no document": "scale: {site_area: {value: 5, evidence: '家长13812345678'}}",
    "no list": "roads: 王小明，2015年3月2日生",
    "syntax": "a: [13812345678",
    "no place": "nearby: [{id: a, kind: '微信号：wxm_2015'}]",
}


def leaks(text):
    return [secret for secret in SECRETS if secret in text or secret in re.sub(r"[ -]", "", text)]


@pytest.mark.parametrize("line", COMMANDS, ids=" ".join)
def test_no_output_shows_it(call, dossier_file, line):
    """Reports, JSON, SARIF, proofs, comparisons and what is said on standard error: masked everywhere; each line is warned of."""
    places = {"file": dossier_file("a.yaml", TEXT, id="a"), "other": dossier_file("b.yaml", id="b")}
    arguments = [part.format(**places) for part in line]
    done = call(*arguments, *(DAY if line[0] == "assess" else DAY[:2]))
    assert done.exit_code == 0
    assert leaks(done.stdout + done.stderr) == []
    for number in (7, 8, 9, 10):
        assert f"a.yaml:{number}:" in done.stderr


def test_the_masked_text_is_still_in_the_report(call, dossier_file):
    """What is no personal data is printed as it was."""
    said = call("assess", dossier_file("a.yaml", TEXT, id="a"), *DAY).stdout
    assert "王\\*\\*家门口" in said
    assert "听取意见" in said


def test_the_data_lists_the_warnings(call, dossier_file):
    """The machine-readable assessment has each warning with its line, in both languages."""
    data = json.loads(call("assess", dossier_file("a.yaml", TEXT, id="a"), "--format", "json", *DAY).stdout)
    found = [one for one in data["warnings"] if "masked" in one["en"]]
    assert {one["line"] for one in found} == {7, 8, 9, 10}
    assert all("疑似" in one["zh"] for one in found)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("line", [one for one in COMMANDS if one[0] != "diff"], ids=" ".join)
def test_strict_privacy_refuses(call, dossier_file, line, lang):
    """With --strict-privacy the dossier is refused (4): file, line, what it looks like, what to do; no document is written."""
    arguments = [part.format(file=dossier_file("a.yaml", TEXT, id="a")) for part in line]
    if lang == "en" or "--lang" not in arguments:
        arguments += ["--lang", lang]
    done = call(*arguments, "--strict-privacy", *(DAY if line[0] == "assess" else DAY[:2]))
    assert done.exit_code == 4
    assert leaks(done.stdout + done.stderr) == []
    assert all(" → " in said and "a.yaml:" in said for said in done.stderr.splitlines())
    assert "22****" in done.stderr
    assert "summary" not in done.stdout


def test_strict_privacy_lets_a_clean_dossier_pass(call, dossier_file, pytestconfig):
    """A dossier without personal data is assessed as ever, with nothing said; so are the shipped examples."""
    for file in (dossier_file("a.yaml", id="a"), pytestconfig.rootpath / "cases" / "examples" / "large-school.yaml"):
        done = call("assess", file, "--format", "none", "--quiet", "--strict-privacy", *DAY)
        assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("mistake", BAD)
def test_messages_that_quote_the_file_are_masked(call, dossier_file, mistake):
    """A mistake in a line that holds personal data is explained without printing it."""
    file = dossier_file("a.yaml", BAD[mistake].replace("{{", "{").replace("}}", "}"), id="a")
    for lang in ("zh", "en"):
        done = call("assess", file, "--lang", lang, *DAY)
        assert done.exit_code == 4 or mistake == "evidence of no document"
        assert leaks(done.stdout + done.stderr) == []


def test_a_file_name_is_masked_and_refused_too(call, dossier_file):
    """An identity number in the name of the file is warned of, masked and refused in the same way."""
    file = dossier_file(f"{IDENTITY}.yaml", id="a")
    for form in ("md", "json", "sarif"):
        done = call("assess", file, "--format", form, *DAY)
        assert done.exit_code == 0
        assert leaks(done.stdout + done.stderr) == []
    assert "rename the file" in call("assess", file, "--lang", "en", *DAY).stderr
    assert call("assess", file, "--strict-privacy", *DAY).exit_code == 4


def test_shipped_cases_give_no_warning(call, pytestconfig):
    """Every shipped case passes the strict guard."""
    cases = sorted((pytestconfig.rootpath / "cases").glob("*.yaml"))
    done = call("screen", *cases, "--strict-privacy", "--as-of", "2026-06-01")
    assert done.exit_code == 0
    assert "疑似" not in done.stderr
