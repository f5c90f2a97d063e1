"""What the dossier says of a demand: the facts that show it or speak against it, and what is lacking."""

from msgspec.structs import replace

from ..assessment.model import Finding
from ..conditions.syntax import Compare, Const, walk
from ..dossier.facts import Entity, Fact
from ..evaluator.proof import Gap as GapKind
from ..evaluator.proof import Missing, unique
from ..rulebook.model import Criterion
from ..vocabulary.paths import parts
from . import remarks
from .wording import Wording

MAX_FACTS = 4
MAX_CONTRARY = 8


class State:
    """Words what the dossier says of demands."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.assessment = wording.assessment
        self.zh = wording.language == "zh"

    def facts(self, facts: tuple[Fact, ...], criterion: Criterion) -> str:
        """Return facts as text, of sets those members that the demand looks for."""
        return self.wording.facts([_narrowed(fact, criterion) for fact in facts], MAX_FACTS)

    def contrary(self, facts: tuple[Fact, ...], criterion: Criterion) -> str:
        """Return the facts against a demand; of a long list that lacks something, only its length."""
        shown = against(facts, criterion)
        if len(shown) == len(facts):
            return self.facts(facts, criterion)
        lists = dict.fromkeys(at.owner for fact in facts if (at := parts(fact.path)).entry is not None)
        return self.wording.series([*([self.facts(shown, criterion)] if shown else ()), *map(self._listed, lists)])

    def unstated(self, group: list[Finding], facts: tuple[Fact, ...]) -> str:
        """Return what is stated of a demand and what is lacking; nothing where the dossier says nothing of it."""
        said = self._lack(group, facts)
        gaps = unique(gap for finding in group for gap in finding.missing)
        return self.wording.series([*([said] if said else ()), *remarks.of_gaps((gap.path for gap in gaps), self.wording)], MAX_FACTS)

    def _lack(self, group: list[Finding], facts: tuple[Fact, ...]) -> str:
        gaps = unique(gap for finding in group for gap in finding.missing)
        lists = [gap for gap in gaps if gap.gap is GapKind.MORE]
        if lists and len(lists) == len(gaps):
            return self.wording.series(dict.fromkeys(self._open_list(gap) for gap in lists))
        lacking = self._lacking(gaps)
        if lacking and group[0].criterion.over is None:
            return self._each_lacking(lacking)
        if lacking:
            labels = self.wording.listed(list(lacking))
            return f"未写明{labels}" if self.zh else f"nothing on {labels}"
        own = of_dossier(facts)
        if not own:
            return ""
        stated = self.facts(own, group[0].criterion)
        return f"只写明{stated}" if self.zh else f"it gives only {stated}"

    def _lacking(self, gaps: tuple[Missing, ...]) -> dict[str, list[Entity]]:
        """Return, by the label of a field, the listed things for which it is not stated, or not stated in full."""
        lacking: dict[str, list[Entity]] = {}
        for gap in gaps:
            entity = self.assessment.dossier.entity_at(gap.path)
            field = self.wording.vocabulary.field(gap.name)
            if gap.gap is GapKind.FACT and entity is not None and field is not None:
                label = self.wording.of(field.label)
                whole = f"{label}是否列全" if self.zh else f"whether “{label}” is complete"
                lacking.setdefault(whole if field.name in entity.facts else label, []).append(entity)
        return lacking

    def _each_lacking(self, lacking: dict[str, list[Entity]]) -> str:
        """Return what is lacking, by the things that lack it."""
        by_names: dict[str, list[str]] = {}
        for label, entities in lacking.items():
            shown = self.wording.shortened(list(dict.fromkeys(self.wording.entity(entity) for entity in entities)))
            by_names.setdefault(shown, []).append(label)
        pairs = [(shown, self.wording.listed(labels)) for shown, labels in by_names.items()]
        return self.wording.series(f"{shown}：未写明{labels}" if self.zh else f"{shown}: nothing on {labels}" for shown, labels in pairs)

    def _open_list(self, gap: Missing) -> str:
        """Return what is not said of a list: whether there is any of the members that decide, or whether all is listed."""
        listed = self.wording.vocabulary.lists[gap.name]
        if not gap.members:
            return self._listed(gap.name)
        asked = self.wording.of(listed.of_kind(listed.asks, gap.members)).rstrip("？?")
        return f"未写明{asked}" if self.zh else f"it does not say: {asked[:1].lower()}{asked[1:]}?"

    def _listed(self, name: str) -> str:
        label = self.wording.of(self.assessment.rulebook.vocabulary.lists[name].label)
        count = len(self.assessment.dossier.lists[name].entities)
        if not count:
            return f"“{label}”没有列出任何一项" if self.zh else f"nothing is listed under “{label}”"
        return f"所列{label}{count}项中未见满足此项的" if self.zh else f"the entries under “{label}” ({count}) do not show it"


def _narrowed(fact: Fact, criterion: Criterion) -> Fact:
    """Return a fact with those members of a set that the criterion looks for, if it has any of them."""
    if not isinstance(fact.value, frozenset) or fact.denies():
        return fact
    wanted: set[str] = set()
    for node in (node for part in criterion.conditions() for node in walk(part)):
        if isinstance(node, Compare) and isinstance(node.right, Const) and isinstance(node.right.value, frozenset):
            wanted |= node.right.value
    found = frozenset(fact.value & wanted)
    return replace(fact, value=found) if found else fact


def against(facts: tuple[Fact, ...], criterion: Criterion) -> tuple[Fact, ...]:
    """Return the facts against a demand that are worth showing: those of one long list are not."""
    lists = {parts(fact.path).owner for fact in facts if parts(fact.path).entry is not None}
    return of_dossier(facts) if len(facts) > MAX_CONTRARY and len(lists) == 1 and criterion.over is None else facts


def of_dossier(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return the facts that are not about one of many listed things."""
    return tuple(fact for fact in facts if parts(fact.path).entry is None)
