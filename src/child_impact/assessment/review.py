"""A reviewer's record held against the findings: which waivers hold on a day, what is disputed, and what of the record is about nothing."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from ..dossier.facts import Dossier
from ..reading.problems import Problem
from ..reading.text import Text
from ..rulebook.model import Profile, Question, Rulebook
from .model import Finding, Review, Ruling, WaiverState
from .outcome import grants_waivers
from .record import Dispute, Record, Waiver

_Key = tuple[str, str | None]
_CORRECT = Text("请改正或删去", "correct or remove it")
_TODO = {
    WaiverState.EXPIRED: Text("仍需豁免的，重新批准并写明新的到期日期", "have it granted anew if it is still needed, or remove it"),
    WaiverState.NOT_YET: Text("请核对准予日期和评价时点", "check the day it was granted and the day of judgement"),
    WaiverState.NOT_ALLOWED: Text("请按补正要求办理", "meet the demand"),
}


class Judged(Struct, frozen=True):
    """What a record is held against: the rules and the profile, the dossier, what was found and asked, and the day."""

    rulebook: Rulebook
    profile: Profile
    dossier: Dossier
    is_due: bool
    findings: Sequence[Finding]
    questions: Sequence[Question]
    day: date


def reviewed(record: Record, judged: Judged) -> tuple[Review, list[Finding]]:
    """Return the review and the findings with the waivers that hold for them and what is disputed; verdicts stay as they are."""
    keyed = {_key(finding): finding for finding in judged.findings}
    rulings = _rulings(record, judged, keyed)
    holding = {_of(one.waiver): one.waiver for one in rulings if one.state is WaiverState.IN_EFFECT}
    findings = [replace(one, waiver=holding.get(key), disputes=_disputes(record, key)) for key, one in keyed.items()]
    counting = {key for key, one in keyed.items() if one.is_gap and key not in holding}
    warnings = [*_about_dossier(record, judged.dossier), *_not_holding(rulings, counting), *_unmatched(record, judged, keyed)]
    return Review(record, tuple(rulings), tuple(warnings)), findings


def _rulings(record: Record, judged: Judged, keyed: dict[_Key, Finding]) -> list[Ruling]:
    longest: dict[_Key, Waiver] = {}
    rulings = []
    for waiver in record.waivers:
        ruling = _ruling(waiver, judged, keyed)
        rulings.append(ruling)
        if ruling.state is WaiverState.IN_EFFECT:
            longest[_of(waiver)] = max(longest.get(_of(waiver), waiver), waiver, key=lambda one: one.expires or date.min)
    surplus = Text("同一判定另有到期不早于它的豁免", "another waiver for the same finding lasts as long or longer")
    return [
        Ruling(one.waiver, WaiverState.UNUSED, surplus)
        if one.state is WaiverState.IN_EFFECT and longest[_of(one.waiver)] is not one.waiver
        else one
        for one in rulings
    ]


def _ruling(waiver: Waiver, judged: Judged, keyed: dict[_Key, Finding]) -> Ruling:
    criterion = judged.rulebook.criteria[waiver.criterion]
    if waiver.problems or waiver.expires is None:
        zh, en = Text("；".join(one.what.zh for one in waiver.problems), "; ".join(one.what.en for one in waiver.problems))
        return Ruling(waiver, WaiverState.MALFORMED, Text(zh, en))
    if not criterion.waivable:
        return Ruling(waiver, WaiverState.NOT_ALLOWED, Text("该要求不得豁免", "this demand cannot be waived"))
    if not grants_waivers(judged.profile):
        why = Text(
            f"配置“{judged.profile.id}”没有“有条件通过”一档，不准豁免",
            f"the profile “{judged.profile.id}” has no outcome “conditions” and so grants no waivers",
        )
        return Ruling(waiver, WaiverState.NOT_ALLOWED, why)
    if waiver.granted is not None and waiver.granted > judged.day:
        why = Text(
            f"{waiver.granted} 起准予，评价时点是 {judged.day}", f"granted from {waiver.granted}, and the day of judgement is {judged.day}"
        )
        return Ruling(waiver, WaiverState.NOT_YET, why)
    if waiver.expires < judged.day:
        return Ruling(waiver, WaiverState.EXPIRED, Text(f"已于 {waiver.expires} 到期", f"expired on {waiver.expires}"))
    why_not = _not_needed(waiver, judged, keyed)
    return Ruling(waiver, WaiverState.UNUSED if why_not else WaiverState.IN_EFFECT, why_not)


def _not_needed(waiver: Waiver, judged: Judged, keyed: dict[_Key, Finding]) -> Text | None:
    """Return why there is nothing to waive, or None where there is."""
    finding = keyed.get(_of(waiver))
    if not judged.is_due:
        return Text("本事项无需评价，没有可豁免的要求", "no assessment is due, so there is nothing to waive")
    if finding is None:
        return _no_finding(waiver.criterion, waiver.entity, judged)
    if not finding.is_gap:
        return Text("这一判定没有要求补正，无需豁免", "the finding asks for nothing, so there is nothing to waive")
    return None


def _no_finding(criterion_id: str, entity: str | None, judged: Judged) -> Text:
    criterion = judged.rulebook.criteria[criterion_id]
    ids = [one.entity.id for one in judged.findings if one.criterion.id == criterion_id and one.entity is not None]
    if criterion.over is None or (not ids and entity is None):
        return Text("本次没有这一判定", "there is no such finding")
    label = judged.rulebook.vocabulary.lists[criterion.over].label
    known = Text("、".join(ids) or "无", ", ".join(ids) or "none")
    if entity is None:
        return Text(
            f"该准则按“{label.zh}”逐项判定，要写明对象（现有：{known.zh}）",
            f"this criterion judges each of {label.en}: name the entity (there are: {known.en})",
        )
    return Text(f"“{label.zh}”中没有“{entity}”（现有：{known.zh}）", f"there is no “{entity}” among {label.en} (there are: {known.en})")


def _not_holding(rulings: Iterable[Ruling], counting: set[_Key]) -> Iterable[Problem]:
    """Yield a warning for each waiver that does not hold. `counting`: what asks for something and is not waived."""
    for one in rulings:
        if one.why is None:
            continue
        meant = {_of(one.waiver), (one.waiver.criterion, None)}
        back = Text("；相应判定照常计入结论", "; the finding counts as ever") if meant & counting else Text("", "")
        if one.state is WaiverState.MALFORMED:
            for problem in one.waiver.problems:
                what = Text(f"豁免不生效：{problem.what.zh}{back.zh}", f"the waiver does not hold: {problem.what.en}{back.en}")
                yield Problem(problem.place, what, problem.todo)
            continue
        name = one.waiver.criterion + (f" / {one.waiver.entity}" if one.waiver.entity else "")
        if one.state is WaiverState.UNUSED:
            what = Text(f"“{name}”的豁免没有用到：{one.why.zh}", f"the waiver for “{name}” is not used: {one.why.en}")
        else:
            what = Text(f"“{name}”的豁免不生效：{one.why.zh}{back.zh}", f"the waiver for “{name}” does not hold: {one.why.en}{back.en}")
        yield Problem(one.waiver.place, what, _TODO.get(one.state, _CORRECT))


def _about_dossier(record: Record, dossier: Dossier) -> Iterable[Problem]:
    if record.dossier_sha256 is not None and record.dossier_sha256 != dossier.sha256:
        what = Text(
            f"审查之后档案“{dossier.file}”有改动（SHA-256 与记录所载不符）",
            f"the dossier “{dossier.file}” has changed since the review: its SHA-256 is not the one in the record",
        )
        yield Problem(
            record.place, what, Text("请重新核对意见，再更新记录中的 SHA-256", "check the record against it, then put in the new SHA-256")
        )


def _unmatched(record: Record, judged: Judged, keyed: dict[_Key, Finding]) -> Iterable[Problem]:
    """Yield a warning for each dispute and answer that is about nothing in this assessment."""
    for dispute in record.disputes:
        if _of(dispute) not in keyed:
            why = _no_finding(dispute.criterion, dispute.entity, judged)
            what = Text(
                f"对“{dispute.criterion}”的异议没有对应的判定：{why.zh}",
                f"the dispute about “{dispute.criterion}” has no finding: {why.en}",
            )
            yield Problem(dispute.place, what, _CORRECT)
    asked = {one.id for one in judged.questions}
    for answer in record.answers:
        if answer.question not in asked:
            what = Text(f"本次没有提出问题“{answer.question}”", f"the question “{answer.question}” is not asked of this dossier")
            yield Problem(answer.place, what, Text("可以删去这条答复", "the answer can be removed"))


def about_another(record: Record, ids: Iterable[str]) -> Problem:
    """Return the problem of a record that is about none of the dossiers at hand."""
    known = list(ids)
    what = Text(
        f"这份审查记录针对档案“{record.dossier}”，不是“{'”“'.join(known)}”",
        f"this record is about the dossier “{record.dossier}”, not “{'”, “'.join(known)}”",
    )
    return Problem(record.place, what, Text("请给出该档案的审查记录", "give the record of this dossier"))


def _disputes(record: Record, key: _Key) -> tuple[Dispute, ...]:
    return tuple(one for one in record.disputes if _of(one) == key)


def _key(finding: Finding) -> _Key:
    return finding.criterion.id, finding.entity.id if finding.entity else None


def _of(one: Waiver | Dispute) -> _Key:
    return one.criterion, one.entity
