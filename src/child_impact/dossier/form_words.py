"""The words of a dossier's form as a workbook: names of its sheets, columns and marks, in both languages."""

from ..reading.text import Text, fold

FACTS = Text("事实", "facts")
HELP = Text("填写说明", "help")
CHOICES = Text("选项", "choices")

ITEM = Text("项目", "item")
QUESTION = Text("问题", "question")
ANSWER = Text("填写", "answer")
ALLOWED = Text("单位或选项", "unit or choices")
WHO = Text("谁能回答", "who can answer")
WHERE = Text("在哪里找", "where to look")
SERVES = Text("用于", "serves")

ID = Text("编号", "id")
EVIDENCE = Text("出处", "evidence")
PAGE = Text("页码", "page")
STANDING = Text("状态", "standing")
COMPLETE = Text("列全", "complete")
HAS, LACKS = Text("有", "has"), Text("无", "lacks")
REASON = Text("理由", "reason")
NOTE = Text("说明", "note")
LIST_COMPLETE = Text("本表列全", "list is complete")
LIST_LACKS = Text("其中没有", "there is no")
LIST_COVERS = Text("其中已列全", "all are listed of")

SUPPORT = {"evidence": EVIDENCE, "page": PAGE, "standing": STANDING, "complete": COMPLETE, "lacks": LACKS, "note": NOTE}
"""The columns beside an answer, by the key that they stand for in YAML."""
OF_AN_ENTRY = {"id": ID, "evidence": EVIDENCE, "page": PAGE, "standing": STANDING, "reason": REASON, "note": NOTE}
"""The columns of an entry itself; reason and note are those of one that was not done or is put off."""

DOT = "."
"""Between the key of a group and of its fact, and between the key of a fact and what supports it."""


def is_(word: str, text: Text) -> bool:
    """Return whether a word spells a text in either language."""
    return fold(word).lower() in {fold(spelling).lower() for spelling in text}
