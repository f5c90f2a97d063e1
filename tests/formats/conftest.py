"""What the tests of formats share: every document of two real cases, made once, and a word on what the machine lacks."""

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from child_impact.assessment.assess import Assessor
from child_impact.assessment.model import Assessment
from child_impact.dossier.read import read_dossier
from child_impact.formats.html import as_html
from child_impact.reading.text import LANGUAGES, Language
from child_impact.report.document import DOCUMENTS, Document
from child_impact.report.render import Writer
from child_impact.report.templates import Templates
from child_impact.rulebook.model import Rulebook

REQUIRE_ALL = "CHILD_IMPACT_REQUIRE_ALL"
ROOT = Path(__file__).parent.parent.parent
DAY = date(2026, 6, 1)
CASES = {"longgang-huilongpu": date(2020, 4, 20), "miyun-tanying": date(2023, 8, 14)}
KEYS = [(case, language, code) for case in CASES for language in LANGUAGES for code in DOCUMENTS]

Key = tuple[str, Language, str]


def lacking(what: str, install: str) -> None:
    """Skip the test for what the machine lacks; where all must be there, as in CI, fail it."""
    said = f"{what} is not installed (Debian: apt-get install {install})"
    if os.environ.get(REQUIRE_ALL):
        pytest.fail(said)
    pytest.skip(said)


@cache
def _has_chinese_font() -> bool:
    found = shutil.which("fc-list")
    return found is not None and bool(subprocess.run([found, ":lang=zh-cn", "family"], capture_output=True, check=False).stdout.strip())


def need_chinese_font() -> None:
    """Skip the test without a font for Chinese: neither PDF nor pictures can be made."""
    if not _has_chinese_font():
        lacking("a font for Chinese", "fontconfig fonts-noto-cjk")


def need_pdf() -> None:
    """Skip the test without the system library and the font that PDF needs."""
    need_chinese_font()
    try:
        import weasyprint  # noqa: F401
    except OSError:
        lacking("Pango", "libpango-1.0-0 libpangoft2-1.0-0")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        lacking("Chromium", "chromium")
    assert found is not None
    return found


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """LibreOffice, which lays out a Word file as PDF: `office(path)` gives the path of that."""
    need_chinese_font()
    found = shutil.which("soffice")
    if found is None:
        lacking("LibreOffice Writer", "libreoffice-writer-nogui")
    assert found is not None
    profile = tmp_path_factory.mktemp("libreoffice").as_uri()

    def convert(path: Path) -> Path:
        line = [found, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
        subprocess.run(line, check=True, capture_output=True, timeout=120)
        return path.with_suffix(".pdf")

    return convert


@pytest.fixture(scope="session")
def assess(rulebook: Rulebook) -> Callable[[str], Assessment]:
    """A case that comes with the program, assessed, by its name."""
    assessor = Assessor(rulebook, rulebook.profiles["default"])

    def one(name: str) -> Assessment:
        file = f"cases/{name}.yaml"
        day = CASES.get(name, DAY)
        return assessor.assess(read_dossier((ROOT / file).read_bytes(), file, rulebook.vocabulary), day, day)

    return cache(one)


@pytest.fixture(scope="session")
def document(assess: Callable[[str], Assessment]) -> Callable[[Key], Document]:
    """A document of a case by case, language and kind."""
    return cache(lambda key: Writer(assess(key[0]), key[1], Templates()).document(key[2]))


@pytest.fixture(scope="session")
def html(document: Callable[[Key], Document]) -> Callable[[Key], str]:
    """A document of a case as HTML."""
    return cache(lambda key: as_html(document(key), Templates()))


@pytest.fixture(scope="session")
def word(document: Callable[[Key], Document]) -> Callable[[Key], bytes]:
    """A document of a case as a Word file."""
    need_chinese_font()
    from child_impact.formats.word import as_word

    return cache(lambda key: as_word(document(key), Templates()))


@pytest.fixture(scope="session")
def pdf(html: Callable[[Key], str]) -> Callable[[Key], bytes]:
    """A document of a case as PDF."""
    need_pdf()
    from child_impact.formats.pdf import as_pdf

    return cache(lambda key: as_pdf(html(key)))


def written(text: str, language: Language = "zh") -> Document:
    """Return a document with markup of our own."""
    return Document("assessment", language, DAY, text)
