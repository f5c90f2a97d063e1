"""Load a rulebook from the files of a rules directory, and check all of it.

A rules directory holds `rulebook.yaml`, `vocabulary/`, `sources/`, `derived/`, `norms/`, `criteria/<domain>/` and `profiles/`, all YAML.
Files that end in `.cases.yaml` are the criteria's own cases and are read by the test bench only.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from ..conditions.names import Names
from ..conditions.parse import parse_condition
from ..conditions.syntax import ALWAYS, All, Condition, Type
from ..reading.nodes import Mapping as MappingNode
from ..reading.nodes import Node
from ..reading.problems import Place, Problem, RulesRefused, refusing
from ..reading.text import Text
from ..vocabulary.load import load_vocabulary
from . import shapes
from .checks import check_criterion
from .derivations import Derivations
from .figures import check_figures
from .model import Allowance, Basis, Clause, Criterion, CriterionKind, OutcomeRule, Profile, Question, Rulebook, Source
from .norms import Norms, always_asked, met_quantities
from .rule_files import RuleFiles, items, value_place

EDITION = "rulebook.yaml"

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,31}")
_GIVE_VERSION = Text(
    "请在规则目录的 rulebook.yaml 中写明 version（字母、数字、点，如 2026.12.0）和 title: {zh: …, en: …}",
    "write version (letters, digits and dots, as in 2026.12.0) and title: {zh: …, en: …} in rulebook.yaml in the rules directory",
)


def load_rulebook(files: Mapping[str, bytes], sha256: str) -> Rulebook:
    """Build the rulebook from its files (name under the rules directory, in posix form, to content).

    Raises `RulesRefused` with every problem of the first part that has any: vocabulary; sources and derived facts; criteria and profiles.
    """
    with refusing(RulesRefused, "rules"):
        return _Loader(RuleFiles(files)).load(sha256)


class _Loader:
    def __init__(self, files: RuleFiles) -> None:
        self.files = files

    def load(self, sha256: str) -> Rulebook:
        self.vocabulary = load_vocabulary(self.files.of("vocabulary"))
        self.sources: dict[str, Source] = {}
        self.clauses: dict[str, Clause] = {}
        version, title = self._edition()
        self._sources()
        derivations = Derivations(self.files, self.vocabulary)
        self.derived = derivations.load()
        self.names = derivations.names
        self.quantities = Norms(self.files, self.names, self.derived, self.clauses).load()
        self.bounds = {id_: quantity.bound() for id_, quantity in self.quantities.items()}
        self.files.stop_if_wrong()
        self.criteria: dict[str, Criterion] = {}
        self._criteria()
        questions = self._questions()
        profiles = self._profiles()
        self.files.stop_if_wrong()
        return Rulebook(
            version,
            title,
            sha256,
            self.vocabulary,
            self.sources,
            self.clauses,
            self.derived,
            self.criteria,
            questions,
            profiles,
            self.quantities,
        )

    def _edition(self) -> tuple[str, Text]:
        """Return the version of the rules and what they are called."""
        node = self.files.trees.get(EDITION)
        if node is None:
            what = Text("规则没有版本：缺少这个文件", "the rules have no version: this file is missing")
            self.files.problems.append(Problem(Place(EDITION), what, _GIVE_VERSION))
            return "", Text("", "")
        shape = self.files.shape(node, shapes.RulebookShape)
        if shape is not None and not _VERSION.fullmatch(shape.version):
            place = value_place(node, shape.version) or node.place
            what = Text(f"“{shape.version}”不能作版本号", f"“{shape.version}” is no version")
            self.files.problems.append(Problem(place, what, _GIVE_VERSION))
        return (shape.version, shape.title) if shape is not None else ("", Text("", ""))

    def _sources(self) -> None:
        for node, shape in self.files.shaped("sources", shapes.SourceShape):
            period = shape.in_force
            if period.keys() != {"from", "to"}:
                what = Text("in_force 要同时写 from 和 to（没有的写 null）", "in_force needs both from and to (null where open)")
                self.files.refuse(below.place if isinstance(node, MappingNode) and (below := node.get("in_force")) else node.place, what)
                continue
            self.files.refuse_unknown(node, shape.jurisdiction, self.vocabulary.places.values())
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
            nodes = items(node, "clauses")
            for clause_node, clause in zip(nodes, shape.clauses, strict=True):
                self._heading(clause_node, clause.domain, clause.element)
                id_ = f"{shape.id}:{clause.id}"
                if id_ in self.clauses:
                    self.files.refuse(clause_node.place, Text(f"条款 {id_} 重复", f"the clause {id_} is given twice"))
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

    def _criteria(self) -> None:
        for name, node in self.files.trees.items():
            path = PurePosixPath(name)
            if path.parts[0] != "criteria":
                continue
            domain = path.parent.name
            file = self.files.shape(node, shapes.CriteriaFileShape)
            for one_node, one in zip(items(node, "criteria"), file.criteria if file else (), strict=False):
                self._criterion(one_node, one, domain)

    def _criterion(self, node: Node, one: shapes.CriterionShape, domain: str) -> None:
        self._heading(node, domain, one.element)
        if one.id in self.criteria:
            self.files.refuse(node.place, Text(f"准则“{one.id}”重复", f"the criterion “{one.id}” is given twice"))
        if one.over is not None:
            self.files.refuse_unknown(node, one.over, self.vocabulary.lists)
            if one.over not in self.vocabulary.lists:
                return
        self.files.refuse_unknown(node, one.who, self._codes("roles"))
        stages = (one.from_stage,) if isinstance(one.from_stage, str) else one.from_stage
        for stage in stages:
            self.files.refuse_unknown(node, stage, self.vocabulary.stages)
        basis = tuple(Basis(entry) if isinstance(entry, str) else Basis(entry.clause, entry.partial) for entry in one.basis)
        for entry in basis:
            self.files.refuse_unknown(node, entry.clause, self.clauses)
        if not basis:
            self.files.refuse(node.place, Text(f"准则“{one.id}”没有依据", f"the criterion “{one.id}” has no basis"))
        names = Names(self.vocabulary, self.names.derived, one.kind is CriterionKind.CONSISTENCY, self.bounds)
        when, problems = parse_condition(one.when, names, one.over) if one.when is not None else (ALWAYS, [])
        require, more = parse_condition(one.require, names, one.over)
        unless, wrong = self._exception(node, one, names)
        more += wrong
        self.files.problems += problems + more
        meets = met_quantities(one.require)
        if not problems and not more:
            when = self._where_norms_apply(node, one, when)
            self.files.problems += check_figures(one.id, node, require, basis, [self.quantities[id_] for id_ in meets], self.vocabulary)
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
            unless,
            meets,
        )
        self.criteria[one.id] = criterion
        if not problems and not more:
            self.files.problems += check_criterion(criterion, self.derived, self.vocabulary.stages)

    def _where_norms_apply(self, node: Node, one: shapes.CriterionShape, when: Condition) -> Condition:
        """Return when a criterion applies, bounded to where some norm does by which it judges."""
        always = always_asked(one.require)
        applying = [self.quantities[id_].has_norm() for id_ in always]
        for id_ in met_quantities(one.require):
            if id_ not in always and self.quantities[id_].has_norm() != ALWAYS:
                what = Text(
                    f"“{id_}”不是每次都有适用的标准，应直接写在 require 里",
                    f"“{id_}” has no norm that always applies: require it alone",
                )
                self.files.refuse(node.place, what)
        bounded = [condition for condition in applying if condition != ALWAYS]
        return All((when, *bounded)) if bounded else when

    def _exception(self, node: Node, one: shapes.CriterionShape, names: Names) -> tuple[Allowance | None, list[Problem]]:
        if one.unless is None:
            return None, []
        self.files.refuse_unknown(node, one.unless.clause, self.clauses)
        condition, problems = parse_condition(one.unless.condition, names, one.over)
        return Allowance(condition, one.unless.says, one.unless.clause), problems

    def _questions(self) -> dict[str, Question]:
        questions: dict[str, Question] = {}
        for node, file in self.files.shaped("questions", shapes.QuestionsFileShape):
            for one_node, one in zip(items(node, "questions"), file.questions, strict=True):
                self._heading(one_node, one.domain, one.element)
                if one.id in questions:
                    self.files.refuse(one_node.place, Text(f"问题“{one.id}”重复", f"the question “{one.id}” is given twice"))
                for clause in one.clauses:
                    self.files.refuse_unknown(one_node, clause, self.clauses)
                when, problems = parse_condition(one.when, self.names) if one.when is not None else (ALWAYS, [])
                self.files.problems += problems
                questions[one.id] = Question(one.id, one.text, one.domain, one.element, when, one.clauses, one_node.place)
        return questions

    def _profiles(self) -> dict[str, Profile]:
        profiles: dict[str, Profile] = {}
        for node, shape in self.files.shaped("profiles", shapes.ProfileShape):
            for source in shape.adopts:
                self.files.refuse_unknown(node, source, self.sources)
            screening = self.names.derived.get(shape.screening)
            if screening is None or screening.type is not Type.BOOLEAN or screening.over is not None:
                self.files.refuse(node.place, Text(f"“{shape.screening}”不是推导条件", f"“{shape.screening}” is no derived condition"))
            if not shape.outcomes:
                self.files.refuse(node.place, Text("outcomes 不能为空", "outcomes cannot be empty"))
            outcomes = tuple(
                OutcomeRule(one.code, one.label, one.because, tuple(pattern.attributes() for pattern in one.findings), one.because_waived)
                for one in shape.outcomes
            )
            profiles[shape.id] = Profile(shape.id, shape.title, shape.adopts, shape.screening, outcomes)
        return profiles

    def _heading(self, node: Node, domain: str, element: str) -> None:
        self.files.refuse_unknown(node, domain, self._codes("domain"))
        self.files.refuse_unknown(node, element, self._codes("element"))

    def _codes(self, enumeration: str) -> Iterable[str]:
        found = self.vocabulary.enumerations.get(enumeration)
        return found.values if found else ()
