"""The JSON Schema of a dossier (2020-12), made from the vocabulary: for editors that complete and check while a dossier is written.

It accepts what the reader accepts as far as a schema can tell, and is stricter in one thing: other widths of letters, which the reader
folds, are marked. It cannot see what needs the whole file, the calendar or more than one value: ids given twice, the 30th of February.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any, NamedTuple

from ..reading.text import Text, fold, is_chinese
from ..vocabulary.model import EntityList, Field, FieldType, Vocabulary
from .leaves import MAX_INTEGER, MAX_TEXT
from .words import ENTITY_KEYS, LIST_KEYS, NO, NONE, NOT_STATED, OF_ENTRIES, REASON_KEYS, STANDINGS, TEXT_KEYS, VALUE_KEYS, YES

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_PUNCTUATION = r"\s!-,/:-@\[-^`{-~、。，：；！？（）《》“”"
_MONTH, _DAY = "(0?[1-9]|1[0-2])", "(0?[1-9]|[12][0-9]|3[01])"
_ABOUT = {
    "id": Text("编号，在本列表内不重复", "identifier, unique in the list"),
    "value": Text("事实本身", "the fact itself"),
    "evidence": Text("出处：“材料”中一项的编号", "the id of an entry of `documents`"),
    "page": Text("出处的页码", "page of the evidence"),
    "standing": Text("已完成还是计划", "done or planned"),
    "items": Text("列表的各项", "the entries of the list"),
    "has": Text("已知有的；还可能有别的", "those that there are; there may be others"),
    "lacks": Text("已知没有的", "those of which there is none"),
    "reason": Text("未开展或暂缓的理由", "why it was not done or is put off"),
    "complete": Text("除所列之外是否再没有了", "whether there is nothing besides what is listed"),
    "note": Text("说明，供阅读，不作判断", "what is to be added in words; nothing is judged by it"),
    "zh": Text("中文", "in Chinese"),
    "en": Text("英文", "in English"),
}


class _Key(NamedTuple):
    """A key of a mapping: its spellings, what it holds, what it is for, and whether it must be there."""

    spellings: tuple[str, ...]
    holds: Schema
    about: Text
    required: bool = False


def dossier_schema(vocabulary: Vocabulary) -> Schema:
    """Return the schema of a dossier. Equal vocabularies give equal schemas, in equal order."""
    header = vocabulary.groups[""].fields
    groups = [group for group in vocabulary.groups.values() if group.name]
    lists = vocabulary.lists.values()
    sections = [_Key(group.key, _ref(f"group.{group.name}"), group.key) for group in groups]
    sections += [_Key(one.key, _ref(f"list.{one.name}"), one.question) for one in lists]
    root = _mapping([*_keys(header.values()), *sections])
    root["allOf"] += _stages(vocabulary)
    return {
        "$schema": DIALECT,
        "title": "儿童影响评价档案 / dossier of a child impact assessment (child-impact)",
        **root,
        "$defs": {
            **_forms(vocabulary),
            **{f"choice.{one.id}": {"enum": _spellings(one.values)} for field in _fields(vocabulary) if (one := field.enumeration)},
            **{_fact_name(field): _fact(field) for field in _fields(vocabulary)},
            **{f"group.{one.name}": _any(_mapping(_keys(one.fields.values())), _ref("not_stated")) for one in groups},
            **{f"list.{one.name}": _list(one) for one in lists},
        },
    }


def _forms(vocabulary: Vocabulary) -> Schema:
    """Return the schemas of what every dossier is made of: values of each simple type, and the words of the form itself."""
    words = {"type": "string", "pattern": r"\S", "maxLength": MAX_TEXT}
    either = [_Key(spellings, _SCALAR, _ABOUT[name]) for name, spellings in _named(TEXT_KEYS)]
    return {
        "not_stated": {"enum": [None, *sorted(NOT_STATED)]},
        "none": {"enum": sorted(NONE)},
        "boolean": {"enum": [True, False, *sorted(YES), *sorted(NO)]},
        "date": _any(
            {"type": "string", "pattern": f"^{_year()}(-{_MONTH}(-{_DAY})?|年({_MONTH}月({_DAY}日)?)?)?$"},
            {"type": "integer", "minimum": 1900, "maximum": 2200},
        ),
        "note": _any(words, {"type": ["number", "boolean"]}, {**_mapping(either), "minProperties": 1}),
        "body": _ref("note"),
        "identifier": _any({"type": "string", "pattern": f"^[^.{_PUNCTUATION}-][^{_PUNCTUATION}]{{0,79}}$"}, {"type": "number"}),
        "place": _place(vocabulary.places),
        "reference": _any(_SCALAR, _ref("not_stated")),
        "standing": _any({"enum": [one for one, of in STANDINGS.items() if of not in OF_ENTRIES]}, _ref("not_stated")),
        "entry_standing": _any({"enum": list(STANDINGS)}, _ref("not_stated")),
        "id": {**_SCALAR, "not": _ref("not_stated")},
    }


def _year() -> str:
    return "(19[0-9]{2}|2[01][0-9]{2}|2200)"


def _place(places: Mapping[str, str]) -> Schema:
    provinces = "|".join(sorted({code[:2] for code in places.values()}))
    return _any(
        {"enum": list(places)},
        {"type": "string", "pattern": f"^({provinces})[0-9]{{4}}$"},
        {"type": "integer", "minimum": 100000, "maximum": 999999},
        {"type": "string", "pattern": f"^({'|'.join(places)})"},
    )


def _stages(vocabulary: Vocabulary) -> list[Schema]:
    """Return, for each kind of proposal, that its stage is one of that kind."""
    header = vocabulary.groups[""].fields
    kind, stage = header["kind"], header["stage"]
    assert kind.enumeration is not None
    assert stage.enumeration is not None
    rules = []
    for code, name in kind.enumeration.values.items():
        fitting = {one: stage.enumeration.values[one] for one, rank in vocabulary.stages.items() if code in rank.kinds}
        given = {"enum": _spellings({code: name})}
        of_kind = _any(*({"required": [key], "properties": {key: given}} for key in kind.key))
        fits = _any({"enum": _spellings(fitting)}, {"type": "object"})
        rules.append({"if": of_kind, "then": {"properties": dict.fromkeys(stage.key, fits)}})
    return rules


def _fields(vocabulary: Vocabulary) -> list[Field]:
    of_groups = [field for group in vocabulary.groups.values() for field in group.fields.values()]
    return of_groups + [field for one in vocabulary.lists.values() for field in one.fields.values()]


def _keys(fields: Iterable[Field]) -> list[_Key]:
    return [_Key(field.key, _ref(_fact_name(field)), field.question, field.required) for field in fields]


def _fact_name(field: Field) -> str:
    """Return the name of the schema that a fact shares with all facts of its type, bounds and values."""
    bounds = f"{field.minimum if field.minimum is not None else ''}..{field.maximum if field.maximum is not None else ''}"
    parts = ["fact", field.type.value, field.enumeration.id if field.enumeration else "", bounds if bounds != ".." else ""]
    marks = ("required" if field.required else "", "planned" if field.can_be_planned else "")
    return "-".join(part for part in (*parts, *marks) if part)


def _fact(field: Field) -> Schema:
    """Return the schema of a fact: plain, or wrapped with its evidence; *not stated* and *none* where the reader takes them."""
    allowed = [_plain(field)] if field.required else [_plain(field), _ref("not_stated"), _ref("none")]
    note = _any(_ref("note"), _ref("not_stated"), _ref("none"))
    holds = {"value": _any(*allowed), "evidence": _ref("reference"), "page": _ref("reference"), "note": note}
    if field.can_be_planned:
        holds["standing"] = _ref("standing")
    if field.type is FieldType.CHOICES:
        holds["complete"] = _any(_ref("boolean"), _ref("not_stated"))
        holds["has"] = _members(field, least=0)
    if field.type in (FieldType.CHOICE, FieldType.CHOICES):
        holds["lacks"] = _any(_members(field), _ref("not_stated"))
    keys = [_Key(spellings, holds[name], _ABOUT[name]) for name, spellings in _named(VALUE_KEYS) if name in holds]
    said = tuple(name for name in ("value", "has", "lacks", *(() if field.required else ("note",))) if name in holds)
    spelled = [spelling for name, spellings in _named(VALUE_KEYS) if name in said for spelling in spellings]
    wrapped = _mapping(keys)
    wrapped["allOf"] += _apart(holds, field)
    return _any(*allowed, {**wrapped, "anyOf": [{"required": [spelling]} for spelling in spelled]})


def _plain(field: Field) -> Schema:
    if field.type in (FieldType.NUMBER, FieldType.INTEGER):
        least, most = (field.minimum, field.maximum)
        return {
            "type": field.type.value,
            "minimum": -MAX_INTEGER if least is None else int(least),
            "maximum": MAX_INTEGER if most is None else int(most),
        }
    if field.enumeration is None:
        return _ref(field.type.value)
    one = _ref(f"choice.{field.enumeration.id}")
    several = {"type": "array", "items": one, "minItems": int(field.required)}
    return _any(one, several) if field.type is FieldType.CHOICES else one


def _apart(holds: Mapping[str, Schema], field: Field) -> list[Schema]:
    """Return the rules of keys that exclude each other: what it has and its value, a value and what it lacks unless it may have more."""
    named = dict(_named(VALUE_KEYS))
    pairs = [("value", "has")] if "has" in holds else []
    pairs += [("value", "lacks")] if field.type is FieldType.CHOICE else []
    rules: list[Schema] = [{"not": {"required": [a, b]}} for one, other in pairs for a in named[one] for b in named[other]]
    if field.type is FieldType.CHOICES:
        some = _any(*({"required": [spelling]} for spelling in named["complete"]))
        rules += [{"if": {"required": [a, b]}, "then": some} for a in named["value"] for b in named["lacks"]]
    return rules


def _members(field: Field, least: int = 1) -> Schema:
    """Return the schema of members of a closed list: one, or several."""
    assert field.enumeration is not None
    one = _ref(f"choice.{field.enumeration.id}")
    return _any(one, {"type": "array", "items": one, "minItems": least})


def _list(one: EntityList) -> Schema:
    """Return the schema of a list of entities: plain, or wrapped with whether it is complete."""
    holds = {"id": _ref("id"), "evidence": _ref("reference"), "page": _ref("reference")}
    identity = one.fields.get(one.identified_by or "")
    if one.takes_standing or identity is not None:
        holds["standing"] = _ref("entry_standing" if identity is not None else "standing")
    own = [_Key(spellings, holds[name], _ABOUT[name], name == "id") for name, spellings in _named(ENTITY_KEYS) if name in holds]
    if identity is not None:
        taken = {fold(spelling) for field in one.fields.values() for spelling in field.key}
        whys = [(name, tuple(one for one in spellings if one not in taken)) for name, spellings in _named(REASON_KEYS)]
        own += [_Key(spellings, _any(_ref("note"), _ref("not_stated")), _ABOUT[name]) for name, spellings in whys if spellings]
    items = {"type": "array", "items": _mapping([*own, *_keys(one.fields.values())])}
    wrapped = {"items": _any(items, _ref("none")), "complete": _any(_ref("boolean"), _ref("not_stated"))}
    if identity is not None:
        wrapped["lacks"] = _any(_members(identity), _ref("not_stated"))
        wrapped["complete"] = _any(_ref("boolean"), _ref("not_stated"), _members(identity))
    keys = [_Key(spellings, wrapped[name], _ABOUT[name]) for name, spellings in _named(LIST_KEYS) if name in wrapped]
    said = [spelling for name, spellings in _named(LIST_KEYS) if name in ("items", "lacks") and name in wrapped for spelling in spellings]
    some = {**_mapping(keys), "anyOf": [{"required": [spelling]} for spelling in said]}
    return _any(items, _ref("not_stated"), _ref("none"), some)


def _named(keys: Mapping[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the keys of the form by their name, each with its spellings."""
    return [(name, tuple(spelling for spelling, of in keys.items() if of == name)) for name in dict.fromkeys(keys.values())]


def _mapping(keys: Iterable[_Key]) -> Schema:
    """Return the schema of a mapping with these keys and no others, each in one of its spellings."""
    properties: Schema = {}
    rules: list[Schema] = []
    for key in keys:
        spellings = list(dict.fromkeys(one for spelling in key.spellings for one in (spelling, fold(spelling))))
        for spelling in spellings:
            properties[spelling] = {**key.holds, "description": key.about.in_("zh" if is_chinese(spelling) else "en")}
        if key.required:
            rules.append({"oneOf": [{"required": [spelling]} for spelling in spellings]})
        else:
            rules += [{"not": {"required": list(pair)}} for pair in combinations(spellings, 2)]
    return {"type": "object", "properties": properties, "additionalProperties": False, "allOf": rules}


def _spellings(values: Mapping[str, Text]) -> list[str]:
    """Return all codes, then all names in Chinese and in English, each as written and folded."""
    written = [*values, *(name.zh for name in values.values()), *(name.en for name in values.values())]
    return list(dict.fromkeys(one for spelling in written for one in (spelling, fold(spelling))))


def _any(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
