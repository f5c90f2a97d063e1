"""The form of the files of the vocabulary."""

from dataclasses import dataclass
from typing import Any, ClassVar

from ..reading.shape import STRICT
from ..reading.text import Text
from .bodies import BodiesShape
from .empty_words import EmptyWordsShape
from .model import FieldType
from .moved_load import MoveShape


@dataclass(frozen=True, slots=True)
class CountsShape:
    """The set of the same entry that a number counts, and which of its members (none: all)."""

    __pydantic_config__: ClassVar[Any] = STRICT
    field: str
    member: str | None = None


@dataclass(frozen=True, slots=True)
class FieldShape:
    """A field: its key, type, question, and what bounds it."""

    __pydantic_config__: ClassVar[Any] = STRICT
    key: str
    type: FieldType
    question: Text
    answered_by: str
    found_in: tuple[str, ...] = ()
    label: Text | None = None
    unit: str | None = None
    unit_of: str | None = None
    values: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    required: bool = False
    blank_is_none: str | None = None
    can_be_planned: bool = False
    event: bool = False
    counts: CountsShape | None = None
    to: str | None = None
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class RegisterShape:
    """Which fields of a group or list say what is to be followed up."""

    __pydantic_config__: ClassVar[Any] = STRICT
    title: Text
    what: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    owner: str | None = None
    money: str | None = None
    indicator: tuple[str, ...] = ()
    promises_nothing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupShape:
    """A group of facts."""

    __pydantic_config__: ClassVar[Any] = STRICT
    key: str
    fields: dict[str, FieldShape]
    register: RegisterShape | None = None
    can_be_planned: bool = False


@dataclass(frozen=True, slots=True)
class ListShape:
    """A list of things of one kind."""

    __pydantic_config__: ClassVar[Any] = STRICT
    key: str
    label: Text
    one: Text
    question: Text
    answered_by: str
    fields: dict[str, FieldShape]
    worked_out: dict[str, FieldShape] | None = None
    register: RegisterShape | None = None
    can_be_planned: bool = False
    event: str | None = None
    identified_by: str | None = None
    asks: Text | None = None
    lacks: Text | None = None
    covers: Text | None = None


@dataclass(frozen=True, slots=True)
class StageShape:
    """A stage of a proposal."""

    __pydantic_config__: ClassVar[Any] = STRICT
    kinds: tuple[str, ...]
    before_decision: bool


@dataclass(frozen=True, slots=True)
class FileShape:
    """A file of the vocabulary; it may hold any part of it."""

    __pydantic_config__: ClassVar[Any] = STRICT
    enumerations: dict[str, dict[str, Text]] | None = None
    units: dict[str, Text] | None = None
    units_of: dict[str, dict[str, str]] | None = None
    header: GroupShape | None = None
    groups: dict[str, GroupShape] | None = None
    lists: dict[str, ListShape] | None = None
    stages: dict[str, StageShape] | None = None
    places: dict[str, str] | None = None
    place_names: dict[str, str] | None = None
    moved: tuple[MoveShape, ...] | None = None
    bodies: BodiesShape | None = None
    empty_words: EmptyWordsShape | None = None
