"""Reading one value of each type from its scalar, as pydantic validators with messages for an officer."""

import re
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticCustomError

from ..reading.nodes import Mapping, Node, Scalar
from ..reading.shape import nearest, one_of
from ..reading.text import Text, fold, is_chinese
from ..vocabulary.model import Enumeration
from ..vocabulary.values import PartialDate, read_date
from .divisions import longest
from .words import TEXT_KEYS, yes_or_no

MAX_INTEGER = 2**53 - 1
MAX_PLACES = 6
MAX_DIGITS = 15
MAX_TEXT = 4000
_YEARS = range(1900, 2201)
_SEVERAL = re.compile(r"[、,;/\n]")
_IDENTIFIER = re.compile(r"\w[\w.-]{0,79}\Z")


def wrong(what: Text, todo: Text) -> PydanticCustomError:
    """Return the error that carries what is wrong and what to do through pydantic to the officer."""
    return PydanticCustomError("dossier", "{what_en}", {"what_zh": what.zh, "what_en": what.en, "todo_zh": todo.zh, "todo_en": todo.en})


def scalar(node: Node, expected: Text) -> Scalar:
    """Return the node if it is a single value."""
    if not isinstance(node, Scalar):
        raise wrong(
            Text(f"应为{expected.zh}", f"should be {expected.en}"),
            Text("请写成一个值，不要写成列表或映射", "write one value, not a list or a mapping"),
        )
    return node


def boolean(node: Node) -> bool:
    """Read 是, 否, true or false."""
    expected = Text("是或否", "true or false")
    value = yes_or_no(scalar(node, expected))
    if value is None:
        raise wrong(
            _not(node, expected),
            Text("请写“是”或“否”；材料没有说明的，写“未说明”或留空", "write true or false; leave it empty if the file does not say"),
        )
    return value


def number(node: Node, unit: Text | None) -> Decimal:
    """Read a finite decimal within the limits of exactness."""
    expected = Text("数字", "a number")
    written = scalar(node, expected)
    if written.is_not_finite():
        raise wrong(_not(node, expected), Text("请写具体数字；没有的写“无”，材料没有说明的留空", "write a figure, none, or leave it empty"))
    if written.is_beyond():
        raise wrong(
            Text("数字过长，或指数过大", "the number is too long, or its exponent too large"),
            Text("请核对位数和单位", "check digits and unit"),
        )
    value = written.number()
    if value is None:
        value = Scalar(written.place, fold(written.text), written.plain).number()  # full-width figures
    if value is None:
        said = Text("", "")
        if unit is not None:
            said = Text(f"；单位是{unit.zh}，请换算，单位不写进数字", f"; the unit is {unit.en}: convert it, and leave the unit out")
        raise wrong(_not(node, expected), Text(f"只写数字，不加引号{said.zh}", f"write the bare figure, no quotes{said.en}"))
    if abs(value) > MAX_INTEGER:
        raise wrong(
            Text(f"数字过大（上限 {MAX_INTEGER}）", f"the number is too large (limit {MAX_INTEGER})"),
            Text("请核对位数和单位", "check digits and unit"),
        )
    if value != round(value, MAX_PLACES) or len(value.normalize().as_tuple().digits) > MAX_DIGITS:
        what = Text(
            f"小数最多 {MAX_PLACES} 位，有效数字最多 {MAX_DIGITS} 位", f"at most {MAX_PLACES} decimal places and {MAX_DIGITS} digits"
        )
        raise wrong(what, Text("请四舍五入", "round it"))
    return value


def day(node: Node) -> PartialDate:
    """Read a date known to the day, the month or the year."""
    expected = Text("日期", "a date")
    value = read_date(fold(scalar(node, expected).text))
    if value is None or value.first.year not in _YEARS:
        todo = Text("请写成 2026-03-08、2026-03 或 2026（也可写 2026年3月8日）", "write 2026-03-08, 2026-03 or 2026")
        raise wrong(_not(node, expected), todo)
    return value


