"""The questions whose answers would close what is not stated."""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, field

from ..dossier.facts import Entity
from ..evaluator.proof import Gap, Missing
from ..reading.text import Text
from ..vocabulary.model import EntityList, Vocabulary
from ..vocabulary.paths import BLANK, parts
from .model import Assessment, Finding, Force, Obligation, Verdict

MOST_NAMED = 6
"""Members that a question about a list names; of more than these nobody would answer it."""


class Question(Struct, frozen=True):
    """A question to the dossier's author: who can answer it, and where in a real file the answer stands."""

    path: str
    text: Text
    answered_by: str
    found_in: tuple[str, ...]


class OpenQuestion(Struct):
    """A question with what it is asked about: the places of the dossier, the entities among them, and the findings that wait for it.

    `screening`: whether an assessment is due waits for it too. `members`: those of which a list is asked whether there are any.
    """

    text: Text
    answered_by: str
    found_in: tuple[str, ...]
    paths: list[str] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    screening: bool = False
    members: list[str] = field(default_factory=list)


def question(gap: Missing, vocabulary: Vocabulary) -> Question:
    """Return the question that closes a gap."""
    listed = vocabulary.listed(gap.name)
    if listed is not None and (gap.gap is not Gap.FACT or parts(gap.path).entry == BLANK):
        if gap.members:
            return Question(listed.name, listed.of_kind(listed.asks, gap.members), listed.answered_by, ())
        if gap.gap is not Gap.MORE:
            return Question(listed.name, listed.question, listed.answered_by, ())
        return Question(gap.path, _is_complete(listed), listed.answered_by, ())
    named = vocabulary.field(gap.name)
    assert named is not None
    return Question(gap.path, named.question, named.answered_by, named.found_in)


def _is_complete(listed: EntityList) -> Text:
    return Text(f"“{listed.label.zh}”是否已列全？还有的请补列。", f"Is the list of {listed.label.en} complete? Add what is missing.")


def to_ask(finding: Finding) -> tuple[Missing, ...]:
    """Return what to ask about a finding: where it is open if a demand applies, only what decides that."""
    if finding.verdict is Verdict.UNDETERMINED:
        return (finding.when.missing or finding.missing)[:1]
    return finding.missing


def open_questions(assessment: Assessment, *, every: bool) -> list[OpenQuestion]:
    """Return the questions that an assessment leaves open, those on which most and the weightiest findings wait first.

    The same question about several entities is one question. Left out is what could not change anything: the questions of findings that
    are moot or settled, and what a demand requires as long as it is open whether it applies. `every`: of all findings, not only of those
    that led to the outcome.
    """
    collected = _Collected(assessment)
    if assessment.screening.due is None:
        for gap in assessment.screening.proof.missing[:1]:
            collected.about(gap).screening = True
    for finding in assessment.findings if every else assessment.outcome.findings:
        if finding.is_gap:
            collected.add(finding, to_ask(finding))
    return sorted(collected.questions.values(), key=_weightiest_first)


class _Collected:
    """Questions by what they ask, of whom and where."""

    def __init__(self, assessment: Assessment) -> None:
        self.dossier = assessment.dossier
        self.vocabulary = assessment.rulebook.vocabulary
        self.questions: dict[tuple[Text, str, tuple[str, ...]], OpenQuestion] = {}

    def about(self, gap: Missing) -> OpenQuestion:
        """Return the question that closes a gap, with the gap's place and entity among what it is about."""
        one = question(gap, self.vocabulary)
        found = self._of_list(gap, one) if gap.members else self._of(one)
        if one.path not in found.paths:
            found.paths.append(one.path)
            entity = self.dossier.entity_at(one.path)
            if entity is not None:
                found.entities.append(entity)
        return found

    def _of(self, one: Question) -> OpenQuestion:
        return self.questions.setdefault((one.text, one.answered_by, one.found_in), OpenQuestion(one.text, one.answered_by, one.found_in))

    def _of_list(self, gap: Missing, one: Question) -> OpenQuestion:
        """Return the one question about the members of a list; where nothing of it is stated, it follows the question of the list."""
        listed = self.vocabulary.lists[gap.name]
        if gap.gap is Gap.LIST:
            found, head = self._of(question(Missing(gap.path, gap.name, Gap.LIST), self.vocabulary)), listed.question
        else:
            key = (Text(listed.name, listed.name), one.answered_by, one.found_in)
            found, head = self.questions.setdefault(key, OpenQuestion(one.text, one.answered_by, one.found_in)), Text("", "")
        found.members += [code for code in gap.members if code not in found.members]
        asked = listed.of_kind(listed.asks, found.members) if len(found.members) <= MOST_NAMED else Text("", "")
        text = Text(f"{head.zh}{asked.zh}", f"{head.en} {asked.en}".strip())
        found.text = text if text.zh else _is_complete(listed)
        return found

    def add(self, finding: Finding, gaps: Iterable[Missing]) -> None:
        """Add the questions of one finding."""
        for gap in gaps:
            found = self.about(gap)
            if not found.findings or found.findings[-1] is not finding:
                found.findings.append(finding)


def weight(findings: Iterable[Finding], *, screening: bool) -> tuple[int, ...]:
    """Return how much waits for an answer, as a key that sorts the weightiest first. `screening`: whether one is due waits for it."""
    waiting = Counter((finding.force, finding.obligation) for finding in findings)
    return (not screening, *(-waiting[force, obligation] for force in Force for obligation in Obligation))


def _weightiest_first(one: OpenQuestion) -> tuple[int, ...]:
    return weight(one.findings, screening=one.screening)
