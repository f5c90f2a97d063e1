"""Makes the Word templates, `templates/{zh,en}/document.docx`, from nothing: run it after a change of the layout below.

An office restyles the file in Word instead and gives it with `--templates`. The Chinese layout follows GB/T 9704-2012: A4, margins 37, 35,
28 and 26 mm, 22 lines a page and 28 characters a line. 22 lines of 29 pt would be higher than the type area of 225 mm, so the pitch is
28.95 pt; 28 characters of 16 pt would be wider than 156 mm, so they are set a quarter of a point closer. A character grid would do the same
in Word alone: LibreOffice gives a character that is wider than its cell two of them.
"""

import io
import sys
from pathlib import Path

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips

from child_impact.formats.word import with_fixed_dates

BODY = 16  # points
LINE = 579  # twips: 22 lines are 12738 of the 12756 that the type area is high
FOOTER = 25.2  # mm below a line of 16 pt, so that the dashes beside the page number stand 7 mm below the type area
CLOSER = -5  # twentieths of a point: 28 characters of 15.75 pt are 441 of the 442.3 pt that the type area is wide

FONTS = {
    "zh": {"body": "仿宋", "head": "黑体", "kai": "楷体", "title": "方正小标宋简体", "number": "宋体", "latin": "Times New Roman"},
    "en": {"body": "Calibri", "head": "Calibri", "kai": "Calibri", "title": "Calibri", "number": "Calibri", "latin": "Calibri"},
}
INSTEAD = {"仿宋": "仿宋_GB2312", "楷体": "楷体_GB2312", "方正小标宋简体": "宋体", "黑体": "SimHei", "宋体": "SimSun"}

# Word repairs, or refuses, a file whose properties do not stand in the order of its schema (ECMA-376, part 1).
AFTER_THEME_FONT = ("w:clrSchemeMapping", "w:captions", "w:shapeDefaults", "w:decimalSymbol", "w:listSeparator")
ORDER = {
    "w:pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens "
        "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing "
        "mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "w:rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color "
        "spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
    ),
}


def make(language: str, path: Path) -> None:
    """Write the template of one language."""
    document = Document()
    fonts = FONTS[language]
    zh = language == "zh"
    _page(document, zh=zh)
    _defaults(document, language)
    body = document.styles["Normal"]
    _font(body, fonts["body"], fonts["latin"], BODY if zh else 11)
    _lines(body, LINE if zh else None)
    body.paragraph_format.widow_control = not zh  # 22 lines fill each page
    _paragraph(document, "Body Text", body, indent=200 if zh else 0, after=0 if zh else 6)
    _heading(document, "Title", fonts["title"], fonts["latin"], 22 if zh else 18, centred=True, indent=0, pitch=LINE if zh else None)
    for name, font, size in (
        ("Heading 1", "head", BODY if zh else 14),
        ("Heading 2", "kai", BODY if zh else 12),
        ("Heading 3", "body", BODY if zh else 11),
    ):
        _heading(document, name, fonts[font], fonts["latin"], size, centred=False, indent=200 if zh else 0, pitch=LINE if zh else None)
    for name in ("List Bullet", "List Number", "Quote"):
        style = document.styles[name]
        _font(style, fonts["body"], fonts["latin"], BODY if zh else 11)
        style.font.italic = False
    small = _paragraph(document, "Table Text", body, indent=0, after=0)
    _font(small, fonts["body"], fonts["latin"], 10.5 if zh else 9)
    _lines(small, None)
    small.element.get_or_add_pPr().append(_element("w:snapToGrid", val="0"))
    head = _paragraph(document, "Table Head", small, indent=0, after=0)
    _font(head, fonts["head"], fonts["latin"], 10.5 if zh else 9)
    head.font.bold = not zh
    for name in ("Outcome", "Addressee", "Signature Line"):
        _paragraph(document, name, body, indent=200 if zh and name == "Outcome" else 0, after=0 if zh else 6)
    _font(document.styles["Outcome"], fonts["head"], fonts["latin"], BODY if zh else 13)
    document.styles["Outcome"].font.bold = not zh
    document.styles["Signature Line"].paragraph_format.space_before = Pt(29 if zh else 18)
    record = _paragraph(document, "Record", small, indent=0, after=0)
    record.paragraph_format.space_before = Pt(12)
    _lists(document, zh=zh)
    _table_style(document)
    _page_numbers(document, fonts["number"], zh=zh)
    _alternatives(document, fonts)
    document.add_paragraph("{{ body }}", style="Body Text")
    _without_leftovers(document)
    for part in (document.styles.element, document.part.numbering_part.element):
        _in_order(part)
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(with_fixed_dates(buffer.getvalue()))


