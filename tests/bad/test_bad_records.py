"""Reviewers' records with mistakes are refused with exit code 4: each problem with its place and a remedy, in both languages."""

from pathlib import Path

import click.testing
import pytest
import yaml

from child_impact.cli.main import cli

RECORDS = yaml.safe_load((Path(__file__).parent / "records.yaml").read_text(encoding="utf-8"))
ARROW = " → "


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("mistake", RECORDS)
def test_a_bad_record_is_refused_with_every_problem_at_its_place(dossier_file, tmp_path, mistake, language):
    """One line for each problem in the order of the file, and nothing on standard output."""
    dossier, record = dossier_file("park.yaml", id="park"), tmp_path / "review.yaml"
    record.write_text(RECORDS[mistake]["text"], encoding="utf-8")
    line = ["assess", str(dossier), "--review", str(record), "--lang", language]
    done = click.testing.CliRunner().invoke(cli, line, catch_exceptions=False)
    assert done.exit_code == 4, done.stderr
    assert done.stdout == ""
    lines, expected = done.stderr.splitlines(), RECORDS[mistake]["said"]
    assert len(lines) == len(expected), done.stderr
    colon = "：" if language == "zh" else ": "
    for said, problem in zip(lines, expected, strict=True):
        assert said.startswith(f"{record}:{problem['line']}:{problem['column']}{colon}{problem[language]}"), said
        assert said.partition(ARROW)[2].strip(), "a problem comes with what to do about it"


def test_a_record_that_cannot_be_read(dossier_file, tmp_path):
    """A missing file, a directory and another encoding end in 4 and are named."""
    gbk = tmp_path / "gbk.yaml"
    gbk.write_bytes("档案: park".encode("gbk"))
    for file, said in (
        (tmp_path / "missing.yaml", "the reviewer's record cannot be read"),
        (tmp_path, "cannot be read"),
        (gbk, "not UTF-8"),
    ):
        line = ["assess", str(dossier_file("park.yaml", id="park")), "--review", str(file), "--lang", "en"]
        done = click.testing.CliRunner().invoke(cli, line, catch_exceptions=False)
        assert (done.exit_code, done.stdout) == (4, "")
        assert said in done.stderr
        assert str(file) in done.stderr
