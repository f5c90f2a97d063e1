"""A document as it is written once and turned into every format."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from msgspec import Struct, field

from ..reading.extras import FormatUnavailable
from ..reading.problems import InputRefused
from ..reading.text import Language

DOCUMENTS = ("assessment", "screening", "request", "opinions", "ledger", "children", "public")


class Document(Struct, frozen=True):
    """One document. `text` is its markup (see `markup`), `figures` its pictures as SVG by name, `code` what kind of document it is.

    `day`: the day on which the proposal is judged. `dossier`: the file of the dossier that it is about.
    """

    code: str
    language: Language
    day: date
    text: str
    figures: Mapping[str, str] = field(default_factory=dict)
    dossier: str = ""

    @property
    def name(self) -> str:
        """Return what the document is called among those of a dossier, as in `request.en`."""
        return f"{self.code}.{self.language}"


class NotMade(Exception):
    """An error of the program while it made a document (exit code 5); the message names the document and the dossier."""


@contextmanager
def making(document: str, dossier: str) -> Iterator[None]:
    """Raise `NotMade` for whatever fails inside, but for what is refused, or cannot be made on this machine."""
    try:
        yield
    except (InputRefused, FormatUnavailable, NotMade):
        raise
    except Exception as error:
        about = f" about {dossier}" if dossier else ""
        raise NotMade(f"the document {document}{about} cannot be made: {type(error).__name__}: {error}") from error