def _page(document, *, zh: bool) -> None:
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, bottom, left, right = (37, 35, 28, 26) if zh else (25, 25, 25, 25)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(top), Mm(bottom), Mm(left), Mm(right)
    section.header_distance, section.footer_distance = Mm(15), Mm(FOOTER if zh else 12)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    if zh:
        section._sectPr.append(_element("w:docGrid", type="lines", linePitch=str(LINE)))


def _defaults(document, language: str) -> None:
    properties = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(_element("w:lang", val="en-US" if language == "zh" else "en-GB", eastAsia="zh-CN"))
    settings = document.settings.element
    for old in settings.findall(qn("w:themeFontLang")):
        settings.remove(old)
    settings.insert_element_before(_element("w:themeFontLang", val="en-US", eastAsia="zh-CN"), *AFTER_THEME_FONT)


def _font(style, chinese: str, latin: str, size: float) -> None:
    for old in style.element.get_or_add_rPr().findall(qn("w:spacing")):
        style.element.rPr.remove(old)
    style.font.name = latin
    style.font.size = Pt(size)
    style.font.color.rgb = None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), chinese)
    if size == BODY:
        style.element.rPr.append(_element("w:spacing", val=str(CLOSER)))


def _lines(style, twips: int | None) -> None:
    pattern = style.paragraph_format
    pattern.space_before = pattern.space_after = Pt(0)
    if twips is None:
        pattern.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        pattern.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        pattern.line_spacing = Twips(twips)


def _paragraph(document, name: str, base, *, indent: int, after: float):
    known = [style.name for style in document.styles]
    style = document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = base
    style.quick_style = True
    style.paragraph_format.space_after = Pt(after)
    _indent(style, indent)
    return style


