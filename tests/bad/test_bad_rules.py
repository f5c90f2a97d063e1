"""Broken rules are refused with exit code 3, at the line that is wrong, in words that help their author."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
MISTAKES = yaml.safe_load((HERE / "rules.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the small rules directory, to be broken."""
    return shutil.copytree(HERE / "minimal-rules", tmp_path / "rules")


def break_rules(rules: Path, mistake: dict[str, Any]) -> None:
    file = rules / mistake["file"]
    text = mistake.get("text", file.read_text(encoding="utf-8") + mistake.get("append", ""))
    if "instead_of" in mistake:
        assert mistake["instead_of"] in text, "the entry no longer fits minimal-rules"
        text = text.replace(mistake["instead_of"], mistake["put"], 1)
    file.write_text(text, encoding="gbk" if mistake.get("gbk") else "utf-8")


def test_the_small_rules_are_valid_before_they_are_broken(command, rules):
    """The rules that every entry breaks are accepted as they stand."""
    done = command("rules", "list", "--rules", rules)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2


@pytest.mark.parametrize("mistake", MISTAKES, ids=[entry["mistake"] for entry in MISTAKES])
def test_a_mistake_in_the_rules_is_refused_at_its_line(command, rules, mistake):
    """A mistake in the rules ends in exit code 3 with file, line and an explanation in both languages, and writes no document."""
    break_rules(rules, mistake)
    for language in ("zh", "en"):
        done = command("rules", "list", "--rules", rules, "--lang", language)
        said = done.stderr.decode()
        assert done.returncode == 3, said
        assert done.stdout == b""
        assert "Traceback" not in said
        line = next((line for line in said.splitlines() if mistake[language] in line), None)
        assert line is not None, said
        assert line.startswith(f"{mistake.get('seen_in', mistake['file'])}:{mistake['at']}"), line


def test_all_mistakes_of_one_part_are_reported_at_once(command, rules):
    """Two mistakes in two criteria are both named in one run."""
    for entry in ("an unknown role", "an unknown stage"):
        break_rules(rules, next(mistake for mistake in MISTAKES if mistake["mistake"] == entry))
    said = command("rules", "list", "--rules", rules, "--lang", "en").stderr.decode()
    assert "opponent" in said
    assert "accepted" in said


def test_rules_without_a_version_are_refused(command, rules):
    """The file that gives the version is named, with what to write in it."""
    (rules / "rulebook.yaml").unlink()
    for language, said in (("zh", "规则没有版本"), ("en", "the rules have no version")):
        done = command("rules", "lint", "--rules", rules, "--lang", language)
        assert done.returncode == 3
        assert done.stderr.decode().startswith("rulebook.yaml")
        assert said in done.stderr.decode()
        assert "2026.12.0" in done.stderr.decode()


def test_assess_refuses_broken_rules_before_it_reads_a_dossier(command, rules, tmp_path):
    """Rules come first: with broken rules even a missing dossier is answered with exit code 3."""
    break_rules(rules, MISTAKES[0])
    done = command("assess", tmp_path / "missing.yaml", "--rules", rules)
    assert done.returncode == 3
    assert done.stdout == b""


def test_a_directory_without_rules_is_refused(command, tmp_path):
    """An empty directory given as rules ends in exit code 3 and says what a rules directory holds."""
    done = command("rules", "list", "--rules", tmp_path, "--lang", "en")
    assert done.returncode == 3
    assert b"vocabulary, sources, criteria" in done.stderr
