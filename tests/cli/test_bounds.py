"""Inputs that unfold to far more than their bytes, and those that are only very large: refused by name, with a short message, and no other
input suffers. Each kind is small to write down; none is kept as a file."""

import json
import os
import resource
import shutil
import subprocess
import sys

import pytest
from tests.conftest import text_of_dossier
from tests.reading.workbooks import sheet, workbook

from child_impact.dossier.read import read_dossier
from child_impact.reading import problems as bounds
from child_impact.reading.nodes import MAX_EXPONENT, MAX_NUMERAL
from child_impact.reading.problems import DossierRefused, InputRefused, Place, Problem, Problems, refusing
from child_impact.reading.text import Text
from child_impact.reading.workbook_parts import MAX_CELLS, MAX_MERGED
from child_impact.reading.yaml12 import MAX_BYTES

MEMORY = 2_000_000_000
PROCESSOR = 240  # seconds, for all of them together: a bound against never ending, not a measurement
LONGEST_LINE = 2500
A_CELL = '<c t="n"><v>1</v></c>'
ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


def number(written: str) -> str:
    return text_of_dossier(f"scale: {{pupils: {written}}}")


YAML = {
    "aliases": text_of_dossier("owner: [" + "*a," * 300_000 + "]"),
    "anchors": "".join(f"k{i}: &a{i} x\n" for i in range(40_000)),
    "brackets": text_of_dossier("owner: " + "[" * 900_000),
    "braces": text_of_dossier("owner: " + "{a: " * 400_000),
    "indented": "".join(" " * i + "a:\n" for i in range(1900)),
    "dashes": "- " * 900_000,
    "entries-in-flow": text_of_dossier("hazards: [" + "{id: a}," * 240_000 + "]"),
    "entries": text_of_dossier("changes:\n" + "".join(f"- {{id: h{i}}}\n" for i in range(110_000))),
    "unknown-keys": "".join(f"k{i}: 1\n" for i in range(150_000)),
    "unknown-keys-alike": text_of_dossier("".join(f"consultatoin{i}: 1\n" for i in range(20_000))),
    "choices": text_of_dossier("consultations: [{id: a, with: [" + ",".join(f"kid{i}" for i in range(45_000)) + "]}]"),
    "choices-of-many": text_of_dossier(
        "consultations:\n" + "".join(f"- {{id: a{i}, with: [{','.join(f'kid{j}' for j in range(150))}]}}\n" for i in range(300))
    ),
    "long-key": text_of_dossier("? " + "k" * 1_000_000 + "\n: 1"),
    "long-text": text_of_dossier("owner: " + "王" * 600_000),
    "long-tag": text_of_dossier("owner: !" + "a" * 1_000_000 + " x"),
    "long-word-for-a-number": number("x" * 15_000),
    "exponent": number("1e999999999"),
    "negative-exponent": number("1e-999999999"),
    "exponent-of-nothing": number("0e999999"),
    "exponent-of-many-digits": number("1e" + "9" * 5000),
    "digits": number("9" * 5000),
    "more-digits": number("9" * 1_900_000),
    "hexadecimal": number("0x" + "f" * 900_000),
    "octal": number("0o" + "7" * 15_000),
    "underscores": number("1_" * 9000 + "1"),
    "bytes": text_of_dossier("#" * (MAX_BYTES * 4)),
}
WORKBOOKS = {
    "merged-all": workbook(sheet(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')),
    "merged-often": workbook(sheet(after="<mergeCells>" + '<mergeCell ref="A1:CV200"/>' * 2000 + "</mergeCells>")),
    "hidden-columns": workbook(sheet(before="<cols>" + '<col min="1" max="2000000000" hidden="1"/>' * 20_000 + "</cols>")),
    "cells": workbook(sheet("".join(f'<row r="{row}">' + A_CELL * 190 + "</row>" for row in range(2, 1200)))),
    "cell-far-away": workbook(sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "row-beyond-any": workbook(sheet('<row r="1000000000000"><c r="A1000000000000"><v>1</v></c></row>')),
    "hidden-row-far-away": workbook(sheet('<row r="1048576" hidden="1"/>'), sheets=100),
    "entities": workbook(sheet(declared=ENTITIES)),
    "external-entity": workbook(sheet(declared='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
    "unpacked": workbook(sheet(" " * 49_000_000)),
    "space": workbook(sheet(" " * 5_000_000)),
    "attribute": workbook(sheet(f'<row r="2" x="{"a" * 10_000_000}"/>')),
    "comment": workbook(sheet(f"<!--{'a' * 10_000_000}-->")),
    "deep": workbook(sheet("<a>" * 300_000 + "</a>" * 300_000)),
    "elements": workbook(sheet(after="<dataValidation/>" * 200_000)),
    "digits": workbook(sheet(f'<row r="2"><c r="A2"><v>{"9" * 100_000}</v></c></row>')),
    "sheets": workbook(sheet(), sheets=300),
}


def files() -> dict[str, bytes]:
    written = {f"{name}.yaml": text.encode() for name, text in YAML.items()}
    return written | {f"{name}.xlsx": data for name, data in WORKBOOKS.items()}


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))


def test_hostile_inputs_are_refused_each_by_name_and_no_other_suffers(tmp_path):
    """In one run, with bounded memory: exit code 4, every hostile file named in few short lines, and the sound dossier assessed."""
    hostile = files()
    for name, data in hostile.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "sound.yaml").write_text(text_of_dossier(), encoding="utf-8")
    line = [
        sys.executable,
        "-m",
        "child_impact",
        "assess",
        *hostile,
        "sound.yaml",
        "--lang",
        "en",
        "-q",
        "--format",
        "json",
        "-o",
        "all.json",
    ]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, check=False, env=dict(os.environ), timeout=900, preexec_fn=limited)
    said = done.stderr.decode()
    assert done.returncode == 4, said[-2000:]
    assert "internal error" not in said
    lines = said.splitlines()
    for name in hostile:
        of_one = [line for line in lines if line.startswith(name)]
        assert 1 <= len(of_one) <= bounds.MAX_SHOWN + 1, name
    assert max(map(len, lines)) < LONGEST_LINE
    saved = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    assert [one["dossier"]["file"] for one in saved["assessments"]] == ["sound.yaml"]
    assert [one["file"] for one in saved["failed"]] == list(hostile)


def refused(data: str | bytes, vocabulary, file: str = "a.yaml") -> tuple[Problem, ...]:
    with pytest.raises(DossierRefused) as found:
        read_dossier(data if isinstance(data, bytes) else data.encode(), file, vocabulary)
    return found.value.problems


@pytest.mark.parametrize(
    "written", ["1e100", "-1E-100", "0e100", "9" * (MAX_NUMERAL + 1), "0x" + "f" * MAX_NUMERAL, "0." + "0" * MAX_NUMERAL, "1e" + "0" * 99]
)
def test_a_number_beyond_any_figure_is_said_to_be_that(vocabulary, written):
    """Not that it is no number, nor text: its digits or its exponent are too many."""
    (found,) = refused(number(written), vocabulary)
    assert found.place.line == 7
    assert "the number is too long, or its exponent too large" in found.what.en


@pytest.mark.parametrize("written", ["1e3", "0e99", "1" + "0" * 14, "0x" + "0" * 50 + "1f", "5" + "." + "0" * 50])
def test_a_long_way_to_write_a_figure_is_read(dossier, written):
    """Within the limits of length and exponent numbers are exact, as before."""
    assert MAX_EXPONENT == 99
    assert dossier(f"scale: {{site_area: {written}}}").facts["scale.site_area"].value is not None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("merged-all", f"merged ranges such as A1:XFD1048576 cover more than {MAX_MERGED} cells"),
        ("cells", f"the workbook holds too much (limit: {MAX_CELLS} cells)"),
        ("cell-far-away", "there is a cell in row 1048576, column 16384, beyond the limit"),
        ("entities", "declares a document type or entities"),
        ("unpacked", "bytes, more than the limit of"),
    ],
)
def test_what_a_workbook_unfolds_to_is_told_with_its_sheet(vocabulary, name, said):
    """The message says which limit, and on which sheet where it is one sheet's."""
    (found,) = refused(WORKBOOKS[name], vocabulary, "a.xlsx")
    assert said in found.what.en
    assert name == "unpacked" or found.place.sheet == "事实"


