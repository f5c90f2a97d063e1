"""The questions of an assessment as a form: the header and the entries that they are about, and nothing that is answered already."""

from collections.abc import Iterable

from msgspec.structs import replace

from ..assessment.needed import ListNeed, Need, Needed
from ..assessment.questions import OpenQuestion, weight
from ..vocabulary.model import Vocabulary
from ..vocabulary.paths import parts, vocabulary_name
from .answers import Answer, Answers, Entry, Listed
from .guide import NAMES


def asked_only(answers: Answers, everything: Needed, questions: Iterable[OpenQuestion], vocabulary: Vocabulary) -> tuple[Answers, Needed]:
    """Return what a form of these questions says and asks.

    `everything` is all that the dossier needs, from which the fields of entries to come are taken. The form is itself a dossier with the
    same id, so that its answers can be merged.
    """
    form = _AskForm(answers, everything, vocabulary)
    for one in questions:
        for path in one.paths:
            form.add(path, one)
    return form.answers(), form.needed()


class _AskForm:
    def __init__(self, answers: Answers, everything: Needed, vocabulary: Vocabulary) -> None:
        self.whole = answers
        self.everything = everything
        self.vocabulary = vocabulary
        self.facts: list[Need] = []
        self.lists: dict[str, Need] = {}
        self.of: dict[str, dict[int, list[Need]]] = {}
        self.members: dict[str, dict[str, None]] = {}

    def add(self, path: str, asked: OpenQuestion) -> None:
        """Add one question about one place."""
        at, listed = parts(path), self.vocabulary.listed(path)
        criteria = tuple({finding.criterion.id: finding.criterion for finding in asked.findings}.values())
        need = Need(path, criteria, weight(asked.findings, screening=asked.screening), asked.screening)
        if listed is None:
            self.facts.append(need)
            return
        self.lists.setdefault(listed.name, replace(need, name=listed.name))
        self.members.setdefault(listed.name, {}).update(dict.fromkeys(asked.members))
        if at.index is not None:
            self.of.setdefault(listed.name, {}).setdefault(at.index, []).append(replace(need, name=vocabulary_name(path)))

    def answers(self) -> Answers:
        """Return the header and, of each list that is asked about, its entries with no more than their names."""
        header = {path: answer for path, answer in self.whole.facts.items() if self._identifies(path)}
        lists = {name: _named_only(self.whole.lists[name]) for name in self.lists if name in self.whole.lists}
        return replace(self.whole, facts=header, lists=lists)

    def needed(self) -> Needed:
        """Return what is asked."""
        lists = {}
        for name, need in self.lists.items():
            listed = self.whole.lists.get(name)
            fields = self.everything.lists[name].fields if name in self.everything.lists else ()
            of = {index: tuple(needs) for index, needs in self.of.get(name, {}).items()}
            more = listed is not None and not listed.complete
            lists[name] = ListNeed(need, fields, of, more, tuple(self.members[name]))
        return Needed(tuple(self.facts), lists)

    def _identifies(self, path: str) -> bool:
        field = self.vocabulary.fact(path)
        return field is not None and not field.group and field.required


def _named_only(listed: Listed) -> Listed:
    return Listed(tuple(_with_names(entry) for entry in listed.entries), complete=False, place=listed.place)


def _with_names(entry: Entry) -> Entry:
    if entry.standing is not None:
        return entry  # nothing is asked of it, and it keeps its place among the others
    named: dict[str, Answer] = {
        name: replace(entry.answers[name], backing=type(entry.backing)()) for name in NAMES if name in entry.answers
    }
    return Entry(entry.id, entry.place, named)
