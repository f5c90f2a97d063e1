"""Whatever a person writes is shown as it was written: in a heading, a paragraph, an item, a cell, a link and a mark."""

import io

import docx
from hypothesis import example, given, settings
from hypothesis import strategies as st

from child_impact.formats.html import as_html
from child_impact.formats.markup import title, tokens
from child_impact.formats.word import as_word
from child_impact.report.markup import Flavour, escape
from child_impact.report.templates import Templates

from .conftest import written
from .pages import Page

# What YAML lets a dossier hold, with the signs that Markdown, marks, Jinja and XML act on more often than others.
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\t\n\u0085\u2028")
SIGNS = st.sampled_from(
    [
        *"\\`*_{}[]()<>#+-.!|~^$&;:=\"'@/%",
        "](",
        "{.a",
        "{#b",
        "{{",
        "}}",
        "{%",
        "&lt;",
        "&#60;",
        "http://",
        "1. ",
        "- ",
        "    ",
        "儿童",
        "长",
    ]
)
TEXT = st.lists(LETTERS | SIGNS, min_size=1, max_size=30).map("".join).filter(lambda text: text.strip("\u200b\ufeff").strip() != "")
TEMPLATES = Templates()
FLAVOUR = Flavour("zh", rich=True)


def shown(text: str) -> str:
    """Return a text as a reader sees it: on one line, without space at its ends."""
    return " ".join(text.split())


def markup(text: str) -> str:
    """Return a document with a text wherever one can stand."""
    said = escape(text)
    link, place, mark = (
        FLAVOUR.link(text, "x"),
        FLAVOUR.place(text, "clause", "x"),
        FLAVOUR.span(text, {"class": "verdict", "data-verdict": text}),
    )
    table = f"| {said} | b |\n| --- | --- |\n| {said} | {said} |\n| {link} | {place} |\n| {mark} | {FLAVOUR.cell(text)} |\n"
    inline = f"before{said}after **{escape(shown(text))}** {link} {place}{{#x}}"
    return "\n\n".join((f"# {said}", said, f"> {said}", f"- {said}", f"1. {said}", inline, table, said)) + "\n"


HARD = [
    "- a",
    " - a",
    "1. a",
    "#",
    "# a",
    "a\\",
    "\\",
    "|",
    "a|b",
    "{.a}",
    "[a]{.b}",
    "&amp;",
    "`a",
    "a  ",
    "===",
    "---",
    "\u00a0- a",
    "\u3000a",
    "+",
    "<b>",
    "*",
    "!",
    "[x]: y",
]


def with_hard_examples(test):
    """Add what is known to be hard."""
    for text in HARD:
        test = example(text)(test)
    return test


@with_hard_examples
@settings(max_examples=150)
@given(TEXT)
def test_html_shows_it(text: str) -> None:
    """In HTML each block says the text and nothing else, and no block is lost or added."""
    page = Page(as_html(written(markup(text)), TEMPLATES))
    one = shown(text)

    assert page.wrong == []
    assert [shown(said) for said in page.text("h1")] == [one]
    assert [shown(said) for said in page.text("blockquote")] == [one]
    assert [shown(said) for said in page.text("li")] == [one, one]
    assert [shown(said) for said in page.text("strong")] == [one]
    assert [shown(said) for said in page.text("th")] == [one, "b"]
    assert [shown(said) for said in page.text("td")] == [one] * 6
    assert shown(page.text("p")[0]) == one == shown(page.text("p")[-1])
    assert shown(title(tokens(markup(text)))) == one
    assert {attributes["href"] for attributes in page.all("a")} <= {"#content", "#x"}
    assert {tag for tag, _ in page.elements} <= KNOWN


KNOWN = {
    *("html", "head", "meta", "title", "style", "body", "a", "nav", "main", "script", "h1", "p", "blockquote", "ul", "ol", "li", "strong"),
    *("span", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "div"),
}


@with_hard_examples
@settings(max_examples=25)
@given(TEXT)
def test_word_shows_it(text: str) -> None:
    """In Word the same blocks say the same."""
    file = docx.Document(io.BytesIO(as_word(written(markup(text)), TEMPLATES)))
    one = shown(text)
    paragraphs = [shown(paragraph.text) for paragraph in file.paragraphs]
    cells = [shown(cell.text) for row in file.tables[0].rows for cell in row.cells]

    assert paragraphs[:5] == [one] * 5
    assert paragraphs[-1] == one
    assert len(paragraphs) == 7
    assert cells == [one, "b", *[one] * 6]
    assert shown(file.core_properties.title) == shown(one[:255])
