"""A dossier as a workbook to fill in: a sheet of single facts, a sheet for every list, help, and drop-downs."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from msgspec import Struct

from ..assessment.needed import ListNeed, Need, Needed
from ..dossier import form_words as words
from ..reading.extras import need
from ..reading.problems import column_letters
from ..reading.text import Language, Text, is_chinese
from ..vocabulary.model import EntityList, Field, FieldType, Vocabulary
from ..vocabulary.paths import parts
from .answers import Answer, Answers, Entry, Listed
from .guide import NAMES, STANDINGS, Guide
from .instructions import MERGE, WORKBOOK
from .xlsx_cells import Cells
from .xlsx_checks import Checks
from .xlsx_marks import rows_above, write_marks

BLANK_ROWS = 60
_LINE, _MOST_LINES = 16, 8
_WRITTEN = datetime(2000, 1, 1)  # a workbook is a function of its inputs: it does not say when it was written


class Row(Struct, frozen=True):
    """One row of the facts: a heading, or a fact with its answer and what is asked about it."""

    field: Field
    name: str
    answer: Answer | None
    need: Need | None


class XlsxForm:
    """Writes workbooks in one language."""

    def __init__(self, vocabulary: Vocabulary, language: Language) -> None:
        self.vocabulary = vocabulary
        self.guide = Guide(vocabulary, language)

    def written(self, answers: Answers, needed: Needed, *, to_merge: bool = False) -> bytes:
        """Return a workbook with what is answered and what is needed.

        `to_merge`: its answers go back into a dossier; the facts stand in the order of who can answer and where it is found.

        Raises `FormatUnavailable` where XlsxWriter is not installed.
        """
        xlsxwriter = need("xlsxwriter", "xlsx")
        buffer = BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        book.set_properties({"created": _WRITTEN})
        _Writer(book, self.vocabulary, self.guide).all(answers, needed, to_merge=to_merge)
        book.close()
        return buffer.getvalue()


class _Writer:
    def __init__(self, book: Any, vocabulary: Vocabulary, guide: Guide) -> None:
        self.book = book
        self.vocabulary = vocabulary
        self.guide = guide
        self.cells = Cells(book, guide)
        self.checks = Checks(guide)

    def all(self, answers: Answers, needed: Needed, *, to_merge: bool) -> None:
        """Write every sheet."""
        lists = self._lists(answers, needed)
        help_ = self._sheet(words.HELP)
        facts = self._sheet(words.FACTS)
        sheets = {name: self._sheet(self.vocabulary.lists[name].key) for name in lists}
        self.checks.write_choices(self._sheet(words.CHOICES), self.vocabulary.enumerations)
        self._help(help_, (*WORKBOOK[:-1], MERGE) if to_merge else WORKBOOK)
        facts.activate()
        self._facts(facts, self._rows(answers, needed), to_merge=to_merge)
        for name, sheet in sheets.items():
            self._list(sheet, self.vocabulary.lists[name], answers.lists.get(name), needed.lists.get(name))

    def _sheet(self, name: Text) -> Any:
        sheet = self.book.add_worksheet(self.guide.of(name))
        sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True, "autofilter": True, "sort": True})
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def _lists(self, answers: Answers, needed: Needed) -> list[str]:
        weights = {name: one.need.weight for name, one in needed.lists.items()}
        return sorted(dict.fromkeys((*needed.lists, *answers.lists)), key=lambda name: (name not in weights, weights.get(name, ())))

    def _help(self, sheet: Any, lines: Iterable[Text]) -> None:
        sheet.set_column(0, 0, 120)
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, self.guide.of(line), self.cells.plain if row else self.cells.bold)

    def _rows(self, answers: Answers, needed: Needed) -> list[Row]:
        """Return the facts: the header, then each group, the weightiest first; within it what is needed, then what else is answered."""
        needs = {need.name: need for need in needed.facts}
        order = {name: number for number, name in enumerate(needs)}
        rows: list[tuple[tuple[int, int], Row]] = []
        for group in self.vocabulary.groups.values():
            prefix = f"{group.name}." if group.name else ""
            names = [name for name in group.fields if f"{prefix}{name}" in answers.facts or f"{prefix}{name}" in needs]
            first = min((order.get(f"{prefix}{name}", len(order)) for name in names), default=0)
            for number, name in enumerate(group.fields):
                path = f"{prefix}{name}"
                if name in names:
                    shown = f"{self.guide.of(group.key)}{words.DOT}{self.guide.key(group.fields[name])}" if group.name else ""
                    row = Row(group.fields[name], shown or self.guide.key(group.fields[name]), answers.facts.get(path), needs.get(path))
                    within = order.get(path, len(order) + number) if group.name else number
                    rows.append(((first if group.name else -1, within), row))
        return [row for _, row in sorted(rows, key=lambda one: one[0])]

    def _facts(self, sheet: Any, rows: list[Row], *, to_merge: bool) -> None:
        guide = self.guide
        heads = [words.ITEM, words.QUESTION, words.ANSWER, words.ALLOWED, *words.SUPPORT.values(), words.WHO, words.WHERE, words.SERVES]
        widths = (22, 40, 30, 32, 12, 8, 10, 8, 14, 30, 16, 22, 44)
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, guide.of(head), self.cells.head)
        sheet.freeze_panes(1, 3)
        if to_merge:
            rows = sorted(rows, key=lambda row: (row.field.answered_by, row.field.found_in) if row.need is not None else ("", ()))
        for number, row in enumerate(rows, start=1):
            told = {
                0: row.name,
                1: guide.of(row.field.question),
                3: guide.allowed(row.field),
                10: guide.who(row.field.answered_by),
                11: guide.where(row.field),
                12: guide.serves(row.need),
            }
            for column, text in told.items():
                sheet.write_string(number, column, text, self.cells.told)
            lines = max(_lines(text, widths[column]) for column, text in told.items())
            sheet.set_row(number, _LINE * min(lines, _MOST_LINES))  # not every program fits a row to its text
            self.cells.write(sheet, number, 2, row.answer, row.field)
            self.checks.answers(sheet, number, number, 2, row.field)
            self.cells.write_backing(sheet, number, 4, row.answer, row.field, takes=row.field.can_be_planned)
        self.checks.backing(sheet, 1, len(rows), 4, with_complete=True)
        sheet.ignore_errors({"number_stored_as_text": f"C2:J{len(rows) + 1}"})

    def _list(self, sheet: Any, entities: EntityList, listed: Listed | None, need: ListNeed | None) -> None:
        guide = self.guide
        entries = listed.entries if listed is not None else ()
        source = guide.source(entities.answered_by, None, need.need if need is not None else None)
        sheet.write_string(0, 0, f"{guide.of(entities.question)}（{source}）" if guide.zh else f"{guide.of(entities.question)} ({source})")
        write_marks(sheet, self.cells, guide, entities, listed, need.members if need is not None else ())
        columns, head = self._columns(entities, listed, need), rows_above(entities)
        last = head + len(entries) + BLANK_ROWS
        self._heads(sheet, entities, columns, need)
        for number in range(len(entries) + BLANK_ROWS):
            self._entry(sheet, head + number, entities, columns, entries[number] if number < len(entries) else None)
        for column, (name, part) in enumerate(columns):
            if part == "value":
                self.checks.answers(sheet, head, last - 1, column, entities.fields[name])
            elif part == "evidence":
                denied = not name and entities.identified_by is not None
                self.checks.backing(sheet, head, last - 1, column, with_complete=bool(name), can_be_denied=denied)
        sheet.freeze_panes(head, 1)
        sheet.ignore_errors({"number_stored_as_text": f"A{head + 1}:{column_letters(len(columns))}{last}"})

    def _columns(self, entities: EntityList, listed: Listed | None, need: ListNeed | None) -> list[tuple[str, str]]:
        """Return the columns of a list: fields with `value` or a part of what supports it; the entry's own have no field."""
        asked = [parts(one.name).name for one in need.fields] if need is not None else []
        asked += [parts(one.name).name for needs in (need.of.values() if need is not None else ()) for one in needs]
        entries = listed.entries if listed is not None else ()
        answered = [name for name in entities.fields if any(name in entry.answers for entry in entries)]
        every = list(entities.fields) if entities.name == "documents" else []
        names = list(dict.fromkeys([*(one for one in NAMES if one in entities.fields), *asked, *answered, *every]))
        columns = [("", "id")]
        for name in names:
            columns.append((name, "value"))
            given = [entry.answers[name] for entry in entries if name in entry.answers]
            if any(answer.backing or answer.is_open or answer.lacks() or answer.note is not None for answer in given):
                columns += [(name, part) for part in words.SUPPORT]
        own = ("evidence", "page", "standing", *(("reason", "note") if any(entry.standing is not None for entry in entries) else ()))
        return [*columns, *(("", part) for part in own)]

    def _heads(self, sheet: Any, entities: EntityList, columns: list[tuple[str, str]], need: ListNeed | None) -> None:
        guide = self.guide
        needs = {parts(one.name).name: one for one in (need.fields if need is not None else ())}
        for column, (name, part) in enumerate(columns):
            field = entities.fields.get(name)
            support = (words.SUPPORT if name else words.OF_AN_ENTRY).get(part)
            if field is None:
                assert support is not None
                text = guide.of(support)
            elif support is None:
                text = guide.key(field) + self._unit(field)
                sheet.write_comment(
                    rows_above(entities) - 1,
                    column,
                    f"{guide.asked(field)}\n{guide.source(field.answered_by, field, needs.get(name))}",
                    {"x_scale": 2.2, "y_scale": 1.6, "author": ""},
                )
            else:
                text = f"{guide.key(field)}{words.DOT}{guide.of(support)}"
            sheet.write_string(rows_above(entities) - 1, column, text, self.cells.head)
            is_long = field is not None and field.type in (FieldType.NOTE, FieldType.BODY, FieldType.CHOICES) and support is None
            sheet.set_column(column, column, 30 if is_long else 16)
        if columns:
            about = guide.say("代号，本表内不重复", "a short name, unique on this sheet")
            sheet.write_comment(rows_above(entities) - 1, 0, about, {"author": ""})

    def _unit(self, field: Field) -> str:
        if field.unit is None:
            return ""
        unit = self.guide.of(self.vocabulary.units[field.unit])
        return f"（{unit}）" if self.guide.zh else f" ({unit})"

    def _entry(self, sheet: Any, row: int, entities: EntityList, columns: list[tuple[str, str]], entry: Entry | None) -> None:
        for column, (name, part) in enumerate(columns):
            if part == "value":
                self.cells.write(sheet, row, column, entry.answers.get(name) if entry is not None else None, entities.fields[name])
            elif part == "id":
                self.cells.write_text(sheet, row, column, entry.id if entry is not None else "", self.cells.answer)
            elif part == "evidence":
                field = entities.fields.get(name)
                takes = field.can_be_planned if field is not None else entities.takes_standing
                own = (entry.answers.get(name) if name else entry.backing) if entry is not None else None
                self.cells.write_backing(sheet, row, column, own, field, takes=takes or (not name and entities.identified_by is not None))
                if entry is not None and not name and entry.standing is not None:
                    self.cells.write_text(sheet, row, column + 2, self.guide.of(STANDINGS[entry.standing]), self.cells.beside)
            elif part in ("reason", "note") and not name:
                why = entry.why.get(part) if entry is not None else None
                self.cells.write_text(sheet, row, column, self.guide.words(why) if why is not None else "", self.cells.beside)


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column; a Chinese character is as wide as two letters."""
    return -(-sum(2 if is_chinese(letter) else 1 for letter in text) // width) or 1
