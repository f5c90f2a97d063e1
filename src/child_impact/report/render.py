"""Rendering documents from templates."""

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

from ..assessment.model import Assessment, Finding
from ..reading.nodes import plain_data
from ..reading.text import Language, Text
from ..reading.yaml12 import read_yaml
from ..rulebook.store import cache_directory, packaged
from .proof_text import ProofText
from .rows import ReportView
from .screening import ScreeningView, screening_view
from .view import report_view
from .wording import Wording

if TYPE_CHECKING:
    from .comparison_view import ComparisonView, OptionsView


def render_markdown(assessment: Assessment, language: Language, templates: Path | None = None) -> str:
    """Return the assessment report in Markdown. `templates`: a directory other than the one that comes with the program."""
    directory = templates or packaged("templates")
    view = report_view(wording(assessment, language, directory))
    return _rendered(directory, f"{language}/assessment.md.j2", view)


def render_screening(assessment: Assessment, language: Language, templates: Path | None = None) -> str:
    """Return the screening record in Markdown."""
    directory = templates or packaged("templates")
    return _rendered(directory, f"{language}/screening.md.j2", screening_view(wording(assessment, language, directory)))


def render_comparison(view: "ComparisonView | OptionsView", language: Language, templates: Path | None = None) -> str:
    """Return a comparison of two versions, or of two options, in Markdown."""
    return _rendered(templates or packaged("templates"), f"{language}/{view.TEMPLATE}.md.j2", view)


def _rendered(directory: Path, template: str, view: "ReportView | ScreeningView | ComparisonView | OptionsView") -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(directory),
        bytecode_cache=_bytecode_cache(),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters["cell"] = _cell
    environment.filters["line"] = _line
    environment.filters["sentence"] = _sentence
    return environment.get_template(template).render(view=view)


def wording(assessment: Assessment, language: Language, templates: Path | None = None) -> Wording:
    """Return how an assessment is worded in a language, with the words of a templates directory."""
    return Wording(assessment, _words(templates or packaged("templates")), language)


def proofs(assessment: Assessment, findings: list[Finding], language: Language) -> list[str]:
    """Return the proof of each finding as text."""
    worded = ProofText(wording(assessment, language))
    return [worded.finding(finding) for finding in findings]


@cache
def _words(directory: Path) -> dict[str, dict[str, Text]]:
    data = plain_data(read_yaml((directory / "words.yaml").read_bytes(), "templates/words.yaml"))
    assert isinstance(data, dict)
    return {kind: {code: Text(str(name["zh"]), str(name["en"])) for code, name in codes.items()} for kind, codes in data.items()}


def _bytecode_cache() -> jinja2.BytecodeCache | None:
    directory = cache_directory()
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return jinja2.FileSystemBytecodeCache(str(directory)) if os.access(directory, os.W_OK) else None


def _line(text: str) -> str:
    """Escape what a person wrote so that Markdown shows it as it is, on one line."""
    escaped = "".join(f"\\{letter}" if letter in "\\`*_[]<>#|~" else letter for letter in text)
    return " ".join(escaped.split())


def _sentence(text: str) -> str:
    """Begin a sentence with a capital; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def _cell(text: str) -> str:
    """Escape text for a table cell; empty cells are shown as a dash."""
    return _line(text) or "—"
