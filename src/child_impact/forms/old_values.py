"""What an old key says, put as the new key takes it: as a value, or as words in a note beside it."""

import json
from collections.abc import Iterable

import yaml

from ..dossier.moved_keys import NOTE, VALUE
from ..dossier.words import ENTITY_KEYS, TEXT_KEYS, VALUE_KEYS, says_none, says_not_stated
from ..reading.nodes import Scalar
from ..reading.problems import Place
from ..reading.text import fold, is_chinese
from ..vocabulary.model import Field, FieldType
from ..vocabulary.moved import How, Move
from ..vocabulary.moved_load import takes_note
from .old_text import OldText, in_quotes_of
from .yaml_text import scalar


def value_of(node: yaml.Node) -> yaml.Node:
    """Return the value within what supports it."""
    pair = _wrapped(node)
    return pair[1] if pair is not None else node


class Words:
    """Rewrites values in a text, and says how they are written where they are added."""

    def __init__(self, old: OldText) -> None:
        self.old = old
        first = old.root.value[0][0] if old.root.value else None
        self.is_json = old.is_in_braces and first is not None and first.style == '"'

    def word(self, text: str) -> str:
        """Return a word as this text writes words."""
        return json.dumps(text, ensure_ascii=False) if self.is_json else scalar(text)

    def pair(self, key: str, written: str) -> str:
        """Return a line of a key (as `word` gives it) and what is written behind it."""
        return f"{key}: {written}"

    def named(self, code: str, field: Field, *, chinese: bool) -> str:
        """Return a code of a closed list as a dossier writes it."""
        assert field.enumeration is not None
        return self.word(field.enumeration.values[code].zh if chinese else code)

    def like(self, node: yaml.ScalarNode, code: str, field: Field, *, chinese: bool) -> str:
        """Return a code with the quotes of the value in whose place it stands."""
        assert field.enumeration is not None
        return in_quotes_of(node, field.enumeration.values[code].zh if chinese else code)

    def fits(self, value: yaml.Node, field: Field, move: Move) -> bool:
        """Return whether a value can stand under the new key. Words can in a note; of a closed list only what it has."""
        said = value_of(value)
        if isinstance(said, yaml.ScalarNode) and (_plainly(said) or self._is_member(said.value, field)):
            return True
        if move.how is How.NOTE:
            return said is value or not _is_text(said) or not self._notes(value)  # there is one note only
        return field.enumeration is None or not isinstance(said, yaml.ScalarNode) or move.code(said.value) is not None

    def put(self, key: yaml.ScalarNode, value: yaml.Node, field: Field, move: Move) -> bool:
        """Rewrite a value where it stands. Return whether anything was to be done."""
        said, chinese = value_of(value), is_chinese(key.value)
        if not _is_text(said):
            return False
        code = move.code(said.value) if isinstance(said, yaml.ScalarNode) else None
        none = isinstance(said, yaml.ScalarNode) and _plainly(said)
        if isinstance(said, yaml.ScalarNode) and code is None and (none or self._is_member(said.value, field)):
            return False
        if move.how is not How.NOTE or not takes_note(field) or none:
            if code is None or not isinstance(said, yaml.ScalarNode) or field.enumeration is None:
                return False
            self.old.replace(said, self.like(said, code, field, chinese=chinese))
            return True
        if isinstance(said, yaml.ScalarNode) and self._as_set(said, field):
            return True
        self._into_note(key, value, code, field)
        return True

    def _into_note(self, key: yaml.ScalarNode, value: yaml.Node, code: str | None, field: Field) -> None:
        pair, chinese = _wrapped(value), is_chinese(key.value)
        if pair is not None:
            inner_key, inner = pair
            note = NOTE.zh if is_chinese(inner_key.value) else NOTE.en
            if code is None:
                self.old.replace(inner_key, in_quotes_of(inner_key, note))
                return
            assert isinstance(value, yaml.MappingNode)
            assert isinstance(inner, yaml.ScalarNode)
            self.old.add_beside(value, inner, [f"{self.word(note)}: {self.old.flow(inner)}"])
            self.old.replace(inner, self.named(code, field, chinese=chinese))
            return
        name = self.word(NOTE.zh if chinese else NOTE.en)
        if code is None:
            self.old.into(key, value, name)
        else:
            value_name = self.word(VALUE.zh if chinese else VALUE.en)
            written = f"{{{value_name}: {self.named(code, field, chinese=chinese)}, {name}: {self.old.flow(value)}}}"
            self.old.replace(value, written)

    def written(self, value: yaml.Node, field: Field, move: Move, *, chinese: bool) -> str:
        """Return a value as it is written behind the new key, in braces where it has parts."""
        said = value_of(value)
        if move.how is not How.NOTE or not takes_note(field):
            code = move.code(said.value) if isinstance(said, yaml.ScalarNode) and field.enumeration is not None else None
            return self.old.flow(value) if code is None else self.named(code, field, chinese=chinese)
        if isinstance(said, yaml.ScalarNode) and (_plainly(said) or self._is_member(said.value, field)):
            return self.old.flow(value)
        note, code = self.word(NOTE.zh if chinese else NOTE.en), move.code(said.value) if isinstance(said, yaml.ScalarNode) else None
        parts = [f"{note}: {self.old.flow(said)}"]
        if code is not None:
            parts.insert(0, f"{self.word(VALUE.zh if chinese else VALUE.en)}: {self.named(code, field, chinese=chinese)}")
        if isinstance(value, yaml.MappingNode) and said is not value:
            parts += [f"{self.old.flow(one)}: {self.old.flow(node)}" for one, node in value.value if node is not said]
        return "{" + ", ".join(parts) + "}"

    def _is_member(self, spelling: str, field: Field) -> bool:
        if field.to is not None:
            list_ = self.old.section(field.to)
            return list_ is not None and fold(spelling) in ids_of(self.old.entries(list_))
        return field.enumeration is not None and field.enumeration.code(spelling) is not None

    def _as_set(self, said: yaml.ScalarNode, field: Field) -> bool:
        """Write words that name members of a set, and nothing else, as a list. Return whether they were such."""
        if field.type is not FieldType.CHOICES:
            return False
        members = [one.strip() for one in fold(said.value).replace("、", ",").replace(";", ",").split(",")]
        if not all(self._is_member(one, field) for one in members):
            return False
        self.old.replace(said, "[" + ", ".join(map(self.word, members)) + "]")
        return True

    def _notes(self, value: yaml.Node) -> bool:
        """Return whether there is a note beside a value already."""
        pairs = value.value if isinstance(value, yaml.MappingNode) else ()
        return any(fold(key.value) in map(fold, NOTE) for key, _ in pairs)


def ids_of(entries: Iterable[yaml.Node]) -> list[str]:
    """Return the ids of the entries of a list."""
    return [
        fold(value.value)
        for entry in entries
        if isinstance(entry, yaml.MappingNode)
        for key, value in entry.value
        if ENTITY_KEYS.get(fold(key.value)) == "id" and isinstance(value, yaml.ScalarNode)
    ]


def _wrapped(node: yaml.Node) -> tuple[yaml.ScalarNode, yaml.Node] | None:
    """Return the pair of a value among what supports it; None where a value stands alone."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next(((key, value) for key, value in pairs if VALUE_KEYS.get(fold(key.value)) == "value"), None)


def _is_text(node: yaml.Node) -> bool:
    """Return whether a value can be words: alone, or in two languages. A set, or what says what it lacks, is none."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return isinstance(node, yaml.ScalarNode) or (bool(pairs) and all(fold(key.value) in TEXT_KEYS for key, _ in pairs))


def _plainly(node: yaml.ScalarNode) -> bool:
    """Return whether a value says none, or that it is not stated: that is the same under any key."""
    said = Scalar(Place(""), node.value, plain=not node.style)
    return says_not_stated(said) or says_none(said)
