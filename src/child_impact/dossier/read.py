"""Read a dossier: bytes in, a valid `Dossier` out, or every problem at once."""

import hashlib
from decimal import Decimal
from typing import Any

from ..reading.nodes import Mapping, Node, Scalar, Sequence
from ..reading.privacy import hidden
from ..reading.problems import DossierRefused, Place, Problem, Problems, refusing
from ..reading.text import Text, fold
from ..reading.workbook import is_workbook
from ..reading.yaml12 import read_yaml
from ..vocabulary.model import EntityList, Field, FieldType, Vocabulary
from ..vocabulary.paths import entry_path, field_path, parts
from . import leaves
from .bodies import Settling
from .counts import without_uncounted
from .facts import Dossier, Entity, Fact, Identity, Listing, OpenSet, Remark, Strength, Value
from .header import decision_fits, stage_fits
from .references import unknown_references
from .spelled import Spelled, SpelledList, Support
from .spelling import Speller


def read_dossier(data: bytes, file: str, vocabulary: Vocabulary, *, is_part: bool = False) -> Dossier:
    """Read and validate a dossier, YAML or a workbook. `file` is the name that facts and messages show.

    `is_part`: it is to be brought into another, which may list what its references are to.

    Raises `DossierRefused` with every problem that could be found.
    """
    with refusing(DossierRefused, file):
        root, problems = parsed(data, file, vocabulary)
        _refuse_what_is_no_dossier(root)
        try:
            dossier = read_tree(root, file, hashlib.sha256(data).hexdigest(), vocabulary, is_part=is_part)
        except DossierRefused as refused:
            # What a cell would have said is not known: it is wrong, not missing.
            further = [one for one in refused.problems if one.place.line is not None] if problems else refused.problems
            raise DossierRefused([*problems, *further]) from None
        if problems:
            raise DossierRefused(problems)
        return dossier


def _refuse_what_is_no_dossier(root: Node) -> None:
    """Tell a reviewer's record and a saved assessment from a dossier with mistakes."""
    keys = {fold(key.text): node for key, node in root} if isinstance(root, Mapping) else {}
    format_ = keys.get("format")
    if isinstance(format_, Scalar) and format_.text.startswith("child-impact/"):
        what = Text("这是保存的评价，不是档案", "this is a saved assessment, no dossier")
        raise DossierRefused([Problem(root.place, what, Text("请用 child-impact verify 复核", "use child-impact verify"))])
    if {"dossier", "档案"} & keys.keys() and not {"title", "名称"} & keys.keys():
        what = Text("这是审查记录，不是档案", "this is a reviewer's record, no dossier")
        raise DossierRefused([Problem(root.place, what, Text("请在档案之后用 --review 给出", "give it with --review, after the dossier"))])


def parsed(data: bytes, file: str, vocabulary: Vocabulary) -> tuple[Node, list[Problem]]:
    """Return the tree of a dossier, and the problems of cells that are not in it. Raises `DossierRefused` where there is no tree."""
    with refusing(DossierRefused, file):
        if not is_workbook(data, file):
            return read_yaml(data, file), []
        from .sheets import read_sheets

        return read_sheets(data, file, vocabulary)


def read_tree(root: Node, file: str, sha256: str, vocabulary: Vocabulary, *, is_part: bool = False) -> Dossier:
    """Validate the tree of a dossier, as `read_dossier` does after parsing. Personal data is masked before anything else reads it."""
    with refusing(DossierRefused, file):
        root, sightings = hidden(root)
        speller = Speller(vocabulary)
        speller.read(root)
        if not isinstance(root, Mapping):
            raise DossierRefused(speller.problems)
        builder = _Builder(file, vocabulary, speller)
        facts, lists = builder.build()
        builder.problems += [] if is_part else unknown_references(vocabulary, facts.values(), lists)
        if builder.problems:
            raise DossierRefused([*speller.moved.summary(file), *builder.problems])
        settling = Settling(vocabulary, facts, lists)
        facts = settling.facts(facts)
        lists = {name: settling.listing(listing) for name, listing in lists.items()}
        warnings = (*builder.warnings, *settling.warnings, *sightings)
        remarks = builder.remarks | settling.remarks
        identities = {name: identity for name, one in vocabulary.lists.items() if (identity := identity_of(one)) is not None}
        return Dossier(file, sha256, facts, lists, warnings, tuple(sightings), identities, remarks)


