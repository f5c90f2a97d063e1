"""Load a rulebook from the files of a rules directory, and check all of it.

A rules directory holds `rulebook.yaml`, `vocabulary/`, `sources/`, `derived/`, `criteria/<domain>/` and `profiles/`, all YAML. Files that
end in `.cases.yaml` are the criteria's own cases and are read by the test bench only.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any, TypeVar

from ..conditions.names import DerivedName, Names
from ..conditions.parse import parse_condition, parse_number
from ..conditions.syntax import ALWAYS, Condition, DerivedRef, Expression, Holds, Type, walk
from ..reading.nodes import Mapping as MappingNode
from ..reading.nodes import Node, Scalar, Sequence
from ..reading.problems import InputRefused, Place, Problem, Problems, RulesRefused, refusing
from ..reading.shape import did_you_mean, shaped
from ..reading.text import Text
from ..reading.yaml12 import read_yaml
from ..vocabulary.load import load_vocabulary
from . import shapes
from .checks import check_criterion
from .model import Basis, Clause, Criterion, CriterionKind, Derived, OutcomeRule, Profile, Question, Rulebook, Source

MAX_RULE_FILE = 4_000_000
CASES_SUFFIX = ".cases.yaml"
EDITION = "rulebook.yaml"
_RAW = ("when", "require", "condition", "value")

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,31}")
_GIVE_VERSION = Text(
    "请在规则目录的 rulebook.yaml 中写明 version（字母、数字、点，如 2026.12.0）和 title: {zh: …, en: …}",
    "write version (letters, digits and dots, as in 2026.12.0) and title: {zh: …, en: …} in rulebook.yaml in the rules directory",
)

T = TypeVar("T")


def load_rulebook(files: Mapping[str, bytes], sha256: str) -> Rulebook:
    """Build the rulebook from its files (name under the rules directory, in posix form, to content).

    Raises `RulesRefused` with every problem of the first part that has any: vocabulary; sources and derived facts; criteria and profiles.
    """
    with refusing(RulesRefused, "rules"):
        return _Loader(files).load(sha256)


class _Loader:
    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.problems = Problems()
        self.trees: dict[str, Node] = {}
        for name in sorted(files):
            if not name.endswith(CASES_SUFFIX):
                tree = self._collect(partial(read_yaml, files[name], name, MAX_RULE_FILE))
                if tree is not None:
                    self.trees[name] = tree
        self._stop_if_wrong()

    def load(self, sha256: str) -> Rulebook:
        self.vocabulary = load_vocabulary(self._in("vocabulary"))
        self.sources: dict[str, Source] = {}
        self.clauses: dict[str, Clause] = {}
        version, title = self._edition()
        self._sources()
        self.derived = self._derived()
        self._stop_if_wrong()
        self.criteria: dict[str, Criterion] = {}
        self._criteria()
        questions = self._questions()
        profiles = self._profiles()
        self._stop_if_wrong()
        return Rulebook(
            version, title, sha256, self.vocabulary, self.sources, self.clauses, self.derived, self.criteria, questions, profiles
        )

    def _edition(self) -> tuple[str, Text]:
        """Return the version of the rules and what they are called."""
        node = self.trees.get(EDITION)
        if node is None:
            what = Text("规则没有版本：缺少这个文件", "the rules have no version: this file is missing")
            self.problems.append(Problem(Place(EDITION), what, _GIVE_VERSION))
            return "", Text("", "")
        shape = self._collect(partial(_shape, node, shapes.RulebookShape))
        if shape is not None and not _VERSION.fullmatch(shape.version):
            place = _value_place(node, shape.version) or node.place
            what = Text(f"“{shape.version}”不能作版本号", f"“{shape.version}” is no version")
            self.problems.append(Problem(place, what, _GIVE_VERSION))
        return (shape.version, shape.title) if shape is not None else ("", Text("", ""))

    def _sources(self) -> None:
        for node, shape in self._shaped("sources", shapes.SourceShape):
            period = shape.in_force
            if period.keys() != {"from", "to"}:
                what = Text("in_force 要同时写 from 和 to（没有的写 null）", "in_force needs both from and to (null where open)")
                self._refuse(below.place if isinstance(node, MappingNode) and (below := node.get("in_force")) else node.place, what)
                continue
            self._known(node, shape.jurisdiction, self.vocabulary.places.values())
            self.sources[shape.id] = Source(
                shape.id,
                shape.title,
                shape.short or shape.title,
                shape.issuer,
                shape.number,
                shape.date,
                shape.level,
                shape.jurisdiction,
                period["from"],
                period["to"],
                shape.superseded_by,
                shape.dates_are_our_reading,
                shape.note,
            )
            nodes = _items(node, "clauses")
            for clause_node, clause in zip(nodes, shape.clauses, strict=True):
                self._heading(clause_node, clause.domain, clause.element)
                id_ = f"{shape.id}:{clause.id}"
                if id_ in self.clauses:
                    self._refuse(clause_node.place, Text(f"条款 {id_} 重复", f"the clause {id_} is given twice"))
                self.clauses[id_] = Clause(
                    id_,
                    clause.locator,
                    clause.wording,
                    clause.kind,
                    clause.domain,
                    clause.element,
                    clause.reviewable,
                    clause.applies_to,
                    clause.text,
                    clause.out_of_scope,
                )

    def _derived(self) -> dict[str, Derived]:
        found: list[tuple[Node, shapes.DerivedShape]] = []
        for node, shape in self._shaped("derived", shapes.DerivedFileShape):
            found += zip(_items(node, "derived"), shape.derived, strict=True)
        known: dict[str, DerivedName] = {}
        for node, one in found:
            if one.id in known or self.vocabulary.fact(one.id) is not None:
                self._refuse(node.place, Text(f"“{one.id}”已有定义", f"“{one.id}” is defined already"))
            if (one.condition is None) == (one.value is None):
                self._refuse(node.place, Text(f"“{one.id}”应有 condition 或 value 之一", f"“{one.id}” needs either a condition or a value"))
            if one.over is not None and (one.over not in self.vocabulary.lists or not one.id.startswith(f"{one.over}.")):
                what = Text(
                    f"“{one.id}”按 {one.over} 逐项推导，编号应以“{one.over}.”开头",
                    f"“{one.id}” is about entities of {one.over}: its id must begin with “{one.over}.”",
                )
                self._refuse(node.place, what)
            known[one.id] = DerivedName(one.id, Type.BOOLEAN if one.condition is not None else Type.NUMBER, one.over)
        self._stop_if_wrong()
        names = Names(self.vocabulary, known)
        parsed = {one.id: self._one_derived(node, one, names) for node, one in found}
        self.names = names
        self._stop_if_wrong()
        return self._in_order(parsed)

    def _one_derived(self, node: Node, one: shapes.DerivedShape, names: Names) -> Derived:
        condition: Condition | None = None
        value: Expression | None = None
        if one.condition is not None:
            condition, problems = parse_condition(one.condition, names, one.over)
        else:
            value, problems = parse_number(one.value, names, one.over)
        self.problems += problems
        return Derived(one.id, one.label, one.over, condition, value, node.place)

    def _in_order(self, derived: dict[str, Derived]) -> dict[str, Derived]:
        ordered: dict[str, Derived] = {}
        open_: set[str] = set()

        def visit(one: Derived) -> None:
            if one.id in ordered:
                return
            if one.id in open_:
                self._refuse(one.place, Text(f"“{one.id}”的推导成环", f"“{one.id}” is derived from itself"))
                return
            open_.add(one.id)
            body = one.condition if one.condition is not None else one.value
            assert body is not None
            for node in walk(body):
                if isinstance(node, Holds | DerivedRef):
                    visit(derived[node.id])
            ordered[one.id] = one

        for one in derived.values():
            visit(one)
        return ordered

    def _criteria(self) -> None:
        for name, node in self.trees.items():
            path = PurePosixPath(name)
            if path.parts[0] != "criteria":
                continue
            domain = path.parent.name
            file = self._collect(partial(_shape, node, shapes.CriteriaFileShape))
            for one_node, one in zip(_items(node, "criteria"), file.criteria if file else (), strict=False):
                self._criterion(one_node, one, domain)

    def _criterion(self, node: Node, one: shapes.CriterionShape, domain: str) -> None:
        self._heading(node, domain, one.element)
        if one.id in self.criteria:
            self._refuse(node.place, Text(f"准则“{one.id}”重复", f"the criterion “{one.id}” is given twice"))
        if one.over is not None:
            self._known(node, one.over, self.vocabulary.lists)
            if one.over not in self.vocabulary.lists:
                return
        self._known(node, one.who, self._codes("roles"))
        stages = (one.from_stage,) if isinstance(one.from_stage, str) else one.from_stage
        for stage in stages:
            self._known(node, stage, self.vocabulary.stages)
        basis = tuple(Basis(entry) if isinstance(entry, str) else Basis(entry.clause, entry.partial) for entry in one.basis)
        for entry in basis:
            self._known(node, entry.clause, self.clauses)
        if not basis:
            self._refuse(node.place, Text(f"准则“{one.id}”没有依据", f"the criterion “{one.id}” has no basis"))
        names = Names(self.vocabulary, self.names.derived, consistency=one.kind is CriterionKind.CONSISTENCY)
        when, problems = parse_condition(one.when, names, one.over) if one.when is not None else (ALWAYS, [])
        require, more = parse_condition(one.require, names, one.over)
        self.problems += problems + more
        criterion = Criterion(
            one.id,
            one.title,
            domain,
            one.element,
            one.kind,
            one.over,
            stages,
            when,
            require,
            one.remedy,
            one.who,
            basis,
            one.bars,
            one.waivable if one.waivable is not None else not one.bars,
            node.place,
            one.remedy_after_decision,
        )
        self.criteria[one.id] = criterion
        if not problems and not more:
            self.problems += check_criterion(criterion, self.derived, self.vocabulary.stages)

    def _questions(self) -> dict[str, Question]:
        questions: dict[str, Question] = {}
        for node, file in self._shaped("questions", shapes.QuestionsFileShape):
            for one_node, one in zip(_items(node, "questions"), file.questions, strict=True):
                self._heading(one_node, one.domain, one.element)
                if one.id in questions:
                    self._refuse(one_node.place, Text(f"问题“{one.id}”重复", f"the question “{one.id}” is given twice"))
                for clause in one.clauses:
                    self._known(one_node, clause, self.clauses)
                when, problems = parse_condition(one.when, self.names) if one.when is not None else (ALWAYS, [])
                self.problems += problems
                questions[one.id] = Question(one.id, one.text, one.domain, one.element, when, one.clauses, one_node.place)
        return questions

    def _profiles(self) -> dict[str, Profile]:
        profiles: dict[str, Profile] = {}
        for node, shape in self._shaped("profiles", shapes.ProfileShape):
            for source in shape.adopts:
                self._known(node, source, self.sources)
            screening = self.names.derived.get(shape.screening)
            if screening is None or screening.type is not Type.BOOLEAN or screening.over is not None:
                self._refuse(node.place, Text(f"“{shape.screening}”不是推导条件", f"“{shape.screening}” is no derived condition"))
            if not shape.outcomes:
                self._refuse(node.place, Text("outcomes 不能为空", "outcomes cannot be empty"))
            outcomes = tuple(
                OutcomeRule(one.code, one.label, one.because, tuple(pattern.attributes() for pattern in one.findings), one.because_waived)
                for one in shape.outcomes
            )
            profiles[shape.id] = Profile(shape.id, shape.title, shape.adopts, shape.screening, outcomes)
        return profiles

    def _heading(self, node: Node, domain: str, element: str) -> None:
        self._known(node, domain, self._codes("domain"))
        self._known(node, element, self._codes("element"))

    def _codes(self, enumeration: str) -> Iterable[str]:
        found = self.vocabulary.enumerations.get(enumeration)
        return found.values if found else ()

    def _known(self, node: Node, word: str, known: Iterable[str]) -> None:
        if word not in known:
            place = _value_place(node, word) or node.place
            self.problems.append(Problem(place, Text(f"没有“{word}”", f"there is no “{word}”"), did_you_mean(word, known)))

    def _shaped(self, folder: str, shape: type[T]) -> list[tuple[Node, T]]:
        found = [(node, self._collect(partial(_shape, node, shape))) for node in self._in(folder)]
        return [(node, one) for node, one in found if one is not None]

    def _in(self, folder: str) -> list[Node]:
        return [node for name, node in self.trees.items() if PurePosixPath(name).parts[0] == folder]

    def _collect(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except InputRefused as refused:
            self.problems += refused.problems
            return None

    def _refuse(self, place: Place, what: Text) -> None:
        self.problems.append(Problem(place, what, Text("请改正", "correct it")))

    def _stop_if_wrong(self) -> None:
        if self.problems:
            raise RulesRefused(self.problems)


_ADAPTERS: dict[type, Any] = {}


def _shape(node: Node, shape: type[T]) -> T:
    from pydantic import TypeAdapter

    adapter = _ADAPTERS.setdefault(shape, None) or TypeAdapter(shape)
    _ADAPTERS[shape] = adapter
    shaped_: T = shaped(node, adapter, _RAW)
    return shaped_


def _items(node: Node, key: str) -> tuple[Node, ...]:
    below = node.get(key) if isinstance(node, MappingNode) else None
    return below.items if isinstance(below, Sequence) else ()


def _value_place(node: Node, word: str) -> Place | None:
    if isinstance(node, Scalar):
        return node.place if node.text == word else None
    below = [value for _, value in node] if isinstance(node, MappingNode) else node.items
    return next((place for child in below if (place := _value_place(child, word)) is not None), None)
