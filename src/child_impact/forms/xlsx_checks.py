"""What a form as a workbook lets be written in its cells: drop-downs, bounds of numbers, and what is said beside a cell."""

from typing import Any

from ..dossier import form_words as words
from ..dossier.cells import NUMBERS
from ..reading.problems import column_letters
from ..vocabulary.model import Enumeration, Field, FieldType
from .guide import DEFERRED, DONE, NO, NONE, NOT_DONE, NOT_STATED, PLANNED, YES, Guide

_MAX_PROMPT = 250
_MAX_PROMPT_TITLE = 32


class Checks:
    """Puts the checks on the cells of one workbook. The drop-downs need `write_choices` first."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.ranges: dict[str, str] = {}

    def write_choices(self, sheet: Any, enumerations: dict[str, Enumeration]) -> None:
        """Write the values of every closed list, from which the drop-downs are fed."""
        for column, (id_, enumeration) in enumerate(enumerations.items()):
            names = [*self.guide.names(enumeration), self.guide.of(NONE), self.guide.of(NOT_STATED)]
            sheet.write_column(0, column, [id_, *names])
            letters = column_letters(column + 1)
            self.ranges[id_] = f"='{self.guide.of(words.CHOICES)}'!${letters}$2:${letters}${len(names) + 1}"
        sheet.hide()

    def answers(self, sheet: Any, first: int, last: int, column: int, field: Field) -> None:
        """Check the answers to one question in a column, from the first row to the last, and say beside them what may be written."""
        guide = self.guide
        options: dict[str, Any] = {"validate": "any"}
        if field.type is FieldType.BOOLEAN:
            options = {"validate": "list", "source": [guide.of(one) for one in (YES, NO, NOT_STATED)]}
        elif field.enumeration is not None:
            several = field.type is FieldType.CHOICES
            options = {"validate": "list", "source": self.ranges[field.enumeration.id], "show_error": not several}
        elif field.type in NUMBERS:
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

    def backing(self, sheet: Any, first: int, last: int, column: int, *, with_complete: bool, can_be_denied: bool = False) -> None:
        """Check what supports answers, in the columns from `column` on. `can_be_denied`: of an entry that may be not done or put off."""
        guide = self.guide
        about = guide.say("“材料”表中一项的编号", "the id of a row of “documents”")
        sheet.data_validation(first, column, last, column, {"validate": "any", "input_message": about})
        standing = [guide.of(one) for one in (DONE, PLANNED, *((NOT_DONE, DEFERRED) if can_be_denied else ()))]
        sheet.data_validation(first, column + 2, last, column + 2, {"validate": "list", "source": standing})
        if with_complete:
            sheet.data_validation(first, column + 3, last, column + 3, {"validate": "list", "source": [guide.of(YES), guide.of(NO)]})


def _clipped(text: str) -> str:
    return text if len(text) <= _MAX_PROMPT else f"{text[: _MAX_PROMPT - 1]}…"
