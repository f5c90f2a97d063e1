"""What `assess` and `screen` do with one dossier; the same in this process and in another."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ..api import (
    Assessment,
    Assessor,
    DossierRefused,
    FormatUnavailable,
    Record,
    Rulebook,
    TemplatesRefused,
    as_data,
    as_json,
    read_dossier,
)
from ..output.documents import JSON, SARIF, Maker
from ..reading.problems import shown
from ..reading.source import read_bytes, shown_name
from ..reading.text import Language, Text
from .arrangement import Arrangement
from .dossiers import guarded
from .exits import Exit

if TYPE_CHECKING:
    from ..assessment.sarif_log import Part


class Task(Struct, frozen=True):
    """A dossier to be worked on: the name that was typed, and its bytes where they can be read once only."""

    name: str
    data: bytes | None = None


class Outcome(Struct, frozen=True):
    """What an assessment came to: code and words of its outcome, and the day on which it was judged."""

    code: str
    label: Text
    day: date


class Made(Struct, frozen=True):
    """What became of a dossier. `said` are lines for people; `error` is not empty where there is no assessment; `code` says how bad it is.

    `files` are its documents by name; `together` and `part` its share of one JSON file and of one SARIF log of several dossiers.
    """

    file: str
    code: Exit = Exit.FINE
    said: tuple[str, ...] = ()
    error: tuple[str, ...] = ()
    id: str | None = None
    outcome: Outcome | None = None
    files: tuple[tuple[str, bytes], ...] = ()
    together: bytes | None = None
    part: "Part | None" = None


class Order(Struct, frozen=True):
    """What was asked for, for every dossier. It can be sent to another process."""

    rulebook: Rulebook
    profile: str
    records: Mapping[str, Record]
    lang: Language
    as_of: date | None
    today: date
    strict_privacy: bool
    arrangement: Arrangement
    templates: Path | None


class Worker:
    """Works on dossiers, one after the other. Whatever goes wrong with one is said in what it returns; nothing is raised."""

    def __init__(self, order: Order) -> None:
        self._order = order

    def __call__(self, task: Task) -> Made:
        """Return what became of a dossier."""
        order, file = self._order, shown_name(task.name)
        said: list[str] = []
        try:
            data = read_bytes(task.name) if task.data is None else task.data
            dossier = read_dossier(data, order.rulebook, file)
            said += shown(guarded(dossier, task.name, strict=order.strict_privacy), order.lang)
            id_ = dossier.code("id")
            assessment = self._assessor.assess(dossier, order.as_of, order.today, order.records.get(id_))
            together, part = self._shares(assessment)
        except DossierRefused as refused:
            lines = tuple(refused.lines(order.lang))
            return Made(file, Exit.DOSSIER, lines, lines)
        except Exception as error:  # noqa: BLE001 - a defect that one dossier shows is no reason to lose the others
            return Made(file, Exit.INTERNAL, (*said, internal(file, error)), (str(error),))
        outcome = Outcome(assessment.outcome.code, assessment.outcome.label, assessment.as_of)
        said += [warning.say(order.lang) for warning in assessment.review.warnings] if assessment.review else []
        code, files, lines = self._files(assessment, file)
        return Made(file, code, (*said, *lines), (), id_, outcome, files, together, part)

    def _shares(self, assessment: Assessment) -> tuple[bytes | None, "Part | None"]:
        """Return what an assessment adds to the JSON file and to the SARIF log of several."""
        asked = self._order.arrangement.together
        if not asked:
            return None, None
        data = as_data(assessment, self._order.templates)
        together = as_json(data).encode() if JSON in asked else None
        if SARIF not in asked:
            return together, None
        from ..assessment.sarif_log import part

        return together, part(data, self._order.lang)

    def _files(self, assessment: Assessment, file: str) -> tuple[Exit, tuple[tuple[str, bytes], ...], tuple[str, ...]]:
        """Return all documents of an assessment; or none, with the code and what is to be said."""
        lang = self._order.lang
        try:
            return Exit.FINE, tuple(self._maker.of(assessment)), ()
        except TemplatesRefused as refused:
            return Exit.USAGE, (), tuple(refused.lines(lang))
        except FormatUnavailable as unavailable:
            return Exit.USAGE, (), (f"child-impact: {unavailable.text.in_(lang)}",)
        except Exception as error:  # noqa: BLE001 - as above
            return Exit.INTERNAL, (), (internal(file, error),)

    @cached_property
    def _assessor(self) -> Assessor:
        return Assessor(self._order.rulebook, self._order.profile)

    @cached_property
    def _maker(self) -> Maker:
        order = self._order
        return Maker(order.arrangement.formats, order.arrangement.documents, order.lang, order.templates)


def internal(file: str, error: BaseException) -> str:
    """Return the line about a defect of the program."""
    return f"child-impact: {file}: internal error ({type(error).__name__}): {error}"
