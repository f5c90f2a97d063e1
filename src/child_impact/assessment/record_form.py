"""The form of a reviewer's record: its keys in both languages, how each value is read, and what to write there."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import Struct

from ..dossier.leaves import day, identifier, scalar, words, wrong
from ..reading.nodes import Node
from ..reading.text import Text, fold

_DIGEST = re.compile(r"[0-9a-fA-F]{64}\Z")


class Key(Struct, frozen=True):
    """One key of the record. `ask` is what to write; `none_counts`: “none” is an answer here, not the lack of one."""

    name: str
    zh: str
    read: Callable[[Node], Any]
    ask: Text
    required: bool = False
    none_counts: bool = False

    @property
    def label(self) -> Text:
        """Return the key as it is written in each language."""
        return Text(self.zh, self.name)


Form = tuple[Key, ...]


def exact_day(node: Node) -> date:
    """Read a day of the calendar; a month or a year is not enough."""
    value = day(node)
    if not value.is_exact():
        raise wrong(Text(f"“{value}”没有写到日", f"“{value}” is not a day"), Text("请写成 2026-03-08", "write it like 2026-03-08"))
    return value.first


def digest(node: Node) -> str:
    """Read a SHA-256."""
    written = fold(scalar(node, Text("SHA-256", "a SHA-256")).text)
    if not _DIGEST.match(written):
        raise wrong(
            Text("SHA-256 应为64位十六进制数", "a SHA-256 has 64 hexadecimal digits"),
            Text("请照评价报告末页抄写，或删去这一行", "copy it from the end of the report, or leave the line out"),
        )
    return written.lower()


_CRITERION = Key(
    "criterion",
    "准则",
    identifier,
    Text("写准则编号，见 `child-impact rules list`", "write the id of the criterion; see `child-impact rules list`"),
    required=True,
)
_ENTITY = Key(
    "entity", "对象", identifier, Text("逐项核对的，写该项在档案中的编号", "the entry's id in the dossier, if it is one of a list")
)
_REASON = Key("reason", "理由", words, Text("写明理由", "say why"), required=True)
_BY = Key("by", "填写人", words, Text("写姓名或职务", "name or post"))
_DATE = Key("date", "日期", exact_day, Text("写成 2026-03-08", "write it like 2026-03-08"))

ANSWER: Form = (
    Key("question", "问题", identifier, Text("写问题编号", "write the id of the question"), required=True),
    Key("answer", "答复", words, Text("写答复", "write the answer"), none_counts=True),
    _BY,
    _DATE,
)
DISPUTE: Form = (
    _CRITERION,
    _ENTITY,
    Key("view", "审查意见", words, Text("写审查人的看法", "say how the reviewer sees it"), required=True),
    _REASON,
    _BY,
    _DATE,
)
WAIVER: Form = (
    _CRITERION,
    _ENTITY,
    _REASON,
    Key("owner", "责任人", words, Text("写明由谁负责", "say who answers for it"), required=True),
    Key("granted", "准予日期", exact_day, Text("写成 2026-03-08", "write it like 2026-03-08")),
    Key(
        "expires",
        "到期日期",
        exact_day,
        Text("写成 2026-12-31，当日仍有效", "write it like 2026-12-31; that day is included"),
        required=True,
    ),
    Key("evidence", "依据", words, Text("写批准文件", "name the paper that grants it")),
)
CONDITION: Form = (
    Key("text", "内容", words, Text("写明要做什么", "say what is to be done"), required=True),
    Key("owner", "责任单位", words, Text("写明由谁落实", "say who sees to it")),
    Key("due", "完成日期", day, Text("写成 2026-12-31 或 2026-12", "write it like 2026-12-31 or 2026-12")),
    Key("done", "落实日期", exact_day, Text("落实后写明日期", "the day on which it was done")),
)
SIGNER: Form = (
    Key("name", "姓名", words, Text("写姓名", "write the name"), required=True),
    Key("role", "职务", words, Text("写职务", "write the post")),
    Key("body", "单位", words, Text("写单位", "write the body")),
)
RECORD: Form = (
    Key(
        "dossier",
        "档案",
        identifier,
        Text("写档案的编号，一份记录只针对一份档案", "write the dossier's id: one record, one dossier"),
        required=True,
    ),
    Key("dossier_sha256", "档案SHA-256", digest, Text("写审查时档案的 SHA-256", "the SHA-256 of the dossier when it was reviewed")),
    Key("answers", "问题答复", lambda node: node, Text("逐条答复", "one entry an answer")),
    Key("disputes", "异议", lambda node: node, Text("逐条写明", "one entry a finding")),
    Key("waivers", "豁免", lambda node: node, Text("逐条写明", "one entry a finding")),
    Key("conditions", "条件", lambda node: node, Text("逐条写明", "one entry a condition")),
    Key("signer", "审查人", lambda node: node, Text("写姓名、职务、单位", "name, role, body")),
    _DATE,
)
