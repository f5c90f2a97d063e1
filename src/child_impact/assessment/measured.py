"""The norms that a finding was measured by: which were considered, which apply, and which one judged."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from ..conditions.syntax import ALWAYS
from ..dossier.facts import Entity
from ..evaluator.evaluate import Evaluator
from ..evaluator.proof import Truth
from ..rulebook.model import Criterion, Rulebook
from ..rulebook.quantities import MAXIMA, Norm, Quantity


class Measured(Struct, frozen=True):
    """A norm as it stands for what a finding is about: whether it applies, whether it is kept (None: open), and whether it judged.

    Of the norms that apply the strictest judges, of upper and of lower bounds apart; one that binds nobody is shown and never judges.
    """

    quantity: Quantity
    norm: Norm
    applies: Truth
    holds: Truth
    judged: bool = False


def measured(criterion: Criterion, rulebook: Rulebook, evaluator: Evaluator, entity: Entity | None) -> tuple[Measured, ...]:
    """Return every norm on the quantities of a criterion, in the order of the rules."""
    found: list[Measured] = []
    for id_ in criterion.meets:
        found += _of_quantity(rulebook.quantities[id_], criterion, evaluator, entity)
    return tuple(found)


def _of_quantity(quantity: Quantity, criterion: Criterion, evaluator: Evaluator, entity: Entity | None) -> list[Measured]:
    if quantity.over is not None and quantity.over != criterion.over:  # of listed things, each of which is measured by itself
        return _marked([Measured(quantity, norm, True if norm.applies == ALWAYS else None, None) for norm in quantity.norms])
    about = entity if quantity.over is not None else None
    return _marked(
        [
            Measured(quantity, norm, evaluator.prove_once(norm.applies, about).truth, evaluator.prove_once(norm.holds, about).truth)
            for norm in quantity.norms
        ]
    )


def _marked(norms: list[Measured]) -> list[Measured]:
    """Return the norms with those marked that judged."""
    judging = [_strictest(norms, upper=upper) for upper in (True, False)]
    return [replace(one, judged=any(one is other for other in judging)) for one in norms]


def _strictest(norms: Iterable[Measured], *, upper: bool) -> Measured | None:
    applying = [one for one in norms if one.applies and one.norm.judges and (one.norm.comparison in MAXIMA) is upper]
    return max(applying, key=lambda one: one.norm.severity, default=None)
