"""Documents as Word files: as Word expects them, accessible, linked, the same every time, and in the dress of the office."""

import importlib.util
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from child_impact.formats.word import as_word
from child_impact.formats.word_runs import LONGEST_BOOKMARK, bookmark
from child_impact.reading.problems import TemplatesRefused
from child_impact.report.templates import Templates

from .conftest import KEYS, ROOT, Key, need_chinese_font, written

HEADED = {"Title": "# ", "Heading 1": "## ", "Heading 2": "### "}


def opened(data: bytes) -> Any:
    """Return a Word file as python-docx sees it."""
    return docx.Document(io.BytesIO(data))


def problems(data: bytes, tmp_path: Path) -> list[str]:
    """Return what a validator of the schemas of Office files finds wrong."""
    from openxml_audit import OpenXmlValidator

    file = tmp_path / "checked.docx"
    file.write_bytes(data)
    return [f"{error.part_uri} {error.path}: {error.description}" for error in OpenXmlValidator().validate(file).errors]


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_a_document_is_as_word_expects_it(word: Callable[[Key], bytes], document: Any, tmp_path: Path, key: Key) -> None:
    """It follows the schemas, has the headings of the text in real heading styles, and says title, language and kind of each table row."""
    data = word(key)
    file = opened(data)
    text = document(key).text

    assert problems(data, tmp_path) == []
    for style, mark in HEADED.items():
        found = [paragraph for paragraph in file.paragraphs if paragraph.style.name == style]
        assert len(found) == len(re.findall(rf"^{mark}\S", text, re.MULTILINE)), style
    assert file.core_properties.title == file.paragraphs[0].text
    assert file.core_properties.language == ("zh-CN" if key[1] == "zh" else "en-GB")
    for table in file.tables:
        first, *others = (row.trPr for row in table._tbl.tr_lst)
        assert first.find(qn("w:tblHeader")) is not None
        assert all(row is None or row.find(qn("w:tblHeader")) is None for row in others)
    defaults = file.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert defaults.get(qn("w:eastAsia")) == "zh-CN"
    assert defaults.get(qn("w:val")) == ("en-US" if key[1] == "zh" else "en-GB")


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_links_lead_to_bookmarks(word: Callable[[Key], bytes], html: Callable[[Key], str], key: Key) -> None:
    """Each link of the document is there and leads to a bookmark; names are unique, as Word counts them, and short enough."""
    body = opened(word(key)).element.body
    names = [start.get(qn("w:name")) for start in body.iter(qn("w:bookmarkStart"))]
    numbers = [start.get(qn("w:id")) for start in body.iter(qn("w:bookmarkStart"))]
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    in_html = re.findall(r'href="#((?:clause|fact)-[^"]+)"', html(key))

    assert Counter(links) == Counter(bookmark(name) for name in in_html)
    assert set(links) <= set(names)
    assert [name for name, count in Counter(name.casefold() for name in names).items() if count > 1] == []
    assert [name for name in names if not re.fullmatch(rf"[A-Za-z]\w{{0,{LONGEST_BOOKMARK - 1}}}", name, re.ASCII)] == []
    assert len(set(numbers)) == len(numbers)
    assert numbers == [end.get(qn("w:id")) for end in body.iter(qn("w:bookmarkEnd"))]


def test_bookmarks_do_not_collide() -> None:
    """Anchors that begin alike, or differ by a sign that Word does not allow, get names of their own."""
    anchors = [
        *(f"clause-a-very-long-title-of-a-source-that-goes-on-{number}" for number in range(200)),
        "a-b",
        "a_b",
        "a.b",
        "A-b",
        "条款",
        "条",
        "1",
        "x" * 40,
        "x" * 41,
    ]
    names = {bookmark(anchor).casefold() for anchor in anchors}

    assert len(names) == len(anchors)
    assert [name for name in names if not re.fullmatch(r"[a-z]\w{0,39}", name, re.ASCII)] == []


