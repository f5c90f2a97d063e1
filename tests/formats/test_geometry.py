"""The Chinese Word file as LibreOffice lays it out, measured against GB/T 9704-2012."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pytest
from docx.oxml.ns import qn

from child_impact.formats.word import as_word
from child_impact.report.templates import Templates

from .conftest import Key, written

MM = 72 / 25.4
LINES, LETTERS, PITCH = 22, 28, 28.95
WIDTH, HEIGHT = 156, 225
TOP, LEFT = 37, 28
WITHIN = 1.5
SENTENCE = "儿童友好空间建设应当听取儿童意见保障儿童安全和健康成长"


def lines(page: Any) -> list[list[Any]]:
    """Return the characters of a page by line, from above."""
    rows: dict[int, list[Any]] = {}
    for letter in page.chars:
        rows.setdefault(round(letter["bottom"]), []).append(letter)
    return [[one for one in rows[key] if one["text"].strip()] for key in sorted(rows)]


@pytest.fixture(scope="module")
def pages(office: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> list[list[list[Any]]]:
    """The pages of plain text, each by line; the last line of each is its number."""
    file = tmp_path_factory.mktemp("plain") / "plain.docx"
    file.write_bytes(as_word(written("\n\n".join([SENTENCE * 9] * 14)), Templates()))
    with pdfplumber.open(office(file)) as opened:
        assert {(round(page.width / MM), round(page.height / MM)) for page in opened.pages} == {(210, 297)}
        return [lines(page) for page in opened.pages]


def test_a_page_has_22_lines_of_28_characters(pages: list[list[list[Any]]]) -> None:
    """Each full page has 22 lines; a full line has 28 characters, the first of a paragraph two fewer, drawn in by two."""
    for page in pages[:-1]:
        *text, _ = page
        assert len(text) == LINES
        begins = [line[0]["x0"] > (LEFT + 5) * MM for line in text]
        for line, first, ends in zip(text[:-1], begins, begins[1:], strict=False):
            assert ends or len(line) == (LETTERS - 2 if first else LETTERS)
            assert line[0]["x0"] == pytest.approx(LEFT * MM + 2 * 16 * first, abs=1)


def test_the_type_area_is_156_by_225_mm(pages: list[list[list[Any]]]) -> None:
    """Text begins 28 mm from the left and 37 mm from above, and fills the type area."""
    *text, _ = pages[1]
    full = [line for line in text if len(line) == LETTERS]
    left, right = min(line[0]["x0"] for line in full), max(line[-1]["x1"] for line in full)
    middle = [(line[0]["top"] + line[0]["bottom"]) / 2 for line in text]
    top, bottom = middle[0] - PITCH / 2, middle[-1] + PITCH / 2

    assert left / MM == pytest.approx(LEFT, abs=WITHIN)
    assert (right - left) / MM == pytest.approx(WIDTH, abs=WITHIN)
    assert top / MM == pytest.approx(TOP, abs=WITHIN)
    assert (bottom - top) / MM == pytest.approx(HEIGHT, abs=WITHIN)
    for before, after in itertools.pairwise(middle):
        assert after - before == pytest.approx(PITCH, abs=0.2)


def test_page_numbers_stand_outside(pages: list[list[list[Any]]]) -> None:
    """Odd numbers on the right and even ones on the left, a character from the edge, in 14 points between dashes 7 mm below the text."""
    for number, page in enumerate(pages, start=1):
        line = page[-1]
        assert "".join(letter["text"] for letter in line) == f"—{number}—"
        if number % 2:
            assert line[-1]["x1"] == pytest.approx((LEFT + WIDTH) * MM - 14, abs=2)
        else:
            assert line[0]["x0"] == pytest.approx(LEFT * MM + 14, abs=2)
        assert {round(letter["size"]) for letter in line} == {14}
        middle = (line[0]["top"] + line[0]["bottom"]) / 2
        assert middle / MM - (TOP + HEIGHT) == pytest.approx(7, abs=WITHIN)


def test_sizes_go_by_level(office: Callable[[Path], Path], tmp_path: Path) -> None:
    """The title is of size 2 and centred, the text and its headings of size 3."""
    file = tmp_path / "levels.docx"
    file.write_bytes(as_word(written(f"# 标题\n\n## 一、一级\n\n### （一）二级\n\n{SENTENCE}\n"), Templates()))
    with pdfplumber.open(office(file)) as opened:
        title, *others, _ = lines(opened.pages[0])

    assert {round(letter["size"]) for letter in title} == {22}
    assert (title[0]["x0"] + title[-1]["x1"]) / 2 == pytest.approx((LEFT + WIDTH / 2) * MM, abs=2)
    assert {round(letter["size"]) for line in others for letter in line} == {16}
    styles = docx.Document(str(file)).styles
    fonts = [styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Normal")]
    assert fonts == ["方正小标宋简体", "黑体", "楷体", "仿宋", "仿宋"]


@pytest.mark.parametrize("code", ["assessment", "ledger"])
def test_nothing_runs_over_the_edge(office: Callable[[Path], Path], word: Callable[[Key], bytes], tmp_path: Path, code: str) -> None:
    """In a real document no text and no figure leaves the margins, and the head of a long table stands on each page that it goes on to."""
    file = tmp_path / f"{code}.docx"
    file.write_bytes(word(("longgang-huilongpu", "zh", code)))
    with pdfplumber.open(office(file)) as opened:
        for page in opened.pages:
            edges = (35, TOP) if page.width > page.height else (LEFT, 26)
            letters = [letter for letter in page.chars if letter["text"].isalnum()]  # punctuation may hang
            assert min(letter["x0"] for letter in letters) >= (edges[0] - WITHIN) * MM
            assert max(letter["x1"] for letter in letters) <= page.width - (edges[1] - WITHIN) * MM
            assert all(image["x1"] <= page.width - (edges[1] - WITHIN) * MM for image in page.images)
        if code == "assessment":
            heads = ["条款措辞内容（转述）" in "".join(page.extract_text().split()) for page in opened.pages]
            assert sum(heads) > 1
