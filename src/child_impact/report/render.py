"""Documents from an assessment: each is a template, filled in once for every format."""

import re
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ..assessment.model import Assessment, Finding
from ..reading.text import Language
from .blame import by_template
from .document import Document, making
from .ledger import sheets
from .markup import Flavour
from .proof_text import ProofText
from .table import Sheet
from .templates import Templates, document_words
from .titles import inline, quoted
from .view import View
from .wording import Wording

if TYPE_CHECKING:
    from .comparison_view import ComparisonView, OptionsView

_BLANK_LINES = re.compile(r"\n{3,}")
FIGURES = ("balance", "timeline")


class Writer(Struct, frozen=True):
    """Writes the documents of an assessment with the templates of a bureau over those of the program."""

    assessment: Assessment
    language: Language
    templates: Templates

    def plain(self, code: str) -> str:
        """Return a document of `document.DOCUMENTS` in Markdown for people to read as it is."""
        with self._making(code):
            return self._text(code, View(self._wording()), Flavour(self.language, rich=False))

    def document(self, code: str) -> Document:
        """Return a document of `document.DOCUMENTS` in the markup that other formats are made from, with its figures."""
        with self._making(code):
            view = View(self._wording())
            text = self._text(code, view, Flavour(self.language, rich=True))
            used = [name for name in FIGURES if f"(figure:{name})" in text]
            figures = {
                name: self.templates.page(f"figures/{name}.svg.j2", {"figure": getattr(view, name), "lang": self.language}) for name in used
            }
            return Document(code, self.language, self.assessment.as_of, text, figures, self.assessment.dossier.file)

    def sheets(self) -> list[Sheet]:
        """Return the assessment as the sheets of a workbook."""
        with self._making("xlsx"):
            worded = self._wording()
            return sheets(worded, View(worded))

    def _making(self, code: str) -> AbstractContextManager[None]:
        return making(f"{code}.{self.language}", self.assessment.dossier.file)

    def _text(self, code: str, view: View, flavour: Flavour) -> str:
        return _filled(self.templates, code, view, flavour)

    def _wording(self) -> Wording:
        return Wording(self.assessment, self.templates.words(), self.language)


def render_comparison(view: "ComparisonView | OptionsView", language: Language, templates: Path | None = None) -> str:
    """Return a comparison of two versions, or of two options, in Markdown."""
    with making(f"{view.TEMPLATE}.{language}", ""):
        return _filled(Templates(templates), view.TEMPLATE, view, Flavour(language, rich=False))


def _filled(templates: Templates, name: str, view: object, flavour: Flavour) -> str:
    """Return a document's template filled in; what a template leaves of blank lines is one at most."""
    filters = {name: getattr(flavour, name) for name in ("cell", "lines", "noted", "clauses", "verdict")}
    filters |= {"sentence": _sentence, "inline": inline, "counted": _counted, "quoted": quoted}
    marks = {name: by_template(name, getattr(flavour, name)) for name in ("mark", "figure", "place")}
    names = {"view": view, "words": document_words(templates, "shown", flavour.language), **marks}
    text = templates.markup(f"{flavour.language}/{name}.md.j2", (flavour.language, flavour.rich), flavour.shown, names, filters)
    return _BLANK_LINES.sub("\n\n", text).strip("\n") + "\n"


def wording(assessment: Assessment, language: Language, templates: Path | None = None) -> Wording:
    """Return how an assessment is worded in a language, with the words of a bureau's templates over those of the program."""
    return Wording(assessment, Templates(templates).words(), language)


def proofs(assessment: Assessment, findings: list[Finding], language: Language) -> list[str]:
    """Return the proof of each finding as text."""
    worded = ProofText(wording(assessment, language))
    return [worded.finding(finding) for finding in findings]


def _counted(number: int, one: str, many: str) -> str:
    """Return a number with the word for what is counted."""
    return f"{number} {one if number == 1 else many}"


def _sentence(text: str) -> str:
    """Begin a sentence with a capital; the rest stays as it is."""
    return text[:1].upper() + text[1:]
