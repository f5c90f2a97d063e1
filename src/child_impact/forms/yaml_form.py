"""A dossier as YAML to fill in: what it already says, and what is still needed as lines without an answer, each explained in place."""

import yaml

from ..assessment.needed import ListNeed, Need, Needed
from ..assessment.questions import MOST_NAMED
from ..dossier import form_words as words
from ..dossier.facts import Value
from ..dossier.words import LIST_KEYS
from ..reading.text import Language, Text
from ..vocabulary.model import EntityList, Field, FieldType, Vocabulary
from ..vocabulary.paths import parts
from .answers import Answer, Answers, Backing, Entry, Listed
from .guide import DONE, NAMES, NO, PLANNED, STANDINGS, YES, Guide
from .instructions import MERGE, YAML
from .yaml_text import YamlText, scalar

VALUE, ITEMS = Text("值", "value"), Text("各项", "items")
WHY = {"reason": words.REASON, "note": words.NOTE}


class YamlForm:
    """Writes forms in one language."""

    def __init__(self, vocabulary: Vocabulary, language: Language) -> None:
        self.vocabulary = vocabulary
        self.guide = Guide(vocabulary, language)

    def new(self, answers: Answers, needed: Needed, *, to_merge: bool = False) -> str:
        """Return a form: an introduction, what is answered, and what is needed. `to_merge`: its answers go back into a dossier."""
        introduction = (MERGE, *YAML[1:3]) if to_merge else YAML
        return self.extended(
            "\n".join([*(f"# {self.guide.of(line)}" for line in introduction), "", *self.stated(answers)]) + "\n", answers, needed
        )

    def extended(self, text: str, answers: Answers, needed: Needed) -> str:
        """Return the text of a dossier with what is still needed added; all else stays as it is.

        A text that is one pair of braces, as JSON is, is written anew. Keys that are there without an answer are left to be filled in.
        """
        target = YamlText(text, self.vocabulary)
        if target.is_in_braces:
            return self.new(answers, needed)
        groups: dict[str, list[Need]] = {}
        for need in needed.facts:
            groups.setdefault(parts(need.name).owner, []).append(need)
        sections: list[tuple[tuple[int, ...], str, list[Need] | ListNeed]] = [
            (min(need.weight for need in needs) if name else (), name, needs) for name, needs in groups.items()
        ]
        sections += [(one.need.weight, name, one) for name, one in needed.lists.items()]
        for _, name, section in sorted(sections, key=lambda one: one[0]):
            if isinstance(section, ListNeed):
                self._ask_list(target, self.vocabulary.lists[name], section)
            else:
                self._ask_group(target, name, section)
        return target.result()

    def _ask_group(self, target: YamlText, name: str, needs: list[Need]) -> None:
        group = self.vocabulary.groups[name]
        node = target.section(name)
        lines = []
        for need in needs:
            field = group.fields[parts(need.name).name]
            if node is None or target.field(node, field) is None:
                lines += self._question(field, need)
        if not lines:
            return
        if not name:
            target.add_to_root(["", *lines])
        elif node is None:
            target.add_to_root(["", f"{self.guide.of(group.key)}:", *(f"  {line}" for line in lines)])
        elif isinstance(node, yaml.MappingNode):
            target.add_to_mapping(node, lines)
        elif target.is_empty(node):
            target.add_below(node, lines, 2)

    def _question(self, field: Field, need: Need | None, role: str | None = None) -> list[str]:
        guide = self.guide
        source = guide.source(role or field.answered_by, field, need)
        return [f"# {guide.asked(field)}", f"#   {source}", f"{guide.key(field)}:"]

    def _ask_list(self, target: YamlText, entities: EntityList, need: ListNeed) -> None:
        node = target.section(entities.name)
        if node is None:
            target.add_to_root(["", *self._blank_list(entities, need)])
            return
        for index, entry in enumerate(target.entries(node)):
            lines = []
            for one in need.of.get(index, ()):
                field = entities.fields[parts(one.name).name]
                if target.field(entry, field) is None:
                    lines += self._question(field, one)
            if lines:
                target.add_to_mapping(entry, lines)
        if need.members:
            self._ask_members(target, entities, node, need)
        elif need.more and target.completeness(node) is None:
            self._ask_complete(target, entities, node)

    def _ask_members(self, target: YamlText, entities: EntityList, node: yaml.Node, need: ListNeed) -> None:
        """Ask whether there is any of the members that decide."""
        named = entities.of_kind(entities.asks, need.members) if len(need.members) <= MOST_NAMED else entities.question
        asked, key = self.guide.of(named), self.guide.key(entities)
        if isinstance(node, yaml.MappingNode):
            if target.child(node, LIST_KEYS, "lacks") is not None:
                return
            comment = self.guide.say(
                f"# {asked}一个也没有的写在这里，有的请补列。", f"# {asked} Name here those of which there is none; list the others."
            )
            target.add_to_mapping(node, [comment, f"{self.guide.of(words.LACKS)}:"])
            return
        some = self._members(frozenset(need.members[:1]), entities)
        comment = self.guide.say(
            f"# {asked}有的请补列；一个也没有的，改写成“{key}: {{各项: […], 无: {some}}}”。",
            f"# {asked} List them; if there is none write “{key}: {{items: […], lacks: {some}}}”.",
        )
        target.comment_after(node, comment)

    def _ask_complete(self, target: YamlText, entities: EntityList, node: yaml.Node) -> None:
        label, key = self.guide.of(entities.label), self.guide.key(entities)
        if isinstance(node, yaml.MappingNode):
            comment = self.guide.say(
                f"# “{label}”除所列之外是否再没有了？（是或否）", f"# Is there nothing besides what is listed? ({label}; yes or no)"
            )
            target.add_to_mapping(node, [comment, f"{self.guide.of(words.COMPLETE)}:"])
            return
        comment = self.guide.say(
            f"# “{label}”是否已列全？已列全的，改写成“{key}: {{各项: […], 列全: 是}}”；还有的请补列。",
            f"# Is the list of {label} complete? If so write “{key}: {{items: […], complete: true}}”; add what is missing.",
        )
        target.comment_after(node, comment)

    def _blank_list(self, entities: EntityList, need: ListNeed) -> list[str]:
        """Return the lines of a list of which nothing is stated: its key, and an entry as comments."""
        guide = self.guide
        source = guide.source(entities.answered_by, None, need.need)
        how = guide.say(
            "没有的在冒号后写“无”；有的，去掉以下各行开头的“#”后填写，每项重复“- 编号”一段。",
            "If there is none write none after the colon; else remove the # before the lines below, and repeat them from “- id” for each.",
        )
        mark = guide.say("除所列之外再没有了，写“是”", "yes if there is nothing besides what is listed")
        identifier = guide.say("代号，本列表内不重复", "a short name, unique in the list")
        entry = [f"- {guide.of(words.ID)}:   # {identifier}"]
        asked = {parts(one.name).name: one for one in need.fields}
        entry += [f"  {guide.key(entities.fields[name])}:" for name in NAMES if name in entities.fields and name not in asked]
        for name, one in asked.items():
            field = entities.fields[name]
            entry += [f"  {line}" for line in self._entry_question(field, one)]
        return [
            f"# {guide.of(entities.question)}",
            f"#   {source}",
            f"# {how}",
            f"{guide.key(entities)}:",
            *([f"#   {guide.of(words.LACKS)}:   # {self._asked_members(entities, need)}"] if need.members else []),
            f"#   {guide.of(words.COMPLETE)}:   # {mark}",
            f"#   {guide.of(ITEMS)}:",
            *(f"#     {line}" for line in entry),
        ]

    def _asked_members(self, entities: EntityList, need: ListNeed) -> str:
        asked = self.guide.of(entities.of_kind(entities.asks, need.members))
        return self.guide.say(f"{asked}一个也没有的写在这里", f"{asked} Name here those of which there is none")

    def _entry_question(self, field: Field, need: Need) -> list[str]:
        lines = self._question(field, need)
        if field.blank_is_none is None:
            return lines
        leave = self.guide.say("没有的不写这一行：不写即为“无”", "leave the line out where there is none: to leave it out says none")
        return [lines[0], f"{lines[1]}{'；' if self.guide.zh else '; '}{leave}", f"# {lines[2]}"]

    def stated(self, answers: Answers) -> list[str]:
        """Return the lines of all that a dossier says."""
        lines: list[str] = []
        for group in self.vocabulary.groups.values():
            given = {name: answers.facts[field.path] for name, field in group.fields.items() if field.path in answers.facts}
            pairs = [f"{self.guide.key(group.fields[name])}: {self.value(one, group.fields[name])}" for name, one in given.items()]
            if pairs and group.name:
                lines += [f"{self.guide.of(group.key)}:", *(f"  {pair}" for pair in pairs)]
            else:
                lines += pairs
        for name, listed in answers.lists.items():
            entities = self.vocabulary.lists[name]
            lines += self.list_lines(entities, listed)
        return lines

    def list_lines(self, entities: EntityList, listed: Listed) -> list[str]:
        """Return the lines of a list."""
        key = self.guide.key(entities)
        if listed.is_none():
            return [f"{key}: {self.guide.say('无', 'none')}"]
        if not listed.entries and not listed.lacks:
            return [f"{key}: {{{self.guide.of(ITEMS)}: [], {self.guide.of(words.COMPLETE)}: {self.guide.of(NO)}}}"]
        lines = [f"{key}:"]
        if listed.entries:
            lines.append(f"  {self.guide.of(ITEMS)}:")
        for entry in listed.entries:
            for number, pair in enumerate(self.pairs(entry, entities)):
                lines.append(f"    {'  ' if number else '- '}{pair}")
        return [*lines, *(f"  {self.guide.of(key)}: {said}" for key, said in self.marks(entities, listed))]

    def marks(self, entities: EntityList, listed: Listed) -> list[tuple[Text, str]]:
        """Return what a list says of itself beside its entries: of what there is none, and whether it, or what of it, is complete."""
        said = []
        if listed.lacks and not listed.is_none():
            said.append((words.LACKS, self._members(listed.lacks, entities)))
        if listed.complete:
            said.append((words.COMPLETE, self.guide.of(YES)))
        elif listed.covers and listed.entries:
            said.append((words.COMPLETE, self._members(listed.covers, entities)))
        return said

    def _members(self, codes: frozenset[str], entities: EntityList) -> str:
        return self._plain(codes, entities.fields[entities.identified_by or ""], None)

    def pairs(self, entry: Entry, entities: EntityList) -> list[str]:
        """Return the keys and values of an entry."""
        fields = [
            f"{self.guide.key(entities.fields[name])}: {self.value(one, entities.fields[name])}" for name, one in entry.answers.items()
        ]
        own = self._backing(entry.backing)
        if entry.standing is not None:
            own.append(f"{self.guide.of(words.STANDING)}: {self.guide.of(STANDINGS[entry.standing])}")
        own += [f"{self.guide.of(WHY[name])}: {self._words(text)}" for name, text in entry.why.items()]
        return [f"{self.guide.of(words.ID)}: {scalar(entry.id)}", *fields, *own]

    def value(self, answer: Answer, field: Field) -> str:
        """Return an answer as YAML, with what supports it."""
        if not answer.stated and answer.value is None:
            plain = self.guide.say("未说明", "not stated")
        else:
            plain = self._plain(None if answer.is_none else answer.value, field, answer.written)
        support = self._backing(answer.backing)
        lacks = answer.lacks()
        if answer.is_open and not lacks:
            support.append(f"{self.guide.of(words.COMPLETE)}: {self.guide.of(NO)}")
        if answer.note is not None:
            support.append(f"{self.guide.of(words.NOTE)}: {self._words(answer.note)}")
        if lacks:
            has = [f"{self.guide.of(words.HAS)}: {plain}"] if isinstance(answer.value, frozenset) and answer.value else []
            return "{" + ", ".join([*has, f"{self.guide.of(words.LACKS)}: {self._plain(lacks, field, None)}", *support]) + "}"
        if not support:
            return plain
        return "{" + ", ".join([f"{self.guide.of(VALUE)}: {plain}", *support]) + "}"

    def _backing(self, backing: Backing) -> list[str]:
        parts = []
        if backing.evidence is not None:
            parts.append(f"{self.guide.of(words.EVIDENCE)}: {scalar(backing.evidence)}")
        if backing.page is not None:
            parts.append(f"{self.guide.of(words.PAGE)}: {scalar(backing.page)}")
        if backing.planned is not None:
            parts.append(f"{self.guide.of(words.STANDING)}: {self.guide.of(PLANNED if backing.planned else DONE)}")
        return parts

    def _words(self, text: Text) -> str:
        if text.zh == text.en:
            return scalar(text.zh)
        zh, en = (self.guide.say("中文", "zh"), self.guide.say("英文", "en"))
        return f"{{{zh}: {scalar(text.zh)}, {en}: {scalar(text.en)}}}"

    def _plain(self, value: Value | None, field: Field, written: str | None) -> str:
        guide = self.guide
        if isinstance(value, frozenset):
            if not value:
                return guide.say("无", "none")
            return "[" + ", ".join(scalar(one) for one in guide.members(value, field)) + "]"
        if isinstance(value, Text):
            return self._words(value)
        said = guide.value(value, field, written)
        if value is None or isinstance(value, bool) or field.type in (FieldType.NUMBER, FieldType.INTEGER, FieldType.DATE):
            return said
        return scalar(said)
