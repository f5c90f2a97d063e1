"""A document as one self-contained HTML file: readable on a phone, printable, and with filters that need no network."""

from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

from ..report.document import Document, making
from ..report.templates import Templates, document_words
from .columns import widths
from .markup import FIGURE, headings, parser, plain, title, tokens

PAGE, PAGE_WIDE = 172.0, 259.0
"""How wide the text of a page is, in mm, upright and across: A4 less its margins."""


def as_html(document: Document, templates: Templates) -> str:
    """Return a document as HTML. The page around it, its style and its script are templates."""
    with making(f"{document.name}.html", document.dossier):
        return _page(document, templates)


def _page(document: Document, templates: Templates) -> str:
    stream = tokens(document.text)
    layout = next((str(token.attrs.get("class", "")) for token in stream if token.type == "heading_open"), "")
    sections = []
    for number, (token, text) in enumerate(headings(stream, "h2"), start=1):
        token.attrSet("id", f"section-{number}")
        sections.append((f"section-{number}", text))
    _name_tables(stream)
    _measure_tables(stream, PAGE_WIDE if "wide" in layout.split() else PAGE)
    renderer = _Renderer(document.figures)
    body = Markup(renderer.render(stream, parser().options, {}))
    names = {
        "lang": "zh-CN" if document.language == "zh" else "en",
        "title": title(stream),
        "classes": f"{document.code} {layout}".strip(),
        "sections": sections,
        "body": body,
        "words": document_words(templates, "page", document.language),
        "style": Markup(templates.text("page/style.css")),
        "script": Markup(templates.text("page/filter.js")),
    }
    return templates.page("page/page.html.j2", names)


class _Renderer(RendererHTML):
    """Renders tokens; figures are drawn in place, and tables can be scrolled by keyboard."""

    def __init__(self, figures: Mapping[str, str]) -> None:
        super().__init__(parser())
        self.figures = figures

    def image(self, tokens: Sequence[Token], idx: int, _options: Any, _env: Any) -> str:
        """Return a figure of the document, and of anything else only what it is called: a document fetches nothing."""
        figure = self.figures.get(str(tokens[idx].attrs["src"]).removeprefix(FIGURE))
        return figure if figure is not None else str(Markup.escape(tokens[idx].content))

    def table_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Return the beginning of a table, in a frame that scrolls."""
        label = tokens[idx].meta.get("label", "")
        frame = f'<div class="table" role="region" tabindex="0" aria-label="{Markup.escape(label)}">'
        columns = "".join(f'<col style="--width: {width:.1f}%">' for width in tokens[idx].meta.get("columns", ()))
        return f"{frame}{self.renderToken(tokens, idx, options, env)}<colgroup>{columns}</colgroup>\n"

    def table_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Return the end of a table and its frame."""
        return self.renderToken(tokens, idx, options, env) + "</div>\n"


def _measure_tables(stream: list[Token], whole: float) -> None:
    """Give each table the widths of its columns on paper, in parts of a hundred: a screen has them as wide as its window needs."""
    table: Token | None = None
    rows: list[list[str]] = []
    for index, token in enumerate(stream):
        if token.type == "table_open":
            table, rows = token, []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append(plain(stream[index + 1]))
        elif token.type == "table_close" and table is not None:
            table.meta["columns"] = [100 * width / whole for width in widths(rows, whole)]


def _name_tables(stream: list[Token]) -> None:
    """Give each table a label of its own, each header its scope, each cell the header it stands under, each row the marks of its cells."""
    section, number, column = "", 0, 0
    columns: list[str] = []
    row: Token | None = None
    for index, token in enumerate(stream):
        following = stream[index + 1] if index + 1 < len(stream) else None
        if token.type == "heading_open":
            section, number = plain(following), 0
        elif token.type == "table_open":
            number += 1
            columns = []
            token.meta["label"] = section if number == 1 else f"{section} ({number})"
        elif token.type == "tr_open":
            row, column = token, 0
        elif token.type == "th_open":
            token.attrSet("scope", "col")
            columns.append(plain(following))
        elif token.type == "td_open":
            token.attrSet("data-label", columns[column])
            column += 1
            for child in (following.children or []) if following else []:
                for name in ("data-verdict", "data-element"):
                    if row is not None and child.type == "span_open" and name in child.attrs:
                        row.attrSet(name, str(child.attrs[name]))
