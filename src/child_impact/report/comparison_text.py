"""What changed from one assessment to another as text for a terminal."""

from ..assessment.comparison import Change, Held, Pair, compare, held
from ..assessment.model import Assessment, Verdict
from ..reading.text import Text
from ..vocabulary.values import PartialDate
from .wording import Wording

CHANGES = {
    Change.NEW: Text("新出现", "New"),
    Change.WORSE: Text("变差", "Worse"),
    Change.BETTER: Text("改善", "Better"),
    Change.CLOSED: Text("已解决", "Closed"),
    Change.OTHER: Text("其他变化", "Changed otherwise"),
    Change.UNCHANGED: Text("未变", "Unchanged"),
}
_OLD, _NEW = Text("旧", "Old"), Text("新", "New")
_GONE = Text("没有此项", "not there")
_MOOT = Text("不影响结论", "moot")


class ComparisonText:
    """Words comparisons in one language."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.zh = wording.language == "zh"

    def whole(self, old: Assessment, new: Assessment) -> str:
        """Return what two assessments are, and the changes by kind; of what is unchanged, only what still asks for something."""
        pairs = compare(map(held, old.findings), map(held, new.findings))
        head = "\n".join([self._assessment(_OLD, old), self._assessment(_NEW, new)])
        return "\n\n".join([head, *self.groups(pairs)]) + "\n"

    def groups(self, pairs: list[Pair]) -> list[str]:
        """Return a block of lines for each kind of change that occurs."""
        return [self._group(change, mine) for change in CHANGES if (mine := [pair for pair in pairs if pair.change is change])]

    def _assessment(self, label: Text, assessment: Assessment) -> str:
        title, outcome = self.wording.of(assessment.dossier.text("title")), self.wording.of(assessment.outcome.label)
        day, file = self.wording.day(PartialDate.of(assessment.as_of)), assessment.dossier.file
        if self.zh:
            return f"{label.zh}：{title}（{file}，{day}）：{outcome}"
        return f"{label.en}: {title} ({file}, {day}): {outcome}"

    def _group(self, change: Change, pairs: list[Pair]) -> str:
        listed = [pair for pair in pairs if is_told(pair)]
        lines = [f"  - {self.pair(pair)}" for pair in listed]
        rest = len(pairs) - len(listed)
        if rest:
            lines.append(f"  {self._rest(change, rest, others=bool(listed))}")
        label = CHANGES[change].in_(self.wording.language)
        return "\n".join([f"{label}（{len(pairs)}）" if self.zh else f"{label} ({len(pairs)})", *lines])

    def _rest(self, change: Change, number: int, *, others: bool) -> str:
        said = Text("符合、不适用或不影响结论", "met, not applicable or moot")
        if change is Change.OTHER:
            said = Text("前后都不提要求", "nothing is asked before or after")
        return f"{'另' if others else ''}{number}项{said.zh}" if self.zh else f"{number}{' more' if others else ''}: {said.en}"

    def pair(self, pair: Pair) -> str:
        """Return one finding: its title, the entity, the verdict before and after."""
        title = self.title(pair)
        old, new = self.verdict(pair.old, pair), self.verdict(pair.new, pair)
        said = old if old == new else f"{old} → {new}"
        return f"{title}：{said}" if self.zh else f"{title}: {said}"

    def title(self, pair: Pair) -> str:
        """Return what a finding is about: its title and the entity."""
        shown = pair.shown
        about = (self.wording.of(shown.name) or shown.entity) if shown.entity is not None else ""
        title = self.wording.of(shown.title)
        return title if not about else f"{title}（{about}）" if self.zh else f"{title} ({about})"

    def verdict(self, one: Held | None, pair: Pair) -> str:
        """Return the verdict of one side, with what its weight and strength are where that matters."""
        if one is None:
            return _GONE.in_(self.wording.language)
        notes = []
        if one.is_moot:
            notes.append(_MOOT.in_(self.wording.language))
        if one.verdict is Verdict.MET and one.strength is not None and _differ_in_strength(pair):
            notes.append(self.wording.code("strength", one.strength.name.lower()))
        if one.is_gap:
            notes += [self.wording.code("force", one.force.value), self.wording.code("obligation", one.obligation.value)]
        said, noted = self.wording.verdict(one), self.wording.join(notes)
        return said if not noted else f"{said}（{noted}）" if self.zh else f"{said} ({noted})"


def is_told(pair: Pair) -> bool:
    """Return whether a pair is worth a line: it asks for something, or a credit was won or lost."""
    both = [one for one in (pair.old, pair.new) if one is not None]
    changed = pair.change is not Change.UNCHANGED
    return any(one.is_gap or (changed and one.verdict is Verdict.MET) for one in both)


def _differ_in_strength(pair: Pair) -> bool:
    return pair.old is not None and pair.new is not None and pair.old.verdict is pair.new.verdict and pair.old.strength != pair.new.strength
