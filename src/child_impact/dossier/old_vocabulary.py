"""The vocabulary with its old keys: a workbook of older days is read by it, since its sheets, columns and rows are found by their keys."""

from msgspec.structs import replace

from ..vocabulary.model import EntityList, Enumeration, Field, FieldType, Group, Vocabulary
from ..vocabulary.moved import How, Move
from ..vocabulary.paths import field_path, parts


def with_old_keys(vocabulary: Vocabulary, text: FieldType, *, as_it_was: bool = False) -> Vocabulary:
    """Return the vocabulary with the keys that moved beside those of today, each where it stood; `text` is the type of words.

    `as_it_was`: what is only retyped takes words too, as it did.
    """
    moves = [move for move in vocabulary.moved.all.values() if as_it_was or not move.is_retyped]
    if not moves:
        return vocabulary
    groups, lists = dict(vocabulary.groups), dict(vocabulary.lists)
    for move in (one for one in moves if one.how is How.SECTION):
        if move.to in lists:
            lists[move.path] = replace(lists[move.to], name=move.path, key=move.key, fields=lists[move.to].fields)
        elif move.to in groups:
            groups[move.path] = replace(groups[move.to], name=move.path, key=move.key)
    for move in (one for one in moves if one.how is not How.SECTION):
        owner = parts(move.path).owner
        holder: EntityList | Group | None = lists.get(owner) or groups.get(owner)
        if holder is None:
            continue
        field = replace(holder.fields[move.name], type=text, enumeration=None) if move.is_retyped else _field(move, vocabulary, text)
        fields = {name: one for name, one in holder.fields.items() if not {*one.key} & {*field.key}} | {move.name: field}
        if isinstance(holder, EntityList):
            lists[owner] = replace(holder, fields=fields)
        else:
            groups[owner] = replace(holder, fields=fields)
    values = {move.path: Enumeration(move.path, move.values) for move in moves if move.values}
    return replace(vocabulary, enumerations=vocabulary.enumerations | values, groups=groups, lists=lists)


def _field(move: Move, vocabulary: Vocabulary, text: FieldType) -> Field:
    """Return an old key as a field: of the type that its values had."""
    now = vocabulary.field(move.to) if move.to is not None else None
    type_, enumeration, unit, least = text, None, None, None
    if move.values:
        type_, enumeration = FieldType.CHOICE, Enumeration(move.path, move.values)
    elif now is not None and move.how in (How.VALUE, How.ENTRY) and now.enumeration is None:
        type_, unit, least = now.type, now.unit, now.minimum
    at = parts(move.path)
    path = at.name if at.owner in vocabulary.lists else field_path(at.owner, at.name)
    who = now.answered_by if now is not None else vocabulary.groups[""].fields["id"].answered_by
    return Field(path, move.key, move.key, type_, move.key, who, unit=unit, enumeration=enumeration, minimum=least)
