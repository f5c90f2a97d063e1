"""One answer in a cell of a workbook: what it says as text, and whether it shows what it stores.

A spreadsheet stores 5 and shows 5亩, stores 9,000,000 and shows 900万元, stores the first of June and shows June. Who fills it in means
what it shows; where that is another thing than is asked for, the cell is refused.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from ..reading.nodes import Mapping, Scalar
from ..reading.text import Text, fold
from ..reading.workbook import Cell
from ..vocabulary.model import Field, FieldType
from .words import TEXT_KEYS

NUMBERS = (FieldType.NUMBER, FieldType.INTEGER)
RETYPE = Text("请把单元格格式改为“常规”后重新填写", "set the format of the cell to General and type it again")
_AS_SHOWN = Text("请把单元格格式改为“常规”，按所示单位填写", "set its format to General and type the figure in the unit that is shown")
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|[_*].|\[[^\]]*\]')
_SCALED = re.compile(r"[0#?.],+(?![0#?,])")
_LANGUAGE = f"({'|'.join(TEXT_KEYS)})[:：]"
_TWO_LANGUAGES = re.compile(rf"{_LANGUAGE}\s*(.+?)\s*\n{_LANGUAGE}\s*(.+)\Z", re.DOTALL)
_OF_A_NUMBER = frozenset("Ee")


def text_of(cell: Cell, field: Field) -> str:
    """Return what a cell says, as YAML writes it. A day that is shown as a month or a year is that month or year."""
    value = cell.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{Decimal(format(value, '.15g')):f}"
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat() if field.type is not FieldType.DATE else value.strftime(_precision(cell.shown_as))
    return str(value)


def wrong_kind(cell: Cell, field: Field, unit: Text | None) -> tuple[Text, Text] | None:
    """Return what is wrong, and what to do, where a cell holds or shows another kind of value than the answer's; None if nothing is."""
    value = cell.value
    if cell.is_struck:
        what = Text("填写内容带有删除线", "the answer is struck out")
        return what, Text("删去内容；仍然有效的，请取消删除线", "remove it, or, if it stands, take the line away")
    if isinstance(value, time | timedelta) or (isinstance(value, date) and field.type is not FieldType.DATE):
        shown = text_of(cell, field)
        return Text(f"单元格被当成了日期或时间（{shown}）", f"the cell was turned into a date or time ({shown})"), RETYPE
    if field.type not in NUMBERS:
        return None
    if isinstance(value, bool):
        return Text("单元格是逻辑值，不是数字", "the cell holds true or false, not a number"), RETYPE
    if isinstance(value, str):
        if Scalar(cell.place, fold(value), plain=True).number() is not None:
            return Text(f"“{value}”存成了文字，不是数字", f"“{value}” is stored as text, not as a number"), RETYPE
        return None
    return _shown_otherwise(cell.shown_as, text_of(cell, field), value, unit) if isinstance(value, int | float) else None


def _shown_otherwise(format_: str, stored: str, value: float, unit: Text | None) -> tuple[Text, Text] | None:
    """Return what is wrong where the format shows another figure or unit than is stored."""
    section = format_.split(";", maxsplit=1)[0]
    bare = _LITERAL.sub("", section)
    if "%" in bare:
        shown = f"{Decimal(format(value * 100, '.10g')):f}%"
        return Text(f"单元格是百分比格式，显示 {shown}，值却是 {stored}", f"the cell shows {shown} and holds {stored}"), _AS_SHOWN
    literal = "".join(one or other for one, other in _LITERAL.findall(section))
    if _SCALED.search(bare) or "." in literal:
        what = Text(f"单元格按格式“{format_}”显示，所存的值却是 {stored}", f"the cell is shown as “{format_}” says, and holds {stored}")
        return what, _AS_SHOWN
    said = fold("".join(letter for letter in literal + bare.replace("General", "") if letter.isalpha() and letter not in _OF_A_NUMBER))
    if not said or (unit is not None and said in map(letters_of, unit)):
        return None
    asked = unit or Text("没有单位的数字", "a number without unit")
    what = Text(f"单元格显示的单位是“{said}”，这里要填的是{asked.zh}", f"the cell shows the unit “{said}”; what is asked for is {asked.en}")
    return what, Text("请换算后填写，并把单元格格式改为“常规”", "convert it, and set the format of the cell to General")


def letters_of(unit: str) -> str:
    """Return the letters of a unit, by which a format that shows it is known."""
    return "".join(letter for letter in fold(unit) if letter.isalpha())


def _precision(format_: str) -> str:
    bare = _LITERAL.sub("", format_.split(";", maxsplit=1)[0]).lower()
    if "d" in bare or not {"y", "m"} & set(bare):
        return "%Y-%m-%d"
    return "%Y-%m" if "m" in bare else "%Y"


def in_two_languages(written: Scalar) -> Mapping | None:
    """Return text in two languages, written as 中文: and 英文: (zh: and en:), each beginning a line."""
    match = _TWO_LANGUAGES.match(written.text)
    if match is None or {TEXT_KEYS[match[1]], TEXT_KEYS[match[3]]} != {"zh", "en"}:
        return None
    parts = [Scalar(written.place, part, plain=False) for part in match.groups()]
    return Mapping(written.place, ((parts[0], parts[1]), (parts[2], parts[3])))
