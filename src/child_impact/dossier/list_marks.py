"""What a sheet says of its list above the headings: whether it is complete, of what there is none, and of what all is listed."""

from collections.abc import Iterable

from ..reading.nodes import Mapping, Node, Scalar, Sequence
from ..reading.problems import Problem, Problems
from ..reading.text import Text
from ..reading.workbook import Cell, Sheet
from ..vocabulary.model import EntityList, Field
from . import form_words as words
from .sheet_answers import ANY_TEXT, SheetAnswers, key_at
from .words import says_none, says_not_stated, yes_or_no

_MARK, _ABOUT = 2, 3
_EITHER = Text("请改正其中一处", "correct the one or the other")


class ListMarks:
    """Reads the marks of one sheet. What is wrong is added to `problems`."""

    def __init__(self, sheet: Sheet, entities: EntityList, answers: SheetAnswers, problems: Problems) -> None:
        self._sheet = sheet
        self._answers = answers
        self._problems = problems
        self._identity = entities.fields.get(entities.identified_by or "")
        self._complete: Scalar | None = None
        self._lacks: Node | None = None
        self._covers: Node | None = None

    def read(self, head: int) -> list[Cell]:
        """Read the rows above the headings, which stand in row `head`; returns the cells that are no marks and stand where nothing may."""
        stray: list[Cell] = []
        for row in (row for row in self._sheet.rows() if row < head):
            cells = self._sheet.row(row)
            if cells[0].place.column == 1 and self._take(str(cells[0].value), self._sheet.at(row, _MARK)):
                stray += [one for one in cells if (one.place.column or 0) > _ABOUT]
            else:
                stray += [one for one in cells if (row, one.place.column) != (1, 1)]
        return stray

    def _take(self, label: str, cell: Cell | None) -> bool:
        """Take the mark of a label; return whether it is one."""
        if words.is_(label, words.LIST_COMPLETE):
            self._complete = self._answers.scalar(cell, ANY_TEXT) if cell is not None else None
        elif words.is_(label, words.LIST_LACKS) and self._identity is not None:
            self._lacks = self._members(cell, self._identity)
        elif words.is_(label, words.LIST_COVERS) and self._identity is not None:
            self._covers = self._members(cell, self._identity)
        else:
            return False
        return True

    def _members(self, cell: Cell | None, identity: Field) -> Node | None:
        return self._answers.members(cell, identity) if cell is not None else None

    def node(self, items: list[Node]) -> Node | None:
        """Return the node of a list as YAML gives it, or None where nothing is said of it."""
        complete = None if self._complete is None or says_not_stated(self._complete) else self._complete
        if complete is not None and says_none(complete):
            if items:
                self._refuse(complete, Text("写了“无”，下面却列有内容", "it says none, but entries follow"), _EITHER)
            return Scalar(complete.place, "none", plain=True)
        said = yes_or_no(complete) if complete is not None else None
        if complete is not None and not self._is_mark(complete, said, items):
            return None
        listed: list[tuple[Scalar, Node]] = []
        if self._lacks is not None:
            listed.append((key_at("lacks", self._lacks.place), self._lacks))
        if self._covers is not None and not said:
            listed.append((key_at("complete", self._covers.place), self._covers))
        elif complete is not None and items:
            listed.append((key_at("complete", complete.place), complete))
        sequence = Sequence(self._sheet.place, tuple(items))
        if items and listed:
            listed.insert(0, (key_at("items", self._sheet.place), sequence))
        return Mapping(self._sheet.place, tuple(listed)) if listed else sequence if items else None

    def _is_mark(self, complete: Scalar, said: bool | None, items: list[Node]) -> bool:
        mark = Text(f"“{words.LIST_COMPLETE.zh}”", f"“{words.LIST_COMPLETE.en}”")
        if said is None:
            what = Text(f"{mark.zh}不能写“{complete.text}”", f"{mark.en} cannot be “{complete.text}”")
            self._refuse(complete, what, Text("请写是、否、无或未说明", "write yes, no, none or not stated"))
        elif said and not items:
            what = Text(f"{mark.zh}写了“是”，下面却没有内容", f"{mark.en} says yes, but no entry follows")
            self._refuse(complete, what, Text("没有的写“无”；不清楚的写“未说明”", "write none if there is none, else not stated"))
            return False
        elif said and self._covers is not None:
            what = Text(
                f"{mark.zh}写了“是”，“{words.LIST_COVERS.zh}”就是多余的",
                f"{mark.en} says yes: “{words.LIST_COVERS.en}” says nothing more",
            )
            self._problems.append(Problem(self._covers.place, what, _EITHER))
        return said is not None

    def _refuse(self, mark: Scalar, what: Text, todo: Text) -> None:
        self._problems.append(Problem(mark.place, what, todo))


def strayed(cells: Iterable[Cell], head: int) -> Iterable[Problem]:
    """Yield a problem for each cell above the headings, in row `head`, that is not read."""
    for cell in cells:
        what = Text("表头以上的内容不会被读取", "what stands above the headings is not read")
        todo = Text(f"请移到第 {head} 行表头以下，或删去", f"move it below the headings in row {head}, or remove it")
        yield Problem(cell.place, what, todo)
