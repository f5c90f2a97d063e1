"""The parts of Word paragraphs that python-docx has no words for: bookmarks, inner links, lists that begin anew, drawings, table layout."""

import hashlib
import io
import re
from copy import deepcopy
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from .pictures import Picture

SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
FIGURE_WIDTH = 150  # mm
LONGEST_BOOKMARK = 40
PARAGRAPH_STYLE = 1  # as Word counts kinds of styles
_SIMPLE = re.compile(r"[a-z][a-z0-9-]{0,39}")
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")


class Runs:
    """Writes inline text and what belongs to it into one Word document."""

    def __init__(self, docx: Any) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Mm

        self.docx = docx
        self.element, self.qn, self.mm = OxmlElement, qn, Mm
        self.bookmarks: dict[str, int] = {}
        used = [int(one.get(qn("w:id"), 0)) for one in docx.element.iter(qn("w:bookmarkStart"))]
        self.first_bookmark = max(used, default=0) + 1
        self.styles = {style.name: style for style in docx.styles}
        self.ids: dict[str, str | None] = {}

    def dress(self, paragraph: Any, name: str) -> None:
        """Give a paragraph a style; python-docx searches them all each time, which takes most of the time of a long document."""
        if name not in self.ids:
            self.ids[name] = self.docx.part.get_style_id(self.styles[name], PARAGRAPH_STYLE)
        paragraph._p.style = self.ids[name]

    def write(self, paragraph: Any, node: SyntaxTreeNode, *, bold: bool = False, link: str | None = None) -> None:
        """Write inline text into a paragraph."""
        for child in node.children:
            if child.type in ("text", "code_inline", "image") and child.content:  # an image that is no figure is shown as what it is called
                self._run(paragraph, child.content, bold=bold, link=link)
            elif child.type == "strong":
                self.write(paragraph, child, bold=True, link=link)
            elif child.type == "link":
                self.write(paragraph, child, bold=bold, link=str(child.attrs["href"]))
            elif child.type == "span":
                self._span(paragraph, child, bold=bold, link=link)
            elif child.type in ("softbreak", "hardbreak"):
                paragraph.add_run().add_break()
            else:
                self.write(paragraph, child, bold=bold, link=link)

    def _run(self, paragraph: Any, text: str, *, bold: bool, link: str | None) -> None:
        run = paragraph.add_run(text)
        if bold:
            run.bold = True
        if link is not None:
            outer = self._with("w:hyperlink", anchor=bookmark(link[1:])) if link.startswith("#") else self._outside(link)
            paragraph._p.append(outer)
            outer.append(run._r)

    def _outside(self, address: str) -> Any:
        from docx.opc.constants import RELATIONSHIP_TYPE

        outer = self.element("w:hyperlink")
        outer.set(self.qn("r:id"), self.docx.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return outer

    def _span(self, paragraph: Any, node: SyntaxTreeNode, *, bold: bool, link: str | None) -> None:
        name = node.attrs.get("id")
        if name is None or str(name) in self.bookmarks:
            self.write(paragraph, node, bold=bold, link=link)
            return
        number = str(self.bookmarks.setdefault(str(name), self.first_bookmark + len(self.bookmarks)))
        paragraph._p.append(self._with("w:bookmarkStart", id=number, name=bookmark(str(name))))
        self.write(paragraph, node, bold=bold, link=link)
        paragraph._p.append(self._with("w:bookmarkEnd", id=number))

    def figure(self, paragraph: Any, picture: Picture, alt: str, width: float) -> None:
        """Put a figure, `width` mm wide, into a paragraph: SVG, an image for those programs that do not know SVG, and `alt` in words."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        shape = paragraph.add_run().add_picture(io.BytesIO(picture.png), width=self.mm(width))
        properties = shape._inline.docPr
        properties.set("descr", alt)
        properties.set("name", picture.name)
        part = Part(PackURI(f"/word/media/{picture.name}.svg"), "image/svg+xml", picture.svg, self.docx.part.package)
        relation = self.docx.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        blip = next(shape._inline.iter(self.qn("a:blip")))
        extensions, extension = self.element("a:extLst"), self.element("a:ext")
        extension.set("uri", SVG)
        drawing = extension.makeelement(f"{{{SVG_NAMESPACE}}}svgBlip", nsmap={"asvg": SVG_NAMESPACE})
        drawing.set(self.qn("r:embed"), relation)
        extension.append(drawing)
        extensions.append(extension)
        blip.append(extensions)

    def numbering(self, *, ordered: bool) -> str:
        """Return a new numbering like that of the list style, which begins at 1."""
        style = self.styles["List Number" if ordered else "List Bullet"]
        used = style.element.pPr.numPr.numId.val
        root = self.docx.part.numbering_part.element
        if not ordered:
            return str(used)
        like = next(one for one in root.num_lst if one.numId == used)
        made = deepcopy(like)
        number = max(one.numId for one in root.num_lst) + 1
        made.set(self.qn("w:numId"), str(number))
        override = self._with("w:lvlOverride", ilvl="0")
        override.append(self._with("w:startOverride", val="1"))
        made.append(override)
        root.append(made)
        return str(number)

    def number(self, paragraph: Any, numbering: str, depth: int) -> None:
        """Make a paragraph an item of a list."""
        numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbered.append(self._with("w:ilvl", val="0"))
        numbered.append(self._with("w:numId", val=numbering))
        if depth:
            paragraph.paragraph_format.left_indent = self.mm(8 * depth)

    def lay_out(self, table: Any, widths: list[float]) -> None:
        """Give the columns of a table their widths in mm."""
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = self.mm(width)
        for row in table._tbl.tr_lst:
            row.get_or_add_trPr().append(self.element("w:cantSplit"))
            for cell, width in zip(row.tc_lst, widths, strict=True):
                cell.width = self.mm(width)

    def repeat_header(self, table: Any) -> None:
        """Repeat the first row of a table on every page."""
        table._tbl.tr_lst[0].get_or_add_trPr().append(self.element("w:tblHeader"))

    def _with(self, tag: str, **attributes: str) -> Any:
        element = self.element(tag)
        for name, value in attributes.items():
            element.set(self.qn(f"w:{name}"), value)
        return element


def bookmark(anchor: str) -> str:
    """Return an anchor as a name that Word allows: letters, digits and underscores, forty at most, and no two anchors alike."""
    if _SIMPLE.fullmatch(anchor):
        return anchor.replace("-", "_")
    digest = hashlib.sha256(anchor.encode()).hexdigest()[:12]
    kept = _UNSAFE.sub("_", anchor)[: LONGEST_BOOKMARK - len(digest) - 2]
    return f"b{kept}_{digest}" if not kept[:1].isalpha() else f"{kept}_{digest}"