def test_problems_are_said_up_to_a_number_and_the_rest_is_counted(call, dossier_file):
    """Fifty lines and one that says how many more there are, in both languages."""
    for count, more in ((60, "and 10 more → "), (20_000, "and at least 50 more → ")):
        file = dossier_file("many.yaml", "".join(f"unbekannt{i}: 1\n" for i in range(count)))
        lines = call("assess", file, "--lang", "en").stderr.splitlines()
        assert len(lines) == bounds.MAX_SHOWN + 1
        assert more in lines[-1]
        assert " 处问题没有列出 → " in call("assess", file).stderr.splitlines()[-1]


def test_what_a_message_quotes_is_cut(vocabulary):
    """A long word that is not known is shown by its beginning."""
    (found,) = refused(text_of_dossier("k" * 150 + ": 1"), vocabulary)
    assert len(found.say("en")) < 700
    assert f"“{'k' * 79}…”" in found.say("en")


def test_a_reader_stops_when_enough_is_wrong():
    """Adding to the problems ends the reading where there are many, however they are added."""
    one = Problem(Place("a"), Text("", ""), Text("", ""))
    found = Problems([one] * (bounds.MAX_FOUND - 2))
    found.append(one)
    with pytest.raises(InputRefused):
        found.append(one)
    with pytest.raises(InputRefused):
        found += [one]


