"""A guided interview: one question at a time, the weightiest first, each answer read as a dossier is read."""

import re
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from ..assessment.assess import Assessor
from ..assessment.model import Assessment
from ..assessment.outcome import can_change
from ..assessment.questions import OpenQuestion, open_questions
from ..dossier.facts import Entity
from ..dossier.words import NO, NONE, YES
from ..reading.problems import DossierRefused, Problem
from ..reading.text import Text, fold
from ..vocabulary.model import EntityList, Field, FieldType
from .answers import Answer, Answers, Entry, Listed, read_answers
from .fill import rewritten
from .yaml_form import YamlForm
from .yaml_text import scalar

MOST_MEMBERS = 3
"""Members that are asked about one by one where nothing is said of a list; where there are more, it is asked for as a whole."""
_NUMBER = re.compile(r"[-+]?[0-9.]+\Z")
_SEPARATORS = re.compile(r"[,;、，；]")
_YES, _NO = YES | {"y", "true"}, NO | {"n", "false"}


class Step(Struct, frozen=True):
    """One question of the interview: about a field (of the dossier or of an entity), or, without a field, about a list.

    `more`: something is said of the list, and the question is whether there are others; `member`: whether there is any of this one.
    """

    path: str
    asked: OpenQuestion
    field: Field | None
    listed: EntityList | None
    entity: Entity | None = None
    more: bool = False
    member: str | None = None

    @property
    def key(self) -> str:
        """Return what the question goes by once it is left."""
        return self.path if self.member is None else f"{self.path} {self.member}"

    def text(self) -> Text:
        """Return the question in words."""
        if self.member is None or self.listed is None:
            return self.asked.text
        return self.listed.of_kind(self.listed.asks, (self.member,))


