"""A document as PDF, from the same HTML: tagged (PDF/UA-1), with language, title and headings."""

import hashlib
import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from types import ModuleType

from ..reading.extras import NO_CHINESE_FONT, FormatUnavailable, asks_for, need, no_font
from ..report.document import Document, making

_CLOCK = "SOURCE_DATE_EPOCH"
_ONE_AT_A_TIME = Lock()  # messages of WeasyPrint do not say of which document they are
_MISSING = "notdef"
_REFUSED = "Failed to load"


def as_pdf(html: str, document: Document | None = None) -> bytes:
    """Return an HTML document as PDF. The same HTML gives the same bytes. `document` is what errors name.

    Raises `FormatUnavailable` where WeasyPrint or a font for a character of the document is missing: no box stands for a character.
    """
    weasyprint = library()
    with making(f"{document.name}.pdf" if document else "pdf", document.dossier if document else ""), _ONE_AT_A_TIME, _without_clock():
        return _printed(html, weasyprint)


@contextmanager
def _without_clock() -> Iterator[None]:
    """Keep the time of day out of the fonts in a file: without the library HarfBuzz-Subset, fontTools writes it into them."""
    before = os.environ.get(_CLOCK)
    os.environ[_CLOCK] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_CLOCK]
        else:
            os.environ[_CLOCK] = before


def _printed(html: str, weasyprint: ModuleType) -> bytes:
    listener = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        identifier = hashlib.sha256(html.encode()).digest()[:16]
        fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",))  # a document is whole without files and network
        data = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(
            pdf_variant="pdf/ua-1", pdf_identifier=identifier, full_fonts=False
        )
    finally:
        logger.removeHandler(listener)
    if listener.missing:
        raise FormatUnavailable(no_font(listener.missing))
    if listener.refused:
        raise FormatUnavailable(asks_for(listener.refused))
    return bytes(data)


def library() -> ModuleType:
    """Return WeasyPrint, or raise `FormatUnavailable`.

    It warns when it is imported where the system has no font at all; Pango would then crash.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*ugly output")
        try:
            return need("weasyprint", "pdf")
        except UserWarning:
            raise FormatUnavailable(NO_CHINESE_FONT) from None


class _Listener(logging.Handler):
    """Hears of characters that no font has, and of what a page asks for that is not in it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.missing: set[str] = set()
        self.refused: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Take note of a message."""
        if _MISSING in record.getMessage():
            self.missing |= {one for one in record.args or () if isinstance(one, str)}
        elif record.getMessage().startswith(_REFUSED) and isinstance(record.args, tuple):
            self.refused.append(str(record.args[0]))
