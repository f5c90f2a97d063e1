"""What a dossier already says, as a form has to show it again: values with what supports them, entries of lists, and completeness."""

from collections.abc import Mapping

from msgspec import Struct

from ..dossier.facts import Dossier, Fact, OpenSet, Remark, Unlike, Value
from ..dossier.read import parsed, read_dossier
from ..dossier.spelled import Spelled, Support
from ..dossier.spelling import Speller
from ..reading.nodes import Node, Scalar
from ..reading.problems import Place
from ..reading.text import Text, fold
from ..vocabulary.model import Vocabulary
from ..vocabulary.paths import entry_path, field_path


class Backing(Struct, frozen=True):
    """What an answer or an entry rests on, as the dossier writes it: id of a document, page, and whether it is planned."""

    evidence: str | None = None
    page: str | None = None
    planned: bool | None = None

    def __bool__(self) -> bool:
        return self != Backing()


class Answer(Struct, frozen=True, eq=False):
    """One answer: its value (None: there is none), its backing, and how and where it was written, which makes no difference.

    `stated` is false where the dossier says that this is not stated, `is_open` true of a set that may have more members,
    `is_none` true where it was written as none (a figure then counts as 0). `note` is what is added in words. Where a body is not known
    the answer is not stated and `value` is what was written.
    """

    value: Value | None
    place: Place
    written: str | None = None
    backing: Backing = Backing()
    stated: bool = True
    is_open: bool = False
    is_none: bool = False
    note: Text | None = None

    @property
    def says_something(self) -> bool:
        """Return whether anything is written that has to be kept: a value, none, the name of a body that is not known, or a note."""
        return self.stated or self.value is not None or self.note is not None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answer) and self._said() == other._said()

    def __hash__(self) -> int:
        return hash(self._said())

    def lacks(self) -> frozenset[str]:
        """Return the choices that a set or a choice is said not to have."""
        return self.value.lacks if isinstance(self.value, OpenSet) else self.value.codes if isinstance(self.value, Unlike) else frozenset()

    def _said(self) -> tuple[object, ...]:
        return (self.value, self.backing, self.stated, self.is_open, self.note)


class Entry(Struct, frozen=True):
    """One entry of a list: its id, its answers by field, and its own backing.

    `standing` is that of an entry that was not done or is put off (`not_done`, `deferred`), and `why` its reason and note.
    """

    id: str
    place: Place
    answers: Mapping[str, Answer]
    backing: Backing = Backing()
    standing: str | None = None
    why: Mapping[str, Text] = {}


class Listed(Struct, frozen=True):
    """The entries of a list, whether there is nothing besides, and of which members it says that there are none or that it names all."""

    entries: tuple[Entry, ...]
    complete: bool
    place: Place
    lacks: frozenset[str] = frozenset()
    covers: frozenset[str] = frozenset()

    def is_none(self) -> bool:
        """Return whether it says that there is nothing at all."""
        return self.complete and not self.entries


class Answers(Struct, frozen=True):
    """All that a dossier says: answers by the path of the fact, lists by name. `dossier` is the same, validated."""

    dossier: Dossier
    facts: Mapping[str, Answer]
    lists: Mapping[str, Listed]


def read_answers(data: bytes, file: str, vocabulary: Vocabulary, *, is_part: bool = False) -> Answers:
    """Read what a dossier says, or a part of one, from YAML or a workbook. Raises `DossierRefused` where it is not valid."""
    dossier = read_dossier(data, file, vocabulary, is_part=is_part)
    root, _ = parsed(data, file, vocabulary)
    speller = Speller(vocabulary)
    speller.read(root)
    facts: dict[str, Answer] = {}
    for group, section in speller.sections.items():
        stated = {name: dossier.facts.get(field_path(group, name)) for name in section.keys}
        facts |= {field_path(group, name): one for name, one in _answers(section, stated, dossier.remarks, group).items()}
    lists = {}
    for name, listing in dossier.lists.items():
        spelled = speller.lists[name]
        entries = []
        for index, one in enumerate(spelled.entities):
            entity = dossier.entity_at(entry_path(name, index))
            assert entity is not None
            answers = _answers(one, entity.facts, dossier.remarks, entity.path)
            why = {key: fact.value for key in one.why if (fact := entity.facts[key]) and isinstance(fact.value, Text)}
            entries.append(Entry(entity.id, entity.place, answers, _backing(one.own), one.standing, why))
        of_entries = frozenset(fact.place for entity in listing.not_done for fact in entity.facts.values())
        lacks = frozenset(code for code, fact in listing.lacks.items() if fact.place not in of_entries)
        lists[name] = Listed(tuple(entries), listing.complete, listing.place, lacks, frozenset(listing.covers))
    return Answers(dossier, facts, lists)


def _answers(section: Spelled, facts: Mapping[str, Fact | None], remarks: Mapping[str, Remark], above: str) -> dict[str, Answer]:
    """Return the answers of a group or an entry (`above`), by field."""
    answers = {}
    for name, place in section.keys.items():
        fact, remark = facts.get(name), remarks.get(field_path(above, name))
        backing = _backing(section.support.get(name, Support()))
        if fact is not None and (name in section.values or name in section.none or name in section.lacks):
            written, is_open = _written(section.values.get(name)), isinstance(fact.value, OpenSet)
            is_none = name in section.none
            answers[name] = Answer(fact.value, fact.place, written, backing, is_open=is_open, is_none=is_none, note=fact.note)
        elif remark is not None:
            answers[name] = Answer(remark.value, remark.place, None, backing, stated=False, note=remark.note)
        else:
            answers[name] = Answer(None, place, stated=False)
    return answers


def _written(node: Node | None) -> str | None:
    return fold(node.text) if isinstance(node, Scalar) else None


def _backing(support: Support) -> Backing:
    return Backing(
        support.evidence.text if support.evidence is not None else None,
        support.page.text if support.page is not None else None,
        support.planned,
    )
