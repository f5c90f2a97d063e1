"""Personal data of children in what a person wrote: found by its form, and masked before anything else reads it.

Found are resident identity numbers (GB 11643: by province, date and check digit, or the old form of 15 digits), student numbers, mainland
telephone numbers, a name beside a date of birth, a name that is labelled as a child's, and e-mail addresses and WeChat ids where a person
stands beside them. Numbers of documents, projects, parcels and hotlines, postcodes and coordinates are none of these.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec import Struct

from .nodes import Mapping, Node, Scalar, Sequence
from .problems import Problem
from .text import Text

IDENTITY = Text("居民身份证号", "a resident identity number")
STUDENT = Text("学籍号或学号", "a student number")
PHONE = Text("电话号码", "a telephone number")
BIRTH = Text("姓名和出生日期", "a name with a date of birth")
NAME = Text("儿童姓名", "the name of a child")
EMAIL = Text("个人电子邮箱", "a personal e-mail address")
WECHAT = Text("微信号", "a WeChat id")

_TODO = Text(
    "请从档案中删去；要引用的，登记材料并写材料编号",
    "take it out of the dossier; to refer to it, list the document and give the document's id",
)

_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_FIRST_YEAR = 1900
_LENGTH = 18
_LONG_NAME = 3

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_PERSON = rf"(?:(?:欧阳|上官|司马|诸葛|皇甫|慕容|令狐|尉迟)[一-龥]{{1,2}}|[{_SURNAMES}](?!某)[一-龥]{{1,2}})"
_NOT_A_PERSON = re.compile(
    r"任何|何时|许多|周边|方案|方便|高中|高校|万[人名]|.*[省市区县镇乡村街路校园院局委办部处科室所站馆会社班组级年月日]\Z"
)
_GAP = r"[ \t\u00a0\u200b-\u200d-]"
_ALONE = rf"(?<![0-9A-Za-z])(?<!\d{_GAP})(?<!\d\.)"
_ENDS = rf"(?![0-9A-Za-z])(?!{_GAP}\d)(?!\.\d)"
_DAY = r"(?:19|20)\d\d(?:年\d{1,2}月(?:\d{1,2}日)?|[-./]\d{1,2}(?:[-./]\d{1,2})?)"

_IDENTITY = rf"{_ALONE}(?P<letter>[GLgl])?(?P<number>\d(?:{_GAP}?\d){{16}}{_GAP}?[\dXx]){_ENDS}"
_OLD_IDENTITY = rf"{_ALONE}(?P<number>\d{{15}}){_ENDS}"
_STUDENT = r"(?:学籍号|学籍编号|学号)码?\s?(?:为|是|[:：])?\s?(?P<number>[GL]?\d{6,19}[\dXx]?)(?![0-9A-Za-z])"
_MOBILE = rf"{_ALONE}(?P<number>(?:(?:\+|00)?86{_GAP}?)?1[3-9]\d(?:\d{{8}}|{_GAP}\d{{4}}{_GAP}\d{{4}})){_ENDS}"
_LANDLINE = rf"{_ALONE}(?P<number>(?:[(（]0\d{{2,3}}[)）] ?|0\d{{2,3}}{_GAP})[2-9]\d{{6,7}}){_ENDS}"
_LABELLED_LANDLINE = rf"(?:电话|座机|联系方式)[^\d\n]{{0,4}}(?P<number>0\d{{9,11}}){_ENDS}"
_BORN = (
    rf"(?<![一-龥])(?:姓名[:：]?\s?|学生|儿童|幼儿|男孩|女孩|孩子)?(?P<name>{_PERSON})(?:(?![一-龥])|(?=出?生))"
    rf"[^\n。；;]{{0,10}}?(?:(?:出生日期|出生年月|出生于|生日|生于)\s?[:：为]?\s?(?P<day>{_DAY})|(?P<day2>{_DAY})\s?(?:出生|生)(?!效|产|态|活))"
)
_NAMED = (
    rf"(?:学生|儿童|孩子|幼儿|小朋友|未成年人)(?:的)?姓名\s?[:：]\s?(?P<name>{_PERSON})(?![一-龥])"
    rf"|(?<![一-龥])姓名\s?[:：]\s?(?P<name2>{_PERSON})(?=[,，、;；\s(（][^\n。]{{0,12}}(?<!\d)1?\d\s?(?:周?岁|年级))"
)
_AGE = r"\s?[(（,，]\s?(?:[男女]\s?[,，、]\s?)?(?:\d|1[0-7])\s?周?岁(?![以至到及\-—~])"
_AGED = rf"(?<![一-龥])(?P<name>{_PERSON})(?={_AGE})"
_EMAIL = (
    rf"(?<![一-龥])(?:家长|监护人|学生|儿童|联系人)?(?P<who>{_PERSON})(?:同学|家长|妈妈|爸爸)?[\s,，、:：(（]{{1,3}}(?:邮箱|[Ee]-?mail)?\s?[:：]?\s?"
    r"(?P<number>[A-Za-z0-9][\w.+-]*@(?!(?:[\w-]+\.)*(?:gov|edu)\.cn)[\w-]+(?:\.[\w-]+)+)"
)
_WECHAT = r"微信(?:号)?\s?(?:为|是|[:：])\s?(?P<number>[A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_-])"

_OTHER_NUMBER = re.compile(
    r"(?:编号|编码|代码|文号|案号|图号|批号|证号|合同号|项目号|备案号|许可证|宗地|地块|坐标|账号|帐号|条码|№|(?<![a-z])(?:No\.?|ID)(?![a-z]))[^\d\n]{0,4}\Z",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\s*(?:[万亿]?元|[万亿]|平方|㎡|m(?![a-z])|米|公里|千米|吨|人|户|个(?!人)|号(?!码))", re.IGNORECASE)
_PHONE_KEY = re.compile(r"电话|手机|联系|phone|tel|mobile", re.IGNORECASE)
_KEPT_WIDE = "，：；（）"
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_WIDE}
_NARROW |= {0x3000: 0x20, 0x2010: 0x2D, 0x2013: 0x2D}


class Sighting(Struct, frozen=True):
    """Something that looks like personal data: what it is, and which spans of the text are to be masked, each with its visible length."""

    what: Text
    spans: tuple[tuple[int, int, int], ...]

    @property
    def start(self) -> int:
        """Return where it begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Return where it ends."""
        return self.spans[-1][1]


class Look(Struct, frozen=True):
    """One thing to look for: `hint` is a simple pattern without which a text does not hold it, `find` does the work."""

    hint: str
    find: Callable[[str], Iterator[Sighting]]


def sightings(text: str, looks: Iterable[Look] | None = None) -> list[Sighting]:
    """Return what looks like personal data in a text, in its order. `looks`: what to look for; by default everything."""
    narrow = text.translate(_NARROW)
    found: list[Sighting] = []
    for look in looks or (*_BY_CHECK, *_BY_LABEL, *_BY_FORM):
        if re.search(look.hint, narrow):
            found += [one for one in look.find(narrow) if not any(one.start < other.end and other.start < one.end for other in found)]
    return sorted(found, key=lambda one: one.start)


def masked(text: str) -> str:
    """Return a text with all that looks like personal data masked."""
    return _masked(text, sightings(text))


def hidden(root: Node) -> tuple[Node, list[Problem]]:
    """Return a tree in which personal data is masked, in keys and values, and a problem for each sighting (its text masked too)."""
    search = _Search()
    tree = _mapped(root, "", search.scalar)
    names = {name for name in search.names if len(name) >= _LONG_NAME}
    lengths = sorted({len(name) for name in names}, reverse=True)
    return (_mapped(tree, "", lambda node, _: _without(node, names, lengths)) if names else tree), search.problems


class _Search:
    """Masks one scalar after the other, and keeps what was seen and the names of children among it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.names: set[str] = set()

    def scalar(self, node: Scalar, key: str | None) -> Scalar:
        """Mask a value, or a key itself (`key` is None)."""
        seen = sightings(node.text, None if key is None else _looks(node, key))
        if not seen:
            return node
        text = _masked(node.text, seen)
        for one in seen:
            shown = text[one.start : one.end]
            what = Text(
                f"疑似{one.what.zh}：{shown}，各种输出中均已遮盖", f"this looks like {one.what.en}: {shown}; it is masked in every output"
            )
            self.problems.append(Problem(node.place, what, _TODO))
            if one.what in (BIRTH, NAME, EMAIL):
                start, end, _ = one.spans[0]
                self.names.add(node.text[start:end])
        return Scalar(node.place, text, node.plain)


