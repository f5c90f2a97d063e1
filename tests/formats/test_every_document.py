"""Every shipped dossier in every document, format and language.

Most of the time goes into PDFs of long reports. So each run makes of each dossier all documents in Markdown, the report as HTML, JSON, a
workbook or SARIF, and one document as HTML, Word and PDF, by a fixed spread in which each document in each language comes up. `make
test-documents` (`pytest --every=all`) makes all, `--every=but-pdf` all but the PDFs.
"""

import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from child_impact import __version__
from child_impact.assessment.assess import Assessor
from child_impact.assessment.model import Assessment
from child_impact.assessment.sarif import sarif_data
from child_impact.assessment.to_json import as_data, as_json
from child_impact.dossier.read import read_dossier
from child_impact.formats.html import as_html
from child_impact.reading.text import LANGUAGES, Language
from child_impact.report.document import DOCUMENTS, Document
from child_impact.report.render import Writer
from child_impact.report.templates import Templates
from child_impact.rulebook.model import Rulebook

from .conftest import ROOT, need_chinese_font, need_pdf
from .pages import Page

DAY = date(2026, 6, 1)
DOSSIERS = sorted(
    (path for path in (ROOT / "cases").rglob("*.yaml") if path.parent.name != "expected"), key=lambda path: (path.stat().st_size, path.name)
)
PAIRS = [(document, language) for document in DOCUMENTS for language in LANGUAGES]
SHORT = [pair for pair in PAIRS if pair[0] not in ("assessment", "request", "ledger")]
LEFT_OVER = re.compile(r"\{\{|\{%|\bUndefined\b|<(?:built-in|function|bound method)|child_impact\.")
TEMPLATES = Templates()

Pair = tuple[str, Language]


def spread(number: int) -> Pair:
    """Return which document of a dossier is made where not all are: the shortest dossiers take one of each, the others a short one."""
    return PAIRS[number] if number < len(PAIRS) else SHORT[number % len(SHORT)]


@pytest.fixture(scope="module")
def assessor(rulebook: Rulebook) -> Iterator[Assessor]:
    made = Assessor(rulebook, rulebook.profiles["default"])
    yield made
    made.close()


@pytest.fixture
def every(pytestconfig: pytest.Config) -> str | None:
    """Which are made beyond the spread: `all`, `but-pdf` or (None) no more."""
    asked: str | None = pytestconfig.getoption("--every")
    return asked


def test_the_spread_leaves_out_no_dossier_and_no_document() -> None:
    """Each document in each language is of some dossier, and the dossiers are those in the repository."""
    assert {spread(number) for number in range(len(DOSSIERS))} == set(PAIRS)
    assert {"xicheng-guangnei", "pocket-park", "worst-plan"} <= {path.stem for path in DOSSIERS}
    assert len({path.stem for path in DOSSIERS}) == len(DOSSIERS)


@pytest.mark.parametrize("number", range(len(DOSSIERS)), ids=[path.stem for path in DOSSIERS])
def test_it_is_made(assessor: Assessor, every: str | None, number: int) -> None:
    """Each can be opened, has its title, says by which rules and which program it was made, and shows nothing of the machine."""
    path = DOSSIERS[number]
    dossier = read_dossier(path.read_bytes(), path.relative_to(ROOT).as_posix(), assessor.rulebook.vocabulary)
    made = _Made(assessor.assess(dossier, DAY, DAY))
    made.json()
    chosen, turn = spread(number), number // 2
    for document, language in PAIRS:
        made.markdown(document, language)
        if every or (document, language) in (chosen, ("assessment", LANGUAGES[turn % 2])):
            rich, page = made.html(document, language)
            if every or (document, language) == chosen:
                made.word(rich)
            if every == "all" or (document, language) == chosen:
                made.pdf(rich, page)
    for place, language in enumerate(LANGUAGES):
        if every or number % 4 == place:
            made.workbook(language)
        if every or number % 4 == place + 2:
            made.sarif(language)


