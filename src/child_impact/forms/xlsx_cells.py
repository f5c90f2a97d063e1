"""The cells of a form as a workbook: how they look, and how an answer and what supports it are written in them."""

from decimal import Decimal
from typing import Any

from ..dossier.cells import NUMBERS
from ..vocabulary.model import Field, FieldType
from .answers import Answer, Backing
from .guide import DONE, NO, NONE, NOT_STATED, PLANNED, Guide

_GREY, _BLUE, _YELLOW, _LIGHT = "#F2F2F2", "#D9E5F3", "#FFF8D6", "#FFFDF0"


class Cells:
    """Writes the cells of one workbook."""

    def __init__(self, book: Any, guide: Guide) -> None:
        self.guide = guide
        base = {"font_size": 11, "valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
        self.told = book.add_format({**base, "bg_color": _GREY})
        self.head = book.add_format({**base, "bg_color": _BLUE, "bold": True})
        self.bold = book.add_format({"bold": True, "font_size": 12})
        self.plain = book.add_format({"text_wrap": True, "valign": "top"})
        self.answer = book.add_format({**base, "bg_color": _YELLOW, "locked": False, "num_format": "@"})
        self.number = book.add_format({**base, "bg_color": _YELLOW, "locked": False})
        self.beside = book.add_format({**base, "bg_color": _LIGHT, "locked": False, "num_format": "@"})

    def write(self, sheet: Any, row: int, column: int, answer: Answer | None, field: Field) -> None:
        """Write an answer, or a cell to answer in."""
        is_number = field.type in NUMBERS
        format_ = self.number if is_number else self.answer
        if answer is None or (not answer.stated and answer.value is None and field.blank_is_none is None):
            sheet.write_blank(row, column, None, format_)
        elif answer.lacks() and not (isinstance(answer.value, frozenset) and answer.value):
            sheet.write_blank(row, column, None, format_)  # it only says what it is not
        elif (not answer.stated and answer.value is None) or answer.is_none:
            sheet.write_string(row, column, self.guide.of(NONE if answer.stated else NOT_STATED), format_)
        elif isinstance(answer.value, Decimal):
            sheet.write_number(row, column, float(answer.value), format_)
        else:
            sheet.write_string(row, column, self.guide.value(answer.value, field, answer.written), format_)

    def write_backing(
        self, sheet: Any, row: int, column: int, backed: Answer | Backing | None, field: Field | None, *, takes: bool
    ) -> None:
        """Write what supports an answer or an entry, from a column on: evidence, page, standing (which not every one takes).

        For a field, also whether a set is complete, what a set or a choice is not, and the note.
        """
        guide = self.guide
        answer = backed if isinstance(backed, Answer) else None
        backing = answer.backing if answer is not None else backed if isinstance(backed, Backing) else Backing()
        standing = "" if backing.planned is None else guide.of(PLANNED if backing.planned else DONE)
        for offset, text in enumerate((backing.evidence or "", backing.page or "")):
            self.write_text(sheet, row, column + offset, text, self.beside)
        self.write_text(sheet, row, column + 2, standing, self.beside if takes else self.told)
        if field is not None:
            is_open, note = (answer.is_open, answer.note) if answer is not None else (False, None)
            is_set = field.type is FieldType.CHOICES
            self.write_text(sheet, row, column + 3, guide.of(NO) if is_open else "", self.beside if is_set else self.told)
            lacks, takes_lacks = answer.lacks() if answer is not None else frozenset[str](), field.enumeration is not None
            shown = guide.value(lacks, field) if lacks else ""
            self.write_text(sheet, row, column + 4, shown, self.beside if takes_lacks else self.told)
            self.write_text(sheet, row, column + 5, guide.words(note) if note is not None else "", self.beside)

    def write_text(self, sheet: Any, row: int, column: int, text: str, format_: Any) -> None:
        """Write a text, or an empty cell."""
        if text:
            sheet.write_string(row, column, text, format_)
        else:
            sheet.write_blank(row, column, None, format_)
