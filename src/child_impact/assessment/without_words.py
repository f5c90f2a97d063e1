"""Whether anything is judged by words: every note erased or replaced changes no verdict; every body replaced makes no more met."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from itertools import count

from msgspec import Struct

from ..dossier.read import read_tree
from ..dossier.reworded import Rewording, Words
from ..reading.nodes import Node
from ..reading.problems import DossierRefused
from ..rulebook.cases import Case
from ..rulebook.model import Profile, Rulebook
from ..rulebook.uses import narrowed
from ..vocabulary.model import FieldType
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


def try_without_words(tried: Iterable[Trial], rulebook: Rulebook, profile: Profile, today: date) -> Tried:
    """Replace the words of dossiers in every way, and compare what is judged."""
    result = Tried(wrong=[])
    assessor, of = Assessor(rulebook, profile, compared=False), ""
    for one in tried:
        if one.criterion != of:
            assessor, of = Assessor(narrowed(rulebook, (one.criterion,)), profile, compared=False), one.criterion
        _try(one, assessor, today, result)
    return result


def _try(one: Trial, assessor: Assessor, today: date, result: Tried) -> None:
    vocabulary = assessor.rulebook.vocabulary

    def judged(types: tuple[FieldType, ...], words: Words) -> Mapping[tuple[str, str], Verdict] | None:
        rewording = Rewording(vocabulary, types, words)
        tree = rewording.of(one.tree)
        result.words += rewording.replaced
        return _verdicts(one, tree, assessor, today) if rewording.replaced else None

    result.dossiers += 1
    before = None
    for name, made in NOTES.items():
        found = judged((FieldType.NOTE,), made())
        if found is None:
            break
        before = before or _verdicts(one, one.tree, assessor, today)
        result.wrong += [f"{one.name}: notes {name}: {key} {before.get(key)} → {found.get(key)}" for key in _differing(before, found)]
    blank = judged((FieldType.BODY,), _always(None))
    for name, made in BODIES.items():
        found = judged((FieldType.BODY,), made()) if blank is not None else None
        if blank is not None and found is not None:
            more = [key for key, verdict in found.items() if verdict is Verdict.MET and blank.get(key) is not Verdict.MET]
            result.wrong += [f"{one.name}: bodies {name}: {key} met, {blank.get(key)} with a blank" for key in more]


def _verdicts(one: Trial, tree: Node, assessor: Assessor, today: date) -> dict[tuple[str, str], Verdict]:
    try:
        dossier = read_tree(tree, one.name, "", assessor.rulebook.vocabulary)
    except DossierRefused as refused:
        return {(f"refused: {refused}", ""): Verdict.NOT_APPLICABLE}
    if one.criterion:
        found = [finding for finding in assessor.judge(dossier, one.as_of or today) if finding.criterion.id == one.criterion]
    else:
        found = list(assessor.assess(dossier, one.as_of or today, one.as_of).findings)
    return {(finding.criterion.id, finding.entity.id if finding.entity else ""): finding.verdict for finding in found}


def _differing(before: Mapping[tuple[str, str], Verdict], after: Mapping[tuple[str, str], Verdict]) -> list[tuple[str, str]]:
    return [key for key in dict.fromkeys((*before, *after)) if before.get(key) is not after.get(key)]