def test_figures_have_words_and_two_forms(word: Callable[[Key], bytes]) -> None:
    """A figure has an alternative, is drawn as SVG, and has an image for programs that cannot draw it."""
    file = opened(word(("miyun-tanying", "zh", "assessment")))
    (figure,) = file.element.body.iter(qn("wp:inline"))
    image = file.part.related_parts[next(figure.iter(qn("a:blip"))).get(qn("r:embed"))]
    drawing = next(one for one in figure.iter() if one.tag.endswith("}svgBlip"))

    assert figure.docPr.get("descr") == "各方面要求的满足情况（条数）"
    assert image.blob.startswith(b"\x89PNG")
    assert file.part.related_parts[drawing.get(qn("r:embed"))].blob.startswith(b"<svg")


def test_the_file_holds_no_clock(word: Callable[[Key], bytes], document: Any) -> None:
    """Parts are dated alike, the document by the day of the assessment; made anew it has the same bytes."""
    key: Key = ("longgang-huilongpu", "en", "ledger")
    with zipfile.ZipFile(io.BytesIO(word(key))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.namelist()[0] == "[Content_Types].xml"
    assert opened(word(key)).core_properties.created.date() == document(key).day
    assert as_word(document(key), Templates()) == word(key)


def test_lists_begin_anew(tmp_path: Path) -> None:
    """Each numbered list begins at 1, lists in lists are drawn in, and what else a template may write is there."""
    text = (
        "# T\n\n1. a\n2. b\n\ntext `code` [*em*](https://example.org/?a=1&b=2) ![logo](x.png)\n\n1. c\n   - d\n\n     > e\n\n"
        "##### f\n\n    g\n    h\n\n***\n\n> - i\n\nj  \nk\n"
    )
    data = as_word(written(text, "en"), Templates())
    file = opened(data)
    numberings = [p._p.pPr.numPr.numId.val for p in file.paragraphs if p.style.name == "List Number"]
    link = next(file.element.body.iter(qn("w:hyperlink")))

    assert problems(data, tmp_path) == []
    assert numberings[0] == numberings[1] != numberings[2]
    assert [paragraph.text for paragraph in file.paragraphs] == [
        *("T", "a", "b", "text code em logo", "c", "d", "e", "f", "g", "h", "i", "j\nk"),
    ]
    assert file.part.rels[link.get(qn("r:id"))].target_ref == "https://example.org/?a=1&b=2"
    assert file.paragraphs[7].style.name == "Heading 3"


@pytest.mark.parametrize(
    "title", ["<b>&amp;{{ 7*7 }}</b>", "長" * 400, "a{_{b}_}c", "W" * 300, "\u202e\u200fx", "👩‍👧"], ids=lambda title: ascii(title[:9])
)
def test_any_title_makes_a_sound_file(tmp_path: Path, title: str) -> None:
    """Titles with signs of XML or Jinja, and very long ones, are shown as they are and break nothing."""
    from child_impact.report.markup import escape

    data = as_word(written(f"# {escape(title)}\n\n{escape(title)}\n"), Templates())

    assert problems(data, tmp_path) == []
    assert [paragraph.text for paragraph in opened(data).paragraphs] == [title, title]


def test_the_shipped_templates_are_what_the_tool_makes(tmp_path: Path) -> None:
    """tools/word_template.py makes templates/*/document.docx, part by part."""
    spec = importlib.util.spec_from_file_location("word_template", ROOT / "tools" / "word_template.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    for language in ("zh", "en"):
        tool.make(language, tmp_path / "made.docx")
        kept = (ROOT / "templates" / language / "document.docx").read_bytes()
        with zipfile.ZipFile(io.BytesIO(kept)) as old, zipfile.ZipFile(tmp_path / "made.docx") as new:
            assert {name: old.read(name) for name in old.namelist()} == {name: new.read(name) for name in new.namelist()}
        assert problems(kept, tmp_path) == []


def test_the_check_would_find_a_wrong_order(tmp_path: Path) -> None:
    """Properties of a style out of the order of the schema, which Word repairs or refuses, are found."""
    file = docx.Document(str(ROOT / "templates" / "zh" / "document.docx"))
    properties = file.styles["Normal"].element.rPr
    properties.append(properties[0])
    file.save(tmp_path / "wrong.docx")

    assert problems((tmp_path / "wrong.docx").read_bytes(), tmp_path) != []


class TestOfficesOwn:
    """An office restyles document.docx in Word."""

    @pytest.fixture
    def own(self, tmp_path: Path) -> Path:
        """A directory of an office."""
        (tmp_path / "own" / "zh").mkdir(parents=True)
        return tmp_path / "own"

    @pytest.fixture
    def restyled(self) -> Any:
        """The template of the program, to be restyled."""
        return docx.Document(str(ROOT / "templates" / "zh" / "document.docx"))

    def test_its_dress_is_worn(self, own: Path, restyled: Any, tmp_path: Path) -> None:
        """Fonts, a letterhead with {{ title }} and {{ day }}, text before and after {{ body }}, narrow pages: all are kept."""
        need_chinese_font()
        restyled.styles["Body Text"].font.name = "Arial"
        restyled.sections[0].header.paragraphs[0].text = "某市自然资源和规划局 {{ title }} {{ day }}"
        restyled.paragraphs[0].insert_paragraph_before("红头文件", style="Title")
        restyled.add_paragraph("抄送：市妇儿工委办")
        restyled.save(own / "zh" / "document.docx")
        data = as_word(written("# <甲> & {{乙}}\n\n正文\n"), Templates(own))
        file = opened(data)

        assert problems(data, tmp_path) == []
        assert file.sections[0].header.paragraphs[0].text == "某市自然资源和规划局 <甲> & {{乙}} 2026-06-01"
        assert [paragraph.text for paragraph in file.paragraphs] == ["红头文件", "<甲> & {{乙}}", "正文", "抄送：市妇儿工委办"]
        assert file.paragraphs[2].style.font.name == "Arial"

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ("no body", "{{ body }}"),
            ("body in a table", "{{ body }}"),
            ("no styles", "Assessment Table"),
            ("sandbox", "__class__"),
            ("unknown name", "no_such_name"),
            ("broken expression", "document.docx"),
            ("no numbering", "List Number"),
        ],
    )
    def test_what_it_lacks_is_said(self, own: Path, restyled: Any, change: str, said: str) -> None:
        """A template without a place for the document, without styles, or with expressions that cannot be filled in is refused."""
        body = restyled.paragraphs[0]
        if change == "no body":
            body.text = "text"
        elif change == "body in a table":
            body.text = ""
            restyled.add_table(1, 1).cell(0, 0).text = "{{ body }}"
        elif change == "no styles":
            restyled.styles["Assessment Table"].delete()
        elif change == "no numbering":
            numbered = restyled.styles["List Number"].element.pPr
            numbered.remove(numbered.numPr)
        else:
            text = {"sandbox": "{{ ''.__class__ }}", "unknown name": "{{ no_such_name }}", "broken expression": "{{ title"}[change]
            restyled.sections[0].header.paragraphs[0].text = text
        restyled.save(own / "zh" / "document.docx")

        with pytest.raises(TemplatesRefused) as refused:
            as_word(written("# T\n"), Templates(own))

        assert said in str(refused.value)
        assert all(str(problem.place) == "zh/document.docx" for problem in refused.value.problems)

    @pytest.mark.parametrize("data", [b"", b"no docx", b"PK\x03\x04 cut", "zip", "xlsx"], ids=["empty", "text", "cut", "zip", "xlsx"])
    def test_a_file_that_is_no_docx_is_refused(self, own: Path, data: bytes | str) -> None:
        """Another file under the name of the template is refused in words."""
        buffer = io.BytesIO()
        if isinstance(data, str):
            with zipfile.ZipFile(buffer, "w") as parts:
                parts.writestr("readme.txt", "x")
                if data == "xlsx":
                    parts.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        (own / "zh" / "document.docx").write_bytes(buffer.getvalue() or data)  # type: ignore[arg-type]

        with pytest.raises(TemplatesRefused) as refused:
            as_word(written("# T\n"), Templates(own))

        assert str(refused.value).startswith("zh/document.docx: ")

    def test_the_command_refuses_it_too(self, own: Path, command: Any, dossier_file: Any, tmp_path: Path) -> None:
        """Exit code 2, one line, in the language of the user, and nothing written."""
        (own / "zh" / "document.docx").write_bytes(b"no docx")
        file = dossier_file("d.yaml")
        out = tmp_path / "out.docx"
        done = command("screen", file, "--format", "docx", "--templates", own, "-o", out)

        assert done.returncode == 2, done.stderr
        assert done.stderr.decode().count("\n") == 1
        assert "这不是 Word 文件" in done.stderr.decode()
        assert not out.exists()
        assert json.dumps(str(tmp_path)) not in done.stderr.decode()
