"""The register of what is to be followed up, as a table for a terminal and as a sheet."""

from collections.abc import Iterable
from datetime import date

from ..assessment.follow_up import Entry, State, register
from ..reading.text import Language, Text
from .table import Cell, Sheet, shortened, table

MAX_COLUMNS = 44
_DASH = "—"
_STATES = {
    State.OVERDUE: Text("已逾期", "overdue"),
    State.OPEN: Text("未到期", "open"),
    State.UNDATED: Text("未定期限", "no date"),
    State.DONE: Text("已完成", "done"),
}
_HEADERS = (
    Text("状态", "State"),
    Text("期限", "Due"),
    Text("逾期天数", "Days overdue"),
    Text("类别", "Kind"),
    Text("内容", "What"),
    Text("责任单位", "Body responsible"),
    Text("资金", "Money"),
    Text("指标", "Indicator"),
    Text("档案", "Dossier"),
    Text("出处", "Where stated"),
)
_NAME = Text("跟踪台账", "Follow-up")


class FollowUp:
    """Words a register in one language."""

    def __init__(self, entries: Iterable[Entry], day: date, language: Language) -> None:
        self.entries = register(entries, day)
        self.day = day
        self.language: Language = language

    def text(self) -> str:
        """Return the register as a table, under a line that counts it."""
        if not self.entries:
            return self._count() + "\n"
        rows = [[shortened(self._shown(cell) or _DASH, MAX_COLUMNS) for cell in self._row(one)] for one in self.entries]
        return f"{self._count()}\n\n{table([[header.in_(self.language) for header in _HEADERS], *rows])}"

    def sheet(self) -> Sheet:
        """Return the register as a sheet."""
        return Sheet(_NAME.in_(self.language), [header.in_(self.language) for header in _HEADERS], [self._row(one) for one in self.entries])

    def _count(self) -> str:
        number = len(self.entries)
        counted = {state: sum(one.state(self.day) is state for one in self.entries) for state in State}
        shown = [f"{_STATES[state].in_(self.language)} {count}" for state, count in counted.items() if count]
        if self.language == "zh":
            return f"截至 {self.day}，跟踪事项{number}项" + (f"：{'，'.join(shown)}" if shown else "")
        return f"As of {self.day}: {number} to follow up" + (f" ({', '.join(shown)})" if shown else "")

    def _row(self, one: Entry) -> list[Cell]:
        due: Cell = None
        if one.due is not None:
            due = one.due.last if one.due.is_exact() else str(one.due)
        return [
            _STATES[one.state(self.day)].in_(self.language),
            due,
            one.days_overdue(self.day),
            one.kind.in_(self.language),
            one.what.in_(self.language),
            self._text(one.owner),
            self._text(one.money),
            self._text(one.indicator),
            self._text(one.title) or one.dossier,
            f"{one.place.file}:{one.place.line}",
        ]

    def _text(self, text: Text | None) -> str | None:
        return text.in_(self.language) if text is not None else None

    @staticmethod
    def _shown(cell: Cell) -> str:
        return "" if cell is None else str(cell)