def choice(node: Node, enumeration: Enumeration) -> str:
    """Read one value of a closed list, by code or by name in either language."""
    written = scalar(node, Text("一个选项", "one of the list")).text
    code = enumeration.code(written)
    if code is None:
        raise wrong(Text(f"没有“{written}”这个选项", f"“{written}” is not in the list"), _advice(written, enumeration))
    return code


def _advice(written: str, enumeration: Enumeration) -> Text:
    """Return what to write for a choice that is none: several as a list, the nearest one where its figures are the same, or one of all."""
    parts = [part.strip() for part in _SEVERAL.split(fold(written)) if part.strip()]
    if len(parts) > 1 and all(enumeration.code(part) is not None for part in parts):
        listed = f"[{', '.join(parts)}]"
        return Text(
            f"写多项请用列表：{listed}；只能选一项的，写其中一项", f"write several as a list: {listed}; where one is asked for, one of them"
        )
    names = [name.zh for name in enumeration.values.values()]
    known = names if is_chinese(written) else list(enumeration.values)
    guess = nearest(written, [one for one in known if _figures(one) == _figures(written)])
    if guess is not None:
        return Text(f"是否想写“{guess}”？", f"did you mean “{guess}”?")
    return Text(one_of(names).zh, one_of(enumeration.values).en)


def _figures(word: str) -> list[str]:
    return sorted(filter(str.isdecimal, word))


def words(node: Node) -> Text:
    """Read text: one string, or one in each language."""
    if isinstance(node, Mapping):
        return _bilingual(node)
    text = scalar(node, Text("文字", "text")).text.strip()
    return _bounded(Text(text, text))


def identifier(node: Node) -> str:
    """Read an identifier."""
    text = fold(scalar(node, Text("编号", "an identifier")).text)
    if not _IDENTIFIER.match(text):
        raise wrong(
            Text(f"“{text}”不能作编号", f"“{text}” cannot be an identifier"),
            Text("只用文字、数字、点、短横线和下划线，不超过80个字符", "use letters, digits, dots, hyphens and underscores, at most 80"),
        )
    return text


def reference(node: Node) -> str:
    """Read the id of an entry of a list; whether there is such an entry is seen when the whole file is read."""
    return fold(scalar(node, Text("一个编号", "an id")).text)


def division(node: Node, places: dict[str, str]) -> str:
    """Read an administrative division: a six-digit code, or a name (or an address that begins with a name) of the vocabulary."""
    text = fold(scalar(node, Text("地点", "a place")).text)
    provinces = {code[:2] for code in places.values()}
    if re.fullmatch(r"\d{6}", text) and text[:2] in provinces:
        return text
    name = longest(text, places)
    if name is None:
        todo = Text(
            "请写六位行政区划代码，或从省级写起，如“北京市西城区”",
            "write the six-digit code, or begin with the province as in 北京市西城区",
        )
        raise wrong(Text(f"不认识地点“{text}”", f"the place “{text}” is not known"), todo)
    return places[name]


def _bilingual(node: Mapping) -> Text:
    said: dict[str, str] = {}
    for key, value in node:
        language = TEXT_KEYS.get(fold(key.text))
        if language is None or language in said or not isinstance(value, Scalar):
            raise wrong(
                Text("文字只能写成一句，或写成 {zh: …, en: …}", "text is one string or {zh: …, en: …}"), Text("请改正", "correct it")
            )
        said[language] = value.text.strip()
    either = said.get("zh") or said.get("en") or ""
    return _bounded(Text(said.get("zh") or either, said.get("en") or either))


def _bounded(text: Text) -> Text:
    if max(map(len, text)) > MAX_TEXT:
        raise wrong(
            Text(f"文字超过 {MAX_TEXT} 字", f"the text is longer than {MAX_TEXT} characters"),
            Text("请写要点，其余放附件", "give the gist and attach the rest"),
        )
    if not text.zh:
        raise wrong(
            Text("文字为空", "the text is empty"),
            Text("请填写；没有的写“无”，材料没有说明的删去本行", "fill it in, write none, or remove the line"),
        )
    return text


def _not(node: Node, expected: Text) -> Text:
    shown: Any = node.text if isinstance(node, Scalar) else "…"
    return Text(f"“{shown}”不是{expected.zh}", f"“{shown}” is not {expected.en}")
