"""Files of other kinds that are given where text is expected: told by their first bytes, and named."""

from .text import Text

_SAVE = Text("请把其中的内容写进 YAML 档案或 Excel 表格", "write what it says into a YAML dossier or the Excel form")
_KINDS = (
    (b"%PDF-", Text("这是 PDF 文件", "this is a PDF file")),
    (b"\x89PNG\r\n\x1a\n", Text("这是图片（PNG）", "this is a picture (PNG)")),
    (b"\xff\xd8\xff", Text("这是图片（JPEG）", "this is a picture (JPEG)")),
    (b"GIF8", Text("这是图片（GIF）", "this is a picture (GIF)")),
    (b"II*\x00", Text("这是图片（TIFF）", "this is a picture (TIFF)")),
    (b"MM\x00*", Text("这是图片（TIFF）", "this is a picture (TIFF)")),
    (b"{\\rtf", Text("这是 RTF 文档", "this is an RTF document")),
    (b"Rar!\x1a\x07", Text("这是压缩包（RAR）", "this is an archive (RAR)")),
    (b"7z\xbc\xaf\x27\x1c", Text("这是压缩包（7z）", "this is an archive (7z)")),
    (b"\x1f\x8b", Text("这是压缩包（gzip）", "this is an archive (gzip)")),
)
_PACKED = (
    ("word/document.xml", Text("这是 Word 文件", "this is a Word file")),
    ("ppt/presentation.xml", Text("这是 PowerPoint 文件", "this is a PowerPoint file")),
    ("content.xml", Text("这是 OpenDocument 文件（.ods 或 .odt）", "this is an OpenDocument file (.ods or .odt)")),
)


def kind_of(data: bytes) -> tuple[Text, Text] | None:
    """Return what a file is whose bytes are no text of ours, and what to do; None where they may be text."""
    return next(((said, _SAVE) for magic, said in _KINDS if data.startswith(magic)), None)


def kind_of_package(names: list[str]) -> tuple[Text, Text] | None:
    """Return what a zip file is that is no workbook, by the names of its parts, and what to do; None where it is nothing known."""
    return next(((said, _SAVE) for part, said in _PACKED if part in names), None)
