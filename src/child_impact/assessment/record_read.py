"""Read a reviewer's record: bytes in, a `Record` out, or every problem at once.

A waiver that lacks what makes it one is not refused: it is kept with its problems and does not hold, so that the finding comes back.
"""

import hashlib
from typing import Any

from msgspec import Struct, field
from pydantic_core import PydanticCustomError

from ..dossier.words import says_none, says_not_stated, says_nothing
from ..reading.nodes import Mapping, Node, Scalar, Sequence
from ..reading.problems import Place, Problem, Problems, refusing
from ..reading.shape import did_you_mean
from ..reading.text import Text, fold, is_chinese
from ..reading.yaml12 import read_yaml
from ..rulebook.model import Rulebook
from . import record_form as form
from .record import Answer, Dispute, Record, RecordRefused, Requirement, Signer, Waiver

_CORRECT = Text("请改正", "correct it")


def read_record(data: bytes, file: str, rulebook: Rulebook) -> Record:
    """Read and check a reviewer's record. `file` is the name that messages show. Raises `RecordRefused` with every problem."""
    with refusing(RecordRefused, file):
        root = read_yaml(data, file)
        reader = _Reader(rulebook)
        record = reader.record(root, file, hashlib.sha256(data).hexdigest())
        if record is None or reader.problems:
            raise RecordRefused(reader.problems)
        return record


class _Entry(Struct):
    """The values of one mapping by the name of their key, and where each key stands."""

    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def at(self, name: str) -> Place:
        return self.keys.get(name, self.place)


