"""`rules test --without-notes`: whether anything is judged by words."""

from datetime import date
from pathlib import Path

import click

from ..assessment.without_words import Trial, trials, try_without_words
from ..reading.yaml12 import read_yaml
from ..rulebook.cases import Case
from ..rulebook.model import Profile, Rulebook

_NO_DOSSIERS = "expected"
"""The folder among the shipped dossiers that holds what is expected of them."""


def without_notes(cases: list[Case], rulebook: Rulebook, profile: Profile, rules: Path, *, named: bool) -> int:
    """Try cases, and, unless some were `named`, the dossiers in the folder `cases` beside the rules. Return how many things are wrong."""
    folder = rules.parent / "cases"
    paths = [] if named else sorted(path for path in folder.rglob("*.yaml") if path.parent.name != _NO_DOSSIERS)
    shipped = [Trial(path.name, read_yaml(path.read_bytes(), path.name), None) for path in paths]
    done = try_without_words([*shipped, *trials(cases)], rulebook, profile, date.today())
    for wrong in done.wrong:
        click.echo(wrong, err=True)
    click.echo(f"{len(cases)} cases and {len(shipped)} dossiers, {done.words} words replaced, {len(done.wrong)} wrong")
    return len(done.wrong)