def _looks(node: Scalar, key: str) -> Iterable[Look] | None:
    """Return what to look for in a value: a bare figure is hardly a telephone number, nor is the number of something else."""
    if node.plain and node.number() is not None and not _PHONE_KEY.search(key):
        return _BY_CHECK
    return (*_BY_CHECK, *_BY_LABEL) if _OTHER_NUMBER.search(key) else None


def _mapped(node: Node, key: str, change: Callable[[Scalar, str | None], Scalar]) -> Node:
    if isinstance(node, Mapping):
        return Mapping(node.place, tuple((change(name, None), _mapped(value, name.text, change)) for name, value in node))
    if isinstance(node, Sequence):
        return Sequence(node.place, tuple(_mapped(item, key, change) for item in node.items))
    return change(node, key)


def _without(node: Scalar, names: set[str], lengths: list[int]) -> Scalar:
    """Return a scalar in which names are masked that stand beside other personal data elsewhere; short ones may be common words."""
    text, at, parts = node.text, 0, []
    while at < len(text):
        found = next((length for length in lengths if text[at : at + length] in names), 1)
        parts.append(text[at] + "*" * (found - 1))
        at += found
    masked_ = "".join(parts)
    return node if masked_ == text else Scalar(node.place, masked_, node.plain)


def _masked(text: str, seen: list[Sighting]) -> str:
    letters = list(text)
    for start, end, visible in (span for one in seen for span in one.spans):
        for index in range(start + visible, end):
            if letters[index].isalnum() and letters[index] not in "年月日":
                letters[index] = "*"
    return "".join(letters)


