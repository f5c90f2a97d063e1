"""Paths of facts: taken apart in one place, and for every place of every shipped dossier."""

from pathlib import Path

import pytest

from child_impact.dossier.read import read_dossier
from child_impact.vocabulary.model import Vocabulary
from child_impact.vocabulary.paths import Parts, entry_path, field_path, parts, vocabulary_name

CASES = Path(__file__).parent.parent / "cases"
DOSSIERS = sorted(path for path in CASES.rglob("*.yaml") if path.parent.name != "expected")


@pytest.mark.parametrize(
    ("path", "taken", "index", "name"),
    [
        ("title", Parts("", None, "title"), None, "title"),
        ("children.groups", Parts("children", None, "groups"), None, "children.groups"),
        ("facilities", Parts("", None, "facilities"), None, "facilities"),
        ("facilities[2]", Parts("facilities", "2", ""), 2, "facilities"),
        ("facilities[12].area", Parts("facilities", "12", "area"), 12, "facilities.area"),
        ("facilities[?].area", Parts("facilities", "?", "area"), None, "facilities.area"),
        ("facilities.area", Parts("facilities", None, "area"), None, "facilities.area"),
    ],
)
def test_a_path_is_taken_apart(path: str, taken: Parts, index: int | None, name: str) -> None:
    """Facts of the header and of groups, lists, entries that are there and that are not, and names in the vocabulary."""
    assert parts(path) == taken
    assert parts(path).index == index
    assert vocabulary_name(path) == name


@pytest.mark.parametrize("file", DOSSIERS, ids=[path.stem for path in DOSSIERS])
def test_every_path_of_a_dossier_leads_back(vocabulary: Vocabulary, file: Path) -> None:
    """To its field, its list and its entry; put together again it is the same."""
    dossier = read_dossier(file.read_bytes(), file.name, vocabulary)
    for path, fact in dossier.facts.items():
        field = vocabulary.field(path)
        assert field is vocabulary.fact(path) is not None
        assert fact.path == path == field_path(field.group, field.name)
        assert vocabulary.listed(path) is dossier.entity_at(path) is None
        assert fact in dossier.of_group(field.group)
    for name, listing in dossier.lists.items():
        assert vocabulary.listed(name) is vocabulary.lists[name]
        for number, entity in enumerate(listing.entities):
            assert entity.path == entry_path(name, number)
            assert vocabulary.field(entity.path) is None
            for key, fact in entity.facts.items():
                assert fact.path == field_path(entity.path, key)
                assert vocabulary.field(fact.path) is vocabulary.field(vocabulary_name(fact.path)) is vocabulary.lists[name].fields[key]
                assert vocabulary.listed(fact.path) is vocabulary.lists[name]
                assert dossier.entity_at(fact.path) is entity
