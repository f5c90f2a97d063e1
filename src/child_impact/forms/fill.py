"""Answers written into the text of a YAML dossier; all else stays as its author wrote it."""

import yaml

from ..dossier.words import LIST_KEYS
from ..reading.text import Text
from ..vocabulary.model import EntityList, Vocabulary
from .answers import Answers, Entry, Listed
from .yaml_form import ITEMS, YamlForm
from .yaml_text import YamlText


def rewritten(text: str, old: Answers, new: Answers, form: YamlForm) -> str:
    """Return the text of a dossier that says `old`, changed where `new` says more or otherwise, and nowhere else."""
    target = YamlText(text, form.vocabulary)
    if target.is_in_braces:
        return "\n".join(form.stated(new)) + "\n"
    _Writer(target, form).facts(old, new)
    lists = [name for name, listed in new.lists.items() if listed != old.lists.get(name)]
    for name in lists:
        _Writer(target, form).list_(form.vocabulary.lists[name], old.lists.get(name), new.lists[name])
    text = target.result()
    for name in lists:
        before = old.lists.get(name)
        if before is not None and before.entries:
            for key, said in form.marks(form.vocabulary.lists[name], new.lists[name]):
                if (key, said) not in form.marks(form.vocabulary.lists[name], before):
                    text = _marked(text, name, (key, said), form)
    return text


class _Writer:
    def __init__(self, target: YamlText, form: YamlForm) -> None:
        self.target = target
        self.form = form
        self.vocabulary: Vocabulary = form.vocabulary

    def facts(self, old: Answers, new: Answers) -> None:
        for group in self.vocabulary.groups.values():
            prefix = f"{group.name}." if group.name else ""
            changed = {
                name: one
                for name in group.fields
                if (one := new.facts.get(f"{prefix}{name}")) is not None and one != old.facts.get(f"{prefix}{name}")
            }
            lines = []
            node = self.target.section(group.name)
            for name, answer in changed.items():
                field = group.fields[name]
                written = self.form.value(answer, field)
                there = self.target.field(node, field) if node is not None else None
                if there is not None:
                    self.target.replace(there, written)
                else:
                    lines.append(f"{self.form.guide.key(field)}: {written}")
            self._group_lines(group.name, node, lines)

    def _group_lines(self, name: str, node: yaml.Node | None, lines: list[str]) -> None:
        if not lines:
            return
        key = self.form.guide.of(self.vocabulary.groups[name].key)
        if not name:
            self.target.add_to_root(lines)
        elif node is None:
            self.target.add_to_root([f"{key}:", *(f"  {line}" for line in lines)])
        elif isinstance(node, yaml.MappingNode):
            self.target.add_to_mapping(node, lines)
        elif self.target.is_empty(node):
            self.target.add_below(node, lines, 2)
        else:  # the whole group was said to be not stated
            self.target.replace(node, "{" + ", ".join(lines) + "}")

    def list_(self, entities: EntityList, old: Listed | None, new: Listed) -> None:
        node = self.target.section(entities.name)
        lines = self.form.list_lines(entities, new)
        if node is None:
            self.target.add_to_root(lines)
            return
        sequence = self.target.sequence(node)
        if old is None or not old.entries or sequence is None:
            self._instead(node, entities, lines, new)
            return
        known = {entry.id: (index, entry) for index, entry in enumerate(old.entries)}
        nodes = self.target.entries(node)
        for entry in new.entries:
            if entry.id in known:
                index, before = known[entry.id]
                self._entry(nodes[index], entities, before, entry)
            else:
                pairs = self.form.pairs(entry, entities)
                self.target.add_entry(sequence, pairs, "{" + ", ".join(pairs) + "}")

    def _instead(self, node: yaml.Node, entities: EntityList, lines: list[str], new: Listed) -> None:
        if new.is_none():
            self.target.replace(node, lines[0].partition(": ")[2])
        elif self.target.is_empty(node):
            self.target.add_below(node, lines[1:], 0)
        else:
            entries = ", ".join("{" + ", ".join(self.form.pairs(entry, entities)) + "}" for entry in new.entries)
            items = [f"{self.form.guide.of(ITEMS)}: [{entries}]"] if entries else []
            marks = [f"{self.form.guide.of(key)}: {said}" for key, said in self.form.marks(entities, new)]
            self.target.replace(node, f"{{{', '.join([*items, *marks])}}}" if marks else f"[{entries}]")

    def _entry(self, node: yaml.Node, entities: EntityList, old: Entry, new: Entry) -> None:
        lines = []
        for name, answer in new.answers.items():
            if answer == old.answers.get(name):
                continue
            written, there = self.form.value(answer, entities.fields[name]), self.target.field(node, entities.fields[name])
            if there is not None:
                self.target.replace(there, written)
            else:
                lines.append(f"{self.form.guide.key(entities.fields[name])}: {written}")
        if lines:
            self.target.add_to_mapping(node, lines)


def _marked(text: str, name: str, mark: tuple[Text, str], form: YamlForm) -> str:
    """Return the text with what a list says of itself, as `列全: 是`."""
    target = YamlText(text, form.vocabulary)
    node = target.section(name)
    assert node is not None
    key, written = form.guide.of(mark[0]), mark[1]
    said = target.child(node, LIST_KEYS, LIST_KEYS[key])
    if said is not None:
        target.replace(said, written)
    elif isinstance(node, yaml.MappingNode):
        target.add_to_mapping(node, [f"{key}: {written}"])
    else:
        target.wrap(node, form.guide.of(ITEMS), f"{key}: {written}")
    return target.result()
