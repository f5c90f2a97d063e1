"""The reviewer's record of one dossier: what she answers, disputes, waives and asks for, as she wrote it. It changes no verdict."""

from datetime import date

from msgspec import Struct

from ..reading.problems import InputRefused, Place, Problem
from ..reading.text import Text
from ..vocabulary.values import PartialDate


class RecordRefused(InputRefused):
    """A reviewer's record that cannot be read, is not valid, or is about another dossier (exit code 4)."""


class Answer(Struct, frozen=True):
    """The answer to one of the reviewer's questions; None where it is still blank."""

    question: str
    answer: Text | None
    by: Text | None
    on: date | None
    place: Place


class Dispute(Struct, frozen=True):
    """Disagreement with a finding: how the reviewer sees it, and why. `entity` is the id of the entity that the finding is about."""

    criterion: str
    entity: str | None
    view: Text
    reason: Text
    by: Text | None
    on: date | None
    place: Place


class Waiver(Struct, frozen=True):
    """Leave to go on without a demand until a day, that day included.

    `problems` are what keeps it from holding: without a reason, an owner and a day of expiry there is no waiver.
    """

    criterion: str
    entity: str | None
    reason: Text | None
    owner: Text | None
    granted: date | None
    expires: date | None
    evidence: Text | None
    place: Place
    problems: tuple[Problem, ...] = ()


class Requirement(Struct, frozen=True):
    """A condition that the reviewer attaches: what, who sees to it, by when, and the day on which it was done."""

    text: Text
    owner: Text | None
    due: PartialDate | None
    done: date | None
    place: Place


class Signer(Struct, frozen=True):
    """Who signs the record."""

    name: Text
    role: Text | None
    body: Text | None


class Record(Struct, frozen=True):
    """A whole record. `dossier` is the id of the dossier that it is about, `dossier_sha256` its state then, if the record says so."""

    file: str
    sha256: str
    dossier: str
    dossier_sha256: str | None
    answers: tuple[Answer, ...]
    disputes: tuple[Dispute, ...]
    waivers: tuple[Waiver, ...]
    conditions: tuple[Requirement, ...]
    signer: Signer | None
    signed_on: date | None
    place: Place
