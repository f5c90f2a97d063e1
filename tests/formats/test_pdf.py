"""Documents as PDF: tagged for screen readers, every character there to be read and copied, the same bytes everywhere."""

import io
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pdfplumber
import pikepdf
import pytest

from child_impact.reading.extras import FormatUnavailable

from .conftest import CASES, ROOT, Key, lacking, need_pdf, written
from .pages import Page

KEYS: list[Key] = [
    ("longgang-huilongpu", "zh", "assessment"),
    ("miyun-tanying", "en", "assessment"),
    ("miyun-tanying", "zh", "ledger"),
    ("longgang-huilongpu", "en", "children"),
]
HEADINGS = {"/H1": "h1", "/H2": "h2", "/H3": "h3"}


@pytest.fixture(params=KEYS, ids="-".join)
def key(request: pytest.FixtureRequest) -> Key:
    """A document."""
    found: Key = request.param
    return found


def elements(node: Any) -> Iterator[Any]:
    """Yield the elements of a structure tree."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from elements(node.K)


def parents(element: Any) -> Iterator[str]:
    """Yield what kinds of element one stands in."""
    while "/P" in element and "/S" in element.P:
        element = element.P
        yield str(element.S)


def letters(text: str) -> str:
    """Return a text without space, as lines are broken elsewhere in a PDF."""
    return re.sub(r"[\s\u00ad]+", "", text)


def test_it_says_that_it_is_accessible_and_how(pdf: Callable[[Key], bytes], html: Callable[[Key], str], key: Key) -> None:
    """PDF/UA-1, tagged, with language and title, of which the reader shows the title."""
    file = pikepdf.open(io.BytesIO(pdf(key)))
    with file.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == Page(html(key)).text("title")[0]
    assert file.Root.MarkInfo.Marked is True
    assert file.Root.ViewerPreferences.DisplayDocTitle is True
    assert str(file.Root.Lang) == ("zh-CN" if key[1] == "zh" else "en")
    assert all(page.Tabs == "/S" for page in file.pages if "/Annots" in page)


def test_its_structure_is_that_of_the_page(pdf: Callable[[Key], bytes], html: Callable[[Key], str], key: Key) -> None:
    """As many headings of each level as the HTML has, tables with headers to which each cell refers, figures with an alternative."""
    page = Page(html(key))
    file = pikepdf.open(io.BytesIO(pdf(key)))
    tree = list(elements(file.Root.StructTreeRoot.K))
    kinds = Counter(str(element.S) for element in tree)

    for kind, tag in HEADINGS.items():
        assert kinds[kind] == len(page.all(tag))
    assert kinds["/Figure"] == len(page.all("svg"))
    assert [figure for figure in tree if figure.S == "/Figure" and not str(figure.get("/Alt", ""))] == []
    assert (kinds["/Table"] > 0) == bool(page.all("table"))
    headers = {str(element.ID) for element in tree if element.S == "/TH"}
    cells = [element for element in tree if element.S == "/TD"]
    assert [cell for cell in cells if not {str(one) for one in cell.A.get("/Headers", [])} & headers] == []
    for element in tree:
        if element.S in ("/TH", "/TD"):
            assert next(parents(element)) == "/TR"
        if element.S == "/LI":
            assert next(parents(element)) == "/L"


def test_links_and_outline_lead_somewhere(pdf: Callable[[Key], bytes], html: Callable[[Key], str], key: Key) -> None:
    """Each link leads to a place of the document, is part of the structure and has a description; the outline has each heading."""
    file = pikepdf.open(io.BytesIO(pdf(key)))
    page = Page(html(key))
    places = {str(name) for name in pikepdf.NameTree(file.Root.Names.Dests)} if "/Names" in file.Root else set()
    links = [note for one in file.pages for note in one.get("/Annots", []) if note.Subtype == "/Link"]
    shown = page.links()[1 + sum(link.startswith("#section-") for link in page.links()) :]  # the contents are not printed

    assert [link for link in links if str(link.get("/Dest", "")) not in places] == []
    assert {str(link.Dest) for link in links} == {link[1:] for link in shown}
    assert [link for link in links if "/StructParent" not in link or not str(link.get("/Contents", ""))] == []
    with file.open_outline() as outline:
        titles: list[str] = []

        def collect(items: Any) -> None:
            for item in items:
                titles.append(letters(item.title))
                collect(item.children)

        collect(outline.root)
    assert sorted(titles) == sorted(letters(text) for tag in HEADINGS.values() for text in page.text(tag))


def test_every_text_can_be_read_and_copied(pdf: Callable[[Key], bytes], html: Callable[[Key], str], key: Key) -> None:
    """What a paragraph, a heading, a cell or an item says in HTML is there as text, in one piece unless a page ends in it."""
    page = Page(html(key))
    with pdfplumber.open(io.BytesIO(pdf(key))) as file:
        pages = ["".join(letter["text"] for letter in one.chars) for one in file.pages]
    text = letters("".join(re.sub(r"\d+$", "", one) for one in pages))
    wanted = [letters(said) for tag in ("h1", "h2", "h3", "p", "td", "th", "li") for said in page.text(tag)]
    missing = [said for said in wanted if said not in text]
    broken = [said for said in missing if not set(said) <= set(text)]

    assert wanted
    assert broken == []
    assert len(missing) <= 3 * len(pages), missing
    assert not re.search("[\ufffd\ue000-\uf8ff]", text)


def test_a_wide_document_lies_on_its_side(pdf: Callable[[Key], bytes]) -> None:
    """A ledger has many columns: its pages are wider than high; those of the report are A4 upright."""
    for code, wide in (("ledger", True), ("assessment", False)):
        file = pikepdf.open(io.BytesIO(pdf(("miyun-tanying", "zh", code))))
        box = file.pages[0].mediabox
        width, height = float(box[2]), float(box[3])
        assert (width > height) is wide
        assert sorted((round(width), round(height))) == [595, 842]


class TestFonts:
    """No box stands for a character."""

    @pytest.fixture(autouse=True)
    def _pdf(self) -> None:
        need_pdf()

    @pytest.mark.parametrize("fonts", ["none", "latin"])
    def test_without_chinese_fonts_nothing_is_written(self, tmp_path: Path, fonts: str) -> None:
        """The error names what to install, the exit code is that of wrong usage, and there is no file."""
        (tmp_path / "fonts").mkdir()
        if fonts == "latin":
            shutil.copy(_latin_font(), tmp_path / "fonts")
        config = tmp_path / "fonts.conf"
        config.write_text(
            f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{tmp_path}/fonts</dir>'
            f"<cachedir>{tmp_path}/cache</cachedir></fontconfig>"
        )
        for language, said in (("zh", "请安装 Noto Sans CJK"), ("en", "install Noto Sans CJK (Debian: apt install fonts-noto-cjk")):
            done = _assess("pdf", tmp_path / "out.pdf", "--lang", language, FONTCONFIG_FILE=str(config))

            assert done.returncode == 2, done.stderr
            assert said in done.stderr.decode()
            assert b"Traceback" not in done.stderr
            assert not (tmp_path / "out.pdf").exists()

    def test_a_character_that_no_font_has_is_named(self) -> None:
        """A character that the machine cannot show is refused by name, never replaced."""
        from child_impact.formats.html import as_html
        from child_impact.formats.pdf import as_pdf
        from child_impact.report.templates import Templates

        with pytest.raises(FormatUnavailable) as refused:
            as_pdf(as_html(written("# T\n\n\U000e0e01\u0378\n"), Templates()))

        assert "U+0378" in refused.value.text.en
        assert "U+0378" in refused.value.text.zh


@pytest.mark.parametrize(
    "asking",
    [
        '<link rel=stylesheet href="{}">',
        '<img alt=x src="{}">',
        "<style>@import url({});</style>",
        '<div style="background: url({})">x</div>',
    ],
)
@pytest.mark.parametrize("where", ["file", "network"])
def test_nothing_is_fetched(tmp_path: Path, asking: str, where: str) -> None:
    """A page of an office that asks for files or the network is refused with what it asks for; a picture within the page is drawn."""
    need_pdf()
    from child_impact.formats.pdf import as_pdf

    file = tmp_path / "logo.svg"
    file.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>', encoding="utf-8")
    address = file.as_uri() if where == "file" else "http://127.0.0.1:9/logo.svg"
    page = "<html lang=en><title>t</title><body><h1>t</h1>{}<p>text"

    with pytest.raises(FormatUnavailable) as refused:
        as_pdf(page.format(asking.format(address)))
    assert address in refused.value.text.en
    within = f'<img alt=x src="data:image/svg+xml,{quote(file.read_text(encoding="utf-8"))}">'
    assert as_pdf(page.format(within)).startswith(b"%PDF")


def test_the_same_bytes_whatever_was_made_before(html: Callable[[Key], str], document: Callable[[Key], Any]) -> None:
    """What documents of one process share shows in none of them."""
    need_pdf()
    from child_impact.formats.pdf import as_pdf
    from child_impact.formats.word import as_word
    from child_impact.report.templates import Templates

    keys = [("miyun-tanying", "en", "children"), ("longgang-huilongpu", "zh", "screening"), ("miyun-tanying", "en", "children")]
    first, _, again = [(as_pdf(html(key)), as_word(document(key), Templates())) for key in keys]

    assert first == again


@pytest.mark.parametrize("format_", ["pdf", "docx", "html"])
def test_the_same_bytes_everywhere(tmp_path: Path, format_: str) -> None:
    """Another process, hour, time zone, locale, hash seed and directory make no difference."""
    need_pdf()
    worlds = [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "0"},
        {"TZ": "America/Anchorage", "PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8"},
    ]
    made = []
    for number, world in enumerate(worlds):
        file = tmp_path / f"{number}.{format_}"
        assert _assess(format_, file, **world).returncode == 0
        made.append(file.read_bytes())

    assert made[0] == made[1]


def _assess(format_: str, file: Path, *more: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    case = "miyun-tanying"
    line = [sys.executable, "-m", "child_impact", "assess", f"cases/{case}.yaml", "--as-of", CASES[case].isoformat()]
    options = ["--fail-on", "never", "--format", format_, "--document", "assessment", "-o", str(file), *more]
    return subprocess.run([*line, *options], cwd=ROOT, capture_output=True, check=False, timeout=120, env={**os.environ, **environment})


def _latin_font() -> Path:
    """Return a font of this machine that has letters but no Chinese."""
    found = shutil.which("fc-list")
    listed = subprocess.run([found, ":lang=en", "file", "lang"], capture_output=True, check=True, text=True).stdout if found else ""
    for line in sorted(listed.splitlines()):
        file, _, languages = line.partition(":")
        if "zh" not in languages and Path(file).suffix == ".ttf":
            return Path(file)
    lacking("a font without Chinese", "fontconfig fonts-dejavu-core")
    raise AssertionError
