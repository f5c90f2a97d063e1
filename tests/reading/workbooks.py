"""Workbooks made by hand, part by part, with what a spreadsheet program would not write."""

import io
import zipfile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>项目</t></is></c><c r="B1" t="inlineStr"><is><t>填写</t></is></c></row>'


def sheet(rows: str = "", before: str = "", after: str = "", declared: str = "") -> str:
    """Return the XML of a sheet: the headings of the facts, `rows` below them, and what stands before and after."""
    return f'<?xml version="1.0"?>{declared}<worksheet {MAIN}>{before}<sheetData>{HEAD}{rows}</sheetData>{after}</worksheet>'


def workbook(xml: str, sheets: int = 1, **parts: str) -> bytes:
    """Return a workbook of so many sheets that all hold `xml`; `parts` are further ones below xl/ by the stem of their name."""
    names = ["事实", *(f"s{number}" for number in range(1, sheets))]
    listed = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"/>' for at, name in enumerate(names, start=1))
    related = "".join(
        f'<Relationship Id="r{at}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{at}.xml"/>' for at in range(1, sheets + 1)
    )
    types = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>')
        archive.writestr("xl/workbook.xml", f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>')
        for at in range(1, sheets + 1):
            archive.writestr(f"xl/worksheets/sheet{at}.xml", xml)
        for name, content in parts.items():
            archive.writestr(f"xl/{name}.xml", content)
    return buffer.getvalue()