def _identities(text: str) -> Iterator[Sighting]:
    for match in re.finditer(_IDENTITY, text):
        digits = re.sub(r"[^0-9Xx]", "", match["number"]).upper()
        if _is_identity(digits):
            yield Sighting(STUDENT if match["letter"] else IDENTITY, ((match.start(), match.end(), 2),))


def _old_identities(text: str) -> Iterator[Sighting]:
    for match in re.finditer(_OLD_IDENTITY, text):
        number = match["number"]
        if _PROVINCE.match(number) and _is_day(f"19{number[6:12]}") and not _is_other(text, match):
            yield Sighting(IDENTITY, (_span(match, "number", 2),))


def _is_identity(number: str) -> bool:
    """Return whether 18 characters are an identity number: province, date of birth and check character fit."""
    if len(number) != _LENGTH or not _PROVINCE.match(number) or not _is_day(number[6:14]):
        return False
    return _CHECK[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False)) % len(_CHECK)] == number[-1]


def _is_day(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= _FIRST_YEAR
    except ValueError:
        return False


def _telephones(text: str) -> Iterator[Sighting]:
    for pattern in (_MOBILE, _LANDLINE, _LABELLED_LANDLINE):
        for match in re.finditer(pattern, text):
            if not _is_other(text, match):
                yield Sighting(PHONE, (_span(match, "number", 2),))


def _students(text: str) -> Iterator[Sighting]:
    for match in re.finditer(_STUDENT, text):
        yield Sighting(STUDENT, (_span(match, "number", 2),))


def _wechat_ids(text: str) -> Iterator[Sighting]:
    for match in re.finditer(_WECHAT, text):
        yield Sighting(WECHAT, (_span(match, "number", 1),))


def _is_other(text: str, match: re.Match[str]) -> bool:
    """Return whether what stands before or after a number says that it is a figure or the number of something else."""
    start, end = match.span("number")
    return _OTHER_NUMBER.search(text[max(0, start - 14) : start]) is not None or (
        _UNIT.match(text, end) is not None and match["number"].isdigit()
    )


def _births(text: str) -> Iterator[Sighting]:
    for match in re.finditer(_BORN, text):
        if not _NOT_A_PERSON.match(match["name"]):
            yield Sighting(BIRTH, (_span(match, "name", 1), _span(match, "day" if match["day"] else "day2", 0)))


def _named(text: str) -> Iterator[Sighting]:
    for match in re.finditer(_NAMED, text):
        yield Sighting(NAME, (_span(match, "name" if match["name"] else "name2", 1),))


def _aged(text: str) -> Iterator[Sighting]:
    for match in re.finditer(_AGED, text):
        if not _NOT_A_PERSON.match(match["name"]):
            yield Sighting(NAME, (_span(match, "name", 1),))


def _addresses(text: str) -> Iterator[Sighting]:
    for match in re.finditer(_EMAIL, text):
        if not _NOT_A_PERSON.match(match["who"]):
            yield Sighting(EMAIL, (_span(match, "who", 1), _span(match, "number", 1)))


def _span(match: re.Match[str], group: str, visible: int) -> tuple[int, int, int]:
    return (*match.span(group), visible)


_LONG = rf"\d(?:{_GAP}?\d){{14}}"
_BY_CHECK = (Look(_LONG, _identities),)
_BY_LABEL = (
    Look("学籍|学号", _students),
    Look(r"出生|生于|生日|[\d日月]\s?生", _births),
    Look(r"姓名\s?[:：]", _named),
    Look(_AGE, _aged),
    Look("@", _addresses),
    Look("微信", _wechat_ids),
)
_BY_FORM = (Look(_LONG, _old_identities), Look(rf"\d(?:{_GAP}?\d){{8}}|[)）] ?\d{{7}}", _telephones))
