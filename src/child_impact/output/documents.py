"""The documents of an assessment, each as the name of a file and its bytes."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..assessment.model import Assessment
from ..assessment.to_json import LEVELS_OF_SEVERAL, as_data, as_json
from ..reading.extras import need
from ..reading.text import LANGUAGES, Language
from ..report.document import DOCUMENTS, making
from .names import safe_name

if TYPE_CHECKING:
    from ..report.render import Writer

MARKUP_FORMATS = ("md", "html", "pdf", "docx")
WORKBOOK = "xlsx"
JSON, SARIF = "json", "sarif"
FORMATS = (*MARKUP_FORMATS, WORKBOOK, JSON, SARIF)
ALL = "all"
MAIN = "assessment"
_NEEDED = (("docx", "docxtpl", "docx"), ("docx", "resvg_py", "docx"), (WORKBOOK, "xlsxwriter", "xlsx"))


class Maker:
    """Makes the documents of assessments in the formats, kinds and language that were asked for, one assessment after the other.

    `formats` are of `FORMATS`, `documents` of `report.document.DOCUMENTS` or `ALL`; the order of formats and documents is kept, repetitions
    are not. `templates` is an office's directory of templates over those of the program.

    Raises `ValueError` for a word that is none of these, `FormatUnavailable` where a format cannot be written on this machine, and
    `TemplatesRefused` where the directory holds no template.
    """

    def __init__(
        self,
        formats: Iterable[str] = ("md",),
        documents: Iterable[str] = (MAIN,),
        lang: Language = "zh",
        templates: Path | None = None,
    ) -> None:
        self.formats = tuple(dict.fromkeys(formats))
        named = tuple(dict.fromkeys(documents))
        self.documents = DOCUMENTS if ALL in named else named
        self.lang: Language = lang
        self.directory = templates
        for word, known in (*((one, FORMATS) for one in self.formats), *((one, DOCUMENTS) for one in self.documents), (lang, LANGUAGES)):
            if word not in known:
                raise ValueError(f"“{word}” is none of {', '.join(known)}")
        for format_, module, extra in _NEEDED:
            if format_ in self.formats:
                need(module, extra)
        if "pdf" in self.formats:
            from ..formats.pdf import library

            library()
        self._markup = [one for one in self.formats if one in MARKUP_FORMATS]
        if self._markup or WORKBOOK in self.formats:
            from ..report.templates import Templates

            self._templates = Templates(templates)

    def count(self) -> int:
        """Return how many files there are for each assessment."""
        return sum(len(self.documents) if one in MARKUP_FORMATS else 1 for one in self.formats)

    def of(self, assessment: Assessment) -> Iterator[tuple[str, bytes]]:
        """Yield the documents of an assessment as they are made.

        Raises `TemplatesRefused` where a template cannot be filled in, `FormatUnavailable` where this machine has no font for a character.
        """
        name = safe_name(assessment.dossier.code("id"))
        for format_ in self.formats:
            if format_ in (JSON, SARIF):
                with making(format_, assessment.dossier.file):
                    data = self._for_programs(assessment, format_)
                yield f"{name}.{format_}", data
        if not self._markup and WORKBOOK not in self.formats:
            return
        from ..report.render import Writer

        writer = Writer(assessment, self.lang, self._templates)
        if WORKBOOK in self.formats:
            from ..formats.workbook import workbook

            with making(f"{WORKBOOK}.{self.lang}", assessment.dossier.file):
                data = workbook(writer.sheets())
            yield f"{name}.{self.lang}.{WORKBOOK}", data
        for code in self.documents:
            stem = name if code == MAIN else f"{name}.{code}"
            for format_, data in self._in_formats(writer, code):
                yield f"{stem}.{self.lang}.{format_}", data

    def _for_programs(self, assessment: Assessment, format_: str) -> bytes:
        data = as_data(assessment, self.directory)
        if format_ == JSON:
            return as_json(data).encode()
        from ..assessment.sarif import sarif_data

        return as_json(sarif_data([data], [], self.lang), LEVELS_OF_SEVERAL).encode()

    def _in_formats(self, writer: "Writer", code: str) -> Iterator[tuple[str, bytes]]:
        """Yield a document in each format; what two of them share is made once."""
        if "md" in self._markup:
            yield "md", writer.plain(code).encode()
        if set(self._markup) <= {"md"}:
            return
        from ..formats.html import as_html

        document = writer.document(code)
        html = as_html(document, writer.templates)
        if "html" in self._markup:
            yield "html", html.encode()
        if "pdf" in self._markup:
            from ..formats.pdf import as_pdf

            yield "pdf", as_pdf(html, document)
        if "docx" in self._markup:
            from ..formats.word import as_word

            yield "docx", as_word(document, writer.templates)
