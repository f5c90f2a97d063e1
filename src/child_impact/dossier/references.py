"""References from a fact to an entry of a list: the entry must be there."""

from collections.abc import Iterable, Mapping

from ..reading.problems import Problem
from ..reading.shape import did_you_mean
from ..reading.text import Text
from ..vocabulary.model import Field, FieldType, Vocabulary
from .facts import Fact, Listing


def unknown_references(vocabulary: Vocabulary, facts: Iterable[Fact], lists: Mapping[str, Listing]) -> list[Problem]:
    """Return a problem for every reference to an id that no entry of its list has."""
    pairs = [(fact, vocabulary.fact(fact.path)) for fact in facts]
    for name, listing in lists.items():
        fields = vocabulary.lists[name].fields
        pairs += [(fact, fields[key]) for entity in listing.entities for key, fact in entity.facts.items()]
    return [_unknown(vocabulary, fact, field, lists) for fact, field in pairs if field is not None and _is_unknown(fact, field, lists)]


def _is_unknown(fact: Fact, field: Field, lists: Mapping[str, Listing]) -> bool:
    return field.type is FieldType.REFERENCE and fact.value is not None and fact.value not in _ids(field, lists)


def _ids(field: Field, lists: Mapping[str, Listing]) -> list[str]:
    listing = lists.get(field.to or "")
    return [entity.id for entity in listing.entities] if listing is not None else []


def _unknown(vocabulary: Vocabulary, fact: Fact, field: Field, lists: Mapping[str, Listing]) -> Problem:
    assert field.to is not None
    key, written = vocabulary.lists[field.to].key, str(fact.value)
    what = Text(
        f"“{field.key.zh}”引用的“{written}”不在“{key.zh}”中", f"“{field.key.en}” refers to “{written}”, which is no entry of `{key.en}`"
    )
    ids = _ids(field, lists)
    todo = Text(f"请写“{key.zh}”中一项的编号，或先登记该项", f"write the id of an entry of `{key.en}`, or list it there first")
    if ids:
        guess = did_you_mean(written, ids)
        todo = Text(f"{guess.zh}{todo.zh}", f"{guess.en} {todo.en}")
    return Problem(fact.place, what, todo)
