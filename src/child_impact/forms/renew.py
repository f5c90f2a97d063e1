"""A dossier of an older vocabulary, rewritten into that of today by the data of `moved.yaml`.

Keys are renamed where they stand; facts that belong elsewhere are added there; what has no place is kept as a comment and listed. Comments,
order and spelling stay.
"""

from collections.abc import Mapping as Table

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from ..dossier.moved_keys import new_place
from ..dossier.words import says_none, says_not_stated
from ..reading.nodes import Scalar
from ..reading.problems import Place, Problem
from ..reading.text import Text, fold, is_chinese
from ..vocabulary.model import EntityList, Field, Group, Vocabulary
from ..vocabulary.moved import How, Move, Row
from ..vocabulary.paths import field_path, parts
from .old_text import NOT_CARRIED, OldText, Pair
from .old_values import Words, value_of
from .renewed_parts import Added, with_added

_NO_ENTRY = Text(
    "没有的不列为一项；整张列表都没有的，在列表处写“无”", "there is no entry of what is none: where all is none, write so of the list"
)
_LOOK = Text("请核对，需要的写进现行的键", "check it, and write what is needed under a key of today")


class Renewed(Struct):
    """The text of a dossier as it is now, and how many keys moved.

    `left` is what could not be carried over, `told` what is to be checked, both by places of the old text.
    """

    text: str
    moved: int = 0
    left: list[Problem] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)


def renewed(text: str, file: str, vocabulary: Vocabulary) -> Renewed:
    """Return a dossier (the text of a YAML mapping) in today's vocabulary. One in which nothing moved comes back as it is."""
    return _Renewal(text, file, vocabulary).run()


