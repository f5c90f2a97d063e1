"""What a proposal has still to be asked: every fact that can change a finding, found by the evaluators and not by a list of ours."""

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from ..dossier.facts import Dossier, Listing, any_of
from ..evaluator.proof import Gap, Missing, unique
from ..reading.problems import Place
from ..rulebook.model import Criterion
from ..vocabulary.model import Vocabulary
from ..vocabulary.paths import BLANK, field_path, parts
from .assess import Assessor
from .model import Finding
from .questions import weight

_DOCUMENTS = "documents"


class Need(Struct, frozen=True):
    """One thing to ask: its path in the vocabulary, the criteria that wait for it (weightiest first), and how much they weigh."""

    name: str
    criteria: tuple[Criterion, ...]
    weight: tuple[int, ...]
    screening: bool = False


class ListNeed(Struct, frozen=True):
    """What a list has to be asked.

    `fields` are those that matter of an entry to come, `of` those that matter of each entry that is there, by its index. `more`: whether
    the list is complete. `members`: those of which it is to say whether there are any; where there are none, the list need not be complete.
    """

    need: Need
    fields: tuple[Need, ...]
    of: Mapping[int, tuple[Need, ...]]
    more: bool
    members: tuple[str, ...] = ()


class Needed(Struct, frozen=True):
    """All that is still to be asked about a proposal, the weightiest first: single facts, and lists by name."""

    facts: tuple[Need, ...]
    lists: Mapping[str, ListNeed]

    def with_documents(self, dossier: Dossier, vocabulary: Vocabulary) -> "Needed":
        """Return the same with the list of documents at the end, which no criterion may need but every evidence does."""
        if _DOCUMENTS in self.lists or _DOCUMENTS in dossier.lists or _DOCUMENTS not in vocabulary.lists:
            return self
        last = (*max((one.need.weight for one in self.lists.values()), default=()), 1)
        fields = tuple(Need(field_path(_DOCUMENTS, name), (), ()) for name in vocabulary.lists[_DOCUMENTS].fields)
        return replace(self, lists={**self.lists, _DOCUMENTS: ListNeed(Need(_DOCUMENTS, (), last), fields, {}, more=False)})


def needed(dossier: Dossier, assessor: Assessor, today: date, as_of: date | None = None) -> Needed:
    """Return what can still change a finding of a dossier.

    Every list that is absent or open is given one entry of which nothing is stated: what the evaluators miss in it is what matters of an
    entry to come. So a proposal is asked what its kind, types, stage and stated facts call for, and nothing else.
    """
    vocabulary = assessor.rulebook.vocabulary
    assessment = assessor.assess(_with_blanks(dossier, vocabulary), today, as_of)
    waiting = _Waiting()
    if assessment.screening.due is None:
        for gap in assessment.screening.proof.missing:
            waiting.for_(gap).screening = True
    for finding in assessment.findings:
        if finding.is_gap:
            proofs = (finding.when, *(proof for proof in (finding.require, finding.unless) if proof is not None))
            for gap in unique(gap for proof in proofs for gap in proof.missing):
                waiting.for_(gap).findings.append(finding)
    return waiting.sorted(dossier)


def _with_blanks(dossier: Dossier, vocabulary: Vocabulary) -> Dossier:
    stated = dossier.lists
    complete = {name for name, listing in stated.items() if listing.complete}
    lists = {name: stated[name] if name in complete else _with_blank(stated.get(name), name) for name in vocabulary.lists}
    return replace(dossier, lists=lists)


def _with_blank(listing: Listing | None, name: str) -> Listing:
    if listing is None:
        return Listing(name, (any_of(name, ""),), complete=False, place=Place(""))
    return replace(listing, entities=(*listing.entities, listing.other() or any_of(name, "")))


class _Asked(Struct):
    """What waits for one answer."""

    findings: list[Finding] = field(default_factory=list)
    screening: bool = False
    members: dict[str, None] = field(default_factory=dict)

    def need(self, name: str) -> Need:
        """Return it as a need. A criterion that waits in several entries is named once."""
        by_weight = sorted(self.findings, key=lambda one: weight((one,), screening=False))
        criteria = {one.criterion.id: one.criterion for one in by_weight}
        return Need(name, tuple(criteria.values()), weight(self.findings, screening=self.screening), self.screening)


class _Waiting:
    """What waits for answers: for single facts by path, for fields of entries by list, entry and field, for lists as such."""

    def __init__(self) -> None:
        self.facts: dict[str, _Asked] = {}
        self.fields: dict[str, dict[str, dict[str, _Asked]]] = {}
        self.lists: dict[str, _Asked] = {}

    def for_(self, gap: Missing) -> _Asked:
        """Return what waits for a gap to be closed."""
        at = parts(gap.path)
        if at.entry is not None:
            self.lists.setdefault(at.owner, _Asked())
            return self.fields.setdefault(at.owner, {}).setdefault(at.entry, {}).setdefault(at.name, _Asked())
        of = self.facts if gap.gap is Gap.FACT else self.lists
        asked = of.setdefault(gap.path, _Asked())
        asked.members |= dict.fromkeys(gap.members)
        return asked

    def sorted(self, dossier: Dossier) -> Needed:
        """Return all as needs."""
        facts = _by_weight(asked.need(path) for path, asked in self.facts.items())
        lists = {name: self._list(name, asked, dossier) for name, asked in self.lists.items()}
        return Needed(facts, dict(sorted(lists.items(), key=lambda one: one[1].need.weight)))

    def _list(self, name: str, asked: _Asked, dossier: Dossier) -> ListNeed:
        by_entry = {
            index: _by_weight(one.need(field_path(name, field_)) for field_, one in fields.items())
            for index, fields in self.fields.get(name, {}).items()
        }
        every = {id(finding): finding for of in self.fields.get(name, {}).values() for one in of.values() for finding in one.findings}
        every |= {id(finding): finding for finding in asked.findings}
        screening = asked.screening or any(one.screening for of in self.fields.get(name, {}).values() for one in of.values())
        of = {int(index): needs for index, needs in by_entry.items() if index != BLANK}
        listing = dossier.lists.get(name)
        more = listing is not None and not listing.complete
        return ListNeed(_Asked(list(every.values()), screening).need(name), by_entry.get(BLANK, ()), of, more, tuple(asked.members))


def _by_weight(needs: Iterable[Need]) -> tuple[Need, ...]:
    return tuple(sorted(needs, key=lambda one: one.weight))
