"""A dossier with its words replaced: to try whether anything is judged by them."""

from collections.abc import Callable, Iterable

from ..reading.nodes import Mapping, Node, Scalar, Sequence
from ..reading.text import fold
from ..vocabulary.model import EntityList, Field, FieldType, Vocabulary
from .keys import names_of, own_names
from .words import LIST_KEYS, REASON_KEYS, VALUE_KEYS, WRAPPING

Words = Callable[[], str | None]
"""Gives what stands instead of words; None where they are taken out."""


class Rewording:
    """Replaces the words of all facts of the given types, and, where notes are among them, what is added to any fact.

    What a dossier cannot do without (its title) stays. `replaced` counts what was.
    """

    def __init__(self, vocabulary: Vocabulary, types: Iterable[FieldType], words: Words) -> None:
        self._vocabulary = vocabulary
        self._types = frozenset(types)
        self._words = words
        self.replaced = 0

    def of(self, root: Node) -> Node:
        """Return the tree of a dossier with its words replaced."""
        if not isinstance(root, Mapping):
            return root
        header = self._vocabulary.groups[""].fields
        names = {**names_of(header.values()), **own_names(self._vocabulary)}
        entries = []
        for key, value in root:
            name = names.get(fold(key.text), "")
            if name in self._vocabulary.lists:
                entries.append((key, self._list(self._vocabulary.lists[name], value)))
            elif name in header:
                entries += self._fact(header[name], key, value)
            elif name in self._vocabulary.groups:
                entries.append((key, self._section(self._vocabulary.groups[name].fields.values(), value)))
            else:
                entries.append((key, value))
        return Mapping(root.place, tuple(entries))

    def _list(self, listed: EntityList, node: Node) -> Node:
        if isinstance(node, Sequence):
            return Sequence(node.place, tuple(self._section(listed.fields.values(), item) for item in node.items))
        if not isinstance(node, Mapping):
            return node
        entries = ((key, self._list(listed, value) if LIST_KEYS.get(fold(key.text)) == "items" else value) for key, value in node)
        return Mapping(node.place, tuple(entries))

    def _section(self, fields: Iterable[Field], node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        known = {spelling: field for field in fields for spelling in names_of([field])}
        entries = []
        for key, value in node:
            field = known.get(fold(key.text))
            if field is not None:
                entries += self._fact(field, key, value)
            elif fold(key.text) in REASON_KEYS and FieldType.NOTE in self._types:
                entries += self._put(key, value)
            else:
                entries.append((key, value))
        return Mapping(node.place, tuple(entries))

    def _fact(self, field: Field, key: Scalar, value: Node) -> list[tuple[Scalar, Node]]:
        if not isinstance(value, Mapping) or not any(VALUE_KEYS.get(fold(one.text)) in WRAPPING for one, _ in value):
            return self._put(key, value) if self._is_meant(field) else [(key, value)]
        entries: list[tuple[Scalar, Node]] = []
        for inner, node in value:
            part = VALUE_KEYS.get(fold(inner.text))
            is_note = part == "note" and FieldType.NOTE in self._types
            entries += self._put(inner, node) if is_note or (part == "value" and self._is_meant(field)) else [(inner, node)]
        says = any(VALUE_KEYS.get(fold(one.text)) in WRAPPING for one, _ in entries)  # else it is evidence for nothing
        return [(key, Mapping(value.place, tuple(entries)))] if says else []

    def _is_meant(self, field: Field) -> bool:
        return field.type in self._types and not field.required

    def _put(self, key: Scalar, node: Node) -> list[tuple[Scalar, Node]]:
        self.replaced += 1
        words = self._words()
        return [] if words is None else [(key, Scalar(node.place, words, plain=False))]
