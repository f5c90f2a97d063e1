"""The order in which findings are told: those that apply first, the weightiest before others, those of one kind together."""

from collections.abc import Callable

from ..assessment.model import Finding, Force, Obligation, Verdict


def applies(finding: Finding) -> bool:
    """Return whether a demand binds here and is more than an encouragement."""
    return finding.force is Force.BINDING and finding.obligation is not Obligation.ENCOURAGED


def urgency(finding: Finding) -> tuple[int, ...]:
    """Return by what findings are ordered, the weightiest first: what binds, what is required, what is not met."""
    verdicts = (Verdict.NOT_MET, Verdict.NOT_STATED, Verdict.UNDETERMINED)
    rank = verdicts.index(finding.verdict) if finding.verdict in verdicts else len(verdicts)
    return (list(Force).index(finding.force), list(Obligation).index(finding.obligation), rank)


def grouped(findings: list[Finding], key: Callable[[Finding], tuple[object, ...]]) -> list[list[Finding]]:
    """Return findings in groups of the same key, in their order."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault(key(finding), []).append(finding)
    return list(groups.values())
