"""Formats that need more than the program itself: what is missing is named, and nothing heavy is loaded without need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from child_impact.formats import pictures
from child_impact.reading.extras import NO_CHINESE_FONT, FormatUnavailable, need, no_font

from .conftest import CASES, ROOT

CASE = "miyun-tanying"
WITHOUT = """
import sys

class Without:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise {error}
        return None

sys.meta_path.insert(0, Without())
from child_impact.cli.main import main
main()
"""
HEAVY = {"weasyprint", "docx", "docxtpl", "resvg_py", "lxml", "PIL", "fontTools"}
MARKUP = {"markdown_it", "mdit_py_plugins"}


def run(*arguments: str, names: set[str], error: str = "ImportError(name)") -> subprocess.CompletedProcess[str]:
    """Run the command where packages cannot be imported."""
    program = WITHOUT.format(names=names, error=error)
    line = [sys.executable, "-c", program, "assess", f"cases/{CASE}.yaml", "--as-of", CASES[CASE].isoformat(), "--fail-on", "never", "-q"]
    return subprocess.run([*line, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("format_", "missing", "extra"),
    [("pdf", "weasyprint", "pdf"), ("docx", "docxtpl", "docx"), ("docx", "resvg_py", "docx")],
)
def test_a_missing_extra_is_named_with_its_command(tmp_path: Path, format_: str, missing: str, extra: str) -> None:
    """Exit code 2, one line that says how to install it, in the language asked for; of several formats none is written."""
    for language, said in (("zh", "请运行"), ("en", "run: ")):
        done = run("--format", "md", "--format", format_, "--lang", language, "-o", f"{tmp_path}/out/", names={missing})

        assert done.returncode == 2, done.stderr
        assert done.stderr.count("\n") == 1
        assert said in done.stderr
        assert f"pip install 'child-impact[{extra}]'" in done.stderr
        assert not (tmp_path / "out").exists()


def test_a_missing_system_library_is_named(tmp_path: Path) -> None:
    """A package that is there without the library of the system that it needs is no missing package."""
    error = 'OSError("cannot load library libpango-1.0-0")'
    done = run("--format", "pdf", "-o", f"{tmp_path}/out/", names={"weasyprint"}, error=error)

    assert done.returncode == 2
    assert "libpango-1.0-0" in done.stderr
    assert "apt install" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("format_", ["md", "json", "html"])
def test_other_formats_need_no_extra(format_: str) -> None:
    """Markdown, JSON and HTML are written without any extra; the first two without the parser of markup."""
    done = run("--format", format_, names=HEAVY | (MARKUP if format_ != "html" else set()))

    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (("assess", f"cases/{CASE}.yaml", "--format", "json"), HEAVY | MARKUP | {"jinja2", "pydantic"}),
        (("assess", f"cases/{CASE}.yaml"), HEAVY | MARKUP | {"pydantic"}),
        (("ask", f"cases/{CASE}.yaml"), HEAVY | MARKUP | {"pydantic"}),
        (("--help",), HEAVY | MARKUP | {"jinja2", "durable_rules_engine", "pydantic_core", "yaml"}),
    ],
    ids=["json", "md", "ask", "help"],
)
def test_nothing_heavy_is_loaded_without_need(arguments: tuple[str, ...], unwanted: set[str]) -> None:
    """What a command does not use it does not import: start-up is fast because of it."""
    program = (
        "import atexit, sys\n"
        "atexit.register(lambda: print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr))\n"
        "from child_impact.cli.main import main\nmain()"
    )
    line = [sys.executable, "-c", program, *arguments]
    runs = [subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60, env=dict(os.environ)) for _ in range(2)]
    loaded = set(runs[1].stderr.splitlines()[-1].split())

    assert "child_impact" in loaded
    assert loaded & unwanted == set()


def test_a_figure_without_chinese_letters_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two different characters are drawn alike, no font has them: the error names one that has."""
    pytest.importorskip("resvg_py")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" font-family="x"><text>{}</text></svg>'
    monkeypatch.setattr(pictures, "_drawn", lambda *_: b"box")

    with pytest.raises(FormatUnavailable) as refused:
        pictures.picture("figure", svg.format("儿童"))
    assert refused.value.text == NO_CHINESE_FONT
    assert pictures.picture("figure", svg.format("child")).png.startswith(b"\x89PNG")


def test_missing_characters_are_named() -> None:
    """Chinese ones ask for a Chinese font, others are named, a few at most."""
    assert no_font("a儿") == NO_CHINESE_FONT
    assert no_font("（") == NO_CHINESE_FONT
    assert "😀 (U+1F600)" in no_font("😀").en
    assert "等" in no_font("אבגדהו").zh
    assert "U+05D5" not in no_font("אבגדהו").zh


def test_a_package_that_is_there_is_returned() -> None:
    """`need` is an import."""
    assert need("json", "none").__name__ == "json"