class _Renewal:
    def __init__(self, text: str, file: str, vocabulary: Vocabulary) -> None:
        self.file = file
        self.vocabulary = vocabulary
        self.moves = vocabulary.moved
        self.old = OldText(text, vocabulary)
        self.words = Words(self.old)
        self.done = Renewed(text)
        self.added: list[Added] = []
        self.none: dict[str, Pair] = {}
        self.joining: list[tuple[yaml.ScalarNode, Move, list[str]]] = []

    def run(self) -> Renewed:
        header = self.vocabulary.groups[""].fields
        for pair in self.old.root.value:
            key, value = pair
            name = _section_of(self.vocabulary, key.value)
            move = self.moves.at("", key.value)
            if name in self.vocabulary.groups:
                self._level(value, name)
            elif name is not None:
                self._none(name, pair)
                for entry in self.old.entries(value):
                    self._level(entry, name)
            elif move is not None and move.how is How.SECTION:
                self._section(pair, move)
            else:
                self._pair(self.old.root, pair, "", _of(header, key), move)
        self.old.flush()
        if self.old.is_changed:
            self._contradictions()
            self.done.text = with_added(self.old.result(), self.added, self.vocabulary)
            self._tell_joined()
        return self.done

    def _level(self, mapping: yaml.Node, owner: str) -> None:
        """Take the pairs of a group, or of an entry of a list, of today."""
        if not isinstance(mapping, yaml.MappingNode):
            return
        holder: Group | EntityList = self.vocabulary.lists.get(owner) or self.vocabulary.groups[owner]
        for pair in mapping.value:
            self._pair(mapping, pair, owner, _of(holder.fields, pair[0]), self.moves.at(owner, pair[0].value))

    def _pair(self, mapping: yaml.MappingNode, pair: Pair, owner: str, today: Field | None, move: Move | None) -> None:
        key, value = pair
        if today is not None:
            move = self.moves.retyped(field_path(owner, today.name))
            if move is not None and not self.words.fits(value, today, move):
                self.done.moved += 1
                self._leave(mapping, pair, move)
            elif move is not None and self.words.put(key, value, today, move):
                self.done.moved += 1
            return
        if move is None:
            return
        self.done.moved += 1
        if move.to is None or move.how is How.TABLE:
            self._leave(mapping, pair, move)
        elif parts(move.to).owner == owner and move.how is not How.ENTRY:
            self._here(mapping, pair, move)
        else:
            self._elsewhere(mapping, pair, move)

    def _here(self, mapping: yaml.MappingNode, pair: Pair, move: Move) -> None:
        """Give a key its new name where it stands."""
        field_ = self.vocabulary.field(move.to or "")
        assert field_ is not None
        key, value = pair
        if any(one is not key and _of({field_.name: field_}, one) for one, _ in mapping.value):
            self._leave(mapping, pair, move)  # the new key is there already
        elif not self.words.fits(value, field_, move):
            self._leave(mapping, pair, move)
        else:
            self.words.put(key, value, field_, move)
            self.old.rename(key, field_.key)

    def _elsewhere(self, mapping: yaml.MappingNode, pair: Pair, move: Move) -> None:
        """Take a fact out, to be added where it belongs; what is not stated, or none, has nothing to be added."""
        assert move.to is not None
        at, field_ = parts(move.to), self.vocabulary.field(move.to)
        assert field_ is not None
        node = self.old.section(at.owner)
        taken = move.how is not How.ENTRY and node is not None and self.old.field(node, field_) is not None
        if taken or _says_nothing(value_of(pair[1])) or not self.words.fits(pair[1], field_, move):
            self._leave(mapping, pair, move)
            return
        comments = self.old.take_out(mapping, pair, kept=False)
        chinese = is_chinese(pair[0].value)
        facts = {name: self.words.named(code, self._field(at.owner, name), chinese=chinese) for name, code in move.sets.items()}
        facts = {self._key(at.owner, name, chinese=chinese): said for name, said in facts.items()}
        facts[self._key(at.owner, at.name, chinese=chinese)] = self.words.written(pair[1], field_, move, chinese=chinese)
        id_, like = move.id if move.how is How.ENTRY else None, move.sets if move.join else {}
        added = Added(at.owner, id_, facts, comments.splitlines(), chinese, like, at.name, [])
        self.added.append(added)
        self.joining.append((pair[0], move, added.joined))

    def _section(self, pair: Pair, move: Move) -> None:
        """Give a group or a list its new name, and the keys in it theirs."""
        assert move.to is not None
        key, value = pair
        self.done.moved += 1
        there = self.old.section(move.to)
        if there is not None:
            self.old.take_out(self.old.root, pair, kept=True)  # two lists side by side: which entries are the same is for a person to say
            self._list(key, value, move)
            return
        self._none(move.to, pair)
        self.old.rename(key, (self.vocabulary.lists.get(move.to) or self.vocabulary.groups[move.to]).key)
        for entry in self.old.entries(value) if move.to in self.vocabulary.lists else [value]:
            if isinstance(entry, yaml.MappingNode):
                self._entry(entry, move)

    def _entry(self, entry: yaml.MappingNode, section: Move) -> None:
        pairs = {move.name: pair for pair in entry.value if (move := self.moves.at(section.path, pair[0].value)) is not None}
        row = next((row for row in section.rows if self._fits(row, pairs, section)), None)
        if row is not None and any(_of({name: self._field(section.to or "", name)}, key) for key, _ in entry.value for name in row.sets):
            row = None  # somebody has begun to write the new keys
        told = [pairs[name] for name in row.when] if row is not None else []
        if row is not None:
            self._as_row(entry, told, row, section)
        for pair in pairs.values():
            move = self.moves.at(section.path, pair[0].value)
            if pair not in told:
                self._pair(entry, pair, section.to or "", None, move)

    def _fits(self, row: Row, pairs: Table[str, Pair], section: Move) -> bool:
        for name, wanted in row.when.items():
            value = value_of(pairs[name][1]) if name in pairs else None
            move = self.moves.all[field_path(section.path, name)]
            if not isinstance(value, yaml.ScalarNode) or move.old_code(value.value) not in wanted:
                return False
        return True

    def _as_row(self, entry: yaml.MappingNode, told: list[Pair], row: Row, section: Move) -> None:
        """Write what a row says in the places of the pairs that it was found by."""
        assert section.to is not None
        facts = [(self._field(section.to, name), code) for name, code in row.sets.items()]
        told = sorted(told, key=lambda pair: pair[0].start_mark.index)
        for (key, value), (field_, code) in zip(told, facts, strict=False):
            self.old.rename(key, field_.key)
            scalar_ = value_of(value)
            assert isinstance(scalar_, yaml.ScalarNode)
            self.old.replace(scalar_, self.words.like(scalar_, code, field_, chinese=is_chinese(key.value)))
        chinese = is_chinese(told[0][0].value)
        more = [
            self.words.pair(self._key(section.to, field_.name, chinese=chinese), self.words.named(code, field_, chinese=chinese))
            for field_, code in facts[len(told) :]
        ]
        if more:
            self.old.add_beside(entry, told[-1][1], more)
        for pair in told[len(facts) :]:
            kept = isinstance(pair[1], yaml.MappingNode)
            self.old.take_out(entry, pair, kept=kept)
            if kept:
                self._list(pair[0], pair[1], section)

    def _none(self, list_: str, pair: Pair) -> None:
        """Keep in mind a list that is said to be empty."""
        said = _scalar(pair[1])
        if said is not None and says_none(said):
            self.none[list_] = pair

    def _contradictions(self) -> None:
        """Where a list that was said to be empty gets entries, keep what was said as a comment of the first, and list it."""
        for number, one in enumerate(self.added):
            pair = self.none.pop(one.owner, None)
            if pair is None or one.id is None:
                continue
            said = f"{pair[0].value}: {self.old.raw(pair[1], pair[1])}"
            marker = NOT_CARRIED.zh if one.chinese else NOT_CARRIED.en
            self.added[number] = replace(one, comments=[*one.comments, f"# {marker}{said}"])
            what = Text(
                f"没有带入，留作注释：“{said}”，而档案另写有损失",
                f"not carried over, kept as a comment: “{said}”, while a loss is stated elsewhere",
            )
            self.done.left.append(Problem(self._place(pair[0]), what, _LOOK))

    def _tell_joined(self) -> None:
        """Say of each fact that went into an entry that was there which one it is: they may be two things after all."""
        for key, move, ids in self.joining:
            new = new_place(move, self.vocabulary, chinese=is_chinese(key.value))
            for id_ in ids:
                what = Text(f"“{key.value}”并入“{id_}”一项的“{new}”", f"“{key.value}” went into the entry “{id_}” as “{new}”")
                todo = Text("请核对是否同一件事，不是的请另列一项", "check that it is the same thing; if not, make it an entry of its own")
                self.done.told.append(Problem(self._place(key), what, todo))

    def _place(self, key: yaml.ScalarNode) -> Place:
        return Place(self.file, self.old.line(key), int(key.start_mark.column) + 1)

    def _leave(self, mapping: yaml.MappingNode, pair: Pair, move: Move) -> None:
        """Keep a pair as a comment, and list it, unless it says nothing."""
        self.old.take_out(mapping, pair, kept=True)
        if not _not_stated(value_of(pair[1])):
            self._list(*pair, move)

    def _list(self, key: yaml.ScalarNode, value: yaml.Node, move: Move) -> None:
        said = " ".join(self.old.raw(key, value).split())
        new = new_place(move, self.vocabulary, chinese=is_chinese(key.value))
        what = Text(
            f"没有带入，留作注释：“{said}”" + (f"（现为“{new}”）" if new else ""),
            f"not carried over, kept as a comment: “{said}”" + (f" (now “{new}”)" if new else ""),
        )
        todo = _NO_ENTRY if move.how is How.ENTRY and _says_nothing(value_of(value)) else move.said or _LOOK
        self.done.left.append(Problem(self._place(key), what, todo))

    def _field(self, owner: str, name: str) -> Field:
        found = self.vocabulary.field(field_path(owner, name))
        assert found is not None
        return found

    def _key(self, owner: str, name: str, *, chinese: bool) -> str:
        return self.words.word(self._field(owner, name).key.in_("zh" if chinese else "en"))


def _section_of(vocabulary: Vocabulary, spelling: str) -> str | None:
    """Return the name of the group or list of today that a key spells, or None."""
    sections: list[Group | EntityList] = [*vocabulary.groups.values(), *vocabulary.lists.values()]
    return next((one.name for one in sections if one.name and fold(spelling) in map(fold, one.key)), None)


def _of(fields: Table[str, Field], key: yaml.ScalarNode) -> Field | None:
    return next((one for one in fields.values() if fold(key.value) in map(fold, one.key)), None)


def _scalar(node: yaml.Node) -> Scalar | None:
    return Scalar(Place(""), node.value, plain=not node.style) if isinstance(node, yaml.ScalarNode) else None


def _not_stated(node: yaml.Node) -> bool:
    said = _scalar(node)
    return said is not None and says_not_stated(said)


def _says_nothing(node: yaml.Node) -> bool:
    """Return whether a value is not stated, none or zero: of such there is no entry."""
    said = _scalar(node)
    return said is not None and (says_not_stated(said) or says_none(said) or said.number() == 0)