class _Builder:
    def __init__(self, file: str, vocabulary: Vocabulary, speller: Speller) -> None:
        self.file = file
        self.vocabulary = vocabulary
        self.speller = speller
        self.problems = Problems(speller.problems)
        self.warnings: dict[Problem, None] = dict.fromkeys(speller.warnings)
        self.documents: dict[str, str] = {}
        self.remarks: dict[str, Remark] = {}

    def build(self) -> tuple[dict[str, Fact], dict[str, Listing]]:
        lists: dict[str, Listing] = {}
        names = sorted(self.speller.lists, key=lambda name: name != "documents")
        for name in names:
            lists[name] = self._listing(name, self.speller.lists[name])
            if name == "documents":
                self.documents = {entity.id: _title(entity) for entity in lists[name].entities}
        facts: dict[str, Fact] = {}
        for name, section in self.speller.sections.items():
            facts |= {fact.path: fact for fact in self._section(section, self.vocabulary.groups[name].fields, name)}
        self.problems += stage_fits(facts, self.vocabulary)
        self.warnings |= dict.fromkeys(decision_fits(facts, lists))
        return facts, {name: lists[name] for name in self.vocabulary.lists if name in lists}

    def _listing(self, name: str, spelled: SpelledList) -> Listing:
        entities: dict[str | None, list[Entity]] = {None: [], "not_done": [], "deferred": [], "nothing": []}
        listed, seen = self.vocabulary.lists[name], dict[str, Place]()
        for index, one in enumerate(spelled.entities):
            id_ = fold(one.id.text) if one.id else f"#{index}"
            first = seen.setdefault(id_, one.place)
            if first != one.place:
                what = Text(f"编号“{id_}”与{first.said().zh}重复", f"the id “{id_}” is used in {first.said().en} already")
                self.problems.append(Problem(one.place, what, Text("同一列表内编号不能重复", "ids must differ within a list")))
            path = entry_path(name, index)
            fields = listed.fields if one.standing is None else {key: listed.fields[key] for key in listed.fields if key in one.keys}
            facts = {parts(fact.path).name: fact for fact in self._section(one, fields, path)}
            counted, warnings, is_there = without_uncounted(facts, fields)
            self.warnings |= dict.fromkeys(warnings)
            entities[one.standing if is_there else "nothing"].append(Entity(id_, path, one.place, counted))
        there, nothing = tuple(entities[None]), tuple(entities["nothing"])
        listing = Listing(name, there, spelled.complete, spelled.place, identity_of(listed), nothing=nothing)
        if spelled.says_what_is_not_there():
            from .denials import denying

            return denying(listing, entities["not_done"], entities["deferred"], spelled, listed, self.problems)
        return listing

    def _section(self, spelled: Spelled, fields: dict[str, Field], prefix: str) -> list[Fact]:
        values: dict[str, Value | None] = {**self._validated(spelled, fields, parts(prefix).owner or prefix)}
        for none in spelled.none:
            if fields[none].required:
                self._required(spelled.keys[none], fields[none])
            values[none] = _none(fields[none])
        for field_name, field in fields.items():
            if field_name not in spelled.keys and (field.blank_is_none == "always" or values.get(field.blank_is_none or "") is not None):
                spelled.keys[field_name] = spelled.place
                values[field_name] = _none(field)
        notes = {name: note for name, node in spelled.notes.items() if (note := self._note(fields[name], node)) is not None}
        facts = []
        for field_name, field in fields.items():
            path = field_path(prefix, field_name)
            if field_name in values:
                facts.append(self._fact(path, values[field_name], spelled, field, notes.get(field_name)))
            elif field_name in notes:
                place = spelled.keys[field_name]._replace(file=self.file)
                self.remarks[path] = Remark(path, place, None, notes[field_name])
        return facts

    def _note(self, field: Field, node: Node) -> Text | None:
        from pydantic_core import PydanticCustomError

        try:
            return leaves.words(node)
        except PydanticCustomError as error:
            self.problems.append(self._problem(field, node, {"loc": (), "type": "dossier", "ctx": error.context}))
            return None

    def _validated(self, spelled: Spelled, fields: dict[str, Field], owner: str) -> dict[str, Value]:
        from pydantic_core import ValidationError

        from .validators import validators

        made = validators(self.vocabulary)
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, field in fields.items():
            node = spelled.values.get(name)
            if node is None:
                if field.required and name not in spelled.none:
                    problems.append(self._missing(spelled, field))
                continue
            try:
                values[name] = made.of(field).validate_python(_several(node) if field.type is FieldType.CHOICES else node)
            except ValidationError as error:
                moved = self.speller.moved.retyped(owner, field, node)
                problems += [moved] if moved else [self._problem(field, node, details) for details in error.errors(include_url=False)]
        if problems:
            self.problems += problems
            return {}
        values |= {key: OpenSet(values[key]) for key in spelled.open if key in values}
        if spelled.lacks:
            from .denials import lacking

            values |= lacking(spelled, values, fields, self.problems)
        return values

    def _missing(self, spelled: Spelled, field: Field) -> Problem:
        place = spelled.keys.get(field.name, spelled.place)
        what = Text(f"缺少“{field.key.zh}”", f"“{field.key.en}” is missing")
        return Problem(place._replace(file=self.file), what, Text(field.question.zh, field.question.en))

    def _problem(self, field: Field, node: Node, details: Any) -> Problem:
        location = details["loc"]
        place = node.items[location[0]].place if location and isinstance(node, Sequence) else node.place
        context = details.get("ctx") or {}
        label = Text(f"“{field.key.zh}”", f"“{field.key.en}”")
        if details["type"] == "dossier":
            return Problem(
                place,
                Text(f"{label.zh}：{context['what_zh']}", f"{label.en}: {context['what_en']}"),
                Text(context["todo_zh"], context["todo_en"]),
            )
        return Problem(place, *_bounds(label, details["type"], context))

    def _fact(self, path: str, value: Value | None, spelled: Spelled, field: Field, note: Text | None) -> Fact:
        name = field.name
        support = spelled.support.get(name, Support())
        evidence = support.evidence or spelled.own.evidence
        page = support.page if support.evidence else support.page or spelled.own.page
        planned = support.planned if support.planned is not None or not field.can_be_planned else spelled.own.planned
        cited = self._cited(evidence, page)
        strength = Strength.PLANNED if planned else Strength.EVIDENCED if cited else Strength.ASSERTED
        place = spelled.values[name].place if name in spelled.values else spelled.keys[name]
        if place.sheet is None:
            place = place._replace(line=spelled.keys[name].line)  # a long value: the line of its key
        return Fact(path, value, place._replace(file=self.file), strength, cited, planned is False, note)

    def _cited(self, evidence: Scalar | None, page: Scalar | None) -> str | None:
        if evidence is None:
            return None
        title = self.documents.get(fold(evidence.text))
        if title is None:
            what = Text(
                f"出处“{evidence.text}”不在“材料”列表中，该事实按未附证据处理",
                f"the evidence “{evidence.text}” is no entry of `documents`; the fact counts as asserted only",
            )
            warning = Problem(evidence.place, what, Text("请在“材料”中登记，或改正编号", "list it under `documents`, or correct the id"))
            self.warnings[warning] = None
            return None
        return f"{title}, {page.text}" if page is not None else title

    def _required(self, place: Place, field: Field) -> None:
        self.problems.append(Problem(place, Text(f"“{field.key.zh}”不能为“无”", f"“{field.key.en}” cannot be none"), field.question))


