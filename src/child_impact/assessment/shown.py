"""What a set of dossiers shows of the rules: which verdicts each criterion gets, and how many ticks a proposal is held against."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ..dossier.facts import Dossier, Entity, Fact
from ..evaluator.evaluate import Evaluator
from ..reading.problems import Place
from ..rulebook.coverage import facts_read, is_tick
from ..rulebook.model import Criterion, CriterionKind, Rulebook
from .model import Assessment, Verdict

MOST_TICKS = 0.4
"""At most this share of the criteria that apply to one proposal may be ticks."""
_NOWHERE = Place("", 1, 1)


def shown(rulebook: Rulebook, assessments: Iterable[Assessment]) -> dict[str, Any]:
    """Return the guards over some dossiers: the largest share of ticks, and by name the criteria that show fewer than two verdicts.

    `never_met` and `never_not_met` list, for each kind of proposal, the criteria that can apply to that kind and that no dossier of the
    kind meets or fails; criteria on contradictions inside a dossier are listed once for all kinds.
    """
    required = Counter(fact for one in rulebook.criteria.values() for fact in facts_read(one.require, one.over, rulebook))
    ticks = {one.id for one in rulebook.criteria.values() if is_tick(one, required, rulebook)}
    verdicts: dict[str, set[Verdict]] = {}
    of_kind: dict[tuple[str, Verdict], set[str]] = {}
    shares: dict[str, float] = {}
    for assessment in assessments:
        applying = set()
        for finding in assessment.findings:
            id_ = finding.criterion.id
            verdicts.setdefault(id_, set()).add(finding.verdict)
            of_kind.setdefault((assessment.dossier.code("kind"), finding.verdict), set()).add(id_)
            if finding.verdict is not Verdict.NOT_APPLICABLE and finding.criterion.kind is CriterionKind.REVIEW:
                applying.add(id_)
        shares[assessment.dossier.file] = len(applying & ticks) / max(len(applying), 1)
    most = max(shares, key=lambda file: shares[file], default=None)
    return {
        "dossiers": len(shares),
        "ticks_share": {"most": shares[most] if most else 0, "in": most, "limit": MOST_TICKS},
        "one_verdict": [id_ for id_ in rulebook.criteria if len(verdicts.get(id_, ())) <= 1],
        "never_met": _never(rulebook, Verdict.MET, of_kind),
        "never_not_met": _never(rulebook, Verdict.NOT_MET, of_kind),
    }


def _never(rulebook: Rulebook, verdict: Verdict, seen: dict[tuple[str, Verdict], set[str]]) -> dict[str, list[str]]:
    enumeration = rulebook.vocabulary.groups[""].fields["kind"].enumeration
    kinds = list(enumeration.values) if enumeration else []
    review = [one for one in rulebook.criteria.values() if one.kind is not CriterionKind.CONSISTENCY]
    contradictions = [one.id for one in rulebook.criteria.values() if one.kind is CriterionKind.CONSISTENCY]
    found = {
        kind: [one.id for one in review if one.id not in seen.get((kind, verdict), set()) and _speaks_of(one, kind, rulebook)]
        for kind in kinds
    }
    anywhere = set().union(*(seen.get((kind, verdict), set()) for kind in kinds))
    return {**found, "consistency": [id_ for id_ in contradictions if id_ not in anywhere]}


def _speaks_of(criterion: Criterion, kind: str, rulebook: Rulebook) -> bool:
    """Return whether a criterion can apply to proposals of a kind, as far as its `when` says."""
    bare = Dossier("", "", {"kind": Fact("kind", kind, _NOWHERE)}, {})
    evaluator = Evaluator(bare, rulebook.derived, {"as_of": None, "decision_horizon": None})
    entity = Entity("", f"{criterion.over}[0]", _NOWHERE, {}) if criterion.over else None
    return evaluator.prove(criterion.when, entity).truth is not False
