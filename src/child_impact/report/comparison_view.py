"""The view models of two comparisons as documents: what changed from one version to the next, and how two options weigh."""

from typing import ClassVar

from msgspec import Struct

from ..assessment.balance import Leaning, Side, Weighed, weigh
from ..assessment.comparison import Pair, compare, held
from ..assessment.model import Assessment
from ..reading.text import Text
from ..vocabulary.values import PartialDate
from .comparison_text import CHANGES, ComparisonText, is_told
from .rows import Selection
from .wording import Wording

MAX_UNDECIDED = 30
_NOT_HELD = Text("未列入（无需评价）", "not held against it (no assessment is due)")


class Compared(Struct, frozen=True):
    """One of the two assessments."""

    title: str
    file: str
    day: str
    outcome: str


class BothSides(Struct, frozen=True):
    """What a row is about, and what each side says."""

    title: str
    first: str
    second: str


class Changed(Struct, frozen=True):
    """Findings of one kind of change: `code` is its name, `count` how many there are; `rows` are those worth telling."""

    code: str
    label: str
    count: int
    rows: list[BothSides]


class ComparisonView(Struct, frozen=True):
    """What the template of a comparison of versions prints."""

    TEMPLATE: ClassVar = "comparison"

    sides: tuple[Compared, Compared]
    groups: list[Changed]


class OptionsView(Struct, frozen=True):
    """What the template of a comparison of options prints. `alike` is only counted: neither option falls short there."""

    TEMPLATE: ClassVar = "options"

    sides: tuple[Compared, Compared]
    first_better: list[BothSides]
    second_better: list[BothSides]
    both_short: list[BothSides]
    undecided: Selection[BothSides]
    undecided_count: int
    alike: int


def comparison_view(wording: Wording, old: Assessment, new: Assessment) -> ComparisonView:
    """Return what changed from one version to the next, in the language of `wording`."""
    pairs = compare(map(held, old.findings), map(held, new.findings))
    text = ComparisonText(wording)
    groups = []
    for change, label in CHANGES.items():
        mine = [pair for pair in pairs if pair.change is change]
        rows = [_changed(pair, text) for pair in mine if is_told(pair)]
        groups.append(Changed(change.value, wording.of(label), len(mine), rows))
    return ComparisonView((_compared(old, wording), _compared(new, wording)), groups)


def options_view(wording: Wording, first: Assessment, second: Assessment) -> OptionsView:
    """Return how two options weigh, in the language of `wording`."""
    weighed = weigh(first, second)
    rows = {leaning: [_weighed(one, wording) for one in weighed if one.leaning is leaning] for leaning in Leaning}
    undecided = sorted(rows[Leaning.UNDECIDED], key=lambda row: row.first == row.second)  # where the options differ, first
    return OptionsView(
        sides=(_compared(first, wording), _compared(second, wording)),
        first_better=rows[Leaning.FIRST],
        second_better=rows[Leaning.SECOND],
        both_short=rows[Leaning.BOTH_SHORT],
        undecided=Selection.first(undecided, MAX_UNDECIDED),
        undecided_count=len(rows[Leaning.UNDECIDED]),
        alike=len(rows[Leaning.ALIKE]),
    )


def _compared(assessment: Assessment, wording: Wording) -> Compared:
    dossier = assessment.dossier
    day = wording.day(PartialDate.of(assessment.as_of))
    return Compared(wording.of(dossier.text("title")), dossier.file, day, wording.of(assessment.outcome.label))


def _changed(pair: Pair, text: ComparisonText) -> BothSides:
    return BothSides(text.title(pair), text.verdict(pair.old, pair), text.verdict(pair.new, pair))


def _weighed(one: Weighed, wording: Wording) -> BothSides:
    return BothSides(wording.of(one.shown.title), _side(one.first, wording), _side(one.second, wording))


def _side(side: Side | None, wording: Wording) -> str:
    if side is None:
        return wording.of(_NOT_HELD)
    worst, zh = side.worst, wording.language == "zh"
    notes = []
    if side.short and side.findings > 1:
        notes.append(f"{side.findings}处中{side.short}处" if zh else f"{side.short} of {side.findings}")
    if worst.is_gap:
        notes += [wording.code("force", worst.force.value), wording.code("obligation", worst.obligation.value)]
    said, noted = wording.verdict(worst), wording.join(notes)
    return said if not noted else f"{said}（{noted}）" if zh else f"{said} ({noted})"