class Interview:
    """An interview about one proposal. `text` is the dossier as it stands, valid at every moment."""

    def __init__(self, text: str, answers: Answers, assessor: Assessor, form: YamlForm, today: date, as_of: date | None) -> None:
        self.text = text
        self.answers = answers
        self.assessor = assessor
        self.form = form
        self.vocabulary = form.vocabulary
        self._days = (today, as_of)
        self._skipped: set[str] = set()
        self.assessment = self._assessed()

    def can_change(self) -> bool:
        """Return whether the outcome can still change."""
        return can_change(self.assessment)

    def next(self) -> Step | None:
        """Return the next question: what the outcome waits for comes first, then all else; None where nothing is left."""
        for every in (False, True):
            for asked in open_questions(self.assessment, every=every):
                for path in asked.paths:
                    step = next((one for one in self._steps(path, asked) if one.key not in self._skipped), None)
                    if step is not None:
                        return step
        return None

    def skip(self, step: Step) -> None:
        """Leave a question: it stays not stated."""
        self._skipped.add(step.key)

    def answer(self, step: Step, said: str) -> tuple[Problem, ...]:
        """Take an answer. Returns what is wrong with it, and then nothing has changed."""
        try:
            changed = self._field(step, step.field, said) if step.field is not None else self._list(step, said)
        except DossierRefused as refused:
            return refused.problems
        self.text = rewritten(self.text, self.answers, changed, self.form)
        self.answers = read_answers(self.text.encode(), self.answers.dossier.file, self.vocabulary)
        self.assessment = self._assessed()
        if step.more and fold(said).lower() in _NO:
            self.skip(step)  # that there may be more is what an open list says already
        return ()

    def _assessed(self) -> Assessment:
        return self.assessor.assess(self.answers.dossier, *self._days)

    def _steps(self, path: str, asked: OpenQuestion) -> list[Step]:
        """Return the steps of a question at one place: one, or one for each member of a list whose absence would decide."""
        listed = self.vocabulary.listed(path)
        if listed is None:
            return [Step(path, asked, self.vocabulary.fact(path), None)]
        entity = self.answers.dossier.entity_at(path)
        if entity is not None:
            return [Step(path, asked, self.vocabulary.field(path), listed, entity)]
        there = listed.name in self.answers.lists
        if asked.members and (there or len(asked.members) <= MOST_MEMBERS):
            return [Step(path, asked, None, listed, more=there, member=code) for code in asked.members]
        return [Step(path, asked, None, listed, more=there)]

    def _field(self, step: Step, field: Field, said: str) -> Answers:
        written = self._written(field, said)
        if step.listed is None or step.entity is None:
            line = f"{field.name}: {written}"
            answer = self._read(f"{field.group}: {{{line}}}" if field.group else line).facts[field.path]
            return replace(self.answers, facts={**self.answers.facts, field.path: answer})
        listed = self.answers.lists[step.listed.name]
        read = self._read(f"{step.listed.name}: [{{id: x, {field.name}: {written}}}]").lists[step.listed.name]
        answer = read.entries[0].answers[field.name]
        entries = tuple(
            replace(one, answers={**one.answers, field.name: answer}) if one.id == step.entity.id else one for one in listed.entries
        )
        return self._with_list(step.listed.name, replace(listed, entries=entries))

    def _list(self, step: Step, said: str) -> Answers:
        assert step.listed is not None
        name = step.listed.name
        there = self.answers.lists.get(name)
        word = fold(said).lower()
        if step.member is not None and word in _YES | _NO | NONE:
            return self._with_list(name, self._with_member(step.listed, step.member, there, there_is=word in _YES))
        if step.more and there is not None and word in _YES | _NO:
            return self._with_list(name, replace(there, complete=word in _YES)) if word in _YES else self.answers
        if not step.more and word in NONE:
            return self._with_list(name, self._read(f"{name}: none").lists[name])
        names = [part.strip() for part in _SEPARATORS.split(said) if part.strip()]
        known = [entry.id for entry in there.entries] if there is not None else []
        read = self._read(f"{name}: [{', '.join(f'{{id: {scalar(one)}}}' for one in [*known, *names])}]").lists[name]
        fresh: tuple[Entry, ...] = read.entries[len(known) :]
        if step.member is not None:
            answer = self._member(step.listed, step.member)
            fresh = tuple(replace(one, answers={**one.answers, step.listed.identified_by or "": answer}) for one in fresh)
        open_ = replace(read, entries=fresh)
        return self._with_list(name, replace(there, entries=(*there.entries, *fresh)) if there is not None else open_)

    def _with_member(self, listed: EntityList, code: str, there: Listed | None, *, there_is: bool) -> Listed:
        """Return a list that says that there is none of a member, or that has an entry of it, which goes by the member's name."""
        before = (
            there if there is not None else replace(self._read(f"{listed.name}: {{lacks: [{code}]}}").lists[listed.name], lacks=frozenset())
        )
        if not there_is:
            return replace(before, lacks=before.lacks | {code})
        ids = {entry.id for entry in before.entries}
        named = next(one for one in (code, *(f"{code}-{number}" for number in range(2, len(ids) + 3))) if one not in ids)
        entry = self._read(f"{listed.name}: [{{id: {scalar(named)}, {listed.identified_by}: {code}}}]").lists[listed.name].entries[0]
        return replace(before, entries=(*before.entries, entry))

    def _member(self, listed: EntityList, code: str) -> Answer:
        read = self._read(f"{listed.name}: [{{id: x, {listed.identified_by}: {code}}}]").lists[listed.name]
        return read.entries[0].answers[listed.identified_by or ""]

    def _with_list(self, name: str, listed: Listed) -> Answers:
        return replace(self.answers, lists={**self.answers.lists, name: listed})

    def _read(self, line: str) -> Answers:
        """Read one answer as a dossier with the same header is read."""
        names = [name for name in self.vocabulary.groups[""].fields if name in self.answers.facts and not line.startswith(f"{name}:")]
        fields = self.vocabulary.groups[""].fields
        head = "".join(f"{name}: {self.form.value(self.answers.facts[name], fields[name])}\n" for name in names)
        return read_answers(f"{head}{line}\n".encode(), "", self.vocabulary)

    def _written(self, field: Field, said: str) -> str:
        """Return what a person typed as YAML; what it cannot be is left to the reader to say."""
        word = fold(said)
        if word in NONE:
            return "none"
        if field.type is FieldType.BOOLEAN and word.lower() in _YES | _NO:
            return "true" if word.lower() in _YES else "false"
        if field.type in (FieldType.NUMBER, FieldType.INTEGER) and _NUMBER.match(word):
            return word
        if field.enumeration is not None:
            return self._chosen(field, said)
        return scalar(said)

    def _chosen(self, field: Field, said: str) -> str:
        assert field.enumeration is not None
        several = field.type is FieldType.CHOICES
        parts = [said] if not several or field.enumeration.code(said) is not None else _SEPARATORS.split(said)
        codes = list(field.enumeration.values)
        chosen = [part.strip() for part in parts if part.strip()]
        chosen = [codes[int(part) - 1] if part.isdecimal() and 0 < int(part) <= len(codes) else part for part in chosen]
        written = [scalar(part) for part in chosen]
        return f"[{', '.join(written)}]" if several else ", ".join(written)


def explained(step: Step, form: YamlForm) -> list[str]:
    """Return what a question is about, in the language of the form: the thing, the question, how to answer, and where to look."""
    guide = form.guide
    lines = []
    if step.field is not None:
        lines.append(guide.source(step.field.answered_by, step.field, None))
        if step.field.enumeration is not None:
            several = step.field.type is FieldType.CHOICES
            numbered = [f"{number} {name}" for number, name in enumerate(guide.names(step.field.enumeration), start=1)]
            head = guide.say("可多选（序号或名称，用“、”隔开）：", "any of (numbers or names, commas between): ") if several else ""
            lines.append(head + ("；" if guide.zh else "; ").join(numbered))
        else:
            lines.append(guide.say(f"填写：{guide.allowed(step.field)}", f"give {guide.allowed(step.field)}"))
    elif step.member is not None:
        lines.append(
            guide.say(
                "一个也没有的答“否”；有的答“是”，或写出各项的代号（用“、”隔开）",
                "no if there is none at all; else yes, or short names of each, commas between",
            )
        )
    elif step.more:
        lines.append(
            guide.say(
                "列全了答“是”；还有的，写出各项的代号（用“、”隔开）", "yes if complete; else short names of the others, commas between"
            )
        )
    else:
        lines.append(
            guide.say("给每一项起一个代号，用“、”隔开；没有的答“无”", "give each a short name, commas between; none if there is none")
        )
    return lines
