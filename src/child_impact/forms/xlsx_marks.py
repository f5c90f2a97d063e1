"""What a form as a workbook asks of a list as a whole, above its headings: whether it is complete, and of what there is none."""

from collections.abc import Iterable
from typing import Any

from ..dossier import form_words as words
from ..reading.text import Text
from ..vocabulary.model import EntityList
from .answers import Listed
from .guide import NO, NONE, NOT_STATED, YES, Guide
from .xlsx_cells import Cells

_COMPLETE = Text(
    "是：所列之外再没有；否或留空：可能还有；无：没有这一类。",
    "yes: there is nothing else; no or empty: there may be more; none: there is none.",
)
_LACKS = Text(
    "确实一个也没有的种类，用“、”隔开；不清楚的不写。",
    "kinds of which there is none, with ; between; else leave it empty.",
)
_COVERS = Text("已全部列在下面的种类，用“、”隔开。", "kinds of which all are listed below, with ; between.")


def rows_above(entities: EntityList) -> int:
    """Return how many rows stand above the entries of a list: its question, its marks and the headings."""
    return 5 if entities.identified_by is not None else 3


def write_marks(sheet: Any, cells: Cells, guide: Guide, entities: EntityList, listed: Listed | None, asked: Iterable[str]) -> None:
    """Write the marks of a list, below its question, with what it says already. `asked`: members of which it is to say if there are any."""
    complete = "" if listed is None or not listed.complete else guide.of(YES if listed.entries else NONE)
    _mark(sheet, cells, guide, 1, words.LIST_COMPLETE, complete, _COMPLETE)
    yes_no = [guide.of(one) for one in (YES, NO, NONE, NOT_STATED)]
    sheet.data_validation(1, 1, 1, 1, {"validate": "list", "source": yes_no, "input_message": guide.of(_COMPLETE)})
    identity = entities.fields.get(entities.identified_by or "")
    if identity is None:
        return
    is_some = listed is not None and not listed.is_none()
    lacks, covers = (listed.lacks, listed.covers) if listed is not None and is_some else (frozenset[str](), frozenset[str]())
    _mark(sheet, cells, guide, 2, words.LIST_LACKS, guide.value(lacks, identity) if lacks else "", _about_lacks(entities, tuple(asked)))
    shown = covers if listed is not None and listed.entries and not listed.complete else frozenset[str]()
    _mark(sheet, cells, guide, 3, words.LIST_COVERS, guide.value(shown, identity) if shown else "", _COVERS)


def _about_lacks(entities: EntityList, asked: tuple[str, ...]) -> Text:
    if not asked:
        return _LACKS
    question = entities.of_kind(entities.asks, asked)
    return Text(f"{question.zh}{_LACKS.zh}", f"{question.en} {_LACKS.en[:1].upper()}{_LACKS.en[1:]}")


def _mark(sheet: Any, cells: Cells, guide: Guide, row: int, label: Text, said: str, about: Text) -> None:
    sheet.write_string(row, 0, guide.of(label), cells.head)
    cells.write_text(sheet, row, 1, said, cells.answer)
    sheet.write_string(row, 2, guide.of(about))
