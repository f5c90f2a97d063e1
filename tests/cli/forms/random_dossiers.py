"""Random dossiers that are valid: any facts, lists and wrappings that the vocabulary allows, as data."""

import json
from typing import Any

from hypothesis import strategies as st

from child_impact.reading.letters import unseen
from child_impact.vocabulary.model import EntityList, Field, FieldType, Vocabulary

HEADER = {"id": "d1", "title": "T", "kind": "project", "types": ["park"], "place": "吉林省长春市南关区", "stage": "scheme"}
LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\ufffe\uffff")
WORDS = st.text(LETTERS, min_size=1, max_size=12).filter(
    lambda text: (
        text not in ("无", "没有", "none", "未说明", "不详", "未载明", "null", "~") and any(map(str.isalnum, text)) and not unseen(text)
    )
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join) | st.lists(WORDS, min_size=2, max_size=2).map("\n".join)
IN_TWO = TEXTS | st.fixed_dictionaries({"zh": TEXTS, "en": TEXTS})
IDS = st.from_regex(r"[a-z0-9][a-z0-9.-]{0,8}", fullmatch=True)
NAMED = {
    FieldType.PLACE: st.sampled_from(["北京市西城区", "220000", "吉林省长春市南关区"]),
    FieldType.IDENTIFIER: IDS,
    FieldType.NOTE: IN_TWO,
    FieldType.BODY: st.sampled_from(["市教育局", "本单位", {"zh": "区妇联", "en": "women's federation"}]) | TEXTS,
    FieldType.REFERENCE: st.sampled_from(["m1", "m2"]),
}
DAYS = st.dates(min_value=__import__("datetime").date(1990, 1, 1), max_value=__import__("datetime").date(2100, 1, 1))


def value(field: Field) -> st.SearchStrategy[Any]:
    """Return values of a field."""
    low = int(field.minimum) if field.minimum is not None else -999
    high = int(field.maximum) if field.maximum is not None else 10**9
    match field.type:
        case FieldType.BOOLEAN:
            return st.booleans()
        case FieldType.INTEGER:
            return st.integers(low, high)
        case FieldType.NUMBER:
            return st.integers(low, high) | st.decimals(low, min(high, 10**8), places=4).map(float)
        case FieldType.DATE:
            return st.builds(lambda day, size: day.isoformat()[:size], DAYS, st.sampled_from((10, 7, 4)))
        case FieldType.CHOICE:
            return st.sampled_from(list(field.enumeration.values))
        case FieldType.CHOICES:
            return st.lists(st.sampled_from(list(field.enumeration.values)), unique=True, max_size=5)
        case FieldType.REFERENCE if field.to != "documents":
            return st.none()  # the entries of other lists are drawn apart
        case _:
            return NAMED[field.type]


def answer(field: Field, *, must: bool = False) -> st.SearchStrategy[Any]:
    """Return answers: a value, none or not stated, plain or with what supports it."""
    plain = value(field) if must else st.one_of(value(field), value(field), st.sampled_from(["none", "未说明", None]))
    support: dict[str, Any] = {
        "note": IN_TWO,
        "evidence": st.sampled_from(["m1", "m2", "lost"]),
        "page": st.sampled_from(["3", "附图2"]),
    }
    if field.can_be_planned:
        support["standing"] = st.sampled_from(["planned", "done"])
    if field.type is FieldType.CHOICES:
        support["complete"] = st.booleans()
    wrapped = st.fixed_dictionaries({"value": plain}, optional=support)
    if must or field.type not in (FieldType.CHOICE, FieldType.CHOICES):
        return plain | wrapped
    beside = {key: one for key, one in support.items() if key != "complete"}
    return plain | wrapped | st.builds(lambda said, more: {**said, **more}, denial(field), st.fixed_dictionaries({}, optional=beside))


def denial(field: Field) -> st.SearchStrategy[dict[str, Any]]:
    """Return what a set or a choice is known not to have, of a set beside what it has."""
    codes = list(field.enumeration.values)
    lacks = st.lists(st.sampled_from(codes), unique=True, min_size=1, max_size=3)
    if field.type is FieldType.CHOICE or len(codes) < 2:
        return lacks.map(lambda codes_: {"lacks": codes_})
    return st.tuples(lacks, st.lists(st.sampled_from(codes), unique=True, max_size=3)).map(
        lambda both: {"lacks": both[0], "has": [code for code in both[1] if code not in both[0]]}
    )


def entry(entities: EntityList, id_: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return entries of a list."""
    own = {"evidence": st.just("m1"), "page": st.just("7")}
    if entities.takes_standing:
        own["standing"] = st.sampled_from(["planned", "done"])
    fields = {name: answer(field) for name, field in entities.fields.items()}
    return st.fixed_dictionaries({"id": st.just(id_)}, optional={**own, **fields})


def listing(entities: EntityList) -> st.SearchStrategy[Any]:
    """Return lists: none, open or complete, and such as say what they lack, what they name in full, what was not done or is put off."""
    some = st.integers(1, 3).flatmap(lambda size: st.tuples(*(entry(entities, f"e{number}") for number in range(size)))).map(list)
    plain = st.just("none") | some | st.fixed_dictionaries({"items": some, "complete": st.booleans()})
    if entities.identified_by is None:
        return plain
    identity = entities.fields[entities.identified_by]
    members = st.lists(st.sampled_from(list(identity.enumeration.values)), unique=True, min_size=1, max_size=2)
    said = st.fixed_dictionaries({}, optional={"lacks": members, "complete": members | st.booleans()})
    gone = st.lists(st.tuples(st.sampled_from(["not_done", "deferred"]), members), max_size=2)
    return plain | st.tuples(some, said, gone).map(lambda drawn: _denying(identity, *drawn))


def _denying(identity: Field, some: list[Any], said: dict[str, Any], gone: list[Any]) -> dict[str, Any]:
    """Return a list of entries that are none of those that it says there are none of."""
    several = identity.type is FieldType.CHOICES
    entries = [
        {"id": f"g{number}", identity.name: codes if several else codes[0], "standing": standing, "reason": "why", "note": "more"}
        for number, (standing, codes) in enumerate(gone)
    ]
    kept = [{key: value for key, value in one.items() if key != identity.name} for one in some]
    return {"items": [*entries, *kept], **said}


def dossiers(vocabulary: Vocabulary) -> st.SearchStrategy[dict[str, Any]]:
    """Return dossiers."""
    groups = {name: group for name, group in vocabulary.groups.items() if name}
    header = {name: answer(field) for name, field in vocabulary.groups[""].fields.items() if not field.required}
    header["title"] = answer(vocabulary.groups[""].fields["title"], must=True)
    sections = {
        name: st.fixed_dictionaries({}, optional={key: answer(one) for key, one in group.fields.items()}) for name, group in groups.items()
    }
    lists = {name: listing(one) for name, one in vocabulary.lists.items()}
    some_sections = st.lists(st.sampled_from([*sections, *lists]), max_size=6, unique=True)
    chosen = some_sections.flatmap(lambda names: st.fixed_dictionaries({name: (sections | lists)[name] for name in names}))
    documents = [{"id": "m1", "title": "Minutes"}, {"id": "m2", "kind": "notice"}]
    return st.builds(
        lambda head, rest: json.loads(  # as if read: nothing in it is the same object twice, which YAML would write as an alias
            json.dumps({**HEADER, **{k: v for k, v in head.items() if v is not None}, **rest, "documents": documents})
        ),
        st.fixed_dictionaries({}, optional=header),
        chosen,
    )
