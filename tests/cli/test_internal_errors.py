"""An error of the program is never called one of a template or a dossier, and one of a template never one of the program."""

import sys

import pytest

from child_impact.cli import main
from child_impact.report.points import Points
from child_impact.report.proposal_view import ProposalView
from child_impact.report.view import View

DAY = ("--as-of", "2026-06-01", "--fail-on", "never", "-q")


@pytest.fixture
def park(dossier_file):
    return dossier_file("park.yaml", id="park", place="'100000'")


@pytest.fixture
def own(tmp_path):
    """A directory of an office: `own("zh/assessment.md.j2", "…")` writes a file in it and gives the directory."""

    def write(name, text):
        file = tmp_path / "own" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return tmp_path / "own"

    return write


@pytest.fixture
def assess(monkeypatch, capsys, small_rules, park):
    """The whole command on a park: `assess("--format", "html")` gives the exit code and what was said on standard error."""

    def run(*more):
        line = ["child-impact", "assess", park, "--rules", small_rules, *DAY, *more]
        monkeypatch.setattr(sys, "argv", [str(one) for one in line])
        with pytest.raises(SystemExit) as ended:
            main.main()
        said = capsys.readouterr()
        return ended.value.code, said.err, said.out

    return run


class _Broken:
    """A part of a view with an error of the program in it."""

    def __init__(self, error):
        self.error = error

    def fail(self, *_):
        raise self.error


@pytest.mark.parametrize(
    "error",
    [KeyError("children.groups"), AttributeError("no such thing"), TypeError("not that"), ValueError("x"), OSError(2, "gone")],
    ids=repr,
)
@pytest.mark.parametrize("templates", [None, "# {{ view.title }}\n{{ view.gaps }}\n", '{% extends "program/zh/assessment.md.j2" %}'])
def test_an_error_of_the_program(assess, own, park, monkeypatch, error, templates):
    """Whatever kind it is, and whoever wrote the template that asks for the part: exit code 5, the document and the dossier."""
    monkeypatch.setattr(Points, "applying", _Broken(error).fail)
    more = ("--templates", own("zh/assessment.md.j2", templates)) if templates else ()

    code, said, out = assess(*more)

    assert code == 5
    assert "internal error" in said
    assert "assessment.zh" in said
    assert str(park) in said
    assert f"{type(error).__name__}: {error}" in said
    assert "模板" not in said
    assert out == ""


@pytest.mark.parametrize(
    ("part", "format_", "document"),
    [
        ("child_impact.formats.html._name_tables", "html", "assessment.zh.html"),
        ("child_impact.formats.word._Body.write", "docx", "opinions.zh.docx"),  # without a figure: it needs no font
        ("child_impact.formats.workbook._fill", "xlsx", "xlsx.zh"),
        ("child_impact.report.ledger._point", "xlsx", "xlsx.zh"),
        ("child_impact.assessment.to_json._finding", "json", "json"),
        ("child_impact.assessment.sarif.uri", "sarif", "sarif"),
    ],
)
def test_an_error_in_making_a_format(assess, park, monkeypatch, part, format_, document):
    """The format is named too."""
    monkeypatch.setattr(part, _Broken(LookupError("broken")).fail)
    if format_ == "xlsx":
        monkeypatch.setattr(View, "gaps", [None])

    code, said, _ = assess("--format", format_, "--document", document.partition(".")[0] if format_ in ("html", "docx") else "assessment")

    assert code == 5
    assert document in said
    assert str(park) in said


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n{{ 5 | noted }}\n", 2),  # a filter of ours is given what is no place of the dossier
        ("a\n{{ view.code | verdict }}\n", 2),
        ('{{ view.gaps | map(attribute="basis") | first | clauses("three") }}\n', 1),
        ("{{ mark() }}\n", 1),
        ("\n{{ place(1, 2, 3) }}\n", 2),
        ("{{ nobody | cell }}\n", 1),
        ("{{ nobody | quoted }}\n", 1),
        ('{% extends "program/zh/assessment.md.j2" %}\n{% set view = 5 %}\n', 2),  # fails in a line of the program's template
        ('{% extends "program/zh/assessment.md.j2" %}\n{% set words = none %}\n{% block head %}{{ words.no_more }}{% endblock %}', 3),
    ],
)
def test_an_error_of_a_template(assess, own, text, line):
    """What an office's template does to our parts: exit code 2, and its line."""
    code, said, out = assess("--templates", own("zh/assessment.md.j2", text))

    assert code == 2
    assert said.startswith(f"zh/assessment.md.j2:{line}：")
    assert "internal error" not in said
    assert out == ""


def test_an_error_of_the_program_s_own_template(assess, own, monkeypatch):
    """It is not the office's that stands over another document."""
    monkeypatch.delattr(ProposalView, "brief")

    for more in ((), ("--templates", own("zh/request.md.j2", "# x\n"))):
        code, said, _ = assess(*more)

        assert code == 5
        assert "brief" in said
        assert "assessment.zh" in said
