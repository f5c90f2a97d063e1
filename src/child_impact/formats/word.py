"""A document as a Word file: the bureau's own .docx with the text of the document in place of `{{ body }}`.

What a paragraph looks like is decided by the styles of that file, so an office restyles documents in Word. Besides the built-in styles it
has Addressee, Outcome, Record, Signature Line, Table Head, Table Text and Assessment Table. Header, footer and text may also say
`{{ title }}` and `{{ day }}`.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import ModuleType
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from ..reading.extras import need
from ..reading.problems import Place, Problem, TemplatesRefused
from ..reading.text import Text
from ..report.document import Document, making
from ..report.templates import Templates
from ..report.words import MEND
from .columns import widths
from .markup import FIGURE, plain, title, tokens
from .pictures import Picture, picture
from .word_runs import FIGURE_WIDTH, PARAGRAPH_STYLE, Runs

MARKER = "child-impact-body"
RIGHT = 2  # as Word counts alignments
TABLE_STYLE = 3  # as Word counts kinds of styles
AFTER_TABLE = 76200  # 6 pt as Word counts lengths
STYLES = {"addressee": "Addressee", "signature": "Signature Line", "record": "Record"}
HEADINGS = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2"}
LOWEST = "Heading 3"
LISTS = {"ordered_list": "List Number", "bullet_list": "List Bullet"}
TABLE = "Assessment Table"
USED = (*STYLES.values(), *HEADINGS.values(), LOWEST, *LISTS.values(), "Body Text", "Outcome", "Quote", "Table Head", "Table Text", TABLE)
LONGEST_TITLE = 255  # that an Office file can have among its properties


def as_word(document: Document, templates: Templates) -> bytes:
    """Return a document as a .docx file. The same document and template give the same bytes."""
    docxtpl = need("docxtpl", "docx")
    with making(f"{document.name}.docx", document.dossier):
        return _file(document, templates, docxtpl)


def _file(document: Document, templates: Templates, docxtpl: ModuleType) -> bytes:
    pictures = {name: picture(name, svg) for name, svg in document.figures.items()}
    name = f"{document.language}/document.docx"
    stream = tokens(document.text)
    heading = title(stream)
    with _reading(templates, name):
        template = docxtpl.DocxTemplate(templates.file(name))
        names = {"body": MARKER, "title": heading, "day": document.day.isoformat()}
        template.render(names, jinja_env=templates.word(), autoescape=True)
    if templates.is_own(name):
        _refuse_unfit(template.docx, name)
    _Body(template.docx, pictures).write(SyntaxTreeNode(stream))
    properties = template.docx.core_properties
    properties.title, properties.language = heading[:LONGEST_TITLE], "zh-CN" if document.language == "zh" else "en-GB"
    properties.author = properties.last_modified_by = "child-impact"
    properties.comments = ""
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(document.day, datetime.min.time())
    buffer = io.BytesIO()
    template.docx.save(buffer)
    return with_fixed_dates(buffer.getvalue())


@contextmanager
def _reading(templates: Templates, name: str) -> Iterator[None]:
    """Refuse a Word template that is none, or whose expressions cannot be filled in."""
    from docx.opc.exceptions import OpcError

    with templates.refusing(name):
        try:
            yield
        except (OpcError, SyntaxError, zipfile.BadZipFile) as error:
            if not templates.is_own(name):
                raise
            raise TemplatesRefused([Problem(Place(name), _NO_WORD_FILE, MEND)]) from error


def _refuse_unfit(docx: Any, name: str) -> None:
    """Refuse a Word template without a place for the document, or without what its parts are to look like."""
    known = {style.name: style for style in docx.styles if style.type == (TABLE_STYLE if style.name == TABLE else PARAGRAPH_STYLE)}
    missing = [style for style in dict.fromkeys(USED) if style not in known]
    problems = []
    if not any(MARKER in paragraph.text for paragraph in docx.paragraphs):
        problems.append(Problem(Place(name), _NO_BODY, _ADD_BODY))
    if missing:
        what = Text(f"Word 模板缺少样式：{'、'.join(missing)}", f"the Word template lacks styles: {', '.join(missing)}")
        problems.append(Problem(Place(name), what, _COPY_STYLES))
    for style in LISTS.values():
        if style in known and known[style].element.find(f"{_W}pPr/{_W}numPr/{_W}numId") is None:
            what = Text(f"Word 模板的样式“{style}”没有编号", f"the style “{style}” of the Word template has no numbering")
            problems.append(Problem(Place(name), what, _COPY_STYLES))
    if problems:
        raise TemplatesRefused(problems)


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NO_WORD_FILE = Text("这不是 Word 文件（.docx）", "this is no Word file (.docx)")
_NO_BODY = Text("Word 模板的正文里没有单独成段的 {{ body }}", "the Word template has no paragraph {{ body }} in its text")
_ADD_BODY = Text(
    "请在正文应在的位置写一段 {{ body }}（不要写在表格或文本框里）",
    "write {{ body }} as a paragraph of its own where the document is to stand, not in a table or a text box",
)
_COPY_STYLES = Text(
    "请从 child-impact templates export 取得的 document.docx 复制这些样式，或在它的基础上修改",
    "copy them from the document.docx that `child-impact templates export` writes, or restyle that file",
)


class _Body:
    """Writes the blocks of a document before the paragraph that marks their place."""

    def __init__(self, docx: Any, pictures: dict[str, Picture]) -> None:
        self.docx = docx
        self.pictures = pictures
        self.marker = next(paragraph for paragraph in docx.paragraphs if MARKER in paragraph.text)
        self.runs = Runs(docx)
        self.wide = False
        self.after_table = False

    def write(self, root: SyntaxTreeNode) -> None:
        """Write all blocks, and take the marker away."""
        first = root.children[0] if root.children else None
        self.wide = first is not None and "wide" in _classes(first)
        if self.wide:
            self._turn()
        for node in root.children:
            self._block(node)
        self.marker._p.getparent().remove(self.marker._p)

    def _turn(self) -> None:
        """Lay the page on its side."""
        section = self.docx.sections[0]
        section.page_width, section.page_height = section.page_height, section.page_width
        top, right, bottom, left = section.top_margin, section.right_margin, section.bottom_margin, section.left_margin
        section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = left, top, right, bottom
        section.orientation = 1

    def _text_width(self) -> float:
        """Return how wide the text is, in mm."""
        section = self.docx.sections[0]
        return float(section.page_width.mm - section.left_margin.mm - section.right_margin.mm)

    def _block(self, node: SyntaxTreeNode) -> None:
        if node.type == "heading":
            paragraph = self._paragraph(HEADINGS.get(node.tag, LOWEST), node.children[0])
            paragraph.paragraph_format.page_break_before = True if "annex" in _classes(node) else None
        elif node.type == "paragraph":
            self._text_or_figure(node)
        elif node.type == "blockquote":
            for child in node.children:
                if child.type == "paragraph":
                    self._paragraph("Quote", child.children[0])
                else:
                    self._block(child)
        elif node.type in LISTS:
            self._list(node, 0)
        elif node.type == "table":
            self._table(node)
        elif node.type in ("code_block", "fence"):
            for line in node.content.splitlines():
                self._before(line, "Body Text")

    def _text_or_figure(self, node: SyntaxTreeNode) -> None:
        inline = node.children[0]
        image = inline.children[0] if len(inline.children) == 1 and inline.children[0].type == "image" else None
        drawn = self.pictures.get(str(image.attrs["src"]).removeprefix(FIGURE)) if image is not None else None
        if image is not None and drawn is not None:
            place = self._before("", "Table Text")
            self.runs.figure(place, drawn, image.content, min(FIGURE_WIDTH, self._text_width()))
            return
        marked = _classes(node)
        style = next((STYLES[name] for name in marked if name in STYLES), None)
        style = style or ("Outcome" if any(name.startswith("outcome-") for name in marked) else "Body Text")
        self._paragraph(style, inline)

    def _paragraph(self, style: str, inline: SyntaxTreeNode) -> Any:
        paragraph = self._before("", style)
        if self.after_table and not style.startswith("Heading"):
            paragraph.paragraph_format.space_before = AFTER_TABLE
        self.after_table = False
        self.runs.write(paragraph, inline)
        return paragraph

    def _before(self, text: str, style: str) -> Any:
        """Return a new paragraph before the marker."""
        paragraph = self.marker.insert_paragraph_before(text)
        self.runs.dress(paragraph, style)
        return paragraph

    def _list(self, node: SyntaxTreeNode, depth: int) -> None:
        numbering = self.runs.numbering(ordered=node.type == "ordered_list")
        for item in node.children:
            for child in item.children:
                if child.type == "paragraph":
                    paragraph = self._paragraph(LISTS[node.type], child.children[0])
                    self.runs.number(paragraph, numbering, depth)
                elif child.type in LISTS:
                    self._list(child, depth + 1)
                else:
                    self._block(child)

    def _table(self, node: SyntaxTreeNode) -> None:
        rows = [row for part in node.children for row in part.children]
        columns = len(rows[0].children)
        table = self.docx.add_table(rows=len(rows), cols=columns, style=TABLE)
        self.marker._p.addprevious(table._tbl)
        across = widths([[_text(cell) for cell in row.children] for row in rows], self._text_width())
        self.runs.lay_out(table, across)
        cells = table._cells  # python-docx looks the cells of a row up anew each time
        for line, row in enumerate(rows):
            for column, cell in enumerate(row.children):
                paragraph = cells[line * columns + column].paragraphs[0]
                self.runs.dress(paragraph, "Table Head" if line == 0 else "Table Text")
                paragraph.alignment = RIGHT if "right" in str(cell.attrs.get("style", "")) else None
                for inline in cell.children:
                    self.runs.write(paragraph, inline)
        self.runs.repeat_header(table)
        self.after_table = True


def _text(cell: SyntaxTreeNode) -> str:
    return "".join(plain(inline.token) for inline in cell.children)


def _classes(node: SyntaxTreeNode) -> list[str]:
    return str(node.attrs.get("class", "")).split()


def with_fixed_dates(data: bytes) -> bytes:
    """Return an Office file with its parts in one order and without the time at which they were written."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
