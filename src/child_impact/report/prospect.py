"""What the conclusion would become if what is open turned out one way or the other."""

from collections.abc import Iterable

from msgspec.structs import replace

from ..assessment.model import Assessment, Finding, Outcome, Verdict
from ..assessment.outcome import decide
from ..dossier.facts import Strength
from ..evaluator.proof import unique
from .rows import Prospect, Row
from .wording import Wording


def prospect(wording: Wording) -> Prospect:
    """Return what the conclusion would become if what is open were settled, and which open points would make it worse."""
    assessment, outcome = wording.assessment, wording.assessment.outcome
    settled = _decided(assessment, Verdict.MET, outcome.findings)
    complete = _decided(assessment, Verdict.MET, [finding for finding in assessment.findings if finding.is_gap])
    ranks = [rule.code for rule in assessment.profile.outcomes]
    worse = []
    for finding in assessment.findings:
        if finding.is_gap and finding.verdict is not Verdict.NOT_MET:
            then = _decided(assessment, Verdict.NOT_MET, [finding])
            if ranks.index(then.code) < ranks.index(outcome.code):
                worse.append(Row(wording.of(finding.criterion.title), wording.of(then.label)))
    return Prospect(
        settled=wording.of(settled.label) if outcome.findings else "",
        complete=wording.of(complete.label) if complete.code != settled.code else "",
        reversed=list(unique(worse)),
    )


def _decided(assessment: Assessment, verdict: Verdict, findings: Iterable[Finding]) -> Outcome:
    """Return the outcome if some findings had another verdict."""
    applicable = [finding for finding in assessment.findings if finding.verdict is not Verdict.NOT_APPLICABLE]
    changed = {id(finding) for finding in findings}
    strength = Strength.EVIDENCED if verdict is Verdict.MET else None
    supposed = [replace(finding, verdict=verdict, strength=strength) if id(finding) in changed else finding for finding in applicable]
    return decide(assessment.profile, assessment.screening.due, supposed)