class _Reader:
    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.problems = Problems()

    def record(self, root: Node, file: str, sha256: str) -> Record | None:
        head = self._entry(root, form.RECORD, self.problems)
        if head is None:
            return None
        answers = [self._answer(one) for one in self._entries(head, "answers", form.ANSWER)]
        self._answered_once(answers)
        return Record(
            file=file,
            sha256=sha256,
            dossier=head["dossier"] or "",
            dossier_sha256=head["dossier_sha256"],
            answers=tuple(answers),
            disputes=tuple(self._dispute(one) for one in self._entries(head, "disputes", form.DISPUTE)),
            waivers=tuple(self._waivers(head)),
            conditions=tuple(
                Requirement(one["text"], one["owner"], one["due"], one["done"], one.place)
                for one in self._entries(head, "conditions", form.CONDITION)
            ),
            signer=self._signer(head),
            signed_on=head["date"],
            place=head.at("dossier"),
        )

    def _answer(self, one: _Entry) -> Answer:
        self._known(one, "question", self.rulebook.questions)
        return Answer(one["question"], one["answer"], one["by"], one["date"], one.at("question"))

    def _answered_once(self, answers: list[Answer]) -> None:
        seen: dict[str, Place] = {}
        for one in answers:
            first = seen.setdefault(one.question, one.place)
            if first != one.place:
                what = Text(
                    f"问题“{one.question}”在第 {first.line} 行已有答复",
                    f"the question “{one.question}” is answered in line {first.line} already",
                )
                self.problems.append(Problem(one.place, what, Text("合并或删去其中一处", "merge the two or remove one")))

    def _dispute(self, one: _Entry) -> Dispute:
        self._known(one, "criterion", self.rulebook.criteria)
        self.problems += self._entity_fits(one)
        return Dispute(one["criterion"], one["entity"], one["view"], one["reason"], one["by"], one["date"], one.place)

    def _waivers(self, head: _Entry) -> list[Waiver]:
        waivers = []
        for node in self._items(head, "waivers"):
            lacking: list[Problem] = []
            one = self._entry(node, form.WAIVER, lacking)
            if one is None:
                self.problems += lacking
                continue
            if one["criterion"] is None:
                self.problems += lacking
                continue
            self._known(one, "criterion", self.rulebook.criteria)
            lacking += self._entity_fits(one)
            granted, expires = one["granted"], one["expires"]
            if granted is not None and expires is not None and expires < granted:
                what = Text(f"到期日期 {expires} 早于准予日期 {granted}", f"it expires on {expires}, before it was granted on {granted}")
                lacking.append(Problem(one.at("expires"), what, Text("请核对两个日期", "check the two days")))
            waivers.append(
                Waiver(
                    one["criterion"],
                    one["entity"],
                    one["reason"],
                    one["owner"],
                    granted,
                    expires,
                    one["evidence"],
                    one.place,
                    tuple(lacking),
                )
            )
        return waivers

    def _signer(self, head: _Entry) -> Signer | None:
        node = head["signer"]
        if node is None or _is_blank(node):
            return None
        one = self._entry(node, form.SIGNER, self.problems)
        return None if one is None or one["name"] is None else Signer(one["name"], one["role"], one["body"])

    def _entity_fits(self, one: _Entry) -> list[Problem]:
        """Return a problem where an entity is named for a criterion that is held against the proposal as a whole."""
        criterion = self.rulebook.criteria.get(one["criterion"])
        if criterion is None or criterion.over is not None or one["entity"] is None:
            return []
        what = Text(
            f"准则“{criterion.id}”针对整个事项，没有对象“{one['entity']}”",
            f"the criterion “{criterion.id}” is about the proposal as a whole and has no entity “{one['entity']}”",
        )
        return [Problem(one.at("entity"), what, Text("删去“对象”一行", "leave `entity` out"))]

    def _known(self, one: _Entry, name: str, known: Any) -> None:
        word = one[name]
        if word is not None and word not in known:
            noun = Text("准则", "criterion") if name == "criterion" else Text("问题", "question")
            what = Text(f"没有{noun.zh}“{word}”", f"there is no {noun.en} “{word}”")
            self.problems.append(Problem(one.at(name), what, did_you_mean(word, known)))

    def _entries(self, head: _Entry, name: str, keys: form.Form) -> list[_Entry]:
        """Return the entries of a list, without those that lack what they need: their problems are collected."""
        found = []
        for node in self._items(head, name):
            before = len(self.problems)
            one = self._entry(node, keys, self.problems)
            if one is not None and len(self.problems) == before:
                found.append(one)
            elif one is not None:
                for key, known in (("criterion", self.rulebook.criteria), ("question", self.rulebook.questions)):
                    self._known(one, key, known)
        return found

    def _items(self, head: _Entry, name: str) -> tuple[Node, ...]:
        node = head[name]
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return node.items
        key = next(one for one in form.RECORD if one.name == name)
        self._refuse(
            head.at(name),
            Text(f"“{key.zh}”应为列表", f"“{key.name}” should be a list"),
            Text("请逐条列出，每条以“- ”开头", "list the entries, each with “- ”"),
        )
        return ()

    def _entry(self, node: Node, keys: form.Form, problems: list[Problem]) -> _Entry | None:
        """Return the values of a mapping. Unknown keys are refused; what is wrong with a value goes to `problems`."""
        if not isinstance(node, Mapping):
            self._refuse(node.place, Text("这里应是一组“键: 值”", "this should hold `key: value` lines"), _listed(keys))
            return None
        entry = _Entry(node.place)
        due = {key.name for key in keys if key.required}
        for key, written, value in self._named(node, keys):
            entry.keys[key.name] = written.place
            is_empty = key.required and says_nothing(value, self.rulebook.vocabulary.empty_words)
            if says_not_stated(value) or (says_none(value) and not key.none_counts) or is_empty:
                continue
            due.discard(key.name)
            try:
                entry.values[key.name] = key.read(value)
            except PydanticCustomError as error:
                problems.append(_problem(key, value.place, error))
        for key in keys:
            if key.name in due:
                what = Text(f"缺少“{key.zh}”", f"“{key.name}” is missing")
                problems.append(Problem(entry.at(key.name), what, key.ask))
        return entry

    def _named(self, node: Mapping, keys: form.Form) -> list[tuple[form.Key, Scalar, Node]]:
        names = {fold(spelling): key for key in keys for spelling in key.label}
        seen: dict[str, Scalar] = {}
        found = []
        for written, value in node:
            key = names.get(fold(written.text))
            if key is None:
                what = Text(f"不认识的键“{written.text}”", f"unknown key “{written.text}”")
                alike = [name for name in names if is_chinese(name) == is_chinese(written.text)]
                self._refuse(written.place, what, did_you_mean(written.text, alike))
            elif key.name in seen:
                first = seen[key.name]
                what = Text(
                    f"“{written.text}”与第 {first.place.line} 行的“{first.text}”是同一项",
                    f"“{written.text}” is the same as “{first.text}” in line {first.place.line}",
                )
                self._refuse(written.place, what, Text("只保留一处", "keep one of them"))
            else:
                seen[key.name] = written
                found.append((key, written, value))
        return found

    def _refuse(self, place: Place, what: Text, todo: Text) -> None:
        self.problems.append(Problem(place, what, todo))


def _problem(key: form.Key, place: Place, error: PydanticCustomError) -> Problem:
    said = error.context or {}
    what = Text(f"“{key.zh}”：{said['what_zh']}", f"“{key.name}”: {said['what_en']}")
    return Problem(place, what, Text(said["todo_zh"], said["todo_en"]))


def _is_blank(node: Node) -> bool:
    """Return whether a mapping says nothing: a form not yet filled in."""
    return isinstance(node, Mapping) and all(says_not_stated(value) for _, value in node)


def _listed(keys: form.Form) -> Text:
    return Text("可写：" + "、".join(key.zh for key in keys), "known keys: " + ", ".join(key.name for key in keys))
