"""Filling in the very form that was written: every question answered through `merge` lands where the form has its blank."""

import json

from msgspec.structs import replace

from child_impact.dossier.read import read_dossier
from child_impact.reading.problems import Place

DAY = ("--as-of", "2026-05-30")
SCHOOL = ("--kind", "project", "--type", "school", "--stage", "detailed_design", "--place", "吉林省长春市")


def test_a_blank_form_takes_all_of_a_finished_dossier(call, tmp_path, vocabulary):
    """The example school, brought into a blank form key by key, says what the example says, and each key stands once."""
    example = "cases/examples/large-school.yaml"
    form, whole = tmp_path / "form.yaml", tmp_path / "whole.yaml"
    title = json.dumps("x", ensure_ascii=False)
    assert call("new", *SCHOOL, "--id", "large-school", "--title", title, "-o", form, *DAY).exit_code == 0
    done = call("merge", form, example, "--replace", "-o", whole)
    assert done.exit_code == 0, done.stderr
    mine, theirs = (read_dossier(path.read_bytes(), "a", vocabulary) for path in (whole, tmp_path.cwd() / example))

    def plain(facts):
        return {path: replace(fact, place=Place("")) for path, fact in facts.items()}

    assert plain(mine.facts) == plain(theirs.facts)
    assert {name: [plain(e.facts) for e in one.entities] for name, one in mine.lists.items()} == {
        name: [plain(e.facts) for e in one.entities] for name, one in theirs.lists.items()
    }
    comments = [line for line in form.read_text(encoding="utf-8").splitlines() if line.lstrip().startswith("#")]
    kept = set(whole.read_text(encoding="utf-8").splitlines())
    assert set(comments) <= kept
