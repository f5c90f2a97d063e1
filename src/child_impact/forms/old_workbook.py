"""A workbook of older days as the text of a YAML dossier: every answer, what supports it, and the comments of the cells of answers."""

from io import BytesIO

from msgspec import Struct

from ..dossier import form_words as words
from ..dossier.moved_keys import VALUE
from ..dossier.old_vocabulary import with_old_keys
from ..dossier.sheet_answers import ANY_TEXT
from ..dossier.sheets import read_sheets
from ..reading.nodes import Mapping, Node, Scalar, Sequence
from ..reading.problems import DossierRefused, Place
from ..reading.text import Text, is_chinese
from ..vocabulary.model import Vocabulary
from .yaml_form import ITEMS
from .yaml_text import scalar

_OWN = {"id": words.ID, "value": VALUE, "items": ITEMS, **words.SUPPORT}


class SheetText(Struct, frozen=True):
    """The text of a dossier, and the cell that each of its lines comes from."""

    text: str
    cells: tuple[Place, ...]


def text_of_workbook(data: bytes, file: str, vocabulary: Vocabulary) -> SheetText:
    """Return a workbook's dossier as text, in the language of its sheets. Raises `DossierRefused` where its cells cannot be read."""
    known = with_old_keys(vocabulary, ANY_TEXT.type, as_it_was=True)
    root, problems = read_sheets(data, file, known)
    if problems or not isinstance(root, Mapping):
        raise DossierRefused(problems)
    return _Writer(known, _comments(data)).written(root)


class _Writer:
    def __init__(self, vocabulary: Vocabulary, comments: dict[tuple[str, int, int], str]) -> None:
        self.vocabulary = vocabulary
        self.comments = comments
        self.zh = True
        self.lines: list[tuple[str, Place]] = []

    def written(self, root: Mapping) -> SheetText:
        self.zh = any(is_chinese(key.place.sheet or "") for key, _ in root)
        header = self.vocabulary.groups[""].fields
        for key, node in root:
            name = key.text
            if name in header:
                self._line("", self._say(header[name].key), node, key.place)
            elif name in self.vocabulary.lists:
                self._list(name, node, key.place)
            else:
                group = self.vocabulary.groups[name]
                self.lines.append((f"{self._say(group.key)}:", key.place))
                for fact, value in node if isinstance(node, Mapping) else ():
                    self._line("  ", self._say(group.fields[fact.text].key), value, fact.place)
        return SheetText("".join(f"{line}\n" for line, _ in self.lines), tuple(place for _, place in self.lines))

    def _list(self, name: str, node: Node, place: Place) -> None:
        entities = self.vocabulary.lists[name]
        key = self._say(entities.key)
        wrapped = {one.text: value for one, value in node} if isinstance(node, Mapping) else {}
        items = wrapped.pop("items", node)
        if not isinstance(items, Sequence):
            self._line("", key, node, place)
            return
        self.lines.append((f"{key}:", place))
        if wrapped:
            self.lines.append((f"  {self._say(ITEMS)}:", place))
        for item in items.items:
            dash = "    - " if wrapped else "  - "
            for fact, value in item if isinstance(item, Mapping) else ():
                field = entities.fields.get(fact.text)
                self._line(dash, self._say(field.key) if field is not None else self._own(fact), value, fact.place)
                dash = " " * len(dash)
        for mark, value in wrapped.items():
            self._line("  ", self._say(_OWN[mark]) if mark in _OWN else mark, value, value.place)

    def _line(self, before: str, key: str, node: Node, place: Place) -> None:
        cells = dict.fromkeys(map(_cell, [*(one.place for one in _scalars(node)), place]))
        said = [" ".join(found.split()) for cell in cells if (found := self.comments.pop(cell, None))]
        comment = "".join(f"   # {one}" for one in said)
        self.lines.append((f"{before}{key}: {self._value(node)}{comment}", place))

    def _value(self, node: Node) -> str:
        if isinstance(node, Scalar):
            return node.text if node.plain else scalar(node.text)
        if isinstance(node, Sequence):
            return "[" + ", ".join(map(self._value, node.items)) + "]"
        return "{" + ", ".join(f"{self._own(key)}: {self._value(value)}" for key, value in node) + "}"

    def _own(self, key: Scalar) -> str:
        return self._say(_OWN[key.text]) if key.text in _OWN else key.text

    def _say(self, text: Text) -> str:
        return scalar(text.zh if self.zh else text.en)


def _cell(place: Place) -> tuple[str, int, int]:
    return (place.sheet or "", place.line or 0, place.column or 0)


def _scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    below = [value for _, value in node] if isinstance(node, Mapping) else node.items
    return [one for child in below for one in _scalars(child)]


def _comments(data: bytes) -> dict[tuple[str, int, int], str]:
    """Return the comments of a workbook's cells by sheet, row and column. The reader has looked at what the file unfolds to."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data))
    return {
        (sheet.title, int(cell.row or 0), int(cell.column or 0)): cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }
