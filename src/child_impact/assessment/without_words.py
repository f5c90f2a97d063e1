"""Whether anything is judged by words: every note erased or replaced changes no verdict; every body replaced makes no more met."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from itertools import count

from msgspec import Struct

from ..dossier.facts import Dossier
from ..dossier.read import read_tree
from ..dossier.reworded import Rewording, Words
from ..reading.nodes import Node
from ..reading.problems import DossierRefused
from ..rulebook.cases import Case
from ..rulebook.model import Profile, Rulebook
from ..rulebook.uses import narrowed
from ..vocabulary.model import FieldType, Vocabulary
from .assess import Assessor
from .model import Verdict


def _always(words: str | None) -> Words:
    return lambda: words


def _any_words() -> Words:
    """Return words that name nothing, another each time, so that none names what another does."""
    numbers = count()
    return lambda: f"词{next(numbers):04d}语"


NOTES: dict[str, Callable[[], Words]] = {"erased": partial(_always, None), "待定": partial(_always, "待定"), "any word": _any_words}
BODIES: dict[str, Callable[[], Words]] = {"有关部门": partial(_always, "有关部门"), "any word": _any_words}
"""How words are replaced, by what it is called."""


_Verdicts = dict[tuple[str, str], Verdict]
"""Verdicts by criterion and entity."""


class Trial(Struct, frozen=True):
    """One dossier to try: where it is from, its tree, the day, and the criterion that it is about (empty: all)."""

    name: str
    tree: Node
    as_of: date | None
    criterion: str = ""


class Tried(Struct):
    """What was tried: how many dossiers, how many words were replaced in all, and what is wrong."""

    dossiers: int = 0
    words: int = 0
    wrong: list[str] = []


def trials(cases: Iterable[Case]) -> list[Trial]:
    """Return the criteria's own cases as trials, those of a criterion together."""
    made = [Trial(f"{case.place}: {case.name}", case.dossier, case.as_of, case.criterion) for case in cases]
    return sorted(made, key=lambda one: one.criterion)


class Trier:
    """Replaces the words of dossiers in every way, and compares what the plain evaluator says of them under one rulebook and profile."""

    def __init__(self, rulebook: Rulebook, profile: Profile, today: date) -> None:
        self._rulebook = rulebook
        self._profile = profile
        self._today = today
        self._assessor = Assessor(rulebook, profile, compared=False)
        self._of = ""
        self._judged: list[tuple[Dossier, _Verdicts]] = []

    def __call__(self, tried: Iterable[Trial]) -> Tried:
        """Try dossiers; those of one criterion are to come one after the other."""
        result = Tried(wrong=[])
        for one in tried:
            if one.criterion != self._of:
                kept = narrowed(self._rulebook, (one.criterion,)) if one.criterion else self._rulebook
                self._assessor, self._of = Assessor(kept, self._profile, compared=False), one.criterion
            self._try(one, result)
        return result

    def _try(self, one: Trial, result: Tried) -> None:
        result.dossiers += 1
        self._judged.clear()
        notes = self._replaced(one, FieldType.NOTE, NOTES, result)
        before = self._verdicts(one, one.tree) if notes else {}
        for name, tree in notes.items():
            found = self._verdicts(one, tree)
            result.wrong += [f"{one.name}: notes {name}: {key} {before.get(key)} → {found.get(key)}" for key in _differing(before, found)]
        bodies = self._replaced(one, FieldType.BODY, BODIES, result)
        blank = self._verdicts(one, Rewording(self._vocabulary, (FieldType.BODY,), _always(None)).of(one.tree)) if bodies else {}
        for name, tree in bodies.items():
            met = [key for key, verdict in self._verdicts(one, tree).items() if verdict is Verdict.MET]
            more = [key for key in met if blank.get(key) is not Verdict.MET]
            result.wrong += [f"{one.name}: bodies {name}: {key} met, {blank.get(key)} with a blank" for key in more]

    @property
    def _vocabulary(self) -> Vocabulary:
        return self._rulebook.vocabulary

    def _replaced(self, one: Trial, type_: FieldType, ways: Mapping[str, Callable[[], Words]], result: Tried) -> dict[str, Node]:
        """Return a dossier with its words of a type replaced in every way, by what the way is called; nothing where it has none."""
        trees = {}
        for name, made in ways.items():
            rewording = Rewording(self._vocabulary, (type_,), made())
            tree = rewording.of(one.tree)
            if not rewording.replaced:
                return {}
            trees[name] = tree
            result.words += rewording.replaced
        return trees

    def _verdicts(self, one: Trial, tree: Node) -> _Verdicts:
        try:
            dossier = read_tree(tree, one.name, "", self._vocabulary)
        except DossierRefused as refused:
            return {(f"refused: {refused}", ""): Verdict.NOT_APPLICABLE}
        for known, verdicts in self._judged:
            if known.facts == dossier.facts and known.lists == dossier.lists:  # and nothing else of it is judged
                return verdicts
        found = self._assessor.judge(dossier, one.as_of or self._assessor.day(dossier, self._today))
        verdicts = {(finding.criterion.id, finding.entity.id if finding.entity else ""): finding.verdict for finding in found}
        self._judged.append((dossier, verdicts))
        return verdicts


def _differing(before: Mapping[tuple[str, str], Verdict], after: Mapping[tuple[str, str], Verdict]) -> list[tuple[str, str]]:
    return [key for key in dict.fromkeys((*before, *after)) if before.get(key) is not after.get(key)]
