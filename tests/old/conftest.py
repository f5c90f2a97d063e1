"""Small rules whose vocabulary has moved keys of every kind."""

import shutil
from pathlib import Path

import pytest

from child_impact.rulebook.store import open_rulebook
from child_impact.vocabulary.model import Vocabulary

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def moved_rules(small_rules: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small rules directory, with the keys of `vocabulary/` here: new ones, and what is said of the old."""
    rules = shutil.copytree(small_rules, tmp_path_factory.mktemp("moved") / "rules")
    for file in (HERE / "vocabulary").iterdir():
        shutil.copy(file, rules / "vocabulary" / file.name)
    return rules


@pytest.fixture(scope="session")
def today(moved_rules: Path) -> Vocabulary:
    """The vocabulary of these rules."""
    return open_rulebook(moved_rules).vocabulary
