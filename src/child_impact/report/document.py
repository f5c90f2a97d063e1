"""A document as it is written once and turned into every format."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from ..reading.text import Language

DOCUMENTS = ("assessment", "screening", "request", "opinions", "ledger", "children", "public")


class Document(Struct, frozen=True):
    """One document. `text` is its markup (see `markup`), `figures` its pictures as SVG by name, `code` what kind of document it is.

    `day`: the day on which the proposal is judged.
    """

    code: str
    language: Language
    day: date
    text: str
    figures: Mapping[str, str] = field(default_factory=dict)
