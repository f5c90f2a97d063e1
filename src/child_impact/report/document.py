"""A document as it is written once and turned into every format."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..reading.text import Language

TITLE_MARK = "# "


@dataclass(frozen=True, slots=True)
class Document:
    """One document. `text` is its markup (see `markup`), `figures` its pictures as SVG by name, `code` what kind of document it is."""

    code: str
    language: Language
    text: str
    figures: Mapping[str, str] = field(default_factory=dict)
