"""The outcome: the first row of the profile's table that fits the findings."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from ..evaluator.proof import Truth
from ..rulebook.model import CriterionKind, OutcomeRule, Profile
from .model import Assessment, Finding, Outcome, Verdict

CONDITIONS = "conditions"


def decide(profile: Profile, due: Truth, findings: Iterable[Finding]) -> Outcome:
    """Return the outcome of the selected findings. A profile's last row is taken if no other fits.

    A waived finding counts as a reason for conditions, and for nothing else.
    """
    findings = tuple(findings)
    for rule in profile.outcomes:
        if rule.code == "not_due":
            if due is False and not has_contradiction(findings):
                return _outcome(rule, ())
            continue
        led = tuple(finding for finding in findings if _leads_to(rule, finding))
        if led:
            return _outcome(rule, led)
    return _outcome(profile.outcomes[-1], ())


def has_contradiction(findings: Iterable[Finding]) -> bool:
    """Return whether the dossier contradicts itself."""
    return any(finding.criterion.kind is CriterionKind.CONSISTENCY and finding.verdict is Verdict.NOT_MET for finding in findings)


def grants_waivers(profile: Profile) -> bool:
    """Return whether a profile knows the outcome that a waiver leads to; one that does not grants none."""
    return any(rule.code == CONDITIONS for rule in profile.outcomes)


def _leads_to(rule: OutcomeRule, finding: Finding) -> bool:
    if finding.waiver is not None:
        return rule.code == CONDITIONS
    return any(_fits(finding, pattern) for pattern in rule.findings)


def can_change(assessment: Assessment) -> bool:
    """Return whether answers can still change the outcome of an assessment.

    They can where the outcome would be one if every open finding came out met, and another if every one came out not met; or where it
    is open whether an assessment is due at all.
    """
    if assessment.screening.due is None:
        return True
    closed = [finding for finding in assessment.findings if not _is_open(finding)]
    worst = [replace(finding, verdict=Verdict.NOT_MET) if _is_open(finding) else finding for finding in assessment.findings]
    return len({decide(assessment.profile, assessment.screening.due, each).code for each in (closed, worst)}) > 1


def _is_open(finding: Finding) -> bool:
    return finding.verdict in (Verdict.NOT_STATED, Verdict.UNDETERMINED) and not finding.is_moot


def _outcome(rule: OutcomeRule, led: tuple[Finding, ...]) -> Outcome:
    waived = any(finding.waiver is not None for finding in led)
    return Outcome(rule.code, rule.label, (rule.because_waived if waived else None) or rule.because, led)


def _fits(finding: Finding, pattern: Mapping[str, tuple[str, ...]]) -> bool:
    if finding.is_moot:
        return False
    attributes = {
        "verdict": finding.verdict.value,
        "force": finding.force.value,
        "obligation": finding.obligation.value,
        "bars": "yes" if finding.criterion.bars else "no",
        "strength": finding.strength.name.lower() if finding.strength else "none",
        "kind": finding.criterion.kind.value,
    }
    return all(attributes[name] in allowed for name, allowed in pattern.items())