class _Made:
    """The documents of an assessment, each made and looked at."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.data = as_data(assessment)
        rulebook = assessment.rulebook
        self.colophon = (rulebook.version, rulebook.sha256[:12], f"child-impact {__version__}")

    def writer(self, language: Language) -> Writer:
        return Writer(self.assessment, language, TEMPLATES)

    def holds(self, text: str, name: str) -> None:
        """Check what every document for people has to say."""
        found = LEFT_OVER.search(text) or ("zh." in name and re.search(r"\bNone\b", text)) or None  # in English a word
        assert found is None, f"{name}: {text[max(0, found.start() - 60) : found.end() + 60]}"
        assert [said for said in self.colophon if said not in text] == [], name

    def markdown(self, document: str, language: Language) -> None:
        text = self.writer(language).plain(document)
        assert re.match(r"# \S", text), document
        assert text.count("\n") > 5, document
        self.holds(text, f"{document}.{language}.md")

    def html(self, document: str, language: Language) -> tuple[Document, str]:
        rich = self.writer(language).document(document)
        source = as_html(rich, TEMPLATES)
        page = Page(source)
        assert page.wrong == []
        assert page.all("html")[0]["lang"] == ("zh-CN" if language == "zh" else "en")
        assert page.text("title")[:1] == page.text("h1") != [""]
        self.holds(" ".join(text for tag, text in page.texts if tag not in ("style", "script")), f"{document}.{language}.html")
        return rich, source

    def word(self, rich: Document) -> None:
        need_chinese_font()
        import docx

        from child_impact.formats.word import as_word

        file = docx.Document(io.BytesIO(as_word(rich, TEMPLATES)))
        cells = [cell.text for table in file.tables for cell in table._cells]
        assert file.core_properties.title == file.paragraphs[0].text != ""
        self.holds("\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells]), f"{rich.name}.docx")

    def pdf(self, rich: Document, source: str) -> None:
        need_pdf()
        import pdfplumber
        import pikepdf

        from child_impact.formats.pdf import as_pdf

        data = as_pdf(source, rich)
        with pikepdf.open(io.BytesIO(data)) as file:
            assert len(file.pages) > 0
            assert str(file.Root.Lang) == ("zh-CN" if rich.language == "zh" else "en")
            assert str(file.docinfo.Title) == Page(source).text("h1")[0]
        with pdfplumber.open(io.BytesIO(data)) as pages:
            last = pages.pages[-1].extract_text()
        assert last.strip()
        if rich.code not in ("assessment", "screening"):  # theirs stands before the annexes, and is broken into lines
            self.holds(last.replace("\n", ""), f"{rich.name}.pdf")

    def workbook(self, language: Language) -> None:
        import openpyxl

        from child_impact.formats.workbook import workbook

        book = openpyxl.load_workbook(io.BytesIO(workbook(self.writer(language).sheets())), read_only=True)
        cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
        assert len(book.sheetnames) == 7
        self.holds("\n".join(cells), f"{language}.xlsx")

    def json(self) -> None:
        data = json.loads(as_json(self.data))
        assert data["dossier"]["id"] == self.assessment.dossier.code("id")
        assert data["rulebook"]["version"] == self.assessment.rulebook.version
        assert data["program"] == {"version": __version__}
        assert sum(data["counts"].values()) == len(data["findings"]) > 0

    def sarif(self, language: Language) -> None:
        (run,) = json.loads(as_json(sarif_data([self.data], [], language)))["runs"]
        assert run["tool"]["driver"]["version"] == __version__
        assert run["artifacts"][0]["properties"]["rulebook"]["version"] == self.assessment.rulebook.version
        assert LEFT_OVER.search(" ".join(result["message"]["text"] for result in run["results"])) is None


def test_the_shipped_dossiers_are_where_the_test_looks() -> None:
    """No dossier is left out for lying in another folder."""
    assert {path.parent for path in DOSSIERS} == {Path(ROOT / "cases"), ROOT / "cases" / "examples", ROOT / "cases" / "extremes"}
