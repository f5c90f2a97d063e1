"""The figures that follow from what a dossier states: pupils a class, ground per pupil, places a dwelling."""

from decimal import Decimal

from ..dossier.facts import Fact
from ..evaluator.evaluate import Evaluator
from ..evaluator.values import Span
from ..reading.problems import Place
from ..vocabulary.values import PartialDate
from .rows import Row
from .wording import Wording

_CENT = Decimal("0.01")


def ratios(wording: Wording) -> list[Row]:
    """Return the derived numbers that a proposal of this kind is described by, as far as what they follow from is stated."""
    assessment = wording.assessment
    horizon = PartialDate.of(assessment.horizon) if assessment.horizon else None
    context = {"as_of": PartialDate.of(assessment.as_of), "decision_horizon": horizon}
    evaluator = Evaluator(assessment.dossier, assessment.rulebook.derived, context)
    rows = []
    for one in assessment.rulebook.derived.values():
        if one.printed is None or one.value is None or evaluator.prove(one.printed).truth is not True:
            continue
        valued = evaluator.value(one.value)
        if isinstance(valued.value, Span) and valued.value.is_exact() and valued.facts:
            figure = (Decimal(valued.value.low.numerator) / Decimal(valued.value.low.denominator)).quantize(_CENT).normalize()
            label, shown = wording.of(one.label), wording.of_fact(Fact(one.id, figure, Place("")))
            rests = dict.fromkeys(wording.evidence(fact) for fact in valued.facts if fact.evidence)
            rows.append(Row(label[:1].upper() + label[1:], shown, wording.spots(valued.facts), wording.join(list(rests))))
    return rows