def identity_of(listed: EntityList) -> Identity | None:
    """Return which field of a list says what its things are, or None where none does."""
    if listed.identified_by is None:
        return None
    return Identity(listed.identified_by, is_set=listed.fields[listed.identified_by].type is FieldType.CHOICES)


def _several(node: Node) -> Node | tuple[Node, ...]:
    """Return what the validator of a set takes: the nodes of its members. A single value is a set of one."""
    return tuple(node.items) if isinstance(node, Sequence) else (node,) if isinstance(node, Scalar) else node


def _none(field: Field) -> Value | None:
    match field.type:
        case FieldType.BOOLEAN:
            return False
        case FieldType.NUMBER | FieldType.INTEGER:
            return Decimal(0)
        case FieldType.CHOICES:
            return frozenset()
        case _:
            return None


def _title(entity: Entity) -> str:
    fact = entity.facts.get("title")
    return fact.value.zh if fact is not None and isinstance(fact.value, Text) else entity.id


def _bounds(label: Text, kind: str, context: dict[str, Any]) -> tuple[Text, Text]:
    check = Text("请核对数值和单位", "check the figure and its unit")
    if kind == "greater_than_equal":
        return Text(f"{label.zh}不能小于 {context['ge']}", f"{label.en} cannot be less than {context['ge']}"), check
    if kind == "less_than_equal":
        return Text(f"{label.zh}不能大于 {context['le']}", f"{label.en} cannot be more than {context['le']}"), check
    if kind == "multiple_of":
        return Text(f"{label.zh}应为整数", f"{label.en} should be a whole number"), check
    return Text(f"{label.zh}的写法不对", f"{label.en} is not written as it should be"), Text("请对照词汇表改正", "see the vocabulary")