def _indent(style, hundredths: int) -> None:
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:ind")):
        properties.remove(old)
    properties.append(_element("w:ind", firstLineChars=str(hundredths), firstLine=str(hundredths * 32 // 10)))


def _heading(document, name: str, chinese: str, latin: str, size: float, *, centred: bool, indent: int, pitch: int | None) -> None:
    style = document.styles[name]
    _font(style, chinese, latin, size)
    zh = pitch is not None
    style.font.bold = not zh
    style.font.italic = False
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    _lines(style, pitch)
    style.paragraph_format.keep_with_next = True
    style.paragraph_format.space_before = Pt(0 if zh else 12)
    style.paragraph_format.space_after = Pt(LINE / 20 if centred and zh else 0 if zh else 4)
    if centred:
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if zh:
            style.paragraph_format.line_spacing = Pt(32)
            properties.append(_element("w:snapToGrid", val="0"))
    kerning = style.element.rPr.find(qn("w:kern"))
    if kerning is not None:
        style.element.rPr.remove(kerning)
    _indent(style, indent)


def _lists(document, *, zh: bool) -> None:
    """Set the items of lists as paragraphs are: the first line drawn in by two characters, the others not."""
    root = document.part.numbering_part.element
    for name in ("List Bullet", "List Number"):
        used = document.styles[name].element.pPr.numPr.numId.val
        number = next(one for one in root.num_lst if one.numId == used)
        abstract = next(one for one in root.findall(qn("w:abstractNum")) if one.get(qn("w:abstractNumId")) == str(number.abstractNumId.val))
        level = abstract.find(qn("w:lvl"))
        properties = level.find(qn("w:pPr"))
        for old in list(properties):
            properties.remove(old)
        indent = {"left": "0", "firstLineChars": "200", "firstLine": "640"} if zh else {"left": "360", "hanging": "360"}
        properties.append(_element("w:ind", **indent))
        if zh:
            level.insert(level.index(level.find(qn("w:lvlText"))), _element("w:suff", val="space"))
            if name == "List Bullet":
                level.find(qn("w:lvlText")).set(qn("w:val"), "—")
                for fonts in level.iter(qn("w:rFonts")):
                    for key in list(fonts.attrib):
                        fonts.set(key, "Times New Roman" if not key.endswith("hint") else "default")


def _table_style(document) -> None:
    style = document.styles.add_style("Assessment Table", WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Table Grid"]
    properties = _element("w:tblPr")
    cells = _element("w:tblCellMar")
    for side in ("left", "right"):
        cells.append(_element(f"w:{side}", w="70", type="dxa"))
    properties.append(cells)
    style.element.append(properties)
    head = _element("w:tblStylePr", type="firstRow")
    cell = _element("w:tcPr")
    cell.append(_element("w:shd", val="clear", color="auto", fill="F2F2F2"))
    head.append(cell)
    style.element.append(head)


def _page_numbers(document, font: str, *, zh: bool) -> None:
    document.settings.odd_and_even_pages_header_footer = zh
    section = document.sections[0]
    for footer, side in ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side if zh else WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.first_line_indent = Pt(0)
        if zh:
            paragraph.paragraph_format.line_spacing = Pt(16)
            margin = paragraph.paragraph_format
            margin.right_indent, margin.left_indent = (Pt(14), None) if side is WD_ALIGN_PARAGRAPH.RIGHT else (None, Pt(14))
        before, after = ("— ", " —") if zh else ("", "")
        for kind, text in (("t", before), ("begin", ""), ("code", "PAGE"), ("end", ""), ("t", after)):
            run = paragraph.add_run(text if kind == "t" else "")
            run.font.size = Pt(14 if zh else 10)
            run.font.name = font
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
            if kind in ("begin", "end"):
                run._r.append(_element("w:fldChar", fldCharType=kind))
            elif kind == "code":
                code = OxmlElement("w:instrText")
                code.text = text
                run._r.append(code)


def _alternatives(document, fonts: dict[str, str]) -> None:
    """Name, in the font table, what to use where a font is not installed."""
    part = next(relation.target_part for relation in document.part.rels.values() if relation.reltype.endswith("/fontTable"))
    from lxml import etree

    table = etree.fromstring(part.blob)
    for font in dict.fromkeys(fonts.values()):
        if font in INSTEAD:
            entry = etree.SubElement(table, qn("w:font"))
            entry.set(qn("w:name"), font)
            etree.SubElement(entry, qn("w:altName")).set(qn("w:val"), INSTEAD[font])
            etree.SubElement(entry, qn("w:charset")).set(qn("w:val"), "86")
    part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)


def _without_leftovers(document) -> None:
    """Leave out the styles kept for Word 2010's effects, which would contradict those changed here, and a picture of another page."""
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail")):
                del part.rels[key]
    properties = document.core_properties
    properties.author, properties.comments = "child-impact", ""


def _in_order(root) -> None:
    """Put the properties of paragraphs and runs in the order of the schema."""
    for tag, names in ORDER.items():
        order = names.split()
        for properties in root.iter(qn(tag)):
            properties[:] = sorted(properties, key=lambda child: order.index(child.tag.rpartition("}")[2]))


def _element(tag: str, **attributes: str):
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


if __name__ == "__main__":
    templates = Path(__file__).parent.parent / "templates"
    for code in sys.argv[1:] or ("zh", "en"):
        make(code, templates / code / "document.docx")