@pytest.mark.parametrize("error", [MemoryError, RecursionError, OverflowError, ZeroDivisionError])
def test_what_no_reader_foresaw_refuses_the_file_it_is_about(error):
    """An input that exhausts memory, stack or arithmetic all the same is refused by its name; nothing else is hidden."""
    with pytest.raises(DossierRefused) as found, refusing(DossierRefused, "a.yaml"):
        raise error
    assert found.value.problems[0].place == Place("a.yaml")
    with pytest.raises(KeyError), refusing(DossierRefused, "a.yaml"):
        raise KeyError


def test_an_input_without_end_is_refused(call):
    """A device or pipe that never ends is read up to the limit of size."""
    done = call("assess", "/dev/zero", "--lang", "en")
    assert done.exit_code == 4
    assert "more than the limit of" in done.stderr


@pytest.mark.parametrize("kind", ["record", "words", "rules", "saved"])
@pytest.mark.parametrize("content", ["aliases", "unknown-keys", "brackets", "more-digits", "exponent"])
def test_every_other_input_is_bounded_alike(call, dossier_file, small_rules, tmp_path, kind, content):
    """The reviewer's record, words, rules and saved assessments: refused with the code of their kind in few short lines."""
    sound = dossier_file("sound.yaml", place="'100000'")
    rules = shutil.copytree(small_rules, tmp_path / "rules") if kind == "rules" else small_rules
    hostile = {"words": tmp_path / "words.yaml", "rules": rules / "criteria" / "policy" / "hostile.yaml"}.get(
        kind, tmp_path / "hostile.yaml"
    )
    hostile.write_text(YAML[content], encoding="utf-8")
    assess = ("assess", sound, "--rules", rules)
    given = {"record": (*assess, "--review", hostile), "words": (*assess, "--templates", tmp_path), "saved": ("verify", hostile)}.get(
        kind, assess
    )
    done = call(*given, "--lang", "en")
    assert done.exit_code == {"record": 4, "words": 2, "rules": 3, "saved": 4}[kind], done.stderr[:500]
    lines = done.stderr.splitlines()
    assert 1 <= len(lines) <= bounds.MAX_SHOWN + 2
    assert max(map(len, lines)) < LONGEST_LINE
