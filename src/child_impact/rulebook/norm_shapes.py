"""The shapes of the files of norms, as pydantic checks them."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from ..reading.shape import STRICT
from ..reading.text import Text


@dataclass(frozen=True, slots=True)
class NormShape:
    """A norm as written; `when` and `value` are left as nodes, for the condition parser and to be read as an exact number."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    comparison: Literal["lt", "le", "gt", "ge", "eq"]
    value: Any
    subject: Text
    clause: str
    wording: Literal["must", "should", "encourage", "reference"]
    read: Text
    unit: str | None = None
    when: Any = None
    from_stage: str | tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuantityShape:
    """A quantity with its norms; `of` is the fact or derived number that it is, of the dossier or of the entities of the list `over`."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    label: Text
    of: str
    norms: tuple[NormShape, ...]
    over: str | None = None


@dataclass(frozen=True, slots=True)
class NormsFileShape:
    """A file of norms: the quantities of one field."""

    __pydantic_config__: ClassVar[Any] = STRICT
    quantities: tuple[QuantityShape, ...]
