"""Dossiers with mistakes are refused with exit code 4: each problem on its own line, with place and remedy, in both languages."""

from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
EXPECTED = yaml.safe_load((HERE / "dossiers.yaml").read_text(encoding="utf-8"))
ARROW = " → "


def place(file: str, line: int | None, column: int | None) -> str:
    return ":".join(str(part) for part in (f"dossiers/{file}", line, column) if part is not None)


def test_every_bad_dossier_is_in_the_table():
    """The table names each file of the folder, and only those."""
    assert sorted(EXPECTED) == sorted(path.name for path in (HERE / "dossiers").iterdir())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("file", EXPECTED)
def test_a_bad_dossier_is_refused_with_every_problem_at_its_place(command, file, language):
    """A dossier with mistakes ends in exit code 4, one line for each problem in the order of the file, and nothing on standard output."""
    done = command("assess", f"dossiers/{file}", "--lang", language, cwd=HERE)
    said = done.stderr.decode()
    assert done.returncode == 4, said
    assert done.stdout == b""
    assert "Traceback" not in said
    lines = said.splitlines()
    assert len(lines) == len(EXPECTED[file]), said
    for line, problem in zip(lines, EXPECTED[file], strict=True):
        at, what = place(file, problem["line"], problem["column"]), problem[language]
        assert line.startswith(f"{at}：{what}" if language == "zh" else f"{at}: {what}"), line
        assert line.partition(ARROW)[2].strip(), "a problem comes with what to do about it"


def test_a_missing_file_is_refused_like_a_bad_one(command, tmp_path):
    """A dossier that is not there, or is a directory, ends in exit code 4 and names the path."""
    for path in (tmp_path / "missing.yaml", tmp_path):
        done = command("assess", path)
        assert done.returncode == 4
        assert done.stdout == b""
        assert str(path) in done.stderr.decode()


def test_a_file_above_the_limit_of_size_is_refused(command, tmp_path):
    """A dossier above the limit of size ends in exit code 4 and names the limit."""
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"summary: " + b"x" * 2_100_000)
    done = command("assess", huge, "--lang", "en")
    assert done.returncode == 4
    assert "more than the limit of 2000000" in done.stderr.decode()
