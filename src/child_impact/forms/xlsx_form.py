"""A dossier as a workbook to fill in: a sheet of single facts, a sheet for every list, help, and drop-downs."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
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
from .answers import Answer, Answers, Backing, Entry, Listed
from .guide import DONE, NAMES, NO, NONE, NOT_STATED, PLANNED, YES, Guide
from .instructions import MERGE, WORKBOOK

BLANK_ROWS = 60
_HEAD_ROW = 3
_LINE, _MOST_LINES = 16, 8
_MAX_PROMPT = 250
_MAX_PROMPT_TITLE = 32
_WRITTEN = datetime(2000, 1, 1)  # a workbook is a function of its inputs: it does not say when it was written
_NUMBERS = (FieldType.NUMBER, FieldType.INTEGER)

_GREY, _BLUE, _YELLOW, _LIGHT = "#F2F2F2", "#D9E5F3", "#FFF8D6", "#FFFDF0"


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
        base = {"font_size": 11, "valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
        self.told = book.add_format({**base, "bg_color": _GREY})
        self.head = book.add_format({**base, "bg_color": _BLUE, "bold": True})
        self.bold = book.add_format({"bold": True, "font_size": 12})
        self.plain = book.add_format({"text_wrap": True, "valign": "top"})
        self.answer = book.add_format({**base, "bg_color": _YELLOW, "locked": False, "num_format": "@"})
        self.number = book.add_format({**base, "bg_color": _YELLOW, "locked": False})
        self.beside = book.add_format({**base, "bg_color": _LIGHT, "locked": False, "num_format": "@"})
        self.ranges: dict[str, str] = {}

    def all(self, answers: Answers, needed: Needed, *, to_merge: bool) -> None:
        """Write every sheet."""
        lists = self._lists(answers, needed)
        help_ = self._sheet(words.HELP)
        facts = self._sheet(words.FACTS)
        sheets = {name: self._sheet(self.vocabulary.lists[name].key) for name in lists}
        self._choices()
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

    def _choices(self) -> None:
        """Write the values of every closed list, from which the drop-downs are fed."""
        sheet = self._sheet(words.CHOICES)
        for column, (id_, enumeration) in enumerate(self.vocabulary.enumerations.items()):
            names = [*self.guide.names(enumeration), self.guide.of(NONE), self.guide.of(NOT_STATED)]
            sheet.write_column(0, column, [id_, *names])
            letters = column_letters(column + 1)
            self.ranges[id_] = f"='{self.guide.of(words.CHOICES)}'!${letters}$2:${letters}${len(names) + 1}"
        sheet.hide()

    def _help(self, sheet: Any, lines: Iterable[Text]) -> None:
        sheet.set_column(0, 0, 120)
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, self.guide.of(line), self.plain if row else self.bold)

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
        widths = (22, 40, 30, 32, 12, 8, 10, 8, 16, 22, 44)
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, guide.of(head), self.head)
        sheet.freeze_panes(1, 3)
        if to_merge:
            rows = sorted(rows, key=lambda row: (row.field.answered_by, row.field.found_in) if row.need is not None else ("", ()))
        for number, row in enumerate(rows, start=1):
            told = {
                0: row.name,
                1: guide.of(row.field.question),
                3: guide.allowed(row.field),
                8: guide.who(row.field.answered_by),
                9: guide.where(row.field),
                10: guide.serves(row.need),
            }
            for column, text in told.items():
                sheet.write_string(number, column, text, self.told)
            lines = max(_lines(text, widths[column]) for column, text in told.items())
            sheet.set_row(number, _LINE * min(lines, _MOST_LINES))  # not every program fits a row to its text
            self._answer(sheet, number, 2, row.answer, row.field)
            self._validate(sheet, number, number, 2, row.field)
            backing = row.answer.backing if row.answer is not None else Backing()
            is_open = row.answer is not None and row.answer.is_open
            self._backing(sheet, number, 4, backing, open_=is_open, field=row.field, takes_standing=row.field.can_be_planned)
        self._validate_backing(sheet, 1, len(rows), 4, with_complete=True)
        sheet.ignore_errors({"number_stored_as_text": f"C2:H{len(rows) + 1}"})

    def _answer(self, sheet: Any, row: int, column: int, answer: Answer | None, field: Field) -> None:
        is_number = field.type in _NUMBERS
        format_ = self.number if is_number else self.answer
        if answer is None or (not answer.stated and field.blank_is_none is None):
            sheet.write_blank(row, column, None, format_)
        elif not answer.stated or answer.is_none:
            sheet.write_string(row, column, self.guide.of(NONE if answer.stated else NOT_STATED), format_)
        elif isinstance(answer.value, Decimal):
            sheet.write_number(row, column, float(answer.value), format_)
        else:
            sheet.write_string(row, column, self.guide.value(answer.value, field, answer.written), format_)

    def _backing(
        self, sheet: Any, row: int, column: int, backing: Backing, *, open_: bool, field: Field | None, takes_standing: bool
    ) -> None:
        guide = self.guide
        standing = "" if backing.planned is None else guide.of(PLANNED if backing.planned else DONE)
        for offset, text in enumerate((backing.evidence or "", backing.page or "")):
            self._text(sheet, row, column + offset, text, self.beside)
        self._text(sheet, row, column + 2, standing, self.beside if takes_standing else self.told)
        if field is not None:
            takes = field.type is FieldType.CHOICES
            self._text(sheet, row, column + 3, guide.of(NO) if open_ else "", self.beside if takes else self.told)

    def _text(self, sheet: Any, row: int, column: int, text: str, format_: Any) -> None:
        if text:
            sheet.write_string(row, column, text, format_)
        else:
            sheet.write_blank(row, column, None, format_)

    def _list(self, sheet: Any, entities: EntityList, listed: Listed | None, need: ListNeed | None) -> None:
        guide = self.guide
        entries = listed.entries if listed is not None else ()
        source = guide.source(entities.answered_by, None, need.need if need is not None else None)
        sheet.write_string(0, 0, f"{guide.of(entities.question)}（{source}）" if guide.zh else f"{guide.of(entities.question)} ({source})")
        sheet.write_string(1, 0, guide.of(words.LIST_COMPLETE), self.head)
        complete = "" if listed is None or not listed.complete else guide.of(YES if entries else NONE)
        self._text(sheet, 1, 1, complete, self.answer)
        yes_no = [guide.of(one) for one in (YES, NO, NONE, NOT_STATED)]
        about = guide.say(
            "是：所列之外再没有；否或留空：可能还有；无：没有这一类。",
            "yes: there is nothing else; no or empty: there may be more; none: there is none.",
        )
        sheet.data_validation(1, 1, 1, 1, {"validate": "list", "source": yes_no, "input_message": about})
        sheet.write_string(1, 2, about)
        columns = self._columns(entities, listed, need)
        last = _HEAD_ROW + len(entries) + BLANK_ROWS
        self._heads(sheet, entities, columns, need)
        for number in range(len(entries) + BLANK_ROWS):
            self._entry(sheet, _HEAD_ROW + number, entities, columns, entries[number] if number < len(entries) else None)
        for column, (name, part) in enumerate(columns):
            if part == "value":
                self._validate(sheet, _HEAD_ROW, last - 1, column, entities.fields[name])
            elif part == "evidence":
                self._validate_backing(sheet, _HEAD_ROW, last - 1, column, with_complete=bool(name))
        sheet.freeze_panes(_HEAD_ROW, 1)
        sheet.ignore_errors({"number_stored_as_text": f"A{_HEAD_ROW + 1}:{column_letters(len(columns))}{last}"})

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
            if any(answer.backing or answer.is_open for answer in given):
                columns += [(name, part) for part in words.SUPPORT]
        return [*columns, *(("", part) for part in ("evidence", "page", "standing"))]

    def _heads(self, sheet: Any, entities: EntityList, columns: list[tuple[str, str]], need: ListNeed | None) -> None:
        guide = self.guide
        needs = {parts(one.name).name: one for one in (need.fields if need is not None else ())}
        for column, (name, part) in enumerate(columns):
            field = entities.fields.get(name)
            support = {"id": words.ID, **words.SUPPORT}.get(part)
            if field is None:
                assert support is not None
                text = guide.of(support)
            elif support is None:
                text = guide.key(field) + self._unit(field)
                sheet.write_comment(
                    _HEAD_ROW - 1,
                    column,
                    f"{guide.asked(field)}\n{guide.source(field.answered_by, field, needs.get(name))}",
                    {"x_scale": 2.2, "y_scale": 1.6, "author": ""},
                )
            else:
                text = f"{guide.key(field)}{words.DOT}{guide.of(support)}"
            sheet.write_string(_HEAD_ROW - 1, column, text, self.head)
            is_long = field is not None and field.type in (FieldType.TEXT, FieldType.CHOICES) and support is None
            sheet.set_column(column, column, 30 if is_long else 16)
        if columns:
            about = guide.say("代号，本表内不重复", "a short name, unique on this sheet")
            sheet.write_comment(_HEAD_ROW - 1, 0, about, {"author": ""})

    def _unit(self, field: Field) -> str:
        if field.unit is None:
            return ""
        unit = self.guide.of(self.vocabulary.units[field.unit])
        return f"（{unit}）" if self.guide.zh else f" ({unit})"

    def _entry(self, sheet: Any, row: int, entities: EntityList, columns: list[tuple[str, str]], entry: Entry | None) -> None:
        for column, (name, part) in enumerate(columns):
            if part == "value":
                self._answer(sheet, row, column, entry.answers.get(name) if entry is not None else None, entities.fields[name])
            elif part == "id":
                self._text(sheet, row, column, entry.id if entry is not None else "", self.answer)
            elif part == "evidence":
                backing = entry.backing if entry is not None and not name else Backing()
                answer = entry.answers.get(name) if entry is not None and name else None
                backing = answer.backing if answer is not None else backing
                field = entities.fields.get(name)
                takes = field.can_be_planned if field is not None else entities.takes_standing
                is_open = answer is not None and answer.is_open
                self._backing(sheet, row, column, backing, open_=is_open, field=field, takes_standing=takes)

    def _validate(self, sheet: Any, first: int, last: int, column: int, field: Field) -> None:
        guide = self.guide
        options: dict[str, Any] = {"validate": "any"}
        if field.type is FieldType.BOOLEAN:
            options = {"validate": "list", "source": [guide.of(one) for one in (YES, NO, NOT_STATED)]}
        elif field.enumeration is not None:
            several = field.type is FieldType.CHOICES
            options = {"validate": "list", "source": self.ranges[field.enumeration.id], "show_error": not several}
        elif field.type in _NUMBERS:
            options = {"validate": "custom", "value": self._number_rule(f"{column_letters(column + 1)}{first + 1}", field)}
        title = guide.key(field)[:_MAX_PROMPT_TITLE]
        options |= {"input_title": title, "input_message": _clipped(guide.asked(field)), "ignore_blank": True}
        if options["validate"] != "any":
            wrong = guide.say(
                f"这里应填{guide.allowed(field)}；没有的写“无”，材料没有说明的留空",
                f"Give {guide.allowed(field)}; none if there is none; empty if the file does not say",
            )
            options |= {"error_title": title, "error_message": _clipped(wrong)}
        sheet.data_validation(first, column, last, column, options)

    def _number_rule(self, cell: str, field: Field) -> str:
        parts = ["TRUE"]
        parts += [f"{cell}>={field.minimum}"] if field.minimum is not None else []
        parts += [f"{cell}<={field.maximum}"] if field.maximum is not None else []
        parts += [f"{cell}=INT({cell})"] if field.type is FieldType.INTEGER else []
        return f'=IF(ISNUMBER({cell}),AND({",".join(parts)}),OR({cell}="{self.guide.of(NONE)}",{cell}="{self.guide.of(NOT_STATED)}"))'

    def _validate_backing(self, sheet: Any, first: int, last: int, column: int, *, with_complete: bool) -> None:
        guide = self.guide
        about = guide.say("“材料”表中一项的编号", "the id of a row of “documents”")
        sheet.data_validation(first, column, last, column, {"validate": "any", "input_message": about})
        standing = [guide.of(DONE), guide.of(PLANNED)]
        sheet.data_validation(first, column + 2, last, column + 2, {"validate": "list", "source": standing})
        if with_complete:
            sheet.data_validation(first, column + 3, last, column + 3, {"validate": "list", "source": [guide.of(YES), guide.of(NO)]})


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column; a Chinese character is as wide as two letters."""
    return -(-sum(2 if is_chinese(letter) else 1 for letter in text) // width) or 1


def _clipped(text: str) -> str:
    return text if len(text) <= _MAX_PROMPT else f"{text[: _MAX_PROMPT - 1]}…"
