"""A document as PDF, from the same HTML: tagged (PDF/UA-1), with language, title and headings."""

import hashlib
import logging

from ..reading.extras import NO_CHINESE_FONT, FormatUnavailable, need

_MISSING = "notdef"


def as_pdf(html: str) -> bytes:
    """Return an HTML document as PDF. The same HTML gives the same bytes.

    Raises `FormatUnavailable` where WeasyPrint or a font for a character of the document is missing: no box stands for a character.
    """
    weasyprint = need("weasyprint", "pdf")
    listener = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        identifier = hashlib.sha256(html.encode()).digest()[:16]
        data = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier, full_fonts=False)
    finally:
        logger.removeHandler(listener)
    if listener.missing:
        raise FormatUnavailable(NO_CHINESE_FONT)
    return bytes(data)


class _Listener(logging.Handler):
    """Hears of characters that no font has."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.missing = False

    def emit(self, record: logging.LogRecord) -> None:
        """Take note of a message about a missing glyph."""
        self.missing |= _MISSING in record.getMessage()
