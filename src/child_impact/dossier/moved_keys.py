"""What is said of keys that moved since a dossier was written: the new place, how, and that the whole can be rewritten."""

from collections.abc import Mapping as Table

from ..reading.nodes import Mapping, Node, Scalar
from ..reading.problems import Place, Problem
from ..reading.shape import one_of
from ..reading.text import Language, Text, is_chinese
from ..vocabulary.model import EntityList, Field, Group, Vocabulary
from ..vocabulary.moved import How, Move
from ..vocabulary.paths import parts

NOTE = Text("说明", "note")
VALUE = Text("值", "value")


class MovedKeys:
    """Tells the author of a dossier of its keys that moved. `found` counts them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.found = 0

    def about(self, owner: str | None, key: Scalar) -> tuple[Text, Text] | None:
        """Return what is wrong with a key of a group or list (empty: of the top; None: of neither) that moved, and what to do."""
        move = self.vocabulary.moved.at(owner, key.text) if owner is not None else None
        if move is None:
            return None
        self.found += 1
        chinese = is_chinese(key.place.sheet or key.text)  # a workbook's tree has keys of its own
        old = move.key.in_("zh" if chinese else "en") if key.place.sheet is not None else key.text
        new = new_place(move, self.vocabulary, chinese=chinese)
        if new is None:
            what = Text(f"档案不再用“{old}”这一键", f"“{old}” is no longer asked for")
            return what, move.said or Text("请删去；要留的话写进别处的说明", "remove it; what is worth keeping goes into a note")
        what = Text(f"“{old}”已改到“{new}”", f"“{old}” has moved to “{new}”")
        return what, move.said or _HOW[move.how]

    def retyped(self, owner: str, field: Field, node: Node) -> Problem | None:
        """Return what is said of words where one of a list (or a figure, a day …) is asked for now; None where it always was so."""
        move = self.vocabulary.moved.retyped(f"{owner}.{field.name}" if owner else field.name)
        if move is None or not isinstance(node, Scalar | Mapping):
            return None
        self.found += 1
        said = node.text if isinstance(node, Scalar) else "…"
        known = one_of([name.zh for name in field.enumeration.values.values()]) if field.enumeration else Text("", "")
        codes = one_of(field.enumeration.values) if field.enumeration else Text("", "")
        what = Text(
            f"“{field.key.zh}”现在不写成文字，“{said}”请放进说明", f"“{field.key.en}” is no text any more: “{said}” goes into a note"
        )
        todo = Text(
            f"写成 {{{VALUE.zh}: …, {NOTE.zh}: …}}；值{known.zh or '按这一项的要求写'}",
            f"write {{{VALUE.en}: …, {NOTE.en}: …}}; values {codes.en or 'as asked'}",
        )
        if move.said is not None:
            todo = Text(f"{todo.zh}；{move.said.zh}", f"{todo.en}; {move.said.en}")
        return Problem(node.place, what, todo)

    def summary(self, file: str) -> list[Problem]:
        """Return, where keys moved, the line that says how the whole is rewritten."""
        if not self.found:
            return []
        what = Text(f"档案按旧版的键填写（{self.found} 处）", f"the dossier uses keys of an older version ({self.found} places)")
        name = "FILE" if file.startswith("<") else file
        todo = Text(
            f"可整份改写：child-impact new --from {name} -o 新文件.yaml",
            f"have the whole rewritten: child-impact new --from {name} -o NEW.yaml",
        )
        return [Problem(Place(file), what, todo)]


def new_place(move: Move, vocabulary: Vocabulary, *, chinese: bool) -> str | None:
    """Return what the new place of a key is called in the keys of a language, as in 得失.数量; None where there is none."""
    if move.to is None:
        return None
    language: Language = "zh" if chinese else "en"
    sections: Table[str, Group | EntityList] = {**vocabulary.groups, **vocabulary.lists}
    if move.how is How.SECTION:
        return sections[move.to].key.in_(language)
    at = parts(move.to)
    key = sections[at.owner].fields[at.name].key.in_(language)
    return f"{sections[at.owner].key.in_(language)}.{key}" if at.owner else key


_HOW = {
    How.SECTION: Text("请改用新的键，各项的键也请核对", "use the new key, and check the keys of its entries"),
    How.VALUE: Text("请改用新的键", "use the new key"),
    How.BODY: Text("请改用新的键，写出单位名称", "use the new key and name the body"),
    How.NOTE: Text("原来的文字写进说明，如 {值: …, 说明: …}", "the words go into a note, as in {value: …, note: …}"),
    How.ENTRY: Text("请在该列表中写成一项", "write it as an entry of that list"),
    How.TABLE: Text("请改用新的键", "use the new key"),
    How.DROP: Text("请删去", "remove it"),
}
