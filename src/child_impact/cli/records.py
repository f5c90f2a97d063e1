"""The reviewers' records that a command was given, and which dossier each is about."""

from collections.abc import Iterable

from ..assessment.record import Record, RecordRefused
from ..assessment.review import about_another
from ..dossier.facts import Dossier
from ..reading.problems import InputRefused, Problem
from ..reading.source import read_bytes
from ..reading.text import Text
from ..rulebook.model import Rulebook

RECORD = Text("审查记录", "the reviewer's record")


class Records:
    """Records by the id of their dossier."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._by_dossier = {record.dossier: record for record in records}
        self._seen: list[str] = []

    @classmethod
    def read(cls, files: Iterable[str], rulebook: Rulebook) -> "Records":
        """Read record files. Raises `InputRefused` with the problems of all of them, two records of one dossier among these."""
        files = tuple(files)
        if not files:
            return cls(())
        from ..assessment.record_read import read_record

        records: list[Record] = []
        problems: list[Problem] = []
        for file in files:
            try:
                records.append(read_record(read_bytes(file, RECORD), file, rulebook))
            except InputRefused as refused:
                problems += refused.problems
        first: dict[str, Record] = {}
        for record in records:
            other = first.setdefault(record.dossier, record)
            if other is not record:
                what = Text(
                    f"档案“{record.dossier}”已有审查记录 {other.file}", f"the dossier “{record.dossier}” has a record already: {other.file}"
                )
                problems.append(Problem(record.place, what, Text("一份档案只用一份记录", "give one record for each dossier")))
        if problems:
            raise RecordRefused(problems)
        return cls(records)

    def about(self, dossier: Dossier) -> Record | None:
        """Return the record of a dossier, if there is one."""
        self.claim(dossier.code("id"))
        return self._by_dossier.get(dossier.code("id"))

    def claim(self, dossier: str) -> None:
        """Take note that a dossier of this id was among those that were asked for."""
        self._seen.append(dossier)

    def by_dossier(self) -> dict[str, Record]:
        """Return the records by the id of their dossier."""
        return dict(self._by_dossier)

    def all_claimed(self) -> None:
        """Raise `RecordRefused` if a record is about none of the dossiers that were asked for."""
        astray = [record for id_, record in self._by_dossier.items() if id_ not in self._seen]
        if astray:
            raise RecordRefused(about_another(record, self._seen) for record in astray)
