"""Reading the markup of documents."""

from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin

FIGURE = "figure:"


@cache
def parser() -> MarkdownIt:
    """Return the parser of markup: CommonMark with tables and marks, and no HTML of its own."""
    found = MarkdownIt("commonmark", {"html": False}).enable("table")
    return found.use(attrs_plugin, spans=True).use(attrs_block_plugin)


def tokens(text: str) -> list[Token]:
    """Return the markup as a stream of tokens. A link to a place that the document does not have is left as its text."""
    stream = parser().parse(text)
    places = {str(name) for token in stream for one in (token, *(token.children or ())) if (name := one.attrs.get("id")) is not None}
    for token in stream:
        if token.children:
            token.children = list(_without_loose_links(token.children, places))
    return stream


def _without_loose_links(children: list[Token], places: set[str]) -> Iterator[Token]:
    loose = False  # no link holds another
    for token in children:
        if token.type == "link_open":
            target = str(token.attrs["href"])
            loose = target.startswith("#") and target[1:] not in places
        if not (loose and token.type in ("link_open", "link_close")):
            yield token


def plain(token: Token | None) -> str:
    """Return the text of an inline token without marks."""
    return "".join(child.content for child in (token.children or []) if child.type in ("text", "code_inline")) if token else ""


def title(stream: list[Token]) -> str:
    """Return the title of a document: its first heading."""
    return next((plain(stream[index + 1]) for index, token in enumerate(stream) if token.type == "heading_open"), "")


def headings(stream: list[Token], level: str) -> Iterator[tuple[Token, str]]:
    """Yield the headings of a level with their text."""
    for index, token in enumerate(stream):
        if token.type == "heading_open" and token.tag == level:
            yield token, plain(stream[index + 1])
