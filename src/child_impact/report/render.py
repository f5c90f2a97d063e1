"""Documents from an assessment: each is a template, filled in once for every format."""

import re
from dataclasses import dataclass
from pathlib import Path

from ..assessment.model import Assessment, Finding
from ..reading.text import Language
from .document import Document
from .markup import Flavour
from .proof_text import ProofText
from .templates import Templates, document_words
from .titles import inline, quoted
from .view import View
from .wording import Wording

_BLANK_LINES = re.compile(r"\n{3,}")
FIGURES = ("balance", "timeline")


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the documents of an assessment with the templates of a bureau over those of the program."""

    assessment: Assessment
    language: Language
    templates: Templates

    def plain(self, code: str) -> str:
        """Return a document of `document.DOCUMENTS` in Markdown for people to read as it is."""
        return self._text(code, View(self._wording()), Flavour(self.language, rich=False))

    def document(self, code: str) -> Document:
        """Return a document of `document.DOCUMENTS` in the markup that other formats are made from, with its figures."""
        view = View(self._wording())
        text = self._text(code, view, Flavour(self.language, rich=True))
        used = [name for name in FIGURES if f"(figure:{name})" in text]
        figures = {
            name: self.templates.page(f"figures/{name}.svg.j2", {"figure": getattr(view, name), "lang": self.language}) for name in used
        }
        return Document(code, self.language, self.assessment.as_of, text, figures)

    def _text(self, code: str, view: View, flavour: Flavour) -> str:
        filters = {name: getattr(flavour, name) for name in ("cell", "lines", "noted", "clauses", "verdict")}
        filters |= {"sentence": _sentence, "inline": inline, "counted": _counted, "quoted": quoted}
        names = {name: getattr(flavour, name) for name in ("mark", "figure", "place")}
        words = document_words(self.templates, "shown", self.language)
        text = self.templates.markup(f"{self.language}/{code}.md.j2", flavour.shown, {"view": view, "words": words, **names}, filters)
        return _BLANK_LINES.sub("\n\n", text).strip("\n") + "\n"

    def _wording(self) -> Wording:
        return Wording(self.assessment, self.templates.words(), self.language)


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
