"""Facts that were taken from where they stood, added to the groups and lists where they belong now."""

from collections.abc import Iterable

import yaml
from msgspec import Struct

from ..vocabulary.model import Vocabulary
from .old_text import OldText
from .old_values import ids_of, value_of
from .yaml_text import YamlText, scalar

_ID = "编号"


class Added(Struct, frozen=True):
    """Facts to be added to a group or list (`owner`), as keys with what is written behind them; `id` is of an entry, None in a group.

    `comments` stood beside them; `chinese` is the language of the keys. `like`: codes of fields by which an entry may be the same, so that
    it takes the last fact if it is the only such entry and lacks the field `lacks`; where it does, the entry's id goes to `joined`.
    """

    owner: str
    id: str | None
    facts: dict[str, str]
    comments: list[str]
    chinese: bool
    like: dict[str, str] = {}
    lacks: str = ""
    joined: list[str] = []


def with_added(text: str, added: Iterable[Added], vocabulary: Vocabulary) -> str:
    """Return the text with everything that is added."""
    for one in added:
        target = OldText(text, vocabulary)
        if one.id is None:
            _to_group(target, one)
        else:
            _to_list(target, one)
        text = target.result()
    return text


def _to_group(target: YamlText, one: Added) -> None:
    node, lines = target.section(one.owner), [*one.comments, *_lines(one.facts)]
    if isinstance(node, yaml.MappingNode) and not (node is target.root and not target.is_in_braces):
        target.add_to_mapping(node, lines)
    elif not one.owner:
        target.add_to_root(lines)
    elif node is not None and target.is_empty(node):
        target.add_below(node, lines, 2)
    elif node is not None:
        target.replace(node, _braces(one.facts))
        _comments(target, one)
    else:
        _new_section(target, one, [f"  {line}" for line in lines], _braces(one.facts))


def _to_list(target: OldText, one: Added) -> None:
    assert one.id is not None
    node = target.section(one.owner)
    entries = target.entries(node) if node is not None else []
    same = [entry for entry in entries if _is_same(target, entry, one)] if one.like else []
    if len(same) == 1 and isinstance(same[0], yaml.MappingNode):
        one.joined.append(ids_of(same)[0])
        target.add_beside(same[0], same[0].value[-1][1], _lines(one.facts)[-1:])
        _comments(target, one)
        return
    facts = {_word(target, _ID if one.chinese else "id"): _word(target, _free(one.id, entries)), **one.facts}
    first, *more = _lines(facts)
    block = [f"- {first}", *(f"  {line}" for line in (*more, *one.comments))]
    sequence = target.sequence(node) if node is not None else None
    if node is None:
        _new_section(target, one, [f"  {line}" for line in block], f"[{_braces(facts)}]")
    elif sequence is not None and entries:
        target.add_entry(sequence, [*_lines(facts), *one.comments], _braces(facts))
    elif target.is_empty(node):
        target.add_below(node, [f"  {line}" for line in block], 0)
    else:
        target.replace(sequence if sequence is not None else node, f"[{_braces(facts)}]")
        _comments(target, one)


def _comments(target: YamlText, one: Added) -> None:
    if one.comments:
        target.add_to_root(one.comments)


def _new_section(target: YamlText, one: Added, lines: list[str], flow: str) -> None:
    keyed = target.vocabulary.lists.get(one.owner) or target.vocabulary.groups[one.owner]
    key = _word(target, keyed.key.zh if one.chinese else keyed.key.en)
    if target.is_in_braces:
        target.add_to_mapping(target.root, [f"{key}: {flow}"])
    else:
        target.add_to_root([f"{key}:", *lines])


def _is_same(target: YamlText, entry: yaml.Node, one: Added) -> bool:
    """Return whether an entry has the facts by which it may be the same, and lacks the one that is added."""
    fields = target.vocabulary.lists[one.owner].fields
    if target.field(entry, fields[one.lacks]) is not None or not ids_of([entry]):
        return False
    for name, code in one.like.items():
        node, enumeration = target.field(entry, fields[name]), fields[name].enumeration
        said = value_of(node) if node is not None else None
        if enumeration is None or not isinstance(said, yaml.ScalarNode) or enumeration.code(said.value) != code:
            return False
    return True


def _free(id_: str, entries: list[yaml.Node]) -> str:
    """Return an id that no entry has."""
    taken = set(ids_of(entries))
    return next(one for one in (id_, *(f"{id_}-{number}" for number in range(2, len(taken) + 3))) if one not in taken)


def _word(target: YamlText, text: str) -> str:
    first = target.root.value[0][0] if target.root.value else None
    return f'"{text}"' if target.is_in_braces and first is not None and first.style == '"' else scalar(text)


def _lines(facts: dict[str, str]) -> list[str]:
    return [f"{key}: {written}" for key, written in facts.items()]


def _braces(facts: dict[str, str]) -> str:
    return "{" + ", ".join(_lines(facts)) + "}"
